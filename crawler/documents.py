"""Contracts and releases as files: PDF and DOCX become text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from crawler.errors import UnreadableFile
from crawler.lines import LINE, PARAGRAPH, SPACE, Lines

MAX_PAGES = 2_000
MAX_UNPACKED_BYTES = 200_000_000

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NEW_LINE = re.compile(r"^\s*(?:[-*•‣▪●–—]|\(?[0-9a-zA-Z]{1,3}[.)]\s|\(?[ivxIVX]+[.)]\s|\d+(?:\.\d+)+\s)")
_BULLET = re.compile(r"^\s*[•‣▪●◦∙·]\s*")
_KEEPS_HYPHEN = frozenset(
    [
        "all",
        "co",
        "cross",
        "ex",
        "first",
        "full",
        "high",
        "long",
        "low",
        "non",
        "one",
        "part",
        "per",
        "post",
        "pre",
        "re",
        "self",
        "semi",
        "sub",
        "third",
        "two",
        "well",
        "work",
    ]
)


def from_pdf(body: bytes) -> str:
    """The text of a PDF, page after page; lines that only the page width broke are joined again.

    Raises UnreadableFile for a damaged or locked file, and for a scan: it has pictures of words and no words.
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(body) as document:
            if len(document) > MAX_PAGES:
                raise UnreadableFile(f"{len(document)} pages: the limit is {MAX_PAGES}; split the file")
            pages = [_page_text(page) for page in document]
    except pypdfium2.PdfiumError as error:
        reason = "locked with a password" if "password" in str(error).lower() else "a damaged PDF"
        raise UnreadableFile(f"{reason}; save it again without and retry") from None
    out = Lines()
    for page in pages:
        _write_page(page, out)
    if not out.text():
        raise UnreadableFile("a PDF without text, probably a scan; run text recognition (OCR) on it first")
    return out.text()


def _page_text(page: Any) -> str:
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_range())
    finally:
        text_page.close()
        page.close()


def _write_page(page: str, out: Lines) -> None:
    """Write one page: a line that was full goes on in the next one, unless that begins something new."""
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", page)]
    width = max((len(line) for line in lines), default=0)
    out.gap(LINE)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        _write_line(line, out)
        if not line:
            out.gap(PARAGRAPH)
        elif line.endswith("\ufffe"):
            continue
        else:
            out.gap(SPACE if _goes_on(line, following, width) else LINE)


def _write_line(line: str, out: Lines) -> None:
    """Write one line. PDFium marks a hyphen at a line's end as U+FFFE; it is kept only where a word needs it."""
    bullet = _BULLET.match(line)
    if bullet:
        out.item()
        line = line[bullet.end() :]
    if line.endswith("\ufffe"):
        stem = line[:-1]
        prefix = re.split(r"\W+", stem)[-1].lower()
        line = stem + ("-" if prefix in _KEEPS_HYPHEN else "")
    out.run(line)


def _goes_on(line: str, following: str, width: int) -> bool:
    """Was there no room for the next line's first word? Proportional type makes that a guess: 85 % is full."""
    if not following or _NEW_LINE.match(following):
        return False
    needed = len(line) + 1 + len(following.split(maxsplit=1)[0])
    return needed > 0.85 * width or following[0].islower()


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
