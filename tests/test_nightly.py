"""The nightly run: its times, its limits, how it ends, and what it does afterwards."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawls import ROOT, Crawls, Place, Row
from kind_reading import source
from loopback import Board, jobs
from pytest_httpserver import HTTPServer

from crawler import crawling, nightly, store, timing
from crawler.config import Config
from crawler.errors import ConfigError
from crawler.health import standing as standings
from crawler.records import Source

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday


def with_cron(cron: str) -> Source:
    """A source with these times."""
    return replace(source("greenhouse", board="b"), cron=cron)


@pytest.mark.parametrize(
    ("cron", "last", "due"),
    [
        ("0 3 * * *", None, True),
        ("0 3 * * *", "2026-11-22T03:00:05Z", False),
        ("0 3 * * *", "2026-11-22T02:55:00Z", False),  # within the jitter: that was this night's run
        ("0 3 * * *", "2026-11-21T03:00:05Z", True),
        ("0 3 * * *", "2026-11-10T03:00:05Z", True),  # twelve runs missed are made up for by one
        ("0 15 * * *", "2026-11-21T15:01:00Z", False),
        ("0 3 * * 0", "2026-11-21T03:00:00Z", True),  # this morning was a Sunday
        ("0 3 * * 7", "2026-11-21T03:00:00Z", True),
        ("0 3 * * 1", "2026-11-21T03:00:00Z", False),
        ("0 3 * * sun", "2026-11-21T03:00:00Z", True),
        ("0 3 * * 1-5", "2026-11-20T03:00:00Z", False),
        ("0 3 * * 0-6", "2026-11-21T03:00:00Z", True),
        ("0 3 1 * *", "2026-11-02T03:00:00Z", False),
    ],
)
def test_a_missed_run_is_overdue(cron: str, last: str | None, due: bool) -> None:
    assert timing.is_due(with_cron(cron), last, NOW) is due


@pytest.mark.parametrize(
    ("cron", "last", "forgotten"),
    [
        ("0 3 * * *", "2026-11-22T03:00:05Z", False),
        ("0 3 * * *", "2026-11-20T03:00:05Z", True),  # neither on the 21st nor on the 22nd
        ("0 3 * * *", "2026-11-21T03:00:05Z", False),  # one missed night is made up for
        ("0 8 * * *", "2026-11-20T08:00:05Z", False),  # the second was due four hours ago: it may wait for its turn
        ("0 3 * * 1", "2026-11-09T03:00:05Z", False),
        ("0 3 * * 1", "2026-11-02T03:00:05Z", True),
    ],
)
def test_a_source_that_was_due_twice_is_forgotten(cron: str, last: str, forgotten: bool) -> None:
    assert timing.is_forgotten(with_cron(cron), last, NOW) is forgotten


@pytest.mark.parametrize(("checked", "unchecked", "needs"), [(True, False, True), (False, False, False), (False, True, True)])
def test_status_tells_of_a_scheduler_that_died(tmp_path: Path, checked: bool, unchecked: bool, needs: bool) -> None:
    one = replace(with_cron("0 3 * * *"), checked=checked)
    db = store.open_store(tmp_path / "store.db")
    store.keep_source(db, one, "2026-11-01T00:00:00Z")
    crawl = {"source_id": one.id, "outcome": "complete", "seen": 4, "warc": "a.warc.gz", "pid": 1}
    store.insert(db, "crawl", crawl | {"started_at": "2026-11-15T03:00:00Z", "finished_at": "2026-11-15T03:01:00Z"})
    (found,) = standings(db, {one.id: one}, NOW, unchecked)
    assert (found.overdue, found.needs_person) == (needs, needs)


def test_what_was_only_filled_from_archives_has_no_standing(tmp_path: Path) -> None:
    one = replace(with_cron("0 3 * * *"), checked=False)
    db = store.open_store(tmp_path / "store.db")
    store.keep_source(db, one, "2026-11-01T00:00:00Z")
    store.insert(db, "crawl", {"source_id": one.id, "outcome": "partial", "started_at": "2026-11-15T03:00:00Z", "backfilled": 1})
    assert standings(db, {one.id: one}, NOW) == []


WEEKDAYS = {"0": "sun", "7": "sun", "1-5": "mon,tue,wed,thu,fri", "*": "*", "*/2": "*/2", "sat,0": "sat,sun"}


@pytest.mark.parametrize("field", WEEKDAYS)
def test_weekdays_count_from_sunday(field: str) -> None:
    assert timing.weekdays(field) == WEEKDAYS[field]


@pytest.mark.parametrize("cron", ["0 3 32 * *", "0 3 * * someday", "0 3 * 13 *"])
def test_a_cron_that_names_no_time_is_the_users_mistake(cron: str) -> None:
    with pytest.raises(ConfigError, match=r"source example-source: cron .*write minute"):
        timing.times(with_cron(cron))


def test_every_source_has_one_job_with_its_own_times_and_jitter(tmp_path: Path) -> None:
    settings = Config(data_dir=tmp_path)
    every = [replace(with_cron("0 3 * * *"), id="one"), replace(with_cron("30 4 * * *"), id="two")]
    scheduler = nightly.schedule(nightly.Night(settings), every, settings)
    jobs = {job.id: job for job in scheduler.get_jobs()}
    assert set(jobs) == {"one", "two", "publish"}
    assert all(jobs[name].trigger.jitter == timing.JITTER_SECONDS for name in ("one", "two"))
    assert scheduler._job_defaults == {"coalesce": True, "max_instances": 1, "misfire_grace_time": nightly.GRACE_SECONDS}


def test_a_crawl_of_a_source_that_is_running_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []
    monkeypatch.setattr(crawling, "start", lambda *given: begun.append(given))
    night = nightly.Night(Config(data_dir=tmp_path))
    night.running["one"] = subprocess.Popen(["true"], text=True)
    night.crawl("one")
    night.running.pop("one").wait()
    night.stopping.set()
    night.crawl("two")
    assert begun == []


def test_a_crawl_that_outlives_its_limit_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def start(name: str, settings: Config, now: str | None = None) -> subprocess.Popen[str]:
        made.append(subprocess.Popen(["sleep", "100"], stdout=subprocess.PIPE, text=True))
        return made[0]

    monkeypatch.setattr(crawling, "start", start)
    monkeypatch.setattr(crawling, "last_line", lambda *_: "ended")
    monkeypatch.setattr(nightly, "LATE_SECONDS", 0.0)
    nightly.Night(Config(data_dir=tmp_path, crawl_timeout=0.3)).crawl("one")
    assert made[0].returncode == -signal.SIGTERM


def board_at(place: Place, site: Board, *names: str, **keys: object) -> None:
    """Sources of one list each."""
    for name in names:
        site.put(f"/{name}/v1/boards/b/jobs", jobs(1, 2, 3), etag=True)
        place.source(name, "greenhouse", site.url, {"board": "b", "api": f"{site.url}/{name}"}, checked=True, **keys)


@contextmanager
def started(place: Place, *arguments: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """A `callboard` command in a process of its own, with every command that it begins."""
    command = [sys.executable, "-m", "analysis", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, env=place.environment(**more), cwd=place.folder, text=True, **pipes)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def module_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands run in the data's folder, not in the project's."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.mark.slow
def test_a_night_crawls_publishes_and_reports_once(place: Place, site: Board, module_path: None) -> None:
    board_at(place, site, "larkspur", "saltcellar", "footlight")
    with started(place, "nightly", "--once") as process:
        said, _ = process.communicate(timeout=90)
    assert process.returncode == 0, said
    assert [one["outcome"] for one in place.rows("select outcome from crawl")] == ["complete"] * 3
    assert (place.data / "callboard.db").is_file()
    assert "publish ended with status 0" in said and "status ended with status 0" in said
    assert "0 texts: 0 read anew" in said and "notify" not in said
    assert said.count("publish ended") == 1
    with started(place, "nightly", "--once") as process:
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "crawl " not in said.replace("the next crawl is at", "") and "publish ended" not in said
    assert len(place.rows("select id from crawl")) == 3


@pytest.mark.slow
@pytest.mark.usefixtures("module_path")
def test_a_night_tells_of_a_source_that_needs_a_person(place: Place, site: Board, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    board_at(place, site, "larkspur", expect_min=50)
    with started(place, "nightly", "--once", notify=f"json://127.0.0.1:{httpserver.port}/hook") as process:
        said, _ = process.communicate(timeout=90)
    assert "notify ended with status 0\n1 sent, 0 waiting" in said
    assert [json.loads(request.get_data())["title"] for request, _ in httpserver.log] == ["Callboard: larkspur needs a person"]


@pytest.mark.slow
def test_sigterm_ends_a_night_in_mid_crawl_within_seconds(place: Place, site: Board, module_path: None) -> None:
    board_at(place, site, "larkspur")
    place.run("crawl", "larkspur", "--here", "--now", "2026-11-01T03:00:00Z")
    site.put("/larkspur/v1/boards/b/jobs", jobs(1), hold=threading.Event())  # it never answers
    asked = len(site.paths())
    with started(place, "nightly") as process:
        site.wait_for(asked + 1)
        began = time.monotonic()
        process.terminate()
        said, _ = process.communicate(timeout=30)
    assert time.monotonic() - began < 20  # five seconds of patience, and a machine that may be busy
    assert process.returncode == 0 and "Traceback" not in said
    ended = place.last_crawl("larkspur")
    assert (ended["outcome"], ended["reason"]) == ("partial", "stopped: told to stop")
    assert {one["state"] for one in place.rows("select state from posting")} == {"open"}
    assert place.rows("select * from event") == []


@pytest.mark.slow
def test_a_crawl_that_takes_too_long_ends_as_partial(crawls: Crawls, place: Place, site: Board) -> None:
    board_at(place, site, "larkspur")
    site.put("/larkspur/v1/boards/b/jobs", {"jobs": [{"id": number} for number in range(1, 40)]})
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.5", mime="text/plain")
    began = time.monotonic()
    ended = crawls.crawl(place, "larkspur", crawl_timeout="1.5")
    assert (ended["outcome"], ended["reason"]) == ("partial", "stopped: it took longer than crawl_timeout")
    assert time.monotonic() - began < 20


@pytest.mark.slow
def test_an_ended_command_leaves_no_crawl_behind(place: Place, site: Board, module_path: None) -> None:
    board_at(place, site, "larkspur")
    site.put("/larkspur/v1/boards/b/jobs", jobs(1), hold=threading.Event())
    with started(place, "crawl", "larkspur") as process:
        site.wait_for(1)
        process.terminate()
        process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    ended = place.last_crawl("larkspur")
    assert (ended["outcome"], ended["reason"]) == ("partial", "stopped: told to stop")
    with pytest.raises(ProcessLookupError):
        os.kill(ended["pid"], 0)


@pytest.fixture
def standing(crawls: Crawls, place: Place, site: Board) -> Place:
    """A source that was crawled once, healthy."""
    board_at(place, site, "larkspur", expect_min=2)
    crawls.crawl(place, "larkspur", "2026-11-19T03:00:00Z")
    return place


def row_of(said: str) -> Row:
    """The table's row of the source."""
    (line,) = [line for line in said.splitlines() if line.strip().startswith("larkspur")]
    return {"line": line, "needs": "needs a person" in line}


