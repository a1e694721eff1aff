"""The same gig across boards: copies and relists brought together, parallel openings kept apart, and how the copies differ.

Near pairs come from `shingles`, the close look from `likeness`. Pairs are joined best first, and a posting never joins a gig that already
stands on its board at the same time: those are parallel openings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.likeness import SAME, Copy, alike, can_be_alike, stand_together, text_likeness, told_apart
from analysis.shingles import near

LINEAGE = ("employer", "union", "platform", "board", "aggregator")
"""From the original to the copy of a copy."""

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


@dataclass(frozen=True, slots=True)
class Member:
    """One posting of a gig. role: `original`, `copy` (on another board), or `relist` (back on its own board)."""

    id: str
    role: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """One gig. id: short and the same as long as its original is; members: the original first, then by the day first seen.

    likeness of a member is that of its text to the original's, 0 to 1; least_alike is the lowest.
    """

    id: str
    members: tuple[Member, ...]
    least_alike: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that stands on some copies of a gig only."""

    sentence: str
    on: tuple[str, ...]
    missing_on: tuple[str, ...]


def find(copies: Sequence[Copy]) -> list[Cluster]:
    """All gigs that more than one posting carries, in the order of their originals' ids. Pure; linear but for crowded templates."""
    groups = _Groups(copies)
    for _, one, other in sorted(_pairs(copies), key=lambda pair: (-pair[0], pair[1], pair[2])):
        groups.join(one, other)
    clusters = [_cluster([copies[index] for index in group]) for group in groups.of_several()]
    return sorted(clusters, key=lambda cluster: cluster.members[0].id)


def differences(copies: Sequence[Copy]) -> tuple[Difference, ...]:
    """Sentences that not all copies of a gig carry, in the order in which they are met."""
    bearers: dict[str, tuple[str, set[str]]] = {}
    for copy in copies:
        for sentence in _sentences(copy.text):
            bearers.setdefault(_folded(sentence), (sentence, set()))[1].add(copy.id)
    everyone = [copy.id for copy in copies]
    return tuple(
        Difference(sentence, tuple(x for x in everyone if x in on), tuple(x for x in everyone if x not in on))
        for sentence, on in bearers.values()
        if len(on) < len(set(everyone))
    )


def _pairs(copies: Sequence[Copy]) -> Iterator[tuple[float, int, int]]:
    order = [f"{copy.title.casefold()}\n{copy.location}\n{copy.first_seen}" for copy in copies]
    wholes = [copy.triples for copy in copies]
    for one, others in near([copy.cut for copy in copies], order):
        first = copies[one]
        for place in can_be_alike(first.triples, [wholes[other] for other in others]):
            second = copies[others[place]]
            if first.source == second.source and stand_together(first, second):
                continue
            likeness = alike(first, second)
            if likeness >= SAME and not told_apart(first, second):
                yield likeness, one, others[place]


class _Groups:
    """Postings joined so far: each knows its group, and groups that clash stay apart."""

    def __init__(self, copies: Sequence[Copy]) -> None:
        self._copies = copies
        self._groups: dict[int, list[int]] = {}

    def join(self, one: int, other: int) -> None:
        first, second = self._groups.get(one, [one]), self._groups.get(other, [other])
        if first is second or self._clash(first, second):
            return
        joined = first + second
        self._groups.update(dict.fromkeys(joined, joined))

    def of_several(self) -> list[list[int]]:
        return list({id(group): group for group in self._groups.values()}.values())

    def _clash(self, first: Iterable[int], second: Sequence[int]) -> bool:
        """True when two of them stand on one board together, or are told apart by what they say."""
        pairs = ((self._copies[one], self._copies[other]) for one in first for other in second)
        return any((one.source == other.source and stand_together(one, other)) or told_apart(one, other) for one, other in pairs)


def _cluster(copies: Sequence[Copy]) -> Cluster:
    original, *rest = sorted(copies, key=_originality)
    members = [Member(original.id, "original", 1.0)]
    for copy in sorted(rest, key=lambda each: (each.first_seen, each.id)):
        role = "relist" if copy.source in _boards_before(copy, copies) else "copy"
        members.append(Member(copy.id, role, round(text_likeness(original, copy), 3)))
    digest = hashlib.sha256(original.id.encode()).hexdigest()[:10]
    return Cluster(f"g{digest}", tuple(members), min(member.likeness for member in members))


def _originality(copy: Copy) -> tuple[int, str, str]:
    rank = LINEAGE.index(copy.lineage) if copy.lineage in LINEAGE else LINEAGE.index("board")
    return rank, copy.posted_on or copy.first_seen, copy.id


def _boards_before(copy: Copy, copies: Iterable[Copy]) -> set[str]:
    return {each.source for each in copies if each.last_seen < copy.first_seen}


def _sentences(text: str) -> Iterator[str]:
    return (sentence for found in _SENTENCE.findall(text) if (sentence := found.strip(" \t-*•")))


def _folded(sentence: str) -> str:
    return " ".join(re.findall(r"\w+", sentence.casefold()))
