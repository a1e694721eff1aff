"""How alike two postings are, looked at closely: text, title, pay, place and dates; and what tells two openings apart for certain."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from analysis.shingles import Cut, Numbers, cut, most_shared, words

SAME = 0.62
"""From here on two postings are the same gig, unless something tells them apart."""

CUT_SHORT = 0.6
"""A text with fewer than this share of the other's triples may be a copy cut short: then what it holds counts, not what it lacks."""

CUT_SHORT_WEIGHS = 0.95
"""What a text wholly held by a longer one comes to."""

FAR_APART = 200
"""Days between two postings after which only the same words make them one gig."""

WEIGHTS = {"text": 0.65, "title": 0.2, "pay": 0.1, "dates": 0.05}

LEAST_TEXT = (SAME - (1 - WEIGHTS["text"])) / WEIGHTS["text"]
"""Likeness of texts below which two postings cannot be the same gig, were all else the same."""

DATA = Path(__file__).parent / "clusters.toml"

_NUMBER = re.compile(r"\d+")
_SUM = r"(?:[$€£]|\b(?:usd|eur|gbp)) ?\d[\d,.]*k?"
_RANGE = r"(?: ?(?:-|–|to) ?[$€£]?\d[\d,.]*k?)?"
_PER = r"(?: ?(?:/|per|an?) ?\w+)?"
_MONEY = re.compile(rf"(?i){_SUM}{_RANGE}{_PER}|\b\d[\d,.]*k? ?(?:usd|eur|gbp|[$€£])")


@dataclass(frozen=True)
class Copy:
    """One posting as clustering sees it. Days are ISO text; None where unknown.

    pay: (minimum, maximum, currency, unit) of each offer. first_seen, last_seen: between them the posting stood on its board.
    lineage: employer, platform, board, aggregator or union, as its source says. ready: the text where it was cut before; then text may be
    left empty.
    """

    id: str
    source: str
    title: str
    text: str
    first_seen: str
    last_seen: str
    organization: str | None = None
    location: str | None = None
    pay: tuple[tuple[float | None, float | None, str | None, str | None], ...] = ()
    posted_on: str | None = None
    lineage: str = "board"
    ready: Cut | None = None

    @cached_property
    def cut(self) -> Cut:
        """The text as word triples."""
        return self.ready or cut(self.text)

    @property
    def triples(self) -> Numbers:
        """Word triples of the whole text."""
        return self.cut.triples


def alike(one: Copy, other: Copy) -> float:
    """Likeness from 0 to 1. What neither states, or only one, weighs nothing."""
    parts = {
        "text": text_likeness(one, other),
        "title": _title(one.title, other.title),
        "pay": _pay(one.pay, other.pay),
        "dates": _dates(one, other),
    }
    known = {name: value for name, value in parts.items() if value is not None}
    return sum(WEIGHTS[name] * value for name, value in known.items()) / sum(WEIGHTS[name] for name in known)


def can_be_alike(one: Numbers, others: Sequence[Numbers]) -> list[int]:
    """Places of the others whose texts share enough with one to be the same gig, were all else the same; a few too many, never too few."""
    import numpy

    shared = most_shared(one, others)
    sizes = numpy.fromiter(map(len, others), dtype=numpy.int64, count=len(others))
    small, large = numpy.minimum(sizes, len(one)), numpy.maximum(sizes, len(one))
    least = numpy.where(small < CUT_SHORT * large, small / CUT_SHORT_WEIGHS, (small + large) / (1 + LEAST_TEXT)) * LEAST_TEXT
    places: list[int] = numpy.flatnonzero(shared + 1e-6 >= least).tolist()
    return places


def text_likeness(one: Copy, other: Copy) -> float:
    """Shared triples by all triples; for a text that is much shorter, by its own triples."""
    import numpy

    shared = len(numpy.intersect1d(one.triples, other.triples, assume_unique=True))
    small, large = sorted((len(one.triples), len(other.triples)))
    if not small:
        return 0.0
    if small < CUT_SHORT * large:
        return CUT_SHORT_WEIGHS * shared / small
    return shared / (small + large - shared)


