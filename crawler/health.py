"""How each source stands: last complete crawl, last outcome, seen against expected, and whether it needs a person.

A source that nobody crawls any more is as blind as one that fails, so a due time that passed twice unmet is told too: the scheduler
has died, or was never started again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawler import store, timing
from crawler.records import Source

FAILURES_IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class Health:
    """One source's standing. usual: the median of its complete crawls, or None before the first; overdue: not crawled when it was due."""

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
    overdue: bool
    needs_person: bool

    @property
    def standing(self) -> str:
        """The last outcome in words."""
        words = self.outcome if self.outcome in ("complete", "never crawled") else f"{self.outcome}: {self.reason}"
        return f"{words}; not crawled since, though it was due twice: is the scheduler running?" if self.overdue else words


def standing(db: Database, sources: Mapping[str, Source], now: datetime, unchecked: bool = False) -> list[Health]:
    """The standing of every source that was tried live and is not refused, and of every one that the store has crawled.

    What was only ever filled from archives and files has no standing: nobody crawls it. unchecked: the scheduler also crawls the
    sources that nobody has tried live.
    """
    crawled = {row["id"] for row in store.select(db, "select distinct source_id as id from crawl where coalesce(backfilled, 0) = 0")}
    ids = sorted({each.id for each in sources.values() if each.checked and not each.refused} | crawled)
    regular = {each.id: each for each in sources.values() if not each.refused and (each.checked or unchecked)}
    return [_health(db, each, sources.get(each), regular.get(each), now) for each in ids]


def _health(db: Database, source: str, known: Source | None, regular: Source | None, now: datetime) -> Health:
    crawls = store.select(
        db,
        "select outcome, reason, seen, started_at, finished_at from crawl where source_id = ? and outcome != 'running' "
        "and coalesce(backfilled, 0) = 0 order by id desc limit 30",
        [source],
    )
    complete = [row for row in crawls if row["outcome"] == "complete"]
    failures = next((number for number, row in enumerate(crawls) if row["outcome"] == "complete"), len(crawls))
    issues = store.select(db, "select severity from issue where source_id = ? and closed_at is null", [source])
    last = crawls[0] if crawls else None
    overdue = last is not None and regular is not None and timing.is_forgotten(regular, last["started_at"], now)
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
        overdue=overdue,
        needs_person=overdue or (last is not None and (failures >= FAILURES_IN_A_ROW or last["outcome"] in ("blocked", "suspicious"))),
    )


def _median(numbers: list[int]) -> float | None:
    from statistics import median

    return median(numbers) if numbers else None
