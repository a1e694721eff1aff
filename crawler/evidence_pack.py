"""`callboard evidence`: all that is kept of one gig, in one file that can be checked by somebody who trusts neither us nor this machine.

A zip in the layout of BagIt (RFC 8493): the archived records in a WARC file of their own, each page as it was served, each text that
was read, the findings with their quotes and offsets, and a digest of every file. The same store gives the same bytes. Documents that were
handed in and not given free for publication are left out.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import mimetypes
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler import capture, excerpt, rows, store
from crawler.errors import UserMistake
from crawler.records import Capture

README = Path(__file__).parent / "evidence_pack.txt"
CONSTANT_TIME = (1980, 1, 1, 0, 0, 0)  # of files in the zip; what counts is told inside

VERSIONS = "select * from version where posting_id = ? order by number"
# What somebody handed in and did not give free for publication would lead to who did.
DOCUMENTS = "select * from document where posting_id = ? and (origin = 'captured' or publish = 1) order by id"
EVENTS = "select at, kind, code, detail, before, after, version_before, version_after from event where posting_id = ? order by id"
LAST = "select max(capture_id) as id from sighting where posting_id = ?"
NEWEST = "select ruleset from reading where text_sha256 = ? order by id desc limit 1"
CAPTURES = """
with recursive wanted(id) as (
  select value from json_each(?)
  union select c.id from capture c join wanted w on c.parent = w.id
  union select c.revisit_of from capture c join wanted w on w.id = c.id where c.revisit_of is not null
) select * from capture where id in wanted order by fetched_at, id
"""


def write(db: Database, warc_dir: Path, gig: str, output: Path) -> str:
    """Write the pack of a gig, by the twelve characters of its page; the line that says what is in it.

    Raises UserMistake for a gig that the store does not have, CaptureError if its archive is damaged.
    """
    posting = store.first(db, "select * from posting where id = ?", [gig])
    if posting is None:
        raise UserMistake(f"{gig}: no gig of the store; give the twelve characters that end the address of its page")
    versions, documents = (store.select(db, sql, [gig]) for sql in (VERSIONS, DOCUMENTS))
    kept = _captures(db, gig, [*versions, *documents])
    files = _texts(db, [*versions, *documents]) | _pages(warc_dir, kept)
    facts = {"posting": posting, "versions": [_read(db, each) for each in versions], "documents": [_read(db, each) for each in documents]}
    files["gig.json"] = _json(facts | {"events": store.select(db, EVENTS, [gig])})
    files |= _records(warc_dir, kept, gig)
    files["README.txt"] = README.read_bytes()
    _zip(output, gig, files)
    return f"{output}: {len(versions)} versions, {len(documents)} documents, {len(kept)} captures; sha256 {_sha256(output.read_bytes())}"


def _captures(db: Database, gig: str, read_from: Sequence[rows.Row]) -> list[rows.Row]:
    """The captures that were read, the last in which the gig was seen, and what belongs to them: originals, final DOMs, screenshots."""
    last = store.first(db, LAST, [gig])
    wanted = [row["capture_id"] for row in read_from] + ([last["id"]] if last else [])
    return store.select(db, CAPTURES, [json.dumps([number for number in wanted if number is not None])])


def _texts(db: Database, read: Sequence[rows.Row]) -> dict[str, bytes]:
    """Every text that was read, named by its digest."""
    digests = sorted({row["text_sha256"] for row in read})
    found = (store.select(db, "select text from text where sha256 = ?", [digest])[0]["text"] for digest in digests)
    return {f"texts/{digest}.txt": str(words).encode() for digest, words in zip(digests, found, strict=True)}


def _pages(warc_dir: Path, kept: Sequence[rows.Row]) -> dict[str, bytes]:
    """Every archived body, as a file that opens by itself; what had not changed has none of its own."""
    return {_name(row): capture.fetch(warc_dir, rows.capture(row)) for row in kept if row["revisit_of"] is None}


def _name(row: rows.Row) -> str:
    ending = ".txt" if row["mime"].startswith("text/html") else mimetypes.guess_extension(row["mime"]) or ".bin"
    return f"pages/{row['id']}-{row['role']}{ending}"


def _read(db: Database, row: rows.Row) -> dict[str, Any]:
    """A version or document with the newest reading of its text."""
    newest = store.first(db, NEWEST, [row["text_sha256"]])
    found = store.reading(db, row["text_sha256"], newest["ruleset"]) if newest else None
    return {**row, "reading": asdict(found) if found else None}


def _records(warc_dir: Path, kept: Sequence[rows.Row], gig: str) -> dict[str, bytes]:
    """The WARC file of the pack, and the table of what lies where in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{gig}.warc.gz"
        offsets = excerpt.write(warc_dir, [rows.capture(row) for row in kept], file, f"evidence of gig {gig}")
        return {file.name: file.read_bytes(), "captures.csv": _table([*zip(kept, offsets, strict=True)])}


def _table(placed: Sequence[tuple[rows.Row, int]]) -> bytes:
    shown = [name for name in ("id", "url", *Capture.__dataclass_fields__) if name != "context"]
    names = [*dict.fromkeys(shown), "offset_here"]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**row, "offset_here": offset} for row, offset in placed)
    return out.getvalue().encode()


def _zip(output: Path, gig: str, files: Mapping[str, bytes]) -> None:
    payload = {f"data/{name}": body for name, body in sorted(files.items())}
    manifest = "".join(f"{_sha256(body)}  {name}\n" for name, body in payload.items())
    tags = {"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "manifest-sha256.txt": manifest.encode()}
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in (tags | payload).items():
            archive.writestr(zipfile.ZipInfo(f"callboard-{gig}/{name}", CONSTANT_TIME), body, zipfile.ZIP_DEFLATED)


def _json(facts: object) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
