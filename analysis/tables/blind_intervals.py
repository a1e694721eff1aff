"""When a source was not read completely: nothing is called closed then, and trends shade it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from analysis.blind import Ended, intervals
from analysis.publication import Publication

AFTER = ("crawls",)

ENDED = """
select source_id, finished_at, outcome, reason from crawls where finished_at is not null order by source_id, finished_at
"""


def fill(pub: Publication) -> None:
    """Blind intervals of every source."""
    pub.write("blind_intervals", _rows(pub.rows(ENDED), pub.now))


def _rows(crawls: Iterable[Any], now: str) -> Iterator[dict[str, object]]:
    for source, group in groupby(crawls, key=lambda row: row["source_id"]):
        for blind in intervals([Ended(row["finished_at"], row["outcome"], row["reason"]) for row in group], now):
            fields = {name: getattr(blind, name) for name in ("from_at", "to_at", "days", "crawls", "outcome", "reason")}
            yield {"source_id": source, **fields}
