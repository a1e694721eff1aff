"""One text read for everything: pay, terms, relevance, parties. A pure function of the text and the ruleset."""

from __future__ import annotations

import hashlib

from crawler.findings import parties, pay, place, relevance, ruleset, terms
from crawler.records import Reading


def read(text: str) -> Reading:
    """Read a text whose first line is its title.

    The country that its head (the first three lines) names decides what `$` means; where it names none the text's own words do.
    """
    title, _, _ = text.partition("\n")
    head = "\n".join(text.split("\n", 3)[:3])
    return Reading(
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        ruleset=ruleset.digest(),
        pay=tuple(pay.find(text, place.country(head))),
        terms=tuple(terms.find(text)),
        relevance=relevance.judge(title, text),
        parties=tuple(parties.find(text)),
    )
