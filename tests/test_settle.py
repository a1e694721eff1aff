"""From pages to versions, events and states, through the real store and without a network: what is taken in, and how a crawl is settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from kind_reading import source
from sqlite_utils import Database

from crawler import derive, intake, rows, settle, store
from crawler.findings.reading import read
from crawler.intake import Log, Visit
from crawler.lifecycle import Tally, Verdict
from crawler.records import Capture, Expect, Pay, Posting, Problem, Role

LARKSPUR = replace(source("greenhouse", board="b"), id="larkspur")
NIGHTS = [f"2026-11-{day}T02:00:00Z" for day in range(10, 30)]
WORDS = "<p>We want readers to train our speech model. Pay: $50 per hour. You may withdraw at any time.</p>"


def posting(number: int = 1, text: str = WORDS, **fields: object) -> Posting:
    """A posting as a board gives it."""
    known: dict[str, object] = {"url": f"https://larkspur.example/gigs/{number}", "native_id": str(number), "title": f"Reader {number}"}
    known |= {"organization": "Larkspur Voices (invented)", "location": "Leeds", "description": text, "description_is_html": True}
    return Posting(**(known | fields))  # type: ignore[arg-type]


def capture(url: str, at: str, **fields: object) -> Capture:
    """A capture of a page."""
    known: dict[str, object] = {"url": url, "role": Role.LISTING, "method": "GET", "fetched_at": at, "status": 200, "mime": "text/html"}
    known |= {"encoding": None, "size": 1, "sha256": "a" * 64, "warc": "larkspur/x.warc.gz", "offset": 0, "length": 1}
    return Capture(**(known | fields))  # type: ignore[arg-type]


@dataclass
class Board:
    """A source's crawls, one after the other, each with a clock of its own."""

    db: Database
    source: object = LARKSPUR
    captures: dict[str, int] = field(default_factory=dict)

    def log(self, at: str) -> Log:
        """A crawl that begins."""
        first = store.first(self.db, "select 1 from crawl where outcome = 'complete'") is None
        with store.transaction(self.db):
            crawl = store.insert(self.db, "crawl", {"source_id": "larkspur", "started_at": at, "outcome": "running"})
        return Log(crawl, "larkspur", first, read)

    def take(self, log: Log, at: str, *postings: Posting, page: str = "/gigs", **visit: object) -> int:
        """A page that shows postings."""
        url = f"https://larkspur.example{page}"
        dossiers = tuple(derive.dossier(each, LARKSPUR) for each in postings)
        self.captures[page] = intake.take(self.db, log, Visit(capture(url, at), dossiers, **visit))  # type: ignore[arg-type]
        return self.captures[page]

    def unchanged(self, log: Log, at: str, page: str = "/gigs") -> None:
        """A page that is as it was."""
        intake.take_unchanged(self.db, log, capture(f"https://larkspur.example{page}", at, revisit_of=self.captures[page]))

    def settle(self, log: Log, at: str, gone: dict[str, int] | None = None, **counts: object) -> Verdict:
        """The end of a crawl."""
        seen = store.select(self.db, "select count(distinct posting_id) as n from sighting where crawl_id = ?", [log.crawl])[0]["n"]
        tally = Tally(**({"finished": True, "pages": 1, "seen": seen} | counts))
        return settle.settle(self.db, replace(LARKSPUR, expect=Expect(0)), log.crawl, tally, at, gone)

    def night(self, at: str, *postings: Posting, **counts: object) -> Verdict:
        """A whole crawl of one page."""
        log = self.log(at)
        self.take(log, at, *postings)
        return self.settle(log, at, **counts)  # type: ignore[arg-type]

    def select(self, sql: str) -> list[rows.Row]:
        """Rows."""
        return store.select(self.db, sql)

    def states(self) -> dict[str, str]:
        """Each posting's own id and its state."""
        return {one["native_id"]: one["state"] for one in self.select("select native_id, state from posting order by native_id")}

    def events(self) -> list[str]:
        """What happened, in order."""
        return [one["kind"] for one in self.select("select kind from event order by id")]


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    """A board that was never crawled."""
    db = store.open_store(tmp_path / "store.db")
    store.keep_source(db, LARKSPUR, NIGHTS[0])
    yield Board(db)
    db.close()


