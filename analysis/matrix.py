"""What a gig gives, promises and says about consent, one line a term, with the quotes that say so. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.standing import Said, Stance, key_terms, stances

GROUPS = {
    "rights": "What the performer gives",
    "promises": "What the hirer promises",
    "consent": "Consent and withdrawal",
    "context": "Circumstances",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One term of the matrix. rows: its findings; always: shown even where nothing is stated."""

    code: str
    title: str
    meaning: str
    group: str
    effect: str
    stance: Stance
    rows: tuple[Mapping[str, Any], ...]
    always: bool


def lines(found: Iterable[Mapping[str, Any]], glossary: Iterable[Mapping[str, Any]]) -> list[Line]:
    """A line for every term of the glossary, by group; what is stated and what is key first, then by title."""
    rows = list(found)
    terms = {row["code"]: row for row in glossary}
    standing = stances(
        [Said(row["code"], row["polarity"], row["place"]) for row in rows],
        {code: row["effect"] == "protects" for code, row in terms.items()},
    )
    made = [_line(row, standing[code], [each for each in rows if each["code"] == code]) for code, row in terms.items()]
    order, key = list(GROUPS), list(key_terms())

    def place(line: Line) -> tuple[int, bool, int, str]:
        return order.index(line.group), not line.rows, key.index(line.code) if line.always else len(key), line.title

    return sorted(made, key=place)


def _line(term: Mapping[str, Any], stance: Stance, rows: list[Mapping[str, Any]]) -> Line:
    return Line(
        term["code"], term["title"], term["meaning"], term["term_group"], term["effect"], stance, tuple(rows), term["code"] in key_terms()
    )
