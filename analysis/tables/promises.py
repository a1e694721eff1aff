"""What a posting promises, beside what its linked licence takes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from analysis.promises import Verdict, compare, rules
from analysis.publication import Publication
from crawler.records import Group, Polarity, Term

AFTER = ("terms", "documents")

WITH_LICENCE = """
select t.posting_id, t.version_id, t.document_id, t.current, t.code, t.polarity, t.term_group, t.quote, t.start, t."end", t.rule,
  p.first_seen
from terms t join store.posting p on p.id = t.posting_id
where t.posting_id in (select posting_id from documents where current)
order by t.posting_id, t.version_id desc, t.start
"""


def fill(pub: Publication) -> None:
    """A row for each promise and each term of a licence that bears on it; a promise taken out later is held up as well."""
    pub.write("promises", _rows(pub))


def _rows(pub: Publication) -> Iterator[dict[str, Any]]:
    for gig, found in groupby(pub.db.execute(WITH_LICENCE), key=lambda row: row["posting_id"]):
        rows = list(found)
        promises = _promises([row for row in rows if row["version_id"] is not None])
        licences = groupby((row for row in rows if row["document_id"] is not None and row["current"]), key=lambda row: row["document_id"])
        for document, stated in sorted((document, list(stated)) for document, stated in licences):
            terms = [_term(row) for row in stated]
            for row in promises:
                for verdict in compare([_term(row)], terms):
                    yield from _beside(gig, row, document, verdict)


def _promises(rows: list[Any]) -> list[Any]:
    """The newest statement of each promise in each polarity; rows come newest version first."""
    known = {rule.promise for rule in rules()}
    newest: dict[tuple[str, str], Any] = {}
    for row in rows:
        if row["code"] in known:
            newest.setdefault((row["code"], row["polarity"]), row)
    return list(newest.values())


def _term(row: Any) -> Term:
    where = (row["quote"], row["start"], row["end"], row["rule"])
    return Term(row["code"], Polarity(row["polarity"]), *where, Group(row["term_group"]))


def _beside(gig: str, row: Any, document: int, verdict: Verdict) -> Iterator[dict[str, Any]]:
    made: dict[str, Any] = {"posting_id": gig, "version_id": row["version_id"], "document_id": document, "current": row["current"]}
    made |= {
        "first_seen": row["first_seen"],
        "promise": row["code"],
        "promise_quote": row["quote"],
        "promise_start": row["start"],
        "promise_end": row["end"],
    }
    made |= {"verdict": verdict.verdict.value, "words": verdict.words}
    for grant in verdict.grants:
        yield {**made, "against": grant.code, "grant_quote": grant.quote, "grant_start": grant.start, "grant_end": grant.end}
    if not verdict.grants:
        yield made