def test_the_backlog_of_a_new_source_is_not_new(board: Board) -> None:
    board.night(NIGHTS[0], posting(1), finished=False)  # cut short: the backlog is not over
    board.night(NIGHTS[1], posting(1), posting(2))
    assert board.events() == []
    board.night(NIGHTS[2], posting(1), posting(2), posting(3))
    assert board.events() == ["new"]
    assert [one["backlog"] for one in board.select("select backlog from posting order by native_id")] == [1, 1, 0]


@pytest.mark.parametrize(
    "again",
    [
        posting(),
        posting(posted_at="2026-11-11"),  # boards bump the date without an edit
        posting(url="https://larkspur.example/en/gigs/1"),
        posting(text=WORDS.replace("<p>", "<p class='new' data-visits=7>").replace("</p>", "</p><script>track()</script>")),
        posting(text=WORDS.replace("readers to", "readers\n   to")),
        posting(country="GB"),
    ],
    ids=["same", "date", "address", "markup", "white-space", "country"],
)
def test_a_cosmetic_change_is_no_version(board: Board, again: Posting) -> None:
    board.night(NIGHTS[0], posting())
    board.night(NIGHTS[1], again)
    assert [one["number"] for one in board.select("select number from version")] == [1]
    assert board.events() == []


@pytest.mark.parametrize(
    ("again", "events"),
    [
        (posting(text=WORDS.replace("$50", "$40")), ["pay_changed", "text_edited"]),
        (posting(text=WORDS.replace(" You may withdraw at any time.", "")), ["term_removed", "text_edited"]),
        (posting(title="Reader one"), ["text_edited"]),
        (posting(location="London"), ["text_edited"]),
        (posting(employment_type="Contract"), []),  # a version, and no event: no word that a reader sees has changed
        (posting(closes_at="2026-12-24"), []),
    ],
    ids=["pay", "term", "title", "place", "type", "closing"],
)
def test_an_edit_is_a_version_with_its_events(board: Board, again: Posting, events: list[str]) -> None:
    board.night(NIGHTS[0], posting())
    board.night(NIGHTS[1], again)
    first, second = board.select("select * from version order by number")
    assert (first["seen_to"], second["seen_from"], second["number"]) == (NIGHTS[1], NIGHTS[1], 2)
    assert board.events() == events
    assert [one["version_after"] for one in board.select("select version_after from event")] == [second["id"]] * len(events)


def test_an_edit_that_is_taken_back_is_a_third_version(board: Board) -> None:
    for night, text in zip(NIGHTS, (WORDS, WORDS.replace("$50", "$40"), WORDS), strict=False):
        board.night(night, posting(text=text))
    digests = [one["digest"] for one in board.select("select digest from version order by number")]
    assert len(digests) == 3 and digests[0] == digests[2]


def test_two_absences_a_day_apart_close_and_sight_reopens(board: Board) -> None:
    others = [posting(number) for number in (2, 3)]
    board.night(NIGHTS[0], posting(1), *others)
    board.night(NIGHTS[1], *others)
    assert board.states()["1"] == "uncertain" and board.events() == []
    board.night(NIGHTS[1].replace("T02", "T03"), *others)
    assert board.states()["1"] == "uncertain"
    board.night(NIGHTS[2], *others)
    assert board.states()["1"] == "closed"
    board.night(NIGHTS[3], *others, posting(1))
    assert board.states()["1"] == "open"
    assert board.events() == ["closed", "reopened"]
    assert board.select("select detail from event where kind = 'reopened'")[0]["detail"].startswith(
        "seen again; before that: closed 12 Nov"
    )


