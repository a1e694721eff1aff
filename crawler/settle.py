"""The end of a crawl: its outcome is decided, and with it what the crawl says about every posting of its source.

Postings that were seen are open whatever the outcome. Only a complete crawl says anything about those that were not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from crawler import lifecycle, rows, store
from crawler.lifecycle import Standing, Tally, Verdict
from crawler.records import EventKind, Outcome, Problem, Source, State

HEALTHY = (Outcome.COMPLETE, Outcome.PARTIAL)  # a board that refuses us or has lost its postings is not taken at its word


def settle(db: Database, source: Source, crawl: int, tally: Tally, at: str, gone: Mapping[str, int] | None = None) -> Verdict:
    """Write the outcome of a crawl and move its source's postings on. gone: posting id to the 404 or 410 of its own page."""
    found = lifecycle.verdict(tally, source.expect, history(db, source.id))
    with store.transaction(db):
        _finish(db, crawl, tally, found, at)
        _seen(db, crawl)
        for posting, status in (gone or {}).items() if found.outcome in HEALTHY else ():
            _move(db, crawl, posting, at, lambda before, status=status: lifecycle.gone(before, at, status))
        if found.outcome is Outcome.COMPLETE:
            _missed(db, source.id, crawl, at, tally.whole)
            store.close_issues(db, source.id, crawl, at)
        else:
            problem = Problem(f"crawl.{found.failure or found.outcome.value}", found.reason, source.url, "error")
            store.keep_problems(db, source.id, crawl, [problem], at)
    return found


def history(db: Database, source: str) -> list[int]:
    """Postings seen by the complete crawls of a source, newest first."""
    found = store.select(
        db,
        "select seen from crawl where source_id = ? and outcome = 'complete' and coalesce(backfilled, 0) = 0 order by id desc limit ?",
        [source, lifecycle.HISTORY],
    )
    return [int(row["seen"]) for row in found]


def interrupt(db: Database, source: str, at: str) -> list[str]:
    """Name the crawls of a source that were killed: they ended as failed and closed nothing. Their WARC files, whose tails may be torn."""
    killed = store.select(db, "select id, warc from crawl where source_id = ? and outcome = 'running'", [source])
    for crawl in killed:
        db.execute(
            "update crawl set outcome = 'failed', failure = 'interrupted', reason = 'the process ended before the crawl did', "
            "finished_at = ? where id = ?",
            [at, crawl["id"]],
        )
    return [str(crawl["warc"]) for crawl in killed if crawl["warc"]]


def _finish(db: Database, crawl: int, tally: Tally, found: Verdict, at: str) -> None:
    new, changed = _counts(db, crawl)
    values: rows.Row = {"finished_at": at, "outcome": found.outcome.value, "reason": found.reason, "failure": found.failure}
    values |= {"pages": tally.pages, "seen": tally.seen, "new": new, "changed": changed}
    values |= {"errors": len(tally.listing_failures) + len(tally.posting_failures)}
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(f"update crawl set {assignments} where id = :id", values | {"id": crawl})


def _counts(db: Database, crawl: int) -> tuple[int, int]:
    found = store.first(db, "select sum(number = 1) as new, sum(number > 1) as changed from version where crawl_id = ?", [crawl])
    return (int(found["new"] or 0), int(found["changed"] or 0)) if found else (0, 0)


def _seen(db: Database, crawl: int) -> None:
    seen = store.select(
        db,
        "select s.posting_id, c.fetched_at from sighting s join capture c on c.id = s.capture_id where s.crawl_id = ?",
        [crawl],
    )
    for row in seen:
        _move(db, crawl, row["posting_id"], row["fetched_at"], lambda before, at=row["fetched_at"]: lifecycle.seen(before, at))


def _missed(db: Database, source: str, crawl: int, at: str, whole: bool) -> None:
    unseen = store.select(
        db,
        "select p.id, v.closes_on from posting p join version v on v.id = p.version_id "
        "where p.source_id = ? and p.state != 'closed' and p.id not in (select posting_id from sighting where crawl_id = ?)",
        [source, crawl],
    )
    for row in unseen:
        _move(db, crawl, row["id"], at, lambda before, closes=row["closes_on"]: lifecycle.missed(before, at, closes, whole))


def _move(db: Database, crawl: int, posting: str, at: str, step: Any) -> None:
    row = store.first(db, "select * from posting where id = ?", [posting])
    if row is None:
        return
    after, event = step(_standing(row))
    db.execute(
        "update posting set state = ?, state_reason = ?, last_seen = ?, missed = ?, missed_since = ?, closed_at = ?, last_crawl = ? "
        "where id = ?",
        [
            after.state.value,
            after.reason,
            after.last_seen,
            after.missed,
            after.missed_since,
            after.closed_at,
            crawl if after.state is State.OPEN else row["last_crawl"],
            posting,
        ],
    )
    if event is not None:
        _event(db, crawl, row, event, at, after)


def _event(db: Database, crawl: int, row: rows.Row, kind: EventKind, at: str, after: Standing) -> None:
    version = row["version_id"]
    detail = after.reason if kind is EventKind.CLOSED else f"seen again; before that: {row['state_reason']}"
    event: rows.Row = {"posting_id": row["id"], "kind": kind.value, "at": at, "crawl_id": crawl, "detail": detail}
    store.insert(db, "event", event | {"version_before": version, "version_after": version})


def _standing(row: rows.Row) -> Standing:
    return Standing(State(row["state"]), row["last_seen"], row["missed"], row["missed_since"], row["closed_at"], row["state_reason"])
