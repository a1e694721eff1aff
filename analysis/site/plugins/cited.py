"""Rows as they were cited: a table or query page gives a link that holds the day and the digest of its rows, `/-/cited/...`.

Whoever follows it sees whether the rows are still those, how many there were, and what may have changed them.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import NotFound, Response

from analysis.citation import Cited, formats
from analysis.hook import hookimpl
from analysis.rows_digest import digest
from analysis.site_address import origin

DATABASE = "callboard"
STATE = "select id, words from methods where id in ('published_at', 'ruleset')"
OURS = ("cited_on", "cited_rows", "cited_sha256", "cited_rules")
PAGING = ("_next", "_size", "_shape", "_hide_sql", "_show_sql")
TIMES = ("at", "first_seen", "seen_from", "added_at", "opened_at", "closed_at")
Cite = Callable[[Sequence[str], Sequence[Any], str], Mapping[str, Any] | None]


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The page that compares."""
    return [(r"^/-/cited(?P<path>/callboard(?:/[a-z0-9_]{1,60})?)$", compare)]


@hookimpl
def extra_template_vars(datasette: Any, request: Any, view_name: str) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """`cite_rows(columns, rows, title)` on pages of tables and queries."""
    if view_name not in ("query", "QueryView", "database", "table") or DATABASE not in datasette.databases or request is None:
        return None

    async def found() -> dict[str, Any]:
        return {"cite_rows": _cite(datasette, request, await _state(datasette))}

    return found


def _cite(datasette: Any, request: Any, state: Mapping[str, str]) -> Cite:
    def cite(columns: Sequence[str], rows: Sequence[Any], title: str) -> Mapping[str, Any] | None:
        if not columns or not state:
            return None
        plain = [[cell["value"] if isinstance(cell, dict) else cell for cell in row] for row in rows]  # a cell with a label has both
        sha256, asked = digest(columns, plain), [pair for pair in parse_qsl(request.query_string, True) if pair[0] not in PAGING]
        held = {"cited_on": state["at"][:10], "cited_rows": str(len(rows)), "cited_sha256": sha256, "cited_rules": state["ruleset"]}
        path = f"/-/cited{request.path.removeprefix(datasette.setting('base_url').rstrip('/'))}?" + urlencode([*asked, *held.items()])
        name = request.path.rpartition("/")[2] if request.path.count("/") > 1 else sha256[:12]
        url = origin(datasette, request) + datasette.urls.path(path)
        cited = Cited(name, title, None, state["at"][:10], url, state["at"], sha256, "query")
        return {"path": datasette.urls.path(path), "url": url, "formats": formats(cited), "rows": len(rows)}

    return cite


async def compare(datasette: Any, request: Any) -> Response:
    """The rows as cited beside the rows as they are. NotFound for an address that is no citation."""
    asked = parse_qsl(request.query_string, True)
    held = {name: value for name, value in asked if name in OURS}
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", held.get("cited_on", "")) or not re.fullmatch(r"[0-9a-f]{64}", held.get("cited_sha256", "")):
        raise NotFound("this address is not a citation: it lacks the day or the digest of its rows")
    path, query = request.url_vars["path"], urlencode([pair for pair in asked if pair[0] not in OURS])
    answer = await datasette.client.get(f"{path}.json?{query}", cookies=request.cookies)
    found = answer.json()
    if answer.status_code != 200 or "rows" not in found:
        raise NotFound(f"what was cited is no longer there: {found.get('error', 'no rows')}")
    now = {"rows": len(found["rows"]), "sha256": digest(found["columns"], found["rows"]), **await _state(datasette)}
    data = {"held": held, "now": now, "page": f"{path}?{query}" if query else path, "same": now["sha256"] == held["cited_sha256"]}
    data |= {"later": _later(found["columns"], found["rows"], held["cited_on"]), "title": _title(datasette, path)}
    return Response.html(await datasette.render_template("cited.html", data, request=request, view_name="page"))


def _later(columns: Sequence[str], rows: Sequence[Sequence[Any]], day: str) -> int | None:
    """How many rows have a time after the day. None where rows have no time."""
    places = [place for place, name in enumerate(columns) if name in TIMES]
    return sum(any(str(row[place] or "")[:10] > day for place in places) for row in rows) if places else None


def _title(datasette: Any, path: str) -> str:
    name = path.removeprefix(f"/{DATABASE}").strip("/")
    described = datasette.metadata(database=DATABASE) or {}
    for kind in ("queries", "tables"):
        if name in described.get(kind, {}):
            return str(described[kind][name].get("title") or name)
    return "A query in SQL"


async def _state(datasette: Any) -> dict[str, str]:
    rows = {row["id"]: row["words"] for row in (await datasette.get_database(DATABASE).execute(STATE)).rows}
    return {"at": rows["published_at"][:20], "ruleset": rows["ruleset"]} if rows else {}
