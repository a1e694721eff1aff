"""Reading one posting against the floor: the best tool for each step, once, with no care for what it finds.

Both sides read the same postings: sample texts filled up with the shuffled words of ordinary jobs to some 5,000 characters, no two alike.
The floor starts from a page of 50 KB around such a text: it parses the page, reads its JSON-LD, takes the text out of it, and finds spans
for 300 patterns by a set, line by line. It was first measured on pages of 43 KB with 11 KB of description, of which some sentences held
clauses (468 us there, a third of it for the page); here the text is half as long and seldom matches a pattern, so the floor is lower and
the ratio stricter. Ours starts from the text, as the boards' own interfaces give it; what the text costs to make is a line of its own.

What we remember of stretches read before is forgotten before each round: each text is new to both sides, though their automata are warm.
"""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Callable
from functools import partial

import re2
from price_parser import Price
from selectolax.lexbor import LexborHTMLParser

from bench.pages import page, text
from crawler.findings import matching, parties, pay, relevance, terms
from crawler.findings.reading import read
from crawler.text import from_html


def run(count: int, rounds: int) -> list[str]:
    """Read `count` texts `rounds` times each way; the lines to print, in microseconds of CPU a posting, medians."""
    words = [f"{title}\n\n{from_html(body)}" for title, body in map(text, range(count))]
    pages = [page(n) for n in range(count)]
    size = sum(map(len, words)) / len(words)
    bodies, floor, ours = [body for _, body in map(text, range(count))], _floor(), _each(read)
    pairs = [(_spent(lambda: [floor(each) for each in pages], count), _spent(lambda: ours(words), count)) for _ in range(rounds + 1)][1:]
    lines = [f"{len(words)} texts of {size:.0f} characters; the floor's pages have {len(pages[0])} bytes"]
    lines.append(f"floor (selectolax, json, re2 set and spans): {statistics.median(each for each, _ in pairs):.0f} us")
    for name, part in PARTS.items():
        lines.append(f"  {name}: {_spent(partial(_each(part), words), count):.0f} us")
    lines.append(f"  beside it, the text from its HTML: {_spent(lambda: list(map(from_html, bodies)), count):.0f} us")
    lines.append(f"  the peer for pay, price-parser: one amount a line, no unit: {_spent(lambda: list(map(_peer, words)), count):.0f} us")
    ratios = [own / least for least, own in pairs]
    lines.append(f"Callboard's whole reading: {statistics.median(own for _, own in pairs):.0f} us")
    lines.append(f"against the floor: {statistics.median(ratios):.1f} times ({min(ratios):.1f} to {max(ratios):.1f}); budget at most 3")
    return lines


PARTS: dict[str, Callable[[str], object]] = {
    "pay": pay.find,
    "terms": terms.find,
    "relevance": lambda words: relevance.judge(words.split("\n", 1)[0], words),
    "parties": parties.find,
}


def _each(part: Callable[[str], object]) -> Callable[[list[str]], list[object]]:
    def read_all(words: list[str]) -> list[object]:
        _forget()
        return [part(each) for each in words]

    return read_all


def _forget() -> None:
    """Make every text new."""
    matching.wordings_in.cache_clear()
    terms.statements.cache_clear()


def _peer(words: str) -> list[Price]:
    return [Price.fromstring(line) for line in words.split("\n") if line]


def _floor() -> Callable[[bytes], int]:
    """Parse the page, its JSON-LD and its text, and find spans for 300 patterns by a set, line by line."""
    patterns = [rf"(?i)\b{first}\w* (?:\w+ ){{0,3}}{second}\w*" for first in _FIRST for second in _SECOND][:300]
    matcher = re2.Set.SearchSet()
    for pattern in patterns:
        matcher.Add(pattern)
    matcher.Compile()
    spans = [re.compile(pattern) for pattern in patterns]

    def read_page(body: bytes) -> int:
        tree = LexborHTMLParser(body)
        script, main = tree.css_first('script[type="application/ld+json"]'), tree.css_first("main")
        if script is None or main is None:
            raise ValueError("a page of ours without its parts")
        json.loads(script.text())
        found = 0
        for line in main.text(separator="\n").split("\n"):
            found += sum(len(spans[each].findall(line)) for each in matcher.Match(line) or ())
        return found

    return read_page


_FIRST = [
    "licen",
    "grant",
    "record",
    "perpet",
    "irrevoc",
    "world",
    "media",
    "consent",
    "withdraw",
    "delet",
    "compens",
    "exclus",
    "sublicen",
    "research",
    "train",
    "voice",
    "face",
]
_SECOND = [
    "right",
    "use",
    "data",
    "term",
    "media",
    "record",
    "voice",
    "likeness",
    "model",
    "purpose",
    "part",
    "world",
    "fee",
    "pay",
    "hour",
    "session",
    "study",
    "time",
]


def _spent(work: Callable[[], object], count: int) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) / count * 1e6
