"""US dollars at a posting's own date, by the European Central Bank's reference rates, which `currencyconverter` ships.

A weekend or a holiday has the rate of the last working day before it, a date after the last shipped day the last shipped rate,
and a currency that the Bank has dropped its last one; never a later rate. Nothing is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

SOURCE = "European Central Bank, euro foreign exchange reference rates"
OWN = "US dollars as stated"
_LONGEST_GAP = 15  # days without a rate inside the series: the longest holidays are far shorter


@dataclass(frozen=True, slots=True)
class Rate:
    """How many US dollars one unit of a currency was worth, on which day that was published, and by whom."""

    currency: str
    usd: float
    day: str | None
    source: str


@cache
def rate(currency: str | None, day: str | None) -> Rate | None:
    """The rate of a currency on a day (ISO 8601, date or time), or the last one known before it.

    `None`: no currency, no day, or none published on or before that day. US dollars need no rate and no day.
    """
    if currency == "USD":
        return Rate("USD", 1.0, None, OWN)
    if currency is None or day is None or currency not in _converter().currencies:
        return None
    return _last_known(currency, date.fromisoformat(day[:10]))


def _last_known(currency: str, day: date) -> Rate | None:
    bounds = [_converter().bounds[code] for code in (currency, "USD")]
    newest = min(day, *(bound.last_date for bound in bounds))
    oldest = max(newest - timedelta(_LONGEST_GAP), *(bound.first_date for bound in bounds))
    while newest >= oldest:
        found = _on(currency, newest)
        if found is not None:
            return Rate(currency, found, newest.isoformat(), SOURCE)
        newest -= timedelta(1)
    return None


def _on(currency: str, day: date) -> float | None:
    """Dollars for one unit on exactly this day; `None` where nothing was published."""
    from currency_converter import RateNotFoundError

    try:
        return float(_converter().convert(1, currency, "USD", date=day))
    except RateNotFoundError:
        return None


@cache
def _converter() -> Any:
    """The shipped rates, read once (half a second). Missing days stay missing: interpolation would use a later rate."""
    from currency_converter import CurrencyConverter

    return CurrencyConverter(fallback_on_missing_rate=False, fallback_on_wrong_date=False)
