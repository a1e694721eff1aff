"""Fields of other people's records: as text, number, list or mapping, or nothing.

A board may send a number as a string, an object for a list, null for anything. What cannot be read as asked is `None` or empty;
nothing here raises.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawler.lines import one_line

Record = Mapping[str, Any]

_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NOTHING = frozenset({"", "-", "–", "n/a", "none", "null", "unavailable", "undefined"})


def text(value: object) -> str | None:
    """A string without space around it, or a number as it would be written; anything else, and nothing but space, is `None`."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int | float):
        return _digits(value)
    found = value.strip() if isinstance(value, str) else ""
    return found.encode("utf-8", "replace").decode("utf-8") or None


def _digits(value: int | float) -> str | None:
    try:
        return str(value)
    except ValueError:  # Python writes no integer of more than 4,300 digits
        return None


def words(value: object) -> str | None:
    """Text for one line: entities decoded, tags and line breaks gone. For titles, names and places, never for descriptions."""
    found = text(value)
    if found is None:
        return None
    return one_line(_TAG.sub(" ", html.unescape(found)) if _MARKUP.search(found) else found) or None


def name(value: object, *keys: str) -> str | None:
    """One line of words from a string, or from the first of keys (by default `name`) that an object fills, or from a list of either."""
    if isinstance(value, Mapping):
        return next((found for key in keys or ("name",) if (found := words(value.get(key)))), None)
    if isinstance(value, list | tuple):
        return next((found for one in value if (found := name(one, *keys))), None)
    return stated(words(value))


def names(values: object, *keys: str) -> str | None:
    """The names in a list (or the one that stands for it), each once, joined by "; "."""
    found = (name(value, *keys) for value in each(values))
    return "; ".join(dict.fromkeys(one for one in found if one)) or None


def stated(value: str | None) -> str | None:
    """The words, unless they are one of the ways to fill a field with nothing ("-", "UNAVAILABLE")."""
    return None if value is None or value.lower() in _NOTHING else value


def number(value: object) -> float | None:
    """A finite number, also from "52,000" or "25.00"; a truth value is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value.replace(",", "")) if isinstance(value, str) else float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def truth(value: object) -> bool | None:
    """True or false, also written as a word or as 1 and 0; else `None`."""
    known = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    return known.get(str(value).strip().lower()) if isinstance(value, bool | int | str) else None


def mapping(value: object) -> Record:
    """An object, or the first object of a list; else an empty one."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list | tuple):
        return next((one for one in value if isinstance(one, Mapping)), {})
    return {}


def each(value: object) -> Iterator[Any]:
    """The members of a list, or the one value that stands for it; nothing for null."""
    if isinstance(value, list | tuple):
        yield from value
    elif value is not None:
        yield value


def dig(value: object, *keys: str) -> Any:
    """The value at the end of a path of keys through objects, or `None`."""
    for key in keys:
        value = mapping(value).get(key)
    return value


def listed(value: object, *keys: str) -> Sequence[Any] | None:
    """The list at the end of a path; a single object stands for a list of one. `None`: no such list, which is a changed shape."""
    found = dig(value, *keys)
    return found if isinstance(found, list) else [found] if isinstance(found, Mapping) else None


def extra(**values: str | None) -> dict[str, str]:
    """The fields that are filled."""
    return {key: value for key, value in values.items() if value}


def body(value: object) -> tuple[str, bool]:
    """A description and whether it is HTML. What was escaped once more for its journey ("&lt;p&gt;") is as it was before.

    Words with entities but no tag are plain text: their line breaks count.
    """
    found = text(value) or ""
    if _TAG.search(found):
        return found, True
    plain = html.unescape(found) if "&" in found else found
    return plain, "&lt;" in found and _TAG.search(plain) is not None
