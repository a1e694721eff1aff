"""What only archives of others hold says so wherever it stands: on lists, on its page, in its timeline, beside its evidence."""

from __future__ import annotations

import asyncio
import sqlite3
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import store_sample
from datasette.app import Datasette

from analysis import metadata, serve
from analysis.publish import publish

BADGE = "from an archive, not seen live"


@cache
def archived() -> tuple[Path, str, list[int]]:
    """A publication in which one gig is known from an archive alone but for its second wording, which was seen live."""
    folder = Path(mkdtemp(prefix="callboard-archived-"))
    path = store_sample.fill(folder / "store.db", gigs=20)
    with sqlite3.connect(path) as db:
        gig = db.execute("select posting_id from version where number = 2 order by posting_id desc").fetchone()[0]
        versions = [row[0] for row in db.execute("select id from version where posting_id = ? order by number", [gig])]
        crawl = db.execute(
            "insert into crawl (source_id, finished_at, outcome, backfilled) values ('stagepost', ?, 'complete', 1)", [store_sample.NOW]
        )
        db.execute("update version set crawl_id = ? where posting_id = ?", [crawl.lastrowid, gig])
        db.execute(
            "update capture set crawl_id = ? where id in (select capture_id from version where id = ?)", [crawl.lastrowid, versions[0]]
        )
        live = db.execute("select id from crawl where backfilled is null limit 1").fetchone()[0]
        db.execute("insert into sighting (crawl_id, capture_id, posting_id, version_id) values (?, 1, ?, ?)", [live, gig, versions[1]])
        db.execute("update posting set backfilled = 1, backlog = 0 where id = ?", [gig])
    publish(path, folder / "callboard.db", store_sample.NOW)
    return folder / "callboard.db", str(gig), versions


def get(path: str) -> str:
    site = {"template_dir": serve.SITE / "templates", "plugins_dir": serve.SITE / "plugins", "static_mounts": []}
    ds = Datasette([], immutables=[str(archived()[0])], metadata=metadata.build(), **site)

    async def ask() -> Any:
        await ds.invoke_startup()
        return await ds.client.get(path)

    answer = asyncio.run(ask())
    assert answer.status_code == 200, answer.text[:300]
    return str(answer.text)


def test_a_wording_is_archived_until_a_live_crawl_sees_it() -> None:
    path, gig, _ = archived()
    with sqlite3.connect(path) as db:
        found = db.execute("select backfilled from versions where posting_id = ? order by number", [gig]).fetchall()
        assert found == [(1,), (0,)]
        assert db.execute("select sum(backfilled) from versions").fetchone()[0] == 1


def test_lists_and_pages_wear_the_badge() -> None:
    _, gig, versions = archived()
    assert BADGE in get(f"/callboard/postings?id={gig}")
    page = get(f"/callboard/postings/{gig}")
    assert page.count(BADGE) == 2 and "first seen by an archive" in page and ", from an archive</option>" in page
    assert BADGE in get(f"/callboard/versions/{versions[0]}") and BADGE not in get(f"/callboard/versions/{versions[1]}")
    assert get(f"/callboard/diff/{versions[0]}..{versions[1]}").count(BADGE) == 1


def test_the_page_of_a_source_tells_an_import_from_a_crawl() -> None:
    assert BADGE in get("/callboard/sources/stagepost")
