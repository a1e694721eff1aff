"""Series of consumer prices: one TOML each in `consumer_prices/`, its figures in the CSV of the same name.

A series without a CSV is known but has no figures here: nothing is in real terms by it, and that is said. `make_cpi_table` writes a CSV
from what the publisher gives out.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from crawler.errors import ConfigError

FOLDER = Path(__file__).with_name("consumer_prices")
STEPS = {"month": 1, "quarter": 3, "year": 12}  # months in one period
READINGS = ("bls-package", "ons-csv", "sdmx-csv")
COLUMNS = ("period", "index")


@dataclass(frozen=True, slots=True)
class Series:
    """One published series, for sums in one currency.

    address: where the publisher gives out the figures, in the form `reading` names. stands_months: how long after its end the last
    period's index stands for later days, since statistics come late; `None`: until the next is published. checked: made from there once.
    """

    id: str
    title: str
    publisher: str
    series: str
    currency: str
    step: str
    licence: str
    page: str
    address: str
    reading: str
    stands_months: int | None = None
    checked: bool = False

    @property
    def source(self) -> str:
        """The publisher and the series, as printed."""
        return f"{self.publisher}, {self.series}"


@cache
def all_series(folder: Path = FOLDER) -> tuple[Series, ...]:
    """Every series in order of its id. Raises `ConfigError` for a key or value that is wrong, and for two of one currency."""
    found = tuple(_read(path) for path in sorted(folder.glob("*.toml")))
    currencies = [series.currency for series in found]
    twice = sorted({currency for currency in currencies if currencies.count(currency) > 1})
    if twice:
        raise ConfigError(f"{folder.name}: more than one series for {', '.join(twice)}; keep one")
    return found


def _read(path: Path) -> Series:
    values = tomllib.loads(path.read_text(encoding="utf-8")) | {"id": path.stem}
    known = {field.name for field in fields(Series)}
    wrong = sorted((values.keys() - known) | (known - {"stands_months", "checked"} - values.keys()))
    if wrong:
        raise ConfigError(f"{path.name}: unknown or missing: {', '.join(wrong)}")
    if values["step"] not in STEPS or values["reading"] not in READINGS:
        raise ConfigError(f"{path.name}: step is one of {', '.join(STEPS)}, reading one of {', '.join(READINGS)}")
    return Series(**values)


def of_currency(currency: str | None, folder: Path = FOLDER) -> Series | None:
    """The series by which sums in a currency are put in real terms; `None` where none is known."""
    return next((series for series in all_series(folder) if series.currency == currency), None)


@cache
def table(series: str, folder: Path = FOLDER) -> tuple[tuple[str, float], ...]:
    """(period as YYYY-MM, YYYY-Qn or YYYY; index) of a series by id, in order; empty where no figures are here."""
    path = folder / f"{series}.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple((row["period"], float(row["index"])) for row in csv.DictReader(file))


def first_month(period: str) -> str:
    """The first month of a period, as YYYY-MM."""
    year, _, part = period.partition("-")
    return f"{year}-{3 * int(part[1:]) - 2:02}" if part.startswith("Q") else f"{year}-{part or '01'}"


def months_between(early: str, late: str) -> int:
    """How many months lie between two, each as YYYY-MM."""
    (year, month), (year_late, month_late) = (tuple(map(int, each.split("-"))) for each in (early, late))
    return 12 * (year_late - year) + month_late - month
