"""Every term that is looked for, with its meaning and its own counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.publication import Publication, as_json
from analysis.site_words import site
from analysis.standing import key_terms
from crawler.findings.term_files import TermFile, catalogue
from crawler.records import Group

AFTER = ("terms", "postings", "documents")

COUNTS = """
select code, count(distinct case when polarity = 'granted' then posting_id end) as granted,
  count(distinct case when polarity = 'limited' then posting_id end) as limited,
  count(distinct case when polarity = 'denied' then posting_id end) as denied,
  count(distinct posting_id) as stated, count(distinct document_id) as documents
from terms where current and place != 'unverified' group by code
"""


def fill(pub: Publication) -> None:
    """The catalogue of terms with how many gigs state each."""
    counts = {row["code"]: dict(row) for row in pub.rows(COUNTS)}
    gigs = pub.rows("select count(*) as n from postings")[0]["n"]
    pub.write("glossary", (_row(term, counts.get(term.code, {}), gigs) for term in catalogue()))


def _row(term: TermFile, counted: Mapping[str, Any], gigs: int) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(term, name) for name in ("code", "title", "meaning", "why")}
    row |= {name: counted.get(name, 0) for name in ("granted", "limited", "denied", "documents")}
    row |= {"term_group": term.group.value, "citations": as_json(term.citations), "effect": effect(term)}
    return row | {"not_stated": gigs - counted.get("stated", 0)}


def effect(term: TermFile) -> str:
    """Key terms as `site.toml` says; else promises and consent protect, but for those it names; rights take; circumstances are neutral."""
    if term.code in key_terms():
        return "protects" if key_terms()[term.code] else "takes"
    if term.group is Group.CONTEXT:
        return "neutral"
    takes = term.group is Group.RIGHTS or term.code in site()["consent_that_takes"]
    return "takes" if takes else "protects"
