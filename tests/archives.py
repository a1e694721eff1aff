"""Archives for the tests of looking back: WARC files as Common Crawl writes them, of invented pages on invented sites."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

TRADES = ("voice reader", "motion capture actor", "singer", "lip reader", "monologue actor")
FILLER = "The studio is warm and there is tea. Bring a friend who can hear you at the back of a hall. "


@dataclass(frozen=True)
class Leaf:
    """One page of an archive: address, date and HTML."""

    url: str
    at: str
    body: str
    mime: str = "text/html; charset=utf-8"
    status: str = "200 OK"


def gig_page(number: int, words: str = "", marked: bool = True, size: int = 0) -> str:
    """An invented posting's page, with JobPosting data or without; size: characters of furniture around it."""
    trade = TRADES[number % len(TRADES)]
    said = (
        words
        or f"Fernhill Studio (invented) wants {trade} number {number}. Pay: ${40 + number % 60} per hour. "
        "You grant us a licence for five years."
    )
    value = {"@context": "https://schema.org", "@type": "JobPosting", "title": f"{trade.title()} {number}", "description": f"<p>{said}</p>"}
    value |= {"datePosted": "2024-02-01", "hiringOrganization": {"@type": "Organization", "name": "Fernhill Studio"}}
    data = f'<script type="application/ld+json">{json.dumps(value)}</script>' if marked else ""
    furniture = "".join(f"<div class=c{n}><p>{FILLER}</p></div>" for n in range(size // 120))
    return (
        f"<html><head><title>{trade} {number}</title>{data}</head><body><h1>{html.escape(trade)}</h1><p>{said}</p>{furniture}</body></html>"
    )


def leaf(number: int, at: str = "2024-03-05T12:00:00Z", words: str = "", host: str = "fernhill.example", marked: bool = True) -> Leaf:
    """An invented posting's page in an archive."""
    return Leaf(f"https://{host}/gigs/{number}", at, gig_page(number, words, marked))


def write(path: Path, leaves: Iterable[Leaf], records: bool = True) -> Path:
    """A WARC file with request, response and metadata of each page, as Common Crawl has them; records: gzip by record, else plain."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=records)
        writer.write_record(writer.create_warcinfo_record(path.name, {"isPartOf": "CC-INVENTED-2024-10"}))
        for each in leaves:
            _write(writer, each)
    return path


def _write(writer: WARCWriter, each: Leaf) -> None:
    dated = {"WARC-Date": each.at}
    head = StatusAndHeaders("GET / HTTP/1.1", [("Host", each.url.split("/")[2])], is_http_request=True)
    writer.write_record(writer.create_warc_record(each.url, "request", http_headers=head, warc_headers_dict=dated))
    body = each.body.encode()
    headers = [
        ("Content-Type", each.mime),
        ("X-Crawler-Content-Encoding", "gzip"),
        ("ETag", hashlib.md5(body).hexdigest()),
        ("Content-Length", str(len(body))),
    ]
    head = StatusAndHeaders(each.status, headers, protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(each.url, "response", payload=BytesIO(body), http_headers=head, warc_headers_dict=dated))
    writer.write_record(writer.create_warc_record(each.url, "metadata", payload=BytesIO(b"fetchTimeMs: 212\r\n"), warc_headers_dict=dated))


def common_crawl(pages: int, every: int = 10, size: int = 20_000) -> Iterator[Leaf]:
    """A crawl of the wide web: one page in `every` has a posting, the others have none."""
    for number in range(pages):
        at = f"2024-03-{1 + number % 28:02d}T{number % 24:02d}:10:00Z"
        site = f"site{number % 97}.example"
        marked = number % every == 0
        yield Leaf(f"https://{site}/{'gigs' if marked else 'news'}/{number}", at, gig_page(number, marked=marked, size=size))


def tables() -> Sequence[str]:
    """The tables that a second run must leave as they are."""
    return ("crawl", "capture", "text", "posting", "version", "sighting", "reading", "pay", "term", "event", "issue", "source")
