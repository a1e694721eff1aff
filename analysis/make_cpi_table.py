"""Write `cpi_us.csv`: the US consumer price index by month, from the series that the Bureau of Labor Statistics publishes.

Run by hand about once a month; nothing else needs the `cpi` package, which brings the whole database of the Bureau:

    pip install cpi
    python -m analysis.make_cpi_table

Series CUUR0000SA0: all items, U.S. city average, all urban consumers, not seasonally adjusted, 1982-84 = 100. Data of the US
government, in the public domain. A month that the Bureau did not publish has no row.
"""

from __future__ import annotations

import csv
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("cpi_us.csv")
SERIES = "CUUR0000SA0"
FIRST_YEAR = 2010  # no posting is older


def rows(series: Any) -> Iterator[tuple[str, float]]:
    """(month as YYYY-MM, index) of one series of the `cpi` package, in order."""
    monthly = (index for index in series.indexes if index.period.type == "monthly" and index.year >= FIRST_YEAR)
    yield from sorted((f"{index.date:%Y-%m}", float(index.value)) for index in monthly)


def main() -> None:
    """Write the table beside this file."""
    series = importlib.import_module("cpi").series.get_by_id(SERIES)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("month", "index"))
        writer.writerows(rows(series))


if __name__ == "__main__":
    main()
