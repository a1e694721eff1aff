"""Everything that the page of a gig shows, as it stands or as it stood at the end of a day, read from the publication."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.difference import Piece, excerpts, pieces
from analysis.matrix import Line, lines
from analysis.page_marks import marks

Row = Mapping[str, Any]
Ask = Callable[[str, Mapping[str, Any]], Awaitable[list[Row]]]

VERDICTS = ("contradicts", "narrows", "supports", "silent")
LONGEST = 60_000  # characters whose difference is shown on the page; longer texts have a page for it

GIG = "select * from postings where id = :id"
TEXT = "select * from texts where sha256 = :sha"
PARTIES = "select * from parties where posting_id = :id order by start"
GROUP = "select * from gigs where id = :gig"
GLOSSARY = "select * from glossary order by title"
SOURCE = "select * from sources where id = :source"
KEPT = "select * from kept where id = :id"
KEPT_ROWS = "select name, rows from kept_pages where posting_id = :id"
PUBLISHED = "select substr(words, 1, 10) as day from methods where id = 'published_at'"

VERSIONS = """
select v.*, c.sha256 as page_sha256, c.fetched_at from versions v left join captures c on c.id = v.capture_id
where v.posting_id = :id order by v.number
"""
TERMS = """
select t.*, g.title, g.effect from terms t join glossary g on g.code = t.code where t.posting_id = :id order by t.start
"""
PAY = """
select o.*, r.work, r.body, r.amount, r.currency as rate_currency, r.unit as rate_unit, r.citation
from pay_offers o left join scale_rates r on r.id = o.scale_rate_id where o.posting_id = :id order by o.headline is null, o.id
"""
DOCUMENTS = """
select d.*, x.text from documents d join texts x on x.sha256 = d.text_sha256 where d.posting_id = :id order by d.id
"""
PROMISES = """
select r.*, g.title as promise_title, a.title as against_title
from promises r join glossary g on g.code = r.promise left join glossary a on a.code = r.against
where r.posting_id = :id order by r.verdict <> 'contradicts', r.verdict, r.promise, r.id
"""
SCORES = """
select s.*, k.verdict, k.words from standards s left join scorecards k on k.criterion_id = s.id and k.posting_id = :id order by s.id
"""
EVENTS = """
select e.*, g.title as term from events e left join glossary g on g.code = e.code where e.posting_id = :id order by e.at desc, e.id
"""
COPIES = """
select p.*, s.name as source_name from postings p join sources s on s.id = p.source_id
where p.gig_id = :gig and p.id <> :id order by p.first_seen
"""
UNSETTLED = """
select message from issues
where posting_id = :id and rule like 'pay-%' and opened_at <= :until and (closed_at is null or closed_at > :until) order by id
"""
CAPTURES = """
with page as (select :capture as id union select revisit_of from captures where id = :capture and revisit_of is not null)
select * from captures where id in (select id from page) or parent in (select id from page) order by parent is not null, id
"""
# What a gig owns: kept as JSON for one that is no longer counted.
OWN = {"gig": GIG, "versions": VERSIONS, "terms": TERMS, "pay_offers": PAY, "documents": DOCUMENTS}
OWN |= {"promises": PROMISES, "events": EVENTS, "parties": PARTIES}


@dataclass(frozen=True, slots=True)
class GigPage:
    """One gig as its page shows it. on: the day it is shown as of; dated: whether that day was asked for. others: rows by name."""

    row: Row
    on: str
    dated: bool
    version: Row
    versions: list[Row]
    text: Row
    marked: Any
    documents: list[dict[str, Any]]
    terms: list[Line]
    pay: list[Row]
    others: Mapping[str, Any] = field(default_factory=dict)


async def load(ask: Ask, id: str, on: str | None = None) -> GigPage | None:
    """The page of a gig, as it stands or as it stood at the end of the day `on` (ISO date). None if it was not known then.

    A gig that is no longer counted has its page, too; others["kept"] says why.
    """
    found, kept = await ask(GIG, {"id": id}), []
    if not found and (kept := await ask(KEPT, {"id": id})):
        ask = await _kept(ask, id)
        found = await ask(GIG, {"id": id})
    published = await ask(PUBLISHED, {})
    if not found or not published or (on and on > published[0]["day"]):
        return None
    until = f"{on or published[0]['day']}T23:59:59Z"
    versions = [row for row in await ask(VERSIONS, {"id": id}) if not on or row["seen_from"] <= until]
    page = await _page(ask, found[0], versions, on, until) if versions else None
    return replace(page, others={**page.others, "kept": kept[0]}) if page and kept else page


async def _kept(ask: Ask, id: str) -> Ask:
    """A function that asks the rows kept of a gig, and the publication for everything else."""
    own = {OWN[row["name"]]: json.loads(row["rows"]) for row in await ask(KEPT_ROWS, {"id": id})}

    async def asked(sql: str, values: Mapping[str, Any]) -> list[Row]:
        return own[sql] if sql in own else await ask(sql, values)

    return asked


async def _page(ask: Ask, gig: Row, versions: list[Row], on: str | None, until: str) -> GigPage:
    id, version = {"id": gig["id"]}, versions[-1]
    documents = [row for row in await ask(DOCUMENTS, id) if _stood(row, on, until)]
    shown = {None, version["id"]}, {None, *(row["id"] for row in documents)}
    terms = [row for row in await ask(TERMS, id) if _of(row, *shown)]
    pay = [row for row in await ask(PAY, id) if _of(row, *shown)]
    parties = [row for row in await ask(PARTIES, id) if _of(row, *shown)]
    text = (await ask(TEXT, {"sha": version["text_sha256"]}))[0]
    found = [*terms, *pay, *parties]
    others = await _others(ask, gig, version, on, until)
    change = await _change(ask, versions, text["text"])
    return GigPage(
        row=gig,
        on=until[:10],
        dated=on is not None,
        version=version,
        versions=versions,
        text=text,
        marked=marks(text["text"], (row for row in found if row["document_id"] is None)),
        documents=[
            {**row, "marked": marks(row["text"], [each for each in (*terms, *pay, *parties) if each["document_id"] == row["id"]])}
            for row in documents
        ],
        terms=lines(terms, await ask(GLOSSARY, {})),
        pay=pay,
        others=others | {"parties": parties, "change": change},
    )


async def _change(ask: Ask, versions: list[Row], text: str) -> list[Piece]:
    """The last change of the words, with some of what stands around it; nothing where there is none or the texts are very long."""
    if len(versions) < 2 or len(text) > LONGEST:
        return []
    before = (await ask(TEXT, {"sha": versions[-2]["text_sha256"]}))[0]["text"]
    return excerpts(pieces(before, text)) if before != text and len(before) <= LONGEST else []


def _stood(row: Row, on: str | None, until: str) -> bool:
    return bool(row["current"]) if on is None else row["added_at"] <= until and (row["seen_to"] is None or row["seen_to"] > until)


def _of(row: Row, versions: set[Any], documents: set[Any]) -> bool:
    return row["version_id"] in versions and row["document_id"] in documents


async def _others(ask: Ask, gig: Row, version: Row, on: str | None, until: str) -> dict[str, Any]:
    id = {"id": gig["id"]}
    events = [row for row in await ask(EVENTS, id) if row["at"] <= until]
    promises = [row for row in await ask(PROMISES, id) if row["version_id"] <= version["id"]]
    group = await ask(GROUP, {"gig": gig["gig_id"]}) if gig["gig_id"] else []
    return {
        "events": events,
        "promises": held(promises),
        "unsettled": await ask(UNSETTLED, {**id, "until": until}),
        "scores": [] if on else await ask(SCORES, id),
        "copies": await ask(COPIES, {"gig": gig["gig_id"], **id}) if gig["gig_id"] else [],
        "differences": json.loads(group[0]["differences"]) if group else [],
        "captures": await ask(CAPTURES, {"capture": version["capture_id"]}),
        "source": (await ask(SOURCE, {"source": gig["source_id"]}))[0],
        "state": _state(gig, events, on),
    }


def held(promises: Iterable[Row]) -> list[list[Row]]:
    """Promises beside the licence's terms, one list for each promise and licence; what contradicts first, silence last, inside as well."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in sorted(promises, key=lambda row: VERDICTS.index(row["verdict"])):
        groups.setdefault((row["promise"], row["document_id"], row["promise_quote"]), []).append(row)
    return [groups[key] for key in sorted(groups, key=lambda key: (VERDICTS.index(groups[key][0]["verdict"]), *key))]


def _state(gig: Row, events: list[Row], on: str | None) -> tuple[str, str]:
    """The state in a word and in words. Of an earlier day only what events tell is known."""
    if on is None:
        return gig["state"], gig["state_words"] or ""
    turns = [row for row in events if row["kind"] in ("closed", "reopened", "relisted")]
    if turns and turns[0]["kind"] == "closed":
        return "closed", f"found closed on {turns[0]['at'][:10]}: {turns[0]['detail']}"
    if gig["last_seen"][:10] >= on:
        return "open", "listed then: seen before that day and on or after it"
    return "uncertain", f"last seen {gig['last_seen'][:10]}, before that day, and not yet found closed"
