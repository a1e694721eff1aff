"""A WARC file on the disk: made, found, and mended after a crash."""

from __future__ import annotations

import contextlib
import io
import itertools
import mmap
import os
import zlib
from pathlib import Path

from crawler.errors import CaptureError

CHUNK = 1 << 20
_GZIP = b"\x1f\x8b\x08"
_WARC = b"WARC/"


def create(warc_dir: Path, source: str, started_at: str) -> tuple[Path, io.FileIO]:
    """A new, unbuffered file for a crawl that nobody else writes: a second one in the same second gets -2.

    Raises CaptureError if it cannot be made.
    """
    folder = Path(warc_dir) / source
    stem = f"{started_at.replace('-', '').replace(':', '')}-{source}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in itertools.count(1):
            path = folder / f"{stem}{f'-{number}' if number > 1 else ''}.warc.gz"
            with contextlib.suppress(FileExistsError):
                file = path.open("xb", buffering=0)
                _keep_names(folder, folder.parent)
                return path, file
    except OSError as error:
        raise CaptureError(f"{folder}: cannot make a WARC file ({error.strerror}); check the data folder") from error
    raise AssertionError("count never ends")


def _keep_names(*folders: Path) -> None:
    """Wait until the names in these folders are on the disk: a file whose name is lost is lost."""
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def newest(warc_dir: Path, source: str) -> Path | None:
    """The last WARC file of a source: the one to repair before the next crawl, if the last was killed."""
    files = (Path(warc_dir) / source).glob("*.warc.gz")
    return max(files, default=None, key=lambda path: (path.name[:16], len(path.name), path.name))


def repair(path: Path) -> int:
    """Cut off a record that was being written when the process died: the number of bytes cut, 0 for a whole file.

    Never run it on a file that a crawl is writing. Raises CaptureError if whole records follow the broken one: that is not a torn tail
    but damage, and cutting there would destroy evidence.
    """
    whole, size = _whole_bytes(path), path.stat().st_size
    if whole < size:
        if _record_after(path, whole + 1):
            raise CaptureError(f"{path} at {whole}: damaged in the middle; restore it from a copy")
        os.truncate(path, whole)
    return size - whole


def torn(path: Path) -> int:
    """How many bytes at the end of a file are no whole record: 0, unless a crawl is writing it, was killed, or the file is damaged."""
    return path.stat().st_size - _whole_bytes(path)


def _whole_bytes(path: Path) -> int:
    """How many bytes of a file are whole gzip members, counted from its beginning."""
    done = fed = 0
    unzip = zlib.decompressobj(31)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            while chunk:
                try:
                    _drain(unzip, chunk)
                except zlib.error:
                    return done
                fed += len(chunk) - len(unzip.unused_data)
                if not unzip.eof:
                    break
                done, chunk, unzip = fed, unzip.unused_data, zlib.decompressobj(31)
    return done


def _drain(unzip: zlib._Decompress, chunk: bytes) -> bytes:
    """Feed a chunk and keep only its first plain bytes: a bomb fills no memory."""
    first = unzip.decompress(chunk, CHUNK)[: len(_WARC)]
    while unzip.unconsumed_tail and not unzip.eof:  # zlib leaves a tail behind the end, too
        unzip.decompress(unzip.unconsumed_tail, CHUNK)
    return first


def _record_after(path: Path, start: int) -> bool:
    """Does a whole record begin at or after byte `start`? (A captured .gz file is a gzip member too, but no record.)"""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        place = data.find(_GZIP, start)
        while place >= 0:
            if _is_record(data, place):
                return True
            place = data.find(_GZIP, place + 1)
    return False


def _is_record(data: mmap.mmap, place: int) -> bool:
    unzip = zlib.decompressobj(31)
    try:
        if unzip.decompress(data[place : place + CHUNK], len(_WARC)) != _WARC:
            return False
        _drain(unzip, unzip.unconsumed_tail)
        for begin in range(place + CHUNK, len(data), CHUNK):
            if unzip.eof:
                break
            _drain(unzip, data[begin : begin + CHUNK])
    except zlib.error:
        return False
    return unzip.eof
