"""The JSON Schema of each table's rows: `/-/schema/<table>.json`."""

from __future__ import annotations

from typing import Any

from datasette import NotFound, Response

from analysis.description import tables
from analysis.hook import hookimpl
from analysis.json_schema import schema


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """One address a table."""
    return [(r"^/-/schema/(?P<table>[a-z_]{1,40})\.json$", one)]


async def one(request: Any) -> Response:
    """The schema. NotFound for a table that is not described."""
    table = tables().get(request.url_vars["table"])
    if table is None:
        raise NotFound(f"no table {request.url_vars['table']}")
    return Response.json(schema(table), headers={"Access-Control-Allow-Origin": "*"})
