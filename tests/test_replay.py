"""Replay and verify: what is stored is what the archived pages and the texts give, and damage is found."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawls import Crawls, Place, Row
from sqlite_utils import Database

from crawler import catalog, store
from crawler import replay as replaying
from crawler.demo import server, sources
from crawler.demo.clock import NIGHTS
from crawler.findings import ruleset

pytestmark = pytest.mark.slow
BOARDS = ("greenroom-gazette", "halfmoon-audio", "lantern-row", "prompters-corner", "saltmarsh", "tidewater-motion", "brindle-and-wick")
FINDINGS = {
    "pay": "amount_min, amount_max, currency, unit, qualifiers, quantity_min, quantity_max, quantity_unit, quantity_kind, floor, quote, "
    "start, end, rule, origin, stated",
    "term": "code, polarity, quote, start, end, rule, grp",
    "relevance": "ai_training, performers, modalities, signals",
    "party": "role, name, disclosure, quote, start, end, rule",
}


@pytest.fixture(scope="module")
def two_nights(crawls: Crawls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Two nights of the sample boards that need no browser."""
    place = Place(tmp_path_factory.mktemp("replay"))
    with server.serve() as boards:
        sources.write(boards.base_url, place.sources)
        for night, now in enumerate(NIGHTS[:2], 1):
            boards.night = night
            crawls.crawl_many(place, list(BOARDS), now, per_host="8")
    yield place


@pytest.fixture
def nights(two_nights: Place, tmp_path: Path) -> Place:
    """A copy of the two nights, to be damaged."""
    shutil.copytree(two_nights.folder, tmp_path / "copy")
    return Place(tmp_path / "copy")


def findings(place: Place) -> dict[str, list[Row]]:
    """Every finding with the text that it was read from, whatever the numbers of its rows."""
    found = {}
    for table, columns in FINDINGS.items():
        named = ", ".join(f'f."{name.strip()}"' for name in columns.split(","))
        found[table] = place.rows(
            f"select r.text_sha256, {named} from {table} f join reading r on r.id = f.reading_id order by 1, f.start, f.rule"
            if table != "relevance"
            else f"select r.text_sha256, {named} from relevance f join reading r on r.id = f.reading_id order by 1"
        )
    found["structured"] = place.rows(f"select version_id, {FINDINGS['pay']} from pay where version_id is not null order by 1, rule")
    return found


def opened(place: Place) -> Database:
    """The store, to be written to."""
    return store.open_store(place.data / "store.db")


def damage(place: Place, *statements: str) -> None:
    """Change the store behind its back."""
    with sqlite3.connect(place.data / "store.db") as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement


def again(place: Place) -> replaying.Replayed:
    """Replay in this process."""
    db = opened(place)
    done = replaying.replay(db, place.data / "warc", catalog.load_all(str(place.sources)), lambda *_: None)
    db.close()
    return done


def test_a_replay_finds_what_the_crawl_found(nights: Place, crawls: Crawls) -> None:
    before, events = findings(nights), nights.rows("select * from event")
    status, said = crawls.run(nights, "replay")
    assert status == 0, said
    assert "0 read anew, 0 of them technical upgrades, 0 mended" in said and "0 give something else now, 0 unreadable" in said
    assert findings(nights) == before
    assert all(before.values())
    assert nights.rows("select * from event") == events


@pytest.mark.parametrize(
    "statements",
    [
        ("delete from term where code = 'ai_training'",),
        ("update pay set amount_max = amount_max + 1 where version_id is null and amount_max is not null",),
        ("update term set polarity = 'denied' where id in (select id from term limit 3)",),
        ("delete from party", "update relevance set ai_training = 0 where ai_training = 1"),
        ("delete from pay where reading_id is not null", "delete from relevance", "delete from term", "delete from party"),
    ],
)
def test_a_replay_rebuilds_findings_that_were_lost_or_changed(nights: Place, crawls: Crawls, statements: tuple[str, ...]) -> None:
    before = findings(nights)
    damage(nights, *statements)
    status, said = crawls.run(nights, "replay")
    assert status == 1, said
    assert findings(nights) == before
    issues = nights.rows("select * from issue where rule = 'replay.reading' and closed_at is null")
    assert len(issues) == 1 and "was not what the text gives" in issues[0]["message"]
    assert crawls.run(nights, "replay")[0] == 0
    assert nights.rows("select * from issue where rule like 'replay.%' and closed_at is null") == []


