"""A board's own pay fields become the same record as text, and a disagreement is said."""

import pytest

from crawler.findings import structured_pay
from crawler.findings.pay_vocabulary import unit_of_field
from crawler.records import Pay

UNIT_WORDS = {
    "HOUR": "hour", "per-hour-wage": "hour", "1 HOUR": "hour",
    "hourly": "hour", "HUR": "hour", "Per Hour": "hour",
    "YEAR": "year", "per-year-salary": "year", "1 YEAR": "year",
    "ANN": "year", "annual": "year", "YEARLY": "year",
    "month": "month", "MON": "month", "per-month-salary": "month",
    "1 MONTH": "month", "WEEK": "week", "day": "day",
    "one-time": "project", "bi-week-salary": None, "fortnight": None, "": None,
}  # fmt: skip


@pytest.mark.parametrize(("word", "unit"), UNIT_WORDS.items())
def test_boards_words_for_units(word: str, unit: str | None) -> None:
    assert unit_of_field(word) == unit


def test_field_becomes_pay_with_its_json_as_quote() -> None:
    raw = {"min": 25, "max": 40, "currency": "usd", "interval": "per-hour-wage"}
    offer = structured_pay.pay(25, 40, "usd", "per-hour-wage", raw, "lever-salary-range")
    assert (offer.amount_min, offer.amount_max, offer.currency, offer.unit) == (25, 40, "USD", "hour")
    assert offer.quote == '{"min": 25, "max": 40, "currency": "usd", "interval": "per-hour-wage"}'
    assert (offer.origin, offer.start, offer.end, offer.rule) == (
        "structured",
        None,
        None,
        "lever-salary-range",
    )


@pytest.mark.parametrize(
    ("low", "high", "expected", "qualifiers"),
    [
        ("52,000", "61000.50", (52000, 61000.5), ()),
        (0, 80, (None, 80), ("up_to",)),
        (30, None, (30, None), ("from",)),
        (90, 70, (70, 90), ()),
        ("competitive", float("nan"), (None, None), ()),
        (None, None, (None, None), ()),
    ],
)
def test_amounts_as_boards_give_them(
    low: float | str | None,
    high: float | None,
    expected: tuple[float | None, float | None],
    qualifiers: tuple[str, ...],
) -> None:
    offer = structured_pay.pay(low, high, "GBP", "HOUR", "{}", "x")
    assert ((offer.amount_min, offer.amount_max), offer.qualifiers) == (expected, qualifiers)


def _stated(low: float, high: float, currency: str | None = "USD", unit: str | None = "hour") -> Pay:
    return Pay(low, high, currency, unit, (), None, None, "as written", 0, 10, "text")


def _field(low: float, high: float, currency: str = "USD", unit: str = "HOUR") -> Pay:
    return structured_pay.pay(low, high, currency, unit, "{}", "x")


@pytest.mark.parametrize(
    ("field", "stated", "disagrees"),
    [
        (_field(25, 40), [_stated(25, 40)], False),
        (_field(25, 40), [_stated(18, 22), _stated(25, 40)], False),
        (_field(25, 40), [_stated(30, 45)], True),
        (_field(25, 40), [_stated(25, 40, unit="day")], True),
        (_field(25, 40), [_stated(25, 40, currency="GBP")], True),
        (_field(25, 40), [_stated(25, 40, currency=None, unit=None)], False),
        (_field(52000, 83200, unit="YEAR"), [_stated(25, 40)], False),
        (_field(25, 40), [], False),
    ],
)
def test_disagreement_is_a_problem(field: Pay, stated: list[Pay], disagrees: bool) -> None:
    problems = structured_pay.disagreements([field], stated)
    assert [problem.rule for problem in problems] == (["pay-disagreement"] if disagrees else [])
    assert all("as written" in problem.message for problem in problems)
