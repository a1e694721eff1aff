"""Two million hostile characters in one line are as inert as a few: on every page, in feeds and in exports, in real Chromium."""

from __future__ import annotations

import csv
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import feedparser
import httpx
import pytest
import store_sample
from playwright.sync_api import Browser, Page
from sample_words import HOSTILE
from served import served
from test_site_browser import browser, opened  # noqa: F401  (the fixture)

from analysis.export import export
from analysis.publish import publish

LONG = 2_000_000

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication in which a gig's text ends in one hostile line of two million characters."""
    folder = tmp_path_factory.mktemp("long")
    path = store_sample.fill(folder / "store.db", gigs=12)
    with sqlite3.connect(path) as db:
        line = (HOSTILE + "<b>=1+1</b>\u202e</pre></textarea></script><script>window.pwned=1</script>") * (LONG // len(HOSTILE))
        sha = db.execute("select text_sha256 from version where number = 1 order by id limit 1").fetchone()[0]
        db.execute("update text set text = text || ?, chars = chars + ? where sha256 = ?", ["\n" + line, len(line) + 1, sha])
    publish(path, folder / "callboard.db", store_sample.NOW)
    return folder


@pytest.fixture(scope="module")
def site(long: Path) -> Iterator[str]:
    with served(long) as address:
        yield address


def gig(folder: Path) -> tuple[str, int, str]:
    """The gig, its version and its text."""
    with sqlite3.connect(folder / "callboard.db") as db:
        sql = "select v.posting_id, v.id, v.text_sha256 from versions v join texts x on x.sha256 = v.text_sha256 where x.chars > ?"
        found: tuple[str, int, str] = db.execute(sql, [LONG]).fetchone()
    return found


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_stay_inert_and_within_the_screen(browser: Browser, long: Path, site: str, width: int) -> None:  # noqa: F811
    page, wrong = opened(browser, width)
    posting, version, text = gig(long)
    paths = [f"/callboard/postings/{posting}", f"/callboard/versions/{version}", f"/callboard/texts/{text}", "/callboard/texts"]
    for path in [
        *paths,
        f"/callboard/diff/{version}..{version + 1}",
        "/callboard/postings?_search=pwned",
        f"/callboard/gig/{posting}@2026-11-21",
    ]:
        _look(page, site + path)
    assert wrong == []


def _look(page: Page, address: str) -> None:
    began = time.monotonic()
    page.goto(address)
    assert page.evaluate("window.pwned") is None, address
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert page.locator("main h1").is_visible() and page.locator("footer").count() == 1, address
    assert time.monotonic() - began < 30, address


def test_feeds_stay_feeds(site: str) -> None:
    for path in ("/callboard/postings.atom", "/callboard/events.atom"):
        answer = httpx.get(site + path, timeout=60)
        assert answer.status_code == 200 and "\u202e" not in answer.text
        assert not feedparser.parse(answer.content).bozo
    assert httpx.get(f"{site}/callboard/texts.json?_shape=array", timeout=60).json()


def test_exports_stay_tables(long: Path, tmp_path: Path) -> None:
    export(long / "callboard.db", tmp_path / "package")
    csv.field_size_limit(2**31 - 1)
    with (tmp_path / "package" / "texts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert max(len(row["text"]) for row in rows) > LONG
    assert not [row for row in rows if row["text"][:1] in "=+-@"]
