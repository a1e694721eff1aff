"""Recorded answers, served on loopback at their endpoints' paths and crawled for two nights with the real spiders into a real store.

The four kinds that the first boards are of; `test_kind_crawl` crawls every kind.

The recorded answers lie beside the project and are never part of it; without them these tests are skipped.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from crawls import ROOT, Crawls, Place, Row
from kind_reading import PAYLOADS, source, spider
from loopback import HTML, JSON, Board, board
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from crawler import catalog

pytestmark = pytest.mark.slow
NIGHTS = ("2026-11-19T02:00:00Z", "2026-11-20T02:00:00Z", "2026-11-21T02:00:00Z")
LIST_TITLES: dict[str, Callable[[Any], list[str]]] = {
    "greenhouse": lambda answer: [one["title"] for one in answer["jobs"]],
    "lever": lambda answer: [one["text"] for one in answer],
    "ashby": lambda answer: [one["title"] for one in answer["jobs"] if one.get("isListed", True)],
}
FILES = {
    "gitlab": ("greenhouse", "TheGamer406__BreteAI-Backend__greenhouse.json"),
    "matchgroup": ("lever", "midat-fx__tech-salary-radar__sample_lever_matchgroup.json"),
    "leverdemo": ("lever", "ehddd3579-dot__career-page-job-monitor__lever.json"),
    "notion": ("ashby", "TheGamer406__BreteAI-Backend__ashby.json"),
    "linear": ("ashby", "midat-fx__tech-salary-radar__sample_ashby_linear.json"),
}
SETTINGS = {"greenhouse": {"board": "example"}, "lever": {"site": "example"}, "ashby": {"board": "example"}}
PAGES = "pages"


def recorded(name: str) -> bytes:
    """The bytes of a recorded answer; skips where there are none beside the project."""
    path = PAYLOADS / name
    if not path.is_file():
        pytest.skip(f"no recorded answer {name} beside the project")
    return path.read_bytes()


@dataclass(frozen=True)
class Crawled:
    """Two nights of the recorded boards: ids of the sources, the place, the board, and what a third night may ask."""

    place: Place
    site: Board
    sources: tuple[str, ...]

    def postings(self, name: str) -> list[Row]:
        """A source's postings with their newest version and its text."""
        return self.place.rows(
            "select v.*, t.text, p.native_id from posting p join version v on v.id = p.version_id "
            "join text t on t.sha256 = v.text_sha256 where p.source_id = ?",
            name,
        )


def serve(where: tuple[Board, Place], name: str, kind: str, body: bytes, etag: bool, settings: dict[str, str]) -> str:
    """One recorded answer at the path that its kind's spider asks for; the source's id."""
    site, place = where
    keys = settings | ({"api": f"{site.url}/{name}"} if "api" in spider(kind).keys else {})
    (ask, *_) = spider(kind).start_asks(source(kind, **keys))
    site.put(urlsplit(ask.url).path, body, etag=etag, mime=JSON if body[:1] in b"[{" else "application/xml")
    return place.source(name, kind, site.url, keys, organization="Example Stage Works")


def serve_pages(site: Board, place: Place) -> str:
    """Every recorded page with a JobPosting behind one listing."""
    links = []
    for number, path in enumerate(sorted((PAYLOADS / "jsonld_jobposting").glob("*.html"))):
        links.append(f"<li><a class=gig href='/{PAGES}/gigs/{number}'>Gig {number}</a>")
        site.put(f"/{PAGES}/gigs/{number}", path.read_bytes(), mime=HTML, etag=number % 2 == 0)
    listing = site.put(f"/{PAGES}/gigs", f"<ul>{''.join(links)}</ul>", mime=HTML)
    return place.source(PAGES, "jsonld", site.url, {"listing": listing, "link_selector": "a.gig"})


