"""What pages of queries and tables say of themselves: when they were published and under which rules, and what may be asked of a query."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from analysis.canned import queries
from analysis.description import tables
from analysis.hook import hookimpl
from analysis.standing import key_terms

DATABASE = "callboard"
STATE = "select id, words from methods where id in ('published_at', 'ruleset')"
FIXED: Mapping[str, tuple[str, ...]] = {
    "polarity": ("granted", "limited", "denied"),
    "state": ("open", "uncertain", "closed"),
    "licence": ("all", "read"),
    "panel": ("all", "panel"),
    "cut": ("all", "kind", "modality", "source", "country", "unit"),
    "measure": ("floor_usd", "hourly_usd", "hourly_real", "scale_ratio", "days_listed"),
    "verdict": ("contradicts", "narrows", "silent", "supports"),
    "role": ("platform", "collecting_company", "end_client"),
    "takes": tuple(code for code, protects in key_terms().items() if not protects),
}
ASKED = {
    "code": "select code, title from glossary order by title",
    "promise": "select code, title from glossary where term_group = 'promises' order by title",
    "source": "select id, name from sources where postings > 0 order by name limit 500",
    "kind": "select value, label from facet_counts where facet = 'kind' order by n desc",
    "modality": "select value, label from facet_counts where facet = 'modality' order by n desc",
    "currency": "select distinct pay_currency, '' from postings where pay_currency is not null order by 1",
    "qualifier": "select id, meaning from qualifiers where gigs > 0 order by gigs desc",
    "unit": "select value, label from facet_counts where facet = 'pay_unit' order by n desc",
    "organization": "select id, name from organizations where postings > 0 order by postings desc limit 300",
}


@hookimpl
def extra_template_vars(datasette: Any, view_name: str) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """`published`: the time and the ruleset; `described`: the words of every table; `saved`, `choices`: a saved query and its values;
    `meanings`: of the columns that a query takes from tables."""
    if view_name not in ("query", "database", "QueryView", "table") or DATABASE not in datasette.databases:
        return None

    async def rows(sql: str) -> list[Any]:
        return list((await datasette.get_database(DATABASE).execute(sql)).rows)

    async def choices(name: str, query: str) -> list[tuple[str, str]]:
        """Values that a parameter may have, each with a word for it. The changes of licences have kinds of their own."""
        if name == "kind" and query == "terms_changed_later":
            return [(row[0], "") for row in await rows("select distinct kind from events where code is not null order by 1")]
        if name in ASKED:
            return [(str(row[0]), str(row[1])) for row in await rows(ASKED[name])]
        return [(value, "") for value in FIXED.get(name, ())]

    async def found() -> dict[str, Any]:
        state = {row["id"]: row["words"] for row in await rows(STATE)}
        made = {"at": state["published_at"][:20], "ruleset": state["ruleset"]} if state else None
        return {
            "published": made,
            "described": tables(),
            "meanings": meanings,
            "saved": {each.name: each for each in queries()},
            "choices": choices,
        }

    return found


def meanings(sql: str) -> dict[str, str]:
    """What the columns of the tables named in a query mean; a name that means different things in them is left out."""
    named = [tables()[name] for name in dict.fromkeys(re.findall(r"\b(?:from|join)\s+(\w+)", sql, re.I)) if name in tables()]
    told: dict[str, set[str]] = {}
    for column in (column for table in named for column in table.columns):
        told.setdefault(column.name, set()).add(column.says)
    return {name: next(iter(says)) for name, says in told.items() if len(says) == 1}
