"""The full pipeline crawl against the peer on the same pages, and a night on which nothing changed against the first crawl."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.pages import served

SOURCE = """id = "bench"
kind = "jsonld"
name = "Bench board (invented)"
url = "{base}/jobs"
lineage = "board"
invented = true
[settings]
listing = "{base}/jobs"
link_pattern = "/job/"
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU and of wall time of one process."""

    cpu: float
    wall: float


def run(pages: int, rounds: int) -> list[str]:
    """Crawl `pages` pages `rounds` times with each tool in turn; the lines to print. Start-up is taken off by a first crawl
    of one page, and by a second one where nothing changed."""
    ours, peers, again, sizes = [], [], [], []
    with served(pages) as (base, site), served(1) as (tiny, _):
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                peers.append(_peer(base, Path(folder)).cpu - _peer(tiny, Path(folder)).cpu)
            with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
                start, whole = _ours(tiny, Path(other)).cpu, site.sent
                ours.append(_ours(base, Path(folder)).cpu - start)
                first, site.sent = site.sent - whole, 0
                again.append(_ours(base, Path(folder)).cpu - _ours(tiny, Path(other)).cpu)
                sizes.append(site.sent / first)
    return _report(pages, ours, peers, again, sizes)


def _report(pages: int, ours: list[float], peers: list[float], again: list[float], sizes: list[float]) -> list[str]:
    mine, theirs, unchanged = (statistics.median(each) for each in (ours, peers, again))
    rates = [peer / own for own, peer in zip(ours, peers, strict=True)]
    return [
        f"Scrapy + parsel + JSON lines: {1000 * theirs / pages:.2f} ms CPU a page, {pages / theirs:.0f} pages/s",
        f"Callboard, everything:        {1000 * mine / pages:.2f} ms CPU a page, {pages / mine:.0f} pages/s",
        f"rate against the peer: {statistics.median(rates):.2f} ({min(rates):.2f} to {max(rates):.2f}); budget at least 1.2",
        f"a night without a change: {unchanged / mine:.2f} of the first crawl's CPU (budget 0.30), "
        f"{statistics.median(sizes):.3f} of its bytes (budget 0.02)",
    ]


def _peer(base: str, folder: Path) -> Cost:
    spider = Path(__file__).parent / "peer_spider.py"
    out = folder / "peer.jsonl"
    return _timed(
        [sys.executable, "-m", "scrapy", "runspider", str(spider), "-a", f"base={base}", "-O", str(out), "-L", "ERROR"], {}, folder
    )


def _ours(base: str, folder: Path) -> Cost:
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    (sources / "bench.toml").write_text(SOURCE.format(base=base), "utf-8")
    settings = {"DATA_DIR": str(folder), "SOURCES_DIR": str(sources), "DELAY": "0", "PER_HOST": "8", "PAGE_LIMIT": "100000"}
    return _timed([sys.executable, "-m", "crawler", "crawl", "bench", "--here"], settings, Path.cwd())


def _timed(command: list[str], settings: dict[str, str], folder: Path) -> Cost:
    environ = os.environ | {f"CALLBOARD_{key}": value for key, value in settings.items()}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, env=environ, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.monotonic() - began)
