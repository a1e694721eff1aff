"""`callboard demo`: the whole main job on invented boards. The nights' clock is passed in, nothing is waited for."""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from analysis import metadata, serve
from analysis.publish import publish
from crawler import config, store
from crawler.crawling import chosen
from crawler.demo import clock, server, sources
from crawler.errors import UserMistake
from crawler.progress import crawls


def run(nights: int, folder: Path, port: int | None) -> int:
    """Crawl, publish after each night, and serve on `port` unless it is None. The exit status of the server, or 0.

    A second run goes on where the first ended: a board that was crawled on a night is not crawled for that night again.
    """
    settings = replace(config.load(), data_dir=folder, sources_dir=str(folder / "sources"), delay=0.0, per_host=8, contact="")
    began = time.monotonic()
    with _boards(folder) as boards, _Environment(settings):
        ids = [path.stem for path in sources.write(boards.base_url, folder / "sources")]
        for night, now in enumerate(clock.NIGHTS[:nights], 1):
            boards.night = night
            _night(ids, settings, night, now)
    metadata.write(folder / "datasette_metadata.json")
    click.echo(f"{nights} nights in {time.monotonic() - began:.0f} s: {settings.store}, {settings.publication}, {settings.warc}")
    return 0 if port is None else serve.serve(settings, "127.0.0.1", port)


def _night(ids: list[str], settings: config.Config, night: int, now: str) -> None:
    todo = [each for each in ids if not _crawled(settings, each, now)]
    click.echo(f"night {night}, {now}" + ("" if todo else ": crawled before"))
    if todo:
        crawls(chosen(todo, settings), settings, now)
        click.echo(f"published: {publish(settings.store, settings.publication, now)}")


def _crawled(settings: config.Config, source: str, now: str) -> bool:
    """Whether a crawl of this night, or of a later one, has ended."""
    if not settings.store.is_file():
        return False
    db = store.open_store(settings.store)
    ended = "select 1 from crawl where source_id = ? and started_at >= ? and outcome != 'running' and failure is not 'interrupted'"
    found = store.first(db, ended, [source, now])
    db.close()
    return found is not None


@contextmanager
def _boards(folder: Path) -> Iterator[server.SampleSite]:
    port = _port_of_last_time(folder)
    try:
        with server.serve(1, port) as boards:
            yield boards
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise UserMistake(f"port {port}, where this demo's boards were, is in use; end the other demo or choose another --data") from error


def _port_of_last_time(folder: Path) -> int:
    """The port of the boards in an earlier run, so that their addresses stay the same; 0 takes any free one."""
    for path in sorted((folder / "sources").glob("*.toml")):
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", path.read_text("utf-8"))
        if found:
            return int(found[1])
    return 0


class _Environment:
    """The settings of the demo as variables, for the crawls' own processes."""

    def __init__(self, settings: config.Config) -> None:
        self.values = {
            "CALLBOARD_DATA_DIR": str(settings.data_dir.resolve()),
            "CALLBOARD_SOURCES_DIR": str(Path(settings.sources_dir).resolve()),
            "CALLBOARD_DELAY": "0",
            "CALLBOARD_PER_HOST": "8",
            "CALLBOARD_CONTACT": "",
        }
        self.before = {name: os.environ.get(name) for name in self.values}

    def __enter__(self) -> None:
        os.environ.update(self.values)

    def __exit__(self, *_: object) -> None:
        for name, value in self.before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
