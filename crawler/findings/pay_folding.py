"""A text in lower case with every offset kept, and the cutting of its sentences around a sum."""

from __future__ import annotations

import re

REACH = 160  # characters before a sum in which its cues may stand
_OPENING = 3  # words before a sum that still leave it at the head of its line
_ITEMS = 15  # lines of a list above a sum in which its heading is looked for
_LONG_ITEM = 120  # characters of a line that can be an item of a list
_HEADING = 60  # characters of a line that can be a heading
_BLANKS = "\u00a0\u202f\u2007\u2009\u200a\u3000"
_SHORTENED = r"(?<!approx\.)(?<!max\.)(?<!min\.)(?<!ca\.)(?<!est\.)(?<!inc\.)(?<!incl\.)(?<! c\.)"  # a full stop that ends no sentence
_BREAK = re.compile(r"\n|[.!?](?=\s)(?<!circa\.)(?<!avg\.)(?<!comp\.)" + _SHORTENED + r"|•|\|")
_AFTER = re.compile(r"\n|[.!?](?=\s|$)" + _SHORTENED + r"|;|•")


def fold(text: str) -> str:
    """The text in lower case with plain blanks, the same length: a letter whose lower case is longer (İ) stays as it is."""
    for blank in _BLANKS:
        text = text.replace(blank, " ")  # many times faster than str.translate
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def before(folded: str, start: int, floor: int) -> tuple[str, str]:
    """What the sentence says before `start`, from `floor` on, after the heading above it where the sum opens its line."""
    begin = max(floor, start - REACH)
    segment = folded[begin:start]
    cut = 0
    for match in _BREAK.finditer(segment):
        cut = match.end()
    own = segment[cut:]
    opens = (cut > 0 or begin == floor) and (not cut or segment[cut - 1] in "\n•|") and len(own.split()) <= _OPENING
    if not opens:
        return "", own
    rest = begin == floor > 0 and "\n" not in segment[:cut].strip()  # what is left of a line with a sum is no heading
    above = _heading(segment[:cut]) if cut and not rest else ""
    table = "|" in folded[max(begin, folded.rfind("\n", begin, start)) : start]
    return above if table or (above and not _item(above)) else _list_heading(folded, start) or above, own


def _item(line: str) -> bool:
    """Is this a line of a list of sums?"""
    return any(char.isdigit() for char in line)


def _list_heading(folded: str, start: int) -> str:
    """The line above a list of sums in which a sum stands, one to a line."""
    line = folded.rfind("\n", max(0, start - _LONG_ITEM), start)
    for _ in range(_ITEMS):
        above = folded.rfind("\n", max(0, line - _LONG_ITEM), line) if line > 0 else -1
        words = folded[above + 1 : line].strip(" *_#\t-•") if line > 0 else ""
        if above < 0 and line > _LONG_ITEM:
            return ""
        if words and not _item(words):
            return words if len(words) <= _HEADING or words.endswith(":") else ""
        if above < 0:
            return ""
        line = above
    return ""


def _heading(above: str) -> str:
    """The line above, where it is short enough to be a heading or ends like one."""
    line = above.rstrip(" \n*_#:-•|\t").rpartition("\n")[2].strip(" *_#")
    return line if len(line) <= _HEADING or above.rstrip(" \n*_-•\t").endswith(":") else ""


def after(folded: str, end: int, reach: int = 80) -> str:
    """What the sentence says after `end`."""
    segment = folded[end : end + reach]
    match = _AFTER.search(segment)
    return segment[: match.start()] if match else segment
