"""One offer of pay as words for the terminal: the offer, what is certain, by the hour, in dollars, against scale."""

from __future__ import annotations

from crawler.records import Pay


def columns(offer: Pay, day: str | None) -> tuple[str, str, str, str, str]:
    """(offer, guaranteed, per hour, per hour in USD, against scale); an empty text where nothing is certain."""
    return (offer_words(offer), _money(offer.floor, offer.currency), "", "", "")


def offer_words(offer: Pay) -> str:
    """`25 to 40 USD / hour`, `up to 500 EUR`, `unpaid`: the offer as read, in one form."""
    low, high = offer.amount_min, offer.amount_max
    sums = " to ".join(dict.fromkeys(f"{each:,.10g}" for each in (low, high) if each is not None))
    words = " ".join(each.replace("_", " ") for each in offer.qualifiers)
    if not sums:
        return words
    unit = f" / {offer.unit.replace('_', ' ')}" if offer.unit else ""
    return f"{words + ' ' if words else ''}{sums} {offer.currency or '(currency not stated)'}{unit}"


def _money(amount: float | None, currency: str | None) -> str:
    return "" if amount is None else f"{amount:,.2f} {currency or ''}".strip()
