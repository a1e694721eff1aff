"""Is it an AI-training gig, is it aimed at performers, which modalities: answers with the signals that led to them.

Signals are data (`signals/*.toml`), and so is what they weigh together (`relevance.toml`). Many gigs never say AI, so the weights
lie on pairs: something taken from the worker, and what it may be used for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
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
    needs: tuple[str, ...]
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
        modalities=tuple(data["modalities"]),
    )


def _weight(table: Mapping[str, Any]) -> Weight:
    needs, without = tuple(table["needs"]), frozenset(table.get("without", ()))
    return Weight(table["question"], needs, without, table["value"], table["why"])


def _check(weights: Iterable[Weight], families: frozenset[str]) -> None:
    for weight in weights:
        for name in (*weight.needs, *weight.without):
            if name.removeprefix("title:") not in families:
                raise ConfigError(f"relevance.toml: no signal has the family {name!r} (in {weight.why!r})")


def judge(title: str, text: str) -> Relevance:
    """Answer the three questions for one posting. Offsets of signals point into `text`, or into `title` where they say so."""
    read = rules()
    sources = (Source.of("title", title), Source.of("text", text))
    hits = [read.lexicon.hits(source.raw, source.where) for source in sources]
    present = hits[0].keys() | hits[1].keys() | {f"title:{family}" for family in hits[0]}
    if not _can_matter(read, present):
        return Relevance(ai_training=False, performers=False, modalities=(), signals=())
    return _answer(read, _signs(read.lexicon, sources, hits), title, text)


def _can_matter(read: Rules, families: set[str]) -> bool:
    """False when not even all the weights in favour together reach a threshold: most postings end here, without a span."""
    total = dict.fromkeys(read.unclear, 0.0)
    for weight in read.weights:
        if weight.value > 0 and families.issuperset(weight.needs):
            total[weight.question] += weight.value
    return any(total[question] >= level for question, level in read.unclear.items())


def _signs(lexicon: Lexicon, sources: Iterable[Source], hits: Iterable[Mapping[str, list[int]]]) -> Found:
    """The first sign of each family; one in the text is preferred to one in the title, which is kept as `title:family` too."""
    found: dict[str, Sign] = {}
    for source, families in zip(sources, hits, strict=True):
        for family, indexes in families.items():
            if sign := lexicon.first(source, indexes):
                found[family] = sign
                if source.where == "title":
                    found[f"title:{family}"] = sign
    return found


def _answer(read: Rules, found: Found, title: str, text: str) -> Relevance:
    fired = [weight for weight in read.weights if _fires(weight, found)]
    ai_training = _verdict(read, "ai_training", fired)
    performers = _verdict(read, "performers", fired)
    modalities = () if ai_training is False else tuple(name for name in read.modalities if name in found)
    reasons = [signal for weight in fired for signal in _signals(weight, found, title, text)]
    reasons += [_signal(name, 1.0, found[name], title, text) for name in modalities]
    return Relevance(ai_training, performers, modalities, tuple(reasons))


def _fires(weight: Weight, found: Found) -> bool:
    return all(name in found for name in weight.needs) and not any(name in found for name in weight.without)


def _verdict(read: Rules, question: str, fired: Iterable[Weight]) -> bool | None:
    score = round(sum(weight.value for weight in fired if weight.question == question), 6)
    if score >= read.yes[question]:
        return True
    return None if score >= read.unclear[question] else False


def _signals(weight: Weight, found: Found, title: str, text: str) -> list[Signal]:
    """One reason a family, each with its share of the weight, so that all reasons of a question add up to its score."""
    share = weight.value / len(weight.needs)
    return [_signal(weight.question, share, found[name], title, text) for name in weight.needs]


def _signal(question: str, weight: float, sign: Sign, title: str, text: str) -> Signal:
    source = title if sign.where == "title" else text
    return Signal(question, weight, source[sign.start : sign.end], sign.start, sign.end, f"{sign.where}:{sign.id}")
