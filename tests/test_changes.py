"""What changed between two versions, as events. Every text and company is invented."""

from __future__ import annotations

import pytest

from crawler.changes import Side, between, terms_between
from crawler.findings.reading import read
from crawler.records import Event, EventKind, Group, Pay, Polarity, Quantity, Reading, Relevance, Term

AT = "2026-11-20T02:00:00Z"
NOTHING = Relevance(None, None, (), ())


def term(code: str, polarity: str = "granted", group: Group = Group.RIGHTS, quote: str = "") -> Term:
    """A term with a quote of its own."""
    words = quote or f"{code} {polarity}"
    return Term(code, Polarity(polarity), words, 0, len(words), f"{code}.1", group)


def pay(low: float | None, high: float | None, unit: str | None = "hour", **more: object) -> Pay:
    """An offer in dollars."""
    quote = f"{low} to {high} {unit}"
    values = {"qualifiers": (), "quantity": None, "floor": None, "quote": quote, "start": 0, "end": len(quote), "rule": "pay.1"} | more
    return Pay(low, high, "USD", unit, **values)  # type: ignore[arg-type]


def side(text: str = "words", offers: tuple[Pay, ...] = (), terms: tuple[Term, ...] = (), structured: tuple[Pay, ...] = ()) -> Side:
    """A version."""
    return Side(text, Reading("t" * 64, "r" * 64, offers, terms, NOTHING, ()), structured)


def events(before: Side, after: Side) -> list[Event]:
    """What happened."""
    return between("gig", AT, before, after)


def told(before: Side, after: Side) -> list[tuple[str, str | None]]:
    """What happened, in short."""
    return [(one.kind.value, one.code) for one in events(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "detail"),
    [
        ((pay(20, 20),), (pay(15, 15),), "pay changed"),
        ((pay(20, 20),), (pay(20, 25),), "pay changed"),
        ((pay(20, 20),), (pay(20, 20, "day"),), "pay changed"),
        ((pay(20, 20),), (pay(20, 20, qualifiers=("up_to",)),), "pay changed"),
        ((pay(20, 20, floor=40.0),), (pay(20, 20),), "pay changed"),  # a guarantee is gone
        ((pay(20, 20), pay(50, 50, "session")), (pay(20, 20),), "pay removed"),
        ((pay(20, 20),), (pay(20, 20), pay(50, 50, "session")), "pay added"),
        ((pay(20, 20),), (), "pay removed"),
        ((), (pay(20, 20),), "pay added"),
    ],
)
def test_a_change_of_pay(before: tuple[Pay, ...], after: tuple[Pay, ...], detail: str) -> None:
    (event,) = events(side(offers=before), side(offers=after))
    assert (event.kind, event.detail, event.at, event.posting) == (EventKind.PAY_CHANGED, detail, AT, "gig")
    assert (event.before is None) == (detail == "pay added")
    assert (event.after is None) == (detail == "pay removed")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((pay(20, 20),), (pay(20, 20, quote="$20 an hour", start=7, end=18),)),  # the same money in other words elsewhere
        ((pay(20, 20), pay(50, 50, "session")), (pay(50, 50, "session"), pay(20, 20))),
        ((pay(20, 20),), (pay(20, 20), pay(20, 20, start=90))),  # said twice
    ],
)
def test_the_same_money_is_no_change(before: tuple[Pay, ...], after: tuple[Pay, ...]) -> None:
    assert told(side(offers=before), side(offers=after)) == []


