"""White space, once and for all: text is normalised while it is written, so that offsets into it are final.

A finished text has no space at either end of a line, no two spaces together, no two empty lines together, no
tab, no no-break space, no control character and no lone surrogate. Characters that cannot be seen (zero width,
soft hyphen, bidirectional overrides, tag characters) are removed: a word that is split by one is still read,
and none can turn a quote around on a page. The price: joined emoji fall apart.
"""

from __future__ import annotations

import re

NOTHING, SPACE, CELL, LINE, PARAGRAPH = range(5)
GAPS = ("", " ", " | ", "\n", "\n\n")

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(raw: str) -> str:
    """The characters of raw that a reader can see; lone surrogates become U+FFFD. White space stays."""
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", raw))


def one_line(raw: str) -> str:
    """A label, a title, a name: visible characters with single spaces."""
    joined = " ".join(raw.split())
    plain = joined.isascii() and joined.isprintable()
    return joined if plain else " ".join(visible(raw).split())


class Lines:
    """A text under construction. Words are appended; gaps are owed and paid when the next word comes.

    Inside list items and table rows there are no empty lines, and what opens before their first word makes no
    gap: the bullet and the cell's separator stay beside their words.
    """

    __slots__ = ("_fresh", "_owed", "_parts", "_prefix", "_row", "_tight")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._owed = NOTHING
        self._prefix = ""
        self._row = -1
        self._tight = 0
        self._fresh = False

    def run(self, raw: str) -> None:
        """Append words. White space at either end of raw is one space, if words stand on both sides of it."""
        words = one_line(raw)
        if not words:
            if raw:
                self.gap(SPACE)
            return
        if self._owed < SPACE and raw[0].isspace():
            self._owed = SPACE
        if self._parts:
            self._parts.append(GAPS[self._owed])
        if self._prefix:
            self._parts.append(self._prefix)
            self._prefix = ""
        self._parts.append(words)
        self._owed = SPACE if raw[-1].isspace() else NOTHING
        self._fresh = False

    def gap(self, size: int) -> None:
        """Owe at least this gap before the next word."""
        if size > self._owed and not self._fresh:
            self._owed = LINE if size > LINE and self._tight else size

    def line(self) -> None:
        """What follows stands on a new line."""
        self.gap(LINE)

    def paragraph(self) -> None:
        """What follows is parted from this by an empty line."""
        self.gap(PARAGRAPH)

    def line_break(self) -> None:
        """A forced end of line; a second one makes an empty line."""
        self.gap(PARAGRAPH if self._owed >= LINE else LINE)

    def item(self) -> None:
        """Begin a list item: its first word is preceded by "- "."""
        self.gap(LINE)
        self._prefix = "- "
        self._fresh = True
        self._tight += 1

    def end_item(self) -> None:
        """End a list item; one without words leaves nothing behind."""
        self._prefix = ""
        self._fresh = False
        self._tight -= 1
        self.gap(LINE)

    def row(self) -> None:
        """Begin a table row."""
        self.gap(LINE)
        self._row = len(self._parts)
        self._tight += 1

    def end_row(self) -> None:
        """End a table row."""
        self._fresh = False
        self._tight -= 1
        self.gap(LINE)

    def cell(self) -> None:
        """Begin a table cell: kept apart from words that stand before it in its row, on the same line."""
        if len(self._parts) > self._row >= 0:
            self._owed = CELL
        self._fresh = True

    def pre(self, raw: str) -> None:
        """Append words whose line ends count."""
        for number, line in enumerate(re.split("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", raw)):
            if number:
                self.line_break()
            self.run(line)

    def text(self) -> str:
        """What has been written. A gap that is still owed is not paid."""
        return "".join(self._parts)
