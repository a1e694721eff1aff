"""Linked documents: licences, consent forms and terms, as HTML pages or as a PDF made on the spot."""

from __future__ import annotations

import ctypes
import html
import io
import re
import textwrap
from functools import cache

import pypdfium2
import pypdfium2.raw as pdfium

from crawler.demo import markup
from crawler.demo.answer import Answer, page
from crawler.demo.board import Board, Paper
from crawler.demo.html_page import frame

WIDTH, HEIGHT, MARGIN, SIZE, LEADING, COLUMNS = 595, 842, 56, 10.5, 15.0, 88
FILE_ID = re.compile(rb"/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<[0-9A-Fa-f]*>\s*\]")


def answer(board: Board, paper: Paper, night: int) -> Answer:
    """The document as it reads on a night."""
    body = paper.nights[night - 1]
    if paper.form == "pdf":
        return Answer(200, "application/pdf", pdf(paper.title, body))
    text = markup.to_html(markup.blocks(body), "")
    return page(frame(board, paper.title, f"<article><h1>{html.escape(paper.title)}</h1>{text}</article>"))


@cache
def pdf(title: str, body: str) -> bytes:
    """A PDF with real text, one line of Helvetica after the other; the same words give the same bytes."""
    lines = _lines(title, body)
    room = int((HEIGHT - 2 * MARGIN) / LEADING)
    document = pypdfium2.PdfDocument.new()
    for start in range(0, len(lines), room):
        _sheet(document, lines[start : start + room])
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    return FILE_ID.sub(_blank_id, stream.getvalue())


def _lines(title: str, body: str) -> list[str]:
    lines = [title.upper(), ""]
    for block in markup.to_plain(markup.blocks(body), "").splitlines():
        lines.extend(textwrap.wrap(block, COLUMNS) or [""])
    return lines


def _sheet(document: pypdfium2.PdfDocument, lines: list[str]) -> None:
    sheet = document.new_page(WIDTH, HEIGHT)
    for row, line in enumerate(lines):
        shown = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", SIZE)
        words = ctypes.create_string_buffer((line + "\0").encode("utf-16-le"))
        pdfium.FPDFText_SetText(shown, ctypes.cast(words, pdfium.FPDF_WIDESTRING))
        pdfium.FPDFPageObj_Transform(shown, 1, 0, 0, 1, MARGIN, HEIGHT - MARGIN - row * LEADING)
        pdfium.FPDFPage_InsertObject(sheet, shown)
    sheet.gen_content()


def _blank_id(found: re.Match[bytes]) -> bytes:
    """The library makes up a file id on each run; zeros of the same length keep every offset true."""
    return re.sub(rb"<[0-9A-Fa-f]*>", lambda one: b"<" + b"0" * (len(one[0]) - 2) + b">", found[0])
