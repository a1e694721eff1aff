"""The text of a PDF. A page is lines at places; here it becomes paragraphs again.

PDFium gives lines in the order in which they were drawn and a box for every character. A line that was full goes on in the next; a wide gap
inside a line is the border of a table cell; page numbers are dropped. Where PDFium's boxes do not match its text, every character
counts as equally wide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from crawler.errors import UnreadableFile
from crawler.lines import LINE, PARAGRAPH, SPACE, Lines
from crawler.wrapped import BEGINS

MAX_PAGES = 2_000
HYPHEN = "\ufffe"  # PDFium's mark for a hyphen at the end of a line, which it joins to the next

_BULLET = re.compile(r"^[•‣▪●◦∙·]\s*")
_PAGE_NUMBER = re.compile(r"\s*(?:page\s*)?[-–]?\s*\d{1,4}\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–]?\s*", re.IGNORECASE)
_COMPOUNDS = "all co cross ex first full high long low non one part per post pre re self semi sub third two well work"
_KEEPS_HYPHEN = frozenset(_COMPOUNDS.split())
_CELL_GAP = 1.2  # in heights of the line: word spaces, even justified ones, stay below
_NEW_PARAGRAPH = 1.35  # in the distance of lines that a quarter of them keep within


@dataclass(frozen=True, slots=True)
class _Line:
    """One line as drawn, in points, y upwards."""

    text: str
    left: float
    right: float
    bottom: float
    height: float


def from_pdf(body: bytes) -> str:
    """The text of a PDF, page after page.

    Raises UnreadableFile for a damaged or locked file, and for a scan: it has pictures of words and no words.
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(body) as document:
            if len(document) > MAX_PAGES:
                raise UnreadableFile(f"{len(document)} pages: the limit is {MAX_PAGES}; split the file")
            pages = [_page_lines(page) for page in document]
    except pypdfium2.PdfiumError as error:
        reason = "locked with a password" if "password" in str(error).lower() else "a damaged PDF"
        raise UnreadableFile(f"{reason}; save it again without and retry") from None
    out = Lines()
    for lines in pages:
        _write_page(_without_numbers(lines), out)
    if not out.text():
        raise UnreadableFile("a PDF without text, probably a scan; run text recognition (OCR) on it first")
    return out.text()


def _page_lines(page: Any) -> list[_Line]:
    words = page.get_textpage()
    try:
        return _lines(words)
    finally:
        words.close()
        page.close()


def _lines(words: Any) -> list[_Line]:
    text = str(words.get_text_range())
    exact = words.count_chars() == len(text)
    found = []
    for number, match in enumerate(re.finditer(rf"[^\r\n{HYPHEN}]+{HYPHEN}?", text)):
        start, end = match.start(), match.end()
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append(_drawn(words, text, start, end) if exact else _guessed(text[start:end], number))
    return found


def _drawn(words: Any, text: str, start: int, end: int) -> _Line:
    left, bottom, _, top = words.get_charbox(start, loose=True)
    right = words.get_charbox(end - 1, loose=True)[2]
    height = max(top - bottom, 1.0)
    parts, done = [], start
    for space in re.finditer(r" +", text[start:end]):
        before, after = start + space.start(), start + space.end()
        gap = words.get_charbox(after, loose=True)[0] - words.get_charbox(before - 1, loose=True)[2]
        if gap > _CELL_GAP * height:
            parts.append(text[done:before])
            done = after
    return _Line(" | ".join([*parts, text[done:end]]), left, right, bottom, height)


def _guessed(text: str, number: int) -> _Line:
    return _Line(text, 0.0, float(len(text)), -2.0 * number, 1.0)


def _without_numbers(lines: list[_Line]) -> list[_Line]:
    """The page without the number at its head or foot."""
    kept = lines[1:] if len(lines) > 1 and _PAGE_NUMBER.fullmatch(lines[0].text) else lines
    return kept[:-1] if len(kept) > 1 and _PAGE_NUMBER.fullmatch(kept[-1].text) else kept


def _write_page(lines: list[_Line], out: Lines) -> None:
    if not lines:
        return
    limit = max(line.right for line in lines)
    distances = sorted(above.bottom - below.bottom for above, below in pairwise(lines) if above.bottom > below.bottom)
    distance = distances[len(distances) // 4] if distances else 0.0
    out.gap(LINE)
    for line, following in pairwise(lines):
        _write_line(line, out)
        if not line.text.endswith(HYPHEN):
            out.gap(_gap(line, following, limit, distance))
    _write_line(lines[-1], out)


def _gap(line: _Line, following: _Line, limit: float, distance: float) -> int:
    """What parts two lines: nothing but a space if the paragraph goes on."""
    apart = line.bottom - following.bottom
    if apart > max(_NEW_PARAGRAPH * distance, 1.25 * line.height) or abs(line.height - following.height) > 0.15 * line.height:
        return PARAGRAPH
    if apart <= 0 or BEGINS.match(following.text):
        return LINE
    first = following.text.split(maxsplit=1)[0]
    width = (following.right - following.left) / len(following.text)
    full = line.right + width * (len(first) + 1) > limit
    indented = following.left > line.left + line.height and line.text.endswith((".", ":", ";"))
    return SPACE if full and not indented else LINE


def _write_line(line: _Line, out: Lines) -> None:
    """Write one line. A hyphen at its end is kept only where the word needs it."""
    text = _BULLET.sub("- ", line.text, count=1)
    if text.endswith(HYPHEN):
        stem = text.removesuffix(HYPHEN)
        text = stem + ("-" if re.split(r"\W+", stem)[-1].lower() in _KEEPS_HYPHEN else "")
    out.run(text)
