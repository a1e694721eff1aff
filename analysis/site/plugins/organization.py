"""The page of an employer or platform: its gigs, its changes, its licences, its pay by month."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from analysis.hook import hookimpl
from analysis.moments import moments

DATABASE = "callboard"

QUERIES = {
    "row": "select * from organizations where id = :id",
    "gigs": "select * from postings where organization_id = :id order by state <> 'open', first_seen desc limit 25",
    "changes": "select e.*, g.title as term from postings p join events e on e.posting_id = p.id left join glossary g on g.code = e.code "
    "where p.organization_id = :id and e.kind not in ('new', 'closed') order by e.at desc, e.posting_id, e.id limit 30",
    "documents": "select * from documents where organization_id = :id order by added_at desc limit 20",
    "named": "select y.role, y.posting_id, y.document_id, p.title, p.organization from parties y left join postings p "
    "on p.id = y.posting_id where y.organization_id = :id and y.current = 1 group by y.role, y.posting_id limit 25",
}


@hookimpl
def extra_template_vars(datasette: Any, request: Any, view_name: str, table: str | None) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """Give the row page of an organization its rows."""
    if view_name != "row" or table != "organizations":
        return None

    async def found() -> dict[str, Any]:
        db, id = datasette.get_database(DATABASE), {"id": tilde_decode(request.url_vars["pks"])}
        rows = {name: [dict(row) for row in (await db.execute(sql, id)).rows] for name, sql in QUERIES.items()}
        return {"organization": {**rows, "moments": moments(rows["changes"])[:10]}}

    return found


def tilde_decode(value: str) -> str:
    """An id as it stands in the table; Datasette spells odd letters with a tilde in addresses."""
    from datasette.utils import tilde_decode as decode

    return str(decode(value))
