"""Where the site stands, for links that leave it: feeds, citations, sitemaps."""

from __future__ import annotations

from typing import Any


def origin(datasette: Any, request: Any) -> str:
    """Scheme and host without a slash at the end: the operator's site_url, else as the request came. Empty without either."""
    known = (datasette.plugin_config("site") or {}).get("site_url")
    if known:
        return str(known).rstrip("/")
    return f"{request.scheme}://{request.host}" if request else ""
