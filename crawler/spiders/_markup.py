"""A page of HTML as a tree, and the links that a source's selectors choose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.lines import one_line
from crawler.markup import shallow
from crawler.records import Page
from crawler.spiders._address import absolute, same_site
from crawler.text import decode

NEXT = "a[rel~=next], link[rel~=next]"


def source_of(page: Page) -> str:
    """The page's characters."""
    return decode(page.body, page.encoding)


def tree_of(html: str) -> LexborHTMLParser:
    """The parsed page; markup that was written to hurt is made shallow first."""
    return LexborHTMLParser(shallow(html).encode("utf-8", "replace"))


def label(node: LexborNode | None) -> str:
    """The words of an element on one line; "" for none."""
    return "" if node is None else one_line(node.text(separator=" "))


def chosen_links(tree: LexborHTMLParser, page: Page, settings: Mapping[str, str]) -> list[str]:
    """Addresses of postings on a listing page, each once, in order.

    Settings `link_selector` (CSS) and `link_pattern` (a regular expression on the absolute address) choose; without either, links to
    the same site below the listing's own path are taken.
    """
    pattern = settings.get("link_pattern")
    nodes = tree.css(settings.get("link_selector") or "a[href]")
    found = dict.fromkeys(url for node in nodes if (url := _target(node, page.url)) and url != page.url)
    if pattern:
        return [url for url in found if re.search(pattern, url)]
    return list(found) if "link_selector" in settings else [url for url in found if _below(url, page.url)]


def _target(node: LexborNode, base: str) -> str:
    """Where an element links to, or the first link in it."""
    anchor = node if node.attributes.get("href") else node.css_first("a[href]")
    return absolute(base, anchor.attributes.get("href")) if anchor is not None else ""


def _below(url: str, listing: str) -> bool:
    path, below = urlsplit(listing).path.rstrip("/"), urlsplit(url).path
    return same_site(url, listing) and below.startswith(f"{path}/") and below.rstrip("/") != path


def next_page(tree: LexborHTMLParser, page: Page, settings: Mapping[str, str]) -> str:
    """The address of the following listing page, by setting `next_selector` or rel=next; "" on the last one."""
    node = tree.css_first(settings.get("next_selector") or NEXT)
    url = _target(node, page.url) if node is not None else ""
    return "" if url == page.url else url
