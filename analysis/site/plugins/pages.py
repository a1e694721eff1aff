"""Pages of their own: `/changes`, `/explore`, `/glossary`, `/method`, `/how-to-query`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette import Response

from analysis.canned import COSTS, queries
from analysis.hook import hookimpl
from analysis.matrix import GROUPS
from analysis.moments import TELLING, moments
from analysis.site_words import worked

DATABASE = "callboard"
PAGE = 40

EVENTS = """
select e.*, g.title as term from events e left join glossary g on g.code = e.code
where (:kind = '' or e.kind = :kind) and (:before = '' or e.at < :before) order by e.at desc, e.posting_id, e.id limit :most
"""
KIND_COUNTS = "select kind, count(*) as n from events group by kind"
GLOSSARY = "select * from glossary order by title"
FACETS = "select * from facet_counts order by (select min(id) from facet_counts f where f.facet = facet_counts.facet), n desc"
FACET_TITLES = {"source_id": "Board", "end_client_disclosure": "End client", "first_month": "Month first seen", "kind": "Kind of work"}
FACET_TITLES |= {"state": "State", "pay_unit": "Unit of pay", "country": "Country", "relevance": "Relevance", "modality": "What is taken"}
FACET_TITLES |= {"pay_currency": "Currency of pay", "pay_qualifier": "How pay is meant"}
METHODS = "select * from methods order by position"
ACCURACY = "select * from accuracy order by words, measure <> 'pay', measure <> 'relevance', measure, what"


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The pages."""
    return [
        (r"^/changes$", changes),
        (r"^/glossary$", glossary),
        (r"^/method$", method),
        (r"^/explore$", explore),
        (r"^/how-to-query$", how_to_query),
    ]


async def changes(datasette: Any, request: Any) -> Response:
    """Everything that happened, newest first; `kind` narrows it, `before` goes on."""
    kind = request.args.get("kind") or ""
    kind = kind if kind in TELLING else ""
    rows = await _rows(datasette, EVENTS, {"kind": kind, "before": request.args.get("before") or "", "most": PAGE + 1})
    counts = {row["kind"]: row["n"] for row in await _rows(datasette, KIND_COUNTS, {})}
    shown, more = _whole_moments(rows)
    onward = urlencode({"kind": kind, "before": shown[-1]["at"]}) if more and shown else ""
    data = {
        "moments": moments(shown),
        "kind": kind,
        "kinds": [(each, counts[each]) for each in TELLING if each in counts],
        "onward": onward,
    }
    return await _page(datasette, request, "changes.html", data)


def _whole_moments(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], bool]:
    """A page of rows that does not end in the middle of a moment, unless one moment fills it, and whether there are more."""
    if len(rows) <= PAGE:
        return rows, False
    whole = [row for row in rows if row["at"] != rows[-1]["at"]]
    return whole or rows, True


async def glossary(datasette: Any, request: Any) -> Response:
    """Every term with meaning, why it matters, who says so, and its counts."""
    terms = [{**row, "sources": json.loads(row["citations"])} for row in await _rows(datasette, GLOSSARY, {})]
    return await _page(datasette, request, "glossary.html", {"terms": terms, "groups": GROUPS})


async def explore(datasette: Any, request: Any) -> Response:
    """The values of the columns that matter, with their counts."""
    rows = await _rows(datasette, FACETS, {})
    titles = {row["code"]: row["title"] for row in await _rows(datasette, GLOSSARY, {})} | FACET_TITLES
    facets = [(name, list(found)) for name, found in groupby(rows, key=lambda row: row["facet"])]
    return await _page(datasette, request, "explore.html", {"facets": facets, "titles": titles})


async def method(datasette: Any, request: Any) -> Response:
    """How to read the site: method, limits, error rates, what was counted."""
    rows = await _rows(datasette, METHODS, {})
    data = {
        "sections": [row for row in rows if row["value"] is None and row["id"] not in ("published_at", "ruleset", "covering")],
        "state": [row for row in rows if row["id"] in ("published_at", "ruleset")],
        "counted": [row for row in rows if row["value"] is not None],
        "accuracy": await _rows(datasette, ACCURACY, {}),
    }
    return await _page(datasette, request, "method.html", data)


async def how_to_query(datasette: Any, request: Any) -> Response:
    """Worked questions and every saved query."""
    saved = [
        {"each": each, "link": f"/{DATABASE}/{each.name}" + (f"?{urlencode(each.example)}" if each.example else "")} for each in queries()
    ]
    return await _page(
        datasette, request, "how-to-query.html", {"saved": saved, "costs": COSTS, "worked": [_ways(each) for each in worked()]}
    )


def _ways(question: Mapping[str, str]) -> Mapping[str, str]:
    """A worked question with its addresses: saved, as CSV and JSON, and its SQL to run and change."""
    path, _, asked = question["saved"].partition("?")
    more = f"{asked}&" if asked else ""
    own = urlencode({"sql": question["sql"].strip()})
    return {**question, "csv": f"{path}.csv?{asked}", "json": f"{path}.json?{more}_shape=array", "run": f"/{DATABASE}?{own}"}


async def _page(datasette: Any, request: Any, template: str, data: Mapping[str, Any]) -> Response:
    return Response.html(await datasette.render_template(template, dict(data), request=request, view_name="page"))


async def _rows(datasette: Any, sql: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in (await datasette.get_database(DATABASE).execute(sql, values)).rows]
