"""A WARC file shaped like Common Crawl's, taken in: rate and memory, and that a second run leaves every row as it was.

10,000 pages with CALLBOARD_TEST_PAGES=10000; fewer by default, so that the suite stays quick. One page in ten has a posting.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from archives import common_crawl, tables, write
from crawls import ROOT, Place

pytestmark = pytest.mark.slow
PAGES = int(os.environ.get("CALLBOARD_TEST_PAGES", "1500"))
LEAST_RATE = 20.0  # pages a second with one posting in ten; ten times that were measured
MOST_GROWTH = 60_000  # kilobytes that ten times the pages may cost more
RUN = (
    "import resource, sys; from crawler import cli\n"
    "try: cli.crawl_side(sys.argv[1:])\n"
    "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


@dataclass(frozen=True)
class Run:
    """What a backfill said, how long it took in seconds, and the most memory it held in kilobytes."""

    said: str
    seconds: float
    memory: int


def backfill(place: Place, file: Path) -> Run:
    place.sources.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", RUN, "backfill", "warc", str(file)]
    environment = {key: value for key, value in place.environment().items() if key != "CALLBOARD_TEST_PAGES"}
    begin = time.monotonic()
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=900, check=True)
    said, memory = done.stdout.strip().splitlines()[-2:]
    return Run(said, time.monotonic() - begin, int(memory))


def rows(place: Place) -> list[object]:
    return [place.rows(f"select * from {name} order by 1, 2") for name in tables()]


@pytest.mark.timeout(1800)
def test_a_common_crawl_file_is_taken_in_at_a_rate_in_constant_memory_and_once(tmp_path: Path) -> None:
    small = backfill(Place(tmp_path / "small"), write(tmp_path / "small.warc.gz", common_crawl(PAGES // 10)))
    file, place = write(tmp_path / "big.warc.gz", common_crawl(PAGES)), Place(tmp_path / "big")
    big = backfill(place, file)
    before = rows(place)
    again = backfill(place, file)
    print(f"{PAGES} pages, {file.stat().st_size / 1e6:.0f} MB: {PAGES / big.seconds:.0f} pages a second, {big.memory / 1000:.0f} MB held")
    print(f"{PAGES // 10} pages: {small.memory / 1000:.0f} MB held; a second run: {PAGES / again.seconds:.0f} pages a second")
    assert f"{PAGES // 10} postings never heard of" in big.said
    assert place.one("select count(*) as n from posting where backfilled = 1 and state = 'closed'")["n"] == PAGES // 10
    assert rows(place) == before
    assert big.memory - small.memory < MOST_GROWTH
    assert big.seconds < PAGES / LEAST_RATE + 10