@pytest.mark.parametrize(
    "counts",
    [
        {"finished": False},
        {"cut": "more than 5 pages"},
        {"listing_failures": ("http_503",)},
        {"listing_failures": ("http_403",)},
        {"posting_failures": ("timeout",)},
        {"shape_problems": ("none of 2 has a title",)},
    ],
)
def test_only_a_complete_crawl_counts_an_absence(board: Board, counts: dict[str, object]) -> None:
    board.night(NIGHTS[0], posting(1), posting(2))
    for night in NIGHTS[1:5]:
        assert board.night(night, posting(2), **counts).outcome.value != "complete"
    assert board.states() == {"1": "open", "2": "open"}
    assert [one["missed"] for one in board.select("select missed from posting")] == [0, 0]
    board.night(NIGHTS[5], posting(2))
    assert board.states() == {"1": "uncertain", "2": "open"}  # the failed nights were no absence


def test_a_suspicious_fall_closes_nothing_however_long(board: Board) -> None:
    board.night(NIGHTS[0], *(posting(number) for number in range(10)))
    for night in NIGHTS[1:6]:
        assert board.night(night, posting(1)).outcome.value == "suspicious"
    assert set(board.states().values()) == {"open"}


def gig(number: int) -> str:
    """A posting's permanent id."""
    return derive.posting_id("larkspur", str(number), "")


def test_the_boards_own_word_closes_at_once_in_a_healthy_crawl_only(board: Board) -> None:
    board.night(NIGHTS[0], posting(1), posting(2))
    log = board.log(NIGHTS[1])
    board.settle(log, NIGHTS[1], {gig(1): 404, gig(2): 404}, listing_failures=("http_404",))
    assert board.states() == {"1": "open", "2": "open"}
    log = board.log(NIGHTS[2])
    board.take(log, NIGHTS[2], posting(2))
    board.settle(log, NIGHTS[2], {gig(1): 410, "unknown": 404})
    assert board.states() == {"1": "closed", "2": "open"}
    assert "its own page answers 410" in board.select("select state_reason from posting where state = 'closed'")[0]["state_reason"]


def test_the_same_words_under_a_new_name_are_a_relisting(board: Board) -> None:
    text = WORDS.replace("readers", "laughers")
    board.night(NIGHTS[0], posting(1, text, title="Laughers"), posting(2))
    board.night(NIGHTS[1], posting(2))
    board.night(NIGHTS[2], posting(2), posting(7, text, title="Laughers"))
    assert board.events() == ["relisted", "closed"]
    assert board.select("select relisted_from from posting where native_id = '7'") == [{"relisted_from": gig(1)}]


def test_the_same_words_beside_one_another_are_two_gigs(board: Board) -> None:
    board.night(NIGHTS[0], posting(1, title="Reader"))
    board.night(NIGHTS[1], posting(1, title="Reader"), posting(2, title="Reader"))
    assert board.events() == ["new"]
    assert len(board.select("select * from text")) == 1


def test_an_unchanged_page_shows_again_what_it_showed(board: Board) -> None:
    board.night(NIGHTS[0], posting(1), posting(2))
    for night in NIGHTS[1:4]:
        log = board.log(night)
        board.unchanged(log, night)
        assert board.settle(log, night).reason == "2 postings seen"
    assert {one["last_seen"] for one in board.select("select last_seen from posting")} == {NIGHTS[3]}
    assert len(board.select("select * from version")) == 2


def test_a_posting_on_two_pages_is_still_on_the_one_that_did_not_change(board: Board) -> None:
    log = board.log(NIGHTS[0])
    board.take(log, NIGHTS[0], posting(1), posting(2), page="/one")
    board.take(log, NIGHTS[0], posting(2), posting(3), page="/two")
    assert board.settle(log, NIGHTS[0]).reason == "3 postings seen"
    log = board.log(NIGHTS[1])
    board.unchanged(log, NIGHTS[1], "/one")
    board.take(log, NIGHTS[1], posting(3), page="/two")
    board.settle(log, NIGHTS[1])
    assert board.states() == {"1": "open", "2": "open", "3": "open"}


def test_a_page_that_lost_a_field_shows_what_is_there_and_makes_no_version(board: Board) -> None:
    board.night(NIGHTS[0], posting(1), posting(2))
    log = board.log(NIGHTS[1])
    board.take(log, NIGHTS[1], posting(1, text=""), posting(3, text=""), trusted=False)
    found = board.settle(log, NIGHTS[1], shape_problems=("none of 2 postings has a description",))
    assert found.outcome.value == "suspicious"
    assert board.states() == {"1": "open", "2": "open"}
    assert len(board.select("select * from version")) == 2 and board.events() == []


