"""`callboard verify`: is everything that we say still true of the bytes that we keep?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from sqlite_utils import Database

from crawler import capture, rows, store
from crawler.text import sha256
from crawler.warc_file import torn


def verify(db: Database, warc: Path, say: Callable[[str], None]) -> bool:
    """Check the store, every text, every quote, every capture and every WARC file; say each fault; whether there was none."""
    faults = 0
    for fault in (*_database(db), *_texts(db), *_quotes(db), *_captures(db, warc), *_files(db, warc)):
        faults += 1
        say(fault)
    counts = {name: store.select(db, f"select count(*) as n from {name}")[0]["n"] for name in ("capture", "text", "version", "term", "pay")}
    say(", ".join(f"{number} {name}s" if name != "pay" else f"{number} offers of pay" for name, number in counts.items()))
    say("clean" if not faults else f"{faults} faults")
    return not faults


def _database(db: Database) -> Iterator[str]:
    for row in db.execute("pragma integrity_check").fetchall():
        if row[0] != "ok":
            yield f"store: {row[0]}"
    for row in db.execute("pragma foreign_key_check").fetchall():
        yield f"store: row {row[1]} of {row[0]} points at a missing row of {row[2]}"


def _texts(db: Database) -> Iterator[str]:
    for row in db.execute("select sha256, text from text"):
        if sha256(row["text"]) != row["sha256"]:
            yield f"text {row['sha256']}: its words do not match its digest"


def _quotes(db: Database) -> Iterator[str]:
    for table in ("pay", "term", "party"):
        found = db.execute(
            f"select f.id, r.text_sha256 from {table} f join reading r on r.id = f.reading_id join text t on t.sha256 = r.text_sha256 "
            "where f.quote is not null and f.start is not null and substr(t.text, f.start + 1, f.end - f.start) is not f.quote"
        )
        for row in found:
            yield f"{table} {row['id']}: its quote is not in text {row['text_sha256']} at its offsets"


def _captures(db: Database, warc: Path) -> Iterator[str]:
    captures = (rows.capture(row) for row in store.select(db, "select * from capture order by id"))
    for problem in capture.verify(warc, captures):
        yield problem.message


def _files(db: Database, warc: Path) -> Iterator[str]:
    """WARC files that cannot be read to their end, but for those that a crawl is writing."""
    writing = {row["warc"] for row in store.select(db, "select warc from crawl where outcome = 'running'")}
    for path in sorted(warc.glob("*/*.warc.gz")):
        lost = torn(path) if path.relative_to(warc).as_posix() not in writing else 0
        if lost:
            yield f"{path}: its last {lost} bytes are no whole record; the next crawl of its source mends the tail of a killed one"
