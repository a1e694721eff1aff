"""What boards do to a crawl, as a table: DESIGN section 8 and the outcomes of section 6. Everything is invented."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from loopback import HTML, Board, jobs

PIECE = b" " * 65_536
GOOD = (1, 2)
POSTING = {"@context": "https://schema.org", "@type": "JobPosting", "datePosted": "2026-10-01"}
CHALLENGE = "<html><title>Just a moment...</title><p>Checking your browser before accessing the board.</p></html>"
LOGIN = "<html><h1>Members</h1><p>Please log in to continue.</p></html>"


@dataclass(frozen=True)
class Case:
    """One thing that goes wrong on nights two and three. serve: puts it on the board below a path.

    rule: of an issue that names it; kept: a capture of the answer is in the store; pages: the board has pages of postings (jsonld), else
    one list (greenhouse).
    """

    name: str
    serve: Callable[[Board, str], None]
    outcome: str
    failure: str | None
    rule: str
    kept: bool = True
    pages: bool = False
    kind: str = ""
    settings: dict[str, str] = field(default_factory=dict)


def page(number: int, text: str = "") -> str:
    """A posting's own page with linked data."""
    words = text or f"Reader {number} for a café scene. Pay: ${40 + number} per hour. You grant us a licence for five years."
    value = POSTING | {"title": f"Voice Reader {number}", "description": f"<p>{words}</p>", "hiringOrganization": {"name": "Larkspur"}}
    data = json.dumps(value, ensure_ascii=False)
    return f"<html><head><script type='application/ld+json'>{data}</script></head><body><h1>Voice Reader {number}</h1></body></html>"


def listing(path: str, *numbers: int, more: str = "") -> str:
    """A page of links to postings."""
    return "<ul>" + "".join(f"<li><a class=gig href='{path}/gigs/{n}'>Reader {n}</a>" for n in numbers) + f"</ul>{more}"


def good(board: Board, path: str, pages: bool) -> None:
    """A healthy board of two postings."""
    if not pages:
        board.put(f"{path}/v1/boards/b/jobs", jobs(*GOOD), etag=True)
        return
    board.put(f"{path}/gigs", listing(path, *GOOD), mime=HTML)
    for number in GOOD:
        board.put(f"{path}/gigs/{number}", page(number), mime=HTML, etag=True)


def answers(body: object = b"", **options: Any) -> Callable[[Board, str], None]:
    """The list answers this."""
    return lambda board, path: void(board.put(f"{path}/v1/boards/b/jobs", body, **options))


def lists(body: str | bytes, **options: Any) -> Callable[[Board, str], None]:
    """The page of links answers this."""
    return lambda board, path: void(board.put(f"{path}/gigs", body, **({"mime": HTML} | options)))


def postings(make: Callable[[int], str | bytes], **options: Any) -> Callable[[Board, str], None]:
    """Every posting's own page answers this."""

    def serve(board: Board, path: str) -> None:
        for number in GOOD:
            board.put(f"{path}/gigs/{number}", make(number), **({"mime": HTML} | options))

    return serve


def void(_: object) -> None:
    """Nothing."""


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever, or until the visitor hangs up."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(400):
        handler.wfile.write(b"[")
        handler.wfile.flush()
        time.sleep(0.1)


def flood(handler: BaseHTTPRequestHandler) -> None:
    """Thirty megabytes and no word of their length."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
    for _ in range(30_000_000 // len(PIECE)):
        handler.wfile.write(PIECE)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Half of what was promised, then nothing."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n" + b'{"jobs": [')


def endless(board: Board, path: str) -> None:
    """Each page of links has a next one, of the same postings."""
    for number in range(200):
        more = f"<a rel=next href='{path}/gigs?page={number + 1}'>more</a>"
        board.put(f"{path}/gigs" + (f"?page={number}" if number else ""), listing(path, *GOOD, more=more), mime=HTML)


def circle(board: Board, path: str) -> None:
    """The last page of links leads back to the first."""
    board.put(f"{path}/gigs", listing(path, 1, more=f"<a rel=next href='{path}/gigs?page=2'>more</a>"), mime=HTML)
    board.put(f"{path}/gigs?page=2", listing(path, 2, more=f"<a rel=next href='{path}/gigs'>more</a>"), mime=HTML)


def loop(board: Board, path: str) -> None:
    """Two addresses that send us to one another."""
    here = f"{path}/v1/boards/b/jobs"
    board.put(here, b"", status=302, headers={"Location": f"{path}/other"})
    board.put(f"{path}/other", b"", status=302, headers={"Location": here})


def bomb() -> bytes:
    """Fifty megabytes in fifty kilobytes."""
    return gzip.compress(bytes(50_000_000), 9)


def without(field_name: str) -> bytes:
    """A Lever-shaped list whose postings have all lost a field."""
    found = [
        {"id": f"l{n}", "text": f"Reader {n}", "hostedUrl": f"https://larkspur.example/{n}", "description": "<p>Read.</p>"} for n in GOOD
    ]
    return json.dumps([{key: value for key, value in one.items() if key != field_name} for one in found]).encode()


def lever(board: Board, path: str) -> None:
    """A healthy Lever-shaped board."""
    board.put(f"{path}/v0/postings/s", without(""))


def lost_text(board: Board, path: str) -> None:
    """The same board after its field of texts was renamed."""
    board.put(f"{path}/v0/postings/s", without("description"))


def one_fails(board: Board, path: str) -> None:
    """One posting's page breaks down."""
    board.put(f"{path}/gigs/2", "<p>sorry</p>", status=500, mime=HTML)