def told_apart(one: Copy, other: Copy) -> str | None:
    """What makes two postings two openings whatever their likeness: languages, places or numbers of the title; else None."""
    if _languages(one.title) and _languages(other.title) and _languages(one.title) != _languages(other.title):
        return "language"
    if _elsewhere(one, other):
        return "place"
    if _swapped(one.title, other.title):
        return "title"
    if _days_apart(one, other) > FAR_APART and text_likeness(one, other) < 0.9:
        return "dates"
    return None


def stand_together(one: Copy, other: Copy) -> bool:
    """True when both stood on their boards at one time."""
    return one.first_seen <= other.last_seen and other.first_seen <= one.last_seen


@cache
def _data() -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """Groups of words that stand for one another in titles, and words of a location line that name no town."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(map(frozenset, data["same_words"])), frozenset(data["no_town"])


def _title(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(one.casefold(), other.casefold()) / 100


def _swapped(one: str, other: str) -> bool:
    """True when the titles are the same but for a number, or for a word that stands where the other has another."""
    first, second = words(_MONEY.sub(" ", one)), words(_MONEY.sub(" ", other))
    if len(first) != len(second) or len(first) < 3:
        return False
    differing = [(left, right) for left, right in zip(first, second, strict=True) if left != right]
    return len(differing) == 1 and not _same_word(*differing[0])


@lru_cache(maxsize=4096)
def _same_word(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    if _NUMBER.fullmatch(one) or _NUMBER.fullmatch(other):
        return False
    if any(one in group and other in group for group in _data()[0]):
        return True
    return bool(fuzz.ratio(one, other) >= 75)


@lru_cache(maxsize=16384)
def _languages(title: str) -> frozenset[str]:
    from crawler.findings import language

    return frozenset(each.code for each in language.asked(title))


def _elsewhere(one: Copy, other: Copy) -> bool:
    """True when both name a place and the places are not the same."""
    first, second = (_place(copy.location or copy.title, whole=bool(copy.location)) for copy in (one, other))
    if first[1] and second[1] and first[1] != second[1]:
        return True
    if not first[0] or not second[0] or first[0] & second[0]:
        return False
    here, there = one.location or "", other.location or ""
    return not (_initials(here, there) or _initials(there, here))


@lru_cache(maxsize=16384)
def _place(line: str, *, whole: bool) -> tuple[frozenset[str], str | None]:
    """The words that name a town, and the country where it is plain. whole: all words of the line are about the place."""
    from crawler.findings import place

    read = place.read(line)
    drop = set(words(read.region or "")) | _country_words(read.country) | _data()[1]
    town = words(line if whole else read.city or "")
    return frozenset(word for word in town if len(word) > 2 and word not in drop), read.country


@lru_cache(maxsize=512)
def _country_words(code: str | None) -> frozenset[str]:
    import pycountry

    countries: Any = pycountry.countries
    found = countries.get(alpha_2=code) if code else None
    return frozenset(words(found.name)) if found else frozenset()


def _initials(short: str, long: str) -> bool:
    """ "LA" is Los Angeles, "NYC" New York City."""
    letters = "".join(word[0] for word in words(long.split(",")[0]))
    return len(letters) > 1 and short.split(",")[0].strip().casefold().startswith(letters)


def _pay(one: Sequence[tuple[Any, ...]], other: Sequence[tuple[Any, ...]]) -> float | None:
    """1 for an offer in common, less the further the nearest offers of one unit lie apart; None where one states none."""
    if not one or not other:
        return None
    return max(_offers(left, right) for left in one for right in other)


def _offers(left: Sequence[Any], right: Sequence[Any]) -> float:
    if left[2:] != right[2:]:
        return 0.0
    ends = [(a, b) for a, b in zip(left[:2], right[:2], strict=True) if a and b]
    return sum(min(a, b) / max(a, b) for a, b in ends) / len(ends) if ends else 0.0


def _dates(one: Copy, other: Copy) -> float:
    return max(0.0, 1 - _days_apart(one, other) / FAR_APART)


def _days_apart(one: Copy, other: Copy) -> int:
    """Days between the posting days, or between the days first seen where a board gives none."""
    if one.posted_on and other.posted_on:
        return abs((date.fromisoformat(one.posted_on) - date.fromisoformat(other.posted_on)).days)
    if stand_together(one, other):
        return 0
    first, second = sorted((one, other), key=lambda copy: copy.first_seen)
    return (date.fromisoformat(second.first_seen[:10]) - date.fromisoformat(first.last_seen[:10])).days
