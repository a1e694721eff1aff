"""Whom we may ask, and under what name.

Without a contact only loopback is crawled; a public source never leads us into a private network.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from crawler import __version__
from crawler.config import Config
from crawler.errors import ConfigError
from crawler.records import Ask, Source

ROBOT = "callboard"  # the name that a robots.txt may address (RFC 9309, 2.2.1)
PRIVATE_NAMES = (".local", ".internal", ".localhost", ".home.arpa")


def user_agent(contact: str) -> str:
    """The name under which every page is asked for: the project, its version and where to reach its operator."""
    return f"Callboard/{__version__} (+{contact or 'no contact set, loopback only'})"


def allowed(source: Source, asks: Sequence[Ask], settings: Config) -> None:
    """Raise ConfigError if a source is refused, or would be crawled without a contact."""
    if source.refused:
        raise ConfigError(f"source {source.id} is not crawled: {source.refused}")
    public = [ask.url for ask in asks if not is_loopback(host(ask.url))]
    if public and not settings.contact.strip():
        raise ConfigError(
            f"source {source.id}: no contact is configured, so {host(public[0])} is not crawled; "
            "set contact (an e-mail address or a page) in callboard.toml or CALLBOARD_CONTACT"
        )


def refusal(url: str, source: Source, contact: str) -> tuple[str, str] | None:
    """Why a page is not asked for: (class of failure, sentence), or None. A source that itself lives on loopback may ask loopback."""
    name = host(url)
    if urlsplit(url).scheme not in ("http", "https"):
        return "scheme", f"{url}: only http and https are fetched"
    if is_private(name) and not is_private(host(source.url)):
        return "private_address", f"{url}: a private address, refused on a public source"
    if not contact.strip() and not is_loopback(name):
        return "no_contact", f"{url}: no contact is configured, so only loopback is asked"
    return None


def host(url: str) -> str:
    """The host name of a URL, lower case, or an empty text."""
    return (urlsplit(url).hostname or "").lower()


def is_loopback(name: str) -> bool:
    """Whether a host name is this machine."""
    address = _address(name)
    return name == "localhost" or (address is not None and address.is_loopback)


def is_private(name: str) -> bool:
    """Whether a host name or address belongs to a private network, this machine included."""
    address = _address(name)
    if address is not None:
        return not address.is_global
    return name == "localhost" or name.endswith(PRIVATE_NAMES) or "." not in name


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
