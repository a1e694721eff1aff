"""Contact details of persons are covered before a text is published; the store keeps them.

E-mail addresses (spelled-out ones too), telephone numbers, personal pages, and names in contact lines are replaced by as many full blocks,
so that every offset into the text stays true. What marks them is data: `redact.toml`, with its examples.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape

from crawler.contacts import spans
from crawler.text import from_html

BLOCK = "█"


def redact(text: str) -> str:
    """text with every contact detail of a person covered; as long as before."""
    parts, done = [], 0
    for start, end, _ in spans(text):
        parts += [text[done:start], BLOCK * (end - start)]
        done = end
    return "".join([*parts, text[done:]]) if parts else text


def redact_html(html: str) -> str:
    """HTML with every contact detail covered that its text or its source shows, tags between the words or not.

    The markup stays as it is; its length may not. Raises UnreadableFile above `text.MAX_CHARACTERS`.
    """
    return cover(html, secrets(html))


def secrets(html: str) -> frozenset[str]:
    """The contact details that the text of a page shows, as words."""
    text = from_html(html)
    return frozenset(text[start:end] for start, end, _ in spans(text))


def cover(html: str, words: Collection[str]) -> str:
    """HTML with its own contact details covered, and these words wherever they stand, tags between them or not."""
    once = redact(html)
    text = from_html(once) if words else ""
    left = sorted((word for word in words if word in text or word in once), key=lambda word: (-len(word), word))
    return re.sub("|".join(map(_however_marked_up, left)), _cover_between_tags, once) if left else once


def _however_marked_up(secret: str) -> str:
    """A pattern for these words in HTML, with tags or line ends anywhere between them."""
    tags = "(?:<[^>]*>)*"
    spaces = rf"{tags}(?:\s|&nbsp;){tags}(?:\s|&nbsp;|<[^>]*>)*"
    words = (tags.join(re.escape(escape(character)) for character in word) for word in secret.split())
    return spaces.join(words)


def _cover_between_tags(found: re.Match[str]) -> str:
    return "".join(part if part.startswith("<") else BLOCK * len(part) for part in re.split("(<[^>]*>)", found[0]))
