"""The head of a column: "Rate per hour" above "$40" says what the forty dollars are for."""

from __future__ import annotations

_LINE = 400  # characters of a line that can be a row
_ROWS = 60  # rows above a cell in which its head is looked for


def head(folded: str, at: int) -> str:
    """The first cell of the column in which a character stands; empty outside a table, in its first row, or where that has a number.

    Cells are parted by "|", with or without one at the edges, and the rows of a table follow line upon line.
    """
    line = _line(folded, at)
    if line is None or "|" not in folded[line[0] : line[1]]:
        return ""
    top = _top(folded, line)
    if top is None or top == line:
        return ""
    cells, column = folded[top[0] : top[1]].split("|"), folded.count("|", line[0], at)
    cell = cells[column].strip(" *_:") if column < len(cells) else ""
    return "" if any(char.isdigit() for char in cell) else cell


def _top(folded: str, line: tuple[int, int]) -> tuple[int, int] | None:
    """The first row of the table that a row is in; `None` where it is too far up to say."""
    for _ in range(_ROWS):
        above = _line(folded, line[0] - 1) if line[0] else None
        if above is None or "|" not in folded[above[0] : above[1]]:
            return line
        line = above
    return None


def _line(folded: str, at: int) -> tuple[int, int] | None:
    """Where the line of a character begins and ends; `None` for one too long to be a row."""
    begin, end = folded.rfind("\n", max(0, at - _LINE), at) + 1, folded.find("\n", at, at + _LINE)
    if begin == 0 and at > _LINE:
        return None
    return begin, end if end >= 0 else min(len(folded), at + _LINE)
