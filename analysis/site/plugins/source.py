"""The sources: `/sources` tells how each is doing, the page of one shows its crawls, its blind intervals and its gigs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response

from analysis.hook import hookimpl

DATABASE = "callboard"

QUERIES = {
    "row": "select * from sources where id = :id",
    "crawls": "select * from crawls where source_id = :id and finished_at is not null order by finished_at desc limit 14",
    "blind": "select * from blind_intervals where source_id = :id order by to_at is not null, from_at desc limit 20",
    "gigs": "select * from postings where source_id = :id order by first_seen desc limit 15",
    "issues": "select * from issues where source_id = :id and closed_at is null order by last_at desc limit 10",
    "trend": "select 1 as one from trend_monthly where cut = 'source' and value = :id and shown limit 1",
    "documents": "select * from documents where source_id = :id order by added_at desc limit 10",
}
ALL = "select * from sources order by refused is not null, last_crawl is null, blind_since is null, name"


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The list of all sources."""
    return [(r"^/sources$", everything)]


@hookimpl
def extra_template_vars(datasette: Any, request: Any, view_name: str, table: str | None) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """Give the row page of a source its rows."""
    if view_name != "row" or table != "sources":
        return None

    async def found() -> dict[str, Any]:
        db, id = datasette.get_database(DATABASE), {"id": request.url_vars["pks"]}
        return {"source": {name: [dict(row) for row in (await db.execute(sql, id)).rows] for name, sql in QUERIES.items()}}

    return found


async def everything(datasette: Any, request: Any) -> Response:
    """Every source: those that are blind first, those that are not read last."""
    rows = [dict(row) for row in (await datasette.get_database(DATABASE).execute(ALL)).rows]
    data = {
        "blind": [row for row in rows if row["blind_since"] and row["last_crawl"] and not row["refused"]],
        "read": [row for row in rows if row["last_crawl"] and not row["refused"] and not row["blind_since"]],
        "waiting": [row for row in rows if not row["last_crawl"] and not row["refused"]],
        "refused": [row for row in rows if row["refused"]],
    }
    return Response.html(await datasette.render_template("sources.html", data, request=request, view_name="page"))
