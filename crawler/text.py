"""HTML, plain text, PDF and DOCX become text with stable offsets; with `lines`, the only place for white space.

Findings are a pure function of this text, so what is written here decides every offset. Each producer gives the
same form: blocks on their own lines, paragraphs parted by one empty line, list items begin with "- ", the cells
of a table row are parted by " | ".
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.charset import decode
from crawler.errors import UnreadableFile, UserMistake
from crawler.lines import Lines, one_line
from crawler.markup import shallow
from crawler.pdf import from_pdf
from crawler.records import Problem
from crawler.word import from_docx
from crawler.wrapped import unwrap

__all__ = [
    "clip",
    "compose",
    "decode",
    "from_docx",
    "from_html",
    "from_pdf",
    "from_plain",
    "links",
    "read_file",
    "sha256",
]

MAX_CHARACTERS = 10_000_000
MAX_FILE_BYTES = 50_000_000

_LINES = """address article aside body button caption center dd details div dl dt fieldset figcaption figure footer form frameset
header hgroup label legend main menu nav ol option section summary tbody tfoot thead ul"""
_PARAGRAPHS = "blockquote h1 h2 h3 h4 h5 h6 hr p pre table"
_BLOCKS = dict.fromkeys(_LINES.split(), Lines.line) | dict.fromkeys(_PARAGRAPHS.split(), Lines.paragraph)
_OPENS = _BLOCKS | {"li": Lines.item, "br": Lines.line_break, "tr": Lines.row, "td": Lines.cell, "th": Lines.cell}
_CLOSES = _BLOCKS | {"li": Lines.end_item, "tr": Lines.end_row}
_UNREAD = """audio canvas datalist embed head iframe math noembed noframes noscript object script select style svg template textarea
video -comment"""
_DROPPED = frozenset(_UNREAD.split())
_HIDDEN = '[hidden], [style*="display" i], [style*="visibility" i]'


def from_html(html: str) -> str:
    """The words of an HTML page or fragment that a reader of the page can see, in document order.

    Entities are decoded; scripts, styles, form choices and elements hidden by attribute or inline style are left
    out. Linear in the length of html, whatever its nesting. Raises UnreadableFile above MAX_CHARACTERS (use
    `clip` to cut instead).
    """
    tree = LexborHTMLParser(shallow(_within_limit(html)).encode("utf-8", "replace"))
    out = Lines()
    if tree.body is not None:
        _walk(tree.body, _hidden(tree, html), out)
    return out.text()


def _hidden(tree: LexborHTMLParser, html: str) -> frozenset[int]:
    """The elements that an attribute or an inline style hides, by identity; sought only if the words occur."""
    if "hidden" not in html and "display" not in html.lower():
        return frozenset()
    return frozenset(node.mem_id for node in tree.css(_HIDDEN) if _is_hidden(node.attributes))


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    style = (attributes.get("style") or "").lower().replace(" ", "")
    return "hidden" in attributes or "display:none" in style or "visibility:hidden" in style


def _walk(root: LexborNode, hidden: frozenset[int], out: Lines) -> None:
    """Write every text below root, depth first. A loop, not recursion: nesting has no limit here."""
    node = root.first_child
    path: list[tuple[LexborNode, str]] = []
    preformatted = 0
    while node is not None:
        tag = node.tag or ""
        following = node.next
        if tag == "-text":
            (out.pre if preformatted else out.run)(node.text_content or "")
        elif tag not in _DROPPED and not (hidden and node.mem_id in hidden):
            if tag in _OPENS:
                _OPENS[tag](out)
            path.append((node, tag))
            preformatted += tag == "pre"
            following = node.first_child
        while following is None and path:
            parent, tag = path.pop()
            preformatted -= tag == "pre"
            if tag in _CLOSES:
                _CLOSES[tag](out)
            following = parent.next
        node = following


def from_plain(text: str) -> str:
    """Plain text in the common form; line ends count. Raises UnreadableFile above MAX_CHARACTERS."""
    out = Lines()
    out.pre(_within_limit(text))
    return out.text()


def links(html: str, base_url: str) -> tuple[tuple[str, str], ...]:
    """(label, absolute URL) of every http link in html, in order, each pair once.

    A <base> counts; an address that cannot be resolved is left out. Raises UnreadableFile above MAX_CHARACTERS.
    """
    tree = LexborHTMLParser(shallow(_within_limit(html)).encode("utf-8", "replace"))
    base = tree.css_first("base[href]")
    start = _join(base_url, base.attributes["href"] if base is not None else None) or base_url
    found: dict[tuple[str, str], None] = {}
    for anchor in tree.css("a[href]"):
        href = anchor.attributes["href"]
        url = None if href is None or href.strip().startswith("#") else _join(start, href)
        if url is not None:
            found[one_line(anchor.text()), url] = None
    return tuple(found)


def _join(base: str, href: str | None) -> str | None:
    try:
        url = urljoin(base, (href or "").strip())
    except ValueError:  # "http://[" is no address
        return None
    return url if url.startswith(("http://", "https://")) else None


def compose(title: str, organization: str | None, location: str | None, body: str) -> str:
    """The text of a posting: title, then "organization · location" (those known), an empty line, body as given."""
    facts = " · ".join(fact for fact in (one_line(organization or ""), one_line(location or "")) if fact)
    head = "\n".join(line for line in (one_line(title), facts) if line)
    return f"{head}\n\n{body}" if head and body else head or body


def sha256(text: str) -> str:
    """The identity of a text: SHA-256 of its UTF-8 bytes, lower-case hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def clip(text: str, url: str | None = None) -> tuple[str, Problem | None]:
    """text within the limit of this module, and a Problem if something had to be cut off."""
    if len(text) <= MAX_CHARACTERS:
        return text, None
    message = f"{len(text)} characters, read only the first {MAX_CHARACTERS}"
    return text[:MAX_CHARACTERS], Problem("text-too-long", message, url)


