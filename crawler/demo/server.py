"""The sample boards behind one loopback port, a path prefix each; the night can be switched while it runs."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from crawler.demo import load, site
from crawler.demo.answer import Answer
from crawler.demo.board import Board
from crawler.demo.clock import instant

POLL = 0.05


@dataclass(frozen=True, slots=True)
class Served:
    """An answer with its validators. modified: the night on which these bytes first stood."""

    answer: Answer
    etag: str
    modified: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """One request and what it got."""

    night: int
    path: str
    status: int
    agent: str


@cache
def served(boards: tuple[str, ...], target: str, night: int, base: str) -> Served:
    """The answer of a night and since when it has stood. boards: ids of those in the package."""
    shown = tuple(board for board in load.boards() if board.id in boards)
    tonight = site.answer(shown, target, night, base)
    since = night
    while since > 1 and site.answer(shown, target, since - 1, base) == tonight:
        since -= 1
    return Served(tonight, f'"{hashlib.sha256(tonight.body).hexdigest()[:32]}"', instant(since))


class SampleSite:
    """The running boards. Set `night` to 1, 2 or 3 at any time; `visits` tells what was asked for."""

    def __init__(self, port: int = 0, night: int = 1, boards: tuple[Board, ...] | None = None) -> None:
        self.night = night
        self.boards = boards if boards is not None else load.boards()
        self.visits: list[Visit] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def served(self, target: str) -> Served:
        """What a path answers tonight."""
        return served(tuple(board.id for board in self.boards), target, self.night, self.base_url)


@contextmanager
def serve(night: int = 1, port: int = 0) -> Iterator[SampleSite]:
    """Serve the sample boards on loopback; port 0 takes a free one. Gives the running site (`base_url`, `night`)."""
    running = SampleSite(port, night)
    running.start()
    try:
        yield running
    finally:
        running.close()


def _handler(running: SampleSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "SampleBoards"

        def do_GET(self) -> None:
            found = running.served(self.path)
            same = found.answer.status == 200 and _unchanged(self, found)
            self._send(found, 304 if same else found.answer.status, b"" if same else found.answer.body)

        def do_HEAD(self) -> None:
            found = running.served(self.path)
            self._send(found, found.answer.status, b"")

        def _send(self, found: Served, status: int, body: bytes) -> None:
            running.visits.append(Visit(running.night, self.path, status, self.headers.get("User-Agent", "")))
            self.send_response(status)
            if found.answer.status == 200:
                self.send_header("ETag", found.etag)
                self.send_header("Last-Modified", format_datetime(found.modified, usegmt=True))
            if status != 304:
                self.send_header("Content-Type", found.answer.mime)
                self.send_header("Content-Length", str(len(found.answer.body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet: `visits` keeps what was asked."""

    return Handler


def _unchanged(request: BaseHTTPRequestHandler, found: Served) -> bool:
    """Whether the visitor has these bytes: the ETag decides, the date only without one (RFC 9110, 13.2.2)."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or found.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    since = request.headers.get("If-Modified-Since")
    try:
        return since is not None and parsedate_to_datetime(since) >= found.modified
    except ValueError:
        return False
