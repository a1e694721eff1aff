"""The `callboard` command: the crawl side's commands and those that read, publish and serve."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crawler import __version__, cli, config
from crawler.errors import UserMistake

ROOT_FILES = ("datasette_metadata.json",)


@click.group(cls=cli.Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="callboard")
def main() -> None:
    """The notice board of gigs that hire performers to train AI: what they pay, what they take, and the words that say so."""


def checked_day(ctx: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """An ISO date as given. Raises UserMistake for anything else."""
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise UserMistake(f"--on {value}: not a date; write it as 2026-11-21") from None


for _name, _command in cli.crawl_side.commands.items():
    main.add_command(_command, _name)


@main.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="The reading as JSON.")
@click.option("--on", "day", metavar="DATE", callback=checked_day, help="The day to compare pay on (ISO date; today if not given).")
@click.option("--licence", metavar="LICENCE", help="Hold what FILE promises against what LICENCE takes.")
@click.option("--all", "whole", is_flag=True, help="Every quote of a term, not only the most telling.")
def read(file: str, as_json: bool, day: str | None, licence: str | None, whole: bool) -> None:
    """Read a posting, contract or release: FILE (text, HTML, PDF, DOCX), a URL, or - for standard input."""
    from analysis import reading_page
    from crawler.findings.reading import read as read_text

    text = words_of(file, config.load())
    found = read_text(text)
    if as_json:
        click.echo(reading_page.as_json(found))
    else:
        reading_page.show(text, found, day, whole)
    if licence:
        reading_page.show_clash(text, found, read_text(words_of(licence, config.load())), as_json)


@main.command()
@click.option("--metadata", "metadata_only", is_flag=True, help="Only write datasette_metadata.json.")
@click.option("--force", is_flag=True, help="Publish although it has lost more than half of its postings.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("datasette_metadata.json"), help="Where the metadata goes.")
def publish(metadata_only: bool, force: bool, output: Path) -> None:
    """Build the public database from the store, check it, and move it into place; then write its metadata."""
    from analysis import metadata
    from analysis import publish as publishing
    from crawler.clock import now

    settings = config.load()
    if not metadata_only:
        if not settings.store.is_file():
            raise UserMistake(f"{settings.store}: no store yet; run `callboard crawl` or `callboard demo`, or set data_dir")
        report = publishing.publish(settings.store, settings.publication, now(), force=force)
        click.echo(f"{settings.publication}: {report}")
    metadata.write(output)
    click.echo(f"{output}: written")


@main.command()
@click.option("--port", type=int, help="Port (default: port in callboard.toml, else 8001).")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def serve(port: int | None, host: str) -> None:
    """Serve the public database with Datasette: immutable, with Callboard's pages."""
    from analysis import serve as serving

    settings = config.load()
    if not settings.publication.is_file():
        raise UserMistake(f"{settings.publication}: nothing published yet; run `callboard publish` or `callboard demo`")
    sys.exit(serving.serve(settings, host, port or settings.port))


@main.command("review-site")
@click.option("--port", type=int, default=8002, show_default=True, help="Port, on this machine only.")
def review_site(port: int) -> None:
    """Serve the private store on this machine with a page to judge findings one by one."""
    from analysis import private_site

    settings = config.load()
    cli.open_store(settings).close()
    private_site.serve(settings, port)


@main.command()
@click.option("--nights", type=click.IntRange(1, 3), default=3, show_default=True, help="How many nights to crawl.")
@click.option("--no-serve", is_flag=True, help="End after the last publication.")
@click.option(
    "--data", "folder", type=click.Path(path_type=Path), help="Where to keep store.db, callboard.db and warc/ (default: data/demo)."
)
@click.option("--port", type=int, default=8001, show_default=True, help="Port of the site.")
def demo(nights: int, no_serve: bool, folder: Path | None, port: int) -> None:
    """Crawl invented sample boards for three nights, publish after each, and serve the site."""
    from analysis import demo as sample

    sys.exit(sample.run(nights, folder or Path("data/demo"), None if no_serve else port))


@main.command()
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), required=True, help="A new folder, or an older package.")
def export(folder: Path) -> None:
    """Write the publication as a data package: a CSV a table, their descriptions, a README and the licence."""
    from analysis.export import export as write_package

    click.echo(write_package(config.load().publication, folder))


@main.command()
@click.option("--month", required=True, metavar="YYYY-MM", help="The month to report on.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The report as one HTML file.")
@click.option("--csv", "folder", type=click.Path(path_type=Path, file_okay=False), help="The same tables as CSV files in this folder.")
def report(month: str, output: Path | None, folder: Path | None) -> None:
    """Report on a month: figures, charts and changes, printable, from the publication."""
    from analysis import report as reporting
    from analysis.publication_file import reading

    if not (output or folder):
        raise UserMistake("nothing to write; give -o FILE, --csv FOLDER or both")
    settings = config.load()
    root = settings.site_url.rstrip("/")
    with reading(settings.publication) as db:
        made = reporting.gather(db, month, root)
    if output:
        output.write_text(reporting.html(made, root, settings.corrections), "utf-8")
        click.echo(f"{output}: written")
    if folder:
        click.echo(f"{folder}: {len(reporting.csv_files(made, folder))} tables written")


def words_of(file: str, settings: config.Config) -> str:
    """The text of a file, a URL or standard input. Raises UserMistake."""
    from crawler import one_page, text

    if file == "-":
        return text.from_bytes(sys.stdin.buffer.read())
    if file.startswith(("http://", "https://")):
        return text.from_bytes(*one_page.fetch(file, settings))
    return text.read_file(Path(file))
