"""Texts as sets of word triples, and which texts are worth a close look: MinHash signatures (library datasketch) cut into bands.

Two signatures a text: of the whole, and of its opening, since aggregators cut texts short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from zlib import crc32

PERMUTATIONS = 96
ROWS = OPENING_ROWS = 3
"""32 bands of 3: of texts that share half their triples 98 in 100 meet, of those that share a fifth 23."""

OPENING = 45
"""Words of the opening that has a signature of its own."""

OPENING_PERMUTATIONS = 33

WHOLE_LEAST, OPENING_LEAST = 0.3, 0.5
"""Share of places in which two signatures must agree. The close look asks for more; signatures are off by a tenth now and then."""

ENDING = 16
"""Bits by which triples are compared at first: those of a 16-bit number."""

CHUNK = 50_000
"""Pairs compared at once: what bounds memory."""

NEIGHBOURS = 10
"""Members of a band that each member is compared with: thousands of openings of one template stay linear."""

Numbers = Any
"""A numpy array of whole numbers; numpy is loaded only when a text is cut."""

_WORD = re.compile(r"\w+")
_NO_WORD = re.compile(r"[^\w\x00-\x7f]+")
_SIGNS = "’‘“”–—·•…\u00a0"  # the usual ones beyond ASCII: most texts have no others, and need no search
_BLANKS = bytes(code if code > 127 or _WORD.fullmatch(chr(code)) else 32 for code in range(256))


def words(text: str) -> list[str]:
    """Words in lower case, numbers included."""
    return _WORD.findall(text.casefold())


def _folded(text: str) -> list[bytes]:
    """The same words as bytes, in a third of the time: what is no word becomes a blank, and blanks divide."""
    plain = text.casefold()
    for sign in () if plain.isascii() else _SIGNS:
        plain = plain.replace(sign, " ")
    if not plain.isascii():
        plain = _NO_WORD.sub(" ", plain)
    return plain.encode().translate(_BLANKS).split()


def triples(sequence: Sequence[bytes]) -> Numbers:
    """The distinct word triples as sorted 32-bit numbers; fewer than three words are one each."""
    import numpy

    number = numpy.fromiter(map(crc32, sequence), dtype=numpy.uint64, count=len(sequence))
    if len(number) >= 3:
        number = number[:-2] * 0x9E3779B1 + number[1:-1] * 0x85EBCA77 + number[2:] * 0xC2B2AE3D
    return _distinct((number >> 16).astype(numpy.uint32))


def _distinct(numbers: Numbers) -> Numbers:
    """Sorted, each once. numpy.unique takes four times as long."""
    import numpy

    ordered = numpy.sort(numbers)
    first = numpy.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def most_shared(one: Numbers, others: Sequence[Numbers]) -> Numbers:
    """For each of the others an upper bound of the triples that it shares with one: exact but for numbers that end alike."""
    import numpy

    ends = numpy.zeros(1 << ENDING, dtype=bool)
    ends[one.astype(numpy.uint16)] = True
    sizes = numpy.fromiter(map(len, others), dtype=numpy.int64, count=len(others))
    found = numpy.zeros(sizes.sum() + 1, dtype=numpy.int64)
    numpy.cumsum(ends[numpy.concatenate(others).astype(numpy.uint16)], out=found[1:])
    last = numpy.cumsum(sizes)
    return found[last] - found[last - sizes]


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut into word triples, as a whole and its opening, each with its signature."""

    triples: Numbers
    opening: Numbers
    signature: Numbers
    opening_signature: Numbers


def cut(text: str) -> Cut:
    """What clustering looks at. Pure; the same in every process."""
    whole, opening = triples(_folded(text)), triples(_folded(text[: OPENING * 12])[:OPENING])
    return Cut(whole, opening, _signature(whole, PERMUTATIONS), _signature(opening, OPENING_PERMUTATIONS))


def near(cuts: Sequence[Cut], order: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Indexes with the larger ones that are worth a close look beside each: alike as a whole, or in their openings.

    order: what stands together within a crowded band.
    """
    import numpy

    if len(cuts) < 2:
        return
    rank = numpy.empty(len(order), dtype=numpy.int64)
    rank[sorted(range(len(order)), key=order.__getitem__)] = numpy.arange(len(order))
    wholes = _table([each.signature for each in cuts], [each.triples for each in cuts])
    openings = _table([each.opening_signature for each in cuts], [each.opening for each in cuts])
    whole, opening = _alike(wholes, ROWS, rank, WHOLE_LEAST), _alike(openings, OPENING_ROWS, rank, OPENING_LEAST)
    codes = _distinct(numpy.concatenate([whole, opening]))
    if not len(codes):
        return
    ones, others = numpy.divmod(codes, len(order))
    starts = numpy.flatnonzero(numpy.diff(ones, prepend=-1))
    for one, group in zip(ones[starts].tolist(), numpy.split(others, starts[1:]), strict=True):
        yield one, group.tolist()


def _alike(signatures: Numbers, rows: int, rank: Numbers, least: float) -> Numbers:
    """Codes (smaller index times count, plus larger) of pairs that share a band and whose signatures agree in `least` of their places."""
    import numpy

    bands = (signatures[:, first : first + rows] for first in range(0, signatures.shape[1], rows))
    codes = _distinct(numpy.concatenate([_sharing(band, rank) for band in bands]))
    kept = [_agreeing(signatures, codes[first : first + CHUNK], least) for first in range(0, len(codes), CHUNK)]
    return numpy.concatenate(kept) if kept else codes


def _sharing(band: Numbers, rank: Numbers) -> Numbers:
    """Codes of pairs with one and the same band, each member with its next neighbours in rank."""
    import numpy

    count = len(rank)
    mixed = band.astype(numpy.uint64) * numpy.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 1], dtype=numpy.uint64)
    key = mixed.sum(axis=1)
    at = numpy.lexsort((rank, key))
    found = []
    for step in range(1, min(NEIGHBOURS + 1, count)):
        same = key[at[:-step]] == key[at[step:]]
        one, other = at[:-step][same], at[step:][same]
        found.append(numpy.minimum(one, other) * count + numpy.maximum(one, other))
    return numpy.concatenate(found) if found else numpy.empty(0, dtype=numpy.int64)


def _agreeing(signatures: Numbers, codes: Numbers, least: float) -> Numbers:
    count = len(signatures)
    agree = (signatures[codes // count] == signatures[codes % count]).mean(axis=1)
    kept: Numbers = codes[agree >= least]
    return kept


def _table(signatures: Sequence[Numbers], sets: Sequence[Numbers]) -> Numbers:
    """One row a signature. An empty set gets numbers of its own, so that it is like no other."""
    import numpy

    table = numpy.array(signatures, dtype=numpy.uint32)
    for index, members in enumerate(sets):
        if not len(members):
            table[index] = index
    return table


def _signature(members: Numbers, permutations: int) -> Numbers:
    """Minimum hashes; the library hashes all members at once, since they are handed to it as one value."""
    signature = _empty(permutations)
    signature.clear()
    if len(members):
        signature.update_batch([members])
    return signature.hashvalues


@cache
def _empty(permutations: int) -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=permutations, hashfunc=_itself, scheme="affine32")


def _itself(members: Numbers) -> Numbers:
    return members
