"""Gigs by country: `/countries`, with shares where enough gigs and posters stand behind them."""

from __future__ import annotations

from functools import cache
from typing import Any

from datasette import Response

from analysis.hook import hookimpl
from analysis.trends import is_shown, share

DATABASE = "callboard"
COUNTED = """
select country as code, count(*) as n, sum(state = 'open') as open, count(distinct coalesce(organization_id, '')) as employers,
  sum(perpetual = 'granted') as for_ever, sum(withdrawal = 'not stated') as silent
from postings group by country order by country is null, n desc, country
"""
TRENDS = "select distinct value from trend_monthly where cut = 'country' and shown"


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The page."""
    return [(r"^/countries$", page)]


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """The filter `country`: a code in words."""
    env.filters["country"] = name


async def page(datasette: Any, request: Any) -> Response:
    """Every country that any gig names."""
    db = datasette.get_database(DATABASE)
    drawn = {row["value"] for row in (await db.execute(TRENDS)).rows}
    rows = [_row(dict(row), drawn) for row in (await db.execute(COUNTED)).rows]
    return Response.html(await datasette.render_template("countries.html", {"rows": rows}, request=request, view_name="page"))


def _row(row: dict[str, Any], drawn: set[str]) -> dict[str, Any]:
    shown = is_shown(row["n"], row["employers"])
    shares = {each: share(row[each], row["n"]) if shown else None for each in ("for_ever", "silent")}
    return row | shares | {"has_trend": row["code"] in drawn}


@cache
def name(code: str | None) -> str:
    """`DE` as `Germany`; a code that is none stays as it is."""
    import pycountry

    found = pycountry.countries.get(alpha_2=code) if code else None
    return str(getattr(found, "common_name", found.name)) if found else str(code or "not told")
