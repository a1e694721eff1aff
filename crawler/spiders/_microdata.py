"""schema.org JobPosting written as microdata (html.spec.whatwg.org/multipage/microdata.html), as the object that JSON-LD would give."""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.lines import one_line

ROOT = '[itemtype*="schema.org/JobPosting" i]'
MARKED_UP = frozenset({"description"})
ATTRIBUTES = ("content", "datetime", "href")
DEPTH = 8  # items inside items; a posting needs three


def job_postings(tree: LexborHTMLParser) -> list[dict[str, Any]]:
    """Every JobPosting of the page, in document order."""
    return [_item(node, 0) for node in tree.css(ROOT)]


def _item(scope: LexborNode, depth: int) -> dict[str, Any]:
    """An item's properties; those of items inside it are theirs."""
    kind = (scope.attributes.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]
    found: dict[str, list[Any]] = {}
    waiting = _children(scope)
    while waiting:
        node = waiting.pop()
        inside = "itemscope" in node.attributes
        for key in (node.attributes.get("itemprop") or "").split():
            value = _item(node, depth + 1) if inside and depth < DEPTH else _value(node, key)
            found.setdefault(key, []).append(value)
        waiting += [] if inside else _children(node)
    return {"@type": kind} | {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def _children(node: LexborNode) -> list[LexborNode]:
    """The elements right inside, last first, as a stack wants them."""
    return list(node.iter(include_text=False))[::-1]


def _value(node: LexborNode, key: str) -> str:
    """The machine-readable attribute if there is one, else the words; a description keeps its markup."""
    if key in MARKED_UP:
        return node.html or ""
    return next((said for name in ATTRIBUTES if (said := node.attributes.get(name))), one_line(node.text(separator=" ")))
