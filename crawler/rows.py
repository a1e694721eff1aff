"""Records as rows of the store, and rows as records. Nothing is decided here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from crawler.records import (
    Ask,
    Capture,
    Disclosure,
    Group,
    Party,
    Pay,
    Polarity,
    Posting,
    Quantity,
    Reading,
    Relevance,
    Role,
    Signal,
    Term,
)

Row = dict[str, Any]


def of_capture(capture: Capture, crawl: int, source: str, follow: tuple[Ask, ...] = ()) -> Row:
    """The row of an archived response; follow: what its page led to, so that an unchanged page need not be read again."""
    row = {name: getattr(capture, name) for name in Capture.__dataclass_fields__}
    row |= {"crawl_id": crawl, "source_id": source, "role": capture.role.value, "context": json.dumps(dict(capture.context))}
    row["follow"] = json.dumps([of_ask(ask) for ask in follow]) if follow else None
    return row


def capture(row: Mapping[str, Any]) -> Capture:
    """An archived response from its row."""
    values = {name: row[name] for name in Capture.__dataclass_fields__}
    return Capture(**(values | {"role": Role(row["role"]), "context": json.loads(row["context"] or "{}")}))


def of_ask(ask: Ask) -> Row:
    """A page to fetch, as JSON keeps it."""
    row = {name: getattr(ask, name) for name in Ask.__dataclass_fields__}
    return row | {"role": ask.role.value, "headers": dict(ask.headers), "context": dict(ask.context)}


def asks(follow: str | None) -> tuple[Ask, ...]:
    """The pages that a capture's page led to."""
    return tuple(Ask(**(row | {"role": Role(row["role"])})) for row in json.loads(follow or "[]"))


def of_version(posting: Posting, text_sha256: str, digest: str) -> Row:
    """A posting's own fields as a version keeps them."""
    return {
        "digest": digest,
        "text_sha256": text_sha256,
        "url": posting.url,
        "title": posting.title,
        "organization": posting.organization,
        "location": posting.location,
        "country": posting.country,
        "remote": posting.remote,
        "posted_at": posting.posted_at,
        "closes_at": posting.closes_at,
        "employment_type": posting.employment_type,
        "extra": json.dumps(dict(posting.extra), ensure_ascii=False) if posting.extra else None,
    }


def of_pay(pay: Pay) -> Row:
    """One offer; qualifiers as a JSON list, the quantity in four columns."""
    row = {name: getattr(pay, name) for name in Pay.__dataclass_fields__ if name != "quantity"}
    quantity = pay.quantity
    return row | {
        "qualifiers": json.dumps(pay.qualifiers),
        "quantity_min": quantity.amount_min if quantity else None,
        "quantity_max": quantity.amount_max if quantity else None,
        "quantity_unit": quantity.unit if quantity else None,
        "quantity_kind": quantity.kind if quantity else None,
    }


def pay(row: Mapping[str, Any]) -> Pay:
    """One offer from its row."""
    values = {name: row[name] for name in Pay.__dataclass_fields__ if name != "quantity"}
    quantity = None
    if row["quantity_kind"] is not None:
        quantity = Quantity(row["quantity_min"], row["quantity_max"], row["quantity_unit"], row["quantity_kind"])
    return Pay(**(values | {"qualifiers": tuple(json.loads(row["qualifiers"])), "quantity": quantity}))


def of_term(term: Term) -> Row:
    """One term; its group is the column `grp`."""
    names = ("code", "quote", "start", "end", "rule")
    return {name: getattr(term, name) for name in names} | {"polarity": term.polarity.value, "grp": term.group.value}


def term(row: Mapping[str, Any]) -> Term:
    """One term from its row."""
    where = (row["quote"], row["start"], row["end"], row["rule"])
    return Term(row["code"], Polarity(row["polarity"]), *where, Group(row["grp"]))


def of_party(party: Party) -> Row:
    """One party in one role."""
    return {name: getattr(party, name) for name in Party.__dataclass_fields__} | {"disclosure": party.disclosure.value}


def party(row: Mapping[str, Any]) -> Party:
    """One party from its row."""
    values = {name: row[name] for name in Party.__dataclass_fields__}
    return Party(**(values | {"disclosure": Disclosure(row["disclosure"])}))


def of_relevance(answer: Relevance) -> Row:
    """The three answers; signals as JSON lists in the order of `Signal`'s fields."""
    signals = [[getattr(each, name) for name in Signal.__dataclass_fields__] for each in answer.signals]
    return {
        "ai_training": answer.ai_training,
        "performers": answer.performers,
        "modalities": json.dumps(answer.modalities),
        "signals": json.dumps(signals, ensure_ascii=False),
    }


def relevance(row: Mapping[str, Any]) -> Relevance:
    """The three answers from their row."""
    known = {None: None, 0: False, 1: True}
    signals = tuple(Signal(*each) for each in json.loads(row["signals"]))
    return Relevance(known[row["ai_training"]], known[row["performers"]], tuple(json.loads(row["modalities"])), signals)


def reading(text_sha256: str, ruleset: str, found: Mapping[str, list[Row]]) -> Reading:
    """A whole reading from the rows of its four tables, in the order in which they were stored."""
    return Reading(
        text_sha256,
        ruleset,
        tuple(pay(row) for row in found["pay"]),
        tuple(term(row) for row in found["term"]),
        relevance(found["relevance"][0]),
        tuple(party(row) for row in found["party"]),
    )
