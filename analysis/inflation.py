"""Real terms: US dollars of one month in prices of the last month of `cpi_us.csv`.

Dollars are deflated by US prices whatever the currency of the offer was: the question is what the sum buys against a US rate. A month
that was never published (October 2025) has the index of the last month before it; so has a month that is not published yet.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("cpi_us.csv")
SOURCE = "US Bureau of Labor Statistics, CPI-U, series CUUR0000SA0"


@dataclass(frozen=True, slots=True)
class Prices:
    """How prices moved from one month to the base month. used: the month whose index stands for the day."""

    factor: float
    used: str
    base: str
    source: str = SOURCE


@cache
def table() -> tuple[tuple[str, float], ...]:
    """(month as YYYY-MM, index), in order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple((row["month"], float(row["index"])) for row in csv.DictReader(file))


def base_month() -> str:
    """The month in whose prices real figures are: the last one of the table."""
    return table()[-1][0]


def prices(day: str | None) -> Prices | None:
    """From the prices of a day (ISO 8601) to those of the base month; `None` for no day or one before the table."""
    if day is None:
        return None
    place = bisect_right(table(), day[:7], key=lambda row: row[0]) - 1
    if place < 0:
        return None
    month, index = table()[place]
    return Prices(table()[-1][1] / index, month, base_month())
