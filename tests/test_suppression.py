"""No median, share or range rests on fewer than five gigs or three posters: in no table, saved query, page or report."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
import store_sample
from datasette.app import Datasette

from analysis import metadata, report, serve
from analysis.canned import queries
from analysis.description import tables
from analysis.publication_file import reading
from analysis.publish import publish

STATISTICS = re.compile(
    r"(?:.*_)?(?:median|p25|p75|share|least|most|low|high|granted_(?:low|high)|silent_(?:low|high))(?:_\w+)?|silent|silent_on_\w+"
)
ABOUT_ONE = {"postings", "pay_offers", "gigs", "accuracy", "pay_against_scale"}  # of one gig or of labelled rows: nothing is summed up
COUNTS = ("n", "gigs", "postings", "n_floor")
OF_ONE_POSTER = {"organizations", "rights_for_ever_by_employer"}  # figures of one poster's own gigs: five are needed, of one poster


@cache
def few(kind: str) -> Path:
    """A publication of four gigs of four posters (`gigs`), or of many gigs of two posters (`posters`)."""
    folder = Path(mkdtemp(prefix="callboard-few-"))
    path = store_sample.fill(folder / "store.db", gigs=4 if kind == "gigs" else 40)
    with sqlite3.connect(path) as db:
        if kind == "posters":
            db.execute("update version set organization = case when id % 2 then 'Quillon Audio (invented)' else 'Voxmill (invented)' end")
        db.execute("update posting set backlog = 0")
    publish(path, folder / "callboard.db", store_sample.NOW)
    return folder / "callboard.db"


def asked(kind: str) -> dict[str, list[dict[str, Any]]]:
    """Every table and every saved query with its rows."""
    with sqlite3.connect(few(kind)) as db:
        db.row_factory = sqlite3.Row
        found = {name: [dict(row) for row in db.execute(f'select * from "{name}"')] for name in tables()}
        for query in queries():
            values = {name: query.example.get(name, "") for name in query.parameters}
            found[query.name] = [dict(row) for row in db.execute(query.sql, values)]
    return found


@pytest.mark.parametrize("kind", ["gigs", "posters"])
def test_no_row_has_a_figure_of_too_few(kind: str) -> None:
    wrong = []
    for name, rows in asked(kind).items():
        for row in () if name in ABOUT_ONE or (name in OF_ONE_POSTER and kind == "posters") else rows:
            wrong += [(name, column, value) for column, value in row.items() if STATISTICS.fullmatch(column) and value is not None]
    assert wrong == []


@pytest.mark.parametrize("name", sorted(OF_ONE_POSTER))
def test_a_poster_has_figures_of_its_own_from_five_gigs_on(name: str) -> None:
    rows = asked("posters")[name]
    assert any(value is not None for row in rows for column, value in row.items() if STATISTICS.fullmatch(column))
    for row in rows:
        n = next(row[each] for each in reversed(COUNTS) if each in row)
        assert n >= 5 or all(value is None for column, value in row.items() if STATISTICS.fullmatch(column))


def test_every_aggregate_says_how_many_stand_behind_it() -> None:
    for name, rows in asked("posters").items():
        for row in rows[:1] if name not in ABOUT_ONE else ():
            if any(STATISTICS.fullmatch(column) for column in row):
                assert any(column in row for column in (*COUNTS, "n_pay")), name
                assert name in OF_ONE_POSTER or "employers" in row, name


def get(kind: str, path: str) -> str:
    site = {"template_dir": serve.SITE / "templates", "plugins_dir": serve.SITE / "plugins", "static_mounts": []}
    ds = Datasette([], immutables=[str(few(kind))], metadata=metadata.build(), **site)

    async def ask() -> Any:
        await ds.invoke_startup()
        return await ds.client.get(path)

    answer = asyncio.run(ask())
    assert answer.status_code == 200, path
    return str(answer.text)


@pytest.mark.parametrize("kind", ["gigs", "posters"])
def test_the_front_page_shows_what_is_held_back(kind: str) -> None:
    text = get(kind, "/")
    figures = re.findall(r'<li class="fig"><a href="[^"]+">([^<]+)</a><span>([^<]+)</span>', text)
    assert len(figures) == 6
    assert [shown for shown, _ in figures[3:]] == ["–"] * 3
    assert all("suppressed, n = " in words and "5 gigs of 3 posters" in words for _, words in figures[3:])
    assert not re.search(r"\d\s?%", text.replace("95 %", ""))


@pytest.mark.parametrize("kind", ["gigs", "posters"])
@pytest.mark.parametrize("path", ["/trends", "/explore", "/glossary", "/trends?cut=kind:voice", "/countries"])
def test_no_page_has_a_share_or_a_median_of_too_few(kind: str, path: str) -> None:
    text = re.sub(r"<[^>]+>", " ", get(kind, path)).replace("95 %", "")
    assert not re.search(r"\d\s?%", text)
    assert not re.search(r"edian[^.]{0,40}\d+(?:\.\d+)? USD", text)


def test_a_suppressed_cell_of_a_table_says_so() -> None:
    for path in (
        "/callboard/trend_monthly",
        "/callboard/silence_by_month?code=withdrawal&licence=all",
        "/callboard/pay_left_unsaid?state=",
    ):
        assert ">suppressed</span>" in get("posters", path), path


@pytest.mark.parametrize("kind", ["gigs", "posters"])
def test_the_report_holds_back_the_same(kind: str) -> None:
    with reading(few(kind)) as db:
        month = db.execute("select first_month from postings order by first_month desc").fetchone()[0]
        made = report.gather(db, month)
    body = report.html(made).partition("<main")[2].partition('<section id="method"')[0]
    assert ">suppressed<" in body and not re.search(r"\d\s?%", re.sub(r"<[^>]+>", " ", body).replace("95 %", ""))
