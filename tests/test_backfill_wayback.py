"""The Wayback Machine over loopback: its index page by page, captures with their own dates, polite, resumed, refused in one line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from archives import gig_page
from crawls import Crawls, Place
from loopback import HTML, Answer, Board, jobs

from crawler import backfill_wayback
from crawler.backfill_wayback import Query
from crawler.errors import UserMistake

HEAD = ["timestamp", "original", "mimetype", "statuscode", "digest"]
SPAN = ("--from", "2023-01-01", "--to", "2024-12-31")


class Machine(Board):
    """A small Wayback Machine: its index answers two rows at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[tuple[str, str, bytes, str]] = []

    def keep(self, stamp: str, url: str, body: str, mime: str = HTML) -> None:
        """Hold a capture."""
        self.held.append((stamp, url, body.encode(), mime))
        self.answers[f"/web/{stamp}id_/{url}"] = Answer(body.encode(), mime=mime)

    def answer(self, path: str) -> Answer:
        parts = urlsplit(path)
        if parts.path != "/cdx/search/cdx" or path in self.answers:
            return super().answer(path)
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        below = asked.get("matchType") == "prefix"
        rows = [one for one in sorted(self.held) if (one[1].startswith(asked["url"]) if below else one[1] == asked["url"])]
        rows = [one for one in rows if asked["from"] <= one[0][:8] <= asked["to"]]
        start = int(asked.get("resumeKey", "0"))
        table: list[list[str]] = [HEAD, *([stamp, url, "text/html", "200", "X"] for stamp, url, *_ in rows[start : start + 2])]
        table += [[], [str(start + 2)]] if start + 2 < len(rows) else []
        return Answer(json.dumps(table if len(table) > 1 else []).encode())


@pytest.fixture
def machine() -> object:
    running = Machine()
    yield running
    running.close()


def gigs(place: Place, **settings: str) -> str:
    listing = "https://fernhill.example/gigs"
    return place.source("fernhill", "jsonld", "https://fernhill.example/", {"listing": listing, "link_selector": "a.gig", **settings})


def look_back(crawls: Crawls, place: Place, machine: Board, *more: str) -> tuple[int, str]:
    return crawls.run(place, "backfill", "wayback", "fernhill", *SPAN, "--api", machine.url, *more)


def test_captures_become_history_with_their_own_dates(crawls: Crawls, place: Place, machine: Machine) -> None:
    gigs(place)
    for stamp, words in (
        ("20230105101112", "Pay: $40 per hour."),
        ("20230601000000", "Pay: $30 per hour."),
        ("20250101000000", "Pay: $1 per hour."),
    ):
        machine.keep(stamp, "https://fernhill.example/gigs/1", gig_page(1, words))
    machine.keep("20240201000000", "https://fernhill.example/gigs/2", gig_page(2))
    machine.keep("20240201000000", "https://fernhill.example/about", gig_page(3))
    status, said = look_back(crawls, place, machine)
    assert status == 0, said
    assert "3 pages kept: 2 postings never heard of, 3 versions" in said
    found = place.rows(
        "select v.seen_from, v.seen_to, p.state, p.backfilled from version v join posting p on p.id = v.posting_id order by 1"
    )
    assert [(row["seen_from"], row["seen_to"]) for row in found[:2]] == [
        ("2023-01-05T10:11:12Z", "2023-06-01T00:00:00Z"),
        ("2023-06-01T00:00:00Z", None),
    ]
    assert {(row["state"], row["backfilled"]) for row in found} == {("closed", 1)}
    assert {row["url"] for row in place.rows("select url from capture")} == {
        "https://fernhill.example/gigs/1",
        "https://fernhill.example/gigs/2",
    }
    status, said = crawls.run(place, "verify")
    assert status == 0, said


def test_a_pattern_finds_postings_anywhere_on_the_site(crawls: Crawls, place: Place, machine: Machine) -> None:
    gigs(place, link_pattern="/calls/[0-9]+$")
    machine.keep("20230105101112", "https://fernhill.example/calls/1", gig_page(1))
    machine.keep("20230105101112", "https://fernhill.example/news/1", gig_page(2))
    assert "1 pages kept" in look_back(crawls, place, machine)[1]
    assert not [path for path in machine.paths() if path.endswith("/news/1")]


def test_a_board_is_read_by_its_kind_from_its_archived_list(crawls: Crawls, place: Place, machine: Machine) -> None:
    place.source("fernhill", "greenhouse", "https://boards.example/b", {"board": "b", "api": "https://api.boards.example"})
    machine.keep("20230105101112", "https://api.boards.example/v1/boards/b/jobs?content=true", json.dumps(jobs(1, 2)), "application/json")
    assert "2 postings never heard of" in look_back(crawls, place, machine)[1]


