"""One contract as PDF, DOCX, HTML and plain text reads the same. The documents, and the companies in them, are invented."""

import html
import io
import re
import textwrap
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from playwright.sync_api import sync_playwright

from crawler import browser, text
from crawler.errors import UnreadableFile, UserMistake

Blocks = list[tuple[str, ...]]

RELEASE: Blocks = [
    ("h", "Voice Release"),
    ("p", "Between Invented Voices Ltd (“Company”) and the performer named below, dated 3 May 2026."),
    (
        "p",
        "1. Grant. You grant Company a non-exclusive, worldwide licence to use the recordings for training speech models, for two years "
        "from the date of this release, and for no other purpose.",
    ),
    ("p", "2. Fee. Company pays £180 per recorded hour, with a guarantee of two hours, within 30 days."),
    ("li", "No synthetic copy of your voice is made without your written consent."),
    (
        "li",
        "You may withdraw at any time; recordings are then deleted within 14 days, and the company tells you so in writing on that day.",
    ),
    ("p", "Signed: ______"),
]
RATES: Blocks = [
    ("h", "Schedule of Fees"),
    ("tr", "Work", "Fee"),
    ("tr", "Motion capture, half day", "$400"),
    ("tr", "Voice, finished minute", "$35"),
    ("p", "Fees are gross. Café & travel are not included."),
]
STUDY: Blocks = [
    ("h", "Participant Information"),
    ("p", "Example Faces GmbH records your face and your voice for research."),
    (
        "p",
        "What we keep. Pictures are kept for five years. A template of your face, which a machine can read, is kept for one year; nobody "
        "outside of the company sees it, unless a court orders it.",
    ),
    ("li", "You can ask for a copy."),
    ("li", "You can ask for deletion."),
]
DOCUMENTS = {"release": RELEASE, "rates": RATES, "study": STUDY}


def as_plain(blocks: Blocks) -> str:
    parts = []
    for number, (kind, *words) in enumerate(blocks):
        close = number and kind in ("li", "tr") and blocks[number - 1][0] == kind
        parts.append(("" if number == 0 else "\n" if close else "\n\n") + ("- " if kind == "li" else "") + " | ".join(words))
    return "".join(parts)


def as_html(blocks: Blocks) -> str:
    tags = {"h": "<h1>{}</h1>", "p": "<p>{}</p>", "li": "<ul><li>{}</li></ul>", "tr": "<table><tr>{}</tr></table>"}
    cell = "<td><p>{}</p></td>"
    page = "".join(
        tags[kind].format("".join(cell.format(html.escape(word)) for word in words) if kind == "tr" else html.escape(words[0]))
        for kind, *words in blocks
    )
    page = page.replace("</ul><ul>", "").replace("</table><table>", "")
    return f"<!doctype html><html><head><title>x</title></head><body>{page}</body></html>"