def _within_limit(text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise UnreadableFile(f"text of {len(text)} characters: the limit is {MAX_CHARACTERS}; cut it first")
    return text


def read_file(path: Path | str) -> str:
    """The text of a file: PDF, DOCX, HTML or plain text, told apart by their first bytes and not by name.

    Raises UserMistake if the file is not there, UnreadableFile if it is damaged, too large or of another kind.
    """
    body = _bytes(Path(path))
    try:
        return from_bytes(body)
    except UnreadableFile as error:
        raise UnreadableFile(f"{path}: {error}") from error


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableFile(f"{path}: larger than {MAX_FILE_BYTES // 1_000_000} MB; give a smaller file")
        return path.read_bytes()
    except IsADirectoryError:
        raise UserMistake(f"{path}: is a folder; give one file") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserMistake(f"{path}: cannot be opened ({reason}); check the name") from None


def from_bytes(body: bytes, declared: str | None = None) -> str:
    """The text of a file's bytes, told apart as `read_file` does. declared: the charset that a server named. Raises UnreadableFile."""
    if b"%PDF-" in body[:1024]:
        return from_pdf(body)
    if body.startswith(b"PK\x03\x04"):
        return from_docx(body)
    if body.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise UnreadableFile("an old Word or RTF file; save it as DOCX or PDF and try again")
    if _is_binary(body):
        raise UnreadableFile("neither PDF, DOCX, HTML nor plain text; save it as one of these")
    text = decode(body, declared)
    return from_html(text) if _is_html(text) else unwrap(from_plain(text))


def _is_binary(body: bytes) -> bool:
    wide = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    return not wide and b"\x00" in body[:4096]


def _is_html(text: str) -> bool:
    start = text[:2048].lstrip("\ufeff \t\r\n").lower()
    marks = ("<!doctype html", "<html", "<body", "<p", "<div", "<h", "<ul", "<table")
    return start.startswith("<") and any(mark in start for mark in marks)
