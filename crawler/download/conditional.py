"""Conditional requests of our own: ask with the validators of the last capture, so that an unchanged page costs a header.

Scrapy's RFC 2616 cache is not used: it answered from disk without asking and missed every change.
"""

from __future__ import annotations

from typing import Any

from scrapy.http import Request

from crawler import store


class ConditionalRequest:
    """Adds If-None-Match and If-Modified-Since to a page that was captured before."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> ConditionalRequest:
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Look up the last good capture of this very request; keep it for the archive, which compares digests."""
        if "ask" not in request.meta or "before" in request.meta:
            return
        run = self.crawler.spider.run
        before = last_capture(run.db, run.source.id, request)
        request.meta["before"] = before
        if before is None or request.meta.get("playwright"):
            return
        if before["etag"]:
            request.headers["If-None-Match"] = before["etag"]
        if before["last_modified"]:
            request.headers["If-Modified-Since"] = before["last_modified"]


def last_capture(db: Any, source: str, request: Request) -> dict[str, Any] | None:
    """The newest capture with a body of the same request, if the newest answer of all was good (200 or unchanged)."""
    newest = store.first(
        db,
        "select * from capture where source_id = ? and url = ? and method = ? and parent is null order by id desc limit 1",
        [source, request.url, request.method],
    )
    if newest and newest["revisit_of"]:
        newest = store.first(db, "select * from capture where id = ?", [newest["revisit_of"]])
    if newest is None or newest["status"] != 200:
        return None
    dom = store.first(db, "select sha256 from capture where parent = ? and role = 'dom'", [newest["id"]])
    return newest | {"dom_sha256": dom["sha256"] if dom else None}
