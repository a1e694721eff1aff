"""Which of several offers stands for the gig. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Offer = Mapping[str, object]


def headline(offers: Sequence[Offer]) -> Offer | None:
    """The offer shown first: a sum before none, overtime last, the posting's words before its fields before a licence, then text order.

    offers: rows of pay_offers of one gig, in force. None if there are none.
    """
    return min(offers, key=_rank) if offers else None


def _rank(offer: Offer) -> tuple[bool, bool, bool, bool, bool, int]:
    start = offer["start"]
    return (
        offer["amount_min"] is None and offer["amount_max"] is None,
        "overtime" in str(offer["qualifiers"]),
        offer["place"] != "posting",
        offer["origin"] != "text",
        offer["unit"] is None,
        start if isinstance(start, int) else 0,
    )
