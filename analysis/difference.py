"""What differs between two texts, word by word, in a form that people read. Pure; the words are those of the texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
MOST_TOKENS = 60_000  # beyond, lines are compared and not words: difflib's worst case grows with the square


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: kind is `same`, `removed` or `added`."""

    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The two texts as one: everything that stayed, was removed or was added, in order.

    Lines are matched first and words within lines that changed, so that a long text stays quick. What is `same` or `removed` together is
    `before`; what is `same` or `added` together is `after`.
    """
    lines_before, lines_after = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in _opcodes(lines_before, lines_after):
        old, new = "".join(lines_before[i1:i2]), "".join(lines_after[j1:j2])
        found += [Piece("same", old)] if tag == "equal" else _words(old, new)
    return list(_joined(found))


def _opcodes(before: Sequence[str], after: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _words(old: str, new: str) -> list[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > MOST_TOKENS:
        return _replaced(old, new)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in _opcodes(before, after):
        words = "".join(before[i1:i2])
        found += [Piece("same", words)] if tag == "equal" else _replaced(words, "".join(after[j1:j2]))
    return found


def _replaced(old: str, new: str) -> list[Piece]:
    return [piece for piece in (Piece("removed", old), Piece("added", new)) if piece.text]


def _joined(found: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one; a lone space between two changes belongs to both, so that phrases are not cut up."""
    removed, added = "", ""
    for place, piece in enumerate(found):
        alone = piece.kind == "same" and piece.text.isspace() and "\n" not in piece.text and (removed or added) and place + 1 < len(found)
        if piece.kind == "removed" or alone:
            removed += piece.text
        if piece.kind == "added" or alone:
            added += piece.text
        if piece.kind == "same" and not alone:
            yield from _replaced(removed, added)
            removed, added = "", ""
            yield piece
    yield from _replaced(removed, added)


def excerpts(found: Sequence[Piece], around: int = 90) -> list[Piece]:
    """The changes with `around` characters on either side; what is left out is a piece of kind `gap`."""
    shown: list[Piece] = []
    for place, piece in enumerate(found):
        if piece.kind != "same" or len(piece.text) <= 2 * around + 40:
            shown.append(piece)
            continue
        head = piece.text[:around] if place else ""
        tail = piece.text[-around:] if place + 1 < len(found) else ""
        shown += [part for part in (Piece("same", head), Piece("gap", "…"), Piece("same", tail)) if part.text]
    return shown


def cut(found: Sequence[Piece], most: int) -> list[Piece]:
    """The pieces up to `most` characters in all; what comes after is one gap."""
    shown: list[Piece] = []
    left = most
    for piece in found:
        if left <= 0:
            return [*shown, Piece("gap", "…")]
        shown.append(Piece(piece.kind, piece.text[:left]))
        left -= len(piece.text)
    return [*shown, Piece("gap", "…")] if left < 0 else shown
