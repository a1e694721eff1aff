"""Blind intervals of one source, from the outcomes of its crawls. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from crawler.records import Outcome


@dataclass(frozen=True, slots=True)
class Ended:
    """A crawl that ended: when (ISO 8601 UTC), with which outcome and why."""

    at: str
    outcome: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Blind:
    """A stretch between two complete crawls in which others failed. from_at: None if none was complete before; to_at: None if not over.

    days: length in days; outcome and reason are those of the first crawl that failed.
    """

    from_at: str | None
    to_at: str | None
    days: float
    crawls: int
    outcome: str
    reason: str | None


def intervals(crawls: Iterable[Ended], now: str) -> Iterator[Blind]:
    """The blind intervals of one source, oldest first. crawls: oldest first; now: the end of an interval that is not over."""
    last: str | None = None
    failed: list[Ended] = []
    for crawl in crawls:
        if crawl.outcome != Outcome.COMPLETE:
            failed.append(crawl)
            continue
        if failed:
            yield _blind(last, failed, crawl.at, crawl.at)
        last, failed = crawl.at, []
    if failed:
        yield _blind(last, failed, None, now)


def _blind(last: str | None, failed: list[Ended], to_at: str | None, end: str) -> Blind:
    days = days_between(last or failed[0].at, end)
    return Blind(last, to_at, round(days, 2), len(failed), failed[0].outcome, failed[0].reason)


def days_between(start: str, end: str) -> float:
    """Days between two times, ISO 8601 UTC."""
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / 86400
