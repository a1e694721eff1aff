"""The publication and the site at size: seconds to publish, and how long every kind of page takes for one client and for ten.

The store is generated from invented gigs of ordinary length (`tests/store_sample.py`); with a folder it is kept for the next run.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from analysis.canned import queries
from analysis.publish import publish
from bench.serving import Answers, Served, ask, served, ten_at_once

TESTS = Path(__file__).parents[1] / "tests"
WORDS = 500  # a posting of about three thousand characters
PUBLISH_BUDGET, PAGE_BUDGET = 180.0, 300.0  # seconds; milliseconds at the 95th percentile
TREND_BUDGET = 3.0  # times a row's JSON

TABLES = ("postings", "terms", "pay_offers", "events", "texts", "captures", "documents", "organizations", "trend_monthly")
TREND = "/callboard/pay_by_month.json"
PAGES = (
    *("/", "/changes", "/changes?kind=promise_removed", "/trends", "/trends?cut=modality:voice", "/explore", "/glossary", "/method"),
    *(
        "/countries",
        "/sources",
        "/how-to-query",
        "/sitemap-1.xml",
        "/callboard/postings.atom?backlog=0&_sort_desc=first_seen",
        "/callboard/events.atom?_sort_desc=at",
    ),
)
GIGS = (
    "state=open&perpetual=granted",
    "_search=perpetuity",
    "_search=recorded",
    "_sort=floor_usd",
    "_all=1",
    "organization_id=voxmill-invented",
)


def run(gigs: int, rounds: int, folder: Path | None = None, words: int = WORDS) -> Iterator[str]:
    """Generate, publish twice, serve and ask; the lines to print."""
    with tempfile.TemporaryDirectory() as made:
        kept = folder or Path(made)
        kept.mkdir(parents=True, exist_ok=True)
        yield from _published(kept, gigs, words)
        out = kept / "callboard.db"
        with served(out) as server:
            paths = _paths(out)
            yield from _alone(server, paths, rounds)
            yield from _together(server, paths)


def _published(folder: Path, gigs: int, words: int) -> Iterator[str]:
    store, out = folder / f"store-{gigs}-{words}.db", folder / "callboard.db"
    sample = _sample()
    if not store.is_file():
        sample.fill(store, gigs, words)
    out.unlink(missing_ok=True)
    for which in ("first publication", "publication after a quiet night"):
        before = _cpu()
        report = publish(store, out, sample.NOW)
        yield f"{which}: {report}, {_cpu() - before:.0f} s of CPU; budget {PUBLISH_BUDGET:.0f} s" + _over(report.seconds, PUBLISH_BUDGET)


def _sample() -> Any:
    sys.path.insert(0, str(TESTS))
    return import_module("store_sample")


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _alone(server: Served, paths: Mapping[str, Sequence[str]], rounds: int) -> Iterator[str]:
    """Every kind of page for one client, slowest first; then a trend against a row."""
    took: dict[str, tuple[Answers, float]] = {}
    for name, several in paths.items():
        ask(server.client, several[-1], Answers())
        answers, before = Answers(), server.cpu()
        for each in range(rounds):
            ask(server.client, several[each % len(several)], answers)
        took[name] = answers, (server.cpu() - before) / rounds
    yield f"one client, {rounds} requests of each kind; budget {PAGE_BUDGET:.0f} ms at the 95th percentile"
    for name, (answers, cpu) in sorted(took.items(), key=lambda item: -item[1][0].p95):
        middle = sorted(answers.spent)[len(answers.spent) // 2]
        yield f"  {name}: p50 {middle:.0f} ms, p95 {answers.p95:.0f} ms, CPU {cpu:.0f} ms{_over(answers.p95, PAGE_BUDGET)}{_wrong(answers)}"
    row, trend = (sorted(took[name][0].spent)[rounds // 2] for name in ("gig as JSON", "trend as JSON"))
    yield f"a trend against a row, both as JSON: {trend / row:.1f} times; budget at most {TREND_BUDGET:.0f}" + _over(
        trend / row, TREND_BUDGET
    )


def _together(server: Served, paths: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every kind of page for ten clients at once."""
    found = ten_at_once(server, paths, 2)
    asked = sum(len(answers.spent) for answers in found.values())
    wrong = [each for answers in found.values() for each in answers.wrong]
    slowest = sorted(found.items(), key=lambda item: -item[1].p95)[:5]
    yield f"ten clients at once, {asked} answers: {len(wrong)} failed or met a limit; budget none" + _over(len(wrong), 0)
    yield "  slowest at the 95th percentile: " + ", ".join(f"{name} {answers.p95:.0f} ms" for name, answers in slowest)
    yield from (f"  {each}" for each in sorted(set(wrong))[:20])


def _over(measured: float, budget: float) -> str:
    return " OVER BUDGET" if measured > budget else ""


def _wrong(answers: Answers) -> str:
    return f" ({len(answers.wrong)} WRONG: {answers.wrong[0]})" if answers.wrong else ""


def _paths(out: Path) -> dict[str, list[str]]:
    """Addresses by kind of page; of pages of one row, twenty different rows."""
    with closing(sqlite3.connect(f"file:{out}?mode=ro", uri=True)) as db:
        found = db.execute("select id, version_id from postings where versions > 1 limit 20").fetchall()
        documents, sources, employers = (
            [row[0] for row in db.execute(f"select id from {table} limit 20")] for table in ("documents", "sources", "organizations")
        )
    paths = {page: [page] for page in PAGES} | {f"table {name}": [f"/callboard/{name}"] for name in TABLES}
    paths |= {f"gigs, {asked}": [f"/callboard/postings?{asked}"] for asked in GIGS}
    paths["gig"] = [f"/callboard/postings/{gig}" for gig, _ in found]
    paths["gig as JSON"] = [f"/callboard/postings/{gig}.json" for gig, _ in found]
    paths["trend as JSON"] = [TREND]
    paths["gig as of a day"] = [f"/callboard/gig/{gig}@2026-11-20" for gig, _ in found]
    paths["version"] = [f"/callboard/versions/{version}" for _, version in found]
    paths["difference"] = [f"/callboard/diff/{version - 1}..{version}" for _, version in found]
    paths["licence"] = [f"/callboard/documents/{each}" for each in documents]
    paths["source"] = [f"/callboard/sources/{each}" for each in sources]
    paths["employer"] = [f"/callboard/organizations/{each}" for each in employers]
    return paths | {f"query {each.name}": [f"/callboard/{each.name}?{urlencode(each.example)}"] for each in queries()}
