"""`make bench`: every measured budget of the design, in one run on one machine. Ratios are what counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from bench import crawl, reading, site, storing

Part = Callable[[], Iterable[str]]


@click.command()
@click.option("--pages", default=250, show_default=True, help="Pages a crawl.")
@click.option("--rounds", default=3, show_default=True, help="Rounds of each measurement.")
@click.option("--gigs", default=100_000, show_default=True, help="Gigs in the generated store, for the publication and the site.")
@click.option("--words", default=site.WORDS, show_default=True, help="Words of filling in each of their texts.")
@click.option("--asked", default=20, show_default=True, help="Requests for each kind of page of the site.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to keep the generated store for the next run.")
@click.option("--only", multiple=True, type=click.Choice(["reading", "crawl", "store", "site"]), help="One part only; may be given again.")
def main(only: tuple[str, ...], folder: Path | None, **size: int) -> None:
    """Measure reading, crawling, the store, the publication and the site, beside simpler tools where there are any."""
    parts: dict[str, tuple[str, Part]] = {
        "reading": ("reading a posting", lambda: reading.run(90, size["rounds"])),
        "crawl": ("crawling", lambda: crawl.run(size["pages"], size["rounds"])),
        "store": ("the store", lambda: storing.run(3000, size["rounds"])),
        "site": (
            f"the publication and the site, {size['gigs']} generated gigs",
            lambda: site.run(size["gigs"], size["asked"], folder, size["words"]),
        ),
    }
    for name, (title, part) in parts.items():
        if not only or name in only:
            click.echo(title)
            for line in part():
                click.echo(f"  {line}")


if __name__ == "__main__":
    main()
