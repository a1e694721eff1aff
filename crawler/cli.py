"""The crawl side's commands: parse options, call, print. What a command needs is imported inside it, so that `--help` stays quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from crawler import __version__, config
from crawler.errors import CallboardError, UserMistake


class Commands(click.Group):
    """A group whose commands end a user's mistake in one line and exit status 2, and any other failure of ours in one line and 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except UserMistake as mistake:
            click.echo(f"callboard: {mistake}", err=True)
            sys.exit(2)
        except CallboardError as failure:
            click.echo(f"callboard: {failure}", err=True)
            sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="callboard")
def crawl_side() -> None:
    """Collect the gigs that hire performers to train AI, and keep the evidence."""


@crawl_side.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--now", hidden=True, help="Start the crawl's clock at this time (ISO 8601).")
@click.option("--here", is_flag=True, hidden=True, help="Crawl one source in this process.")
def crawl(sources: tuple[str, ...], now: str | None, here: bool) -> None:
    """Crawl the named sources, or all of them, each in a process of its own.

    Exit status 0 if every crawl was complete, 1 if one was not.
    """
    from crawler import crawling

    settings = config.load()
    todo = crawling.chosen(sources, settings)
    if here and len(todo) == 1:
        verdict = crawling.here(todo[0], now)
        click.echo(f"{todo[0].id}: {verdict.outcome.value}: {verdict.reason}")
        sys.exit(0 if verdict.outcome.value == "complete" else 1)
    from crawler.progress import crawls

    sys.exit(0 if crawls(todo, settings, now) else 1)


@crawl_side.group()
def sources() -> None:
    """The boards, platforms and documents that are watched."""


@sources.command("list")
@click.option("--kind", help="Only sources of this kind.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_sources(kind: str | None, as_json: bool) -> None:
    """List every source with its kind, lineage and whether it is crawled."""
    from crawler import catalog, listing

    known = catalog.load_all(config.load().sources_dir).values()
    listing.sources([each for each in known if kind in (None, each.kind)], as_json)


@sources.command("check")
@click.argument("source", required=False)
def check_source(source: str | None) -> None:
    """Try one source politely, once, and report; without a name, check every source file and ask nobody."""
    from crawler import trying

    sys.exit(0 if trying.check(source, config.load()) else 1)


@crawl_side.command()
@click.option("--install", is_flag=True, help="Install one if there is none.")
def browser(install: bool) -> None:
    """Say which Chromium renders the pages that need JavaScript. Exit status 2 if there is none."""
    from crawler import browser as chromium

    found = chromium.find() or (chromium.install() if install else None)
    if found is None:
        raise UserMistake(f"no Chromium found; {chromium.ADVICE}")
    click.echo(str(found))


@crawl_side.command()
def replay() -> None:
    """Read every archived page and every text again, offline, under the rules in force."""
    from crawler import catalog, store
    from crawler.progress import steps
    from crawler.replay import replay as again

    settings = config.load()
    db = open_store(settings)
    with steps("replay") as tell:
        done = again(db, settings.warc, catalog.load_all(settings.sources_dir), tell)
    click.echo(
        f"{done.texts} texts, {done.read_anew} read anew, {done.upgraded} technical upgrades; "
        f"{done.pages} pages, {done.differing} give another text now, {done.unreadable} unreadable"
    )
    left = store.first(db, "select count(*) as n from issue where rule like 'replay.%' and closed_at is null")
    sys.exit(1 if left and done.differing + done.unreadable else 0)


@crawl_side.command()
def verify() -> None:
    """Check every capture's digest, every WARC file and the store itself."""
    from crawler.verifying import verify as check

    sys.exit(0 if check(open_store(config.load()), config.load().warc, click.echo) else 1)


@crawl_side.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def status(as_json: bool) -> None:
    """How each source stands. Exit status 1 when one needs a person."""
    from crawler import catalog, listing
    from crawler.health import standing

    settings = config.load()
    found = standing(open_store(settings), catalog.load_all(settings.sources_dir))
    listing.standings(found, as_json)
    sys.exit(1 if any(each.needs_person for each in found) else 0)


@crawl_side.command()
@click.option("--once", is_flag=True, help="Run every source that is due now, publish, and end.")
def nightly(once: bool) -> None:
    """Crawl every source at its time, publish and report, until told to stop."""
    from crawler.nightly import run

    sys.exit(run(config.load(), once))


def open_store(settings: config.Config) -> Any:
    """The store, which must exist: a command that reads would otherwise show an empty one. Raises UserMistake."""
    from crawler import store

    if not Path(settings.store).is_file():
        raise UserMistake(f"{settings.store}: no store yet; run `callboard crawl` or `callboard demo`, or set data_dir")
    return store.open_store(settings.store)
