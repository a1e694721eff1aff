"""The gigs: one row each, as they stand today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from analysis.blind import days_between
from analysis.evidence_path import evidence_path
from analysis.headline import headline
from analysis.publication import Publication
from analysis.site_words import kind_of
from analysis.standing import Said, key_terms, stances

AFTER = ("texts", "versions", "pay_offers", "terms", "parties", "documents", "promises", "gigs", "events")

BASE = """
select p.id, row_number() over (order by p.first_seen, p.id) as number, v.title, v.organization, p.source_id, p.url, p.state,
  redact(p.state_reason) as state_words, s.relevance, a.ai_gig, a.for_performers, a.modalities, v.location, v.country, v.remote,
  p.first_seen, p.last_seen, p.closed_at, p.backlog, coalesce(p.backfilled, 0) as backfilled,
  x.language, x.languages_asked, p.relisted_from, p.version_id, v.capture_id,
  organization_id(v.organization) as organization_id,
  (select count(*) from versions w where w.posting_id = p.id) as versions,
  (select count(*) from events e where e.posting_id = p.id and e.kind = 'promise_removed') as promises_removed,
  (select count(*) from documents d where d.posting_id = p.id and d.current) as licences_read,
  (select count(distinct promise) from promises r where r.posting_id = p.id and r.verdict = 'contradicts') as promises_contradicted,
  m.gig_id, m.role as gig_role, m.likeness, coalesce(g.postings, 1) as copies
from temp.scope s join store.posting p on p.id = s.posting_id join versions v on v.id = p.version_id
left join texts x on x.sha256 = v.text_sha256
left join temp.answer a on a.version_id = p.version_id
left join temp.member m on m.posting_id = p.id left join gigs g on g.id = m.gig_id
order by p.id
"""
INDEXES = ("versions", "events", "documents", "promises")
_END: tuple[str, Iterator[Any]] = ("\U0010ffff", iter(()))  # comes after every gig
ANSWERS = {None: "unclear", 0: "no", 1: "yes"}


def fill(pub: Publication) -> None:
    """Put together what the other tables hold about each gig."""
    for table in INDEXES:
        pub.db.execute(f"create index temp_{table} on {table}(posting_id)")
    pub.write("postings", _rows(pub))
    for table in INDEXES:
        pub.db.execute(f"drop index temp_{table}")


def _rows(pub: Publication) -> Iterator[dict[str, Any]]:
    counts = "current and place != 'unverified' and posting_id is not null"
    terms = _Beside(pub, f"select posting_id, code, polarity, place from terms where {counts} order by posting_id")
    offers = _Beside(pub, f"select * from pay_offers where {counts} order by posting_id, id")
    parties = _Beside(pub, f"select posting_id, role, name, disclosure, place from parties where {counts} order by posting_id, id")
    for row in pub.db.execute(BASE):
        gig = row["id"]
        found = [Said(each["code"], each["polarity"], each["place"]) for each in terms.of(gig)]
        base = dict(row)
        base |= _answers(base) | _days(base) | _rights(found) | _pay(offers.of(gig)) | _client(parties.of(gig), found)
        base["evidence"] = evidence_path(row["capture_id"])
        base["edits"] = row["versions"] - 1
        yield base


class _Beside:
    """Rows of another table in the order of gigs, read alongside them: one gig's rows are in memory at a time."""

    def __init__(self, pub: Publication, sql: str) -> None:
        self._groups = groupby(pub.db.execute(sql), key=lambda row: str(row["posting_id"]))
        self._gig, self._rows = next(self._groups, _END)

    def of(self, gig: str) -> list[Any]:
        """The rows of a gig; gigs are asked for in order."""
        while self._gig < gig:
            self._gig, self._rows = next(self._groups, _END)
        return list(self._rows) if self._gig == gig else []


def _answers(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ai_gig": ANSWERS[row["ai_gig"]],
        "for_performers": ANSWERS[row["for_performers"]],
        "modalities": row["modalities"] or "[]",
        "kind": kind_of(row["modalities"]),
    }


def _days(row: Mapping[str, Any]) -> dict[str, Any]:
    listed = None
    if row["closed_at"]:
        listed = int(days_between(row["first_seen"], row["last_seen"]))
    return {"first_month": row["first_seen"][:7], "days_listed": listed}


def _rights(found: list[Said]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for code, stance in stances(found, key_terms()).items():
        columns |= {code: stance.polarity, f"{code}_where": stance.where}
    return columns


def _pay(offers: list[Any]) -> dict[str, Any]:
    offer = headline(offers)
    if offer is None:
        return {}
    same = ("pay_words", "floor_usd", "hourly_usd_low", "hourly_usd_high", "scale_ratio", "scale_rate_id")
    renamed = {"pay_min": "amount_min", "pay_max": "amount_max", "pay_currency": "currency", "pay_unit": "unit"}
    return {name: offer[name] for name in same} | {name: offer[column] for name, column in renamed.items()}


def _client(parties: list[Any], found: list[Said]) -> dict[str, Any]:
    """The posting's own word about the end client; where it names none, the licence's."""
    clients = sorted((each for each in parties if each["role"] == "end_client"), key=lambda each: each["place"] != "posting")
    named = next((each["name"] for each in clients if each["disclosure"] == "named"), None)
    if named:
        return {"end_client": named, "end_client_disclosure": "named"}
    hidden = any(each["disclosure"] == "undisclosed" for each in clients)
    hidden = hidden or any(each.code == "undisclosed_client" and each.polarity == "granted" for each in found)
    word = "undisclosed" if hidden else "not stated"
    return {"end_client": word, "end_client_disclosure": word}
