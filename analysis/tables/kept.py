"""Gigs that were published once and are found to be none by later rules or by a person: their pages stay, and nothing else.

They are filled by the same modules as all others, but into temporary tables of the same names, which stand before the real ones for as
long; what a page shows of them is then kept as JSON. So no figure, list, feed or facet can ever meet them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis import gig_page, publication, scope
from analysis.description import tables
from analysis.publication import Publication, Row

# After all others: it changes what is in scope.
AFTER = tuple(sorted({path.stem for path in Path(__file__).parent.glob("*.py")} - {"__init__", "kept"}))
SHADOWED = ("texts", "versions", "documents", "pay_offers", "terms", "parties", "promises", "events", "postings", "captures")
SHARED = ("texts", "captures")  # evidence, by digest and number: stands beside that of all others
SCRATCH = ("wanted", "behind")  # temporary tables of the modules themselves

ONCE = """
create temp table once as
select p.id, w.first_at from store.posting p join ({published}) w on w.posting_id = p.id
where p.id in (select posting_id from temp.answer) and p.id not in (select posting_id from temp.scope)
"""
WRITTEN = "select posting_id, first_at from store.published"
LAST = "select id as posting_id, null as first_at from last.postings where id not in (select posting_id from store.published)"
KEPT = """
select p.id, p.title, p.organization, '/callboard/gig/' || p.id as page, coalesce(o.first_at, p.first_seen) as first_published,
  substr(coalesce(j.at, max(r.read_at)), 1, 10) as since, j.at as judged, n.ruleset
from postings p join temp.once o on o.id = p.id join versions v on v.posting_id = p.id
left join temp.newest n on n.text_sha256 = v.text_sha256 left join store.reading r on r.id = n.reading_id
left join temp.judged j on j.text_sha256 = v.text_sha256 group by p.id
"""
RULES = "No longer counted: later rules, of {}, find no AI-training gig for performers in its words."
PERSON = "No longer counted: a person who read it on {} found no AI-training gig for performers in its words."


def fill(pub: Publication) -> None:
    """Build the pages of the gigs that were published once and are out of scope now."""
    if not _once(pub):
        return
    _out_of_scope_into_scope(pub)
    for table in SHADOWED:
        pub.db.execute(publication.schema(tables()[table]).replace("create table", "create temp table", 1))
    for table in SHADOWED:
        import_module(f"{__package__}.{table}").fill(pub)
    pub.write("kept", map(_told, pub.rows(KEPT)))
    pub.write("kept_pages", _pages(pub))
    for table in SHARED:
        pub.db.execute(f"insert or ignore into main.{table} select * from temp.{table}")
    for table in SHADOWED:
        pub.db.execute(f"drop table temp.{table}")


def _once(pub: Publication) -> int:
    """How many there are; temp.once says which. Stores of the first schema have no list, then the last publication alone tells."""
    known = pub.rows("select count(*) as n from store.sqlite_master where name = 'published'")[0]["n"]
    last = pub.last and pub.rows("select count(*) as n from last.sqlite_master where name = 'postings'")[0]["n"]
    parts = [WRITTEN] * bool(known) + [LAST if known else LAST.partition(" where ")[0]] * bool(last)
    if not parts:
        return 0
    pub.db.execute(ONCE.format(published=" union all ".join(parts)))
    return int(pub.rows("select count(*) as n from temp.once")[0]["n"])


def _out_of_scope_into_scope(pub: Publication) -> None:
    pub.db.execute("delete from temp.scope")
    pub.db.execute("insert into temp.scope select id, 'other' from temp.once")
    for table in (*SCRATCH, "published_document", "words"):
        pub.db.execute(f"drop table if exists temp.{table}")
    pub.db.execute(scope.DOCUMENT)
    pub.db.execute("delete from temp.published_document where posting_id is null")
    pub.db.execute(scope.WORDS)


def _told(row: Any) -> Row:
    names = ("id", "title", "organization", "page", "first_published", "since", "ruleset")
    day = datetime.fromisoformat(row["since"])
    return {name: row[name] for name in names} | {"words": (PERSON if row["judged"] else RULES).format(f"{day.day} {day:%B %Y}")}


def _pages(pub: Publication) -> Iterator[Row]:
    for gig in pub.rows("select id from temp.once order by id"):
        for name, sql in gig_page.OWN.items():
            rows = [dict(row) for row in pub.rows(sql, {"id": gig["id"]})]
            yield {"posting_id": gig["id"], "name": name, "rows": json.dumps(rows, ensure_ascii=False)}
