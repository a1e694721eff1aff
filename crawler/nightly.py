"""The nightly run, unattended: every source at its own time, each crawl in a process of its own, then publish and report.

APScheduler keeps the clock. No crawl overlaps itself; runs missed while the machine was down are made up for once; a publication
follows when the last crawl in hand has ended. SIGTERM ends it, also in mid-crawl: a stopped crawl is partial and closes nothing.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from crawler import crawling, store, timing
from crawler.clock import iso
from crawler.config import Config
from crawler.records import Source

log = logging.getLogger("callboard.nightly")

GRACE_SECONDS = 20 * 3600
QUIET_SECONDS = 60
LATE_SECONDS = 60  # a crawl ends itself at crawl_timeout; one that does not is ended
POLL_SECONDS = 0.5
STEPS = ("replay --unread", "publish", "status")  # what follows the last crawl in hand, each in a process of its own


class Night:
    """Crawls in hand and what they ask for. One at work at a time publishes."""

    def __init__(self, settings: Config) -> None:
        self.settings = settings
        self.running: dict[str, subprocess.Popen[str]] = {}
        self.turn = threading.Semaphore(settings.parallel)
        self.guard = threading.Lock()
        self.stopping = threading.Event()
        self.dirty = threading.Event()

    def crawl(self, source: str) -> None:
        """Crawl one source in a process, within the time limit. A second call for a source that is running does nothing."""
        with self.turn:
            with self.guard:  # a process that `stop` does not know of would run on for an hour
                if self.stopping.is_set() or source in self.running:
                    return
                process = self.running[source] = crawling.start(source, self.settings)
            out = self._wait(process)
            with self.guard:
                del self.running[source]
        line = crawling.last_line(self.settings, source, out)
        log.info("crawl %s ended with status %s: %s", source, process.returncode, line)
        self.dirty.set()

    def _wait(self, process: subprocess.Popen[str]) -> str:
        try:
            return process.communicate(timeout=self.settings.crawl_timeout + LATE_SECONDS)[0]
        except subprocess.TimeoutExpired:
            crawling.stop(process)
            return process.communicate()[0]

    def publish(self) -> None:
        """Publish and report if a crawl has ended since the last time and none is in hand."""
        if self.running or not self.dirty.is_set() or self.stopping.is_set():
            return
        self.dirty.clear()
        for step in (*STEPS, *(("notify",) if self.settings.notify else ())):
            done = subprocess.run([sys.executable, "-m", "analysis", *step.split()], capture_output=True, text=True, check=False)
            log.info("%s ended with status %s\n%s", step, done.returncode, (done.stdout + done.stderr).strip())

    def stop(self) -> None:
        """Ask every crawl in hand to end, and begin no other."""
        self.stopping.set()
        with self.guard:
            for process in self.running.values():
                process.terminate()

    def end(self) -> None:
        """Make every crawl end that was asked to and did not. Its tail is mended by the next crawl of its source."""
        deadline = time.monotonic() + crawling.PATIENCE_SECONDS
        for process in list(self.running.values()):
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()


def run(settings: Config, once: bool) -> int:
    """Run until SIGTERM or SIGINT, or with `once` until every source that is due has been crawled and published. The exit status."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    sources = crawling.chosen((), settings)
    night = Night(settings)
    scheduler = schedule(night, sources, settings)
    ended = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    scheduler.start()
    log.info("%s sources; the next crawl is at %s", len(sources), _next(scheduler))
    while not ended.wait(POLL_SECONDS):
        if once and not night.running and not _due(scheduler):
            break
    if ended.is_set():
        log.info("told to stop")
        night.stop()
        night.end()
    scheduler.shutdown(wait=True)  # with `once`: crawls that wait for their turn are made first
    if once:
        night.publish()
    log.info("ended")
    return 0


def schedule(night: Night, sources: list[Source], settings: Config) -> Any:
    """A scheduler with one job a source and one that publishes. A source whose last due time passed unmet is crawled at once."""
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS})
    now = datetime.now(UTC)
    for source in sources:
        trigger = timing.times(source)
        trigger.jitter = timing.JITTER_SECONDS if settings.delay else None
        late = timing.is_due(source, last_start(settings.store, source.id), now)
        first = {"next_run_time": now} if late else {}
        scheduler.add_job(night.crawl, trigger, [source.id], id=source.id, **first)
    scheduler.add_job(night.publish, "interval", seconds=QUIET_SECONDS if settings.delay else 1, id="publish")
    return scheduler


def last_start(path: Path, source: str) -> str | None:
    """When the last crawl of a source began, if there was one."""
    if not path.is_file():
        return None
    db = store.open_store(path)
    found = store.first(db, "select max(started_at) as at from crawl where source_id = ? and coalesce(backfilled, 0) = 0", [source])
    db.close()
    return found["at"] if found else None


def _due(scheduler: Any) -> bool:
    """Whether a crawl is about to begin."""
    soon = datetime.now(UTC) + timedelta(seconds=1)
    return any(job.id != "publish" and job.next_run_time and job.next_run_time <= soon for job in scheduler.get_jobs())


def _next(scheduler: Any) -> str:
    times = [job.next_run_time for job in scheduler.get_jobs() if job.id != "publish" and job.next_run_time]
    return iso(min(times)) if times else "never"
