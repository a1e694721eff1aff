"""Documents that people hand in: a contract, release or consent form, attached to a gig or an employer.

Only the text is kept, without the tipster's side; the file's digest is kept so that it can be recognised. A submitted document enters no
public figure unless it is marked corroborated, and is published only when somebody says so. One fetched from a URL is archived as every
other page and counts as captured.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from crawler import rows, store
from crawler.capture import Archive, Exchange
from crawler.errors import UserMistake
from crawler.findings.reading import read as read_text
from crawler.records import Role
from crawler.signatures import strip
from crawler.text import sha256

UNVERIFIED, CORROBORATED, CAPTURED = "submitted, unverified", "submitted, corroborated", "captured"
ATTACHED = "attached"


@dataclass(frozen=True, slots=True)
class Submission:
    """A document on its way in: its text, the bytes it was read from, where it came from, and what it belongs to."""

    text: str
    body: bytes
    title: str | None = None
    url: str | None = None
    posting: str | None = None
    organization: str | None = None
    names: Sequence[str] = ()
    publish: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What was stored: the document's number, its text's digest, how many places were covered, and whether it was there already."""

    document: int
    text_sha256: str
    covered: int
    known: bool


def attach(db: Database, warc: Path, submission: Submission, at: str) -> Taken:
    """Store a document. Raises UserMistake if the gig is unknown."""
    _known_posting(db, submission.posting)
    words, covered = (submission.text, 0) if submission.url else strip(submission.text, submission.names)
    digest = sha256(words)
    where = "text_sha256 = ? and posting_id is ? and organization is ?"
    known = store.first(db, f"select id from document where {where}", [digest, submission.posting, submission.organization])
    if known:
        return Taken(known["id"], digest, covered, True)
    capture = _archive(db, warc, submission, at) if submission.url else None
    with store.transaction(db):
        store.keep_text(db, digest, words, at)
        store.keep_reading(db, read_text(words), at)
        row: rows.Row = {"text_sha256": digest, "posting_id": submission.posting, "organization": submission.organization}
        row |= {"title": submission.title, "url": submission.url, "capture_id": capture, "added_at": at}
        row |= {"file_sha256": hashlib.sha256(submission.body).hexdigest(), "publish": submission.publish or capture is not None}
        row |= {"origin": CAPTURED if capture else UNVERIFIED, "corroborated": capture is not None}
        return Taken(store.insert(db, "document", row), digest, covered, False)


def _known_posting(db: Database, posting: str | None) -> None:
    if posting and store.first(db, "select 1 from posting where id = ?", [posting]) is None:
        raise UserMistake(f"no gig {posting}; give the twelve characters of its page's address, or --employer NAME")


def _archive(db: Database, warc: Path, submission: Submission, at: str) -> int:
    """Archive a document fetched by hand, as a crawl of its own under the source `attached`."""
    with Archive(warc, ATTACHED, at) as archive:
        exchange = Exchange(submission.url or "", Role.DOCUMENT, 200, (), submission.body, at)
        capture = archive.write_exchange(exchange)
        name = archive.name
    with store.transaction(db):
        columns = "(id, kind, name, url, lineage, added_at) values (?, 'document', 'Attached by hand', ?, 'board', ?)"
        db.execute(f"insert or ignore into source {columns}", [ATTACHED, submission.url, at])
        crawl: rows.Row = {"source_id": ATTACHED, "started_at": at, "finished_at": at, "outcome": "complete", "reason": "attached by hand"}
        number = store.insert(db, "crawl", crawl | {"warc": name, "pages": 1, "seen": 0})
        return store.insert(db, "capture", rows.of_capture(capture, number, ATTACHED))


def tips(db: Database) -> list[rows.Row]:
    """Every document that was handed in, newest first."""
    return store.select(
        db,
        "select d.id, d.added_at, d.origin, d.publish, d.posting_id, d.organization, d.title, t.chars, d.text_sha256 "
        "from document d join text t on t.sha256 = d.text_sha256 where d.origin != 'captured' or d.capture_id is null order by d.id desc",
    )


def mark(db: Database, document: int, corroborated: bool | None, publish: bool | None) -> None:
    """Mark a submitted document as corroborated, or publish it, or take either back. Raises UserMistake if it is not one."""
    found = store.first(db, "select origin from document where id = ?", [document])
    if found is None or found["origin"] == CAPTURED:
        raise UserMistake(f"no submitted document {document}; see `callboard tips`")
    if corroborated is not None:
        origin = CORROBORATED if corroborated else UNVERIFIED
        db.execute("update document set origin = ?, corroborated = ? where id = ?", [origin, corroborated, document])
    if publish is not None:
        db.execute("update document set publish = ? where id = ?", [publish, document])
