"""Every response goes into the WARC file before anything reads it; an unchanged one leaves a revisit record."""

from __future__ import annotations

import hashlib
from typing import Any

from scrapy.http import Request, Response

from crawler import rows, store
from crawler.capture import Exchange, urn
from crawler.records import Ask, Capture, Role
from crawler.spiders import _failures, _manners
from crawler.spiders._failures import Refused


class ArchiveResponse:
    """Writes request and response records and hands the capture on in `response.meta["capture"]`."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> ArchiveResponse:
        """Made by Scrapy."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive an answer. Raises Refused for one that came from a private address although its source is public."""
        run = self.crawler.spider.run
        _refuse_private(response, run)
        ask = request.meta.get("ask") or Ask(request.url, Role.ROBOTS)
        at = run.clock()
        before = request.meta.get("before")
        before = before if before and _is_again(run.db, before, request, response) else None
        exchange = _exchange(request, response, ask, at)
        if before is not None:
            capture = run.archive.write_revisit(exchange, rows.capture(before), before["id"])
        else:
            capture = run.archive.write_exchange(exchange)
        if "ask" in request.meta:
            request.meta["capture"] = capture
            request.meta["extras"] = _extras(run, request, response, capture)
        return response


def _refuse_private(response: Response, run: Any) -> None:
    """The last look: a browser follows redirects and resolves names by itself."""
    refusal = _manners.refusal(response.url, run.source, run.settings.contact)
    came_from = str(response.ip_address or "")
    if not refusal and came_from and _manners.is_private(came_from) and not _manners.is_private(_manners.host(run.source.url)):
        refusal = ("private_address", f"{response.url} was answered from the private address {came_from}")
    if refusal:
        raise Refused(*refusal)


def _is_again(db: Any, before: rows.Row, request: Request, response: Response) -> bool:
    """Whether this answer is that page again: not modified, or the same bytes. A wall is never "unchanged", nor is a page that a
    browser made anew from the same bytes."""
    if response.status == 304:
        return True
    if _failures.of_response(response) or _digest(_server_body(request, response)) != before["sha256"]:
        return False
    if not request.meta.get("playwright"):
        return True
    made = store.first(db, "select sha256 from capture where parent = ? and role = ?", [before["id"], Role.DOM.value])
    return made is not None and made["sha256"] == _digest(response.body)


def _exchange(request: Request, response: Response, ask: Ask, at: str) -> Exchange:
    return Exchange(
        url=response.url,
        role=ask.role,
        method=request.method,
        request_headers=_pairs(request.headers),
        request_body=bytes(request.body),
        status=response.status,
        response_headers=_pairs(response.headers),
        body=_server_body(request, response),
        fetched_at=at,
        ip=str(response.ip_address) if response.ip_address else None,
        context=ask.context,
    )


def _pairs(headers: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values)


def _server_body(request: Request, response: Response) -> bytes:
    """The bytes the server sent. After a browser ran, response.body is the final DOM; the server's bytes were kept aside."""
    server: bytes | None = request.meta.get("server_body")
    return response.body if server is None else server


def _extras(run: Any, request: Request, response: Response, capture: Capture) -> tuple[Capture, ...]:
    """The final DOM and the screenshot of a rendered page, as records with `urn:` targets."""
    if not request.meta.get("playwright"):
        return ()
    dom = run.archive.write_resource(urn(Role.DOM, response.url), "text/html; charset=utf-8", response.body, capture)
    pictures = [each.result for each in request.meta.get("playwright_page_methods", ()) if each.method == "screenshot"]
    place = urn(Role.SCREENSHOT, response.url)
    return (dom, *(run.archive.write_resource(place, "image/png", each, capture) for each in pictures if each))


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
