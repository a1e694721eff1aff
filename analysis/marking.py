"""A text cut at the borders of its findings, so that every quote can be marked where it stands. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST = 150_000  # characters shown on a page; a longer text is shown up to here and said to be cut


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding in a text. id: the anchor of its row; kind: how it is coloured; says: in words."""

    id: str
    start: int
    end: int
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text and the findings over it. opens: those that begin here, which is where links lead to."""

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]


def segments(text: str, marks: Sequence[Mark], most: int = MOST) -> Iterator[Segment]:
    """The text, or its first `most` characters, in stretches; findings may overlap. Together the stretches are the text."""
    end = min(len(text), most)
    inside = sorted((mark for mark in marks if 0 <= mark.start < mark.end and mark.start < end), key=lambda mark: (mark.start, -mark.end))
    borders = sorted({0, end, *(mark.start for mark in inside), *(min(mark.end, end) for mark in inside)})
    open_now: list[Mark] = []
    waiting = iter([*inside, None])
    following = next(waiting)
    for start, stop in pairwise(borders):
        opens = []
        while following is not None and following.start == start:
            opens.append(following)
            following = next(waiting)
        open_now = [mark for mark in open_now if mark.end > start] + opens
        yield Segment(text[start:stop], tuple(open_now), tuple(opens))
