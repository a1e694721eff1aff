"""The crawl side's commands: parse options, call, print. What a command needs is imported inside it, so that `--help` stays quick."""

from __future__ import annotations

import sys
from typing import Any

import click

from crawler import __version__, cli_intake, config
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
@click.option("--unread", is_flag=True, help="Only texts that the rules in force have not read: what new rules leave to do.")
def replay(unread: bool) -> None:
    """Read every archived page and every text again, offline, under the rules in force.

    Exit status 1 if anything that is stored is not what its page or text gives; the issue table says what.
    """
    from crawler import catalog
    from crawler.backfill import HOLDERS
    from crawler.progress import steps
    from crawler.replay import read_unread
    from crawler.replay import replay as again

    settings = config.load()
    db = open_store(settings)
    with steps("replay") as tell:
        sources = catalog.load_all(settings.sources_dir) | HOLDERS
        done = read_unread(db, tell) if unread else again(db, settings.warc, sources, tell)
    click.echo(
        f"{done.texts} texts: {done.read_anew} read anew, {done.upgraded} of them technical upgrades, {done.mended} mended; "
        f"{done.pages} pages: {done.differing} give something else now, {done.unreadable} unreadable"
    )
    sys.exit(1 if done.mended + done.differing + done.unreadable else 0)


@crawl_side.command()
def verify() -> None:
    """Check every capture's digest, every WARC file and the store itself."""
    from crawler.verifying import verify as check

    sys.exit(0 if check(open_store(config.load()), config.load().warc, click.echo) else 1)


@crawl_side.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--now", hidden=True, help="Judge by this time (ISO 8601) what is overdue.")
def status(as_json: bool, now: str | None) -> None:
    """How each source stands. Exit status 1 when one needs a person."""
    from crawler import catalog, clock, listing
    from crawler.health import standing

    settings = config.load()
    at = clock.moment(clock.running_from(now)())
    found = standing(open_store(settings), catalog.load_all(settings.sources_dir), at, settings.unchecked)
    listing.standings(found, as_json)
    sys.exit(1 if any(each.needs_person for each in found) else 0)


@crawl_side.command()
def notify() -> None:
    """Tell the addresses of the setting `notify` which sources need a person or are well again, each once.

    Exit status 1 if an address did not take a message; it is kept for the next run.
    """
    from crawler import catalog, clock, notifying
    from crawler.health import standing

    settings = config.load()
    db, at = open_store(settings), clock.now()
    found = standing(db, catalog.load_all(settings.sources_dir), clock.moment(at), settings.unchecked)
    told = notifying.notify(db, found, settings.notify, at)
    click.echo(f"{told.sent} sent, {told.waiting} waiting for the next run")
    sys.exit(1 if told.waiting else 0)


@crawl_side.command()
@click.argument("words", metavar="[GIG] FILE|URL", nargs=-1, required=True)
@click.option("--employer", help="Attach it to an employer instead of a gig.")
@click.option("--title", help="What the document calls itself.")
@click.option("--name", "names", multiple=True, help="A name to cover wherever it stands; may be given several times.")
@click.option("--publish", is_flag=True, help="Publish the text with the gig. Without it only its digest and its readings are yours.")
def attach(words: tuple[str, ...], employer: str | None, title: str | None, names: tuple[str, ...], publish: bool) -> None:
    """Attach a contract, release or consent form to a gig.

    Names at signature lines, e-mail addresses and telephone numbers are covered on this machine before anything is stored; the file
    itself is not kept. A scan without text is refused.
    """
    from crawler import submitting

    if len(words) != (2 if employer is None else 1):
        raise UserMistake("give a gig (the twelve characters of its address) and a file, or --employer NAME and a file")
    target, document = (words[0], words[1]) if employer is None else (None, words[0])
    settings = config.load()
    submission = submitting.submission(document, settings, posting=target, organization=employer, title=title, names=names, publish=publish)
    click.echo(submitting.take(open_store(settings), settings, submission))


@crawl_side.command()
@click.option("--corroborate", type=int, metavar="N", help="Mark document N as corroborated: it counts in public figures.")
@click.option("--doubt", type=int, metavar="N", help="Take that back.")
@click.option("--publish", type=int, metavar="N", help="Publish document N.")
@click.option("--withhold", type=int, metavar="N", help="Take that back.")
def tips(corroborate: int | None, doubt: int | None, publish: int | None, withhold: int | None) -> None:
    """List what was handed in, or mark one document."""
    from crawler import listing, submissions

    db = open_store(config.load())
    for number, facts in ((corroborate, (True, None)), (doubt, (False, None)), (publish, (None, True)), (withhold, (None, False))):
        if number is not None:
            submissions.mark(db, number, *facts)
    listing.tips(submissions.tips(db))


@crawl_side.command()
@click.option("--list", "listed", is_flag=True, help="List what is waiting and end.")
@click.option("--code", help="Only findings of this term.")
@click.option("--accept", type=int, metavar="N", help="Finding N is right.")
@click.option("--reject", type=int, metavar="N", help="Finding N is wrong.")
@click.option("--correct", type=(int, str), metavar="N POLARITY", help="Finding N is granted, limited, denied or none.")
@click.option("--not-a-gig", "dismissed", metavar="GIG", help="GIG hires no performers to train AI: its page stays, its figures go.")
@click.option("--reviewer", envvar="USER", default="unnamed", show_default=True, help="Who judges.")
@click.option("--export", is_flag=True, help="Print every judged finding as labelled JSON lines.")
def review(listed: bool, code: str | None, accept: int | None, reject: int | None, correct: tuple[int, str] | None, **more: Any) -> None:
    """Judge findings one by one with the words around them: accept, reject, correct."""
    from crawler import reviewing

    if dismissed := more["dismissed"]:
        reviewing.dismiss(open_store(config.load()), dismissed, more["reviewer"])
        return
    judgements = {"accept": (accept, None), "reject": (reject, None), "correct": correct or (None, None)}
    given = {word: each for word, each in judgements.items() if each[0] is not None}
    reviewing.run(open_store(config.load()), code, given, more["reviewer"], listed=listed, export=more["export"])


@crawl_side.command()
@click.option("--once", is_flag=True, help="Run every source that is due now, publish, and end.")
def nightly(once: bool) -> None:
    """Crawl every source at its time, publish and report, until told to stop."""
    from crawler.nightly import run

    sys.exit(run(config.load(), once))


sources.add_command(cli_intake.discover)
crawl_side.add_command(cli_intake.backfill)
crawl_side.add_command(cli_intake.import_files)
crawl_side.add_command(cli_intake.evidence)


def open_store(settings: config.Config) -> Any:
    """The store, which must exist. Raises UserMistake."""
    from crawler import store

    return store.open_existing(settings.store)
