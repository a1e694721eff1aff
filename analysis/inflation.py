"""Real terms: sums of one day in prices of the last period of their series.

US dollars are deflated by US prices, whatever the currency of the offer was: that asks what the sum buys against a US rate. A sum in its
own currency is deflated by the series of that currency, where figures of it are here. A period that was never published (October 2025 in
the US) has the index of the last one before it; so has a later one, for as long as the series says. Nothing is interpolated and nothing
goes on beyond that: then real terms are unknown.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from analysis.price_series import STEPS, Series, first_month, months_between, of_currency, table

US = "USD"


@dataclass(frozen=True, slots=True)
class Prices:
    """How prices moved from one period to the base period. used: the period whose index stands for the day."""

    factor: float
    used: str
    base: str
    source: str


def base_period(currency: str = US) -> str | None:
    """The period in whose prices real figures are: the last one of the table; `None` without one."""
    series = of_currency(currency)
    rows = table(series.id) if series else ()
    return rows[-1][0] if rows else None


def prices(day: str | None, currency: str | None = US) -> Prices | None:
    """From the prices of a day (ISO 8601) to those of the base period.

    `None` for no day, a currency without figures here, a day before the table, or one too long after it.
    """
    series = of_currency(currency)
    rows = table(series.id) if series else ()
    if day is None or series is None or not rows:
        return None
    place = bisect_right(rows, day[:7], key=lambda row: first_month(row[0])) - 1
    if place < 0 or (place == len(rows) - 1 and _too_late(series, rows[-1][0], day[:7])):
        return None
    used, index = rows[place]
    return Prices(rows[-1][1] / index, used, rows[-1][0], series.source)


def _too_late(series: Series, last: str, month: str) -> bool:
    after = months_between(first_month(last), month) - STEPS[series.step] + 1
    return series.stands_months is not None and after > series.stands_months


def missing(day: str | None, currency: str | None) -> str:
    """Why a sum in a currency on a day is not in real terms, in words."""
    series = of_currency(currency)
    if day is None:
        return "without a date"
    if series is None:
        return f"no series of consumer prices is known for {currency}"
    rows = table(series.id)
    if not rows:
        return f"no figures of {series.source} are here"
    return f"{series.source} covers {rows[0][0]} to {rows[-1][0]} here"
