"""Manners at the border, over loopback: robots.txt, its crawl-delay, one crawl of a source at a time, no way into private networks."""

from __future__ import annotations

import threading
import time
from itertools import pairwise

import pytest
from crawls import Crawls, Place
from hostile import listing, page
from loopback import HTML, Asked, Board, gig, jobs

pytestmark = pytest.mark.slow
NOW = "2026-11-19T02:00:00Z"


def list_at(place: Place, site: Board, name: str = "larkspur", **keys: object) -> str:
    """A source with one list."""
    site.put("/v1/boards/b/jobs", jobs(1, 2), etag=True)
    return place.source(name, "greenhouse", str(keys.pop("url", site.url)), {"board": "b", "api": site.url}, **keys)


def robots(site: Board, *lines: str) -> None:
    """The board's robots.txt."""
    site.put("/robots.txt", "\n".join(lines), mime="text/plain")


def pages_at(place: Place, site: Board, count: int) -> str:
    """A source with a page for each posting."""
    site.put("/gigs", listing("", *range(count)), mime=HTML)
    for number in range(count):
        site.put(f"/gigs/{number}", page(number), mime=HTML)
    return place.source("larkspur", "jsonld", site.url, {"listing": f"{site.url}/gigs", "link_selector": "a.gig"})


def test_what_robots_txt_forbids_is_not_asked_for(crawls: Crawls, place: Place, site: Board) -> None:
    robots(site, "User-agent: *", "Disallow: /v1/")
    ended = crawls.crawl(place, list_at(place, site), NOW)
    assert (ended["outcome"], ended["failure"]) == ("blocked", "robots")
    assert ended["reason"] == "the board refused us: robots.txt forbids it"
    assert site.paths() == []
    (issue,) = [one for one in place.issues("larkspur") if one["rule"] == "page.robots"]
    assert issue["url"] == f"{site.url}/v1/boards/b/jobs?content=true"


@pytest.mark.parametrize(("agent", "asked"), [("callboard", 0), ("Callboard", 0), ("google", 1), ("gmail.example", 1)])
def test_robots_txt_addresses_us_by_name_and_not_by_our_contact(crawls: Crawls, place: Place, site: Board, agent: str, asked: int) -> None:
    robots(site, f"User-agent: {agent}", "Disallow: /", "", "User-agent: *", "Disallow:")
    crawls.crawl(place, list_at(place, site), NOW, contact="google-watch@gmail.example")
    assert len(site.paths()) == asked
    assert site.asked[0].headers["User-Agent"].startswith("Callboard/")
    assert "google-watch@gmail.example" in site.asked[0].headers["User-Agent"]


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (403, 1), (503, 0)])
def test_a_robots_txt_that_cannot_be_had_is_no_leave(crawls: Crawls, place: Place, site: Board, status: int, asked: int) -> None:
    site.put("/robots.txt", "<p>no</p>", status=status, mime=HTML)
    ended = crawls.crawl(place, list_at(place, site), NOW)
    assert len(site.paths()) == asked
    if not asked:
        assert (ended["outcome"], ended["failure"]) == ("failed", "robots_unread")
        assert ended["reason"] == "no listing could be read: robots.txt could not be read"


def gaps(asked: list[Asked]) -> list[float]:
    """Seconds between one request and the next."""
    return [later.at - earlier.at for earlier, later in pairwise(asked)]


def test_crawl_delay_is_kept(crawls: Crawls, place: Place, site: Board) -> None:
    robots(site, "User-agent: *", "Crawl-delay: 0.3")
    ended = crawls.crawl(place, pages_at(place, site, 5), NOW, per_host="4")
    assert (ended["outcome"], ended["seen"]) == ("complete", 5)
    assert min(gaps(site.asked)[1:]) >= 0.25  # the first page is asked for as soon as robots.txt is read


def test_crawl_delay_is_kept_within_a_limit(crawls: Crawls, place: Place, site: Board) -> None:
    robots(site, "User-agent: *", "Crawl-delay: 86400")
    began = time.monotonic()
    crawls.crawl(place, pages_at(place, site, 2), NOW, max_crawl_delay="0.2")
    assert time.monotonic() - began < 20


def test_two_crawls_of_one_source_never_run_at_once(crawls: Crawls, place: Place, site: Board) -> None:
    name = list_at(place, site)
    answer_now = threading.Event()
    site.put("/v1/boards/b/jobs", jobs(1, 2), hold=answer_now)
    first = crawls.begin(place, "crawl", name, "--here")
    site.wait_for(1)
    second = place.run("crawl", name, "--here")
    answer_now.set()
    assert second.returncode == 2
    assert second.stderr.splitlines() == ["callboard: source larkspur is being crawled by another process; wait for it or stop it"]
    assert crawls.end(first) == 0
    assert [(one["outcome"], one["seen"]) for one in place.rows("select * from crawl")] == [("complete", 2)]


def test_a_public_source_never_leads_into_a_private_network(crawls: Crawls, place: Place, site: Board) -> None:
    name = list_at(place, site, url="https://larkspur.example/")
    ended = crawls.crawl(place, name, NOW)
    assert (ended["outcome"], ended["failure"]) == ("failed", "private_address")
    assert site.asked == []
    assert {one["rule"] for one in place.issues(name)} == {"page.private_address", "crawl.private_address"}


@pytest.mark.parametrize("arguments", [("crawl", "larkspur", "--here"), ("crawl", "larkspur")])
def test_nothing_but_loopback_is_crawled_without_a_contact(place: Place, arguments: tuple[str, ...]) -> None:
    place.source("larkspur", "greenhouse", "https://larkspur.example/", {"board": "b"})
    done = place.run(*arguments)
    assert done.returncode != 0
    assert "no contact is configured" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("crawl", "larkspurr"), "no source larkspurr (did you mean larkspur?)"),
        (("crawl", "closed-shop"), "source closed-shop is not crawled: its terms forbid it"),
        (("status",), "no store yet"),
        (("verify",), "no store yet"),
        (("replay",), "no store yet"),
    ],
)
def test_a_users_mistake_is_one_line_and_status_2(
    crawls: Crawls, place: Place, site: Board, arguments: tuple[str, ...], words: str
) -> None:
    list_at(place, site)
    place.source("closed-shop", "greenhouse", site.url, {"board": "b"}, refused="its terms forbid it")
    status, said = crawls.run(place, *arguments)
    assert status == 2
    assert words in said and len(said.splitlines()) == 1


def test_without_a_contact_a_posting_leads_nowhere_but_to_loopback(crawls: Crawls, place: Place, site: Board) -> None:
    elsewhere = "https://larkspur.example/release.html"
    here = site.put("/licence", "<p>You grant us a licence.</p>", mime=HTML)
    words = f"<p>Read the <a href='{elsewhere}'>talent release</a> and the <a href='{here}'>licence</a>.</p>"
    name = list_at(place, site)
    site.put("/v1/boards/b/jobs", {"jobs": [gig(1, content=words)]})
    ended = crawls.crawl(place, name, NOW)
    assert (ended["outcome"], ended["pages"]) == ("complete", 2)
    (issue,) = place.issues(name)
    assert (issue["rule"], issue["url"]) == ("page.no_contact", elsewhere)
    assert [one["url"] for one in place.rows("select url from document")] == [here]
