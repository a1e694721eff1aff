"""Boards that break down, refuse us or lie, over loopback: how the crawl ends, what is written down, and that nothing is closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from crawls import Crawls, Place
from hostile import CASES, HARMLESS, Case, source_of, start
from loopback import Board, board
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

pytestmark = pytest.mark.slow
NIGHTS = [f"2026-11-{day}T02:00:00Z" for day in (19, 20, 21, 22)]
LIMITS = {"max_body": "2000000", "timeout": "1.5", "page_limit": "25", "per_host": "8"}
EVERY = CASES + HARMLESS


@dataclass(frozen=True)
class Nights:
    """Four nights: a good one, two hostile ones, a good one."""

    place: Place
    site: Board

    def crawl(self, case: Case, night: int) -> dict[str, object]:
        """How a case's crawl ended on a night."""
        return self.place.rows("select * from crawl where source_id = ? order by id", case.name)[night - 1]


@pytest.fixture(scope="module")
def nights(crawls: Crawls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    """Every case on one board, crawled for four nights."""
    place = Place(tmp_path_factory.mktemp("hostile"))
    with board() as site:
        for case in EVERY:
            kind, settings = source_of(case, site.url)
            place.source(case.name, kind, site.url, settings, organization="Larkspur Voices")
        for night, now in enumerate(NIGHTS, 1):
            for case in EVERY:
                start(case, site)
                if night in (2, 3):
                    case.serve(site, f"/{case.name}")
            crawls.crawl_many(place, [case.name for case in EVERY], now, **LIMITS)
        yield Nights(place, site)


def named(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("night", [2, 3])
@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_outcome_says_what_happened(nights: Nights, case: Case, night: int) -> None:
    ended = nights.crawl(case, night)
    assert (ended["outcome"], ended["failure"]) == (case.outcome, case.failure), ended["reason"]
    assert ended["reason"] and ended["finished_at"]


@pytest.mark.parametrize("case", CASES, ids=named)
def test_nothing_is_closed_or_doubted_or_edited(nights: Nights, case: Case) -> None:
    found = nights.place.rows("select state, missed from posting where source_id = ?", case.name)
    assert [(one["state"], one["missed"]) for one in found] == [("open", 0), ("open", 0)]
    assert nights.place.rows("select * from event e join posting p on p.id = e.posting_id where p.source_id = ?", case.name) == []
    versions = nights.place.rows("select v.id from version v join posting p on p.id = v.posting_id where p.source_id = ?", case.name)
    assert len(versions) == 2


@pytest.mark.parametrize("case", CASES, ids=named)
def test_an_issue_names_source_address_and_rule(nights: Nights, case: Case) -> None:
    found = nights.place.rows("select * from issue where source_id = ? and rule = ?", case.name, case.rule)
    assert found, nights.place.rows("select rule, message from issue where source_id = ?", case.name)
    assert all(one["url"].startswith(nights.site.url) and one["message"] for one in found)
    assert found[0]["last_at"] >= NIGHTS[2]  # on both nights


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_issue_is_closed_when_all_is_well_again(nights: Nights, case: Case) -> None:
    assert nights.crawl(case, 4)["outcome"] == "complete"
    assert nights.place.issues(case.name) == []


@pytest.mark.parametrize("case", [case for case in CASES if case.kept], ids=named)
def test_the_answer_is_kept(nights: Nights, case: Case) -> None:
    crawl = nights.crawl(case, 2)
    found = nights.place.rows("select * from capture where crawl_id = ?", crawl["id"])
    assert found
    with (nights.place.data / "warc" / found[0]["warc"]).open("rb") as file:
        kept = {record.rec_headers["WARC-Target-URI"] for record in ArchiveIterator(file) if record.rec_type in ("response", "revisit")}
    assert {one["url"] for one in found} <= kept


@pytest.mark.parametrize("case", HARMLESS, ids=named)
def test_what_is_only_odd_is_read(nights: Nights, case: Case) -> None:
    assert [nights.crawl(case, night)["outcome"] for night in (1, 2, 3, 4)] == ["complete"] * 4
    found = nights.place.rows("select state from posting where source_id = ?", case.name)
    assert [one["state"] for one in found] == ["open", "open"]
    assert nights.place.rows("select * from event e join posting p on p.id = e.posting_id where p.source_id = ?", case.name) == []
    rules = {one["rule"] for one in nights.place.rows("select rule from issue where source_id = ?", case.name)}
    assert rules == ({case.rule} if case.rule else set())


def test_verify_is_clean_after_all_this(nights: Nights, crawls: Crawls) -> None:
    status, said = crawls.run(nights.place, "verify")
    assert (status, said.splitlines()[-1]) == (0, "clean"), said
