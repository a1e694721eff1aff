"""The fine print that postings link to: fetched once, attached to each, versioned, its changes told."""

from __future__ import annotations

import pytest
from crawls import Crawls, Place, Row
from loopback import HTML, Board, gig

pytestmark = pytest.mark.slow
NIGHTS = [f"2026-11-{day}T02:00:00Z" for day in range(19, 25)]
OLD = "<h1>Release</h1><p>You may withdraw your consent at any time. The licence lasts five years.</p>"
NEW = "<h1>Release</h1><p>You grant us a perpetual and irrevocable licence.</p>"


def show(site: Board, *numbers: int, path: str = "/release") -> None:
    """A list of postings that all link to one release."""
    words = f"<p>Read aloud. $50 per hour. See the <a href='{site.url}{path}'>talent release</a>.</p>"
    site.put("/v1/boards/b/jobs", {"jobs": [gig(number, content=f"{words}<p>Voice {number}.</p>") for number in numbers]})


def board_at(place: Place, site: Board) -> str:
    """The source."""
    return place.source("larkspur", "greenhouse", site.url, {"board": "b", "api": site.url})


def attached(place: Place) -> list[Row]:
    """Documents with their posting's own id, oldest first."""
    return place.rows("select d.*, p.native_id from document d join posting p on p.id = d.posting_id order by d.id")


def test_one_release_of_many_postings_is_fetched_once_and_attached_to_each(crawls: Crawls, place: Place, site: Board) -> None:
    show(site, 1, 2, 3)
    site.put("/release", OLD, mime=HTML, etag=True)
    name = board_at(place, site)
    crawls.crawl(place, name, NIGHTS[0])
    assert site.paths().count("/release") == 1
    found = attached(place)
    assert [one["native_id"] for one in found] == ["7000001", "7000002", "7000003"]
    assert len({one["text_sha256"] for one in found}) == len({one["capture_id"] for one in found}) == 1
    assert {(one["url"], one["title"]) for one in found} == {(f"{site.url}/release", "talent release")}
    crawls.crawl(place, name, NIGHTS[1])
    assert len(attached(place)) == 3 and place.rows("select * from event") == []


def test_a_new_posting_gets_a_release_that_did_not_change(crawls: Crawls, place: Place, site: Board) -> None:
    show(site, 1)
    site.put("/release", OLD, mime=HTML, etag=True)
    name = board_at(place, site)
    crawls.crawl(place, name, NIGHTS[0])
    show(site, 1, 2)
    ended = crawls.crawl(place, name, NIGHTS[1])
    assert ended["unchanged_pages"] == 1
    assert [one["native_id"] for one in attached(place)] == ["7000001", "7000002"]


def test_a_changed_release_is_told_of_every_open_posting(crawls: Crawls, place: Place, site: Board) -> None:
    show(site, 1, 2, 3)
    site.put("/release", OLD, mime=HTML)
    name = board_at(place, site)
    crawls.crawl(place, name, NIGHTS[0])
    show(site, 1, 2)
    for night in NIGHTS[1:3]:
        crawls.crawl(place, name, night)
    site.put("/release", NEW, mime=HTML)
    crawls.crawl(place, name, NIGHTS[3])
    current = [one for one in attached(place) if one["seen_to"] is None]
    assert {one["native_id"]: one["text_sha256"] for one in current if one["native_id"] != "7000003"}.keys() == {"7000001", "7000002"}
    events = "select p.native_id, e.kind, e.code from event e join posting p on p.id = e.posting_id"
    told = place.rows(f"{events} where e.document_id is not null order by e.id")
    for each in ("7000001", "7000002"):
        mine = [(one["kind"], one["code"]) for one in told if one["native_id"] == each]
        assert ("term_added", "perpetual") in mine and ("term_removed", "withdrawal") in mine
    assert {one["native_id"] for one in told} == {"7000001", "7000002"}
    again = len(told)
    crawls.crawl(place, name, NIGHTS[4])
    assert len(place.rows("select id from event where document_id is not null")) == again


def test_a_release_behind_a_redirect_and_one_that_cannot_be_read(crawls: Crawls, place: Place, site: Board) -> None:
    show(site, 1, 2)
    site.put("/release", b"", status=302, headers={"Location": "/files/release"})
    site.put("/files/release", OLD, mime=HTML, etag=True)
    name = board_at(place, site)
    crawls.crawl(place, name, NIGHTS[0])
    assert [(one["native_id"], one["url"]) for one in attached(place)] == [
        ("7000001", f"{site.url}/files/release"), ("7000002", f"{site.url}/files/release"),
    ]  # fmt: skip
    site.put("/files/release", b"%PDF-1.7 broken", mime="application/pdf")
    ended = crawls.crawl(place, name, NIGHTS[1])
    assert (ended["outcome"], ended["seen"]) == ("complete", 2)  # a licence says nothing about which postings are open
    assert [one["rule"] for one in place.issues(name)] == ["document.unreadable"]
    assert len(attached(place)) == 2 and place.rows("select * from event") == []


def test_replay_reads_the_documents_again(crawls: Crawls, place: Place, site: Board) -> None:
    show(site, 1, 2)
    site.put("/release", OLD, mime=HTML)
    crawls.crawl(place, board_at(place, site), NIGHTS[0])
    status, said = crawls.run(place, "replay")
    assert status == 0 and "2 pages: 0 give something else now" in said
