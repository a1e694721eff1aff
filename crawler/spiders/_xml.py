"""XML that boards send: read without entities, network or trust, and by local names, since name spaces are often wrong."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

from lxml import etree  # type: ignore[import-untyped]

from crawler.records import Page, Problem

MAX_UNPACKED = 52_428_800  # bytes; the limit of the sitemap protocol
GZIP = b"\x1f\x8b"


def unpacked(page: Page, kind: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The body of a page, out of its gzip file if it is one; at most MAX_UNPACKED bytes of it."""
    if not page.body.startswith(GZIP):
        return page.body, ()
    stream = zlib.decompressobj(wbits=31)
    try:
        body = stream.decompress(page.body, MAX_UNPACKED)
    except zlib.error as error:
        return b"", (Problem(f"{kind}.gzip", f"damaged gzip file: {error}", page.url, "error"),)
    whole = stream.eof
    return body, () if whole else (Problem(f"{kind}.gzip", "gzip file cut off or too large; read in part", page.url),)


def tree_of(body: bytes, page: Page, kind: str) -> tuple[etree._Element | None, tuple[Problem, ...]]:
    """The root element. What is not well-formed is read as far as it goes, with a Problem `<kind>.xml`; `None` if nothing is left."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True, encoding=_encoding(body, page)
    )
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, (Problem(f"{kind}.xml", f"not XML: {str(error)[:200]}", page.url, "error"),)
    if root is None:
        return None, (Problem(f"{kind}.xml", "not XML", page.url, "error"),)
    etree.strip_elements(root, etree.Entity, with_tail=False)
    faults = [fault for fault in parser.error_log if fault.level_name in ("ERROR", "FATAL")]
    return root, (Problem(f"{kind}.xml", f"not well-formed: {faults[0].message[:200]}", page.url),) if faults else ()


def _encoding(body: bytes, page: Page) -> str | None:
    """The declared charset of the response, where the document itself does not declare one."""
    return None if b"encoding=" in body[:200] else _known(page.encoding)


def _known(encoding: str | None) -> str | None:
    """A charset that the XML library reads."""
    try:
        etree.XMLParser(encoding=encoding)
    except LookupError:
        return None
    return encoding


def local(element: etree._Element) -> str:
    """The element's name without its name space, in lower case."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Direct children of these local names, in document order."""
    return (child for child in element if local(child) in names)


def descendants(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Elements of these local names anywhere below, in document order."""
    return (one for one in element.iter() if local(one) in names)


def child_text(element: etree._Element, *names: str) -> str | None:
    """The text of the first child that has any, tried name by name."""
    for wanted in names:
        for child in children(element, wanted):
            if found := inner(child):
                return found
    return None


def inner(element: etree._Element) -> str:
    """All text inside an element, as received, without space around it."""
    return "".join(element.itertext()).strip()


def unread(body: bytes, names: Iterable[str], read: int, page: Page, kind: str) -> tuple[Problem, ...]:
    """A Problem `<kind>.shape` if a broken document opens more elements of these names than could be read: what is lost is not absent."""
    opened = len(re.findall(rb"<(?:\w+:)?(?:" + "|".join(names).encode() + rb")[\s>]", body, re.IGNORECASE))
    if read >= opened:
        return ()
    return (Problem(f"{kind}.shape", f"read {read} of {opened} records of a broken document", page.url, "error"),)