PAID = Pay(60.0, 70.0, "USD", "hour", (), None, None, '{"min": 60}', None, None, "greenhouse.pay", "structured")


def issues(board: Board) -> list[tuple[str, str, bool]]:
    """(rule, address, open) of each issue."""
    return [(one["rule"], one["url"], one["closed_at"] is None) for one in board.select("select * from issue order by id")]


def test_a_boards_own_pay_that_denies_a_known_text_is_an_issue_that_stays(board: Board) -> None:
    board.night(NIGHTS[0], posting(1), posting(2))
    log = board.log(NIGHTS[1])
    known = replace(derive.dossier(posting(1, structured_pay=(PAID,)), LARKSPUR), reading=None)  # as the crawl does with a text it knows
    intake.take(board.db, log, Visit(capture("https://larkspur.example/gigs", NIGHTS[1]), (known,)))
    board.settle(log, NIGHTS[1])
    disagreement = ("pay-disagreement", "https://larkspur.example/gigs/1", True)
    assert issues(board) == [disagreement]
    board.captures["/gigs"] = board.select("select max(id) as id from capture")[0]["id"]
    log = board.log(NIGHTS[2])
    board.unchanged(log, NIGHTS[2])
    board.settle(log, NIGHTS[2])
    assert issues(board) == [disagreement]
    board.night(NIGHTS[3], posting(1))
    assert issues(board) == [(*disagreement[:2], False)]


def test_what_is_wrong_with_a_page_stays_open_while_the_page_stands_still(board: Board) -> None:
    odd = Problem("greenhouse.record", "not an object", "https://larkspur.example/gigs")
    log = board.log(NIGHTS[0])
    board.take(log, NIGHTS[0], posting(1), problems=(odd,))
    board.settle(log, NIGHTS[0])
    log = board.log(NIGHTS[1])
    board.unchanged(log, NIGHTS[1])
    board.settle(log, NIGHTS[1])
    assert issues(board) == [("greenhouse.record", odd.url, True)]
    board.night(NIGHTS[2], posting(1))
    assert issues(board) == [("greenhouse.record", odd.url, False)]


def test_a_killed_crawl_is_named_and_its_file_is_handed_over(board: Board) -> None:
    log = board.log(NIGHTS[0])
    board.take(log, NIGHTS[0], posting(1))
    board.db.execute("update crawl set warc = 'larkspur/torn.warc.gz' where id = ?", [log.crawl])
    assert settle.interrupt(board.db, "larkspur", NIGHTS[1]) == ["larkspur/torn.warc.gz"]
    (crawl,) = board.select("select outcome, failure, finished_at, reason from crawl")
    assert (crawl["outcome"], crawl["failure"], crawl["finished_at"]) == ("failed", "interrupted", NIGHTS[1])
    assert settle.interrupt(board.db, "larkspur", NIGHTS[2]) == []
    board.night(NIGHTS[2], posting(1))
    assert board.events() == []  # still the backlog


def test_history_is_of_complete_crawls_newest_first(board: Board) -> None:
    for number, night in enumerate(NIGHTS[:10], 1):
        board.night(night, *(posting(each) for each in range(number)), finished=number % 3 != 0)
    assert settle.history(board.db, "larkspur") == [10, 8, 7, 5, 4, 2, 1]


@pytest.mark.parametrize(
    ("posted", "closes", "expected"),
    [
        ("2026-11-01", "24 December 2026", ("2026-11-01", "2026-12-24")),
        ("3 days ago", None, ("2026-11-07", None)),
        ("1762300800000", None, ("2025-11-05", None)),
        ("soon", "until filled", (None, None)),
    ],
)
def test_days_are_read_from_the_boards_words(
    board: Board, posted: str, closes: str | None, expected: tuple[str | None, str | None]
) -> None:
    board.night(NIGHTS[0], posting(posted_at=posted, closes_at=closes))
    (version,) = board.select("select posted_at, posted_on, closes_on from version")
    assert (version["posted_on"], version["closes_on"]) == expected
    assert version["posted_at"] == posted