def test_a_change_of_the_boards_own_pay_is_told_in_words() -> None:
    field = {"origin": "structured", "start": None, "end": None, "quote": '{"min": 20}'}
    (event,) = events(side(structured=(pay(20, 30, **field),)), side(structured=(pay(15, 15, **field),)))
    assert event.before == "20 to 30 USD an hour (the board's own pay field)"
    assert event.after == "15 USD an hour (the board's own pay field)"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((), (term("perpetual"),), [("term_added", "perpetual")]),
        ((term("withdrawal", group=Group.CONSENT),), (), [("term_removed", "withdrawal")]),
        ((term("no_resale", group=Group.PROMISES),), (), [("promise_removed", "no_resale")]),
        ((), (term("no_resale", group=Group.PROMISES),), [("term_added", "no_resale")]),
        ((term("anonymised", "denied", Group.PROMISES),), (), [("term_removed", "anonymised")]),  # a denial is no promise
        (
            (term("exclusive", "limited"),),
            (term("exclusive"),),
            [("term_removed", "exclusive"), ("term_added", "exclusive")],
        ),
        (
            (term("no_resale", group=Group.PROMISES),),
            (term("no_resale", "limited", Group.PROMISES),),
            [("promise_removed", "no_resale"), ("term_added", "no_resale")],
        ),
        ((term("perpetual"), term("worldwide")), (term("worldwide"), term("perpetual")), []),
        ((term("perpetual"),), (term("perpetual", quote="for ever"),), []),  # other words for the same
        ((term("perpetual"),), (term("perpetual"), term("perpetual", quote="in perpetuity")), []),
    ],
)
def test_a_change_of_terms(before: tuple[Term, ...], after: tuple[Term, ...], expected: list[tuple[str, str]]) -> None:
    assert told(side(terms=before), side(terms=after)) == expected
    assert [(one.kind.value, one.code) for one in terms_between("gig", AT, before, after)] == expected


def test_a_limit_that_is_lifted_shows_both_quotes() -> None:
    limited, granted = term("exclusive", "limited", quote="exclusive for a year"), term("exclusive", quote="exclusive for ever")
    gone, come = terms_between("gig", AT, [limited], [granted])
    assert (gone.before, gone.after, gone.detail) == ("exclusive for a year", "exclusive for ever", "exclusive (limited) removed")
    assert (come.before, come.after, come.detail) == (None, "exclusive for ever", "exclusive (granted) added")


def test_events_come_in_a_fixed_order_and_the_edit_last() -> None:
    before = side("old", (pay(20, 20),), (term("no_resale", group=Group.PROMISES), term("withdrawal", group=Group.CONSENT)))
    after = side("new", (pay(15, 15),), (term("perpetual"),))
    assert told(before, after) == [
        ("pay_changed", None),
        ("promise_removed", "no_resale"),
        ("term_removed", "withdrawal"),
        ("term_added", "perpetual"),
        ("text_edited", None),
    ]


@pytest.mark.parametrize(("before", "after", "edited"), [("a", "a", False), ("a", "b", True), ("a", "a ", True)])
def test_an_edit_is_a_change_of_the_text(before: str, after: str, edited: bool) -> None:
    assert told(side(before), side(after)) == ([("text_edited", None)] if edited else [])


def test_a_quantity_changes_the_money_that_is_certain() -> None:
    two, three = Quantity(2, 2, "hour", "guarantee"), Quantity(3, 3, "hour", "guarantee")
    before, after = side(offers=(pay(20, 20, quantity=two, floor=40.0),)), side(offers=(pay(20, 20, quantity=three, floor=60.0),))
    assert told(before, after) == [("pay_changed", None)]


def test_real_words_read_by_the_real_rules() -> None:
    old = "Reader\nLarkspur Voices\n\nPay: $50 per hour. You may withdraw at any time. Recordings are never sold to third parties."
    new = "Reader\nLarkspur Voices\n\nPay: $40 per hour. You grant us a perpetual, irrevocable licence."
    found = told(Side(old, read(old)), Side(new, read(new)))
    assert ("pay_changed", None) in found and ("term_added", "perpetual") in found and ("term_removed", "withdrawal") in found
    assert found[-1] == ("text_edited", None)
    assert told(Side(old, read(old)), Side(old, read(old))) == []