def test_another_ruleset_is_a_technical_upgrade_and_no_event(nights: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    again(nights)  # whatever the rules of this process are
    monkeypatch.setattr(ruleset, "digest", lambda: "f" * 64)
    texts = nights.one("select count(*) as n from text")["n"]
    events, versions = nights.rows("select * from event"), nights.rows("select * from version")
    done = again(nights)
    assert (done.texts, done.read_anew, done.upgraded, done.mended) == (texts, texts, texts, 0)
    assert nights.rows("select distinct upgrade from reading where ruleset = ?", "f" * 64) == [{"upgrade": 1}]
    assert nights.rows("select * from event") == events
    assert nights.rows("select * from version") == versions
    assert again(nights).read_anew == 0


def test_after_an_upgrade_of_the_rules_only_what_they_have_not_read_is_read(nights: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    again(nights)
    monkeypatch.setattr(ruleset, "digest", lambda: "f" * 64)
    texts, versions = nights.one("select count(*) as n from text")["n"], nights.rows("select * from version")
    db = opened(nights)
    first, second = (replaying.read_unread(db, lambda *_: None) for _ in range(2))
    assert (first.texts, first.upgraded, first.pages) == (texts, texts, 0)
    assert (second.texts, second.read_anew) == (0, 0)
    assert nights.rows("select * from version") == versions


def first_warc(place: Place) -> tuple[Path, Row]:
    """A WARC file and the capture in it that a version was read from."""
    row = place.rows("select * from capture where id in (select capture_id from version) order by length desc")[0]
    return place.data / "warc" / row["warc"], row


def test_a_damaged_byte_in_the_archive_is_reported(nights: Place, crawls: Crawls) -> None:
    path, row = first_warc(nights)
    data = bytearray(path.read_bytes())
    data[row["offset"] + row["length"] // 2] ^= 0x40
    path.write_bytes(data)
    status, said = crawls.run(nights, "replay")
    assert status == 1 and "1 unreadable" in said
    (issue,) = nights.rows("select * from issue where rule = 'replay.capture'")
    assert issue["url"] == row["url"] and row["warc"] in issue["message"]
    status, said = crawls.run(nights, "verify")
    assert status == 1 and f"{row['warc']} at {row['offset']}" in said


def test_a_lost_archive_file_is_reported(nights: Place, crawls: Crawls) -> None:
    path, row = first_warc(nights)
    path.unlink()
    status, said = crawls.run(nights, "verify")
    assert status == 1 and row["warc"] in said and "Traceback" not in said


def test_a_page_that_gives_another_text_now_is_an_issue_and_its_version_stands(nights: Place, crawls: Crawls) -> None:
    path = nights.sources / "saltmarsh.toml"
    path.write_text(path.read_text("utf-8").replace('organization = "', 'organization = "Other '), "utf-8")
    versions = nights.rows("select * from version")
    status, _ = crawls.run(nights, "replay")
    assert status == 1
    issues = nights.rows("select * from issue where rule = 'replay.text'")
    assert issues and {one["source_id"] for one in issues} == {"saltmarsh"}
    assert nights.rows("select * from version") == versions


def test_a_source_that_left_the_catalogue_is_no_fault(nights: Place, crawls: Crawls) -> None:
    (nights.sources / "saltmarsh.toml").unlink()
    assert crawls.run(nights, "replay")[0] == 0


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("update text set text = text || '.' where rowid = (select min(rowid) from text)", "its words do not match its digest"),
        ("update term set start = start + 1 where id = (select min(id) from term)", "its quote is not in text"),
        ("update pay set quote = 'x' where id = (select min(id) from pay where start is not null)", "its quote is not in text"),
        ("update sighting set posting_id = 'nobody' where rowid = (select min(rowid) from sighting)", "points at a missing row of posting"),
        ("update capture set sha256 = 'f' where id = (select min(capture_id) from version)", "do not match their digest"),
    ],
)
def test_verify_tells_each_fault(nights: Place, crawls: Crawls, statement: str, fault: str) -> None:
    damage(nights, statement)
    status, said = crawls.run(nights, "verify")
    assert status == 1
    assert fault in said and said.splitlines()[-1].endswith("faults")


def test_verify_tells_a_torn_archive(nights: Place, crawls: Crawls) -> None:
    path = nights.warcs("saltmarsh")[-1]
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08 half a record")
    status, said = crawls.run(nights, "verify")
    assert status == 1 and f"{path}: its last 17 bytes are no whole record" in said
