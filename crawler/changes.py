"""What changed between two versions of one posting, as events. Both readings must be under one ruleset, else a change of our rules would
be shown as an edit by the employer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.records import Event, EventKind, Group, Pay, Polarity, Reading, Term

AN = ("hour", "image")


@dataclass(frozen=True, slots=True)
class Side:
    """One version as far as events need it. pay: the text's offers and the board's own."""

    text: str
    reading: Reading
    structured: tuple[Pay, ...] = ()


def between(posting: str, at: str, before: Side, after: Side) -> list[Event]:
    """Events in a fixed order: pay, promises removed, terms removed, terms added, text edited."""
    found = [
        *_pay(posting, at, before, after),
        *_terms(posting, at, before.reading.terms, after.reading.terms),
    ]
    if before.text != after.text:
        found.append(Event(posting, EventKind.TEXT_EDITED, at, "the text was edited"))
    return found


def terms_between(posting: str, at: str, before: Sequence[Term], after: Sequence[Term]) -> list[Event]:
    """Clause events of a document: a linked licence, or platform terms."""
    return list(_terms(posting, at, before, after))


def _pay(posting: str, at: str, before: Side, after: Side) -> Iterable[Event]:
    old, new = _offers(before), _offers(after)
    if old.keys() != new.keys():
        gone = [quote for key, quote in old.items() if key not in new]
        come = [quote for key, quote in new.items() if key not in old]
        detail = "pay changed" if gone and come else "pay removed" if gone else "pay added"
        yield Event(posting, EventKind.PAY_CHANGED, at, detail, "; ".join(gone) or None, "; ".join(come) or None)


def _offers(side: Side) -> dict[tuple[object, ...], str]:
    offers = (*side.reading.pay, *side.structured)
    return {(o.amount_min, o.amount_max, o.currency, o.unit, o.qualifiers, o.floor): _words(o) for o in offers}


def _words(offer: Pay) -> str:
    """An offer as its text says it; a board's own field, which is JSON, in plain words."""
    if offer.origin == "text":
        return offer.quote
    sums = " to ".join(dict.fromkeys(f"{amount:g}" for amount in (offer.amount_min, offer.amount_max) if amount is not None))
    unit = f" {'an' if offer.unit in AN else 'a'} {offer.unit.replace('_', ' ')}" if offer.unit else ""
    return f"{sums} {offer.currency or 'in an unstated currency'}{unit} (the board's own pay field)"


def _terms(posting: str, at: str, before: Sequence[Term], after: Sequence[Term]) -> Iterable[Event]:
    """Promises removed, then terms removed, then terms added, each in the order of their text."""
    old, new = _stances(before), _stances(after)
    removed = [(_removal(term), term) for stance, term in old.items() if stance not in new]
    for kind, term in sorted(removed, key=lambda one: (one[0] is not EventKind.PROMISE_REMOVED, one[1].start)):
        now = next((each.quote for (code, _), each in new.items() if code == term.code), None)
        yield Event(posting, kind, at, f"{term.code} ({term.polarity}) removed", term.quote, now, term.code)
    for term in sorted((term for stance, term in new.items() if stance not in old), key=lambda one: one.start):
        yield Event(posting, EventKind.TERM_ADDED, at, f"{term.code} ({term.polarity}) added", None, term.quote, term.code)


def _removal(term: Term) -> EventKind:
    """A promise that is denied ("recordings are not anonymised") is none, so nothing promised goes with it."""
    promise = term.group is Group.PROMISES and term.polarity is not Polarity.DENIED
    return EventKind.PROMISE_REMOVED if promise else EventKind.TERM_REMOVED


def _stances(terms: Sequence[Term]) -> dict[tuple[str, str], Term]:
    return {(term.code, term.polarity.value): term for term in reversed(terms)}
