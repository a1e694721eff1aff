"""Write tables of consumer prices, `consumer_prices/<id>.csv`, from the series that publishers give out. Run by hand, once a month or so:

    pip install cpi                                       # for us: it brings the whole database of the US Bureau of Labor Statistics
    python -m analysis.make_cpi_table us
    python -m analysis.make_cpi_table gb                  # asks the address of consumer_prices/gb.toml once
    python -m analysis.make_cpi_table gb --from d7bt.csv  # the same from a file that was saved from there

A period that the publisher did not give has no row. Provenance, licence and form of each series stand in its TOML.
"""

from __future__ import annotations

import csv
import importlib
import sys
from pathlib import Path
from urllib.request import urlopen

import click

from analysis.price_readings import Rows, bls, rows
from analysis.price_series import COLUMNS, FOLDER, Series, all_series
from crawler.errors import UserMistake

PATIENCE = 60  # seconds to wait for a publisher


def read(series: Series, saved: Path | None = None) -> Rows:
    """A series' rows from its publisher, or from a saved file. Raises `UserMistake` for what is not in the form of the series."""
    if series.reading == "bls-package":
        return list(bls(importlib.import_module("cpi").series.get_by_id(series.address)))
    return rows(series.reading, saved.read_text(encoding="utf-8") if saved else _asked(series.address), series.step)


def _asked(address: str) -> str:
    with urlopen(address, timeout=PATIENCE) as answer:
        return str(answer.read().decode("utf-8"))


def write(series: Series, found: Rows, folder: Path = FOLDER) -> Path:
    """The table of a series as CSV."""
    path = folder / f"{series.id}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(found)
    return path


@click.command()
@click.argument("series", type=click.Choice([each.id for each in all_series()]))
@click.option("--from", "saved", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file saved from the publisher.")
def main(series: str, saved: Path | None) -> None:
    """Write the table of one series beside its TOML."""
    one = next(each for each in all_series() if each.id == series)
    try:
        found = read(one, saved)
    except UserMistake as mistake:
        sys.exit(f"{series}: {mistake}")
    click.echo(f"{write(one, found)}: {found[0][0]} to {found[-1][0]} ({one.source}; {one.licence})")


if __name__ == "__main__":
    main()