@pytest.fixture(scope="module")
def crawled(crawls: Crawls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """Two nights over the recorded boards of the four kinds; half of the answers have an ETag."""
    place = Place(tmp_path_factory.mktemp("payloads"))
    with board() as site:
        names = [
            serve((site, place), name, kind, recorded(f"{kind}/{file}"), number % 2 == 0, SETTINGS[kind])
            for number, (name, (kind, file)) in enumerate(FILES.items())
        ]
        names.append(serve_pages(site, place))
        crawls.crawl_many(place, names, NIGHTS[0])
        crawls.crawl_many(place, names, NIGHTS[1])
        yield Crawled(place, site, tuple(names))


@pytest.mark.parametrize("name", FILES)
def test_every_posting_of_an_endpoint_arrives(crawled: Crawled, name: str) -> None:
    kind, file = FILES[name]
    titles = LIST_TITLES[kind](json.loads(recorded(f"{kind}/{file}")))
    found = crawled.postings(name)
    assert Counter(one["title"] for one in found) == Counter(" ".join(title.split()) for title in titles)
    for one in found:
        assert one["organization"] and one["url"].startswith("https://") and one["native_id"]
        assert date.fromisoformat(one["posted_on"])
        assert one["title"] in one["text"] and len(one["text"]) > 100
    assert crawled.place.last_crawl(name)["outcome"] == "complete"


def test_every_posting_page_with_linked_data_arrives(crawled: Crawled) -> None:
    found = crawled.postings(PAGES)
    pages = list((PAYLOADS / "jsonld_jobposting").glob("*.html"))
    assert len(pages) == 9
    assert len(found) == 10  # one page holds two
    assert all(one["title"] and one["organization"] and one["location"] and one["posted_on"] for one in found)
    assert all(one["title"] in one["text"] and len(one["text"]) > 60 for one in found)
    assert len({one["url"] for one in found}) == 10


@pytest.mark.parametrize(("name", "least"), [("leverdemo", 2), ("matchgroup", 1), (PAGES, 3)])
def test_structured_pay_arrives_where_the_answer_has_it(crawled: Crawled, name: str, least: int) -> None:
    pay = crawled.place.rows(
        "select p.* from pay p join version v on v.id = p.version_id join posting g on g.id = v.posting_id where g.source_id = ?", name
    )
    assert len({one["version_id"] for one in pay}) >= least
    assert all(
        one["origin"] == "structured" and (one["amount_min"] or one["amount_max"]) and one["currency"] and one["unit"] for one in pay
    )


def test_locations_arrive(crawled: Crawled) -> None:
    everyone = [one for name in crawled.sources for one in crawled.postings(name)]
    assert sum(one["location"] is None for one in everyone) <= 1  # one posting of the demo board states none


def responses(path: Path) -> list[tuple[str, str, str, bytes]]:
    """(record type, address, payload digest as written, payload) of a WARC file as another program reads it."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            body = record.content_stream().read()
            if record.rec_type in ("response", "revisit"):
                headers = record.rec_headers
                found.append((record.rec_type, headers["WARC-Target-URI"], headers["WARC-Payload-Digest"], body))
    return found


def test_another_reader_finds_every_response(crawled: Crawled) -> None:
    for name in crawled.sources:
        first, _ = crawled.place.warcs(name)
        kept = {(url, digest.removeprefix("sha256:")) for kind, url, digest, body in responses(first) if kind == "response"}
        rows = crawled.place.rows("select url, sha256, size from capture where warc = ?", f"{name}/{first.name}")
        assert rows
        assert {(row["url"], row["sha256"]) for row in rows} <= kept
    bodies = {body for name in crawled.sources for *_, body in responses(crawled.place.warcs(name)[0])}
    for kind, file in FILES.values():
        assert recorded(f"{kind}/{file}") in bodies


def test_a_second_night_adds_no_version_and_no_event_and_writes_revisits(crawled: Crawled) -> None:
    assert crawled.place.rows("select * from event") == []
    assert crawled.place.one("select max(number) as most from version")["most"] == 1
    statuses = set()
    for name in crawled.sources:
        _, second = crawled.place.warcs(name)
        robots = f"{crawled.site.url}/robots.txt"
        assert {kind for kind, url, *_ in responses(second) if url != robots} == {"revisit"}
        crawl = crawled.place.last_crawl(name)
        assert crawl["pages"] == crawl["unchanged_pages"] > 0
        assert (crawl["new"], crawl["changed"], crawl["outcome"]) == (0, 0, "complete")
        rows = crawled.place.rows("select status, revisit_of from capture where crawl_id = ?", crawl["id"])
        assert all(row["revisit_of"] for row in rows)
        statuses |= {row["status"] for row in rows}
    assert statuses == {200, 304}  # by the same digest, and by the server's word


def test_a_second_night_sees_every_posting_again(crawled: Crawled) -> None:
    nights = crawled.place.rows("select source_id, seen from crawl order by id")
    assert nights[: len(crawled.sources)] == nights[len(crawled.sources) :]
    assert {one["state"] for one in crawled.place.rows("select state from posting")} == {"open"}
    assert crawled.place.rows("select id from posting where last_seen < ?", NIGHTS[1]) == []


def test_verify_is_clean(crawled: Crawled, crawls: Crawls) -> None:
    status, said = crawls.run(crawled.place, "verify")
    assert (status, said.splitlines()[-1]) == (0, "clean")


def test_scrapy_itself_crawls_a_source_into_its_own_feed(place: Place, site: Board) -> None:
    kind, file = FILES["gitlab"]
    serve((site, place), "gitlab", kind, recorded(f"{kind}/{file}"), True, SETTINGS[kind])
    scrapy = [str(Path(sys.executable).parent / "scrapy")]
    feed = place.folder / "out.jsonl"
    command = [*scrapy, "crawl", "greenhouse", "-a", "source=gitlab", "-O", str(feed)]
    done = subprocess.run(command, cwd=ROOT, env=place.environment(), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    items = [json.loads(line) for line in feed.read_text("utf-8").splitlines()]
    assert len(items) == 3
    assert all(re.fullmatch("[0-9a-f]{12}", one["id"]) and one["title"] in one["text"] and one["text_sha256"] for one in items)
    assert place.last_crawl("gitlab")["outcome"] == "complete"


def test_scrapy_lists_every_kind(place: Place) -> None:
    command = [str(Path(sys.executable).parent / "scrapy"), "list"]
    done = subprocess.run(command, cwd=ROOT, env=place.environment(), capture_output=True, text=True, timeout=60, check=True)
    assert tuple(done.stdout.split()) == catalog.kinds()


@pytest.mark.parametrize("arguments", [(), ("-a", "source=nobody")])
def test_scrapy_tells_a_users_mistake_in_one_line(place: Place, arguments: tuple[str, ...]) -> None:
    command = [str(Path(sys.executable).parent / "scrapy"), "crawl", "greenhouse", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=place.environment(sources_dir=""), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("callboard: no source") and len(done.stderr.splitlines()) == 1
