"""Some records of the archive copied into a WARC file of their own, byte for byte, so that anybody can check them without the rest."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from crawler import warc
from crawler.errors import CaptureError
from crawler.records import Capture

LARGEST_REQUEST = 1 << 20
NAMESPACE = uuid.UUID("6f1f2a52-6d5c-5b0e-9d0e-2c6a6a1f9a51")  # the same captures make the same file


def write(warc_dir: Path, captures: Iterable[Capture], file: Path, description: str) -> list[int]:
    """Copy each capture's record, and the request that it answers, into `file`: the offset there of each record.

    Raises CaptureError for a WARC file that is missing or damaged.
    """
    offsets = []
    with file.open("wb") as out:
        out.write(_head(file.name, description))
        for each in captures:
            offsets.append(out.tell())
            for member in _members(Path(warc_dir) / each.warc, each):
                out.write(member)
    return offsets


def _head(name: str, description: str) -> bytes:
    block = f"format: WARC File Format 1.1\r\nsoftware: Callboard\r\ndescription: {' '.join(description.split())}\r\n".encode()
    record = f"<urn:uuid:{uuid.uuid5(NAMESPACE, description)}>"
    head = [("WARC-Record-ID", record), ("WARC-Date", "1970-01-01T00:00:00Z"), ("WARC-Filename", name)]
    return warc.member("warcinfo", [*head, ("Content-Type", "application/warc-fields")], block)


def _members(path: Path, wanted: Capture) -> Iterator[bytes]:
    """The record of a capture as it lies in its file, then its request if that follows."""
    try:
        with path.open("rb") as file:
            file.seek(wanted.offset)
            record = file.read(wanted.length)
            following = file.read(LARGEST_REQUEST)
    except OSError as error:
        raise CaptureError(f"{path}: cannot be read ({error.strerror}); the pack would lack {wanted.url}") from error
    answer = warc.read(record)
    yield record
    request = _first_member(following)
    if request and _answers(warc.read(request), answer):
        yield request


def _first_member(data: bytes) -> bytes:
    """The first whole gzip member of some bytes, or nothing."""
    reader = zlib.decompressobj(wbits=31)
    try:
        reader.decompress(data)
    except zlib.error:
        return b""
    return data[: len(data) - len(reader.unused_data)] if reader.eof else b""


def _answers(request: warc.Record, answer: warc.Record) -> bool:
    return request.kind == "request" and request.headers.get("WARC-Concurrent-To") == answer.headers.get("WARC-Record-ID")
