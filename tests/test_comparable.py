"""Pay made comparable: dollars of the day, hours only where stated, real terms; nothing later, nothing guessed."""

import pytest

from analysis import exchange, inflation
from analysis.comparable import compare, hourly
from analysis.price_series import table
from crawler.findings.pay import find
from crawler.records import Pay


def _offer(text: str) -> Pay:
    return find(text)[0]


@pytest.mark.parametrize(
    ("currency", "day", "published", "usd"),
    [
        ("GBP", "2025-02-28", "2025-02-28", 1.260291),
        ("GBP", "2025-03-02", "2025-02-28", 1.260291),  # a Sunday has Friday's rate, not Monday's
        ("EUR", "2025-01-05T21:14:07Z", "2025-01-03", 1.0299),
        ("EUR", "2014-03-28", "2014-03-28", 1.3759),
    ],
)
def test_the_last_known_rate_and_never_a_later_one(currency: str, day: str, published: str, usd: float) -> None:
    rate = exchange.rate(currency, day)
    assert rate is not None
    assert (rate.day, rate.source) == (published, exchange.SOURCE)
    assert rate.usd == pytest.approx(usd, rel=1e-5)


def test_after_the_last_shipped_day_the_last_rate_stands_with_its_own_date() -> None:
    late, last = exchange.rate("EUR", "2099-01-01"), exchange.rate("EUR", "2098-01-01")
    assert late is not None and last is not None
    assert late.day == last.day and (late.day or "") < "2098"


def test_a_dropped_currency_keeps_its_last_rate() -> None:
    rate = exchange.rate("HRK", "2025-06-01")
    assert rate is not None
    assert rate.day == "2022-12-30"


@pytest.mark.parametrize(("currency", "day"), [(None, "2025-01-01"), ("EUR", None), ("VND", "2025-01-01"), ("EUR", "1990-01-01")])
def test_no_rate_is_no_rate(currency: str | None, day: str | None) -> None:
    assert exchange.rate(currency, day) is None


def test_dollars_need_no_rate_and_no_day() -> None:
    assert exchange.rate("USD", None) == exchange.Rate("USD", 1.0, None, exchange.OWN)


@pytest.mark.parametrize(
    ("text", "low", "high", "ceiling"),
    [
        ("$25-$40/hr", 25, 40, False),
        ("up to $74/hr", None, 74, True),
        ("from 74 USD hourly", 74, None, False),
        ("up to $80,000 for 19 hours in total", None, 4210.5263, True),
        ("$150 for a 90-minute session", 100, 100, False),
        ("$150 per session, sessions last 60-90 minutes", 100, 150, False),
        ("$200/8", 25, 25, False),
        ("$90 for 9 hours", 10, 10, False),
        ("£250 per day", None, None, False),
        ("$300 per finished hour, about 6 hours", None, None, False),
        ("$0.35 per utterance, 2,000 utterances", None, None, False),
        ("$60,000 a year", None, None, False),
        ("You receive 25% of all game revenue", None, None, False),
        ("unpaid", None, None, False),
    ],
)
def test_an_hour_only_where_hours_are_stated_or_fixed(text: str, low: float | None, high: float | None, ceiling: bool) -> None:
    found = hourly(_offer(text))
    assert (found.low, found.high, found.ceiling) == (low, high, ceiling)
    assert found.why


def test_prices_of_a_month_that_was_never_published_are_those_of_the_month_before() -> None:
    assert "2025-10" not in [month for month, _ in table("us")]
    assert inflation.prices("2025-10-19") == inflation.prices("2025-09-02")


def test_real_terms_state_their_months() -> None:
    before, rows = inflation.prices("2014-08-01"), table("us")
    assert before is not None
    assert (before.used, before.base) == ("2014-08", inflation.base_period())
    assert before.factor == pytest.approx(rows[-1][1] / 237.852, rel=1e-6)
    after = inflation.prices("2099-01-01")
    assert after is not None and (after.factor, after.used) == (1.0, inflation.base_period())
    assert inflation.prices("1999-01-01") is None
    assert inflation.prices(None) is None


def test_an_offer_in_dollars_of_its_day_with_its_sources() -> None:
    figures = compare(_offer("€60 for a 90-minute session"), "2025-01-05")
    assert (figures.usd_low, figures.usd_high) == (61.794, 61.794)
    assert (figures.hourly_usd_low, figures.hourly_usd_high) == (41.196, 41.196)
    assert figures.rate is not None and figures.rate.day == "2025-01-03"
    assert figures.prices is not None and figures.prices.used == "2025-01"
    assert figures.hourly_real_low == pytest.approx(41.196 * figures.prices.factor, abs=1e-3)
    assert "1 EUR = 1.0299 USD on 2025-01-03" in figures.words
    assert "1.50 hours stated" in figures.words


def test_the_guarantee_in_dollars() -> None:
    figures = compare(_offer("$150 per hour for at least two hours"), "2023-10-01")
    assert (figures.usd_floor, figures.hourly_usd_low, figures.hourly_usd_high) == (300, 150, 150)


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("Pay: 400 kr per hour", "2025-01-01", "the currency is not stated"),
        ("VND 500,000 per hour", "2025-01-01", "no rate of VND by that day"),
        ("£20 per hour", None, "no rate of GBP without a date"),
        ("£250 per day", "2025-01-01", "no hours are stated"),
        ("up to $80,000 for 19 hours in total", "2024-05-01", "a ceiling only"),
        ("unpaid", "2025-01-01", "no sum is stated"),
    ],
)
def test_what_cannot_be_compared_says_why(text: str, day: str | None, words: str) -> None:
    assert words in compare(_offer(text), day).words


def test_a_sum_in_real_terms_of_its_own_currency_and_unit() -> None:
    figures, base = compare(_offer("$250 per day"), "2014-08-10"), inflation.base_period()
    assert figures.own is not None and figures.own.base == base
    assert figures.real_low == figures.real_high == pytest.approx(250 * figures.own.factor, abs=1e-3)
    assert f"In its own currency: prices of 2014-08 brought to {base} (US Bureau of Labor Statistics" in figures.words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("£250 per day", "Not in real terms of GBP: no figures of UK Office for National Statistics, CPI, series D7BT are here."),
        ("HUF 70,000 per day", "Not in real terms of HUF: no series of consumer prices is known for HUF."),
    ],
)
def test_a_currency_without_figures_of_its_prices_says_so(text: str, words: str) -> None:
    figures = compare(_offer(text), "2025-01-05")
    assert (figures.real_low, figures.real_high, figures.own) == (None, None, None)
    assert figures.words.endswith(words)


def test_a_share_has_no_real_terms_and_no_words_for_it() -> None:
    assert "real terms" not in compare(_offer("You receive 25% of all game revenue"), "2025-01-05").words
