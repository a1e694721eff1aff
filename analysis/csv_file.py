"""CSV that every reader and no spreadsheet can misread: RFC 4180, UTF-8, no cell that would be run as a formula.

A text that begins with a sign of a formula gets an apostrophe before it (OWASP, CSV injection); a number stays a number.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def neutral(value: object) -> object:
    """The cell as it is written."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a table with one line of headings; None is an empty cell. How many rows were written."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, strict=True)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([neutral(value) for value in row])
            count += 1
    return count
