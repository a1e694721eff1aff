"""Is it an AI-training gig, is it aimed at performers, which modalities: answers with the signals that led to them.

Signals are data (`signals/*.toml`), and so is what they weigh together (`relevance.toml`). Many gigs never say AI, so the weights
lie on pairs: something taken from the worker, and what it may be used for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.findings import signals
from crawler.findings.signals import Lexicon, Sign, Source
from crawler.records import Relevance, Signal

HERE = Path(__file__).parent

Found = Mapping[str, Sign]


@dataclass(frozen=True, slots=True)
class Weight:
    """What a set of families weighs for one question; families written `title:x` must stand in the title."""

    question: str
    needs: frozenset[str]
    without: frozenset[str]
    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Signals, weights and thresholds, read once."""

    lexicon: Lexicon
    weights: tuple[Weight, ...]
    yes: Mapping[str, float]
    unclear: Mapping[str, float]
    most: Mapping[str, float]
    modalities: tuple[str, ...]


@cache
def rules() -> Rules:
    """Read the data files. Raises ConfigError where a weight names a family that no signal has."""
    data = tomllib.loads((HERE / "relevance.toml").read_text(encoding="utf-8"))
    lexicon = Lexicon(signals.read(HERE / "signals"))
    weights = tuple(_weight(table) for table in data["weight"])
    _check(weights, lexicon.families)
    levels = data["thresholds"]
    return Rules(
        lexicon=lexicon,
        weights=weights,
        yes={question: level["yes"] for question, level in levels.items()},
        unclear={question: level["unclear"] for question, level in levels.items()},
        most={question: level["most"] for question, level in levels.items()},
        modalities=tuple(data["modalities"]),
    )


def _weight(table: Mapping[str, Any]) -> Weight:
    needs, without = frozenset(table["needs"]), frozenset(table.get("without", ()))
    return Weight(table["question"], needs, without, table["value"], table["why"])


def _check(weights: Iterable[Weight], families: frozenset[str]) -> None:
    for weight in weights:
        for name in (*weight.needs, *weight.without):
            if name.removeprefix("title:") not in families:
                raise ConfigError(f"relevance.toml: no signal has the family {name!r} (in {weight.why!r})")


def judge(title: str, text: str) -> Relevance:
    """Answer the three questions for one posting. Offsets of signals point into `text`, or into `title` where they say so."""
    read = rules()
    head, body = Source.of("title", title), Source.of("text", text)
    found = _of_title(read.lexicon, head)
    hits = read.lexicon.hits(body.raw, "text")
    if _can_matter(read, found, found.keys() | hits.keys()):
        found |= _signs(read.lexicon, body, hits)
    elif not found:
        return Relevance(ai_training=False, performers=False, modalities=(), signals=())
    return _answer(read, found, title, text)


def _of_title(lexicon: Lexicon, head: Source) -> dict[str, Sign]:
    """The signs of the title, under their family and under `title:family`."""
    found = _signs(lexicon, head, lexicon.hits(head.raw, "title"))
    return found | {f"title:{family}": sign for family, sign in found.items()}


def _can_matter(read: Rules, of_title: Found, families: Set[str]) -> bool:
    """False when all that can speak in favour cannot outweigh the title: most postings end here, without a span sought."""
    return any(_at_best(read, question, of_title, families) >= read.unclear[question] for question in read.unclear)


def _at_best(read: Rules, question: str, of_title: Found, families: Set[str]) -> float:
    in_favour = against = 0.0
    for weight in read.weights:
        if weight.question != question:
            continue
        if weight.value > 0 and families >= weight.needs:
            in_favour += weight.value
        elif weight.value < 0 and of_title.keys() >= weight.needs and not weight.without & families:
            against += weight.value
    return min(read.most[question], in_favour) + against


def _signs(lexicon: Lexicon, source: Source, hits: Mapping[str, list[int]]) -> dict[str, Sign]:
    """The first sign of each family that hits; a sign in the text takes the place of one in the title."""
    signs = {family: lexicon.first(source, indexes) for family, indexes in hits.items()}
    return {family: sign for family, sign in signs.items() if sign}


def _answer(read: Rules, found: Found, title: str, text: str) -> Relevance:
    fired = [weight for weight in read.weights if _fires(weight, found)]
    ai_training = _verdict(read, "ai_training", fired)
    performers = _verdict(read, "performers", fired)
    modalities = () if ai_training is False else tuple(name for name in read.modalities if name in found)
    reasons = [signal for weight in fired for signal in _signals(weight, found, title, text)]
    reasons += [_signal(name, 1.0, found[name], title, text) for name in modalities]
    return Relevance(ai_training, performers, modalities, tuple(reasons))


def _fires(weight: Weight, found: Found) -> bool:
    return found.keys() >= weight.needs and not found.keys() & weight.without


def _verdict(read: Rules, question: str, fired: Iterable[Weight]) -> bool | None:
    values = [weight.value for weight in fired if weight.question == question]
    in_favour = min(read.most[question], sum(value for value in values if value > 0))
    score = round(in_favour + sum(value for value in values if value < 0), 6)
    if score >= read.yes[question]:
        return True
    return None if score >= read.unclear[question] else False


def _signals(weight: Weight, found: Found, title: str, text: str) -> list[Signal]:
    """One reason a family, each with its share of the weight."""
    share = weight.value / len(weight.needs)
    return [_signal(weight.question, share, found[name], title, text) for name in sorted(weight.needs)]


def _signal(question: str, weight: float, sign: Sign, title: str, text: str) -> Signal:
    source = title if sign.where == "title" else text
    return Signal(question, weight, source[sign.start : sign.end], sign.start, sign.end, f"{sign.where}:{sign.id}")