def test_a_second_run_fetches_no_page_and_adds_no_row(crawls: Crawls, place: Place, machine: Machine) -> None:
    gigs(place)
    for number in range(3):
        machine.keep("20230105101112", f"https://fernhill.example/gigs/{number}", gig_page(number))
    look_back(crawls, place, machine)
    before, asked = place.rows("select * from capture"), len(machine.paths())
    status, said = look_back(crawls, place, machine)
    assert status == 0 and "3 known before" in said
    assert place.rows("select * from capture") == before
    assert not [path for path in machine.paths()[asked:] if path.startswith("/web/")]


def test_it_asks_under_our_name_and_robots_first(crawls: Crawls, place: Place, machine: Machine) -> None:
    gigs(place)
    machine.put("/robots.txt", "User-agent: *\nDisallow: /web/\n", mime="text/plain")
    machine.keep("20230105101112", "https://fernhill.example/gigs/1", gig_page(1))
    status, said = look_back(crawls, place, machine)
    assert status == 2 and "robots.txt of the archive forbids" in said
    assert machine.asked[0].path == "/robots.txt"
    assert all(one.headers["User-Agent"].startswith("Callboard/") for one in machine.asked)


def test_an_archive_whose_robots_cannot_be_had_is_asked_nothing_else(crawls: Crawls, place: Place, machine: Machine) -> None:
    gigs(place)
    machine.answers["/robots.txt"] = Answer(b"", 503)
    status, said = look_back(crawls, place, machine)
    assert status == 2 and "robots.txt of the archive answered 503; try again later" in said
    assert [one.path for one in machine.asked] == ["/robots.txt"]


def test_an_archive_that_refuses_is_named_and_what_was_read_is_kept(crawls: Crawls, place: Place, machine: Machine) -> None:
    gigs(place)
    machine.keep("20230105101112", "https://fernhill.example/gigs/1", gig_page(1))
    machine.keep("20230105101113", "https://fernhill.example/gigs/2", gig_page(2))
    machine.answers["/web/20230105101113id_/https://fernhill.example/gigs/2"] = Answer(b"slow down", 429)
    status, said = look_back(crawls, place, machine)
    assert status == 2 and "the archive answered 429" in said and "Traceback" not in said
    assert place.one("select count(*) as n from posting")["n"] == 1
    assert place.one("select outcome from crawl")["outcome"] == "failed"


def test_without_a_contact_the_archive_is_not_asked(crawls: Crawls, place: Place) -> None:
    gigs(place)
    status, said = crawls.run(place, "backfill", "wayback", "fernhill", *SPAN)
    assert status == 2 and "no contact is configured" in said


def test_days_must_be_in_order(crawls: Crawls, place: Place) -> None:
    gigs(place)
    status, said = crawls.run(place, "backfill", "wayback", "fernhill", "--from", "2024-02-02", "--to", "2024-02-01")
    assert status == 2 and "give the earlier day first" in said


@pytest.mark.parametrize("answer", [b"<html>sorry</html>", b'{"a": 1}', b'["x"]', b'[["timestamp"], ["1"]]', b'[["a"], 7]'])
def test_an_index_that_is_none_is_a_mistake(answer: bytes) -> None:
    with pytest.raises(UserMistake, match="something else than a table"):
        backfill_wayback._rows(answer)


@pytest.mark.parametrize(
    ("answer", "stamps", "key"),
    [
        ([], [], None),
        ([HEAD, ["20230105101112", "u", "m", "200", "d"]], ["20230105101112"], None),
        ([HEAD, ["20230105101112", "u", "m", "200", "d"], [], ["next"]], ["20230105101112"], "next"),
        ([HEAD, ["2023", "u", "m", "200", "d"]], [], None),
    ],
)
def test_an_index_is_read(answer: Sequence[object], stamps: Sequence[str], key: str | None) -> None:
    rows, following = backfill_wayback._rows(json.dumps(answer).encode())
    assert ([row.stamp for row in rows], following) == (list(stamps), key)


def test_queries_are_the_listing_and_what_lies_below() -> None:
    from kind_reading import source

    found = backfill_wayback.queries(source("jsonld", listing="https://a.example/gigs"), True)
    assert found == [Query("https://a.example/gigs"), Query("https://a.example/gigs/", True)]
    assert backfill_wayback.queries(source("lever", site="x"), False)[0].url.startswith("https://api.lever.co/")
