"""Markup that was written to hurt, made shallow before a parser sees it.

The HTML standard makes a parser quadratic on two inputs: elements nested a hundred thousand deep (each looks up
through all the others), and unclosed formatting elements, which every following paragraph must copy. Browsers cap
the depth at 512; so do we.
"""

from __future__ import annotations

import re
from collections import Counter

DEPTH = 512
SUSPICIOUS_TAGS = 2_000

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>?")
_INLINE = "b big code em font i nobr s small strike strong tt u"
_FORMATTING = frozenset(_INLINE.split())
_VOID = "area base br col embed hr img input link meta param source track wbr"
_END_OPTIONAL = "a dd dt li option p td th tr"
_UNCOUNTED = frozenset(_VOID.split()) | frozenset(_END_OPTIONAL.split())


def shallow(html: str) -> str:
    """html as it is, unless it has thousands of tags: then without formatting tags and tags below DEPTH.

    No words are lost. Linear in the length of html.
    """
    return _TAG.sub(_Cut(), html) if html.count("<") > SUSPICIOUS_TAGS else html


class _Cut:
    """Decides tag by tag what stays; counts open elements by name, so that stray end tags do not fool it."""

    def __init__(self) -> None:
        self.kept: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.depth = 0

    def __call__(self, tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in _FORMATTING:
            return ""
        if name in _UNCOUNTED:
            return tag[0]
        return tag[0] if (self._closes(name) if tag[1] else self._opens(name)) else ""

    def _opens(self, name: str) -> bool:
        if self.depth >= DEPTH:
            self.dropped[name] += 1
            return False
        self.depth += 1
        self.kept[name] += 1
        return True

    def _closes(self, name: str) -> bool:
        if self.dropped[name]:
            self.dropped[name] -= 1
            return False
        if self.kept[name]:
            self.kept[name] -= 1
            self.depth -= 1
        return True
