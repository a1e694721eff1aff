"""One offer made comparable: in US dollars at its own date, by the hour where hours are stated or fixed, in real terms.

What cannot be compared stays in its own unit and says why; nothing is annualised and nothing is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis import exchange, inflation
from analysis.exchange import Rate
from analysis.inflation import Prices
from crawler.findings.pay_vocabulary import units
from crawler.records import Pay, Quantity

MINUTES = 60.0
WHOLE = frozenset({"session", "day", "half_day", "project", "task", "video", "image"})  # units whose stated length is the work for the sum
LENGTHS = frozenset({"session", "estimate"})


@dataclass(frozen=True, slots=True)
class Hourly:
    """Effective pay of one hour in the offer's currency. ceiling: the offer only says "up to". why: how it was reached."""

    low: float | None
    high: float | None
    ceiling: bool
    why: str


@dataclass(frozen=True, slots=True)
class Comparable:
    """One offer's figures. `None`: cannot be known.

    usd_*: US dollars at the rate of the day. hourly_real_*: those in US prices of `prices.base`. real_*: the amounts in their own currency
    and unit, in prices of `own.base` there.
    words: how the figures were reached, or why there are none, for a reader.
    """

    usd_low: float | None
    usd_high: float | None
    usd_floor: float | None
    hourly_low: float | None
    hourly_high: float | None
    hourly_usd_low: float | None
    hourly_usd_high: float | None
    hourly_real_low: float | None
    hourly_real_high: float | None
    real_low: float | None
    real_high: float | None
    ceiling: bool
    rate: Rate | None
    prices: Prices | None
    own: Prices | None
    words: str


def compare(offer: Pay, day: str | None) -> Comparable:
    """The figures of an offer on the day of its posting (ISO 8601; `None` where nobody knows it)."""
    rate = None if offer.unit == "percent" else exchange.rate(offer.currency, day)
    by_hour = hourly(offer)
    prices = inflation.prices(day) if rate and (by_hour.low or by_hour.high) else None
    own = inflation.prices(day, offer.currency) if _money(offer) else None
    usd, real = rate.usd if rate else None, prices.factor if prices else None
    low, high = _times(by_hour.low, usd), _times(by_hour.high, usd)
    return Comparable(
        usd_low=_times(offer.amount_min, usd),
        usd_high=_times(offer.amount_max, usd),
        usd_floor=_times(offer.floor, usd),
        hourly_low=by_hour.low,
        hourly_high=by_hour.high,
        hourly_usd_low=low,
        hourly_usd_high=high,
        hourly_real_low=_times(low, real),
        hourly_real_high=_times(high, real),
        real_low=_times(offer.amount_min, own.factor if own else None),
        real_high=_times(offer.amount_max, own.factor if own else None),
        ceiling=by_hour.ceiling,
        rate=rate,
        prices=prices,
        own=own,
        words=_words(offer, day, by_hour, rate, prices) + _own_words(offer, day, own),
    )


def _money(offer: Pay) -> bool:
    """Does the offer state a sum of money?"""
    return offer.unit != "percent" and (offer.amount_min is not None or offer.amount_max is not None)


def _times(amount: float | None, factor: float | None) -> float | None:
    return None if amount is None or factor is None else round(amount * factor, 4)


def hourly(offer: Pay) -> Hourly:
    """Pay for an hour of work, only where the unit fixes the hours or the text states them."""
    fixed = units()[offer.unit].hours if offer.unit and offer.unit in units() else None
    ceiling = offer.amount_min is None and offer.amount_max is not None
    if offer.amount_min is None and offer.amount_max is None:
        return Hourly(None, None, False, "no sum is stated")
    if fixed:
        return Hourly(_over(offer.amount_min, fixed), _over(offer.amount_max, fixed), ceiling, "stated by the hour")
    hours = stated_hours(offer)
    if hours is None:
        return Hourly(None, None, False, "no hours are stated, so it stays in its own unit")
    least, most = hours
    why = f"{_number(least)} to {_number(most)} hours stated" if least != most else f"{_number(least)} hours stated"
    return Hourly(_over(offer.amount_min, most), _over(offer.amount_max, least), ceiling, why)


def stated_hours(offer: Pay) -> tuple[float, float] | None:
    """The least and most hours of work that the sum is for, where the text states them."""
    quantity = offer.quantity
    if quantity is None or offer.unit not in WHOLE or quantity.kind not in LENGTHS:
        return None
    return _in_hours(quantity)


def _in_hours(quantity: Quantity) -> tuple[float, float] | None:
    factor = {"hour": 1.0, "minute": 1 / MINUTES}.get(quantity.unit)
    least, most = quantity.amount_min or quantity.amount_max, quantity.amount_max or quantity.amount_min
    return (least * factor, most * factor) if factor and least and most else None


def _over(amount: float | None, hours: float) -> float | None:
    return None if amount is None else round(amount / hours, 4)


def _number(value: float) -> str:
    return f"{value:,.10g}" if value == int(value) else f"{value:,.2f}"


def _words(offer: Pay, day: str | None, by_hour: Hourly, rate: Rate | None, prices: Prices | None) -> str:
    parts = ["By the hour: " + by_hour.why + (", a ceiling only" if by_hour.ceiling and by_hour.high is not None else "") + "."]
    parts.append(_rate_words(offer, day, rate))
    if prices:
        parts.append(f"Real terms: prices of {prices.used} brought to {prices.base} ({prices.source}).")
    return " ".join(part for part in parts if part)


def _own_words(offer: Pay, day: str | None, own: Prices | None) -> str:
    """Real terms in the offer's own currency; those of US dollars are said already where they are by the hour."""
    if own:
        return f" In its own currency: prices of {own.used} brought to {own.base} ({own.source})."
    if offer.currency is None or not _money(offer):
        return ""
    return f" Not in real terms of {offer.currency}: {inflation.missing(day, offer.currency)}."


def _rate_words(offer: Pay, day: str | None, rate: Rate | None) -> str:
    if rate is None:
        return _missing_rate(offer, day)
    if rate.day is None:
        return ""
    return f"1 {rate.currency} = {rate.usd:.6g} USD on {rate.day} ({rate.source})."


def _missing_rate(offer: Pay, day: str | None) -> str:
    if not _money(offer):
        return ""
    if offer.currency is None:
        return "Not in US dollars: the currency is not stated."
    return f"Not in US dollars: no rate of {offer.currency} {'by that day' if day else 'without a date'}."
