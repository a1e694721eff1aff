"""A unit as read beside a sum."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.records import Quantity

_DOUBTFUL = frozenset({"pm", "p.m", "p.m.", "a", "an", "annual", "total", "flat", "fixed price", "for a", "for the", "for an"})


@dataclass(frozen=True, slots=True)
class Per:
    """A unit as read after a sum. divisor: 1000 for "per 1,000 words". person: the sum is for one head.

    vague: the noun is no known unit ("per wedding"), so the unit is a task. priced: it is a price, not pay.
    """

    unit: str | None
    end: int
    divisor: float = 1.0
    person: bool = False
    quantity: Quantity | None = None
    priced: bool = False
    words: str = ""

    @property
    def sure(self) -> bool:
        """Is this a unit of pay even beside a number without a currency? "5 pm" and "70/30 split" are none, "15 an hour" is."""
        if self.unit is None or self.unit == "task":
            return False
        return self.words not in _DOUBTFUL or (self.unit == "hour" and self.words == "an")
