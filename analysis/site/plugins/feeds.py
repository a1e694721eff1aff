"""Atom feeds: every table and query page whose rows have a time and a title answers to `.atom`; `/-/atom/...` are short addresses.

`/-/atom/new`, `/-/atom/events`, `/-/atom/events/<kind>`, `/-/atom/employer/<id>`, `/-/atom/query/<name>?<parameters>`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from datasette import Response

from analysis.atom import Entry, Head, feed
from analysis.hook import hookimpl
from analysis.site_address import origin
from crawler.records import EventKind

DATABASE = "callboard"
TIMES = ("at", "first_seen", "seen_from", "added_at", "opened_at")
TITLES = ("title", "name", "message")
PAGES = {"gig": "postings", "posting_id": "postings", "licence": "documents", "document_id": "documents", "group_id": "gigs"}
PAGES |= {"organization_id": "organizations", "source": "sources"}
SAME = (*PAGES, "code", "promise", "version_before", "version_after", "detail")
NO_FACTS = {*TIMES, *TITLES, *PAGES, "id", "month", "version_before", "version_after", "number", "rows"}
FACTS = {
    "postings": ("organization", "kind", "pay_words", "perpetual", "withdrawal", "end_client", "location", "state_words"),
    "events": ("organization", "detail", "before", "after"),
}
CHANGED = {"before": "del", "words_before": "del", "after": "ins", "words_after": "ins"}
LEAN = "_nofacet=1&_nocount=1"
Answer = dict[str, Any]
TYPE = "application/atom+xml; charset=utf-8"


@hookimpl
def register_output_renderer() -> dict[str, Any]:
    """`.atom` beside `.json` and `.csv`."""
    return {"extension": "atom", "render": render, "can_render": can_render}


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The short addresses."""
    return [
        (r"^/-/atom/(?P<what>new|events)$", everything),
        (r"^/-/atom/events/(?P<kind>[a-z_]{1,40})$", one_kind),
        (r"^/-/atom/employer/(?P<id>[^/]{1,200})$", employer),
        (r"^/-/atom/query/(?P<name>[a-z0-9_]{1,100})$", saved),
    ]


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """Ask for a feed's rows without the counts and facets that only a page shows: most of the time at size."""

    def wrapped(app: Any) -> Any:
        async def lean(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http" and scope["path"].endswith(".atom"):
                scope = scope | {"query_string": b"&".join(part for part in (scope["query_string"], LEAN.encode()) if part)}
            await app(scope, receive, send)

        return lean

    return wrapped


def can_render(columns: Sequence[str]) -> bool:
    """Whether rows with these columns can be entries."""
    return bool(_first(TIMES, columns) and _first(TITLES, columns))


def render(datasette: Any, request: Any, columns: Sequence[str], rows: Sequence[Any], database: str, data: Mapping[str, Any]) -> Answer:
    """The rows of a page as a feed. Status 400 where they have no time or no title."""
    if not can_render(columns):
        needs = f"A feed needs a column of time ({', '.join(TIMES)}) and one of titles ({', '.join(TITLES)})."
        return {"body": needs, "status_code": 400, "content_type": "text/plain; charset=utf-8"}  # a Response would lose its status
    table, name = data.get("table"), data.get("query_name") or data.get("table")
    read = [_plain(columns, row) for row in rows]
    root = origin(datasette, request)
    entries = [entry for entry in (_entry(datasette, root, database, table, row) for row in read) if entry]
    left = len(read) - len(entries)
    page, asked = request.path.removesuffix(".atom"), request.query_string.removesuffix(LEAN).removesuffix("&")
    described = datasette.metadata("title", database=database, table=table) if table else (data.get("metadata") or {}).get("title")
    head = Head(
        ("feed", database, str(name), "&".join(sorted(asked.split("&")))),
        f"{datasette.metadata('title') or database}: {described or name or 'a query'}",
        root + page + (f"?{asked}" if asked else ""),
        root + request.path + (f"?{asked}" if asked else ""),
        datasette.metadata("title") or database,
        datasette.metadata("license") or "",
        f"{left} rows without a time are left out." if left else "",
    )
    return {"body": feed(head, entries), "headers": {"X-Content-Type-Options": "nosniff"}, "content_type": TYPE}


async def everything(datasette: Any, request: Any) -> Response:
    """New gigs, or all events."""
    asked = {"new": ("postings", {"backlog": "0", "_sort_desc": "first_seen"}), "events": ("events", {"_sort_desc": "at"})}
    return _lead(datasette, *asked[request.url_vars["what"]])


async def one_kind(datasette: Any, request: Any) -> Response:
    """Events of one kind. Status 404 for a kind that there is not."""
    kind = request.url_vars["kind"]
    if kind not in set(EventKind):
        return Response.text(f"no event is called {kind}; one of {', '.join(EventKind)}", status=404)
    return _lead(datasette, "events", {"kind": kind, "_sort_desc": "at"})


async def employer(datasette: Any, request: Any) -> Response:
    """The gigs of one employer or platform, by its id in organizations. Status 404 for an unknown one."""
    id = request.url_vars["id"]
    found = await datasette.get_database(DATABASE).execute("select 1 from organizations where id = ?", [id])
    if not found.rows:
        return Response.text(f"no employer {id}; ids are in {datasette.urls.table(DATABASE, 'organizations')}", status=404)
    return _lead(datasette, "postings", {"organization_id": id, "_sort_desc": "first_seen"})


async def saved(datasette: Any, request: Any) -> Response:
    """A saved query. Status 404 for an unknown one."""
    name = request.url_vars["name"]
    if not await datasette.get_canned_query(DATABASE, name, request.actor):
        return Response.text(f"no saved query {name}; they are listed at {datasette.urls.database(DATABASE)}", status=404)
    return Response.redirect(datasette.urls.path(f"/{DATABASE}/{name}.atom") + (f"?{request.query_string}" if request.query_string else ""))


def _lead(datasette: Any, table: str, asked: Mapping[str, str]) -> Response:
    return Response.redirect(datasette.urls.path(f"/{DATABASE}/{table}.atom") + "?" + urlencode(asked))


def _entry(datasette: Any, root: str, database: str, table: str | None, row: Mapping[str, str]) -> Entry | None:
    """A row as an entry. None for one without a time."""
    time, title = _first(TIMES, row), row.get(_first(TITLES, row) or "", "untitled")
    at = _moment(row.get(time or "", ""))
    if not at:
        return None
    event = time == "at" and row.get("kind")
    shown = f"{row['kind'].replace('_', ' ').capitalize()}: {title}" if event else title
    said = [row[name] for name in SAME if row.get(name)] + ([row["kind"]] if event else [])
    gig = row["id"] if table == "postings" else ""
    key = ("event" if time == "at" else "gig" if gig or row.get("gig") else table or "row", at, *([gig] if gig else said or [title]))
    chosen = FACTS.get(table or "") or [name for name in row if name not in NO_FACTS and not (event and name == "kind")]
    facts = tuple((name.replace("_", " "), row[name], CHANGED.get(name, "")) for name in chosen if row.get(name))
    return Entry(key, shown, root + _page(datasette, database, table, row), at, facts)


def _page(datasette: Any, database: str, table: str | None, row: Mapping[str, str]) -> str:
    """The page that an entry leads to: the two versions of a change, else the row itself, else the gig or whatever it names."""
    if row.get("version_before") and row.get("version_after"):
        return str(datasette.urls.path(f"/{DATABASE}/diff/{row['version_before']}..{row['version_after']}"))
    name = _first(tuple(PAGES), {key: value for key, value in row.items() if value})
    if table and row.get("id") and (table != "events" or not name):
        return str(datasette.urls.path(f"/{database}/{table}/{quote(row['id'], safe='')}"))
    return str(datasette.urls.path(f"/{database}/{PAGES[name]}/{quote(row[name], safe='')}" if name else f"/{database}"))


def _plain(columns: Sequence[str], row: Any) -> dict[str, str]:
    """A row as words. A cell with a label (`_labels=on`) is its value."""
    values = ((name, row[name]) for name in columns)
    return {name: "" if _value(value) is None else str(_value(value)) for name, value in values}


def _value(cell: Any) -> Any:
    return cell["value"] if isinstance(cell, dict) else cell


def _moment(value: str) -> str:
    """A day or a time as RFC 3339, UTC. Empty for what is neither."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return ""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _first(names: Sequence[str], there: Any) -> str | None:
    return next((name for name in names if name in there), None)