def refused_page(board: Board, path: str) -> None:
    """One posting's page is refused, which says nothing about whether it is open."""
    board.put(f"{path}/gigs/2", "<p>no</p>", status=403, mime=HTML)


def moved(board: Board, path: str) -> None:
    """The whole board answers 404: even where that is a posting's end, it is not the end of all."""
    for place in ("gigs", "gigs/1", "gigs/2"):
        board.put(f"{path}/{place}", "<p>no such page</p>", status=404, mime=HTML)


def mass_404(board: Board, path: str) -> None:
    """The listing stands and every posting's page is lost at once."""
    for number in GOOD:
        board.put(f"{path}/gigs/{number}", "<p>no such page</p>", status=404, mime=HTML)


def latin(number: int) -> bytes:
    """A posting's page in another charset than its header says."""
    return page(number).encode("cp1252")


def broken_data(number: int) -> str:
    """Linked data that is beyond repair."""
    return page(number).replace('{"@context"', '@@@ "@context"').replace("JobPosting", "Job")


GARBAGE = b"<html><div <<a href=>>\x00\xff\xfe</p><table><tr></html" * 30
CASES = [
    Case("broken-json", answers(b'{"jobs": [{"id": 1, "title": "Rea'), "failed", "json", "greenhouse.json"),
    Case("deep-json", answers(b"[" * 200_000), "failed", "json", "greenhouse.json"),
    Case("page-for-json", answers("<html><p>We have moved.</p></html>", mime=HTML), "failed", "json", "greenhouse.json"),
    Case("no-list", answers({"postings": []}), "suspicious", "shape", "greenhouse.shape"),
    Case("empty-list", answers({"jobs": []}), "suspicious", "empty", "crawl.empty"),
    Case("empty-body", answers(b""), "failed", "empty_body", "page.empty_body"),
    Case("blank-body", answers(b" \n "), "failed", "empty_body", "page.empty_body"),
    Case("flood", answers(raw=flood), "failed", "too_large", "page.too_large", kept=False),
    Case("long-length", answers(PIECE * 100), "failed", "too_large", "page.too_large", kept=False),
    Case("bomb", answers(bomb(), headers={"Content-Encoding": "gzip"}), "failed", "too_large", "page.too_large", kept=False),
    Case("loop", loop, "failed", "redirects", "page.redirects", kept=False),
    Case("drip", answers(raw=drip), "failed", "timeout", "page.timeout", kept=False),
    Case("hang-up", answers(raw=hang_up), "failed", "cut_off", "page.cut_off", kept=False),
    Case("forbidden", answers("<p>no</p>", status=403, mime=HTML), "blocked", "http_403", "page.http_403"),
    Case("too-many", answers("<p>slow down</p>", status=429, mime=HTML), "blocked", "http_429", "page.http_429"),
    Case("down", answers("<p>maintenance</p>", status=503, mime=HTML), "failed", "http_503", "page.http_503"),
    Case("bot-wall", answers(CHALLENGE, mime=HTML, etag=True), "blocked", "bot_wall", "page.bot_wall"),
    Case("bot-wall-503", answers(CHALLENGE, mime=HTML, status=503), "blocked", "bot_wall", "page.bot_wall"),
    Case("login-wall", lists(LOGIN, etag=True), "blocked", "login_wall", "page.login_wall", pages=True),
    Case("garbage", lists(GARBAGE), "suspicious", "empty", "jsonld.empty", pages=True),
    Case("broken-data", postings(broken_data), "suspicious", "empty", "jsonld.none", pages=True),
    Case("lost-text", lost_text, "suspicious", "shape", "lever.shape", kind="lever", settings={"site": "s"}),
    Case("one-fails", one_fails, "partial", "http_500", "page.http_500", pages=True),
    Case("one-refused", refused_page, "partial", "http_403", "page.http_403", pages=True),
    Case("moved", moved, "failed", "http_404", "page.http_404", pages=True),
    Case("mass-404", mass_404, "suspicious", "empty", "crawl.empty", pages=True),
    Case("endless", endless, "partial", "cut", "crawl.cut", pages=True),
]
HARMLESS = [
    Case("circle", circle, "complete", None, "", pages=True),
    Case("latin", postings(latin, mime="text/html; charset=utf-8"), "complete", None, "page.charset", pages=True),
]


def source_of(case: Case, site: str) -> tuple[str, dict[str, str]]:
    """(kind, settings) of a case's source."""
    here = f"{site}/{case.name}"
    if case.kind:
        return case.kind, case.settings | {"api": here}
    if case.pages:
        return "jsonld", {"listing": f"{here}/gigs", "link_selector": "a.gig"}
    return "greenhouse", {"board": "b", "api": here}


def start(case: Case, board: Board) -> None:
    """The case's board as it is on a good night."""
    if case.kind == "lever":
        lever(board, f"/{case.name}")
    else:
        good(board, f"/{case.name}", case.pages)
