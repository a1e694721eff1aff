"""kill -9 in mid-crawl at twenty moments, and a full disk: nothing that was written is lost or doubled, and the next crawl goes on."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from crawls import ROOT, Crawls, Place, Row
from hostile import listing, page
from loopback import HTML, Board, board
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(170)]
POSTINGS = 40
PAGES = POSTINGS + 4  # four pages of ten links
KILLS = 20
SEED = 20_261_121


class Killer:
    """Kills a crawl as soon as the board has been asked for so many pages since the crawl began, and a moment more."""

    def __init__(self, site: Board, moments: random.Random) -> None:
        self.site, self.moments = site, moments

    def strike(self, crawls: Crawls, place: Place, source: str, edited: bool) -> bool:
        """Begin a crawl and kill it; whether it was still alive."""
        write(self.site, edited)
        after = self.moments.randrange(1, PAGES)
        before = len(self.site.paths())
        child = crawls.begin(place, "crawl", source, "--here", per_host="4")
        self.site.wait_for(before + after)
        threading.Event().wait(self.moments.random() * 0.08)
        with contextlib.suppress(ProcessLookupError):
            crawls.kill(child)
        return crawls.end(child) == -9


def write(site: Board, edited: bool) -> None:
    """A board of forty postings on four pages; half of the answers have an ETag. edited: every third posting has other words."""
    for number in range(4):
        more = f"<a rel=next href='/gigs?page={number + 1}'>more</a>" if number < 3 else ""
        path = "/gigs" + (f"?page={number}" if number else "")
        site.put(path, listing("", *range(number * 10, number * 10 + 10), more=more), mime=HTML)
    for number in range(POSTINGS):
        words = f"You grant us a perpetual licence, reader {number}. Pay: $20 per hour." if edited and number % 3 == 0 else ""
        site.put(f"/gigs/{number}", page(number, words), mime=HTML, etag=number % 2 == 0)


@dataclass(frozen=True)
class Survived:
    """The place after twenty kills, five of them after an edit of the board, each five followed by a whole crawl."""

    place: Place
    killed: int
    crawls: list[Row] = field(default_factory=list)


@pytest.fixture(scope="module")
def survived(crawls: Crawls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Survived]:
    """Twenty kills, a whole crawl after each five."""
    place = Place(tmp_path_factory.mktemp("killed"))
    with board() as site:
        source = place.source("larkspur", "jsonld", site.url, {"listing": f"{site.url}/gigs", "link_selector": "a.gig"})
        killer, killed, whole = Killer(site, random.Random(SEED)), 0, []
        for number in range(KILLS):
            killed += killer.strike(crawls, place, source, edited=number >= 10)
            if number % 5 == 4:
                whole.append(crawls.crawl(place, source, per_host="8"))
        yield Survived(place, killed, whole)


def test_most_crawls_were_killed_alive(survived: Survived) -> None:
    assert survived.killed >= KILLS - 3


def test_the_crawls_after_are_complete_and_see_everything(survived: Survived) -> None:
    assert [(one["outcome"], one["seen"]) for one in survived.crawls] == [("complete", POSTINGS)] * 4


def test_a_killed_crawl_is_named_as_such(survived: Survived) -> None:
    found = survived.place.rows("select outcome, failure, reason, finished_at from crawl where outcome != 'complete'")
    assert len(found) == survived.killed
    assert {(one["outcome"], one["failure"]) for one in found} == {("failed", "interrupted")}
    assert all(one["reason"] and one["finished_at"] for one in found)


def test_no_version_is_lost_or_doubled(survived: Survived) -> None:
    assert survived.place.one("select count(*) as n from posting")["n"] == POSTINGS
    numbers = survived.place.rows("select posting_id, group_concat(number) as numbers from version group by 1")
    edited = {one["posting_id"] for one in numbers if one["numbers"] == "1,2"}
    assert len(numbers) == POSTINGS
    assert len(edited) == len(range(0, POSTINGS, 3))
    assert {one["numbers"] for one in numbers} == {"1", "1,2"}
    assert survived.place.rows("select digest from version group by posting_id, digest having count(*) > 1") == []


def test_events_are_told_once_and_nothing_is_closed(survived: Survived) -> None:
    found = survived.place.rows(
        "select kind, count(*) as n, count(distinct posting_id) as postings from event where code is null group by 1"
    )
    edited = len(range(0, POSTINGS, 3))
    assert {one["kind"]: (one["n"], one["postings"]) for one in found} == {
        "pay_changed": (edited, edited),
        "text_edited": (edited, edited),
    }
    assert {one["state"] for one in survived.place.rows("select state from posting")} == {"open"}


def test_the_store_is_whole(survived: Survived) -> None:
    assert survived.place.rows("pragma integrity_check") == [{"integrity_check": "ok"}]
    assert survived.place.rows("pragma foreign_key_check") == []


def read_to_the_end(path: Path) -> int:
    """Records of a WARC file as another program reads it."""
    with path.open("rb") as file:
        return sum(1 for record in ArchiveIterator(file, check_digests="raise") if record.content_stream().read() is not None)


def test_every_archive_can_be_read_to_its_end(survived: Survived) -> None:
    files = survived.place.warcs("larkspur")
    assert len(files) == survived.killed + 4
    assert all(read_to_the_end(path) >= 1 for path in files)


def test_verify_and_replay_are_clean(survived: Survived, crawls: Crawls) -> None:
    status, said = crawls.run(survived.place, "verify")
    assert (status, said.splitlines()[-1]) == (0, "clean"), said
    status, said = crawls.run(survived.place, "replay")
    assert status == 0, said


def test_a_full_disk_ends_the_crawl_and_loses_nothing(crawls: Crawls, place: Place, site: Board) -> None:
    noise = random.Random(SEED)
    site.put("/gigs", listing("", *range(12)), mime=HTML)
    for number in range(12):
        site.put(f"/gigs/{number}", page(number) + f"<!-- {noise.randbytes(400_000).hex()} -->", mime=HTML)
    source = place.source("larkspur", "jsonld", site.url, {"listing": f"{site.url}/gigs", "link_selector": "a.gig"})
    full = ["bash", "-c", 'ulimit -f 2000; exec "$0" "$@"', sys.executable, "-m", "crawler", "crawl", source, "--here"]
    done = subprocess.run(full, env=place.environment(), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1, done.stderr
    assert "pages could not be read: the archive could not be written" in done.stdout
    assert 1 <= place.last_crawl(source)["seen"] < 12
    assert crawls.run(place, "verify")[0] == 0
    assert crawls.crawl(place, source)["seen"] == 12
    assert place.one("select count(*) as n, max(number) as most from version") == {"n": 12, "most": 1}
    assert crawls.run(place, "verify")[0] == 0
