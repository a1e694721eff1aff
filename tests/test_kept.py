"""A gig that was published once keeps its page when later rules, or a person, find it to be none; and is counted nowhere."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
import store_sample
from datasette.app import Datasette

from analysis import metadata, serve
from analysis.canned import queries
from analysis.description import tables
from analysis.publish import publish
from crawler import review, store
from crawler.records import Reading, Relevance

FIRST, SECOND = store_sample.NOW, "2026-11-22T03:00:00Z"
NOTE = "No longer counted: later rules, of 22 November 2026, find no AI-training gig for performers"
PAGES = {"kept", "kept_pages"}


@cache
def folder() -> tuple[Path, str]:
    """Two publications under two rulesets: the gig was published first and is none afterwards."""
    place = Path(mkdtemp(prefix="callboard-kept-"))
    path = store_sample.fill(place / "store.db", gigs=24)
    publish(path, place / "callboard.db", FIRST)
    with sqlite3.connect(path) as db:
        gig = db.execute(
            "select id from posting p where (select count(*) from version where posting_id = p.id) = 2 order by id"
        ).fetchone()[0]
    reread(path, gig)
    publish(path, place / "callboard.db", SECOND)
    return place, str(gig)


def reread(path: Path, gig: str) -> None:
    """A later ruleset finds none of the gig's texts to be about training AI."""
    db = store.open_store(path)
    for row in store.select(db, "select distinct text_sha256 from version where posting_id = ?", [gig]):
        found = Reading(row["text_sha256"], "later", (), (), Relevance(False, False, (), ()), ())
        with store.transaction(db):
            store.keep_reading(db, found, "2026-11-22T02:00:00Z")
    db.close()


def get(path: str) -> Any:
    site = {"template_dir": serve.SITE / "templates", "plugins_dir": serve.SITE / "plugins", "static_mounts": []}
    ds = Datasette([], immutables=[str(folder()[0] / "callboard.db")], metadata=metadata.build(), **site)

    async def ask() -> Any:
        await ds.invoke_startup()
        return await ds.client.get(path)

    return asyncio.run(ask())


@pytest.fixture(scope="module")
def db() -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(folder()[0] / "callboard.db") as opened:
        opened.row_factory = sqlite3.Row
        yield opened


def test_the_store_remembers_what_was_published_and_when_first() -> None:
    place, gig = folder()
    with sqlite3.connect(place / "store.db") as opened:
        assert opened.execute("select first_at from published where posting_id = ?", [gig]).fetchone()[0] == FIRST
        assert opened.execute("select count(*) from published").fetchone()[0] == 24


def test_it_is_told_with_reason_and_day(db: sqlite3.Connection) -> None:
    row = db.execute("select * from kept").fetchall()
    assert [each["id"] for each in row] == [folder()[1]]
    assert row[0]["words"].startswith(NOTE) and row[0]["first_published"] == FIRST and row[0]["ruleset"] == "later"


def test_no_other_table_knows_it(db: sqlite3.Connection) -> None:
    gig = folder()[1]
    for table in tables().values():
        for column in table.columns:
            if table.name not in PAGES and column.type == "text":
                found = db.execute(f'select count(*) from "{table.name}" where "{column.name}" like ?', [f"%{gig}%"]).fetchone()[0]
                assert found == 0, (table.name, column.name)
    assert db.execute("pragma foreign_key_check").fetchall() == []


def test_no_list_feed_or_query_shows_it() -> None:
    gig = folder()[1]
    paths = ["/", "/changes", "/explore", "/callboard/postings?_size=max", "/callboard/events?_size=max", "/callboard/versions?_size=max"]
    paths += ["/callboard/postings.atom?_size=max", "/callboard/events.atom?_size=max", "/sitemap.xml"]
    for path in [*paths, *(f"/callboard/{query.name}" for query in queries())]:
        assert gig not in get(path).text, path


@pytest.mark.parametrize("path", ["/callboard/gig/{}@2026-11-21", "/callboard/postings/{}", "/callboard/gig/{}@2026-11-22"])
def test_its_page_and_its_dated_link_go_on_answering(path: str) -> None:
    answer = get(path.format(folder()[1]))
    assert answer.status_code == 200
    assert NOTE in answer.text and "Cite this" in answer.text and 'id="words"' in answer.text
    assert "SHA-256 of the text" in answer.text and "/-/evidence/" in answer.text


def test_its_versions_and_their_difference_go_on_answering() -> None:
    place, gig = folder()
    with sqlite3.connect(place / "store.db") as opened:
        first, second = [row[0] for row in opened.execute("select id from version where posting_id = ? order by number", [gig])]
    moved = get(f"/callboard/versions/{first}")
    assert moved.status_code == 302 and moved.headers["location"].startswith(f"/callboard/gig/{gig}@")
    assert get(moved.headers["location"]).status_code == 200
    assert "What differs" in get(f"/callboard/diff/{first}..{second}").text
    assert get("/callboard/postings/000000000000").status_code == 404 and get("/callboard/versions/999999").status_code == 404


def test_rules_that_find_it_again_count_it_again(tmp_path: Path) -> None:
    path, out = store_sample.fill(tmp_path / "store.db", gigs=12), tmp_path / "callboard.db"
    publish(path, out, FIRST)
    with sqlite3.connect(path) as opened:
        gig = opened.execute("select id from posting order by id").fetchone()[0]
    reread(path, gig)
    publish(path, out, SECOND)
    assert ids(out, "kept") == {gig} and gig not in ids(out, "postings")
    with sqlite3.connect(path) as opened:
        opened.execute("delete from reading where ruleset = 'later'")
    publish(path, out, SECOND)
    assert ids(out, "kept") == set() and gig in ids(out, "postings")


def test_what_a_person_finds_to_be_none_keeps_its_page(tmp_path: Path) -> None:
    path, out = store_sample.fill(tmp_path / "store.db", gigs=12), tmp_path / "callboard.db"
    publish(path, out, FIRST)
    with sqlite3.connect(path) as opened:
        gig = opened.execute("select id from posting order by id").fetchone()[0]
    db = store.open_store(path)
    review.dismiss(db, gig, "ada", "2026-11-22T01:00:00Z")
    assert list(review.labelled(db)) == []
    db.close()
    publish(path, out, SECOND)
    with sqlite3.connect(out) as opened:
        assert "a person who read it on 22 November 2026" in opened.execute("select words from kept where id = ?", [gig]).fetchone()[0]
    assert gig not in ids(out, "postings")


def test_a_store_of_the_first_schema_learns_from_the_last_publication(tmp_path: Path) -> None:
    path, out = store_sample.fill(tmp_path / "store.db", gigs=12), tmp_path / "callboard.db"
    publish(path, out, FIRST)
    with sqlite3.connect(path) as opened:
        gig = opened.execute("select id from posting order by id").fetchone()[0]
        opened.execute("delete from published")
    reread(path, gig)
    publish(path, out, SECOND)
    assert ids(out, "kept") == {gig}


def ids(path: Path, table: str) -> set[str]:
    with sqlite3.connect(path) as opened:
        return {row[0] for row in opened.execute(f"select id from {table}")}


def test_what_is_kept_of_a_page_is_json(db: sqlite3.Connection) -> None:
    rows = {row["name"]: json.loads(row["rows"]) for row in db.execute("select name, rows from kept_pages")}
    assert len(rows["gig"]) == 1 and len(rows["versions"]) == 2 and rows["gig"][0]["id"] == folder()[1]
