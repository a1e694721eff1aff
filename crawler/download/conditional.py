"""Conditional requests of our own: ask with the validators of the last capture, so that an unchanged page costs a header.

Scrapy's RFC 2616 cache is not used: it answered from disk without asking and missed every change.
"""

from __future__ import annotations

import json
from typing import Any

from scrapy.http import Request

from crawler import store
from crawler.records import Ask

# A page with an open error (a wall, an empty body, a shape that was not understood) is asked for in full: "unchanged" would hide it.
LAST = """
select * from capture c where source_id = ? and url = ? and method = ? and role = ? and parent is null
  and crawl_id not in (select id from crawl where backfilled = 1) and (status = 200 or revisit_of is not null)
  and (method = 'GET' or context = ?) and not exists (
    select 1 from issue i where i.source_id = c.source_id and i.url = c.url and i.severity = 'error' and i.closed_at is null
      and i.rule not like 'crawl.%')
order by id desc limit 1
"""


class ConditionalRequest:
    """Adds If-None-Match and If-Modified-Since to a page that was captured before."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> ConditionalRequest:
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Look up the last good capture of this very request; keep it for the archive, which compares digests.

        A redirect carries on the meta and headers of the request that it answers: they are of another page, and are put right here.
        """
        if "ask" not in request.meta or request.meta.get("looked_up") == request.url:
            return
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        run = self.crawler.spider.run
        before = last_capture(run.db, run.source.id, request)
        request.meta["before"], request.meta["looked_up"] = before, request.url
        if before is None or request.meta.get("playwright"):
            return  # what a browser makes of a page may change although the page does not
        if before["etag"]:
            request.headers["If-None-Match"] = before["etag"]
        if before["last_modified"]:
            request.headers["If-Modified-Since"] = before["last_modified"]


def last_capture(db: Any, source: str, request: Request) -> dict[str, Any] | None:
    """The newest good capture with a body of the same request.

    Pages of a list that are asked for by POST differ in their context only; a posting that redirects to the list is not the list again.
    """
    ask: Ask = request.meta["ask"]
    newest = store.first(db, LAST, [source, request.url, request.method, ask.role.value, json.dumps(dict(ask.context))])
    if newest and newest["revisit_of"]:
        return store.first(db, "select * from capture where id = ?", [newest["revisit_of"]])
    return newest
