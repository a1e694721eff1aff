"""Why a page did not come: one word for each class of failure, decided by type and status, and by words only for walls."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.internet import error as net
from twisted.web.client import ResponseFailed

from crawler.errors import CaptureError

WALLS = Path(__file__).parent / "walls.toml"
LOOKED_AT = 60_000


class Refused(IgnoreRequest):
    """A page that our manners forbid. Raised by `download` before it is asked for, and after a browser asked by itself."""

    def __init__(self, failure: str, sentence: str) -> None:
        super().__init__(sentence)
        self.failure = failure


BY_TYPE: tuple[tuple[type[BaseException], str], ...] = (
    (CaptureError, "archive"),
    (CannotResolveHostError, "dns"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "refused"),
    (ResponseDataLossError, "cut_off"),
    (net.DNSLookupError, "dns"),
    (net.TimeoutError, "timeout"),
    (TimeoutError, "timeout"),
    (net.ConnectionRefusedError, "refused"),
    (net.ConnectionLost, "connection_lost"),
    (net.ConnectError, "unreachable"),
    (DownloadCancelledError, "too_large"),
    (DownloadFailedError, "connection_lost"),
    (ResponseFailed, "connection_lost"),
)

# Scrapy raises one type for whatever it ignores, so its own words must tell.
BY_WORDS = (("forbidden by robots.txt", "robots"), ("max redirections reached", "redirects"), ("exceeded download_maxsize", "too_large"))


def of_error(error: BaseException) -> str:
    """The class of a download error.

    dns, tls, timeout, refused, connection_lost, cut_off, unreachable, too_large, redirects, robots, archive,
    browser or other; for a page that we refused, the reason (private_address, no_contact, scheme).
    """
    if isinstance(error, Refused):
        return error.failure
    if any(_is_tls(each) for each in _behind(error)):
        return "tls"
    if type(error).__module__.startswith("playwright"):
        return "timeout" if "Timeout" in type(error).__name__ else "browser"
    known = next((word for kind, word in BY_TYPE if isinstance(error, kind)), None)
    return known or next((word for said, word in BY_WORDS if said in str(error).lower()), "other")


def _behind(error: BaseException) -> list[BaseException]:
    """The error, what it was raised from (Scrapy wraps the errors of its download handlers), and the reasons that Twisted gives."""
    chain = [each for each in (error, error.__cause__) if each is not None]
    return chain + [reason.value for each in chain for reason in getattr(each, "reasons", ()) or ()]


def _is_tls(error: BaseException) -> bool:
    name = type(error).__name__
    return any(word in name for word in ("SSL", "TLS", "Certificate")) or type(error).__module__.startswith("OpenSSL")


def sentence(error: BaseException) -> str:
    """An error in one line."""
    return " ".join((str(error) or type(error).__name__).split())[:300]


def of_response(response: Response) -> str | None:
    """The class of a failed answer (`http_404`, `http_503`, `bot_wall`, `login_wall`, `empty_body`), or None for one that can be read.

    A 304 that nobody asked for has no body, so it fails too; the archive has recognised all others.
    """
    wall = _wall(response)
    if wall:
        return wall
    if response.status >= 400:
        return f"http_{response.status}"
    if not response.body.strip():
        return "empty_body"
    return None


def _wall(response: Response) -> str | None:
    kind = (response.headers.get("Content-Type") or b"").lower()
    if b"html" not in kind:
        return None
    return wall_in(response.body[:LOOKED_AT].decode("utf-8", "replace"), response.status)


def wall_in(page: str, status: int) -> str | None:
    """Which wall an HTML page is, if any."""
    words = page.lower()
    for wall in walls():
        if status not in wall["status"] or any(sign in words for sign in wall["unless"]):
            continue  # asked first: it is quickly true of a page that holds a posting
        if any(sign in words for sign in wall["any"]):
            return str(wall["failure"])
    return None


@cache
def walls() -> list[dict[str, Any]]:
    """The walls of `walls.toml`, in its order."""
    found: list[dict[str, Any]] = tomllib.loads(WALLS.read_text("utf-8"))["wall"]
    return found
