"""The terms as data: every TOML in `rights/`, `promises/`, `consent/` and `context/`, found by walking the folders.

The folder is the group and the file name the code, so neither is written twice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.records import Group, Polarity

FOLDER = Path(__file__).parent
_KEYS = {"title", "meaning", "why", "citations", "patterns", "examples", "direction"}
_REACH = 120
_PATTERN_KEYS = {"any", "polarity", "negated", "conditioned", "needs", "unless", "within", "direction", "reach"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule of a term: alternative wordings that share their conditions.

    polarity: what the words say when no cue turns them. negated, conditioned: what they say under a negation or a condition; `None`
    drops the finding. needs, unless: cue classes of which one must, or none may, stand in the same sentence. direction: `performer` (the
    words count only where the performer gives) or `any`. within: widest gap in characters. reach: how far before the words a negation may
    stand; short for adjectives in a row ("perpetual, worldwide").
    """

    id: str
    any: tuple[str, ...]
    polarity: Polarity
    negated: Polarity | None
    conditioned: Polarity | None
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    within: int
    reach: int


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the polarity expected of this term in it; `None` expects silence."""

    text: str
    expect: Polarity | None


@dataclass(frozen=True, slots=True)
class TermFile:
    """One term: what it is called, what it means, why it matters to a performer, who says so, how it is worded."""

    code: str
    group: Group
    title: str
    meaning: str
    why: str
    citations: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    examples: tuple[Example, ...]


@cache
def catalogue() -> tuple[TermFile, ...]:
    """Every term, by group and code. Raises ConfigError naming the file and the key that is wrong."""
    paths = (path for group in Group for path in sorted((FOLDER / group.value).glob("*.toml")))
    return tuple(read(path) for path in paths)


def read(path: Path) -> TermFile:
    """One term file. Raises ConfigError for an unknown or missing key, a wrong polarity or broken TOML."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path.name}: not valid TOML ({error}); mend the file") from error
    _refuse_unknown(table, _KEYS, path)
    try:
        return _term_file(table, path)
    except KeyError as error:
        raise ConfigError(f"{path.name}: {error} is missing; add it") from error
    except ValueError as error:
        raise ConfigError(f"{path.name}: {error}; use granted, limited, denied or none") from error


def _term_file(table: Mapping[str, Any], path: Path) -> TermFile:
    return TermFile(
        code=path.stem,
        group=Group(path.parent.name),
        title=table["title"],
        meaning=table["meaning"],
        why=table["why"],
        citations=tuple(table["citations"]),
        patterns=tuple(_pattern(row, number, table.get("direction", "any"), path) for number, row in enumerate(table["patterns"], 1)),
        examples=tuple(Example(row["text"], _polarity(row["expect"])) for row in table["examples"]),
    )


def _pattern(row: Mapping[str, Any], number: int, direction: str, path: Path) -> Pattern:
    _refuse_unknown(row, _PATTERN_KEYS, path)
    said = Polarity(row.get("polarity", "granted"))
    turns = said is Polarity.GRANTED  # words that already limit or deny are not turned once more
    guard = () if row.get("direction", direction) == "any" else ("not_from_performer",)
    return Pattern(
        id=f"{path.stem}/{number}",
        any=tuple(row["any"]),
        polarity=said,
        negated=_turned(row.get("negated"), said, Polarity.DENIED if turns else said),
        conditioned=_turned(row.get("conditioned"), said, Polarity.LIMITED if turns else said),
        needs=tuple(row.get("needs", ())),
        unless=tuple(row.get("unless", ())) + guard,
        within=row.get("within", 60),
        reach=row.get("reach", _REACH),
    )


def _turned(value: str | None, said: Polarity, usual: Polarity) -> Polarity | None:
    if value is None:
        return usual
    return said if value == "same" else _polarity(value)


def _polarity(value: str) -> Polarity | None:
    return None if value == "none" else Polarity(value)


def _refuse_unknown(table: Mapping[str, Any], known: set[str], path: Path) -> None:
    for key in table:
        if key not in known:
            raise ConfigError(f"{path.name}: unknown key {key!r}; use one of {', '.join(sorted(known))}")
