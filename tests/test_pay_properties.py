"""Pay for any text: written down and read back it is the same, nothing crashes, offsets are true, and time is linear."""

import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.findings.pay import find, problems

UNIT_SPELLINGS = {
    "hour": ["/hr", " per hour", " an hour", "/hour", " hourly", " p/h"],
    "day": ["/day", " per day", " a day", " p/d", " daily"],
    "week": ["/week", " per week", " weekly"],
    "month": ["/month", " per month", " monthly"],
    "year": ["/year", " per annum", " pa", " annually", " a year"],
    "word": ["/word", " per word", " a word"],
    "finished_hour": [" per finished hour", " PFH"],
    "session": [" per session", "/session"],
    "video": [" per video", " for every video"],
    "task": [" per utterance", " per approved recording", " each", " a pop"],
    "half_day": [" per half day", "/half-day"],
    "line": [" per line", "/line"],
    "page": [" per page", "/page"],
    "image": [" per image", "/photo", " for every selfie"],
    "minute": [" per minute", "/min", " per raw minute"],
    "finished_minute": [" per finished minute", " per approved minute"],
    "recorded_hour": [" per recorded hour", " per hour of recording"],
    "project": [" flat", " for the job", " for the whole project", " lump sum"],
}
BEFORE = {"USD": ["$", "USD ", "US$"], "GBP": ["£", "GBP "], "EUR": ["€", "EUR "], "PLN": ["PLN "], "INR": ["₹", "INR "]}
BEFORE |= {"AUD": ["A$", "AU$", "AUD "], "CAD": ["C$", "CA$", "CAD $"], "BRL": ["R$", "R$ "], "ZAR": ["ZAR "], "JPY": ["JPY "]}
AFTER = {"USD": [" USD", " dollars"], "GBP": [" GBP"], "EUR": [" EUR", " euros", "€"], "PLN": [" PLN", " zł"], "INR": [" INR"]}
AFTER |= {"AUD": [" AUD"], "CAD": [" CAD"], "BRL": [" BRL"], "ZAR": [" ZAR"], "JPY": [" JPY", " yen"]}
JOINS = ["-", " - ", "–", " to "]
GROUPING = {"EUR": ".", "PLN": ".", "BRL": "."}

amounts = st.one_of(st.integers(5, 99_999).map(float), st.decimals(5, 900, places=2).map(float))


def _number(amount: float, currency: str, grouped: bool) -> str:
    """An amount as the currency's writers write it."""
    text = f"{amount:,.2f}" if amount % 1 else f"{amount:,.0f}"
    group, point = (GROUPING[currency], ",") if currency in GROUPING else (",", ".")
    plain = text.replace(",", "\0" if grouped else "").replace(".", point)
    return plain.replace("\0", group)


BOUNDS = {"": "", "up to ": "up_to", "max. ": "up_to", "from ": "from", "starting at ": "from"}


@st.composite
def _written(draw: st.DrawFn) -> tuple[str, float | None, float | None, str, str]:
    """A sum in one of the supported spellings, and what it means."""
    currency, unit = draw(st.sampled_from(sorted(BEFORE))), draw(st.sampled_from(sorted(UNIT_SPELLINGS)))
    low, ratio = draw(amounts), draw(st.sampled_from([None, 1.1, 1.5, 2.0]))
    high = low if ratio is None else round(low * ratio, 2)
    grouped, in_front = draw(st.booleans()), draw(st.booleans())
    numbers = [_number(amount, currency, grouped) for amount in dict.fromkeys((low, high))]
    mark = draw(st.sampled_from((BEFORE if in_front else AFTER)[currency]))
    money = (mark if in_front else "") + draw(st.sampled_from(JOINS)).join(numbers) + ("" if in_front else mark)
    bound = draw(st.sampled_from(sorted(BOUNDS))) if ratio is None else ""
    ends = {"up_to": (None, high), "from": (low, None)}.get(BOUNDS[bound], (low, high))
    return f"Pay: {bound}{money}{draw(st.sampled_from(UNIT_SPELLINGS[unit]))}", *ends, currency, unit


@given(_written())
@settings(max_examples=400, deadline=None)
def test_what_is_written_is_read_back(case: tuple[str, float | None, float | None, str, str]) -> None:
    text, low, high, currency, unit = case
    read: list[object] = [(offer.amount_min, offer.amount_max, offer.currency, offer.unit) for offer in find(text)]
    assert read == [(low and pytest.approx(low), high and pytest.approx(high), currency, unit)]


@given(_written())
@settings(max_examples=200, deadline=None)
def test_a_rate_for_overtime_never_changes_the_rate_of_the_day(case: tuple[str, float | None, float | None, str, str]) -> None:
    text, low, high, currency, unit = case
    offers = find(f"{text}. Overtime: USD 77.77 per hour.")
    assert [(offer.currency, offer.unit) for offer in offers] == [(currency, unit), ("USD", "hour")]
    assert (offers[0].amount_min, offers[0].amount_max) == (low and pytest.approx(low), high and pytest.approx(high))
    assert ["overtime" in offer.qualifiers for offer in offers] == [False, True]


PIECES = """
    $ £ € kr USD 150 1,000 12.50 k - – to / per hour hr day flat up to from at least minimum 2 hours pay rate unpaid TBD + % 20% of
    revenue for ( ) | • . , ** two hundred dollars per person İ ₹ 3-hour session
"""
pieces = st.sampled_from(PIECES.split())


@given(st.one_of(st.text(max_size=300), st.lists(pieces, max_size=60).map(" ".join), st.lists(pieces, max_size=60).map("".join)))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_true_offsets_in_order(text: str) -> None:
    offers = find(text)
    assert [text[offer.start : offer.end] for offer in offers] == [offer.quote for offer in offers]
    assert [offer.start for offer in offers] == sorted(offer.start or 0 for offer in offers)
    assert all(offer.amount_min is None or offer.amount_max is None or offer.amount_min <= offer.amount_max for offer in offers)
    assert find(text) == offers
    assert isinstance(problems(text, offers), list)


HOSTILE = [
"$", "1", "1,", "$1 ", "$1-", "$1/hr ", "$1+", "1k", "1 000 ", "€1 000 ", "$5k-", "$5***", "(", "two hundred ", "two hundred dollars ",
    "$1 per person per person ", "from $5 up to ", "min 5 - max ", "5% of revenue ", "unpaid $5/hr ", "tbd pay ",
    "$12 for 3 hours ", "100 per ",
    "pay: $5 bonus ", "1'000'", "İ", "approx. ", "$9.99 USD (CAD) ", "pay\n", " ", "a", "a | $5\n", "|$5|", "fee | per hour\n$5 | ", "$5, ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_of_anything_is_read_in_a_second(piece: str) -> None:
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    find(piece)
    began = time.process_time()
    offers = find(text)
    assert time.process_time() - began < (1.0 if sys.gettrace() is None else 3.0)  # coverage traces every line
    assert all(text[offer.start : offer.end] == offer.quote for offer in offers)