@pytest.mark.slow
def test_status_is_1_when_a_source_needs_a_person(crawls: Crawls, standing: Place, site: Board) -> None:
    status, said = crawls.run(standing, "status", "--now", "2026-11-19T12:00:00Z")
    assert (status, row_of(said)["needs"]) == (0, False), said
    site.put("/larkspur/v1/boards/b/jobs", "<p>maintenance</p>", status=503, mime="text/html")
    crawls.crawl(standing, "larkspur", "2026-11-20T03:00:00Z")
    status, said = crawls.run(standing, "status", "--now", "2026-11-20T12:00:00Z")
    assert (status, row_of(said)["needs"]) == (0, False), said  # one bad night is no alarm
    crawls.crawl(standing, "larkspur", "2026-11-21T03:00:00Z")
    status, said = crawls.run(standing, "status", "--now", "2026-11-21T12:00:00Z")
    assert (status, row_of(said)["needs"]) == (1, True), said
    assert "it answered 503" in said and "2026-11-19T03:00" in said


@pytest.mark.slow
def test_status_is_1_when_nobody_crawls_any_more(crawls: Crawls, standing: Place) -> None:
    status, said = crawls.run(standing, "status", "--now", "2026-11-22T03:00:00Z")
    assert status == 1 and "complete; not crawled since, though it was due twice: is the scheduler running?" in said


@pytest.mark.slow
def test_status_is_1_at_once_for_a_suspicious_crawl(crawls: Crawls, standing: Place, site: Board) -> None:
    site.put("/larkspur/v1/boards/b/jobs", jobs(1))
    crawls.crawl(standing, "larkspur", "2026-11-20T03:00:00Z")
    status, said = crawls.run(standing, "status", "--now", "2026-11-20T12:00:00Z")
    assert status == 1 and "suspicious: 1 posting seen, at least 2 expected" in said