def as_docx(blocks: Blocks) -> bytes:
    document = docx.Document()
    table = None
    for kind, *words in blocks:
        if kind == "tr":
            table = table or document.add_table(0, len(words))
            for cell, word in zip(table.add_row().cells, words, strict=True):
                cell.text = word
        elif kind == "h":
            document.add_heading(words[0], 1)
        else:
            document.add_paragraph(words[0], "List Bullet" if kind == "li" else None)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(pages: list[list[str]]) -> bytes:
    """A minimal PDF: each line of each page is one line of text."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        shown = b" T* ".join(b"(" + re.sub(rb"([\\()])", rb"\\\1", line.encode("cp1252")) + b") Tj" for line in lines)
        stream = b"BT /F1 9 Tf 11 TL 40 760 Td " + shown + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 700 792] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
        objects.append(page % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    return _numbered(objects)


def _numbered(objects: list[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    return body + head + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(body))


def pdf_lines(blocks: Blocks) -> list[str]:
    """Lines of a page, as a typewriter would set them: empty ones between paragraphs."""
    lines: list[str] = []
    before = ""
    for kind, *words in blocks:
        shown = ("• " if kind == "li" else "") + " | ".join(words)
        close = lines and kind in ("li", "tr") and kind == before
        lines += [*([] if close else [""]), *textwrap.wrap(shown, 80, break_on_hyphens=False)]
        before = kind
    return lines


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_kind_of_file_reads_the_same(name: str, tmp_path: Path) -> None:
    blocks = DOCUMENTS[name]
    plain = as_plain(blocks)
    lines = pdf_lines(blocks)
    files = {"plain": plain.encode(), "html": as_html(blocks).encode(), "docx": as_docx(blocks), "pdf": as_pdf([lines])}
    read = {}
    for kind, body in files.items():
        (tmp_path / f"{kind}.bin").write_bytes(body)
        read[kind] = text.read_file(tmp_path / f"{kind}.bin")
    assert read["plain"] == plain
    assert read["html"] == plain
    assert read["docx"] == plain
    assert read["pdf"] == plain


PAGES = [
    ([["One page."], [], ["Another."]], "One page.\nAnother."),
    ([["Words", "", "1"], ["2 of 3", "more words", "- 2 -"], ["Page 3"]], "Words\nmore words\nPage 3"),
    ([["This is a perpetual licence that is long enough to be a line, and non-", "exclusive, which is the point of this docu-", "ment."]],
     "This is a perpetual licence that is long enough to be a line, and non-exclusive, which is the point of this document."),
    ([["Rate          Unit", "$30           hour", "Below the table, as wide as it"]],
     "Rate | Unit\n$30 | hour\nBelow the table, as wide as it"),
    ([["A line that is as wide as any", "(a) first of all the things said,", "(b) and so on"]],
     "A line that is as wide as any\n(a) first of all the things said,\n(b) and so on"),
    ([["A sentence that fills the page.", "  Another begins further right.", "end."]],
     "A sentence that fills the page.\nAnother begins further right. end."),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "expected"), PAGES)
def test_lines_of_a_pdf_become_paragraphs(pages: list[list[str]], expected: str) -> None:
    assert text.from_pdf(as_pdf(pages)) == expected


@pytest.mark.browser
@pytest.mark.parametrize("width", ["9cm", "15cm"])
@pytest.mark.parametrize("style", ["", "p{text-align:justify}", "body{font-family:serif;line-height:2}"])
def test_a_printed_page_reads_as_it_was_written(width: str, style: str) -> None:
    found = browser.find()
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser.launch_options(found))
        page = chromium.new_page()
        page.set_content(f"<style>{style}</style>" + as_html(RELEASE))
        printed = page.pdf(width=width)
        chromium.close()
    assert text.from_pdf(printed) == as_plain(RELEASE).replace("- ", "")


def test_the_layout_of_a_docx_is_followed() -> None:
    document = docx.Document()
    document.add_paragraph("First\tline\nsecond line")
    document.add_paragraph("")
    outer = document.add_table(1, 2)
    outer.cell(0, 0).paragraphs[0].add_run("Fee").bold = True
    outer.cell(0, 1).add_table(1, 2).cell(0, 0).text = "$30"
    run = document.add_paragraph("Seen ").add_run("hidden")
    run.font.hidden = True
    out = io.BytesIO()
    document.save(out)
    assert text.from_docx(out.getvalue()) == "First line\nsecond line\n\nFee | $30\n\nSeen"


UNREADABLE = {
    "scan.pdf": (as_pdf([[]]), "recognition"),
    "broken.pdf": (b"%PDF-1.7\nnothing of use", "damaged PDF"),
    "cut.docx": (as_docx(STUDY)[:2000], "damaged DOCX"),
    "sheet.zip": (b"", "damaged DOCX"),
    "empty.docx": (as_docx([]), "without text"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "save it as DOCX"),
    "letter.rtf": (b"{\\rtf1 hello}", "save it as DOCX"),
    "voice.wav": (b"RIFF\x00\x00\x00\x00WAVE", "neither PDF"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_without_text_is_said(name: str, tmp_path: Path) -> None:
    body, reason = UNREADABLE[name]
    if name == "sheet.zip":
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("sheet.xml", "<a/>")
        body = made.getvalue()
    (tmp_path / name).write_bytes(body)
    with pytest.raises(UnreadableFile, match=reason) as mistake:
        text.read_file(tmp_path / name)
    assert name in str(mistake.value)
    assert "\n" not in str(mistake.value)


def test_a_locked_pdf_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise pypdfium2.PdfiumError("Failed to load document (PDFium: Incorrect password error).")

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    with pytest.raises(UnreadableFile, match="locked with a password"):
        text.from_pdf(as_pdf([["x"]]))


def test_a_bomb_is_not_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(210_000_000))
    with pytest.raises(UnreadableFile, match="unpacks to more than"):
        text.from_docx(made.getvalue())


def test_a_wrong_path_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="no such file"):
        text.read_file(tmp_path / "gone.pdf")
    with pytest.raises(UserMistake, match="is a folder"):
        text.read_file(tmp_path)
