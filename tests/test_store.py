"""The store: made once, kept whole, refused when it is of a later Callboard; texts and readings once; issues opened and closed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from kind_reading import source
from sqlite_utils import Database

from crawler import migrations, store
from crawler.errors import StoreError
from crawler.findings.reading import read
from crawler.records import Expect, Problem

AT, LATER = "2026-11-19T02:00:00Z", "2026-11-20T02:00:00Z"
WORDS = "Voice actors to train our AI model\nLarkspur Voices (invented)\n\nPay: $50 per hour, two hours guaranteed.\n"
WORDS += "You grant us a perpetual licence."


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A new store with one source and two crawls of it."""
    opened = store.open_store(tmp_path / "store.db")
    store.keep_source(opened, replace(source("greenhouse", board="b"), id="larkspur"), AT)
    with store.transaction(opened):
        for _ in range(2):
            store.insert(opened, "crawl", {"source_id": "larkspur", "started_at": AT, "outcome": "running"})
    yield opened
    opened.close()


def count(db: Database, table: str) -> int:
    """Rows of a table."""
    return int(store.select(db, f"select count(*) as n from {table}")[0]["n"])


def test_a_new_store_is_in_wal_with_foreign_keys(db: Database) -> None:
    assert db.execute("pragma journal_mode").fetchone()[0] == "wal"
    assert db.execute("pragma foreign_keys").fetchone()[0] == 1
    assert {"source", "crawl", "capture", "text", "posting", "version", "reading", "pay", "term", "event", "issue"} <= set(db.table_names())


def test_a_row_that_points_nowhere_is_refused(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.transaction(db):
        store.insert(db, "posting", {"id": "abc", "source_id": "nobody"})
    assert count(db, "posting") == 0


def test_every_foreign_key_has_an_index_or_is_a_key(db: Database) -> None:
    bare = []
    for table in db.table_names():
        leading = {index.columns[0] for index in db.table(table).indexes} | {db.table(table).pks[0]}
        bare += [f"{table}.{key.column}" for key in db.table(table).foreign_keys if key.column not in leading]
    assert set(bare) <= {"capture.revisit_of", "document.capture_id", "issue.crawl_id"}  # nothing is looked up by these


def test_opening_again_changes_nothing(db: Database, tmp_path: Path) -> None:
    again = store.open_store(tmp_path / "store.db")
    assert count(again, "source") == 1
    assert again.schema == db.schema
    again.close()


def test_two_processes_may_make_the_store_at_once(tmp_path: Path) -> None:
    code = f"from pathlib import Path; from crawler import store; store.open_store(Path({str(tmp_path / 'x' / 'store.db')!r})).close()"
    both = [subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[1]) for _ in range(3)]
    assert [one.wait(60) for one in both] == [0, 0, 0]


def test_a_store_of_a_later_callboard_is_refused(db: Database, tmp_path: Path) -> None:
    db.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('callboard-store', 'm999_tomorrow', '2030-01-01')")
    with pytest.raises(StoreError, match=r"written by a later Callboard \(m999_tomorrow\); install that version"):
        store.open_store(tmp_path / "store.db")


