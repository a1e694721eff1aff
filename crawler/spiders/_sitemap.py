"""Sitemaps (sitemaps.org/protocol.html): which pages there are, when they changed, and which further sitemaps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.records import Ask, Page, Problem, Role
from crawler.spiders._address import absolute
from crawler.spiders._xml import child_text, descendants, inner, local, tree_of, unread

_ROOTS = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """pages and sitemaps: (address, lastmod as written or "")."""

    pages: tuple[tuple[str, str], ...]
    sitemaps: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...] = ()


def is_sitemap(body: bytes) -> bool:
    """Whether a body is a sitemap or an index of sitemaps, whatever its declared type."""
    return _ROOTS.search(body[:2048]) is not None


def sitemap(body: bytes, page: Page, kind: str) -> Sitemap:
    """What a sitemap lists. Addresses that stand straight in their entry, without <loc>, are read too."""
    root, problems = tree_of(body, page, kind)
    if root is None:
        return Sitemap((), (), problems)
    entries: dict[str, list[tuple[str, str]]] = {"url": [], "sitemap": []}
    for entry in descendants(root, "url", "sitemap"):
        address = absolute(page.url, child_text(entry, "loc") or (inner(entry) if len(entry) == 0 else None))
        if address:
            entries[local(entry)].append((address, child_text(entry, "lastmod") or ""))
    if problems:
        problems += unread(body, ["loc"], sum(len(found) for found in entries.values()), page, kind)
    if not any(entries.values()):
        problems += (Problem(f"{kind}.empty", "a sitemap without an address", page.url),)
    return Sitemap(tuple(dict.fromkeys(entries["url"])), tuple(dict.fromkeys(entries["sitemap"])), problems)


def asks(found: Sitemap, pattern: str | None, role: Role = Role.POSTING) -> tuple[Ask, ...]:
    """The pages whose address matches pattern (all, without one) and the further sitemaps. lastmod travels in the context."""
    pages = (one for one in found.pages if pattern is None or re.search(pattern, one[0]))
    wanted = [Ask(url, role, context={"lastmod": changed} if changed else {}) for url, changed in pages]
    return (*wanted, *(Ask(url, Role.LISTING) for url, _ in found.sitemaps))
