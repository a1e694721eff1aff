"""Commands for what no crawl brings (archives, files that people hand in), and the one that hands out a gig's evidence."""

from __future__ import annotations

import sys
from pathlib import Path
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


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column is title, url, description ...: title=Job,url=Link."
)
@click.option("--source", metavar="ID", help="Whose postings they are (a source of kind jsonld). Without it they go to `imported`.")
@click.option("--url", help="The address of a saved page or document that does not name it.")
@click.option(
    "--seen", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day on which the postings stood there; today without it."
)
@click.option("--dry-run", is_flag=True, help="Say what would be taken and refused, and keep nothing.")
def import_files(files: tuple[Path, ...], columns: tuple[str, ...], source: str | None, **more: Any) -> None:
    """Import postings from CSV, JSON lines, a saved page with JobPosting data, PDF, DOCX or WARC files.

    They become history: dated, closed, never shown as seen live. The same file twice adds nothing. Exit status 1 if a row was refused.
    """
    from crawler import importing, importing_rows

    settings = config.load()
    seen = f"{more['seen']:%Y-%m-%d}" if more["seen"] else None
    wish = importing.Wish(importing_rows.chosen(columns), importing.source_of(source, settings), more["url"], seen, more["dry_run"])
    count = importing.run(files, wish, settings, lambda fault: click.echo(fault, err=True))
    verb = "would be taken" if more["dry_run"] else "taken"
    click.echo(f"{count.taken} {verb}, {count.known} known before, {count.refused} refused")
    sys.exit(1 if count.refused else 0)


@click.command()
@click.argument("target", metavar="URL|COMPANY")
@click.option("-o", "--output", metavar="FOLDER", type=click.Path(path_type=Path), help="Write a draft source file for each board here.")
@click.option("--api", hidden=True, help="Where every endpoint is.")
def discover(target: str, output: Path | None, api: str | None) -> None:
    """Look for a company's board on the public job endpoints, one request each, and draft a source file.

    URL is a board, or any page that links to one. Without -o drafts are printed. Exit status 1 if nothing was found; an empty answer of a
    host that answers so for boards that do not exist is unknown, not found.
    """
    from crawler import discovering
    from crawler.discovering_boards import draft

    found = 0
    for answer in discovering.discover(target, config.load(), api):
        click.echo(f"{answer.source.id}: {answer.verdict}: {answer.reason}", err=output is None)
        if answer.verdict == discovering.FOUND:
            found += 1
            click.echo(f"wrote {discovering.write(answer, output)}" if output else draft(answer.source, answer.postings))
    sys.exit(0 if found else 1)


@click.command()
@click.argument("gig")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write (default: callboard-GIG.zip).")
def evidence(gig: str, output: Path | None) -> None:
    """Pack all that is kept of GIG into one zip that others can check: archived records, pages, texts, findings, digests.

    GIG is the twelve characters that end the address of its page. Contact details in it are not covered.
    """
    from crawler import evidence_pack, store

    settings = config.load()
    click.echo(evidence_pack.write(store.open_existing(settings.store), settings.warc, gig, output or Path(f"callboard-{gig}.zip")))
