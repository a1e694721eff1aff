"""The figures of a month beside those of the month before: counts, medians, shares, each with n and interval."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from analysis.report_tables import Column, Filled, Row, Section

SECTION = Section(
    "figures",
    "The month in figures",
    "Gigs that were already there when a source was first crawled are left out of all but the closed and changed ones.",
    (
        Column("title", "Figure"),
        Column("value", "Value", "unit"),
        Column("low", "95 % from", "unit"),
        Column("high", "to", "unit"),
        Column("n", "n", "whole"),
        Column("employers", "Posters", "whole"),
        Column("before", "Month before", "unit"),
        Column("unit", "Unit"),
        Column("shown", "Shown", "whole"),
    ),
    "",
)
COUNTS = {
    "Gigs first seen": "postings where first_month = ? and not backlog",
    "Gigs found closed": "(select distinct posting_id from events where month = ? and kind = 'closed')",
    "Gigs changed without notice": "(select distinct posting_id from events where month = ? and posting_id is not null and kind in "
    "('text_edited', 'pay_changed', 'term_added', 'term_removed', 'promise_removed'))",
    "Promises removed": "events where month = ? and kind = 'promise_removed'",
}
MEDIANS = {"floor_usd": ("Median guaranteed pay", "USD"), "hourly_usd": ("Median hourly pay", "USD")}
MEDIANS |= {"hourly_real": ("Median hourly pay in real terms", "USD"), "scale_ratio": ("Median pay against scale", "times scale")}
SHARES = {("perpetual", "granted"): "Take rights for ever", ("irrevocable", "granted"): "Cannot be taken back"}
SHARES |= {("withdrawal", "silent"): "Say nothing about withdrawal", ("deletion_right", "silent"): "Say nothing about deletion"}
SHARES |= {("retention_period", "silent"): "Say nothing about how long recordings are kept"}


def figures(db: sqlite3.Connection, month: str) -> Filled:
    """The table of figures for a month, YYYY-MM."""
    return Filled(SECTION, tuple(_rows(db, month, before(month))))


def before(month: str) -> str:
    """`2026-01` to `2025-12`."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year - (number == 1):04d}-{(number - 2) % 12 + 1:02d}"


def _rows(db: sqlite3.Connection, month: str, last: str) -> Iterator[dict[str, Any]]:
    first = db.execute("select substr(min(finished_at), 1, 7) from crawls").fetchone()[0]
    for title, sql in COUNTS.items():
        counted = [_count(db, sql, each) if each >= first else None for each in (month, last)]
        yield {
            "title": title,
            "value": counted[0],
            "before": counted[1],
            "unit": "gigs" if title.startswith("Gigs") else "promises",
            "shown": 1,
        }
    for measure, (title, unit) in MEDIANS.items():
        now, then = (_cell(db, "trend_monthly", each, "measure", measure) for each in (month, last))
        yield {"title": title, "unit": unit} | _figure(now, then, "median", "low", "high")
    for (code, column), title in SHARES.items():
        now, then = (_cell(db, "silence_monthly", each, "code", code) for each in (month, last))
        yield {"title": title, "unit": "share"} | _figure(now, then, column, f"{column}_low", f"{column}_high")


def _count(db: sqlite3.Connection, sql: str, month: str) -> int:
    return int(db.execute(f"select count(*) from {sql}", [month]).fetchone()[0])


def _figure(now: Row | None, then: Row | None, value: str, low: str, high: str) -> dict[str, Any]:
    if now is None:
        return {"n": 0, "employers": 0, "shown": 0, "before": then[value] if then else None}
    made = {"value": now[value], "low": now[low], "high": now[high], "n": now["n"], "employers": now["employers"]}
    return made | {"shown": now["shown"], "before": then[value] if then else None}


def _cell(db: sqlite3.Connection, table: str, month: str, column: str, value: str) -> Row | None:
    more = " and licence = 'all'" if table == "silence_monthly" else ""
    sql = f"select * from {table} where month = ? and {column} = ? and cut = 'all' and panel = 'all'{more}"
    row = db.execute(sql, [month, value]).fetchone()
    return dict(row) if row else None
