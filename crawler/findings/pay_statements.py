"""What a text says of pay without a sum: unpaid, deferred, for exposure, revenue share, to be discussed, union scale."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import re2

from crawler.findings import pay_cues
from crawler.findings.pay_qualifiers import Qualifier, qualifiers
from crawler.records import Pay

_AROUND = 40  # characters around a statement in which an exception may stand
_TAIL = re.compile(r" ?(?:\+|plus) ?\d{1,3} ?%| plus ten| \+ ?\d{1,2}\b")


def find(text: str, folded: str, offers: Sequence[Pay]) -> list[Pay]:
    """The statements of a text in order, one for each qualifier: the first that no offer's quote already holds."""
    present = _present(folded)
    found = [statement for qualifier in present if (statement := _first(text, folded, qualifier, present[qualifier], offers))]
    return sorted(found, key=lambda statement: (statement.start or 0, statement.rule))


@cache
def _phrases() -> tuple[tuple[Qualifier, str], ...]:
    return tuple((qualifier, phrase) for qualifier in qualifiers().values() for phrase in qualifier.statements)


@cache
def _set() -> Any:
    """One automaton for all phrases: which of them a text holds, in one pass and linear time."""
    options = re2.Options()
    options.literal = True
    options.max_mem = 64 << 20
    automaton = re2.Set.SearchSet(options)
    for _, phrase in _phrases():
        automaton.Add(phrase)
    automaton.Compile()
    return automaton


def _present(folded: str) -> dict[Qualifier, list[str]]:
    """The phrases that a text holds, by qualifier in the order of the file."""
    found: dict[Qualifier, list[str]] = {}
    for index in sorted(_set().Match(folded) or ()):
        qualifier, phrase = _phrases()[index]
        found.setdefault(qualifier, []).append(phrase)
    return found


def _first(text: str, folded: str, qualifier: Qualifier, phrases: Sequence[str], offers: Sequence[Pay]) -> Pay | None:
    for start, end in _places(folded, qualifier, phrases):
        if not _inside(start, end, offers):
            return _statement(text, folded, qualifier.id, start, end)
    return None


def _places(folded: str, qualifier: Qualifier, phrases: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the phrases of a qualifier stand as whole words and mean it, in order."""
    hits = [(at, at + len(phrase)) for phrase in phrases for at in _whole(folded, phrase)]
    for start, end in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        around = folded[max(0, start - _AROUND) : end + _AROUND]
        if any(exception in around for exception in qualifier.exceptions):
            continue
        if not qualifier.near or pay_cues.speaks_of_pay(folded, start, end):
            yield start, end


def _whole(folded: str, phrase: str) -> Iterator[int]:
    at = folded.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        left, right = folded[at - 1 : at] if at else "", folded[end : end + 1]
        if not (left.isalnum() and phrase[0].isalnum()) and not (right.isalnum() and phrase[-1].isalnum()):
            yield at
        at = folded.find(phrase, end)


def _inside(start: int, end: int, offers: Sequence[Pay]) -> bool:
    """Does an offer's quote hold these characters? The offers are in order of their start."""
    index = bisect_right(offers, start, key=lambda offer: offer.start or 0) - 1
    return index >= 0 and end <= (offers[index].end or 0)


def _statement(text: str, folded: str, qualifier: str, start: int, end: int) -> Pay:
    tail = _TAIL.match(folded, end) if qualifier == "union_scale" else None
    end = tail.end() if tail else end
    extra = ("plus_fee",) if tail else ()
    return Pay(None, None, None, None, (qualifier, *extra), None, None, text[start:end], start, end, f"pay-{qualifier}")
