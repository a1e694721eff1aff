"""Five questions asked through the JSON API of a Callboard site, with nothing but Python's own library.

    python examples/api.py http://127.0.0.1:8001

The same five are worked in docs/query.md. Run the file, or take it apart in a notebook: each function is a cell.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

Rows = list[dict[str, Any]]


def ask(site: str, path: str, **asked: str) -> Rows:
    """The rows of a table, a saved query or, with `sql`, of a query of your own."""
    with urlopen(f"{site}{path}.json?{urlencode({**asked, '_shape': 'array'})}", timeout=30) as answer:
        rows: Rows = json.load(answer)
    return rows


def promises_removed(site: str) -> Rows:
    """Which promises were taken out, and what were their words?"""
    return ask(site, "/callboard/promises_removed", since="2026-01-01")


def voice_pay(site: str) -> Rows:
    """What does voice work pay by month, against scale? A suppressed cell has no figure."""
    return ask(site, "/callboard/pay_and_scale_by_modality", modality="voice")


def for_ever(site: str) -> Rows:
    """Who takes rights for ever?"""
    return ask(site, "/callboard/rights_for_ever_by_employer", at_least="1")


def clauses(site: str) -> Rows:
    """How do the clauses on synthetic performance read? In SQL, with a parameter."""
    sql = """select t.quote, p.title, p.evidence from terms t join postings p on p.id = t.posting_id
        where t.code = :code and t.current = 1 order by t.id limit 20"""
    return ask(site, "/callboard", sql=sql, code="synthetic_performance")


def silence(site: str) -> Rows:
    """Which open gigs take rights for ever and say nothing about withdrawal? Two filters on a table."""
    return ask(site, "/callboard/postings", state="open", perpetual="granted", withdrawal="not stated")


def main(site: str) -> None:
    """Print what each question finds."""
    for row in promises_removed(site):
        print(f"removed {row['at'][:10]}: {row['words_before']!r} from {row['title']!r} ({row['organization']})")
    for row in voice_pay(site):
        pay = f"{row['median_pay_usd']:.0f} USD" if row["median_pay_usd"] is not None else "suppressed"
        print(f"voice, {row['month']}: guaranteed pay {pay}, n = {row['n_pay']}")
    for row in for_ever(site):
        print(f"for ever: {row['for_ever']} of {row['gigs']} gigs of {row['name']}")
    for row in clauses(site):
        print(f"synthetic performance: {row['quote']!r} ({row['title']}; {site}{row['evidence']})")
    print(f"open, for ever, silent on withdrawal: {len(silence(site))} gigs")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python examples/api.py http://127.0.0.1:8001")
    main(sys.argv[1].rstrip("/"))
