"""Published checklists, agreements and laws as criteria over terms: what the words meet, do not meet, or leave unsaid. Pure.

No grade and no sum: each criterion stands alone with its quotes. For laws and word lists only the facts that the text states are shown.
The standards are data (`standards/*.toml`), found by walking the folder; their examples run as tests. A reading aid, not legal advice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.records import Polarity, Term

FOLDER = Path(__file__).parent / "standards"

KINDS = ("checklist", "agreement", "house_rule", "facts")

_KEYS = {"title", "kind", "citation", "note", "criterion", "example"}
_CRITERION_KEYS = {"id", "criterion", "wants", "bars", "mention_meets", "mentions", "undecided"}


class Standing(StrEnum):
    """How a text stands to a criterion. `PARTLY`: met under limits, or its words say both. `STATED`: the text speaks of it, no more."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_STATED = "not_stated"
    STATED = "stated"


# A wanted term granted meets a criterion; a barred one granted does not.
_WANTED = {Polarity.GRANTED: Standing.MET, Polarity.LIMITED: Standing.PARTLY, Polarity.DENIED: Standing.NOT_MET}
_BARRED = {Polarity.GRANTED: Standing.NOT_MET, Polarity.LIMITED: Standing.PARTLY, Polarity.DENIED: Standing.MET}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion in our words, and the codes that decide it.

    wants, bars: met by the term, or by its refusal. mention_meets: met by any word on it. mentions: stated, no more. undecided: why no
    term decides it.
    """

    id: str
    criterion: str
    wants: tuple[str, ...]
    bars: tuple[str, ...]
    mention_meets: tuple[str, ...]
    mentions: tuple[str, ...]
    undecided: str | None

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes that bear on the criterion."""
        return (*self.wants, *self.bars, *self.mention_meets, *self.mentions)

    @property
    def asks(self) -> str:
        """In words, which terms decide it."""
        parts = [("wants", self.wants), ("bars", self.bars), ("any word on", (*self.mention_meets, *self.mentions))]
        return "; ".join(f"{verb} {', '.join(codes)}" for verb, codes in parts if codes) or str(self.undecided)


@dataclass(frozen=True, slots=True)
class Standard:
    """A published list of criteria. id: its file's name; kind: one of `KINDS`."""

    id: str
    title: str
    kind: str
    citation: str
    note: str | None
    criteria: tuple[Criterion, ...]
    examples: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One criterion held against one text: how it stands, the terms that say so in the order of the text, and a sentence."""

    standard: str
    criterion: str
    standing: Standing
    terms: tuple[Term, ...]
    words: str


def score(terms: Sequence[Term]) -> list[Result]:
    """Hold the terms of a text (a posting with its documents, or one contract) against every criterion of every standard."""
    by_code: dict[str, list[Term]] = {}
    for term in terms:
        by_code.setdefault(term.code, []).append(term)
    return [_result(standard, criterion, by_code) for standard in standards() for criterion in standard.criteria]


@cache
def standards(folder: Path = FOLDER) -> tuple[Standard, ...]:
    """All standards of the folder in order of their names. Raises ConfigError for an unknown key or kind."""
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def _read(path: Path) -> Standard:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := set(data) - _KEYS:
        raise ConfigError(f"{path}: unknown key {', '.join(sorted(unknown))}; known: {', '.join(sorted(_KEYS))}")
    if data.get("kind") not in KINDS:
        raise ConfigError(f"{path}: kind must be one of {', '.join(KINDS)}, not {data.get('kind')!r}")
    return Standard(
        id=path.stem,
        title=data["title"],
        kind=data["kind"],
        citation=data["citation"],
        note=data.get("note"),
        criteria=tuple(_criterion(table, path) for table in data["criterion"]),
        examples=tuple(data.get("example", ())),
    )


def _criterion(table: Mapping[str, Any], path: Path) -> Criterion:
    unknown, codes = set(table) - _CRITERION_KEYS, ("wants", "bars", "mention_meets", "mentions")
    if unknown or not any(table.get(key) for key in (*codes, "undecided")):
        raise ConfigError(f"{path}: criterion {table.get('id')!r} decides by nothing, or has unknown keys {sorted(unknown)}")
    lists = {key: tuple(table.get(key, ())) for key in codes}
    return Criterion(id=table["id"], criterion=table["criterion"], undecided=table.get("undecided"), **lists)


def _result(standard: Standard, criterion: Criterion, by_code: Mapping[str, Sequence[Term]]) -> Result:
    found = [term for code in dict.fromkeys(criterion.codes) for term in by_code.get(code, ())]
    standing = _together({_standing(criterion, term) for term in found})
    shown = tuple(sorted(found, key=lambda term: (term.start, term.end)))
    return Result(standard.id, criterion.id, standing, shown, _words(criterion, standing, shown))


def _standing(criterion: Criterion, term: Term) -> Standing:
    if term.code in criterion.wants:
        return _WANTED[term.polarity]
    if term.code in criterion.bars:
        return _BARRED[term.polarity]
    return Standing.MET if term.code in criterion.mention_meets else Standing.STATED


def _together(each: set[Standing]) -> Standing:
    """One standing for several terms: what they agree on, `partly` where they differ."""
    decided = each - {Standing.STATED}
    if len(decided) > 1:
        return Standing.PARTLY
    return next(iter(decided or each), Standing.NOT_STATED)


def _words(criterion: Criterion, standing: Standing, terms: Sequence[Term]) -> str:
    if not terms:
        return criterion.undecided or "The text does not speak of it."
    said = ", ".join(dict.fromkeys(f"{term.code} {term.polarity}" for term in terms))
    reads = {
        Standing.MET: "By its words the text meets it",
        Standing.PARTLY: "By its words the text meets it with limits, or says both",
        Standing.NOT_MET: "By its words the text does not meet it",
        Standing.STATED: "The text speaks of it",
    }
    return f"{reads[standing]}: {said}."
