"""Three nights of the sample boards through the real crawl: every event that the story tells is there, and no closure that it does not.

`crawler/demo/expected.toml` is the source of truth; `story` works out the edits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from crawls import Crawls, Place, Row

from crawler.demo import load, server, sources, story
from crawler.demo.clock import NIGHTS
from crawler.records import EventKind
from crawler.spiders._address import part

pytestmark = [pytest.mark.slow, pytest.mark.browser]
STORY = story.story()
OPENING = (EventKind.NEW.value, EventKind.RELISTED.value)


@dataclass(frozen=True)
class Told:
    """The three nights as the store has them. rerun: rows of the main tables before and after a second run of night three."""

    place: Place
    rerun: tuple[dict[str, int], dict[str, int]]

    def events(self, board: str, native_id: str, night: int) -> list[Row]:
        """The events of one posting on one night."""
        return self.place.rows(
            "select e.*, substr(e.at, 1, 10) as day, d.title as paper from event e join posting p on p.id = e.posting_id "
            "left join document d on d.id = e.document_id "
            "where p.source_id = ? and (p.native_id = ? or p.url like '%/' || ?) and day = ?",
            board, native_id, part(native_id), NIGHTS[night - 1][:10],
        )  # fmt: skip


def counts(place: Place) -> dict[str, int]:
    """How many rows the tables of findings have."""
    tables = ("posting", "version", "text", "reading", "event", "document", "issue")
    return {table: place.one(f"select count(*) as n from {table}")["n"] for table in tables}


@pytest.fixture(scope="module")
def told(crawls: Crawls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The sample boards, crawled for three nights and once more on the third."""
    place = Place(tmp_path_factory.mktemp("nights"))
    with server.serve() as boards:
        names = [path.stem for path in sources.write(boards.base_url, place.sources)]
        for night, now in enumerate(NIGHTS, 1):
            boards.night = night
            crawls.crawl_many(place, names, now, per_host="8")
        before = counts(place)
        crawls.crawl_many(place, names, NIGHTS[2].replace("T02", "T03"), per_host="8")
        yield Told(place, (before, counts(place)))


@pytest.mark.parametrize("seen", STORY.crawls, ids=lambda seen: f"{seen.board}-{seen.night}")
def test_every_crawl_ends_as_the_story_says(told: Told, seen: story.CrawlSeen) -> None:
    crawls = told.place.rows("select outcome, seen, reason from crawl where source_id = ? order by id", seen.board)
    ended = crawls[seen.night - 1]
    assert (ended["outcome"], ended["seen"]) == (seen.outcome.value, seen.seen), ended["reason"]


@pytest.mark.parametrize("event", STORY.events, ids=lambda one: f"{one.slug}-{one.night}-{one.kind.value}-{one.code or ''}")
def test_every_event_of_the_story_is_there_on_its_night(told: Told, event: story.Expected) -> None:
    found = told.events(event.board, event.native_id, event.night)
    told_of = [(one["kind"], one["code"]) for one in found if event.paper is None or one["document_id"]]
    assert (event.kind.value, event.code) in [(kind, code if event.code else None) for kind, code in told_of], event.why


@pytest.mark.parametrize("quiet", STORY.quiet, ids=lambda one: f"{one.slug}-{one.night}")
def test_where_nothing_happened_there_is_no_event(told: Told, quiet: story.Quiet) -> None:
    assert [one["kind"] for one in told.events(quiet.board, quiet.native_id, quiet.night)] == [], quiet.why


@pytest.mark.parametrize("kind", [EventKind.CLOSED, EventKind.REOPENED, EventKind.RELISTED, EventKind.NEW])
def test_nothing_comes_or_goes_that_the_story_does_not_tell(told: Told, kind: EventKind) -> None:
    found = told.place.rows(
        "select p.source_id, coalesce(p.native_id, p.url) as name, substr(e.at, 1, 10) as day from event e "
        "join posting p on p.id = e.posting_id where e.kind = ?",
        kind.value,
    )
    happened = {(one["source_id"], one["name"].rstrip("/").rsplit("/", 1)[-1], one["day"]) for one in found}
    expected = {(one.board, one.native_id, NIGHTS[one.night - 1][:10]) for one in STORY.events if one.kind is kind}
    assert happened == expected
    assert len(found) == len(expected)


