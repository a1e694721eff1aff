"""One captured page's dossiers go into the store: texts, readings, versions, sightings and events, in one transaction.

A version is added only when the posting's own text or fields changed. Running the same page through twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlite_utils import Database

from crawler import changes, rows, store
from crawler.findings import dates, place, structured_pay
from crawler.lifecycle import words
from crawler.records import Ask, Capture, Dossier, Event, EventKind, Problem, Reading, State

ReadAgain = Callable[[str], Reading]


@dataclass(frozen=True, slots=True)
class Visit:
    """One archived page and what it gave, on its way into the store.

    extras: the rendered DOM and the screenshot of the page. trusted: false for a page that has lost a field that every posting needs; it
    shows that known postings are still there, and nothing that it says of them becomes a version.
    """

    capture: Capture
    dossiers: tuple[Dossier, ...] = ()
    follow: tuple[Ask, ...] = ()
    problems: tuple[Problem, ...] = ()
    extras: tuple[Capture, ...] = ()
    trusted: bool = True


@dataclass(frozen=True, slots=True)
class Log:
    """Which crawl the pages belong to. backlog: the source's first crawl, whose postings are not "new". read: reads a text anew."""

    crawl: int
    source: str
    backlog: bool
    read: ReadAgain
    backfilled: bool = False


def take(db: Database, log: Log, visit: Visit) -> int:
    """Write a visit; the capture's id. Everything or nothing."""
    with store.transaction(db):
        capture = store.insert(db, "capture", rows.of_capture(visit.capture, log.crawl, log.source, visit.follow))
        for extra in visit.extras:
            store.insert(db, "capture", rows.of_capture(extra, log.crawl, log.source) | {"parent": capture})
        for dossier in visit.dossiers:
            take_one = _take if visit.trusted else _still_there
            take_one(db, log, dossier, capture, visit.capture.fetched_at)
        _live_now(db, capture, visit.capture.fetched_at)
        store.keep_problems(db, log.source, log.crawl, visit.problems, visit.capture.fetched_at)
    return capture


def _live_now(db: Database, capture: int, at: str) -> None:
    """Postings known from archives only that a crawl shows: they are open from now on, and not reopened, since nobody saw them close."""
    db.execute(
        "update posting set backfilled = 0, state = ?, state_reason = ?, first_seen = ?, last_seen = ? "
        "where backfilled = 1 and id in (select posting_id from sighting where capture_id = ?)",
        [State.OPEN.value, f"last seen {words(at)}", at, at, capture],
    )


def take_unchanged(db: Database, log: Log, capture: Capture, extras: Iterable[Capture] = ()) -> None:
    """Write down that a page is as it was: everything that it showed then is seen again now, and what was wrong with it still is."""
    with store.transaction(db):
        new = store.insert(db, "capture", rows.of_capture(capture, log.crawl, log.source))
        for extra in extras:
            store.insert(db, "capture", rows.of_capture(extra, log.crawl, log.source) | {"parent": new})
        db.execute(
            "insert or ignore into sighting (crawl_id, capture_id, posting_id, version_id) "
            "select ?, ?, s.posting_id, p.version_id from sighting s join posting p on p.id = s.posting_id where s.capture_id = ?",
            [log.crawl, new, capture.revisit_of],
        )
        _live_now(db, new, capture.fetched_at)
        db.execute(
            "update issue set crawl_id = ?, last_at = ? where source_id = ? and closed_at is null and severity != 'error' and (url = ? "
            "or url in (select v.url from sighting s join version v on v.id = s.version_id where s.capture_id = ?))",
            [log.crawl, capture.fetched_at, log.source, capture.url, new],
        )


def _take(db: Database, log: Log, dossier: Dossier, capture: int, at: str) -> None:
    store.keep_text(db, dossier.text.sha256, dossier.text.text, at)
    if dossier.reading:
        store.keep_reading(db, dossier.reading, at)
    known = store.first(
        db,
        "select p.id, p.state, v.id as version_id, v.number, v.digest, v.text_sha256 from posting p "
        "join version v on v.id = p.version_id where p.id = ?",
        [dossier.id],
    )
    problems = dossier.problems
    if known and known["digest"] == dossier.digest:
        version = int(known["version_id"])
    else:
        version = _edited(db, log, dossier, capture, at, known) if known else _first_seen(db, log, dossier, capture, at)
        problems += _disagreements(log, dossier)
    sight(db, log, capture, dossier.id, version)
    named = [replace(each, url=each.url or dossier.posting.url) for each in problems]
    store.keep_problems(db, log.source, log.crawl, named, at, dossier.id)


def _disagreements(log: Log, dossier: Dossier) -> tuple[Problem, ...]:
    """Where the board's own pay denies a text that was read before: then the dossier came without a reading and could not tell."""
    if dossier.reading or not dossier.posting.structured_pay:
        return ()
    return tuple(structured_pay.disagreements(dossier.posting.structured_pay, log.read(dossier.text.text).pay))


