"""Reading other people's WARC files: the answers in them that may carry postings, one at a time, in constant memory.

Any WARC/1.0 or 1.1 file, gzipped by record, as a whole, or not at all, from a path or a URL; Common Crawl's are such files. A body larger
than the limit is left out and counted, whatever it says of its own size.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.backfill import Archived
from crawler.clock import iso
from crawler.config import Config
from crawler.errors import ConfigError, UnreadableFile

CHUNK = 1 << 18
MARKS = (b"JobPosting", b"jobposting")  # of linked data and of microdata; a page without either has none of both


class Incoming:
    """The bytes of a download as a file that can only be read on. The WARC reader asks such a file where it stands, and no more."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left, self._place = pieces, b"", 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, b"" at the end."""
        if not self._left:
            self._left = next(self._pieces, b"")
        size = size if size >= 0 else len(self._left)
        found, self._left = self._left[:size], self._left[size:]
        self._place += len(found)
        return found

    def tell(self) -> int:
        """Bytes read so far."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Only to where it stands. Raises UnsupportedOperation for any other place."""
        if (offset, whence) not in ((0, io.SEEK_CUR), (self._place, io.SEEK_SET)):
            raise io.UnsupportedOperation("a download can only be read on")
        return self._place


Stream = IO[bytes] | Incoming


@contextmanager
def opened(where: str, settings: Config) -> Iterator[Stream]:
    """A WARC file by path or URL, open for reading. Raises UserMistake if it cannot be had, ConfigError for a URL without a contact."""
    if where.startswith(("http://", "https://")):
        with _download(where, settings) as file:
            yield file
        return
    try:
        file = open(where, "rb")  # noqa: SIM115, PTH123  # closed below; a failure to open must not be taken for one of the reader
    except OSError as error:
        raise UnreadableFile(f"{where}: cannot be read ({error.strerror}); name a WARC file or its URL") from error
    with file:
        yield file


@contextmanager
def _download(url: str, settings: Config) -> Iterator[Stream]:
    import httpx

    from crawler.one_page import robots_refusal
    from crawler.spiders import _failures, _manners

    if not settings.contact.strip() and not _manners.is_loopback(_manners.host(url)):
        raise ConfigError(
            f"{url}: no contact is configured; set contact in callboard.toml or CALLBOARD_CONTACT, or download the file first"
        )
    headers = {"User-Agent": _manners.user_agent(settings.contact)}
    with httpx.Client(headers=headers, timeout=settings.timeout, follow_redirects=True, max_redirects=5) as client:
        refusal = robots_refusal(client, url)
        if refusal:
            raise UnreadableFile(f"{url}: {refusal}")
        try:
            with client.stream("GET", url) as answer:
                if answer.status_code >= 400:
                    raise UnreadableFile(f"{url}: answered {answer.status_code}; check the address")
                yield Incoming(answer.iter_raw(CHUNK))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UnreadableFile(f"{url}: cannot be fetched ({_failures.sentence(error)}); check the address") from error


def answers(where: str, file: Stream, limit: int, count: Counter[str]) -> Iterator[Archived]:
    """The whole answers of a WARC file that are pages or data. limit: bytes of a body. count: what was met and what was left out, by word.

    Raises UnreadableFile where the file is no WARC file, or is damaged: what came before has been yielded.
    """
    try:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response | WarcRecordType.revisit, parse_http=False):  # type: ignore[arg-type]  # a flag enum
            count["records"] += 1
            found = _answer(record, limit, count)
            if found is not None:
                yield found
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{where}: damaged after {count['records']} records ({error}); what was read before is kept") from error
    if not count["records"]:
        raise UnreadableFile(f"{where}: no WARC record with a response in it")


def _answer(record: WarcRecord, limit: int, count: Counter[str]) -> Archived | None:
    left_out, body = _unfit(record, limit), b""
    if not left_out:
        left_out = _open(record)
    if not left_out:
        body = bytes(record.reader.read(limit + 1))
        left_out = "too large" if len(body) > limit else "" if body.strip() else "empty"
    if left_out:
        count[left_out] += 1
        return None
    headers = tuple((str(name), str(value)) for name, value in record.http_headers.items())
    return Archived(_address(record), _date(record), body, headers)


def _unfit(record: WarcRecord, limit: int) -> str:
    """Why a record need not be opened, or ""."""
    if record.record_type == WarcRecordType.revisit:
        return "unchanged"
    if not record.is_http:
        return "not a page"
    if record.content_length > limit:
        return "too large"
    return "" if urlsplit(_address(record)).scheme in ("http", "https") and record.record_date else "without address or date"


def _open(record: WarcRecord) -> str:
    """Read the record's HTTP head; why it is left out, or "". Raises ValueError if the record ends early: its reader would not say so."""
    whole = record.content_length
    block = bytes(record.reader.read())
    if len(block) != whole:
        raise ValueError(f"a record of {whole} bytes ends after {len(block)}")
    record.set_bytes_content(block)
    record.parse_http(auto_decode="all")
    return "" if record.is_http_parsed and record.http_headers.status_code == 200 else "not a page"


def _address(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Target-URI") or "").strip("<>")


def _date(record: WarcRecord) -> str:
    date: datetime = record.record_date
    return iso(date if date.tzinfo else date.replace(tzinfo=UTC))


def may_hold_postings(found: Archived) -> bool:
    """Whether an answer can carry a JobPosting: a look at its bytes, thousands of times cheaper than reading it."""
    return any(mark in found.body for mark in MARKS)
