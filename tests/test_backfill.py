"""Looking back: archived pages become history with their own dates, in any order, once, and never as if seen live."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from archives import Leaf, gig_page, leaf, tables, write
from crawls import Crawls, Place
from loopback import HTML, Board, jobs

from crawler import store
from crawler.backfill import Archived
from crawler.backfill import Backfill as Filler
from crawler.backfilling import named
from crawler.config import Config
from crawler.errors import ConfigError, UserMistake

NIGHTS = ("2026-11-19T02:00:00Z", "2026-11-20T02:00:00Z", "2026-11-21T02:00:00Z")


def counts(place: Place) -> dict[str, int]:
    return {name: place.one(f"select count(*) as n from {name}")["n"] for name in tables()}


def backfilled(crawls: Crawls, place: Place, *arguments: str, **more: str) -> str:
    place.sources.mkdir(parents=True, exist_ok=True)
    status, said = crawls.run(place, "backfill", *arguments, **more)
    assert status == 0, said
    return said


def timeline(place: Place, posting: str | None = None) -> list[tuple[int, str, str | None]]:
    rows = place.rows("select * from version where ? in (posting_id, '') order by number", posting or "")
    return [(row["number"], row["seen_from"], row["seen_to"]) for row in rows]


def test_a_warc_becomes_closed_history_with_its_own_dates(crawls: Crawls, place: Place, tmp_path: Path) -> None:
    file = write(
        tmp_path / "cc.warc.gz",
        [
            leaf(1),
            leaf(2, "2023-01-02T03:04:05Z"),
            leaf(3, marked=False),
            Leaf("https://fernhill.example/x", "2024-01-01T00:00:00Z", gig_page(4), status="404 Not Found"),
        ],
    )
    said = backfilled(crawls, place, "warc", str(file))
    assert "4 answers, 2 pages kept: 2 postings never heard of" in said and "1 not a page" in said and "1 without a posting" in said
    rows = place.rows("select * from posting order by first_seen")
    assert [(row["source_id"], row["state"], row["backfilled"], row["backlog"], row["closed_at"]) for row in rows] == [
        ("archive", "closed", 1, 1, None)
    ] * 2
    assert rows[0]["state_reason"] == "seen in an archive on 2 January 2023; never seen live"
    assert [row["fetched_at"] for row in place.rows("select fetched_at from capture order by fetched_at")] == [
        "2023-01-02T03:04:05Z",
        "2024-03-05T12:00:00Z",
    ]
    crawl = place.one("select * from crawl")
    assert (crawl["backfilled"], crawl["outcome"], crawl["new"], crawl["pages"]) == (1, "partial", 2, 2)
    assert place.rows("select * from event") == []
    assert place.one("select count(*) as n from term where code = 'fixed_term'")["n"] >= 1


def test_its_evidence_is_in_our_own_archive(crawls: Crawls, place: Place, tmp_path: Path) -> None:
    backfilled(crawls, place, "warc", str(write(tmp_path / "cc.warc.gz", [leaf(1), leaf(2)])))
    (tmp_path / "cc.warc.gz").unlink()
    for command in ("verify", "replay"):
        status, said = crawls.run(place, command)
        assert status == 0, said
        assert "clean" in said or "2 pages: 0 give something else now, 0 unreadable" in said


def test_the_same_file_twice_adds_nothing(crawls: Crawls, place: Place, tmp_path: Path) -> None:
    file = write(tmp_path / "cc.warc.gz", [leaf(number) for number in range(5)])
    backfilled(crawls, place, "warc", str(file))
    before, warcs = counts(place), place.warcs("archive")
    said = backfilled(crawls, place, "warc", str(file), str(file))
    assert counts(place) == before and place.warcs("archive") == warcs
    assert "0 pages kept" in said


def test_a_plain_warc_and_one_from_a_url_are_read(crawls: Crawls, place: Place, site: Board, tmp_path: Path) -> None:
    plain = write(tmp_path / "plain.warc", [leaf(1)], records=False)
    url = site.put("/cc.warc.gz", write(tmp_path / "cc.warc.gz", [leaf(2)]).read_bytes(), mime="application/octet-stream")
    assert "2 postings never heard of" in backfilled(crawls, place, "warc", str(plain), url)


@pytest.mark.parametrize(
    ("body", "said"),
    [(None, "cannot be read"), (b"no archive at all", "no.warc"), (b"", "no WARC record"), ("torn", "damaged after")],
    ids=["missing", "other", "empty", "torn"],
)
def test_a_file_that_is_none_is_a_mistake_in_one_line(
    crawls: Crawls, place: Place, tmp_path: Path, body: bytes | str | None, said: str
) -> None:
    file = tmp_path / "no.warc.gz"
    if body == "torn":
        whole = write(file, [leaf(1), leaf(2)]).read_bytes()
        file.write_bytes(whole[:-600])
    elif isinstance(body, bytes):
        file.write_bytes(body)
    place.sources.mkdir(parents=True)
    status, out = crawls.run(place, "backfill", "warc", str(file))
    assert status == 2 and said in out and "Traceback" not in out
    if body == "torn":
        assert place.one("select count(*) as n from posting")["n"] >= 1


EDITS: Sequence[tuple[str, str]] = (
    ("2023-01-01T00:00:00Z", "a"),
    ("2023-02-01T00:00:00Z", "b"),
    ("2023-03-01T00:00:00Z", "a"),
    ("2023-04-01T00:00:00Z", "a"),
)
WORDS = {"a": "We want one reader. Pay: $40 per hour.", "b": "We want one reader. Pay: $30 per hour."}


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))), ids=str)
def test_history_does_not_depend_on_the_order_of_its_pages(place: Place, order: Sequence[int]) -> None:
    settings = Config(data_dir=place.data)
    with Filler(named("archive", settings), settings) as filler:
        for number in order:
            at, words = EDITS[number]
            filler.take(Archived("https://fernhill.example/gigs/1", at, gig_page(1, WORDS[words]).encode(), (("Content-Type", HTML),)))
    dates = [at for at, _ in EDITS]
    assert timeline(place) == [(1, dates[0], dates[1]), (2, dates[1], dates[2]), (3, dates[2], None)]
    posting = place.one("select p.*, v.number from posting p join version v on v.id = p.version_id")
    assert (posting["first_seen"], posting["last_seen"], posting["number"]) == (dates[0], dates[3], 3)
    shown = place.rows("select v.number, c.fetched_at from version v join capture c on c.id = v.capture_id order by v.number")
    assert [row["fetched_at"] for row in shown] == dates[:3]


def board(site: Board, place: Place, words: str) -> str:
    site.put("/gigs", "<a class=gig href=/gigs/1>one</a>", mime=HTML)
    site.put("/gigs/1", gig_page(1, words), mime=HTML)
    return place.source("fernhill", "jsonld", site.url, {"listing": f"{site.url}/gigs", "link_selector": "a.gig"})


def archived(site: Board, tmp_path: Path, at: str, words: str) -> str:
    return str(write(tmp_path / f"{at[:10]}.warc.gz", [Leaf(f"{site.url}/gigs/1", at, gig_page(1, words))]))


def test_earlier_words_go_before_the_live_ones_and_later_ones_nowhere(crawls: Crawls, place: Place, site: Board, tmp_path: Path) -> None:
    board(site, place, WORDS["a"])
    crawls.crawl(place, "fernhill", NIGHTS[0])
    live = place.one("select * from posting")
    for at, words in (("2024-01-01T00:00:00Z", "b"), ("2026-12-01T00:00:00Z", "b"), ("2024-06-01T00:00:00Z", "a")):
        backfilled(crawls, place, "warc", "--source", "fernhill", archived(site, tmp_path, at, WORDS[words]))
    after = place.one("select * from posting")
    assert {key: after[key] for key in live} == live
    assert timeline(place)[0] == (1, "2024-01-01T00:00:00Z", live["first_seen"]) and len(timeline(place)) == 2
    assert place.rows("select * from event") == []
    assert crawls.crawl(place, "fernhill", NIGHTS[1])["outcome"] == "complete"
    assert [row["number"] for row in place.rows("select number from version order by id")] == [2, 1]


def test_a_posting_of_an_archive_is_open_when_first_seen_live_and_neither_new_nor_reopened(
    crawls: Crawls, place: Place, site: Board, tmp_path: Path
) -> None:
    board(site, place, WORDS["a"])
    backfilled(crawls, place, "warc", "--source", "fernhill", archived(site, tmp_path, "2024-01-01T00:00:00Z", WORDS["a"]))
    assert place.one("select state from posting")["state"] == "closed"
    crawls.crawl(place, "fernhill", NIGHTS[0])
    posting = place.one("select * from posting")
    assert (posting["state"], posting["backfilled"], posting["first_seen"][:10]) == ("open", 0, "2026-11-19")
    assert place.rows("select * from event") == []
    assert timeline(place) == [(1, "2024-01-01T00:00:00Z", None)]


def test_a_backfill_never_counts_in_the_life_of_a_posting(crawls: Crawls, place: Place, site: Board, tmp_path: Path) -> None:
    board(site, place, WORDS["a"])
    crawls.crawl(place, "fernhill", NIGHTS[0])
    other = Leaf(f"{site.url}/gigs/2", "2024-01-01T00:00:00Z", gig_page(2))
    for number in range(3):
        backfilled(crawls, place, "warc", "--source", "fernhill", str(write(tmp_path / f"{number}.warc.gz", [other])))
    posting = place.one("select * from posting where backfilled = 0")
    assert (posting["state"], posting["missed"]) == ("open", 0)
    assert crawls.crawl(place, "fernhill", NIGHTS[1])["outcome"] == "complete"
    assert place.one("select state from posting where backfilled = 1")["state"] == "closed"
    assert place.rows("select * from event") == []


def test_a_page_goes_to_the_source_of_its_host_and_a_refused_site_is_left_out(crawls: Crawls, place: Place, tmp_path: Path) -> None:
    place.source("fernhill", "jsonld", "https://fernhill.example/", {"listing": "https://fernhill.example/gigs"})
    leaves = [leaf(1), leaf(2, host="www.fernhill.example"), leaf(3, host="other.example"), leaf(4, host="www.linkedin.com")]
    said = backfilled(crawls, place, "warc", str(write(tmp_path / "cc.warc.gz", leaves)))
    assert "1 of refused sources" in said
    found = place.rows("select source_id, count(*) as n from posting group by 1 order by 1")
    assert [(row["source_id"], row["n"]) for row in found] == [("archive", 1), ("fernhill", 2)]


def test_a_backfill_that_was_killed_goes_on_where_it_was(crawls: Crawls, place: Place, tmp_path: Path) -> None:
    file = write(tmp_path / "cc.warc.gz", [leaf(number) for number in range(400)])
    place.sources.mkdir(parents=True)
    child = crawls.begin(place, "backfill", "warc", str(file))
    archive = place.data / "warc" / "archive"
    while not any(each.stat().st_size > 20_000 for each in archive.glob("*.warc.gz")):
        assert place.folder.is_dir()
    crawls.kill(child)
    assert crawls.end(child) == -9
    done = place.one("select count(*) as n from capture")["n"]
    said = backfilled(crawls, place, "warc", str(file))
    assert 0 < done < 400 and f"{400 - done} pages kept" in said
    assert place.one("select count(*) as n from posting")["n"] == 400
    assert [row["failure"] for row in place.rows("select failure from crawl order by id")] == ["interrupted", None]
    assert crawls.run(place, "verify")[0] == 0


def test_with_a_source_only_its_own_site_is_read(crawls: Crawls, place: Place, tmp_path: Path) -> None:
    place.source("fernhill", "jsonld", "https://fernhill.example/", {"listing": "https://fernhill.example/gigs"})
    said = backfilled(
        crawls, place, "warc", "--source", "fernhill", str(write(tmp_path / "cc.warc.gz", [leaf(1), leaf(2, host="other.example")]))
    )
    assert "1 of other sites" in said and place.one("select count(*) as n from posting")["n"] == 1


def test_a_listing_of_a_board_is_read_by_its_kind(crawls: Crawls, place: Place, tmp_path: Path) -> None:
    place.source("board", "greenhouse", "https://boards.example/b", {"board": "b", "api": "https://api.boards.example"})
    answer = Leaf(
        "https://api.boards.example/v1/boards/b/jobs?content=true", "2024-05-01T00:00:00Z", json.dumps(jobs(1, 2)), "application/json"
    )
    backfilled(crawls, place, "warc", "--source", "board", str(write(tmp_path / "cc.warc.gz", [answer])))
    assert [row["native_id"] for row in place.rows("select native_id from posting order by native_id")] == ["7000001", "7000002"]


@pytest.mark.parametrize(("source", "said"), [("nobody", "no source nobody"), ("linkedin", "not collected")])
def test_an_unknown_or_refused_source_is_a_mistake(source: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        named(source, Config())


def test_a_source_that_is_being_crawled_is_not_backfilled(place: Place) -> None:
    settings = Config(data_dir=place.data)
    with Filler(named("archive", settings), settings), pytest.raises(UserMistake, match="being crawled"):
        Filler(named("archive", settings), settings)
    assert store.open_store(settings.store) is not None
