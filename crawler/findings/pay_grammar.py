"""The small words between a sum and its unit, as data: `pay_grammar.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Grammar:
    """The tables of `pay_grammar.toml`."""

    fillers: Sequence[str]
    firm: Sequence[str]
    loose: Sequence[str]
    adjectives: Sequence[str]
    people: Sequence[str]
    priced: Sequence[str]
    spans: Sequence[str]
    no_nouns: Sequence[str]
    taxes: Sequence[str]
    about_words: Sequence[str]
    for_words: Sequence[str]
    hour_words: Sequence[str]
    periods: Sequence[str]
    label_kinds: Sequence[str]
    label_nouns: Sequence[str]
    plain_nouns: Sequence[str]
    far_labels: Sequence[str]


@cache
def grammar() -> Grammar:
    """The small words, read once."""
    return Grammar(**tomllib.loads((Path(__file__).parent / "pay_grammar.toml").read_text(encoding="utf-8")))
