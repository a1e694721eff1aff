"""The demo's clock: three fixed nights, passed in to the crawl and never slept."""

from __future__ import annotations

from datetime import UTC, datetime

NIGHTS = ("2026-11-19T02:00:00Z", "2026-11-20T02:00:00Z", "2026-11-21T02:00:00Z")
"""When each night's crawl begins: 24 hours apart, so that two misses in a row can close a posting."""


def instant(night: int) -> datetime:
    """The moment at which a night (1, 2 or 3) begins."""
    return datetime.strptime(NIGHTS[night - 1], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
