"""Charts as inline SVG with a table under each: `/trends` by any cut, `/charts/<name>.svg` to take away, one on the front page."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from datasette import NotFound, Response
from markupsafe import Markup

from analysis.chart_files import ChartFile, charts
from analysis.charting import Chart, Point, alone, between, svg
from analysis.hook import hookimpl

DATABASE = "callboard"
CUTS = "select distinct cut, value from trend_monthly where shown order by cut, value"
BLIND = """
select distinct substr(from_at, 1, 7) as first, substr(coalesce(to_at, (select max(month) || '-31' from trend_monthly)), 1, 7) as last
from blind_intervals where days >= 3 and (:source = '' or source_id = :source)
"""
LOCKED = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The page of trends and each chart as a file."""
    return [(r"^/trends$", page), (r"^/charts/(?P<name>[a-z_]{1,40})\.svg$", file)]


@hookimpl
def extra_template_vars(datasette: Any, view_name: str) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """The first chart with something to show, for the front page."""
    if view_name != "index" or DATABASE not in datasette.databases:
        return None

    async def found() -> dict[str, Any]:
        for each in charts():
            drawn = await draw(datasette, each, "all", "all")
            if drawn["shown"]:
                return {"front_chart": drawn}
        return {"front_chart": None}

    return found


async def page(datasette: Any, request: Any) -> Response:
    """All charts for one cut: everything, a kind of work, a modality, a source, a country or a unit."""
    cut, value = await _chosen(datasette, request)
    drawn = [await draw(datasette, each, cut, value) for each in charts()]
    cuts: dict[str, list[str]] = {}
    for row in await _rows(datasette, CUTS, {}):
        cuts.setdefault(row["cut"], []).append(row["value"])
    data = {"charts": [each for each in drawn if each["rows"]], "cut": cut, "value": value, "cuts": cuts}
    return Response.html(await datasette.render_template("trends.html", data, request=request, view_name="trends"))


async def file(datasette: Any, request: Any) -> Response:
    """One chart as an SVG file with its own colours. NotFound for a name that no chart has."""
    chosen = next((each for each in charts() if each.name == request.url_vars["name"]), None)
    if chosen is None:
        raise NotFound("no such chart")
    drawn = await draw(datasette, chosen, *await _chosen(datasette, request))
    headers = {"Content-Disposition": f'attachment; filename="{chosen.name}.svg"', **LOCKED}
    return Response(alone(str(drawn["svg"])), headers=headers, content_type="image/svg+xml")


async def draw(datasette: Any, chosen: ChartFile, cut: str, value: str) -> dict[str, Any]:
    """A chart with its rows, its like-for-like panel and its blind months. shown: whether any month has enough gigs."""
    asked = {**chosen.where, "cut": cut, "value": value}
    rows = await _months(datasette, chosen, asked | {"panel": "all"})
    panel = {row["month"]: row[chosen.columns[0]] for row in await _months(datasette, chosen, asked | {"panel": "panel"})}
    blind = await _blind(datasette, value if cut == "source" else "", [row["month"] for row in rows])
    points = tuple(_point(datasette, chosen, row) for row in rows)
    title = chosen.title if cut == "all" else f"{chosen.title}: {value.replace('_', ' ')}"
    beside = tuple(panel.get(row["month"]) for row in rows)
    picture = Markup(svg(Chart(title, chosen.unit, points, beside, blind, chosen.reference, chosen.is_share)))
    drawn = {"title": title, "file": chosen, "rows": rows, "panel": panel, "blind": sorted(blind)}
    query = f"/{DATABASE}/{chosen.table}.csv?" + urlencode({**asked, "panel": "all"})
    return {**drawn, "svg": picture, "query": query, "shown": any(row["shown"] for row in rows)}


def _point(datasette: Any, chosen: ChartFile, row: Mapping[str, Any]) -> Point:
    names = ("value", "low", "high", "p25", "p75")
    values = {name: row[column] for name, column in zip(names, chosen.columns, strict=False)}
    return Point(row["month"], n=row["n"], href=datasette.urls.path(row["rows"]), **values)


async def _months(datasette: Any, chosen: ChartFile, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of a chart from its first month to its last; a month without a gig is there, empty."""
    where = " and ".join(f'"{name}" = :{name}' for name in asked)
    rows = await _rows(datasette, f'select * from "{chosen.table}" where {where} order by month', asked)
    if not rows:
        return []
    there = {row["month"]: row for row in rows}
    empty: dict[str, Any] = {**dict.fromkeys(rows[0]), "n": 0, "employers": 0, "shown": 0, "rows": ""}
    return [there.get(month, {**empty, "month": month}) for month in between(rows[0]["month"], rows[-1]["month"])]


async def _blind(datasette: Any, source: str, months: list[str]) -> frozenset[str]:
    stretches = await _rows(datasette, BLIND, {"source": source})
    return frozenset(month for month in months for each in stretches if each["first"] <= month <= each["last"])


async def _chosen(datasette: Any, request: Any) -> tuple[str, str]:
    """The cut asked for as `cut=kind:voice`. NotFound for one that no row has."""
    cut, _, value = (request.args.get("cut") or "all:all").partition(":")
    found = re.fullmatch(r"[a-z]{1,20}", cut) and await _rows(
        datasette, "select 1 as one from trend_monthly where cut = :cut and value = :value limit 1", {"cut": cut, "value": value}
    )
    if not found and (cut, value) != ("all", "all"):
        raise NotFound(f"no trend is cut by {cut}:{value}")
    return cut, value


async def _rows(datasette: Any, sql: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in (await datasette.get_database(DATABASE).execute(sql, values)).rows]
