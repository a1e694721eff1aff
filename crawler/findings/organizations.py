"""Names of organizations brought to one form: legal forms dropped (library cleanco), other names looked up in `organizations.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "organizations.toml"

_LEFT_OUT = re.compile(r"[^\w]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Organization:
    """A known organization: canonical name, other names, kind, and the organization it belongs to."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    parent: str | None


@cache
def known() -> dict[str, Organization]:
    """All known organizations by the key of each of their names."""
    tables = tomllib.loads(DATA.read_text(encoding="utf-8"))["organization"]
    read = [Organization(table["name"], tuple(table.get("aliases", ())), table["kind"], table.get("parent")) for table in tables]
    return {_plain(name): each for each in read for name in (each.name, *each.aliases)}


def lookup(name: str) -> Organization | None:
    """The known organization of that name, or None."""
    return known().get(_plain(name))


def canonical(name: str) -> str:
    """The name to show: the canonical one where known, else the name without its legal form."""
    found = lookup(name)
    return found.name if found else _without_legal_form(name)


def key(name: str) -> str:
    """What two spellings of one organization have in common; for comparison, never for show."""
    return _plain(canonical(name))


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    bare = _without_legal_form(name)
    letters = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode() or bare
    folded = _LEFT_OUT.sub(" ", letters).casefold().strip()
    return folded.removeprefix("the ").replace(" ", "")


def _without_legal_form(name: str) -> str:
    """The name without "Ltd", "GmbH" and the like, unless nothing else is left of it."""
    from cleanco import basename

    return str(basename(basename(name.strip()))) or name.strip()
