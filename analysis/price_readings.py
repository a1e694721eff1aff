"""What publishers of consumer prices give out, as (period, index) rows. Pure; one function for each form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crawler.errors import UserMistake

FIRST_YEAR = 2010  # no posting is older
Rows = list[tuple[str, float]]
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_PERIODS = {"month": re.compile(r"\d{4}-\d{2}"), "quarter": re.compile(r"\d{4}-Q[1-4]"), "year": re.compile(r"\d{4}")}


def bls(series: Any) -> Iterator[tuple[str, float]]:
    """One series of the `cpi` package, which brings the database of the US Bureau of Labor Statistics."""
    monthly = (index for index in series.indexes if index.period.type == "monthly" and index.year >= FIRST_YEAR)
    yield from sorted((f"{index.date:%Y-%m}", float(index.value)) for index in monthly)


def ons_csv(text: str) -> Iterator[tuple[str, float]]:
    """The CSV of one time series of the UK Office for National Statistics: notes, then years, quarters and `"2015 JAN","99.3"`."""
    for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))):
        year, _, month = row[0].partition(" ") if len(row) == 2 else ("", "", "")
        if month in _MONTHS:
            yield f"{year}-{_MONTHS.index(month) + 1:02}", float(row[1])


def sdmx_csv(text: str) -> Iterator[tuple[str, float]]:
    """One series as SDMX-CSV (European Central Bank, Eurostat, OECD): the columns TIME_PERIOD and OBS_VALUE."""
    for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))):
        if row.get("TIME_PERIOD") and row.get("OBS_VALUE"):
            yield str(row["TIME_PERIOD"]), float(row["OBS_VALUE"])


READERS: Mapping[str, Callable[[str], Iterator[tuple[str, float]]]] = {"ons-csv": ons_csv, "sdmx-csv": sdmx_csv}


def rows(reading: str, text: str, step: str) -> Rows:
    """The rows of one step since 2010, in order. Raises `UserMistake` where the text is not of that form or has a period twice."""
    try:
        found = sorted(row for row in READERS[reading](text) if _PERIODS[step].fullmatch(row[0]) and int(row[0][:4]) >= FIRST_YEAR)
    except (ValueError, csv.Error) as error:
        raise UserMistake(f"what was read is not {reading}: {error}; ask the publisher's page for it anew") from error
    if not found or any(index <= 0 for _, index in found):
        raise UserMistake(f"what was read has no usable index by the {step} since {FIRST_YEAR}; check that it is {reading}")
    if len({period for period, _ in found}) < len(found):
        raise UserMistake(f"what was read has a {step} more than once: ask for one series only")
    return found
