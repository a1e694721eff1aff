"""When the publication was made and under which rules, for pages that are cited."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl

from analysis.description import tables

DATABASE = "callboard"
STATE = "select id, words from methods where id in ('published_at', 'ruleset')"


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any, view_name: str) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """`published`: the time and the ruleset; `described`: the words of every table; on the pages of queries and the database."""
    if view_name not in ("query", "database", "QueryView") or DATABASE not in datasette.databases:
        return None

    async def found() -> dict[str, Any]:
        rows = {row["id"]: row["words"] for row in (await datasette.get_database(DATABASE).execute(STATE)).rows}
        state = {"at": rows["published_at"][:20], "ruleset": rows["ruleset"]} if rows else None
        return {"published": state, "described": tables()}

    return found
