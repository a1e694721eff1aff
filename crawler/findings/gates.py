"""Gates: which signals a text can carry at all, told by its set of words alone, before any pattern is tried."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

ANY_SCRIPT = "~"
"""In a gate: a text in Chinese, Japanese or Korean, where no blanks part the words, passes; so does one in Cyrillic or Arabic script."""

_ENDINGS = ("", "s", "es", "d", "ed", "e", "r", "er", "ers", "rs", "or", "ors", "ing", "ings", "ion", "ions", "y", "ies", "t", "n", "en")
_NAME = re.compile(r"\{([a-z_]+)\}")
_KEPT = b"0123456789abcdefghijklmnopqrstuvwxyz"
_FOLD = bytes(byte if byte in _KEPT else byte + 32 if 65 <= byte <= 90 else 32 for byte in range(256))
_UNPARTED = re.compile(b"[\xd0-\xd3\xd8-\xdb\xe3-\xed]")


@lru_cache(maxsize=4)
def words(raw: bytes) -> frozenset[str]:
    """The words of a text in UTF-8; kept a moment, as several readers ask for those of one text."""
    return frozenset(each_word(raw))


def each_word(raw: bytes) -> list[str]:
    """The words of a stretch in UTF-8 in their order, in lower case: runs of ASCII letters and digits."""
    return raw.translate(_FOLD).decode("ascii").split()


def named(value: str, names: Mapping[str, str]) -> str:
    """Put what `names` says in place of each `{name}`. Raises KeyError for a name that is not there."""
    return _NAME.sub(lambda found: names[found.group(1)], value)


def gate(listed: str, names: Mapping[str, str]) -> frozenset[str]:
    """A list of words as a set: `word*` is the word with every common ending, `{name}` a list of that name."""
    return frozenset().union(*map(_spelt, named(listed, names).split()))


@cache
def _spelt(word: str) -> frozenset[str]:
    return frozenset(word[:-1] + ending for ending in _ENDINGS) if word.endswith("*") else frozenset((word,))


class Gates:
    """Groups of words, each a bit; a text has the bits of the groups of which it has a word.

    Words are ASCII, in lower case; a text is parted at everything else, so at apostrophes, hyphens and letters with accents too.
    """

    def __init__(self, groups: Iterable[frozenset[str]]) -> None:
        self._bits = {group: 1 << at for at, group in enumerate(dict.fromkeys(groups))}
        self._bits_of: dict[str, int] = {}
        for group, bit in self._bits.items():
            for word in group:
                self._bits_of[word] = self._bits_of.get(word, 0) | bit
        self._known = frozenset(self._bits_of)
        self._unparted = self._bits_of.get(ANY_SCRIPT, 0)

    def needs(self, groups: Iterable[frozenset[str]]) -> int:
        """The bits that a text must have to pass all groups."""
        return sum({self._bits[group] for group in groups})

    def open(self, raw: bytes) -> int:
        """The bits of a text in UTF-8."""
        bits = self._unparted if not raw.isascii() and _UNPARTED.search(raw) else 0
        for word in self._known & words(raw):
            bits |= self._bits_of[word]
        return bits
