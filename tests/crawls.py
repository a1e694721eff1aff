"""Real crawls in processes of their own, for the crawl tests.

Starting Scrapy costs a second, so `Crawls` keeps one warm process and forks it for each crawl: the same command line, the same code,
a fresh reactor.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]
ROOT = Path(__file__).parents[1]
WAIT = 90.0


@dataclass(frozen=True)
class Place:
    """A data folder with its source files."""

    folder: Path

    @property
    def data(self) -> Path:
        """Where store.db and warc/ lie."""
        return self.folder / "data"

    @property
    def sources(self) -> Path:
        """Where the source files lie."""
        return self.folder / "sources"

    def source(self, name: str, kind: str, url: str, settings: Mapping[str, str], **keys: object) -> str:
        """Write a source file; its id."""
        self.sources.mkdir(parents=True, exist_ok=True)
        head = {"id": name, "kind": kind, "name": name, "url": url, "lineage": "board", "invented": True, **keys}
        lines = [f"{key} = {json.dumps(value)}" for key, value in head.items()]
        lines += ["[settings]", *(f"{key} = {json.dumps(value)}" for key, value in settings.items())]
        (self.sources / f"{name}.toml").write_text("\n".join(lines) + "\n", "utf-8")
        return name

    def environment(self, **more: str) -> dict[str, str]:
        """The variables of a crawl of this place, beside nothing of the tester's own."""
        plain = {key: value for key, value in os.environ.items() if not key.startswith("CALLBOARD_")}
        ours = {"CALLBOARD_DATA_DIR": str(self.data), "CALLBOARD_SOURCES_DIR": str(self.sources), "CALLBOARD_DELAY": "0"}
        return plain | ours | {f"CALLBOARD_{key.upper()}": value for key, value in more.items()}

    def run(self, *arguments: str, module: str = "crawler", **more: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m crawler ...` to its end."""
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.run(command, env=self.environment(**more), cwd=ROOT, capture_output=True, text=True, timeout=WAIT, check=False)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Rows of the store, read by a connection of their own."""
        connection = sqlite3.connect(f"file:{self.data / 'store.db'}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in connection.execute(sql, values)]
        finally:
            connection.close()

    def one(self, sql: str, *values: object) -> Row:
        """The one row of a query."""
        (found,) = self.rows(sql, *values)
        return found

    def last_crawl(self, source: str) -> Row:
        """How the newest crawl of a source ended."""
        return self.rows("select * from crawl where source_id = ? order by id desc limit 1", source)[0]

    def issues(self, source: str) -> list[Row]:
        """The open issues of a source."""
        return self.rows("select * from issue where source_id = ? and closed_at is null order by id", source)

    def warcs(self, source: str) -> list[Path]:
        """A source's WARC files, oldest first."""
        return sorted((self.data / "warc" / source).glob("*.warc.gz"))


WARM = Path(__file__).with_name("warm_crawls.py")


class Crawls:
    """A warm process that is forked for each command."""

    def __init__(self) -> None:
        self._warm = subprocess.Popen(
            [sys.executable, str(WARM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def close(self) -> None:
        """End it."""
        assert self._warm.stdin is not None
        self._warm.stdin.close()
        self._warm.wait(WAIT)

    def _order(self, **order: Any) -> Row:
        assert self._warm.stdin is not None and self._warm.stdout is not None
        self._warm.stdin.write(json.dumps(order) + "\n")
        self._warm.stdin.flush()
        answer: Row = json.loads(self._warm.stdout.readline())
        return answer

    def begin(self, place: Place, *arguments: str, **more: str) -> int:
        """Fork a command; its process id. What it says goes to `said`."""
        place.folder.mkdir(parents=True, exist_ok=True)
        log = str(place.folder / "said.txt")
        return int(self._order(arguments=list(arguments), environment=place.environment(**more), log=log)["pid"])

    def end(self, child: int) -> int:
        """Wait for a command; its exit status (minus the signal's number if it was killed)."""
        return int(self._order(wait=child)["status"])

    def run(self, place: Place, *arguments: str, **more: str) -> tuple[int, str]:
        """Run a command to its end: (exit status, everything it said)."""
        status = self.end(self.begin(place, *arguments, **more))
        return status, (place.folder / "said.txt").read_text("utf-8")

    def crawl(self, place: Place, source: str, now: str | None = None, **more: str) -> Row:
        """Crawl a source to its end; how the store says that it ended."""
        status, said = self.run(place, "crawl", source, "--here", *(["--now", now] if now else []), **more)
        ended = place.last_crawl(source)
        assert status == (0 if ended["outcome"] == "complete" else 1), said
        return ended

    def crawl_many(self, place: Place, sources: list[str], now: str | None = None, **more: str) -> str:
        """Crawl several sources in one process, at once; everything it said."""
        log = place.folder / "said.txt"
        child = self._order(many=sources, now=now, environment=place.environment(**more), log=str(log))["pid"]
        assert self.end(child) == 0, log.read_text("utf-8")
        return log.read_text("utf-8")

    @staticmethod
    def kill(child: int, number: int = signal.SIGKILL) -> None:
        """Send a signal to a command that was begun here."""
        os.kill(child, number)
