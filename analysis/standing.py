"""How a gig stands on a term where several texts speak of it. Pure.

Where words differ, the gig carries the reading that is worse for the performer: of what is taken, the grant; of what protects, the
denial. Every reading stays a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from analysis.site_words import site

NOT_STATED = "not stated"
TAKES = ("granted", "limited", "denied")
PROTECTS = ("denied", "limited", "granted")


@dataclass(frozen=True, slots=True)
class Said:
    """One finding: the term, its polarity, and where it stands (`posting` or `licence`)."""

    code: str
    polarity: str
    place: str


@dataclass(frozen=True, slots=True)
class Stance:
    """How a gig stands on one term: polarity or `not stated`, and where the words for that stand (posting, licence, both or None)."""

    polarity: str = NOT_STATED
    where: str | None = None


@cache
def key_terms() -> Mapping[str, bool]:
    """The terms that are columns of gigs, in order: True where the term protects the performer."""
    return {code: kind == "protects" for code, kind in site()["key_terms"].items()}


def stances(found: Iterable[Said], terms: Mapping[str, bool]) -> dict[str, Stance]:
    """The stance on every key term. terms: code to whether it protects; findings of other codes are passed over."""
    silent = Stance()
    return {**dict.fromkeys(terms, silent), **dict(stated(found, terms))}


def stated(found: Iterable[Said], terms: Mapping[str, bool]) -> Iterator[tuple[str, Stance]]:
    """The stance on the terms that any finding is about, in the order of the findings."""
    places: dict[str, dict[str, set[str]]] = {}
    for said in found:
        if said.code in terms:
            places.setdefault(said.code, {}).setdefault(said.polarity, set()).add(said.place)
    for code, by_polarity in places.items():
        polarity = next(each for each in (PROTECTS if terms[code] else TAKES) if each in by_polarity)
        where = by_polarity[polarity]
        yield code, Stance(polarity, "both" if len(where) > 1 else next(iter(where)))
