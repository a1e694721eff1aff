"""`callboard import`: files that people hand in become history of a source, row by row, once."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from crawler import backfill_warc, backfilling, importing_rows, text
from crawler.backfill import HOLDERS, Archived, Backfill
from crawler.backfill_intake import IMPORT
from crawler.clock import iso, moment, now
from crawler.config import Config
from crawler.errors import UnreadableFile, UserMistake
from crawler.importing_rows import Row
from crawler.records import Role, Source
from crawler.spiders._markup import tree_of
from crawler.text import decode

Say = Callable[[str], None]
HTML = (("Content-Type", "text/html; charset=utf-8"),)
_SAVED_FROM = re.compile(rb"saved from url=\(\d+\)(\S+)")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for. columns: field to column; url, seen: of a saved page or document; dry: only say what would be done."""

    columns: Mapping[str, str]
    source: Source = HOLDERS["imported"]
    url: str | None = None
    seen: str | None = None
    dry: bool = False


@dataclass(slots=True)
class Counted:
    """Rows and pages: taken in, known before, refused."""

    taken: int = 0
    known: int = 0
    refused: int = 0


def run(paths: Sequence[Path], wish: Wish, settings: Config, say: Say) -> Counted:
    """Import files; `say` is told of every refused row as file, line and fault. Raises UserMistake for a file that cannot be read."""
    if wish.source.kind != "jsonld":
        raise UserMistake(f"source {wish.source.id} is of kind {wish.source.kind}; import into one of kind jsonld, or leave --source out")
    count = Counted()
    with ExitStack() as stack:
        filler = None
        if not wish.dry or settings.store.is_file():
            filler = stack.enter_context(Backfill(wish.source, settings, IMPORT))
        for path in paths:
            for line, found in pages(path, wish, settings.max_body):
                if isinstance(found, str):
                    count.refused += 1
                    say(f"{path}:{line}: {found}")
                else:
                    _take(filler, found, wish.dry, count)
    return count


def _take(filler: Backfill | None, found: Archived, dry: bool, count: Counted) -> None:
    if filler is not None and filler.holds_bytes(found.url, hashlib.sha256(found.body).hexdigest()):
        count.known += 1
        return
    if not dry and filler is not None:
        gain = filler.take(found)
        if not gain.versions:
            count.known += 1
            return
    count.taken += 1


def pages(path: Path, wish: Wish, limit: int) -> Iterator[tuple[int, Archived | str]]:
    """(line, page or fault) of a file of any known form. limit: bytes of a page in a WARC file."""
    form = form_of(path)
    at = iso(moment(wish.seen)) if wish.seen else now()
    if form == "warc":
        yield from _of_warc(path, limit)
    elif form == "html":
        yield 1, _saved(path.read_bytes(), wish.url, at)
    elif form == "document":
        body = path.read_bytes()
        yield 1, _made(importing_rows.of_document(text.read_file(path), body, wish.url), at, body)
    else:
        rows = importing_rows.json_lines if form == "json" else importing_rows.table
        yield from ((each.line, each.fault or _made(each, at)) for each in rows(path, wish.columns))


def form_of(path: Path) -> str:
    """`warc`, `html`, `document` (PDF or DOCX), `json` (lines) or `table`, by the first bytes. Raises UserMistake if it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
        if head.startswith(b"\x1f\x8b"):
            with gzip.open(path) as packed:
                head = packed.read(64)
            if not head.startswith(b"WARC/"):
                raise UnreadableFile(f"{path}: a gzip file that is no WARC; unpack it first")
    except (OSError, EOFError) as error:
        raise UnreadableFile(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error}); name an existing file") from error
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begins.startswith(b"["):
        raise UnreadableFile(f"{path}: a JSON list; write one object a line")
    if not begins:
        raise UnreadableFile(f"{path}: empty")
    forms = ((b"WARC/", "warc"), (b"%PDF-", "document"), (b"PK\x03\x04", "document"), (b"<", "html"), (b"{", "json"))
    return next((form for sign, form in forms if begins.startswith(sign)), "table")


def _of_warc(path: Path, limit: int) -> Iterator[tuple[int, Archived]]:
    count: Counter[str] = Counter()
    with backfill_warc.opened(str(path), Config()) as file:
        for found in backfill_warc.answers(str(path), file, limit, count):
            if backfill_warc.may_hold_postings(found):
                yield count["records"], found


def _made(row: Row, at: str, beside: bytes = b"") -> Archived | str:
    """The page made from a row; beside: the document that the row was made from, kept with it."""
    if row.fault:
        return row.fault
    body = importing_rows.page(row.fields)
    date = iso(moment(row.seen)) if row.seen else at
    mime = "application/pdf" if beside.startswith(b"%PDF") else "application/octet-stream"
    return Archived(importing_rows.urn(body), date, body, HTML, role=Role.LISTING, beside=(mime, beside) if beside else None)


def _saved(body: bytes, url: str | None, at: str) -> Archived | str:
    """A page that was saved from a browser, under the address that it names."""
    if not any(mark in body for mark in backfill_warc.MARKS):
        return "no JobPosting data in this page; import it as a table, or save the posting as PDF"
    address = url or address_of(body)
    return Archived(address, at, body, HTML) if address else "the page does not name its own address; give it with --url"


def address_of(body: bytes) -> str | None:
    """The address that a saved page says it came from: the browser's own note, its canonical link, or og:url."""
    noted = _SAVED_FROM.search(body[:4096])
    if noted:
        return noted.group(1).decode("utf-8", "replace")
    tree = tree_of(decode(body, None))
    for selector, attribute in (("link[rel=canonical]", "href"), ('meta[property="og:url"]', "content")):
        node = tree.css_first(selector)
        value = node.attributes.get(attribute) if node is not None else None
        if value and value.startswith(("http://", "https://")):
            return str(value)
    return None


def source_of(name: str | None, settings: Config) -> Source:
    """The source to import into. Raises ConfigError if it is unknown or refused."""
    return backfilling.named(name, settings) if name else HOLDERS["imported"]
