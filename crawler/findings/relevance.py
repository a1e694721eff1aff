"""Is it an AI-training gig, is it aimed at performers, which modalities: answers with the signals that led to them.

Signals are data (`signals/*.toml`), and so is what they weigh together (`relevance.toml`). Many gigs never say AI, so the weights
lie on pairs: something taken from the worker, and what it may be used for. Where a text only hints, the answer is `None`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crawler.findings.lexicon import Sign, Source
from crawler.findings.weights import Rules, Weight, rules
from crawler.records import Relevance, Signal

Found = Mapping[str, Sign]


def judge(title: str, text: str) -> Relevance:
    """Answer the three questions for one posting. Offsets of signals point into `text`, or into `title` where they say so.

    The title comes first, then the text family by family, as long as that can still make a gig of it.
    """
    read = rules()
    found: dict[str, Sign] = {}
    for of_title in _of_title(read, title):
        found |= of_title
        if not read.is_open(read.mask(found), read.anything):
            return _answer(read, found, title, text)
    body = Source.of("text", text)
    possible, negations = read.lexicon.possible(body)
    near = read.within(read.mask(found) | read.mask(possible))
    possible = {family: signals for family, signals in possible.items() if read.bits[family] & near.anything}
    for families in read.order:
        if not near.is_open(read.mask(found), read.mask(possible)):
            return _answer(read, found, title, text)
        found |= read.lexicon.signs(body, {family: possible.pop(family) for family in [*possible] if family in families}, negations)
    if read.ai_training.verdict(read.fired(read.ai_training, found)) is not False:
        found |= read.lexicon.signs(body, possible, negations)
    return _answer(read, found, title, text)


def _of_title(read: Rules, title: str) -> Iterator[dict[str, Sign]]:
    """The signs of the title, under their family and under `title:family`: first those that only titles have."""
    head = Source.of("title", title)
    for possible in (read.lexicon.possible_in_title(head), read.lexicon.possible(head)):
        found = read.lexicon.signs(head, *possible)
        yield found | {f"title:{family}": sign for family, sign in found.items() if not family.startswith("not:")}


def _answer(read: Rules, found: Found, title: str, text: str) -> Relevance:
    for_ai, for_performers = read.fired(read.ai_training, found), read.fired(read.performers, found)
    ai_training = read.ai_training.verdict(for_ai)
    modalities = () if ai_training is False else tuple(name for name in read.modalities if name in found)
    reasons = [signal for weight in for_ai + for_performers for signal in _signals(weight, found, title, text)]
    reasons += [_signal(name, 1.0, found[name], title, text) for name in modalities]
    return Relevance(ai_training, read.performers.verdict(for_performers), modalities, tuple(reasons))


def _signals(weight: Weight, found: Found, title: str, text: str) -> list[Signal]:
    """One reason a family, each with its share of the weight."""
    share = weight.value / len(weight.needs)
    return [_signal(weight.question, share, found[name], title, text) for name in weight.needs]


def _signal(question: str, weight: float, sign: Sign, title: str, text: str) -> Signal:
    source = title if sign.where == "title" else text
    return Signal(question, weight, source[sign.start : sign.end], sign.start, sign.end, f"{sign.where}:{sign.id}")
