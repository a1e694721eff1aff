"""The publication and the site at size: seconds to publish, and the 95th percentile of every kind of page for one client.

`python -m bench.site --gigs 100000`. The store is generated from invented gigs of ordinary length; Datasette runs in a process of its own.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

import click
import httpx

from analysis import metadata, serve
from analysis.canned import queries
from analysis.publish import publish

TESTS = Path(__file__).parents[1] / "tests"
WORDS = 500  # a posting of about three thousand characters
PUBLISH_BUDGET, PAGE_BUDGET = 180.0, 300.0  # seconds; milliseconds at the 95th percentile

TABLES = ("postings", "terms", "pay_offers", "events", "texts", "captures", "documents", "organizations", "trend_monthly")
PAGES = ("/", "/changes", "/changes?kind=promise_removed", "/trends", "/trends?cut=modality:voice", "/explore", "/glossary", "/method")
GIGS = (
    "state=open&perpetual=granted",
    "_search=perpetuity",
    "_search=recorded",
    "_sort=floor_usd",
    "_all=1",
    "organization_id=voxmill-invented",
)


def run(gigs: int, rounds: int, folder: Path) -> Iterator[str]:
    """Generate, publish twice, serve and ask; the lines to print."""
    store, out = folder / "store.db", folder / "callboard.db"
    sample = _sample()
    if not store.is_file():
        sample.fill(store, gigs, WORDS)
    for which in ("first publication", "publication after a quiet night"):
        report = publish(store, out, sample.NOW)
        yield f"{which}: {report}; budget {PUBLISH_BUDGET:.0f} s"
    with _served(folder) as client:
        for name, paths in _paths(out).items():
            yield _line(name, [_spent(client, paths[each % len(paths)]) for each in range(-1, rounds)][1:])


def _sample() -> Any:
    sys.path.insert(0, str(TESTS))
    return import_module("store_sample")


@contextmanager
def _served(folder: Path) -> Iterator[httpx.Client]:
    described = folder / "metadata.json"
    metadata.write(described)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", *serve.arguments(folder / "callboard.db", described, "127.0.0.1", port)]
    running = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, transport=httpx.HTTPTransport(retries=60)) as client:
            yield client
    finally:
        running.terminate()
        running.wait(20)


def _paths(out: Path) -> dict[str, list[str]]:
    """Addresses by kind of page; of pages of one row, twenty different rows."""
    with closing(sqlite3.connect(f"file:{out}?mode=ro", uri=True)) as db:
        found = db.execute("select id, version_id from postings where versions > 1 limit 20").fetchall()
        documents = [row[0] for row in db.execute("select id from documents limit 20")]
    paths = {page: [page] for page in PAGES} | {f"table {name}": [f"/callboard/{name}"] for name in TABLES}
    paths |= {f"gigs, {asked}": [f"/callboard/postings?{asked}"] for asked in GIGS}
    paths["gig"] = [f"/callboard/postings/{gig}" for gig, _ in found]
    paths["gig as of a day"] = [f"/callboard/gig/{gig}@2026-11-20" for gig, _ in found]
    paths["version"] = [f"/callboard/versions/{version}" for _, version in found]
    paths["difference"] = [f"/callboard/diff/{version - 1}..{version}" for _, version in found]
    paths["licence"] = [f"/callboard/documents/{each}" for each in documents]
    return paths | {f"query {each.name}": [f"/callboard/{each.name}?{urlencode(each.example)}"] for each in queries()}


def _spent(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    answer = client.get(path)
    if answer.status_code != 200 or "Too many rows to count" in answer.text:
        raise click.ClickException(f"{path}: status {answer.status_code}, or a limit of Datasette was met")
    return (time.perf_counter() - began) * 1000


def _line(name: str, spent: list[float]) -> str:
    p95 = quantiles(spent, n=20, method="inclusive")[-1]
    return f"{name}: p50 {sorted(spent)[len(spent) // 2]:.0f} ms, p95 {p95:.0f} ms" + (" OVER BUDGET" if p95 > PAGE_BUDGET else "")


@click.command()
@click.option("--gigs", default=100_000, show_default=True, help="Gigs in the generated store.")
@click.option("--rounds", default=20, show_default=True, help="Requests for each kind of page.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to keep the store between runs.")
def main(gigs: int, rounds: int, folder: Path | None) -> None:
    """Measure the publication and the site."""
    with tempfile.TemporaryDirectory() as made:
        kept = folder or Path(made)
        kept.mkdir(parents=True, exist_ok=True)
        for line in run(gigs, rounds, kept):
            click.echo(f"  {line}")


if __name__ == "__main__":
    main()
