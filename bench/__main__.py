"""`make bench`: every measured budget of the design, in one run on one machine. Ratios are what counts."""

from __future__ import annotations

import click

from bench import crawl, reading


@click.command()
@click.option("--pages", default=250, show_default=True, help="Pages a crawl.")
@click.option("--rounds", default=3, show_default=True, help="Rounds of each measurement.")
@click.option("--only", type=click.Choice(["crawl", "reading"]), help="One part only.")
def main(pages: int, rounds: int, only: str | None) -> None:
    """Measure the crawl and the reading beside simpler tools."""
    if only != "crawl":
        click.echo("reading a posting")
        for line in reading.run(90, rounds):
            click.echo(f"  {line}")
    if only != "reading":
        click.echo("crawling")
        for line in crawl.run(pages, rounds):
            click.echo(f"  {line}")


if __name__ == "__main__":
    main()
