"""What is asked for on later nights: with validators, through redirects, after failures; and what happens when our own reading fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from crawls import Crawls, Place
from hostile import listing, page
from kind_reading import source
from loopback import HTML, Board
from scrapy.http import HtmlResponse, Request

from crawler import rows, store
from crawler.config import Config
from crawler.download.conditional import ConditionalRequest, last_capture
from crawler.records import Ask, Capture, Harvest, Outcome, Page, Role, Source
from crawler.spiders import _browser
from crawler.spiders._base import BoardSpider
from crawler.spiders._run import CrawlRun

NIGHTS = ("2026-11-19T02:00:00Z", "2026-11-20T02:00:00Z", "2026-11-21T02:00:00Z")


def moved_board(place: Place, site: Board) -> str:
    """A board whose posting pages have all moved; the old addresses redirect."""
    site.put("/gigs", listing("", 1, 2), mime=HTML)
    for number in (1, 2):
        site.put(f"/gigs/{number}", b"", status=301, headers={"Location": f"/voices/{number}"})
        site.put(f"/voices/{number}", page(number), mime=HTML, etag=True)
    return place.source("larkspur", "jsonld", site.url, {"listing": f"{site.url}/gigs", "link_selector": "a.gig"})


@pytest.mark.slow
def test_the_target_of_a_redirect_is_asked_with_its_own_validators(crawls: Crawls, place: Place, site: Board) -> None:
    name = moved_board(place, site)
    first, second = (crawls.crawl(place, name, night) for night in NIGHTS[:2])
    assert (first["outcome"], first["seen"], second["unchanged_pages"], second["seen"]) == ("complete", 2, 3, 2)
    assert sorted(site.paths(304)) == ["/voices/1", "/voices/2"]
    assert place.one("select count(*) as n from event")["n"] == 0


@pytest.mark.slow
def test_a_posting_that_redirects_to_the_list_is_read_as_what_it_is(crawls: Crawls, place: Place, site: Board) -> None:
    name = moved_board(place, site)
    crawls.crawl(place, name, NIGHTS[0])
    site.put("/gigs/2", b"", status=302, headers={"Location": "/gigs"})
    ended = crawls.crawl(place, name, NIGHTS[1])
    assert (ended["outcome"], ended["seen"]) == ("complete", 1)
    assert {one["rule"] for one in place.issues(name)} == {"jsonld.none"}
    states = {one["url"].rpartition("/")[2]: one["state"] for one in place.rows("select url, state from posting")}
    assert states == {"1": "open", "2": "uncertain"}


@pytest.mark.slow
def test_a_page_is_read_in_full_after_it_failed(crawls: Crawls, place: Place, site: Board) -> None:
    name = moved_board(place, site)
    crawls.crawl(place, name, NIGHTS[0])
    good = site.answers["/voices/1"]
    site.put("/voices/1", "<p>sorry</p>", status=404, mime=HTML)
    crawls.crawl(place, name, NIGHTS[1])
    site.answers["/voices/1"] = good
    crawls.crawl(place, name, NIGHTS[2])
    assert [(one["outcome"], one["seen"]) for one in place.rows("select outcome, seen from crawl")] == [
        ("complete", 2), ("complete", 1), ("complete", 2),
    ]  # fmt: skip
    assert [one["kind"] for one in place.rows("select kind from event order by id")] == ["closed", "reopened"]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Any]:
    """A store with one source and one crawl."""
    opened = store.open_store(tmp_path / "store.db")
    store.keep_source(opened, replace(source("workday", host="x", tenant="t", site="s"), id="larkspur"), NIGHTS[0])
    with store.transaction(opened):
        store.insert(opened, "crawl", {"source_id": "larkspur", "started_at": NIGHTS[0], "outcome": "complete"})
    yield opened
    opened.close()


def kept(db: Any, url: str, **fields: Any) -> int:
    """A capture in the store; its id."""
    known: dict[str, Any] = {"url": url, "role": Role.LISTING, "method": "GET", "fetched_at": NIGHTS[0], "status": 200, "mime": "text/html"}
    known |= {"encoding": None, "size": 1, "sha256": "a" * 64, "warc": "x", "offset": 0, "length": 1, "etag": '"e"'}
    with store.transaction(db):
        return store.insert(db, "capture", rows.of_capture(Capture(**(known | fields)), 1, "larkspur"))


LIST = "https://larkspur.example/jobs"


def asked(url: str = LIST, method: str = "GET", **meta: Any) -> Request:
    """A request of ours."""
    context = meta.pop("context", {})
    return Request(url, method=method, meta={"ask": Ask(url, Role.LISTING, method, context=context), **meta})


def test_pages_that_are_asked_for_by_post_are_told_apart_by_their_context(db: Any) -> None:
    pages = [kept(db, LIST, method="POST", context={"offset": str(number)}) for number in (0, 20, 40)]
    found = [last_capture(db, "larkspur", asked(method="POST", context={"offset": str(number)})) for number in (0, 20, 40)]
    assert [one and one["id"] for one in found] == pages
    assert last_capture(db, "larkspur", asked(method="POST", context={"offset": "60"})) is None
    assert last_capture(db, "larkspur", asked()) is None


def test_the_last_good_capture_is_that_with_the_bytes(db: Any) -> None:
    first = kept(db, LIST)
    kept(db, LIST, status=304, revisit_of=first)
    kept(db, LIST, status=503)
    assert (last_capture(db, "larkspur", asked(context={"lastmod": "2026-11-19"})) or {})["id"] == first
    assert last_capture(db, "another", asked()) is None


ISSUES = [("page.bot_wall", "error", False), ("x.shape", "error", False), ("crawl.empty", "error", True), ("x.y", "warning", True)]


@pytest.mark.parametrize(("rule", "severity", "known"), ISSUES)
def test_a_page_with_an_open_error_is_asked_for_in_full(db: Any, rule: str, severity: str, known: bool) -> None:
    kept(db, LIST)
    with store.transaction(db):
        store.insert(db, "issue", {"source_id": "larkspur", "url": LIST, "rule": rule, "severity": severity})
    assert (last_capture(db, "larkspur", asked()) is not None) is known


def test_validators_belong_to_one_address(db: Any) -> None:
    kept(db, LIST, etag='"old"', last_modified="Thu, 19 Nov 2026 02:00:00 GMT")
    run = SimpleNamespace(db=db, source=SimpleNamespace(id="larkspur"))
    middleware = ConditionalRequest(SimpleNamespace(spider=SimpleNamespace(run=run)))
    request = asked()
    middleware.process_request(request)
    assert request.headers["If-None-Match"] == b'"old"' and request.headers["If-Modified-Since"]
    redirected = request.replace(url="https://larkspur.example/voices")
    middleware.process_request(redirected)
    assert "If-None-Match" not in redirected.headers and "If-Modified-Since" not in redirected.headers
    assert redirected.meta["before"] is None
    browser = asked(playwright=True)
    middleware.process_request(browser)
    assert "If-None-Match" not in browser.headers and browser.meta["before"] is not None


class Broken(BoardSpider):
    """A kind whose reading has a bug."""

    name = "greenhouse"

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        return (Ask("http://127.0.0.1:9/gigs", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        raise ZeroDivisionError("of our own making")


def test_a_bug_of_ours_keeps_the_capture_opens_an_issue_and_makes_the_crawl_partial(tmp_path: Path) -> None:
    run = CrawlRun(Broken, replace(source("greenhouse", board="b"), id="larkspur"), Config(data_dir=tmp_path), lambda: NIGHTS[0])
    (ask,) = Broken.start_asks(run.source)
    capture = Capture(ask.url, ask.role, "GET", NIGHTS[0], 200, "text/html", None, 4, "a" * 64, run.archive.name, 9, 9)
    response = HtmlResponse(ask.url, body=b"<p>x", request=Request(ask.url, meta={"ask": ask, "capture": capture}))
    with pytest.raises(ZeroDivisionError) as bug:
        run.visit(response)
    run.broken(response, bug.value)
    found = run.close(finished=True)
    assert found.outcome is Outcome.PARTIAL and "could not be read (ZeroDivisionError)" in found.reason
    db = store.open_store(tmp_path / "store.db")
    assert store.select(db, "select url from capture") == [{"url": ask.url}]
    (issue, _) = store.select(db, "select rule, url, message from issue order by id")
    assert (issue["rule"], issue["url"]) == ("page.unread", ask.url) and "of our own making" in issue["message"]
    db.close()


@pytest.mark.parametrize(
    ("page_url", "url", "kind", "refused"),
    [
        ("https://larkspur.example/gigs", "https://larkspur.example/feed", "fetch", False),
        ("https://larkspur.example/gigs", "http://127.0.0.1:8001/callboard", "fetch", True),
        ("https://larkspur.example/gigs", "http://192.168.0.1/", "image", True),
        ("https://larkspur.example/gigs", "ws://localhost:9222/", "websocket", True),
        ("https://larkspur.example/gigs", "data:image/png;base64,aaaa", "image", False),
        ("https://larkspur.example/gigs", "https://cdn.example/font.woff", "font", True),
        ("http://127.0.0.1:9/gigs", "http://127.0.0.1:9/feed", "fetch", False),
    ],
)
def test_a_public_page_in_the_browser_does_not_reach_into_a_private_network(page_url: str, url: str, kind: str, refused: bool) -> None:
    request = SimpleNamespace(url=url, resource_type=kind, frame=SimpleNamespace(url=page_url), is_navigation_request=lambda: False)
    assert _browser.refused(request) is refused
