"""Write tables of consumer prices, `consumer_prices/<id>.csv`, from the series that publishers give out. Run by hand, once a month or so:

    pip install cpi                                       # for us: it brings the whole database of the US Bureau of Labor Statistics
    python -m analysis.make_cpi_table                     # every series, each asked once at the address of its TOML
    python -m analysis.make_cpi_table gb                  # one
    python -m analysis.make_cpi_table gb --from d7bt.csv  # the same from a file that was saved from there

A period that the publisher did not give has no row; a table that would end earlier than the one that is there is not written.
Provenance, licence and form of each series stand in its TOML.
"""

from __future__ import annotations

import csv
import importlib
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click

from analysis.price_readings import Rows, bls, rows
from analysis.price_series import COLUMNS, FOLDER, Series, all_series, table
from crawler.errors import UserMistake

PATIENCE = 60  # seconds to wait for a publisher


def read(series: Series, saved: Path | None = None) -> Rows:
    """A series' rows from its publisher or a saved file. Raises `UserMistake` for what is not there or not in the form of the series."""
    if series.reading == "bls-package":
        try:
            return list(bls(importlib.import_module("cpi").series.get_by_id(series.address)))
        except ModuleNotFoundError:
            raise UserMistake("its figures come from the package cpi; pip install cpi, then ask again") from None
    return rows(series.reading, saved.read_text(encoding="utf-8") if saved else _asked(series.address), series.step)


def _asked(address: str) -> str:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            return str(answer.read().decode("utf-8"))
    except (URLError, TimeoutError, UnicodeDecodeError) as failed:
        raise UserMistake(f"{address} gave nothing that can be read ({failed}); save the file by hand and use --from") from None


def write(series: Series, found: Rows, folder: Path = FOLDER) -> Path:
    """The table of a series as CSV, in place whole. Raises `UserMistake` where it would end before the one that is there."""
    path = folder / f"{series.id}.csv"
    there = table(series.id, folder) if path.exists() else ()
    if there and found[-1][0] < there[-1][0]:
        raise UserMistake(f"what was read ends with {found[-1][0]}, {path.name} with {there[-1][0]}; the table stays as it is")
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(found)
    return new.replace(path)


@click.command()
@click.argument("series", nargs=-1, type=click.Choice([each.id for each in all_series()]))
@click.option("--from", "saved", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file saved from the publisher.")
def main(series: tuple[str, ...], saved: Path | None) -> None:
    """Write the tables of the named series, or of all, beside their TOML. One that cannot be had is told and passed over."""
    if saved and len(series) != 1:
        click.echo("--from is one series' file; name that series", err=True)
        sys.exit(2)
    made = [_made(one, saved) for one in all_series() if not series or one.id in series]
    sys.exit(0 if all(made) else 2)


def _made(series: Series, saved: Path | None) -> bool:
    try:
        found = read(series, saved)
        path = write(series, found)
    except UserMistake as mistake:
        click.echo(f"{series.id}: {mistake}", err=True)
        return False
    click.echo(f"{path}: {found[0][0]} to {found[-1][0]} ({series.source}; {series.licence})")
    return True


if __name__ == "__main__":
    main()
