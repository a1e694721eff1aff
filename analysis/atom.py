"""An Atom feed from entries. Pure.

Format: RFC 4287. Titles are plain text, contents are escaped HTML made here; nothing of a stranger's words is markup.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree as Xml

from crawler.lines import one_line

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"  # a feed without entries must have a time, too
LONGEST = 1000
_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:callboard:atom")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. key: what makes it the same in every feed and publication; at: ISO 8601 UTC; facts: (label, words, del or ins or "")."""

    key: tuple[str, ...]
    title: str
    link: str
    at: str
    facts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A feed's head. key: as of an entry; page: address of the same rows as a page; here: the feed's own address; rights: the licence."""

    key: tuple[str, ...]
    title: str
    page: str
    here: str
    author: str
    rights: str
    subtitle: str = ""


def feed(head: Head, entries: Sequence[Entry]) -> bytes:
    """The feed as UTF-8 XML. A key that comes twice gets a number, since ids in a feed must differ."""
    root = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _text(root, "id", _id(head.key))
    _text(root, "title", head.title)
    if head.subtitle:
        _text(root, "subtitle", head.subtitle)
    _text(root, "updated", max((entry.at for entry in entries), default=NEVER))
    Xml.SubElement(root, "link", rel="self", type="application/atom+xml", href=head.here)
    Xml.SubElement(root, "link", rel="alternate", type="text/html", href=head.page)
    _text(Xml.SubElement(root, "author"), "name", head.author)
    _text(root, "rights", head.rights)
    for entry, key in zip(entries, _distinct(entry.key for entry in entries), strict=True):
        _entry(root, entry, key)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(root, "unicode")}\n'.encode()


def _entry(root: Xml.Element, entry: Entry, key: tuple[str, ...]) -> None:
    made = Xml.SubElement(root, "entry")
    _text(made, "id", _id(key))
    _text(made, "title", entry.title)
    Xml.SubElement(made, "link", rel="alternate", type="text/html", href=entry.link)
    _text(made, "published", entry.at)
    _text(made, "updated", entry.at)
    _text(made, "content", "".join(map(_fact, entry.facts)), type="html")


def _fact(fact: tuple[str, str, str]) -> str:
    label, words, tag = fact
    shown = escape(shorten(one_line(words)))
    return f"<p>{escape(label)}: {f'<{tag}>{shown}</{tag}>' if tag else shown}</p>"


def shorten(words: str) -> str:
    """The first thousand characters."""
    return words if len(words) <= LONGEST else words[:LONGEST].rstrip() + " …"


def _text(parent: Xml.Element, name: str, words: str, **attributes: str) -> None:
    Xml.SubElement(parent, name, attributes).text = shorten(one_line(words)) if name != "content" else words


def _id(key: tuple[str, ...]) -> str:
    """The same for the same key on every host, so that a reader shows nothing twice when the site moves."""
    return uuid.uuid5(_IDS, "\n".join(key)).urn


def _distinct(keys: Iterable[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    times: dict[tuple[str, ...], int] = {}
    for key in keys:
        times[key] = times.get(key, 0) + 1
        yield key if times[key] == 1 else (*key, str(times[key]))