def test_night_one_is_backlog_and_makes_no_event(told: Told) -> None:
    assert told.place.rows("select * from event where at < ?", NIGHTS[1]) == []
    assert told.place.one("select count(*) as n from posting where backlog")["n"] >= 60


def test_no_edit_is_told_where_no_word_changed(told: Told) -> None:
    wrong = "select e.id from event e join version a on a.id = e.version_before join version b on b.id = e.version_after "
    assert told.place.rows(wrong + "where e.kind = 'text_edited' and a.text_sha256 = b.text_sha256") == []
    edits = {(one.board, one.native_id) for one in STORY.events if one.kind is EventKind.TEXT_EDITED}
    assert told.place.one("select count(*) as n from version where number > 1")["n"] >= len(edits)


@pytest.mark.parametrize(
    ("board", "outcome", "failure", "reason"),
    [
        ("brindle-and-wick", "failed", "http_503", "no listing could be read: it answered 503"),
        ("tidewater-motion", "suspicious", "empty", "0 postings seen, at least"),
    ],
)
def test_the_board_that_is_down_and_the_empty_one_close_nothing(told: Told, board: str, outcome: str, failure: str, reason: str) -> None:
    second = told.place.rows("select * from crawl where source_id = ? order by id", board)[1]
    assert (second["outcome"], second["failure"]) == (outcome, failure)
    assert second["reason"].startswith(reason)
    assert told.place.rows("select * from event where crawl_id = ?", second["id"]) == []
    rule = f"crawl.{failure}"
    (issue,) = told.place.rows("select * from issue where source_id = ? and rule = ?", board, rule)
    assert issue["message"].startswith(reason) and issue["closed_at"]


def state(told: Told, board: str, slug: str) -> Row:
    """A posting by its file's name."""
    sample = next(one for known in load.boards() if known.id == board for one in known.samples if one.slug == slug)
    name = next(sheet.native_id for sheet in sample.nights if sheet)
    return told.place.one("select * from posting where source_id = ? and (native_id = ? or url like '%/' || ?)", board, name, name)


@pytest.mark.parametrize(
    ("board", "slug", "now", "words"),
    [
        ("saltmarsh", "older-faces", "closed", "absent from 2 complete crawls since 19 November 2026 02:0"),
        ("prompters-corner", "puppeteers", "closed", "its own page answers 410; last seen 19 November 2026"),
        ("tidewater-motion", "stunt-fall-library", "open", "last seen 21 November 2026"),
    ],
)
def test_every_state_has_words(told: Told, board: str, slug: str, now: str, words: str) -> None:
    found = state(told, board, slug)
    assert found["state"] == now
    assert words in found["state_reason"]


def test_no_posting_is_without_words(told: Told) -> None:
    assert told.place.rows("select id from posting where state_reason is null or state_reason not like '%last seen%'") == []


def test_a_second_run_of_the_same_night_adds_nothing(told: Told) -> None:
    before, after = told.rerun
    assert before == after


def test_every_rendered_page_has_its_bytes_its_dom_and_its_picture(told: Told) -> None:
    pages = told.place.rows("select id from capture where source_id = 'understudy-exchange' and parent is null and role != 'robots'")
    parts = told.place.rows(
        "select parent, group_concat(role) as roles from (select * from capture where parent is not null order by role) group by parent"
    )
    assert {one["id"] for one in pages} == {one["parent"] for one in parts}
    assert {one["roles"] for one in parts} == {"dom,screenshot"}


def test_verify_is_clean_after_the_nights(told: Told, crawls: Crawls) -> None:
    status, said = crawls.run(told.place, "verify")
    assert (status, said.splitlines()[-1]) == (0, "clean"), said
