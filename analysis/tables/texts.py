"""The words themselves, once each."""

from __future__ import annotations

import sqlite3

from analysis.cores import mapped
from analysis.covering import covered, rules
from analysis.description import tables
from analysis.publication import Publication, as_json
from crawler.findings import language

AFTER = ()

WANTED = """
create temp table wanted as
select distinct text_sha256 as sha256 from temp.words where text_sha256 not in (select sha256 from texts)
"""
SELECT = "select sha256, text, chars, first_seen from temp.wanted join store.text using (sha256)"
AGAIN = "select * from last.texts where sha256 in (select text_sha256 from temp.words)"
SAME_RULES = "select count(*) as n from last.methods where id = 'covering' and words = ?"


def fill(pub: Publication) -> None:
    """Every text that stands for a gig or a document, contact details covered with offsets kept; on all cores when there are many.

    A text never changes, so what the last publication covered by the same rules is taken over from it.
    """
    if pub.last and _same_kind(pub):
        pub.fill("texts", AGAIN)
    pub.db.execute(WANTED)
    made = mapped(read, pub.db.execute(SELECT), lambda row: str(row["text"]))
    pub.write("texts", (_row(row, *found) for row, found in made))


def _same_kind(pub: Publication) -> bool:
    """Whether the last publication's texts have these columns and were covered by these rules."""
    columns = tuple(row["name"] for row in pub.rows("pragma last.table_info(texts)"))
    return columns == tables()["texts"].names and bool(pub.rows(SAME_RULES, [rules()])[0]["n"])


def read(text: str) -> tuple[str | None, str | None, str]:
    """A text as it is published: covered, its language, and the languages that it asks for as a JSON list."""
    return covered(text), language.of(text), as_json([each.code for each in language.asked(text)])


def _row(row: sqlite3.Row, text: str | None, written_in: str | None, asked: str) -> dict[str, object]:
    redacted = int(text != row["text"])
    return {**dict(row), "text": text, "redacted": redacted, "language": written_in, "languages_asked": asked}
