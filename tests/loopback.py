"""Boards on loopback that answer as told, for the crawl tests. All boards and companies are invented."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

Row = dict[str, Any]
JSON = "application/json"
HTML = "text/html; charset=utf-8"
PATIENCE = 30.0


@dataclass(frozen=True)
class Answer:
    """What a path answers. hold: answer only when this is set. raw: instead of all else, a function that writes to the handler itself."""

    body: bytes = b""
    status: int = 200
    mime: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: bool = False
    hold: threading.Event | None = None
    raw: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass(frozen=True)
class Asked:
    """One request as the board saw it."""

    path: str
    status: int
    at: float
    headers: Mapping[str, str]


class Board:
    """A server on loopback. `answers`: a path, with or without its query, to what it answers; anything else is a 404."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {"/robots.txt": Answer(b"User-agent: *\nDisallow:\n", mime="text/plain")}
        self.asked: list[Asked] = []
        self._news = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("BoardHandler", (Handler,), {"board": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str) -> Answer:
        """What a path answers now."""
        return self.answers.get(path) or self.answers.get(path.partition("?")[0]) or Answer(b"<p>no such page</p>", 404, HTML)

    def put(self, path: str, body: object, **options: Any) -> str:
        """Let a path answer bytes, text, or anything else as JSON; the address."""
        raw = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
        self.answers[path] = Answer(raw, **options)
        return self.url + path

    def note(self, asked: Asked) -> None:
        """Write down a request and wake whoever waits for it."""
        with self._news:
            self.asked.append(asked)
            self._news.notify_all()

    def wait_for(self, count: int) -> None:
        """Wait until so many pages, without robots.txt, have been asked for."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.paths()) >= count, PATIENCE), self.asked

    def paths(self, status: int | None = None) -> list[str]:
        """What was asked for, in order, without robots.txt."""
        return [each.path for each in self.asked if each.path != "/robots.txt" and status in (None, each.status)]


class Handler(BaseHTTPRequestHandler):
    """Answers for one board."""

    board: ClassVar[Board]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = self.board.answer(self.path)
        tag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"' if answer.etag else None
        same = tag is not None and self.headers.get("If-None-Match") == tag
        status = 304 if same else answer.status
        self.board.note(Asked(self.path, status, time.monotonic(), dict(self.headers)))
        if answer.hold is not None:
            answer.hold.wait(PATIENCE)
        if answer.raw is not None:
            self.close_connection = True
            answer.raw(self)
            return
        self._send(answer, status, tag, b"" if same else answer.body)

    def do_POST(self) -> None:
        self.do_GET()

    def _send(self, answer: Answer, status: int, tag: str | None, body: bytes) -> None:
        self.send_response(status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if tag:
            self.send_header("ETag", tag)
        if status != 304:
            if answer.mime:
                self.send_header("Content-Type", answer.mime)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: `asked` keeps what was asked."""

    def handle(self) -> None:
        """A visitor who hangs up, or is killed, is no error of the board."""
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            self.close_connection = True


@contextmanager
def board() -> Iterator[Board]:
    """A board for as long as it is needed."""
    running = Board()
    try:
        yield running
    finally:
        running.close()


def gig(number: int, **fields: object) -> Row:
    """An invented posting as a Greenhouse-shaped board gives it."""
    text = (
        f"<p>Larkspur Voices (invented) wants reader number {number} for a set of short prompts.</p>"
        f"<p>Pay: ${40 + number} per hour. You grant us a licence for five years.</p>"
    )
    known = {"id": 7_000_000 + number, "title": f"Voice Reader {number}", "content": text, "first_published": "2026-10-01T09:00:00Z"}
    known |= {"absolute_url": f"https://larkspur.example/gigs/{number}", "location": {"name": "Leeds"}, "company_name": "Larkspur Voices"}
    return known | fields


def jobs(*numbers: int) -> Row:
    """A Greenhouse-shaped list."""
    return {"jobs": [gig(number) for number in numbers]}
