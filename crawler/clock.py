"""Time as text: ISO 8601 in UTC to the second, ending in Z. The only place that reads the machine's clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], str]


def iso(moment: datetime) -> str:
    """`2026-11-21T02:14:07Z` for any aware datetime."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """The aware datetime of an ISO text; a bare date is its midnight in UTC. Raises ValueError on anything else."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def now() -> str:
    """The present, as text."""
    return iso(datetime.now(UTC))


def running_from(start: str | None) -> Clock:
    """A clock that starts at `start` and runs on, or the machine's own. The demo's nights are crawled on such a clock."""
    if start is None:
        return now
    begin, zero = moment(start), time.monotonic()
    return lambda: iso(begin + timedelta(seconds=time.monotonic() - zero))


def hours_between(earlier: str, later: str) -> float:
    """Hours from one ISO time to another."""
    return (moment(later) - moment(earlier)).total_seconds() / 3600
