"""One WARC record in one gzip member, as bytes: built and read. Nothing here opens a file.

Format: WARC/1.1 (ISO 28500:2017). Each record is a gzip member of its own, so that an offset leads to it and a torn tail costs one record.
Digests are written as `sha256:` and lower-case hex, the same words that the store and the site show.
"""

from __future__ import annotations

import hashlib
import http
import io
import re
import uuid
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.errors import CaptureError

Headers = tuple[tuple[str, str], ...]

LEVEL = 6
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key", "authorization-key"})
_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class Record:
    """A record as read: its WARC headers, the HTTP status and headers if it is an exchange, and the payload in bytes."""

    kind: str
    headers: dict[str, str]
    status: int | None
    http_headers: Headers
    payload: bytes


def new_id() -> str:
    """A WARC-Record-ID that nobody else has."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def digest(block: bytes) -> str:
    """`sha256:` and the digest in lower-case hex."""
    return f"sha256:{hashlib.sha256(block).hexdigest()}"


def member(kind: str, headers: Iterable[tuple[str, str]], block: bytes) -> bytes:
    """A whole gzip member with one record. Raises CaptureError for a header value that would break out of its line."""
    record = WarcRecord()
    record.init_headers(getattr(WarcRecordType, kind))
    for name, value in (*headers, ("WARC-Block-Digest", digest(block))):
        if _CONTROL.search(value):
            raise CaptureError(f"{name} with control characters: {value!r}")
        record.headers[name] = value
    record.set_bytes_content(block)
    buffer = io.BytesIO()
    writer = GzipWriter(buffer, compression_level=LEVEL)
    record.write(writer)
    writer.finish()
    writer.flush()
    return buffer.getvalue()


def request_block(method: str, url: str, headers: Headers, body: bytes) -> bytes:
    """The HTTP request as sent. Keys and cookies are left out: an archive is for readers."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    named = {name.lower() for name, _ in headers}
    host = () if "host" in named else (("Host", parts.netloc.rpartition("@")[2]),)
    kept = (pair for pair in headers if pair[0].lower() not in _SECRET)
    return _block(f"{method} {target} HTTP/1.1", (*host, *kept)) + body


def response_block(status: int, headers: Headers, size: int) -> bytes:
    """The head of an HTTP response, true for a payload of `size` bytes that the HTTP client has already decoded.

    What described the bytes on the wire is kept under X-Archive-Orig-, as other archivers do, so that a reader neither unzips again nor
    miscounts.
    """
    moved = ((f"X-Archive-Orig-{name}" if name.lower() in _UNDONE else name, value) for name, value in headers)
    return _block(_status_line(status), (*moved, ("Content-Length", str(size))))


def _status_line(status: int) -> str:
    try:
        phrase = http.HTTPStatus(status).phrase
    except ValueError:  # 520 and the like: a proxy's own invention
        phrase = "Unknown"
    return f"HTTP/1.1 {status} {phrase}"


def _block(first: str, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = [first, *(f"{name}: {' '.join(value.split())}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def read(data: bytes) -> Record:
    """The one record in a gzip member. Raises CaptureError if it is not one whole, readable record."""
    try:
        plain = _unzip(data)
        record = next(iter(ArchiveIterator(io.BytesIO(plain), parse_http=True)))
        headers = dict(record.headers.items())
        kind = headers["WARC-Type"]
        status, http_headers = _http(record)
        payload = bytes(record.reader.read())
    except (zlib.error, StopIteration, OSError, ValueError, KeyError) as error:
        raise CaptureError(f"no readable record here ({error or 'empty'})") from error
    return Record(kind, headers, status, http_headers, payload)


def _unzip(data: bytes) -> bytes:
    unzip = zlib.decompressobj(31)
    plain = unzip.decompress(data)
    if not unzip.eof or unzip.unused_data:
        raise ValueError("not exactly one gzip member")
    return plain


def _http(record: WarcRecord) -> tuple[int | None, Headers]:
    if not record.is_http_parsed:
        return None, ()
    return record.http_headers.status_code, tuple(record.http_headers.items())
