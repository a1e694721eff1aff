"""The terms of a text: what a performer gives, what the hirer promises, on whose consent. A pure function of the text.

Clause by clause: the words are matched in lower case on a view of the same length, so each offset points into the text as stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from crawler.findings.clauses import LONGEST, Block, blocks, sentences
from crawler.findings.matching import Hit, hits, wordings_in
from crawler.findings.polarity import polarity
from crawler.records import Polarity, Term

_KEPT = 4096  # sentences remembered; boilerplate repeats from contract to contract
_PLAIN = {mark: plain for marks, plain in (("’‘ʼ´", "'"), ("“”„«»\u00a0\u2007\u202f", " "), ("‐‑‒–—−", "-")) for mark in marks}
_BLANK = str.maketrans(dict.fromkeys('\n\r\t\f\v*_#|"\\`', " "))
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")  # markup that reached us as text
_FOREIGN = re.compile(r"[^\x00-\x7f]")

Said = tuple[Hit, Polarity]


def find(text: str) -> list[Term]:
    """The terms of a text in order of their quotes; text[start:end] is the quote. One row per code and polarity in a clause."""
    view = plain(text)
    found = [term for block in blocks(text) for term in _of_block(text, view, block)]
    return sorted(found, key=lambda term: (term.start, term.end, term.code))


def _of_block(text: str, view: str, block: Block) -> Iterator[Term]:
    """The terms of one paragraph or list item. What stands nowhere in a whole paragraph stands in none of its sentences.

    Each sentence of a list item is heard with the words that introduce the list, so it is matched alone.
    """
    start, end, lead = block
    heard = plain(lead).rstrip(" :") + " " if lead else ""
    whole = not lead and end - start <= LONGEST
    numbers = wordings_in(view[start:end]) if whole else ()
    if whole and not numbers:
        return
    for first, last in sentences(text, start, end):
        clause = heard + view[first:last]
        offset = first - len(heard)
        for hit, said in statements(len(heard), clause, numbers if whole else wordings_in(clause)):
            yield _term(hit, said, text, max(hit.start + offset, first), hit.end + offset)


def plain(text: str) -> str:
    """The text in lower-case ASCII, character for character, so that offsets stay true."""
    if "<" in text:
        text = _TAG.sub(lambda tag: " " * len(tag.group()), text)
    if not text.isascii():
        text = _FOREIGN.sub(lambda mark: _PLAIN.get(mark.group(), "?"), text)
    return text.translate(_BLANK).lower()


@lru_cache(maxsize=_KEPT)
def statements(lead: int, view: str, numbers: tuple[int, ...]) -> tuple[Said, ...]:
    """What one clause says, its first `lead` characters those of its list: the most telling words of each code and polarity."""
    said: dict[tuple[str, Polarity], Said] = {}
    found = [hit for hit in hits(view, numbers) if hit.end > lead]
    for hit in sorted(_longest(found), key=lambda hit: (hit.rank, hit.start)):
        heard = polarity(view, hit)
        if heard is not None:
            said.setdefault((hit.term.code, heard), (hit, heard))
    return tuple(said.values())


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of two hits that overlap under one code, words that limit or deny beat words that give, then the longer wins."""
    kept: dict[str, list[Hit]] = {}
    for hit in sorted(hits, key=_weight):
        rivals = kept.setdefault(hit.term.code, [])
        if all(hit.end <= rival.start or rival.end <= hit.start for rival in rivals):
            rivals.append(hit)
    return [hit for hits in kept.values() for hit in hits]


def _weight(hit: Hit) -> tuple[bool, int, int]:
    return hit.pattern.polarity is Polarity.GRANTED, hit.start - hit.end, hit.start


def _term(hit: Hit, said: Polarity, text: str, start: int, end: int) -> Term:
    return Term(hit.term.code, said, text[start:end], start, end, hit.pattern.id, hit.term.group)
