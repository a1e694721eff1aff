"""How each source stands: last complete crawl, last outcome, seen against expected, and whether it needs a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from crawler import store
from crawler.records import Source

FAILURES_IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class Health:
    """One source's standing. usual: the median of its complete crawls, or None before the first."""

    source: str
    kind: str
    last_complete: str | None
    outcome: str
    reason: str
    seen: int | None
    usual: float | None
    expect_min: int
    failures: int
    issues: int
    needs_person: bool


def standing(db: Database, sources: Mapping[str, Source]) -> list[Health]:
    """The standing of every source that was tried live and is not refused, and of every one that the store has crawled."""
    crawled = {row["id"] for row in store.select(db, "select distinct source_id as id from crawl")}
    ids = sorted({each.id for each in sources.values() if each.checked and not each.refused} | crawled)
    return [_health(db, each, sources.get(each)) for each in ids]


def _health(db: Database, source: str, known: Source | None) -> Health:
    crawls = store.select(
        db,
        "select outcome, reason, seen, finished_at from crawl where source_id = ? and outcome != 'running' "
        "and coalesce(backfilled, 0) = 0 order by id desc limit 30",
        [source],
    )
    complete = [row for row in crawls if row["outcome"] == "complete"]
    failures = next((number for number, row in enumerate(crawls) if row["outcome"] == "complete"), len(crawls))
    issues = store.select(db, "select severity from issue where source_id = ? and closed_at is null", [source])
    last = crawls[0] if crawls else None
    return Health(
        source=source,
        kind=known.kind if known else "not in the catalogue",
        last_complete=complete[0]["finished_at"] if complete else None,
        outcome=last["outcome"] if last else "never crawled",
        reason=last["reason"] if last else "",
        seen=last["seen"] if last else None,
        usual=_median([row["seen"] for row in complete[:7]]),
        expect_min=known.expect.min if known else 0,
        failures=failures,
        issues=len(issues),
        needs_person=last is not None and (failures >= FAILURES_IN_A_ROW or last["outcome"] in ("blocked", "suspicious")),
    )


def _median(numbers: list[int]) -> float | None:
    from statistics import median

    return median(numbers) if numbers else None
