"""The fine print that a posting links to: which links lead there, and how such a document is kept and versioned."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

from sqlite_utils import Database

from crawler import changes, rows, store
from crawler.intake import Log
from crawler.records import Ask, Dossier, Event, Page, Role
from crawler.text import sha256

LINKS = Path(__file__).parent / "linked_documents.toml"
A_POSTING = 5  # links followed from one posting


def asks(dossiers: Iterable[Dossier]) -> tuple[Ask, ...]:
    """The documents that postings link to, one hop away."""
    return tuple(
        Ask(urldefrag(url).url, Role.DOCUMENT, context={"posting": dossier.id, "label": label[:200]})
        for dossier in dossiers
        for label, url in [each for each in dossier.posting.links if leads_to_document(*each)][:A_POSTING]
    )


def leads_to_document(label: str, url: str) -> bool:
    """Whether a link's label or path says that it leads to a licence, release, contract, consent form or terms."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return False
    words = _words()
    if words["not_labels"].search(label):
        return False
    return bool(words["labels"].search(label) or words["paths"].search(parts.path.replace("_", "-")))


@cache
def _words() -> dict[str, re.Pattern[str]]:
    lists = vocabulary()
    return {name: re.compile(r"(?i)\b(?:" + "|".join(map(re.escape, lists[name])) + r")s?\b") for name in ("labels", "paths", "not_labels")}


@cache
def vocabulary() -> dict[str, Any]:
    """The words of `linked_documents.toml` with their examples."""
    return tomllib.loads(LINKS.read_text("utf-8"))


def keep(db: Database, log: Log, page: Page, words: str, capture: int) -> None:
    """Attach a captured document to its posting. A changed text is a new row and its clause changes are events of the posting."""
    posting, digest, at = page.context["posting"], sha256(words), page.fetched_at
    reading = log.read(words)
    with store.transaction(db):
        store.keep_text(db, digest, words, at)
        store.keep_reading(db, reading, at)
        where = "posting_id = ? and url = ? and origin = 'captured' and seen_to is null"
        before = store.first(db, f"select id, text_sha256 from document where {where}", [posting, page.url])
        if before and before["text_sha256"] == digest:
            return
        row: rows.Row = {"text_sha256": digest, "posting_id": posting, "source_id": log.source, "origin": "captured", "publish": 1}
        row |= {"url": page.url, "title": page.context.get("label") or None, "capture_id": capture, "added_at": at, "corroborated": 1}
        document = store.insert(db, "document", row)
        if before:
            db.execute("update document set seen_to = ? where id = ?", [at, before["id"]])
            old = store.first(db, "select text from text where sha256 = ?", [before["text_sha256"]])
            terms = log.read(str(old["text"]) if old else "").terms
            for event in changes.terms_between(posting, at, terms, reading.terms):
                store.insert(db, "event", _event_row(event, log.crawl, document))


def _event_row(event: Event, crawl: int, document: int) -> rows.Row:
    row: rows.Row = {"posting_id": event.posting, "document_id": document, "kind": event.kind.value, "at": event.at, "crawl_id": crawl}
    row |= {"detail": f"in the linked document: {event.detail}", "code": event.code, "before": event.before, "after": event.after}
    return row
