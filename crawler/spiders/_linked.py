"""The fine print that a posting links to: which links lead there, and how such a document is kept and versioned."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

from sqlite_utils import Database

from crawler import changes, rows, store
from crawler.intake import Log
from crawler.records import Ask, Dossier, Event, Page, Reading, Role
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


CURRENT = "select * from document where source_id = ? and url = ? and origin = 'captured' and seen_to is null"


@dataclass(slots=True)
class Links:
    """Which postings of a crawl link to which document. One licence often stands behind many postings, and is fetched once."""

    wanted: dict[str, dict[str, str]] = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)

    def want(self, ask: Ask) -> None:
        """A posting links to this page, whether or not it is still to be fetched."""
        self.wanted.setdefault(ask.url, {})[ask.context["posting"]] = ask.context.get("label", "")

    def came(self, ask: Ask, url: str) -> None:
        """The page was answered, at this address."""
        self.answered[ask.url] = url


def is_linked(ask: Ask) -> bool:
    """Whether a page is asked for because a posting links to it."""
    return ask.role is Role.DOCUMENT and "posting" in ask.context


def keep(db: Database, log: Log, page: Page, words: str, capture: int) -> None:
    """Attach a captured document to its posting, and a changed one to every open posting that had the old."""
    digest, at = sha256(words), page.fetched_at
    reading = log.read(words)
    with store.transaction(db):
        store.keep_text(db, digest, words, at)
        store.keep_reading(db, reading, at)
        had = store.select(db, f"{CURRENT} and posting_id not in (select id from posting where state = 'closed')", [log.source, page.url])
        before = {page.context["posting"]: None} | {row["posting_id"]: row for row in had}
        for posting, old in before.items():
            if old is None or old["text_sha256"] != digest:
                label = old["title"] if old else page.context.get("label")
                new = {"text_sha256": digest, "posting_id": posting, "url": page.url, "title": label, "capture_id": capture}
                document = _attach(db, log, new, at)
                _told(db, log, old, reading, document, at)


def share(db: Database, log: Log, links: Links, at: str) -> None:
    """Attach each document that came, or that was as before, to all the postings of this crawl that link to it."""
    with store.transaction(db):
        for asked, url in links.answered.items():
            current = store.select(db, f"{CURRENT} order by id desc", [log.source, url])
            known = {row["posting_id"] for row in current}
            for posting, label in links.wanted.get(asked, {}).items() if current else ():
                if posting not in known and store.first(db, "select 1 from posting where id = ?", [posting]):
                    same = {name: current[0][name] for name in ("text_sha256", "url", "capture_id")}
                    _attach(db, log, same | {"posting_id": posting, "title": label}, at)


def _attach(db: Database, log: Log, new: rows.Row, at: str) -> int:
    row: rows.Row = {"source_id": log.source, "origin": "captured", "publish": 1, "added_at": at, "corroborated": 1}
    return store.insert(db, "document", row | new | {"title": new["title"] or None})


def _told(db: Database, log: Log, old: rows.Row | None, reading: Reading, document: int, at: str) -> None:
    """A changed document's clause changes are events of its posting."""
    if old is None:
        return
    db.execute("update document set seen_to = ? where id = ?", [at, old["id"]])
    words = store.select(db, "select text from text where sha256 = ?", [old["text_sha256"]])[0]["text"]
    for event in changes.terms_between(old["posting_id"], at, log.read(words).terms, reading.terms):
        store.insert(db, "event", _event_row(event, log.crawl, document))


def _event_row(event: Event, crawl: int, document: int) -> rows.Row:
    row: rows.Row = {"posting_id": event.posting, "document_id": document, "kind": event.kind.value, "at": event.at, "crawl_id": crawl}
    row |= {"detail": f"in the linked document: {event.detail}", "code": event.code, "before": event.before, "after": event.after}
    return row
