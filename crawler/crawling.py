"""Running crawls: one source in this process, or several in processes of their own so that a crash or a leak dies with its crawl.

Scrapy is imported only when a crawl begins.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from crawler import catalog
from crawler.config import Config
from crawler.errors import ConfigError
from crawler.kinds import spider
from crawler.lifecycle import Verdict
from crawler.records import Outcome, Source

POLL_SECONDS = 0.1
PATIENCE_SECONDS = 20.0  # a crawl that is told to stop ends within `download.ending.PATIENCE`


@dataclass(frozen=True, slots=True)
class Ended:
    """One crawl that ended: its process's exit status, its last line, and how long it took."""

    source: str
    status: int
    line: str
    seconds: float


def chosen(ids: Sequence[str], settings: Config) -> list[Source]:
    """The sources to crawl: those named, else every one that somebody has tried live and that is not refused.

    With the setting `unchecked` also those that nobody has tried. Raises ConfigError for an unknown or refused one, and if none is left.
    """
    known = catalog.load_all(settings.sources_dir)
    for each in ids:
        if each not in known:
            raise ConfigError(catalog.unknown(each, known))
        if known[each].refused:
            raise ConfigError(f"source {each} is not crawled: {known[each].refused}")
    if ids:
        return [known[each] for each in ids]
    every = [each for each in known.values() if not each.refused and (each.checked or settings.unchecked)]
    if not every:
        raise ConfigError("no source has been tried live yet; try one (`callboard sources check ID`), name it, or set unchecked = true")
    return every


def here(source: Source, now: str | None = None) -> Verdict:
    """Crawl one source in this process, to its end. May be called once a process: a reactor cannot be started twice."""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.project import get_project_settings

    from crawler.spiders._run import CrawlRun

    settings = get_project_settings()
    settings.setmodule("crawler.settings", priority="project")
    process = AsyncCrawlerProcess(settings)
    kind = spider(source.kind)
    run = CrawlRun.open(kind, source.id, {"now": now})
    crawler = process.create_crawler(kind)
    process.crawl(crawler, source=source.id, run=run)
    process.start()
    verdict: Verdict | None = getattr(crawler, "verdict", None)
    return verdict or Verdict(Outcome.FAILED, "the crawl could not be begun or ended; its log says why", "start")


def apart(sources: Sequence[Source], settings: Config, now: str | None, begin: Callable[[str], None]) -> Iterator[Ended]:
    """Crawl each source in a process of its own, `settings.parallel` at a time; yields each as it ends."""
    waiting, running = list(sources), dict[str, tuple[subprocess.Popen[str], float]]()
    before = signal.signal(signal.SIGTERM, _stopped)
    try:
        while waiting or running:
            while waiting and len(running) < settings.parallel:
                source = waiting.pop(0)
                begin(source.id)
                running[source.id] = (start(source.id, settings, now), time.monotonic())
            yield from _ended(running, settings)
            time.sleep(POLL_SECONDS)
    finally:
        signal.signal(signal.SIGTERM, before)
        for process, _ in running.values():
            process.terminate()
        for process, _ in running.values():
            stop(process)


def _stopped(number: int, frame: FrameType | None) -> None:
    """Told to stop: end the crawls in hand first, which would run on without us."""
    sys.exit(128 + number)


def start(source: str, settings: Config, now: str | None = None) -> subprocess.Popen[str]:
    """A process that crawls one source and says how it ended on its last line. What it logs goes to `logs/<source>.log`."""
    command = [sys.executable, "-m", "crawler", "crawl", source, "--here", *(["--now", now] if now else [])]
    with log_file(settings, source).open("a", encoding="utf-8") as log:
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)


def log_file(settings: Config, source: str) -> Path:
    """Where the crawls of a source log to."""
    folder = settings.data_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{source}.log"


def last_line(settings: Config, source: str, out: str) -> str:
    """How a crawl's process says it ended: its last word, else the last line it logged."""
    logged = log_file(settings, source).read_text("utf-8", "replace")
    return (out.strip() or logged.strip() or "no word").splitlines()[-1]


def stop(process: subprocess.Popen[str], patience: float = PATIENCE_SECONDS) -> None:
    """Ask a crawl to end; after `patience` seconds make it."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _ended(running: dict[str, tuple[subprocess.Popen[str], float]], settings: Config) -> list[Ended]:
    found = []
    for source, (process, began) in list(running.items()):
        took = time.monotonic() - began
        if took > settings.crawl_timeout + 60:
            stop(process)
        if process.poll() is not None:
            del running[source]
            out, _ = process.communicate()
            found.append(Ended(source, process.returncode, last_line(settings, source, out), took))
    return found
