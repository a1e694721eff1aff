"""Which characters the bytes of a page are."""

from __future__ import annotations

import re

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

_NOT_FOR_PAGES = re.compile("utf-?7|escape|idna|punycode|undefined|mbcs|oem", re.IGNORECASE)
_WIDE = re.compile("utf-?(16|32)", re.IGNORECASE)


def decode(body: bytes, declared: str | None) -> str:
    """The text of a response body: by byte order mark, declared charset, the page's <meta>, UTF-8, cp1252.

    declared: the charset of the Content-Type header, or None. Names mean what they mean to browsers (latin-1 is
    cp1252); a name that is unknown or does not fit the bytes is passed over. Bytes that cp1252 does not know
    become U+FFFD. Raises nothing.
    """
    name, mark = read_bom(body)
    if name is not None and mark is not None:
        return body[len(mark) :].decode(name, "replace")
    for candidate in (_codec(declared), _meta(body), "utf-8"):
        if candidate is not None:
            text = _strictly(body, candidate)
            if text is not None:
                return text
    return body.decode("cp1252", "replace")


def misfit(body: bytes, declared: str | None) -> str | None:
    """The charset that the Content-Type header declares if the bytes are not in it: then the text was read by another, a guess."""
    codec = _codec(declared)
    return declared if codec and read_bom(body)[0] is None and _strictly(body, codec) is None else None


def _codec(name: str | None) -> str | None:
    """The codec that browsers take for a charset name; None if there is none or it is not for pages."""
    if not name or not name.isascii():
        return None
    found = resolve_encoding(name.strip().strip("\"'"))
    return None if found is None or _NOT_FOR_PAGES.search(found) else found


def _meta(body: bytes) -> str | None:
    """The charset a page declares inside itself. One whose <meta> could be read is not UTF-16, whatever it says."""
    found = _codec(html_body_declared_encoding(body[:4096]))
    return None if found is None or _WIDE.match(found) else found


def _strictly(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None
