"""Stated amounts of work beside a sum: guarantees, estimates, session lengths, counts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crawler.findings import pay_numerals
from crawler.findings.pay_per import noun
from crawler.records import Quantity

TIMES = frozenset({"hour", "minute", "half_day", "day", "week", "month"})
_VALUES = "|".join(sorted(pay_numerals.numbers().values.keys() - {"a", "an"}, key=len, reverse=True))
_PLACE = re.compile(
    rf"(?<![\w.,$£€])(\d[\d,]{{0,9}}(?:\.\d{{1,2}})?|(?:{_VALUES})\b)(?:\s?(?:-|–|to)\s?(\d[\d,]{{0,9}}|(?:{_VALUES})\b))?"
    r"(?:[\s-]{1,2}(?:total|full|short|new|shoot|shooting|recording|studio|working|filming))?[\s-]{0,2}([^\W\d_]{1,12})(?!\w)"
)
_RATE = re.compile(r"\s?(?:/|(?:a|an|per|each|every)\s)\s?(?:day|week|month|wk|mo|year|hour|minute)\b|\s(?:weekly|daily|monthly)")
REACH = 70  # characters beside a sum in which its quantity may stand
_NO_WORK = frozenset({"year", "project", "percent"})  # "usage for 2 years" is a licence, "3 projects" is a past
_KINDS = ("guarantee", "session", "estimate", "count")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of quantity with the words around it. hits: (text, minimum, maximum, unit)."""

    before: Sequence[str]
    after: Sequence[str]
    hits: Sequence[Sequence[str | float]]


@dataclass(frozen=True, slots=True)
class Stated:
    """A quantity and where its words end."""

    quantity: Quantity
    start: int
    end: int


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds of quantity, read once."""
    tables = tomllib.loads((Path(__file__).parent / "pay_quantity.toml").read_text(encoding="utf-8"))
    return {kind: Kind(**tables[kind]) for kind in _KINDS}


def first(segment: str) -> Stated | None:
    """The first quantity that a segment states, with offsets into it; `None` where it states none."""
    places = (_stated(segment, match) for match in _PLACE.finditer(segment))
    return next((place for place in places if place), None)


def _stated(segment: str, match: re.Match[str]) -> Stated | None:
    unit = noun(match[3])
    low = _number(match[1])
    high = _number(match[2]) if match[2] else low
    if unit in _NO_WORK or unit is None or low is None or high is None or low > high or _RATE.match(segment, match.end()):
        return None
    if unit not in TIMES and low != 1 and not match[3].endswith("s"):
        return None  # "500 word articles" says how long a piece is
    for kind, words in kinds().items():
        end = _ends(segment, match.end(), words.after)
        if end is None and not _begins(segment, match.start(), words.before):
            continue
        if (kind == "count") == (unit in TIMES):
            continue
        return Stated(Quantity(low, high, unit, kind), match.start(), _tail(segment, end or match.end()))
    return None


def _number(written: str) -> float | None:
    return pay_numerals.value(written.rstrip(",")) if written[0].isdigit() else pay_numerals.in_words([written])


def _begins(segment: str, start: int, phrases: Sequence[str]) -> bool:
    head = segment[:start].rstrip(" -")
    return any(head.endswith(phrase) and not head[: -len(phrase)][-1:].isalnum() for phrase in phrases)


def _ends(segment: str, end: int, phrases: Sequence[str]) -> int | None:
    tail = segment[end : end + 30]
    text = tail.lstrip(" -(")
    at = end + len(tail) - len(text)
    ends = [at + len(phrase) for phrase in phrases if text.startswith(phrase) and not text[len(phrase) :][:1].isalnum()]
    return max(ends, default=None)


def _tail(segment: str, end: int) -> int:
    """ "of work" and "in total" belong to the quantity's words."""
    for words in (" of work", " in total", " total"):
        if segment.startswith(words, end):
            return end + len(words)
    return end
