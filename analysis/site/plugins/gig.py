"""The page of a gig, as it stands (`/callboard/postings/<id>`) and as it stood on a day (`/callboard/gig/<id>@<date>`), with its citation.

A gig that is no longer counted has no row of its own; its addresses go on answering.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from datasette import NotFound, Response

from analysis.citation import Cited, formats
from analysis.gig_page import GigPage, Row, load
from analysis.hook import hookimpl
from analysis.matrix import GROUPS
from analysis.page_marks import anchor
from analysis.site_address import origin

DATABASE = "callboard"
ROW = re.compile(r"/callboard/(postings|versions)/([0-9a-f]{1,15})")
KEPT_VERSION = """select k.posting_id, json_extract(v.value, '$.seen_from') as seen_from from kept_pages k, json_each(k.rows) v
where k.name = 'versions' and json_extract(v.value, '$.id') = :id"""


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The gig as it stood at the end of a day, and the short address of today's page."""
    return [
        (r"^/callboard/gig/(?P<id>[0-9a-f]{12})@(?P<on>\d{4}-\d\d-\d\d)$", dated),
        (r"^/callboard/gig/(?P<id>[0-9a-f]{12})$", today),
    ]


@hookimpl
def extra_template_vars(datasette: Any, request: Any, view_name: str, table: str | None) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """Give the row page of a gig everything that it shows."""
    if view_name != "row" or table != "postings":
        return None

    async def found() -> dict[str, Any]:
        page = await load(asker(datasette), request.url_vars["pks"])
        return variables(datasette, request, page) if page else {}

    return found


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Response | None]] | None:
    """The page of a gig, or of one of its versions, that is no longer counted, in the place of "not found"."""
    found = ROW.fullmatch(request.path.removeprefix(datasette.setting("base_url").rstrip("/"))) if isinstance(exception, NotFound) else None
    if found is None or DATABASE not in datasette.databases:
        return None

    async def kept() -> Response | None:
        if found[1] == "postings":
            page = await load(asker(datasette), found[2])
            return await _answer(datasette, request, page) if page else None
        rows = await asker(datasette)(KEPT_VERSION, {"id": int(found[2])}) if found[2].isdecimal() else []
        return (
            Response.redirect(datasette.urls.path(f"/callboard/gig/{rows[0]['posting_id']}@{rows[0]['seen_from'][:10]}")) if rows else None
        )

    return kept


async def today(datasette: Any, request: Any) -> Response:
    """The page of a gig as it stands."""
    return Response.redirect(datasette.urls.row(DATABASE, "postings", request.url_vars["id"]))


async def dated(datasette: Any, request: Any) -> Response:
    """The page of a gig as it stood at the end of a day. NotFound for a day before it was seen, to come, or not in the calendar."""
    await datasette.ensure_permissions(
        request.actor, [("view-table", (DATABASE, "postings")), ("view-database", DATABASE), "view-instance"]
    )
    id, on = request.url_vars["id"], request.url_vars["on"]
    page = await load(asker(datasette), id, on) if _is_day(on) else None
    if page is None:
        raise NotFound(f"gig {id} as of {on}: not seen by then, not published yet, or no such day")
    return await _answer(datasette, request, page)


async def _answer(datasette: Any, request: Any, page: GigPage) -> Response:
    return Response.html(await datasette.render_template("gig.html", variables(datasette, request, page), request=request, view_name="gig"))


def variables(datasette: Any, request: Any, page: GigPage) -> dict[str, Any]:
    """What the templates of a gig need. The citation names the day of the publication, or the day asked for."""
    path = datasette.urls.path(f"/callboard/gig/{page.row['id']}@{page.on}")
    version = page.version
    cited = Cited(
        page.row["id"],
        version["title"],
        version["organization"],
        page.on,
        origin(datasette, request) + path,
        version["fetched_at"],
        version["text_sha256"],
    )
    return {"gig": page, "cited": cited, "citations": formats(cited), "permanent": path, "groups": GROUPS, "anchor": anchor}


def asker(datasette: Any) -> Callable[[str, Mapping[str, Any]], Awaitable[list[Row]]]:
    """A function that asks the publication."""
    db = datasette.get_database(DATABASE)

    async def ask(sql: str, values: Mapping[str, Any]) -> list[Row]:
        return [dict(row) for row in (await db.execute(sql, values)).rows]

    return ask


def _is_day(on: str) -> bool:
    try:
        date.fromisoformat(on)
    except ValueError:
        return False
    return True
