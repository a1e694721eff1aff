"""Responses become WARC records before anything reads them, and are read back from there.

One file per crawl, `<warc folder>/<source>/<UTC stamp>-<source>.warc.gz`: a warcinfo record, then response and request of each exchange,
revisit records for pages that did not change, resource records for what a browser made of a page.

When bytes are safe: every record is handed to the operating system whole, in one write, so a killed process loses at most the record in
hand (`repair` cuts it off). `sync` and `close` wait for the disk; commit rows that point here only after `sync`, and a power cut loses
nothing that was committed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from email.message import Message
from pathlib import Path
from types import TracebackType

from crawler import warc
from crawler.errors import CaptureError
from crawler.records import Capture, Page, Problem, Role
from crawler.warc import Headers
from crawler.warc_file import create, newest, repair

__all__ = ["Archive", "Exchange", "fetch", "newest", "page", "repair", "urn", "verify"]

UNKNOWN_MIME = "application/octet-stream"
PROFILE = "http://netpreserve.org/warc/1.1/revisit/"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response as the HTTP client gave them: body is decoded (no gzip, no chunks), headers are as received."""

    url: str
    role: Role
    status: int
    response_headers: Headers
    body: bytes
    fetched_at: str
    method: str = "GET"
    request_headers: Headers = ()
    request_body: bytes = b""
    ip: str | None = None
    context: Mapping[str, str] = field(default_factory=dict)


def urn(role: Role, url: str) -> str:
    """The address of what a browser made of a page: replay tools must not take it for the page itself."""
    return f"urn:callboard:{role}:{url}"


