"""A process that dies while it writes: the file is mended, nothing whole is lost. All pages are invented."""

import os
import random
import signal
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from crawler.capture import Archive, Exchange, fetch, newest, repair
from crawler.errors import CaptureError
from crawler.records import Capture, Role

AT = "2026-11-21T02:14:07Z"

WRITER = """
import random, sys
from pathlib import Path
from crawler.capture import Archive, Exchange
from crawler.records import Role
noise = random.Random(3)
with Archive(Path(sys.argv[1]), "killed", "2026-11-21T02:14:07Z") as archive:
    for number in range(10**9):
        body = noise.randbytes(noise.randrange(200_000))
        made = archive.write_exchange(Exchange(f"http://x.example/{number}", Role.POSTING, 200, (), body, "2026-11-21T02:14:07Z"))
        print(number, made.offset, made.length, made.sha256, len(body), flush=True)
"""


def types(path: Path) -> list[str]:
    with path.open("rb") as file:
        found = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            found.append(record.rec_type)
        return found


def capture(line: str) -> Capture:
    number, offset, length, digest, size = line.split()
    url = f"http://x.example/{number}"
    warc = "killed/20261121T021407Z-killed.warc.gz"
    return Capture(url, Role.POSTING, "GET", AT, 200, "", None, int(size), digest, warc, int(offset), int(length))


@pytest.mark.parametrize("lines", [1, 7, 23, 40])
def test_kill_9_loses_at_most_the_record_in_hand(tmp_path: Path, lines: int) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(lines)]
        os.kill(child.pid, signal.SIGKILL)
        told += [line for line in child.stdout if line.endswith("\n")]
    path = newest(tmp_path, "killed")
    assert path is not None
    repair(path)
    assert repair(path) == 0
    assert types(path)[: 1 + 2 * len(told)] == ["warcinfo"] + ["response", "request"] * len(told)
    assert [len(fetch(tmp_path, made)) for made in map(capture, told)] == [made.size for made in map(capture, told)]


def written(folder: Path) -> tuple[Path, list[int]]:
    """A file, and where its records begin. One body is a gzip file itself, one is longer than a read, one is a bomb."""
    long = random.Random(5).randbytes(2_500_000)
    bodies = [b"<p>one</p>", zlib.compress(b"two", wbits=31), long, bytes(40_000_000), b"<p>five</p>" * 30]
    with Archive(folder, "torn", AT) as archive:
        for number, body in enumerate(bodies):
            archive.write_exchange(Exchange(f"http://x.example/{number}", Role.POSTING, 200, (), body, AT))
    data = archive.path.read_bytes()
    starts, rest = [0], data
    while rest:
        unzip = zlib.decompressobj(31)
        unzip.decompress(rest)
        rest = unzip.unused_data
        starts.append(len(data) - len(rest))
    return archive.path, starts


def test_a_file_torn_anywhere_in_its_last_record_is_mended(tmp_path: Path) -> None:
    path, starts = written(tmp_path)
    data = path.read_bytes()
    last, end = starts[-2:]
    for cut in range(last + 1, end):
        path.write_bytes(data[last:cut])
        assert repair(path) == cut - last
        assert path.stat().st_size == 0
    for cut in (last + 1, (last + end) // 2, end - 1):
        path.write_bytes(data[:cut])
        assert repair(path) == cut - last
        assert len(types(path)) == len(starts) - 2


def test_any_tail_is_mended_to_the_last_whole_record(tmp_path: Path) -> None:
    path, starts = written(tmp_path)
    data = path.read_bytes()
    noise = random.Random(11)
    for cut in [0, 1, *starts[1:], *(noise.randrange(len(data)) for _ in range(20))]:
        path.write_bytes(data[:cut])
        whole = max(start for start in starts if start <= cut)
        assert repair(path) == cut - whole
        assert path.read_bytes() == data[:whole]


@pytest.mark.parametrize("tail", [b"\0" * 5000, b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\xff" * 99, b"noise"])
def test_what_a_power_cut_leaves_behind_the_last_record_is_cut(tmp_path: Path, tail: bytes) -> None:
    path, _ = written(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data + tail)
    assert repair(path) == len(tail)
    assert path.read_bytes() == data


def test_damage_in_the_middle_is_not_a_tail(tmp_path: Path) -> None:
    path, starts = written(tmp_path)
    data = bytearray(path.read_bytes())
    data[starts[2] + 40] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(CaptureError, match="damaged in the middle"):
        repair(path)
    assert path.read_bytes() == bytes(data)


def test_the_newest_file_is_the_one_to_mend(tmp_path: Path) -> None:
    assert newest(tmp_path, "torn") is None
    for moment in ("2026-11-22T02:00:00Z", "2026-11-21T02:00:00Z", "2026-11-22T02:00:00Z"):
        Archive(tmp_path, "torn", moment).close()
    path = newest(tmp_path, "torn")
    assert path is not None
    assert path.name == "20261122T020000Z-torn-2.warc.gz"
