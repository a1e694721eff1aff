"""The store: the only writer of `store.db`, through sqlite-utils. WAL, foreign keys on, one transaction for each page taken in.

The read side (plain selects that return rows) is here as well; `intake` writes what a crawl found.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler import migrations, rows
from crawler.errors import StoreError, UserMistake
from crawler.records import Problem, Reading, Source

BUSY_SECONDS = 60
HEAD = "select id from reading where text_sha256 = ? and ruleset = ?"
FINDINGS = {"pay": "id", "term": "id", "relevance": "reading_id", "party": "id"}  # the tables of a reading, and their order


def open_store(path: Path) -> Database:
    """The store at `path`, made or brought up to date. Raises StoreError if it is no database of ours or of a later schema."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    db = Database(connection)
    try:
        db.execute("pragma journal_mode=wal")
        db.execute("pragma synchronous=full")  # a commit that returned survives a power cut
        db.execute("pragma foreign_keys=on")
        _refuse_later(db)
        if migrations.store.pending(db):
            with (path.parent / f"{path.name}.lock").open("a") as turn:
                fcntl.flock(turn, fcntl.LOCK_EX)  # two first crawls at once must not both make the tables
                migrations.store.apply(db)
    except sqlite3.DatabaseError as wrong:
        raise StoreError(f"{path}: {wrong}") from wrong
    return db


def open_existing(path: Path) -> Database:
    """The store, which must be there: a command that reads would otherwise show an empty one. Raises UserMistake."""
    if not path.is_file():
        raise UserMistake(f"{path}: no store yet; run `callboard crawl` or `callboard demo`, or set data_dir")
    return open_store(path)


def _refuse_later(db: Database) -> None:
    known = {each.name for each in migrations.store._migrations}
    later = [each.name for each in migrations.store.applied(db) if each.name not in known]
    if later:
        raise StoreError(f"the store was written by a later Callboard ({later[-1]}); install that version")


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """One write transaction. It takes the write lock at once: a read that turns into a write fails when another crawl wrote meanwhile."""
    db.execute("begin immediate")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()


def select(db: Database, sql: str, values: Sequence[object] | dict[str, object] = ()) -> list[rows.Row]:
    """Rows of a query as dictionaries."""
    return [dict(row) for row in db.execute(sql, values).fetchall()]


def first(db: Database, sql: str, values: Sequence[object] | dict[str, object] = ()) -> rows.Row | None:
    """The first row of a query, or None."""
    row = db.execute(sql, values).fetchone()
    return dict(row) if row else None


def insert(db: Database, table: str, row: rows.Row) -> int:
    """Insert one row inside the open transaction; its id. Columns are the row's keys, so the table must know them all."""
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    cursor = db.execute(f'insert into "{table}" ({names}) values ({marks})', list(row.values()))
    return int(cursor.lastrowid or 0)


def keep_source(db: Database, source: Source, at: str) -> None:
    """Write down a source as its file has it now; `added_at` stays as first seen."""
    row: dict[str, Any] = {
        name: getattr(source, name)
        for name in ("id", "kind", "name", "url", "organization", "lineage", "region", "checked", "refused", "cron")
    }
    row |= {"expect_min": source.expect.min, "expect_max": source.expect.max, "invented": source.invented}
    row |= {"terms_note": source.terms_note, "robots_note": source.robots_note}
    known = first(db, "select added_at from source where id = ?", [source.id])
    db.table("source").upsert(row | {"added_at": known["added_at"] if known else at}, pk="id")


def reading(db: Database, text_sha256: str, ruleset: str) -> Reading | None:
    """The reading of a text under a ruleset, if the store has it whole."""
    head = first(db, HEAD, [text_sha256, ruleset])
    if head is None:
        return None
    found = {
        table: select(db, f'select * from "{table}" where reading_id = ? order by "{key}"', [head["id"]]) for table, key in FINDINGS.items()
    }
    return rows.reading(text_sha256, ruleset, found) if found["relevance"] else None


