"""A description that a board sends in parts, each with its heading, as one piece of HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable

from crawler.spiders._fields import body, words


def joined(parts: Iterable[tuple[object, object]]) -> str:
    """(heading, text) pairs in their order; parts without a text are left out. Plain text keeps its lines."""
    return "\n".join(_part(words(heading), text) for heading, text in parts if body(text)[0])


def _part(heading: str | None, text: object) -> str:
    found, marked = body(text)
    title = f"<h3>{html.escape(heading)}</h3>\n" if heading else ""
    return title + (found if marked else f"<pre>{html.escape(found)}</pre>")
