"""Plain text that a typewriter or an e-mail program broke into lines becomes paragraphs again."""

from __future__ import annotations

import re
from itertools import pairwise

MOST_WIDTH = 200
LEAST_BREAKS = 3

# What begins a line of its own however full the line before was: a list item, a numbered clause.
BEGINS = re.compile(r"\s*(?:[-*•‣▪●–—]\s|\(?[0-9]{1,3}[.)]\s|\(?[a-zA-Z]{1,2}\)\s|[A-Z]\.\s|[ivxIVX]+[.)]\s|\d+(?:\.\d+)+\.?\s)")


def unwrap(text: str) -> str:
    """text (in the common form of `text`) with its forced line ends taken out, if it evidently has them; otherwise text as it is.

    A line end is forced if the next line's first word would not have fitted into the widest line. It is evident when three or more line
    ends, and most of those inside paragraphs, are of that kind.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    forced = [_is_forced(line, following, width) for line, following in pairwise(lines)]
    inside = sum(bool(line and following and not BEGINS.match(following)) for line, following in pairwise(lines))
    if width > MOST_WIDTH or sum(forced) < LEAST_BREAKS or sum(forced) < 0.6 * inside:
        return text
    ends = [_joint(line) if soft else "\n" for line, soft in zip(lines, forced, strict=False)]
    return "".join(part for pair in zip(lines, [*ends, ""], strict=True) for part in pair)


def _is_forced(line: str, following: str, width: int) -> bool:
    if not line or not following or BEGINS.match(following):
        return False
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _joint(line: str) -> str:
    """What stands between two joined lines: nothing after the hyphen of a word like "non-exclusive"."""
    return "" if re.search(r"\w-$", line) else " "
