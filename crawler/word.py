"""The text of a Word file (DOCX): contracts and releases as they are sent around."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from crawler.errors import UnreadableFile
from crawler.lines import PARAGRAPH, SPACE, Lines

MAX_UNPACKED_BYTES = 200_000_000

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def from_docx(body: bytes) -> str:
    """The text of a DOCX: paragraphs, list items and tables in order; deleted and hidden words are left out.

    Raises UnreadableFile for a damaged file, another kind of ZIP, and one that unpacks to more than 200 MB.
    """
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise UnreadableFile("a DOCX that unpacks to more than 200 MB; give a smaller file")
        root = docx.Document(io.BytesIO(body)).element.body
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableFile(f"a damaged DOCX ({error}); open and save it again") from None
    out = Lines()
    for element, entering in _events(root):
        _write_element(element, entering, out)
    if not out.text():
        raise UnreadableFile("a DOCX without text, perhaps a scan; run text recognition (OCR) on it first")
    return out.text()


def _events(root: Any) -> Iterator[tuple[Any, bool]]:
    """Every element below root, on entering (True) and on leaving (False), without recursion."""
    stack: list[tuple[Any, bool]] = [(root, True)]
    while stack:
        element, entering = stack.pop()
        yield element, entering
        if entering and not _is_left_out(element):
            stack.append((element, False))
            stack.extend((child, True) for child in reversed(element))


def _is_left_out(element: Any) -> bool:
    """Words that Word itself does not show: the second form of a text box, deleted runs, hidden runs."""
    if element.tag in (_FALLBACK, f"{_WORD}del", f"{_WORD}moveFrom"):
        return True
    return element.tag == f"{_WORD}r" and element.find(f"{_WORD}rPr/{_WORD}vanish") is not None


def _write_element(element: Any, entering: bool, out: Lines) -> None:
    kind = element.tag.removeprefix(_WORD) if isinstance(element.tag, str) else ""
    if kind == "p":
        _paragraph(element, entering, out)
    elif kind == "tr":
        (out.row if entering else out.end_row)()
    elif not entering:
        return
    elif kind == "tc":
        out.cell()
    elif kind in ("br", "cr"):
        out.line_break()
    elif kind == "tab":
        out.gap(SPACE)
    elif kind in ("t", "noBreakHyphen"):
        out.run(element.text or ("-" if kind != "t" else ""))


def _paragraph(element: Any, entering: bool, out: Lines) -> None:
    if not _is_item(element):
        out.gap(PARAGRAPH)
    elif entering:
        out.item()
    else:
        out.end_item()


def _is_item(paragraph: Any) -> bool:
    """Numbered or bulleted by itself or by its style."""
    properties = paragraph.find(f"{_WORD}pPr")
    if properties is None:
        return False
    style = properties.find(f"{_WORD}pStyle")
    listed = style is not None and (style.get(f"{_WORD}val") or "").startswith("List")
    return listed or properties.find(f"{_WORD}numPr") is not None
