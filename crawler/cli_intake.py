"""The commands that take in what no crawl brings: archives, and files that people hand in."""

from __future__ import annotations

from typing import Any

import click

from crawler import config
from crawler.errors import UserMistake


@click.group()
def backfill() -> None:
    """Look back: take in what archives kept, with its original dates. History is never shown as seen live."""


@backfill.command("warc")
@click.argument("files", nargs=-1, required=True, metavar="FILE|URL...")
@click.option(
    "--source", metavar="ID", help="Whose pages they are. Without it each page goes to the source of its host, else to `archive`."
)
def backfill_warc(files: tuple[str, ...], source: str | None) -> None:
    """Take in WARC files, Common Crawl's or any other: pages with JobPosting data and the listings of SOURCE."""
    from crawler import backfilling
    from crawler.progress import steps

    with steps("backfill") as tell:
        done = backfilling.warc(files, config.load(), source, tell)
    click.echo(backfilling.words(done))


@backfill.command("wayback")
@click.argument("source")
@click.option("--from", "begin", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="First day, as 2024-01-31.")
@click.option("--to", "end", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Last day.")
@click.option("--api", hidden=True, help="Where the archive is.")
def backfill_wayback(source: str, begin: Any, end: Any, api: str | None) -> None:
    """Take in what the Wayback Machine holds of a source, one request at a time."""
    from crawler import backfilling
    from crawler.progress import steps

    if begin > end:
        raise UserMistake(f"--from {begin:%Y-%m-%d} is after --to {end:%Y-%m-%d}; give the earlier day first")
    with steps("backfill") as tell:
        done = backfilling.wayback(source, config.load(), (f"{begin:%Y-%m-%d}", f"{end:%Y-%m-%d}"), tell, api)
    click.echo(backfilling.words(done))