class Archive:
    """The WARC file of one crawl, open for writing. Use it as a context manager or close it.

    started_at names the file (`2026-11-21T02:14:07Z`); info goes into the warcinfo record. Raises CaptureError when the file cannot be
    made or written; after a failed write (a full disk) the file ends with the last whole record.
    """

    def __init__(self, warc_dir: Path, source: str, started_at: str, info: Mapping[str, str] | None = None) -> None:
        self.path, self._file = create(warc_dir, source, started_at)
        self.name = f"{source}/{self.path.name}"
        self._info = warc.new_id()
        self._ids: dict[int, str] = {}
        fields = {"format": "WARC File Format 1.1", "isPartOf": source, **(info or {})}
        block = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in fields.items()).encode()
        head = [("WARC-Record-ID", self._info), ("WARC-Date", started_at), ("WARC-Filename", self.path.name)]
        self._append(warc.member("warcinfo", [*head, ("Content-Type", "application/warc-fields")], block))

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Wait for the disk and close the file. A second call does nothing."""
        if not self._file.closed:
            self.sync()
            self._file.close()

    def sync(self) -> None:
        """Wait until every record written so far is on the disk."""
        os.fsync(self._file.fileno())

    def write_exchange(self, exchange: Exchange) -> Capture:
        """Write the response and its request; the Capture points at the response."""
        head = {"WARC-Payload-Digest": warc.digest(exchange.body)}
        block = warc.response_block(exchange.status, exchange.response_headers, len(exchange.body)) + exchange.body
        return self._write_pair("response", exchange, head, block)

    def write_revisit(self, exchange: Exchange, original: Capture, original_id: int | None = None) -> Capture:
        """Write that a page had not changed since `original`: by the server's word (304) or because its bytes hash alike.

        The Capture carries the original's digest, size and type. Raises CaptureError if the bytes differ, or if the original is itself
        a revisit, which has no bytes to point at.
        """
        _check_revisit(exchange, original)
        head = {
            "WARC-Payload-Digest": f"sha256:{original.sha256}",
            "WARC-Profile": PROFILE + ("server-not-modified" if exchange.status == 304 else "identical-payload-digest"),
            "WARC-Refers-To-Target-URI": original.url,
            "WARC-Refers-To-Date": original.fetched_at,
        }
        block = warc.response_block(exchange.status, exchange.response_headers, len(exchange.body))
        seen = self._write_pair("revisit", exchange, head, block)
        same = {name: getattr(original, name) for name in ("mime", "encoding", "size", "sha256")}
        etag, modified = seen.etag or original.etag, seen.last_modified or original.last_modified
        return replace(seen, **same, etag=etag, last_modified=modified, revisit_of=original_id)

    def write_resource(self, name: str, mime: str, body: bytes, parent: Capture) -> Capture:
        """Write what a browser made of the page `parent`: its final DOM or a screenshot, under an address from `urn`.

        parent must have been written to this archive. The role is the one that the address names.
        """
        head = [("WARC-Payload-Digest", warc.digest(body)), ("WARC-Concurrent-To", self._ids[parent.offset])]
        place = self._write("resource", name, parent.fetched_at, [*head, ("Content-Type", mime)], body)
        made = Exchange(name, Role(name.split(":")[2]), parent.status, (("Content-Type", mime),), body, parent.fetched_at)
        return replace(_capture(made, self.name, *place), context=parent.context)

    def _write_pair(self, kind: str, exchange: Exchange, head: Mapping[str, str], block: bytes) -> Capture:
        """Write a response or revisit and the request that it answers."""
        shared = [("WARC-IP-Address", exchange.ip)] if exchange.ip else []
        full = [*head.items(), *shared, ("Content-Type", "application/http; msgtype=response")]
        offset, length = self._write(kind, exchange.url, exchange.fetched_at, full, block)
        asked = warc.request_block(exchange.method, exchange.url, exchange.request_headers, exchange.request_body)
        full = [("WARC-Concurrent-To", self._ids[offset]), *shared, ("Content-Type", "application/http; msgtype=request")]
        self._write("request", exchange.url, exchange.fetched_at, full, asked)
        return _capture(exchange, self.name, offset, length)

    def _write(self, kind: str, url: str, date: str, head: list[tuple[str, str]], block: bytes) -> tuple[int, int]:
        record = warc.new_id()
        first = [("WARC-Record-ID", record), ("WARC-Date", date), ("WARC-Target-URI", url), ("WARC-Warcinfo-ID", self._info)]
        offset, length = self._append(warc.member(kind, [*first, *head], block))
        self._ids[offset] = record
        return offset, length

    def _append(self, data: bytes) -> tuple[int, int]:
        """Add a whole member: (offset, length). A member that does not fit is taken back."""
        offset = self._file.tell()
        try:
            written = 0
            while written < len(data):
                written += self._file.write(data[written:])
        except OSError as error:
            self._file.truncate(offset)
            self._file.seek(offset)
            raise CaptureError(f"{self.path}: cannot write ({error.strerror}); free space and crawl again") from error
        return offset, len(data)


def _check_revisit(exchange: Exchange, original: Capture) -> None:
    if original.revisit_of is not None:
        raise CaptureError(f"{original.url}: a revisit cannot stand for another revisit; give capture {original.revisit_of}")
    if exchange.status != 304 and hashlib.sha256(exchange.body).hexdigest() != original.sha256:
        raise CaptureError(f"{exchange.url}: not a revisit, the page has changed since {original.fetched_at}")


def _capture(exchange: Exchange, name: str, offset: int, length: int) -> Capture:
    headers = {key.lower(): value for key, value in reversed(exchange.response_headers)}
    mime, encoding = _content_type(headers.get("content-type", ""))
    return Capture(
        url=exchange.url,
        role=exchange.role,
        method=exchange.method,
        fetched_at=exchange.fetched_at,
        status=exchange.status,
        mime=mime,
        encoding=encoding,
        size=len(exchange.body),
        sha256=hashlib.sha256(exchange.body).hexdigest(),
        warc=name,
        offset=offset,
        length=length,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        context=exchange.context,
    )


def _content_type(value: str) -> tuple[str, str | None]:
    """(media type, charset) of a Content-Type header; a page without one is of unknown type."""
    message = Message()
    message["Content-Type"] = value
    charset = message.get_param("charset")
    return value.partition(";")[0].strip().lower() or UNKNOWN_MIME, charset.lower() if isinstance(charset, str) else None


def fetch(warc_dir: Path, capture: Capture) -> bytes:
    """The archived bytes of a capture, proved against its digest. One seek, whatever the size of the file.

    Raises CaptureError if the file is missing or damaged, if the bytes are not those that were captured, and for a revisit: that has
    no bytes, its original (`revisit_of`) has.
    """
    record = _record(warc_dir, capture)
    if record.kind == "revisit":
        raise CaptureError(f"{capture.url}: unchanged on {capture.fetched_at}; its bytes are those of capture {capture.revisit_of}")
    now = hashlib.sha256(record.payload).hexdigest()
    if now != capture.sha256:
        raise CaptureError(f"{capture.warc} at {capture.offset}: the bytes of {capture.url} do not match their digest, it is now {now}")
    return record.payload


def _record(warc_dir: Path, capture: Capture) -> warc.Record:
    """The record a capture points at, if it is that of the captured address."""
    path = Path(warc_dir) / capture.warc
    if ".." in path.parts or Path(capture.warc).is_absolute():
        raise CaptureError(f"{capture.warc}: not a file of the WARC folder")
    try:
        with path.open("rb") as file:
            file.seek(capture.offset)
            record = warc.read(file.read(capture.length))
    except OSError as error:
        raise CaptureError(f"{path}: cannot be read ({error.strerror})") from error
    except CaptureError as error:
        raise CaptureError(f"{path} at {capture.offset}: {error}") from error
    if record.headers.get("WARC-Target-URI") != capture.url:
        raise CaptureError(f"{path} at {capture.offset}: the record there is not of {capture.url}")
    return record


def page(warc_dir: Path, capture: Capture) -> Page:
    """A captured response as the readers see it. Raises CaptureError as `fetch` does."""
    body = fetch(warc_dir, capture)
    return Page(capture.url, capture.role, body, capture.mime, capture.status, capture.fetched_at, capture.encoding, capture.context)


def verify(warc_dir: Path, captures: Iterable[Capture]) -> list[Problem]:
    """A Problem for each capture whose record is missing, damaged or not what was captured; revisits are checked as such."""
    found = []
    for capture in captures:
        try:
            _prove(warc_dir, capture)
        except CaptureError as error:
            found.append(Problem("capture-damaged", str(error), capture.url, "error"))
    return found


def _prove(warc_dir: Path, capture: Capture) -> None:
    record = _record(warc_dir, capture)
    if record.kind == "revisit":
        if record.headers.get("WARC-Payload-Digest") != f"sha256:{capture.sha256}":
            raise CaptureError(f"{capture.warc} at {capture.offset}: the revisit of {capture.url} names another digest")
    else:
        fetch(warc_dir, capture)