@pytest.mark.parametrize("content", [b"no database, and too long for an empty one" * 30, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_store_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.db").write_bytes(content)
    with pytest.raises(StoreError, match=r"store\.db"):
        store.open_store(tmp_path / "store.db")


def test_migrations_have_one_order_and_a_word_each() -> None:
    names = [each.name for each in migrations.store._migrations]
    assert names == sorted(names) and len(set(names)) == len(names)
    assert all(name.startswith(f"m{number:03}_") for number, name in enumerate(names, 1))


def test_a_transaction_that_fails_leaves_nothing(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction(db):
        store.keep_text(db, "a" * 64, "words", AT)
        _ = 1 / 0
    assert count(db, "text") == 0
    with store.transaction(db):
        store.keep_text(db, "a" * 64, "words", AT)
    assert count(db, "text") == 1


def test_a_transaction_is_seen_by_others_only_when_it_ends(db: Database, tmp_path: Path) -> None:
    other = store.open_store(tmp_path / "store.db")
    with store.transaction(db):
        store.keep_text(db, "a" * 64, "words", AT)
        assert count(other, "text") == 0
    assert count(other, "text") == 1
    other.close()


def test_a_source_keeps_the_day_it_was_added(db: Database) -> None:
    changed = replace(source("lever", site="s"), id="larkspur", expect=Expect(7, 90))
    store.keep_source(db, changed, LATER)
    (row,) = store.select(db, "select kind, added_at, expect_min, expect_max, invented from source")
    assert row == {"kind": "lever", "added_at": AT, "expect_min": 7, "expect_max": 90, "invented": 1}


def test_a_text_and_its_reading_are_kept_once_and_come_back_as_they_were(db: Database) -> None:
    found = read(WORDS)
    with store.transaction(db):
        store.keep_text(db, found.text_sha256, WORDS, AT)
        store.keep_text(db, found.text_sha256, WORDS, LATER)
        assert [store.keep_reading(db, found, AT), store.keep_reading(db, found, LATER)] == [False, False]
    assert store.reading(db, found.text_sha256, found.ruleset) == found
    assert store.reading(db, found.text_sha256, "other") is None
    assert store.is_read(db, found.text_sha256, found.ruleset) and not store.is_read(db, found.text_sha256, "other")
    assert store.select(db, "select first_seen, chars from text") == [{"first_seen": AT, "chars": len(WORDS)}]
    assert found.pay and found.terms and found.relevance.signals


def test_a_second_ruleset_is_an_upgrade(db: Database) -> None:
    found = read(WORDS)
    other = replace(found, ruleset="f" * 64, terms=found.terms[:1])
    with store.transaction(db):
        store.keep_text(db, found.text_sha256, WORDS, AT)
        assert [store.keep_reading(db, found, AT), store.keep_reading(db, other, LATER)] == [False, True]
    assert store.reading(db, found.text_sha256, found.ruleset) == found
    assert store.reading(db, found.text_sha256, "f" * 64) == other


def test_a_damaged_reading_is_replaced(db: Database) -> None:
    found = read(WORDS)
    with store.transaction(db):
        store.keep_text(db, found.text_sha256, WORDS, AT)
        store.keep_reading(db, replace(found, terms=()), AT)
        store.replace_reading(db, found)
    assert store.reading(db, found.text_sha256, found.ruleset) == found
    assert count(db, "reading") == 1


def met(db: Database, crawl: int, at: str, *problems: Problem) -> None:
    """A crawl that meets problems."""
    with store.transaction(db):
        store.keep_problems(db, "larkspur", crawl, problems, at)


HERE, THERE = Problem("page.http_503", "503", "https://x.example/a"), Problem("page.http_503", "503", "https://x.example/b")


def test_a_problem_met_again_is_counted_on_its_issue(db: Database) -> None:
    met(db, 1, AT, HERE, THERE)
    met(db, 2, LATER, HERE)
    found = store.select(db, "select url, times, opened_at, last_at, crawl_id from issue order by id")
    assert [(one["times"], one["opened_at"], one["last_at"], one["crawl_id"]) for one in found] == [(2, AT, LATER, 2), (1, AT, AT, 1)]


def test_an_issue_that_a_complete_crawl_does_not_meet_is_closed_and_a_new_one_is_new(db: Database) -> None:
    met(db, 1, AT, HERE, THERE)
    met(db, 2, LATER, HERE)
    with store.transaction(db):
        store.close_issues(db, "larkspur", 2, LATER)
    assert [one["closed_at"] for one in store.select(db, "select closed_at from issue order by id")] == [None, LATER]
    met(db, 2, LATER, THERE)
    assert count(db, "issue") == 3


def test_problems_without_an_address_are_told_apart_by_their_rule(db: Database) -> None:
    met(db, 1, AT, Problem("a.b", "one"), Problem("a.c", "two"), Problem("a.b", "one again"))
    assert [one["times"] for one in store.select(db, "select times from issue order by id")] == [2, 1]
