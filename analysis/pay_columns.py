"""One offer of pay as words for the terminal: the offer, what is certain, by the hour, in dollars, against scale."""

from __future__ import annotations

from datetime import UTC, datetime

from analysis.comparable import Comparable, compare
from analysis.scale import against
from crawler.records import Pay


def columns(offer: Pay, day: str | None) -> tuple[str, str, str, str, str]:
    """(offer, guaranteed, per hour, per hour in USD, against scale) on a day, today if None; an empty text where nothing is certain."""
    on = day or datetime.now(UTC).date().isoformat()
    figures = compare(offer, on)
    return (
        offer_words(offer),
        _span(offer.floor, offer.floor, offer.currency),
        _by_hour(figures, figures.hourly_low, figures.hourly_high, offer.currency),
        _by_hour(figures, figures.hourly_usd_low, figures.hourly_usd_high, "USD"),
        against(offer, figures, on).words,
    )


def offer_words(offer: Pay) -> str:
    """`25 to 40 USD / hour`, `up to 500 EUR`, `unpaid`: the offer as read, in one form."""
    low, high = offer.amount_min, offer.amount_max
    sums = " to ".join(dict.fromkeys(f"{each:,.10g}" for each in (low, high) if each is not None))
    words = " ".join(each.replace("_", " ") for each in offer.qualifiers)
    if not sums:
        return words
    unit = f" / {offer.unit.replace('_', ' ')}" if offer.unit else ""
    return f"{words + ' ' if words else ''}{sums} {offer.currency or '(currency not stated)'}{unit}"


def _by_hour(figures: Comparable, low: float | None, high: float | None, currency: str | None) -> str:
    words = _span(low, high, currency)
    return f"at most {words}" if words and figures.ceiling else words


def _span(low: float | None, high: float | None, currency: str | None) -> str:
    sums = " to ".join(dict.fromkeys(f"{each:,.2f}" for each in (low, high) if each is not None))
    return f"{sums} {currency or ''}".strip() if sums else ""