def is_read(db: Database, text_sha256: str, ruleset: str) -> bool:
    """Whether a text was read under a ruleset."""
    return first(db, HEAD, [text_sha256, ruleset]) is not None


def keep_text(db: Database, sha256: str, words: str, at: str) -> None:
    """Keep a text once, by its digest."""
    db.execute("insert or ignore into text (sha256, text, chars, first_seen) values (?, ?, ?, ?)", [sha256, words, len(words), at])


def keep_reading(db: Database, found: Reading, at: str) -> bool:
    """Keep a reading once for each (text, ruleset). A second ruleset over a known text is a technical upgrade, not an edit: true then."""
    head = db.execute(
        "insert or ignore into reading (text_sha256, ruleset, read_at, upgrade) values (:text, :ruleset, :at, "
        "exists (select 1 from reading where text_sha256 = :text))",
        {"text": found.text_sha256, "ruleset": found.ruleset, "at": at},
    )
    if head.rowcount != 1:
        return False
    number = int(head.lastrowid or 0)
    _keep_findings(db, number, found)
    return bool(select(db, "select upgrade from reading where id = ?", [number])[0]["upgrade"])


def replace_reading(db: Database, found: Reading) -> None:
    """Put what a text gives in the place of a stored reading that differs from it under one ruleset: the store was damaged."""
    known = select(db, HEAD, [found.text_sha256, found.ruleset])
    for table in FINDINGS:
        db.execute(f'delete from "{table}" where reading_id = ?', [known[0]["id"]])
    _keep_findings(db, int(known[0]["id"]), found)


def _keep_findings(db: Database, reading: int, found: Reading) -> None:
    key = {"reading_id": reading}
    insert(db, "relevance", key | rows.of_relevance(found.relevance))
    for offer in found.pay:
        insert(db, "pay", key | rows.of_pay(offer))
    for term in found.terms:
        insert(db, "term", key | rows.of_term(term))
    for party in found.parties:
        insert(db, "party", key | rows.of_party(party))


def keep_published(db: Database, gigs: Iterable[tuple[str, str]]) -> None:
    """Write down gigs as (id, time) when they are first published. A gig that is known keeps its time; nothing is ever taken out."""
    with transaction(db):
        db.conn.executemany("insert or ignore into published (posting_id, first_at) values (?, ?)", gigs)


def keep_problems(
    db: Database, source: str | None, crawl: int | None, problems: Iterable[Problem], at: str, posting: str | None = None
) -> None:
    """Open an issue for each problem, or count it again on the one that is open for the same source, rule and URL."""
    for problem in problems:
        where = "source_id is ? and rule = ? and url is ? and closed_at is null"
        known = first(db, f"select id from issue where {where}", [source, problem.rule, problem.url])
        if known:
            db.execute("update issue set times = times + 1, last_at = ?, crawl_id = ? where id = ?", [at, crawl, known["id"]])
            continue
        row: rows.Row = {"rule": problem.rule, "message": problem.message, "url": problem.url, "severity": problem.severity}
        row |= {"source_id": source, "crawl_id": crawl, "posting_id": posting}
        insert(db, "issue", row | {"opened_at": at, "last_at": at, "times": 1})


def close_issues(db: Database, source: str, crawl: int, at: str) -> None:
    """Close the issues of a source that a complete crawl did not meet again.

    One about a posting's own words is met when they are read, so it stays until the posting has another version or is closed.
    """
    db.execute(
        "update issue set closed_at = :at where source_id = :source and closed_at is null and crawl_id is not :crawl "
        "and crawl_id is not null and (posting_id is null or posting_id in (select posting_id from version where crawl_id = :crawl) "
        "or posting_id in (select id from posting where source_id = :source and state = 'closed'))",
        {"at": at, "source": source, "crawl": crawl},
    )
