"""The Wayback Machine's captures of a source: its index (the CDX server's JSON), then each capture as it was archived.

One request at a time, with the delay of a crawl, under the project's own name and the archive's robots.txt. A capture that the store has
is not fetched again. Source of the shapes: github.com/internetarchive/wayback, wayback-cdx-server.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from protego import Protego

from crawler.backfill import Archived
from crawler.clock import iso
from crawler.config import Config
from crawler.errors import ConfigError, UserMistake
from crawler.kinds import spider
from crawler.records import Source
from crawler.spiders import _failures, _manners

API = "https://web.archive.org"
FIELDS = "timestamp,original,mimetype,statuscode,digest"
PAGE = 1000  # rows of the index an answer
_STAMP = re.compile(r"/web/(\d{14})id_/")
ORIGINAL = "x-archive-orig-"


@dataclass(frozen=True, slots=True)
class Held:
    """One capture that the archive holds. stamp: its date as fourteen digits, in UTC."""

    stamp: str
    url: str


@dataclass(frozen=True, slots=True)
class Query:
    """What to ask the index for: an address, or everything below one that matches a pattern."""

    url: str
    below: bool = False
    pattern: str | None = None


def queries(source: Source, reads_pages: bool) -> list[Query]:
    """The addresses of a source: the pages that a crawl starts from and, for kinds that read a posting by its page, the postings.

    Those are the pages that its `link_pattern` matches, anywhere on its site; without one, the pages below its listings.
    """
    starts = [ask.url for ask in spider(source.kind).start_asks(source) if ask.method == "GET"]
    found = [Query(url) for url in starts]
    pattern = source.settings.get("link_pattern")
    if not reads_pages:
        return found
    if pattern:
        return [*found, *(Query(f"{site}/", True, pattern) for site in dict.fromkeys(_site(url) for url in starts))]
    return [*found, *(Query(f"{url.rstrip('/')}/", True) for url in starts if not url.endswith((".xml", ".gz")))]


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def date_of(stamp: str) -> str:
    """`20240305120000` as `2024-03-05T12:00:00Z`. Raises ValueError on anything else."""
    return iso(datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC))


class Wayback:
    """The archive, asked politely. Use it as a context manager. Raises ConfigError without a contact, unless it is on loopback."""

    def __init__(self, settings: Config, api: str = API) -> None:
        if not settings.contact.strip() and not _manners.is_loopback(_manners.host(api)):
            raise ConfigError(f"{api}: no contact is configured; set contact in callboard.toml or CALLBOARD_CONTACT")
        self.settings, self.api = settings, api.rstrip("/")
        headers = {"User-Agent": _manners.user_agent(settings.contact)}
        self._client = httpx.Client(headers=headers, timeout=settings.timeout, follow_redirects=True, max_redirects=5)
        self._rules: Any = None
        self._last = 0.0

    def __enter__(self) -> Wayback:
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def held(self, query: Query, begin: str, end: str) -> Iterator[Held]:
        """The whole captures of a query between two dates (eight digits each), oldest first, one for each run of the same bytes."""
        asked = {"url": query.url, "output": "json", "fl": FIELDS, "from": begin, "to": end, "filter": "statuscode:200"}
        asked |= {"collapse": "digest", "limit": str(PAGE), "showResumeKey": "true"} | ({"matchType": "prefix"} if query.below else {})
        key: str | None = ""
        while key is not None:
            answer, _ = self._ask(f"{self.api}/cdx/search/cdx?{urlencode(asked | ({'resumeKey': key} if key else {}))}")
            rows, key = _rows(answer)
            for row in rows:
                if query.pattern is None or re.search(query.pattern, row.url):
                    yield row

    def fetch(self, held: Held) -> Archived:
        """One capture as it was archived. The archive may give the nearest instead; the date is that of what it gave."""
        body, answer = self._ask(f"{self.api}/web/{held.stamp}id_/{held.url}")
        given = _STAMP.search(str(answer.url))
        return Archived(held.url, date_of(given.group(1) if given else held.stamp), body, _headers(answer))

    def _ask(self, url: str) -> tuple[bytes, httpx.Response]:
        """One answer. Raises UserMistake if robots.txt forbids it, if it is an error or larger than the limit."""
        if self._rules is None:
            said = self._get(f"{self.api}/robots.txt", robots=True)
            if said[1].status_code >= 500:  # RFC 9309, 2.3.1.4
                raise UserMistake(f"{url}: robots.txt of the archive answered {said[1].status_code}; try again later")
            self._rules = Protego.parse(said[0].decode("utf-8", "replace") if said[1].status_code == 200 else "")
        if not self._rules.can_fetch(url, _manners.ROBOT):
            raise UserMistake(f"{url}: robots.txt of the archive forbids fetching it")
        return self._get(url)

    def _get(self, url: str, robots: bool = False) -> tuple[bytes, httpx.Response]:
        time.sleep(max(0.0, self._last + self.settings.delay - time.monotonic()))
        try:
            with self._client.stream("GET", url) as answer:
                if answer.status_code >= 400 and not robots:
                    raise UserMistake(f"{url}: the archive answered {answer.status_code}; what was read before is kept, try again later")
                return self._body(answer), answer
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UserMistake(f"{url}: cannot be fetched ({_failures.sentence(error)}); what was read before is kept") from error
        finally:
            self._last = time.monotonic()

    def _body(self, answer: httpx.Response) -> bytes:
        body = bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > self.settings.max_body:
                return b""  # an empty body has no posting; what the limit is for has been said in the settings
        return bytes(body)


def _rows(answer: bytes) -> tuple[list[Held], str | None]:
    """The rows of an index answer and the key to go on from, if there is more. Raises UserMistake if it is no index."""
    try:
        table = json.loads(answer or b"[]")
        names = list(table[0]) if table else ["timestamp", "original"]
        stamp, url = names.index("timestamp"), names.index("original")
        end = table.index([]) if [] in table else len(table)
        found = [Held(row[stamp], row[url]) for row in table[1:end] if row[stamp].isdigit() and len(row[stamp]) == 14]
        return found, str(table[end + 1][0]) if end + 1 < len(table) else None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise UserMistake(f"the archive's index answered something else than a table: {answer[:80]!r}") from error


def _headers(answer: httpx.Response) -> tuple[tuple[str, str], ...]:
    """The archived answer's own headers; its type, if the archive did not keep them apart."""
    kept = tuple((name.removeprefix(ORIGINAL), value) for name, value in answer.headers.items() if name.startswith(ORIGINAL))
    plain = answer.headers.get("content-type")
    named = {name for name, _ in kept}
    return kept if "content-type" in named or not plain else (*kept, ("content-type", plain))
