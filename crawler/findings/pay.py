"""Pay as a text states it: sums with their units, qualifiers and quantities, and statements without a sum.

The grammar is ours; its words are in `pay_units.toml`, `pay_qualifiers.toml`, `pay_quantity.toml`, `pay_cues.toml`,
`pay_grammar.toml`, `pay_percent.toml`, `pay_numbers.toml` and `currencies.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.findings import pay_offers, pay_percent, pay_statements, pay_sums
from crawler.findings.pay_folding import fold
from crawler.records import Pay, Problem

_QUALIFYING = frozenset({"negotiable", "doe"})
_NEAR = 60  # characters between a sum and what is said of it
_BREAK = re.compile(r"[.!?](?=\s)|\n|;|•")


def find(text: str, country: str | None = None) -> list[Pay]:
    """Every offer of pay in a text, in order of its start; text[start:end] is the quote.

    country (ISO 3166-1 alpha-2) decides what "$" or "kr" means. Without it a place or another currency in the text does, and else a
    bare "$" is the US dollar; where nothing decides, the currency is `None` and `problems` says so.
    """
    folded = fold(text)
    offers = pay_offers.find(text, folded, country)
    offers = sorted([*offers, *pay_percent.find(text, folded, bool(offers))], key=_place)
    for statement in pay_statements.find(text, folded, offers):
        offers = _joined(text, offers, statement)
    return offers


def _joined(text: str, offers: list[Pay], statement: Pay) -> list[Pay]:
    """The offers with one more statement; "9 dollars an hour, but that rate is negotiable" is one offer, its quote the whole."""
    index = bisect_right(offers, _place(statement), key=_place) - 1
    if index >= 0 and _about(text, offers[index], statement):
        marks = (*offers[index].qualifiers, *statement.qualifiers)
        quote = text[offers[index].start : statement.end]
        whole = replace(offers[index], qualifiers=tuple(dict.fromkeys(marks)), quote=quote, end=statement.end)
        return [*offers[:index], whole, *offers[index + 1 :]]
    return [*offers[: index + 1], statement, *offers[index + 1 :]]


def _about(text: str, offer: Pay, statement: Pay) -> bool:
    """Does a statement that qualifies sums follow this sum in the same sentence?"""
    between = text[offer.end or 0 : statement.start]
    sum_ = offer.amount_min is not None or offer.amount_max is not None
    return sum_ and _QUALIFYING.issuperset(statement.qualifiers) and len(between) <= _NEAR and not _BREAK.search(between)


def _place(pay: Pay) -> tuple[int, int, str]:
    return pay.start or 0, pay.end or 0, pay.rule


def problems(text: str, offers: Sequence[Pay]) -> list[Problem]:
    """What a reader should know of these offers and nobody should guess: a currency or a unit that nothing decides."""
    found = [problem for offer in offers for problem in _problems(offer)]
    if pay_sums.beyond(text):
        found.append(
            Problem("pay-too-many-numbers", f"The text has more than {pay_sums.MOST_NUMBERS:,} numbers; later ones were not read for pay.")
        )
    return found


def _problems(offer: Pay) -> Iterator[Problem]:
    if offer.amount_min is None and offer.amount_max is None:
        return
    if offer.currency is None and offer.unit != "percent":
        yield Problem("pay-currency-undecided", f"Nothing says which currency “{offer.quote}” is in.")
    if offer.unit is None:
        yield Problem("pay-unit-unstated", f"Nothing says what “{offer.quote}” is paid for.", severity="info")
