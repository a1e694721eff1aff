"""Pages of an archive go into the store as history: dated by their capture, never shown as seen live, whatever order they come in.

A posting that no crawl ever saw is closed, and its words say so. Before the first live sighting an archived wording becomes an earlier
version; after it, the crawls know better, and the page is kept as evidence only. No event is written: nobody saw the change happen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from crawler import intake, rows, store
from crawler.clock import moment
from crawler.intake import Log, Visit
from crawler.records import Dossier, State

ARCHIVE = "seen in an archive"
IMPORT = "in an imported file"

_LIVE = (
    "select min(c.fetched_at) as at from sighting s join crawl k on k.id = s.crawl_id join capture c on c.id = s.capture_id "
    "where s.posting_id = ? and coalesce(k.backfilled, 0) = 0"
)
_SEEN = (
    "select s.version_id, c.fetched_at, s.capture_id, s.crawl_id from sighting s join capture c on c.id = s.capture_id "
    "where s.posting_id = ? order by c.fetched_at, s.capture_id"
)
_VERSIONS = "select v.*, coalesce(k.backfilled, 0) as old from version v join crawl k on k.id = v.crawl_id where v.posting_id = ?"


@dataclass(frozen=True, slots=True)
class Gain:
    """What archived pages added: postings never heard of, versions, and sightings of a wording that was known or came too late."""

    postings: int = 0
    versions: int = 0
    known: int = 0

    def __add__(self, other: Gain) -> Gain:
        return Gain(self.postings + other.postings, self.versions + other.versions, self.known + other.known)


def is_known(db: Database, source: str, url: str, fetched_at: str, sha256: str) -> bool:
    """Whether this very capture has been taken in before."""
    where = "source_id = ? and url = ? and method = 'GET' and fetched_at = ? and sha256 = ?"
    return store.first(db, f"select 1 from capture where {where}", [source, url, fetched_at, sha256]) is not None


def take(db: Database, log: Log, visit: Visit, now: str, how: str = ARCHIVE) -> Gain:
    """Write an archived page and its postings, everything or nothing.

    now: when it was read, for the issues. how: the words for a posting that no crawl saw. The capture is stored without its validators: a
    site is not asked about an ETag of years ago.
    """
    gain = Gain()
    with store.transaction(db):
        aged = replace(visit.capture, etag=None, last_modified=None)
        capture = store.insert(db, "capture", rows.of_capture(aged, log.crawl, log.source))
        for extra in visit.extras:
            store.insert(db, "capture", rows.of_capture(extra, log.crawl, log.source) | {"parent": capture})
        for dossier in visit.dossiers:
            gain += _take(db, log, dossier, (capture, aged.fetched_at), how)
        store.keep_problems(db, log.source, log.crawl, visit.problems, now)
    return gain


def _take(db: Database, log: Log, dossier: Dossier, place: tuple[int, str], how: str) -> Gain:
    """One posting that stands on the capture `place`: (id, date)."""
    capture, at = place
    store.keep_text(db, dossier.text.sha256, dossier.text.text, at)
    if dossier.reading:
        store.keep_reading(db, dossier.reading, at)
    gain = Gain(known=1)
    if store.first(db, "select 1 from posting where id = ?", [dossier.id]) is None:
        _first(db, log, dossier, at)
        gain = Gain(postings=1, versions=1)
    live = _live(db, dossier.id)
    version = _same(db, dossier, at, live)
    if version is None and (live is None or at < live):
        version = _insert(db, log, dossier, place)
        gain = replace(gain, versions=1, known=0)
    if version is not None:
        intake.sight(db, log, capture, dossier.id, version)
        _in_order(db, dossier.id)
        _stand(db, dossier.id, live, how)
    return gain


def _first(db: Database, log: Log, dossier: Dossier, at: str) -> None:
    """A posting that nobody has heard of. When it was closed is not known, only that no crawl saw it; a backlog is never "new"."""
    row: rows.Row = {"id": dossier.id, "source_id": log.source, "native_id": dossier.posting.native_id, "url": dossier.posting.url}
    row |= {"state": State.CLOSED.value, "first_seen": at, "last_seen": at, "missed": 0, "last_crawl": log.crawl}
    store.insert(db, "posting", row | {"backlog": True, "backfilled": True})


def _live(db: Database, posting: str) -> str | None:
    found = store.first(db, _LIVE, [posting])
    return found["at"] if found else None


def _same(db: Database, dossier: Dossier, at: str, live: str | None) -> int | None:
    """The version in force just before or just after `at`, if it has these words; it is moved back when only archives know it."""
    versions = store.select(db, "select id, digest, seen_from from version where posting_id = ? order by number", [dossier.id])
    earlier = [each for each in versions if each["seen_from"] <= at][-1:]
    later = [each for each in versions if each["seen_from"] > at][:1]
    near = earlier if live is not None and at >= live else earlier + later
    return next((int(each["id"]) for each in near if each["digest"] == dossier.digest), None)


def _insert(db: Database, log: Log, dossier: Dossier, place: tuple[int, str]) -> int:
    """A version of its own. One that was seen both before and after it was in force twice: its earlier days become a copy."""
    capture, at = place
    newest = store.first(db, "select version_id from posting where id = ?", [dossier.id])
    number = store.first(db, "select coalesce(max(number), 0) + 1 as n from version where posting_id = ?", [dossier.id])
    version = intake.add_version(db, log, dossier, capture, at, int(number["n"]) if number else 1)
    if newest and newest["version_id"]:
        db.execute("update posting set version_id = ? where id = ?", [newest["version_id"], dossier.id])
    seen = store.select(db, _SEEN, [dossier.id])
    before, after = [row for row in seen if row["fetched_at"] < at], {row["version_id"] for row in seen if row["fetched_at"] > at}
    for twice in {row["version_id"] for row in before} & after:
        _split(db, twice, [row for row in before if row["version_id"] == twice])
    return version


def _split(db: Database, version: int, early: Sequence[rows.Row]) -> None:
    """Copy a version with its pay for the sightings of its earlier days."""
    copied = dict(store.first(db, "select * from version where id = ?", [version]) or {})
    number = store.first(db, "select max(number) + 1 as n from version where posting_id = ?", [copied["posting_id"]]) or {}
    del copied["id"]
    copy = store.insert(db, "version", copied | {"number": number["n"]})
    for offer in store.select(db, "select * from pay where version_id = ? order by id", [version]):
        del offer["id"]
        store.insert(db, "pay", offer | {"version_id": copy})
    for row in early:
        db.execute(
            "update sighting set version_id = ? where posting_id = ? and capture_id = ? and crawl_id = ?",
            [copy, copied["posting_id"], row["capture_id"], row["crawl_id"]],
        )


def _in_order(db: Database, posting: str) -> None:
    """Date each version that archives know by its first archived sighting, number all by date, and let each end where the next begins."""
    firsts = {row["version_id"]: row for row in reversed(store.select(db, _SEEN, [posting]))}
    dated = []
    for row in store.select(db, _VERSIONS, [posting]):
        first = firsts.get(row["id"])
        if row["old"] and first:
            row |= {"seen_from": first["fetched_at"], "capture_id": first["capture_id"], "crawl_id": first["crawl_id"]}
        dated.append(row)
    dated.sort(key=lambda row: (row["seen_from"], row["id"]))
    db.execute("update version set number = -number where posting_id = ?", [posting])  # no two may bear one number on the way
    for number, row in enumerate(dated, 1):
        until = dated[number]["seen_from"] if number < len(dated) else None
        values = [number, row["seen_from"], until, row["capture_id"], row["crawl_id"], row["id"]]
        db.execute("update version set number = ?, seen_from = ?, seen_to = ?, capture_id = ?, crawl_id = ? where id = ?", values)


def _stand(db: Database, posting: str, live: str | None, how: str) -> None:
    """A posting that only archives know: its first and last date, its newest version, and the words for its state."""
    if live is not None:
        return
    seen = store.select(db, _SEEN, [posting])
    last = seen[-1]
    when = moment(last["fetched_at"])
    reason = f"{how} on {when.day} {when:%B %Y}; never seen live"
    db.execute(
        "update posting set first_seen = ?, last_seen = ?, version_id = ?, state_reason = ?, url = (select url from version where id = ?) "
        "where id = ?",
        [seen[0]["fetched_at"], last["fetched_at"], last["version_id"], reason, last["version_id"], posting],
    )
