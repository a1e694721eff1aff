"""Web addresses that boards give: made absolute, and only such as a browser would open."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

from crawler.records import Source
from crawler.spiders._fields import text


def absolute(base: str, value: object) -> str:
    """The address as an absolute http(s) URL, or "" if it is none. Its fragment goes, unless it is a route ("#/gigs/7")."""
    found = text(value)
    if found is None:
        return ""
    try:
        parts = urlsplit(urljoin(base, found))
        named = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:  # "http://[" is no address
        return ""
    route = parts.fragment.startswith(("/", "!"))
    return (parts if route else parts._replace(fragment="")).geturl() if named else ""


def host(url: str) -> str:
    """The host of an address in lower case, without "www."."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Whether two addresses lie on one host, or one host lies below the other."""
    first, second = host(one), host(other)
    return bool(first) and (first == second or first.endswith("." + second) or second.endswith("." + first))


def api(source: Source, default: str) -> str:
    """Scheme, host and prefix of a public endpoint, or what the source's `api` setting puts in their place."""
    return source.settings.get("api", default).rstrip("/")


def part(value: str) -> str:
    """A board's name or a posting's id as one part of a path."""
    return quote(value, safe="")