def _still_there(db: Database, log: Log, dossier: Dossier, capture: int, at: str) -> None:
    known = store.first(db, "select version_id from posting where id = ?", [dossier.id])
    if known:
        sight(db, log, capture, dossier.id, int(known["version_id"]))


def sight(db: Database, log: Log, capture: int, posting: str, version: int) -> None:
    """Write down that a capture shows a posting in a version."""
    db.execute(
        "insert or replace into sighting (crawl_id, capture_id, posting_id, version_id) values (?, ?, ?, ?)",
        [log.crawl, capture, posting, version],
    )


def _first_seen(db: Database, log: Log, dossier: Dossier, capture: int, at: str) -> int:
    relisted = _relisted_from(db, log, dossier)
    row: rows.Row = {"id": dossier.id, "source_id": log.source, "native_id": dossier.posting.native_id, "url": dossier.posting.url}
    row |= {"state": State.OPEN.value, "state_reason": f"last seen {words(at)}", "first_seen": at, "last_seen": at, "missed": 0}
    row |= {"last_crawl": log.crawl, "backlog": log.backlog, "backfilled": log.backfilled, "relisted_from": relisted}
    store.insert(db, "posting", row)
    version = add_version(db, log, dossier, capture, at, 1)
    if relisted:
        kind, detail = EventKind.RELISTED, f"the same text as {relisted}, which was gone"
    else:
        kind, detail = EventKind.NEW, "first seen"
    if relisted or not log.backlog:
        _event(db, log, Event(dossier.id, kind, at, detail), None, version)
    return version


def _relisted_from(db: Database, log: Log, dossier: Dossier) -> str | None:
    """The posting of the same source with the same text that is no longer there, if any."""
    gone = store.first(
        db,
        "select p.id from posting p join version v on v.id = p.version_id where p.source_id = ? and v.text_sha256 = ? "
        "and p.state != 'open' order by p.last_seen desc",
        [log.source, dossier.text.sha256],
    )
    return str(gone["id"]) if gone else None


def add_version(db: Database, log: Log, dossier: Dossier, capture: int, at: str, number: int) -> int:
    """Add a version to a posting and make it its newest; its id. `backfill_intake` adds older ones and sets the newest right."""
    row = rows.of_version(dossier.posting, dossier.text.sha256, dossier.digest)
    row |= _read_dates(dossier, at)
    row["country"] = row["country"] or place.country(dossier.posting.location or "")
    row |= {"posting_id": dossier.id, "number": number, "capture_id": capture, "crawl_id": log.crawl, "seen_from": at}
    version = store.insert(db, "version", row)
    for offer in dossier.posting.structured_pay:
        store.insert(db, "pay", rows.of_pay(offer) | {"version_id": version})
    db.execute("update posting set version_id = ?, url = ? where id = ?", [version, dossier.posting.url, dossier.id])
    return version


def _read_dates(dossier: Dossier, at: str) -> dict[str, str | None]:
    today = date.fromisoformat(at[:10])
    posted, closes = dossier.posting.posted_at, dossier.posting.closes_at
    return {
        "posted_on": dates.when(posted, today) if posted else None,
        "closes_on": dates.when(closes, today) if closes else None,
    }


def _edited(db: Database, log: Log, dossier: Dossier, capture: int, at: str, known: rows.Row) -> int:
    db.execute("update version set seen_to = ? where id = ?", [at, known["version_id"]])
    version = add_version(db, log, dossier, capture, at, int(known["number"]) + 1)
    before = _side(db, log, str(known["text_sha256"]), int(known["version_id"]), at)
    after = _side(db, log, dossier.text.sha256, version, at)
    for event in changes.between(dossier.id, at, before, after):
        _event(db, log, event, int(known["version_id"]), version)
    return version


def _side(db: Database, log: Log, text_sha256: str, version: int, at: str) -> changes.Side:
    """One version for comparison, read under the ruleset in force: an old text is read again if it was last read under another."""
    words_of = store.first(db, "select text from text where sha256 = ?", [text_sha256])
    text = str(words_of["text"]) if words_of else ""
    found = log.read(text)
    store.keep_reading(db, found, at)
    structured = store.select(db, "select * from pay where version_id = ? order by id", [version])
    return changes.Side(text, found, tuple(rows.pay(row) for row in structured))


def _event(db: Database, log: Log, event: Event, before: int | None, after: int | None) -> None:
    row: rows.Row = {"posting_id": event.posting, "kind": event.kind.value, "at": event.at, "detail": event.detail, "code": event.code}
    row |= {"before": event.before, "after": event.after, "crawl_id": log.crawl}
    store.insert(db, "event", row | {"version_before": before, "version_after": after})
