"""The chain, readable on one screen: a captured page becomes dossiers. The same function runs live and on replay.

    page -> kind.read -> postings -> text -> reading -> dossiers

Nothing here touches the network, the clock or a database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from w3lib.url import canonicalize_url

from crawler import text
from crawler.errors import UnreadableFile
from crawler.findings import pay, structured_pay
from crawler.findings.reading import read as read_text
from crawler.records import Ask, Dossier, Harvest, Page, Posting, Problem, Reading, Source, Text

ReadPage = Callable[[Page, Source], Harvest]
ReadText = Callable[[str], Reading | None]


@dataclass(frozen=True, slots=True)
class Derived:
    """What one captured page gives after reading."""

    dossiers: tuple[Dossier, ...]
    follow: tuple[Ask, ...] = ()
    problems: tuple[Problem, ...] = ()
    gone: tuple[str, ...] = ()


def derive(page: Page, source: Source, read_page: ReadPage, reader: ReadText = read_text) -> Derived:
    """Everything a page gives. `reader` may return None for a text that has been read already under this ruleset."""
    harvest = read_page(page, source)
    dossiers = tuple(dossier(posting, source, reader) for posting in harvest.postings)
    gone = tuple(posting_id(source.id, native, native) for native in harvest.gone)
    return Derived(dossiers, harvest.follow, harvest.problems, gone)


def dossier(posting: Posting, source: Source, reader: ReadText = read_text) -> Dossier:
    """One posting with its text and its reading; a disagreement of the board's own pay with the text is a problem."""
    description, cut = text.clip(posting.description, posting.url)
    words = posting_text(replace(posting, description=description), source)
    reading = reader(words)
    problems = [cut] if cut else []
    if reading:
        problems += [*structured_pay.disagreements(posting.structured_pay, reading.pay), *pay.problems(words, reading.pay)]
    return Dossier(
        id=posting_id(source.id, posting.native_id, posting.url),
        posting=posting,
        text=Text(text.sha256(words), words),
        reading=reading,
        digest=version_digest(posting, words),
        problems=tuple(problems),
    )


def posting_text(posting: Posting, source: Source) -> str:
    """The text of a posting: title, organisation and place, then the description as text."""
    body = text.from_html(posting.description) if posting.description_is_html else text.from_plain(posting.description)
    return text.compose(posting.title, posting.organization or source.organization, posting.location, body)


def posting_id(source: str, native_id: str | None, url: str) -> str:
    """Twelve hex characters that stay the same for ever: of the source and the board's own id, else the canonical URL."""
    identity = native_id or canonicalize_url(url)
    return hashlib.sha256(f"{source}\n{identity}".encode()).hexdigest()[:12]


def version_digest(posting: Posting, words: str) -> str:
    """SHA-256 of the posting's own text and fields. Dates of posting are left out: boards bump them without an edit."""
    stated = [[each.amount_min, each.amount_max, each.currency, each.unit] for each in posting.structured_pay]
    fields = [words, posting.closes_at, posting.employment_type, stated, sorted(posting.extra.items())]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def document_text(page: Page) -> str:
    """The text of a captured document (HTML, PDF, DOCX or plain). Raises UnreadableFile when it has none."""
    words = text.from_bytes(page.body, page.encoding)
    if not words.strip():
        raise UnreadableFile(f"{page.url}: the document has no text")
    return words
