"""Invented posting pages for measuring: the sample boards' texts inside 40 KB of page furniture, with a JobPosting as JSON-LD."""

from __future__ import annotations

import json
import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from crawler.demo import load, markup

FURNITURE = (
    '<li class="nav"><a href="/about/{n}" title="About part {n}">About the board, part {n}: how calls are posted, who may post, what is '
    "asked of those who answer, and where to turn when something has gone wrong with a call.</a></li>"
)
PAGE_BYTES = 40_000


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """(title, HTML) of every sample posting as it hangs on the third night, in their order."""
    sheets = (sheet for board in load.boards() for sample in board.samples if (sheet := sample.nights[2]))
    return tuple((sheet.title, markup.to_html(markup.blocks(sheet.body), "/papers")) for sheet in sheets)


TEXT_CHARACTERS = 5_000


@cache
def text(number: int) -> tuple[str, str]:
    """(title, HTML) of posting `number`: one sample text, then its own words shuffled up to an ordinary length. No two pages are alike."""
    dice = random.Random(number)
    title, body = texts()[number % len(texts())]
    words = vocabulary()
    parts = [body]
    while sum(map(len, parts)) < TEXT_CHARACTERS:
        sentences = (" ".join(dice.choices(words, k=dice.randint(6, 18))).capitalize() for _ in range(dice.randint(2, 5)))
        parts.append(f"<p>{'. '.join(sentences)}.</p>")
    return f"{title} ({number})", "".join(parts)


@cache
def vocabulary() -> tuple[str, ...]:
    """The plain words of the ordinary jobs among the samples, each as often as it stands there."""
    ordinary = [
        sheet.body for board in load.boards() for each in board.samples if each.meant == "ordinary" for sheet in each.nights if sheet
    ]
    return tuple(word for body in ordinary for word in re.findall(r"(?<= )[a-z]{2,}(?=[ ,.])", body))


@cache
def page(number: int) -> bytes:
    """One posting page with its JSON-LD."""
    title, body = text(number)
    posting = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": title,
        "description": body,
        "datePosted": "2026-11-02",
        "hiringOrganization": {"@type": "Organization", "name": "Bench Audio (invented)"},
        "jobLocation": {"@type": "Place", "address": {"addressLocality": "Leeds", "addressCountry": "GB"}},
    }
    furniture = "".join(FURNITURE.format(n=n) for n in range(PAGE_BYTES // len(FURNITURE)))
    linked = json.dumps(posting)
    head = f'<html><head><title>{title}</title><script type="application/ld+json">{linked}</script></head>'
    return f"<!doctype html>{head}<body><ul>{furniture}</ul><main><h1>{title}</h1>{body}</main></body></html>".encode()


def listing(count: int) -> bytes:
    """The page that links to every posting page, in a stable, shuffled order."""
    numbers = list(range(count))
    random.Random(7).shuffle(numbers)
    return ("<html><body>" + "".join(f'<a class="job" href="/job/{n}">job {n}</a>' for n in numbers) + "</body></html>").encode()


class Pages(BaseHTTPRequestHandler):
    """Answers `/jobs` and `/job/<n>`, with validators; everything else is not there."""

    protocol_version = "HTTP/1.1"
    count = 250
    sent = 0

    def do_GET(self) -> None:
        """Answer one request."""
        part = self.path.strip("/").split("/")
        if part[0] == "jobs":
            self._send(200, listing(self.count), "jobs")
        elif part[0] == "job" and part[-1].isdigit():
            self._send(200, page(int(part[-1])), part[-1])
        else:
            self._send(404, b"", "none")

    def _send(self, status: int, body: bytes, tag: str) -> None:
        etag = f'"{tag}"'
        if self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        self.send_header("ETag", etag)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        type(self).sent += len(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(count: int) -> Iterator[tuple[str, type[Pages]]]:
    """The pages on a free loopback port. Gives the address and the handler, whose `sent` counts bytes of bodies."""
    handler: type[Pages] = type("Counted", (Pages,), {"count": count, "sent": 0})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()
        server.server_close()
