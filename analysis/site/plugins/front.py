"""The front page's data: figures, newest gigs, latest changes, a chart, the health of the sources."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from analysis.hook import hookimpl
from analysis.moments import foremost, moments

DATABASE = "callboard"
MOMENTS = 6

QUERIES = {
    "figures": "select * from figures order by position",
    "newest": "select * from postings where backlog = 0 order by first_seen desc limit 8",
    "changes": "select e.*, g.title as term from events e left join glossary g on g.code = e.code "
    "where e.kind not in ('new', 'closed') order by e.at desc, e.posting_id, e.id limit 120",
    "removed": "select count(*) as n from events where kind = 'promise_removed'",
    "health": "select count(*) as n, sum(last_outcome = 'complete') as complete, max(last_crawl) as last from sources "
    "where last_crawl is not null",
    "blind": "select id, name, blind_since, last_reason from sources where blind_since is not null and refused is null "
    "order by blind_since limit 6",
    "kinds": "select label, n, rows from facet_counts where facet = 'kind' order by n desc",
    "published": "select words from methods where id = 'published_at'",
}


@hookimpl
def extra_template_vars(datasette: Any, view_name: str) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """Give the front page its rows."""
    if view_name != "index" or DATABASE not in datasette.databases:
        return None

    async def found() -> dict[str, Any]:
        db = datasette.get_database(DATABASE)
        rows = {name: [dict(row) for row in (await db.execute(sql)).rows] for name, sql in QUERIES.items()}
        return {"front": {**rows, "moments": foremost(moments(rows["changes"]))[:MOMENTS]}}

    return found
