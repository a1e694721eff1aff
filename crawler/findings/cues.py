"""The cues that all terms share, from `cue_words/*.toml`: word lists, classes of context, and the words that turn a finding."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import re2

from crawler.errors import ConfigError
from crawler.findings.wording import regex

_FOLDER = Path(__file__).parent / "cue_words"


@dataclass(frozen=True, slots=True)
class CueClass:
    """A class of context that a sentence can show (`feedback`). of: classes that show it too; unless: classes that outweigh it."""

    name: str
    meaning: str
    any: tuple[str, ...]
    of: tuple[str, ...]
    unless: tuple[str, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Words that turn a finding (negation, condition). pseudo: look-alikes that turn nothing ("not limited to")."""

    name: str
    meaning: str
    any: tuple[str, ...]
    pseudo: tuple[str, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues. words: name to alternatives, for `{name}` in wordings."""

    words: Mapping[str, str]
    classes: Mapping[str, CueClass]
    turns: Mapping[str, Turn]


@cache
def cues() -> Cues:
    """The shared cues, read once. Raises ConfigError for a name that two files give."""
    words = {name: "|".join(alternatives) for name, alternatives in _tables("words").items()}
    classes = {name: _class(name, row) for name, row in _tables("classes").items()}
    turns = {name: _turn(name, row) for name, row in _tables("turns").items()}
    return Cues(words, classes, turns)


def _tables(kind: str) -> dict[str, Any]:
    """All tables of a kind, from every file of the folder."""
    found: dict[str, Any] = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get(kind, {})
        if twice := found.keys() & rows.keys():
            raise ConfigError(f"{path.name}: [{kind}.{min(twice)}] stands in another file of {_FOLDER.name}, too; give it another name")
        found |= rows
    return found


def expression(wordings: tuple[str, ...]) -> Any:
    """One google-re2 expression over ASCII for gap-free cue wordings; none at all matches nothing."""
    words = cues().words
    return re2.compile(("|".join(regex(wording, words, 0) for wording in wordings) or r"[^\x00-\x{10ffff}]").encode())


def _class(name: str, row: Mapping[str, list[str] | str]) -> CueClass:
    return CueClass(
        name,
        str(row["meaning"]),
        tuple(row["any"]),
        tuple(row.get("of", ())),
        tuple(row.get("unless", ())),
        tuple(row["hits"]),
        tuple(row["misses"]),
    )


def _turn(name: str, row: Mapping[str, list[str] | str]) -> Turn:
    return Turn(
        name,
        str(row["meaning"]),
        tuple(row["any"]),
        tuple(row.get("pseudo", ())),
        tuple(row["hits"]),
        tuple(row["misses"]),
    )
