"""What signs weigh together: the weights and thresholds of `relevance.toml`, and the sums made of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.findings import signals
from crawler.findings.lexicon import Lexicon

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Weight:
    """What a set of families weighs for one question, the families also as bits.

    Families written `title:x` must stand in the title, families written `not:x` are negated. hint: it never says AI. sought: all families
    that must be sought to tell, those of `without` too.
    """

    question: str
    needs: tuple[str, ...]
    needed: int
    without: int
    sought: int
    value: float
    hint: bool
    why: str


@dataclass(frozen=True, slots=True)
class Compound:
    """A name for families that mean one thing together, for use in `without`. ways: sets of families, as bits; each will do."""

    bit: int
    ways: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, the reasons for and against it, and its thresholds.

    by_first: all reasons by the first family that each needs; most: what reasons in favour add up to at the highest; hints: what
    those that never say AI do.
    """

    name: str
    in_favour: tuple[Weight, ...]
    against: tuple[Weight, ...]
    by_first: Mapping[str, list[Weight]]
    yes: float
    unclear: float
    most: float
    hints: float

    def fired(self, families: Iterable[str], found: int) -> list[Weight]:
        """The weights whose families are all there, and none that would silence them. found: the families as bits."""
        known = (weight for family in families for weight in self.by_first.get(family, ()))
        return [weight for weight in known if found & weight.needed == weight.needed and not found & weight.without]

    def within(self, reachable: int) -> Question:
        """The question with those reasons alone whose families are all in reach."""
        in_favour, against = (
            tuple([weight for weight in weights if reachable & weight.needed == weight.needed])
            for weights in (self.in_favour, self.against)
        )
        return replace(self, in_favour=in_favour, against=against)

    def verdict(self, fired: Iterable[Weight]) -> bool | None:
        """True, False, or `None` where the sum lies between the thresholds."""
        score = self._sum(fired)
        if score >= self.yes:
            return True
        return None if score >= self.unclear else False

    def is_open(self, found: int, possible: int) -> bool:
        """False when even all reasons in favour that may still come could not outweigh those against that nothing can take away."""
        reachable = found | possible
        sure = [weight for weight in self.against if found & weight.needed == weight.needed and not reachable & weight.without]
        if round(self.most + self._sum(sure), 6) < self.unclear:
            return False
        return self._sum(sure + [weight for weight in self.in_favour if reachable & weight.needed == weight.needed]) >= self.unclear

    def _sum(self, weights: Iterable[Weight]) -> float:
        spoken = hints = against = 0.0
        for weight in weights:
            if weight.value < 0:
                against += weight.value
            elif weight.hint:
                hints += weight.value
            else:
                spoken += weight.value
        return round(min(self.most, spoken + min(self.hints, hints)) + against, 6)


@dataclass(frozen=True, slots=True)
class Rules:
    """Signals and questions; the families in the order in which they are sought, and those that make modalities, sought last.

    bits: each family as a bit, also as `title:` and `not:` of it, and each compound; negations: the bits of `not:`; anything: all that
    a text may carry and that counts.
    """

    lexicon: Lexicon
    ai_training: Question
    performers: Question
    bits: Mapping[str, int]
    compounds: tuple[Compound, ...]
    negations: int
    anything: int
    order: tuple[frozenset[str], ...]
    modalities: tuple[str, ...]

    def mask(self, families: Iterable[str]) -> int:
        """Families as bits."""
        bits = 0
        for family in families:
            bits |= self.bits[family]
        return bits

    def fired(self, question: Question, found: Iterable[str]) -> list[Weight]:
        """The weights for a question whose families are all there, and nothing that would silence them."""
        return question.fired(found, self._compounded(self.mask(found)))

    def within(self, reachable: int) -> Rules:
        """The rules that still count where `reachable` is all that is found or can be; what is there can also be negated."""
        reachable |= self.negations
        ai_training, performers = self.ai_training.within(reachable), self.performers.within(reachable)
        matter = self.mask(self.modalities)
        for weight in (*ai_training.in_favour, *ai_training.against, *performers.in_favour, *performers.against):
            matter |= weight.sought
        for compound in self.compounds:
            for way in compound.ways:
                if reachable & way == way:
                    matter |= way
        return replace(self, ai_training=ai_training, performers=performers, anything=matter)

    def is_open(self, found: int, possible: int) -> bool:
        """False when what is still possible can raise no answer above False."""
        reachable = self._compounded(found | possible)
        return self.ai_training.is_open(found, reachable) or self.performers.is_open(found, reachable)

    def _compounded(self, bits: int) -> int:
        for compound in self.compounds:
            for way in compound.ways:
                if bits & way == way:
                    bits |= compound.bit
                    break
        return bits


@cache
def rules() -> Rules:
    """Read the data files. Raises ConfigError where a weight names a family that no signal has."""
    data = tomllib.loads((HERE / "relevance.toml").read_text(encoding="utf-8"))
    lexicon = Lexicon(signals.read(HERE / "signals"))
    known = sorted(lexicon.families | {f"title:{family}" for family in lexicon.families})
    bits = {family: 1 << at for at, family in enumerate([*known, *data["together"]])}
    _check(data, bits)
    ways = {name: tuple(sum(bits[family] for family in way) for way in sets) for name, sets in data["together"].items()}
    return Rules(
        lexicon=lexicon,
        ai_training=_question("ai_training", data, bits),
        performers=_question("performers", data, bits),
        bits=bits,
        compounds=tuple(Compound(bits[name], each) for name, each in ways.items()),
        negations=sum(bit for name, bit in bits.items() if name.startswith("not:")),
        anything=sum(bits[family] for family in lexicon.families),
        order=(*map(frozenset, data["order"]), lexicon.families.difference(*data["order"], data["modalities"])),
        modalities=tuple(data["modalities"]),
    )


def _question(name: str, data: Mapping[str, Any], bits: Mapping[str, int]) -> Question:
    weights = [_weight(table, bits) for table in data["weight"] if table["question"] == name]
    in_favour = tuple(weight for weight in weights if weight.value > 0)
    against = tuple(weight for weight in weights if weight.value < 0)
    by_first: dict[str, list[Weight]] = {}
    for weight in weights:
        by_first.setdefault(weight.needs[0], []).append(weight)
    return Question(name, in_favour, against, by_first, **data["thresholds"][name])


def _weight(table: Mapping[str, Any], bits: Mapping[str, int]) -> Weight:
    needs = tuple(sorted(table["needs"]))
    needed, without = (sum(bits[family] for family in families) for families in (needs, table.get("without", ())))
    sought = 0
    for family in (*needs, *table.get("without", ())):
        sought |= bits[family.removeprefix("not:")]
    return Weight(table["question"], needs, needed, without, sought, table["value"], table.get("hint", False), table["why"])


def _check(data: Mapping[str, Any], known: Mapping[str, int]) -> None:
    named = [(name, weight["why"]) for weight in data["weight"] for name in (*weight["needs"], *weight.get("without", ()))]
    for name, where in (
        *named,
        *((name, together) for together, sets in data["together"].items() for way in sets for name in way),
        *((name, "order") for stage in data["order"] for name in stage),
        *((name, "modalities") for name in data["modalities"]),
    ):
        if name not in known:
            raise ConfigError(f"relevance.toml: no signal has the family {name!r} (in {where!r})")
    unknown = {weight["question"] for weight in data["weight"]} - set(data["thresholds"])
    if unknown:
        raise ConfigError(f"relevance.toml: a weight asks {sorted(unknown)[0]!r}, which has no thresholds")
