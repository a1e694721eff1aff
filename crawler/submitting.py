"""`callboard attach`: from a file or a URL to a submission, and what is said about it afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler import one_page, submissions, text
from crawler.clock import now
from crawler.config import Config
from crawler.errors import UnreadableFile
from crawler.submissions import Submission


def submission(document: str, settings: Config, **facts: Any) -> Submission:
    """The document as it would be stored. Raises UserMistake for a file or page that cannot be had, UnreadableFile for one without text."""
    if document.startswith(("http://", "https://")):
        body, charset = one_page.fetch(document, settings)
        return _submission(text.from_bytes(body, charset), body, document, url=document, **facts)
    words = text.read_file(Path(document))
    return _submission(words, Path(document).read_bytes(), document, **facts)


def _submission(words: str, body: bytes, where: str, **facts: Any) -> Submission:
    if not words.strip():
        raise UnreadableFile(f"{where}: no text in it; if it is a scan, make a searchable PDF (OCR) first")
    return Submission(words, body, **facts)


def take(db: Database, settings: Config, handed_in: Submission) -> str:
    """Store a submission; the line that says what was done, and what was not kept."""
    taken = submissions.attach(db, settings.warc, handed_in, now())
    if taken.known:
        return f"document {taken.document} is this text already; nothing was stored"
    whose = handed_in.posting or handed_in.organization
    if handed_in.url:
        return f"document {taken.document} for {whose}: captured from {handed_in.url}, text {taken.text_sha256[:12]}"
    kept = "published with the gig" if handed_in.publish else "not published"
    return (
        f"document {taken.document} for {whose}: text {taken.text_sha256[:12]}, submitted and unverified, {kept}; "
        f"{taken.covered} names and contact details were covered before storing, the file itself was not kept"
    )
