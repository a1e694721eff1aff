"""The figures of the front page, each with its n, its interval and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from analysis.pay_words import amount
from analysis.publication import Publication
from analysis.trends import FEWEST_EMPLOYERS, FEWEST_GIGS, Share, is_shown, share, spread
from crawler.clock import iso, moment

AFTER = ("postings", "events")
GIGS = "/callboard/postings"
EMPLOYERS = "count(distinct coalesce(organization_id, ''))"  # gigs without a named poster count as one, as in trends
EDITED = "kind in ('text_edited', 'pay_changed', 'term_added', 'term_removed', 'promise_removed')"


def fill(pub: Publication) -> None:
    """Six figures about open gigs and the last seven days."""
    pub.write("figures", ({**row, "position": place} for place, row in enumerate(_rows(pub), 1)))


def _rows(pub: Publication) -> Iterator[dict[str, Any]]:
    week = iso(moment(pub.now) - timedelta(days=7))
    yield _count(pub, "open", "gigs open", "postings where state = 'open'", f"{GIGS}?state=open")
    new = f"postings where not backlog and first_seen >= '{week}'"
    yield _count(pub, "new", "new this week", new, f"{GIGS}?backlog=0&first_seen__gte={week}&_sort_desc=first_seen")
    edited = f"(select distinct posting_id from events where {EDITED} and at >= '{week}')"
    yield _count(pub, "edited", "gigs changed silently this week", edited, f"/callboard/silent_edits?since={week}")
    yield _pay(pub)
    yield _share(pub, "perpetual", "granted", "licences_read > 0", "take rights for ever, where a licence was read", "&licences_read__gt=0")
    yield _share(pub, "withdrawal", "not stated", "1", "say nothing about withdrawal", "")


def _count(pub: Publication, id: str, title: str, counted: str, rows: str) -> dict[str, Any]:
    n = pub.rows(f"select count(*) as n from {counted}")[0]["n"]
    return {"id": id, "title": title, "value": n, "shown": amount(n), "n": n, "words": title, "rows": rows, "suppressed": 0}


def _pay(pub: Publication) -> dict[str, Any]:
    stated = pub.rows("select floor_usd, organization_id from postings where state = 'open' and floor_usd is not null")
    title = "median guaranteed pay of open gigs"
    row = _held_back("pay", title, len(stated), len({each["organization_id"] for each in stated}))
    row |= {"rows": f"{GIGS}?state=open&floor_usd__notblank=1&_sort=floor_usd"}
    found = None if row["suppressed"] else spread(each["floor_usd"] for each in stated)
    if found:
        between = f"{amount(round(found.low))} to {amount(round(found.high))}"
        row |= {"value": found.median, "shown": f"{amount(round(found.median))} USD", "low": found.low, "high": found.high}
        row["words"] = f"{title}, n = {found.n} ({between})"
    return row


def _share(pub: Publication, code: str, value: str, among: str, title: str, asked: str) -> dict[str, Any]:
    query = f'select coalesce(sum("{code}" = ?), 0) as k, count(*) as n, {EMPLOYERS} as employers from postings'
    counted = pub.rows(f"{query} where state = 'open' and {among}", [value])[0]
    row = _held_back(code, title, counted["n"], counted["employers"])
    row["rows"] = f"{GIGS}?state=open&{code}={value.replace(' ', '+')}{asked}"
    found = None if row["suppressed"] else share(counted["k"], counted["n"])
    return row | _shown(found, title) if found else row


def _held_back(id: str, title: str, n: int, employers: int) -> dict[str, Any]:
    """A figure as it is printed where too few stand behind it."""
    words = f"{title}: suppressed, n = {n}; a figure needs {FEWEST_GIGS} gigs of {FEWEST_EMPLOYERS} posters"
    row = {"id": id, "title": title, "n": n, "employers": employers, "shown": "–", "words": words}
    return row | {"suppressed": int(not is_shown(n, employers))}


def _shown(found: Share, title: str) -> dict[str, Any]:
    words = f"{title}, n = {found.n} ({found.low:.0%} to {found.high:.0%})".replace("%", " %")
    return {"value": found.share, "shown": f"{found.share:.0%}".replace("%", " %"), "low": found.low, "high": found.high, "words": words}
