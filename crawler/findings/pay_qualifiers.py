"""How a sum is meant: ceilings, floors, fees on top, buyouts; read from the words that touch it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_MOST_WORDS = 6
_MINUTES = re.compile(r"\d[ -]?min\b")
_SUMS = frozenset({"buyout", "plus_expenses"})
_OF_ITS_OWN = re.compile(r"[ :]{0,2}(?:from|of|is|at|up to)?[ ]?[$£€\d]")
_TRIM = " *_\\("
_FEE = re.compile(
    r"(?:\+|plus|and)[ ]?\d{1,2}(?:\.\d)? ?%(?! ?(?:super|bonus|holiday|equity|cla|loading|annual|401))"
    r"(?: (?:agency|agent|agents|booking|fee))*"
)


@dataclass(frozen=True, slots=True)
class Qualifier:
    """One qualifier of `pay_qualifiers.toml`."""

    id: str
    meaning: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    near: bool = False
    exceptions: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


@cache
def qualifiers() -> Mapping[str, Qualifier]:
    """Every qualifier by id, in the order of the file."""
    tables = tomllib.loads((Path(__file__).parent / "pay_qualifiers.toml").read_text(encoding="utf-8"))
    return {key: Qualifier(id=key, **_frozen(table)) for key, table in tables.items()}


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    """Lists to tuples; `not` is a word of the language, so the field is called exceptions."""
    named = {"exceptions" if key == "not" else key: value for key, value in table.items()}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in named.items()}


@cache
def _before() -> Mapping[str, str]:
    return {phrase: qualifier.id for qualifier in qualifiers().values() for phrase in qualifier.before}


@cache
def _after() -> tuple[tuple[str, str], ...]:
    pairs = ((phrase, qualifier.id) for qualifier in qualifiers().values() for phrase in (*qualifier.after, *qualifier.last))
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _after_by_beginning() -> Mapping[str, Sequence[tuple[str, str]]]:
    """The same by their first character, in the same order."""
    table: dict[str, list[tuple[str, str]]] = {}
    for phrase, qualifier in _after():
        table.setdefault(phrase[0], []).append((phrase, qualifier))
    return table


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase, _ in _after())


def leading(segment: str) -> tuple[tuple[str, ...], int]:
    """The qualifiers in the words that end a segment, and how many characters of it they take.

    "the rate is up to about" gives (approximate, up_to): several may follow one another.
    """
    found: list[str] = []
    taken = len(segment)
    while (step := _one_leading(segment[:taken])) is not None:
        found.append(step[0])
        taken = step[1]
    return tuple(found), len(segment) - taken


def _one_leading(segment: str) -> tuple[str, int] | None:
    text = segment.rstrip(_TRIM + ":")
    words = text[-40:].split()
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        phrase = " ".join(words[-size:]).lstrip("([*_")
        if phrase in _before() and not text.endswith(tuple(qualifiers()[_before()[phrase]].exceptions) or "\0"):
            return _before()[phrase], _start(text, [words[-size].lstrip("([*_"), *words[len(words) - size + 1 :]])
    if text.endswith(("~", "≈")):
        return "approximate", len(text) - 1
    return None


def _start(text: str, words: Sequence[str]) -> int:
    at = len(text)
    for word in reversed(words):
        at = text.rindex(word, 0, at)
    return at


def trailing(segment: str) -> tuple[tuple[str, ...], int]:
    """The qualifiers in the words that open a segment, and how many characters of it they take."""
    found: list[str] = []
    taken = 0
    while (step := _one_trailing(segment, taken)) is not None:
        found.append(step[0])
        taken = step[1]
    return tuple(found), taken


def _one_trailing(segment: str, at: int) -> tuple[str, int] | None:
    start = at
    while start < len(segment) and segment[start] in " *_\\(,;:-–/[" and start - at < 4:
        start += 1
    fee = _FEE.match(segment, start)
    if fee:
        return "plus_fee", fee.end()
    for phrase, qualifier in _after_by_beginning().get(segment[start : start + 1], ()):
        if segment.startswith(phrase, start) and _ends(segment, start + len(phrase), phrase, qualifier):
            return qualifier, start + len(phrase)
    return None


def _ends(segment: str, end: int, phrase: str, qualifier: str) -> bool:
    """Does the phrase end as a word, not open the next number ("minimum 2 hours"), and end its clause if it must?"""
    following = segment[end : end + 4]
    if qualifier in _SUMS and _OF_ITS_OWN.match(segment, end):
        return False  # "£300, buyout from £2,000"
    if phrase in qualifiers()[qualifier].last and following.strip()[:1].isalnum():
        return False
    return not (phrase[-1].isalnum() and following[:1].isalnum()) and not following.lstrip(" .:~$£€")[:1].isdigit()


def within(unit: str) -> tuple[str, ...]:
    """The qualifiers among the words between a sum and its unit ("$500 flat buyout", "300 net per day")."""
    words = _MINUTES.sub("", unit).removesuffix("min").replace("-", " ").split()  # "per 30 min" are minutes
    if _first_words().isdisjoint(words):
        return ()
    whole = f" {' '.join(words)} "
    return tuple(qualifier for phrase, qualifier in _after() if f" {phrase} " in whole)
