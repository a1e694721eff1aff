"""`/robots.txt` and `/sitemap.xml`: what crawlers are welcome to, and when each page last changed.

Format: https://www.sitemaps.org/protocol.html, at most 50,000 addresses a file; a larger site has an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from datasette import NotFound, Response

from analysis.hook import hookimpl
from analysis.site_address import origin

DATABASE = "callboard"
MOST = 20_000
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
CLOSED = ("/callboard/*?", "/callboard.json?", "/callboard?sql", "/-/", "/charts/")
OWN = ("/", "/explore", "/changes", "/trends", "/countries", "/sources", "/glossary", "/method", "/how-to-query", "/callboard/postings")
PUBLISHED = "select substr(words, 1, 10) as day from methods where id = 'published_at'"
GIGS = """
select '/callboard/postings/' || p.id as path, max(substr(v.seen_from, 1, 10), coalesce(substr(p.closed_at, 1, 10), '')) as day
from postings p join versions v on v.id = p.version_id where p.number > :after and p.number <= :after + :most order by p.number
"""
OTHERS = """
select '/callboard/organizations/' || id as path, substr(last_seen, 1, 10) as day from organizations
union all select '/callboard/documents/' || id, substr(added_at, 1, 10) from documents
union all select '/callboard/sources/' || id, substr(coalesce(last_crawl, added_at), 1, 10) from sources limit :most
"""


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Both, and the parts of the sitemap."""
    return [(r"^/robots\.txt$", robots), (r"^/sitemap\.xml$", index), (r"^/sitemap-(?P<part>\d{1,5})\.xml$", part)]


async def robots(datasette: Any, request: Any) -> Response:
    """Crawlers may read the pages; endless combinations of filters and free queries are not for them."""
    lines = ["User-agent: *", *(f"Disallow: {datasette.urls.path(way)}" for way in CLOSED)]
    return Response.text("\n".join([*lines, "", f"Sitemap: {origin(datasette, request)}{datasette.urls.path('/sitemap.xml')}", ""]))


async def index(datasette: Any, request: Any) -> Response:
    """The parts: 0 holds the site's own pages, employers, licences and sources, the others hold the gigs."""
    day, here = await _day(datasette), origin(datasette, request)
    last = (await _rows(datasette, "select coalesce(max(number), 0) as n from postings", {}))[0]["n"]
    parts = range(1 + -(-last // MOST))
    return _xml("sitemapindex", "sitemap", ((here + datasette.urls.path(f"/sitemap-{each}.xml"), day) for each in parts))


async def part(datasette: Any, request: Any) -> Response:
    """One part. NotFound for a number that the index does not name."""
    number, here = int(request.url_vars["part"]), origin(datasette, request)
    if number:
        rows = await _rows(datasette, GIGS, {"after": (number - 1) * MOST, "most": MOST})
    else:
        day = await _day(datasette)
        rows = [{"path": path, "day": day} for path in OWN] + await _rows(datasette, OTHERS, {"most": MOST})
    if not rows:
        raise NotFound(f"the sitemap has no part {number}")
    return _xml("urlset", "url", ((here + datasette.urls.path(row["path"]), row["day"]) for row in rows))


def _xml(root: str, name: str, entries: Iterable[tuple[str, str | None]]) -> Response:
    body = "".join(_entries(name, entries))
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SPACE}">\n{body}</{root}>\n', content_type="application/xml")


def _entries(name: str, entries: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    for address, day in entries:
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        yield f"<{name}><loc>{escape(address)}</loc>{changed}</{name}>\n"


async def _day(datasette: Any) -> str | None:
    rows = await _rows(datasette, PUBLISHED, {})
    return rows[0]["day"] if rows else None


async def _rows(datasette: Any, sql: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in (await datasette.get_database(DATABASE).execute(sql, values)).rows]
