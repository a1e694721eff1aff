"""The language of a posting (library py3langid, offline) and the languages it asks for, with the words that ask."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "language.toml"

LETTERS = 20
"""Letters below which no language can be told from a text."""

SAMPLE = 4000
"""Characters that are looked at: the language of a text shows early."""

MATCHES_READ = 30
"""Requests read for each pattern, so that hostile text costs no more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A language asked for: ISO 639-1 code (639-3 where there is none) and its name in the text, at text[start:end]."""

    code: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Names:
    codes: Mapping[str, str]
    one: re.Pattern[str]
    asking: tuple[Any, ...]


def of(text: str) -> str | None:
    """The language a text is written in, as ISO 639-1 code; None where it is too short to tell."""
    from crawler.findings.language_model import identifier

    sample = text[:SAMPLE]
    letters = len(list(islice(filter(str.isalpha, sample), LETTERS)))
    if not letters or (letters < LETTERS and sample.isascii()):
        return None
    known = _names().codes.values()
    ranked: list[tuple[str, float]] = identifier().rank(sample)
    return next((code for code, _ in ranked if code in known and len(code) == 2), None)


def asked(text: str) -> list[Asked]:
    """Languages asked for, each once, in the order of the text. In the first line, the title, any name of a language asks."""
    names = _names()
    title = len(text) if "\n" not in text else text.index("\n")
    spans = [(0, min(title, SAMPLE)), *(found.span() for pattern in names.asking for found in _first(pattern, text))]
    found = {(each.start, each.end): each for span in spans for each in _within(names, text, *span)}
    once: dict[str, Asked] = {}
    for each in sorted(found.values(), key=lambda one: one.start):
        once.setdefault(each.code, each)
    return list(once.values())


def _first(pattern: Any, text: str) -> Iterator[Any]:
    return islice(pattern.finditer(text), MATCHES_READ)


def _within(names: _Names, text: str, start: int, end: int) -> Iterator[Asked]:
    for found in names.one.finditer(text, start, end):
        yield Asked(names.codes[found.group()], found.group(), found.start(), found.end())


@cache
def _names() -> _Names:
    import re2

    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    codes = {name: code for code, names in data["names"].items() for name in names}
    one = r"\b(?:" + "|".join(sorted(map(re.escape, codes), key=len, reverse=True)) + r")\b"
    plain = "(?:" + "|".join(sorted(map(re.escape, codes), key=len, reverse=True)) + ")"
    several = rf"{plain}(?:(?:,? (?:and|or|und|et|y|e) |, |/| & ){plain})*"
    patterns = tuple(re2.compile(source.replace("{name}", several)) for source in data["asking"]["patterns"])
    return _Names(codes, re.compile(one), patterns)
