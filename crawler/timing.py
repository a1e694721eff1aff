"""When a source is to be crawled: its cron, read by APScheduler, and whether a due time has passed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.clock import moment
from crawler.errors import ConfigError
from crawler.records import Source

JITTER_SECONDS = 600
PATIENCE = timedelta(hours=6)  # for crawls that wait for their turn
WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def times(source: Source) -> Any:
    """When a source is to be crawled, in UTC. Raises ConfigError for a cron that names no time."""
    from apscheduler.triggers.cron import CronTrigger

    *day, weekday = source.cron.split()
    try:
        return CronTrigger.from_crontab(" ".join([*day, weekdays(weekday)]), timezone=UTC)
    except ValueError as wrong:
        raise ConfigError(f"source {source.id}: cron {source.cron}: {wrong}; write minute, hour, day, month, weekday") from wrong


def weekdays(field: str) -> str:
    """Weekdays of a cron by name, since APScheduler counts them from Monday and cron from Sunday."""
    named = []
    for part in field.split(","):
        found = re.fullmatch(r"([0-7])(?:-([0-7]))?", part)
        named += WEEKDAYS[int(found[1]) : int(found[2] or found[1]) + 1] if found else [part]
    return ",".join(named)


def is_due(source: Source, last: str | None, now: datetime) -> bool:
    """Whether a source should have been crawled since its last crawl began: missed runs are made up for once."""
    since = moment(last) if last else now - timedelta(days=7)
    due = times(source).get_next_fire_time(None, since + timedelta(seconds=JITTER_SECONDS))
    return due is not None and due <= now


def is_forgotten(source: Source, last: str, now: datetime) -> bool:
    """Whether two due times have passed since the last crawl of a source began, the later of them by more than `PATIENCE`."""
    first = times(source).get_next_fire_time(None, moment(last) + timedelta(seconds=JITTER_SECONDS))
    second = first and times(source).get_next_fire_time(first, first + timedelta(seconds=1))
    return second is not None and second + PATIENCE <= now
