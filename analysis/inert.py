"""An archived response made safe to look at: no script, no style, no request, and no contact details of persons.

What cannot be covered (a picture, the bytes of a PDF) is not given out if the words that belong to it hold contact details.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape, unescape

import nh3

from crawler import redact, text
from crawler.errors import UnreadableFile
from crawler.lines import visible
from crawler.markup import shallow
from crawler.records import Page

MOST_CONTACTS = 500
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_TAGS = nh3.ALLOWED_TAGS - {"map", "area"}
_SILENT = "iframe math noembed noframes noscript object script select style svg template textarea title"
_SILENCED = frozenset(_SILENT.split())
_ATTRIBUTES = {"img": {"alt", "src"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start"}}


@dataclass(frozen=True, slots=True)
class Shown:
    """html: an inert fragment, or None if the response cannot be shown. how: what was done to it, one sentence.

    download: the bytes to take away, or None if they must not be given out. exact: download is every byte as archived. covered: contact
    details were found, and are covered or held back.
    """

    html: str | None
    how: str
    download: bytes | None
    exact: bool
    covered: bool


def show(page: Page) -> Shown:
    """A response for readers. Linear in its length."""
    try:
        return _VIEWS[_kind(page)](page)
    except UnreadableFile as error:
        return Shown(None, f"This response cannot be shown: {error}.", None, False, False)


def holds_contacts(page: Page) -> bool:
    """Do the words of this response hold contact details of persons?"""
    return show(page).covered


def withheld(shown: Shown, why: str) -> Shown:
    """The same response, neither shown nor given out."""
    return replace(shown, html=None, how=why, download=None, exact=False, covered=True)


def _kind(page: Page) -> str:
    subtype = page.mime.partition("/")[2]
    if page.mime in ("text/html", "application/xhtml+xml"):
        return "html"
    if subtype == "json" or subtype.endswith("+json"):
        return "json"
    if page.mime in PICTURES:
        return "picture"
    if page.body.startswith((b"%PDF-", b"PK\x03\x04")):
        return "document"
    return "binary" if b"\x00" in page.body[:4096] else "words"


def _html(page: Page) -> Shown:
    source = text.decode(page.body, page.encoding)
    clean = _cleaned(visible(shallow(source)))
    found = redact.secrets(clean)
    if len(found) > MOST_CONTACTS:
        return Shown(None, f"A page with more than {MOST_CONTACTS} contact details of persons is not shown.", None, False, True)
    shown, taken = redact.cover(clean, found), redact.cover(source, found)
    how = "Scripts, styles, remote pictures, forms and link targets are taken out."
    return replace(_taken(page, taken, shown != clean or taken != source), html=shown, how=how)


def _cleaned(html: str) -> str:
    """Words and structure only. nh3 parses as browsers do and writes every character that could open a tag as an entity."""
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_SILENCED,
        attributes=_ATTRIBUTES,
        attribute_filter=lambda _, name, value: value if name != "src" or value.startswith("data:image/") else None,
        url_schemes={"data"},
        link_rel=None,
    )


def _json(page: Page) -> Shown:
    source = text.decode(page.body, page.encoding)
    try:
        loaded = json.loads(source)
        covered = _in_strings(loaded, _covered_string)
        indented = json.dumps(_in_strings(covered, unescape), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return _words(page)
    taken = _taken(page, json.dumps(covered, indent=1, ensure_ascii=False), covered != loaded)
    return replace(taken, html=_verbatim(indented), how="JSON, indented; markup inside it is shown as source.")


def _in_strings(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_in_strings(item, change) for item in value]
    if isinstance(value, dict):
        return {change(key): _in_strings(item, change) for key, item in value.items()}
    return value


def _covered_string(value: str) -> str:
    """A string that holds markup, escaped or not, is covered as markup: a name may have tags inside."""
    plain = unescape(value)
    if "<" not in plain:
        covered = redact.redact(plain)
        return value if covered == plain else covered
    covered = redact.redact_html(plain)
    return value if covered == plain else escape(covered) if "<" not in value else covered


def _words(page: Page) -> Shown:
    source = text.decode(page.body, page.encoding)
    covered = redact.redact(source)
    return replace(_taken(page, covered, covered != source), html=_verbatim(covered), how="Plain text, as archived.")


def _document(page: Page) -> Shown:
    words = text.from_pdf(page.body) if page.body.startswith(b"%PDF-") else text.from_docx(page.body)
    covered = redact.redact(words)
    how = "The words of a document; its layout is in the archived file."
    if covered != words:
        return Shown(_verbatim(covered), how, None, False, True)
    return Shown(_verbatim(words), how, page.body, True, False)


def _picture(page: Page) -> Shown:
    data = base64.b64encode(page.body).decode()
    return Shown(f'<img alt="Archived picture" src="data:{page.mime};base64,{data}">', "A picture, as archived.", page.body, True, False)


def _binary(page: Page) -> Shown:
    return Shown(None, f"A response of type {page.mime} cannot be shown.", None, False, False)


def _taken(page: Page, covered: str, found: bool) -> Shown:
    return Shown("", "", covered.encode("utf-8", "replace") if found else page.body, not found, found)


def _verbatim(words: str) -> str:
    return f"<pre>{escape(visible(words))}</pre>"


_VIEWS: dict[str, Callable[[Page], Shown]] = {
    "html": _html,
    "json": _json,
    "words": _words,
    "document": _document,
    "picture": _picture,
    "binary": _binary,
}
