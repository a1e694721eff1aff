"""Is a sum pay? The nearest pay word or decoy word in its sentence decides; both are data, in `pay_cues.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crawler.findings import pay_numerals
from crawler.findings.pay_vocabulary import units

WORDS_AND_COMMAS = re.compile(r"[^\W_](?:[^\W_]|['’.,\-/](?=[^\W_]))*|[+&:,]")
_WORDS = re.compile(r"[^\W_](?:[^\W_]|['’.\-/](?=[^\W_]))*|[+&:]")
_DECOY_REACH = 7  # words after a sum in which a decoy may stand
_NOWHERE = 10_000  # the distance of a word that is not there
_CLOSE = 3  # words before a sum in which a close pay word ends
_WORK = frozenset({"for", "film", "movie"})  # after a rate these say what the work is
_PERSON = re.compile(r"[^\W\d_]{3,}(?:er|or|ist|ian|man|woman|ant|assistant|model|actress|nurse|host)s?")
_PLUS = frozenset({"+", "plus", "and", "&", "with"})


class Phrases:
    """A set of phrases, found in a list of words by their first word."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(_WORDS.findall(phrase.lower())) or (phrase,)
            self._by_first.setdefault(words[0], []).append(words)
        for same in self._by_first.values():
            same.sort(key=len, reverse=True)

    def at(self, words: Sequence[str], index: int) -> int:
        """How many words the longest phrase that begins at `index` has; 0 where none does."""
        for phrase in self._by_first.get(words[index], ()):
            size = len(phrase)
            if size == 1 or tuple(words[index : index + size]) == phrase:
                return size
        return 0

    def last(self, words: Sequence[str]) -> int:
        """Where the last phrase ends, counted in words from the end (0: it ends the list); -1 where there is none."""
        distance, size = self.nearest(words)
        return distance if size else -1

    def nearest(self, words: Sequence[str]) -> tuple[int, int]:
        """How many words from the end the last phrase stands, and minus its size, so that the nearest and longest sorts first."""
        starts = [index for index, word in enumerate(words) if word in self._by_first]
        if not starts:
            return _NOWHERE, 0
        ends = [(index + size, size) for index in starts if (size := self.at(words, index))]
        end, size = max(ends, default=(len(words) - _NOWHERE, 0))
        return len(words) - end, -size

    def last_phrases(self, words: Sequence[str]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Every phrase, the last first, each with how many words follow it."""
        for index in range(len(words) - 1, -1, -1):
            start = next((start for start in range(max(0, index - 2), index) if self.at(words, start) > index - start), index)
            if size := self.at(words, start):  # "half day" is not "day"
                yield tuple(words[start : start + size]), len(words) - start - size

    def first(self, words: Sequence[str]) -> int:
        """Where the first phrase begins; -1 where there is none."""
        return next((index for index, word in enumerate(words) if word in self._by_first and self.at(words, index)), -1)


@dataclass(frozen=True, slots=True)
class Cues:
    """The tables of `pay_cues.toml`."""

    offer_before: Phrases
    offer_close: Phrases
    offer_after: Phrases
    title: Phrases
    roles: Phrases
    decoy_before: Phrases
    decoy_sentence: Phrases
    decoy_weak: Phrases
    decoy_goods: Phrases
    decoy_after: Phrases
    decoy_counts: Phrases
    decoy_counted: Phrases
    annual: Phrases
    salaried: Phrases
    gig: Phrases
    pay: Phrases
    no_person: frozenset[str]
    prose: frozenset[str]
    production: frozenset[str]
    ends: frozenset[str]
    hits: Sequence[str]
    misses: Sequence[str]


@cache
def cues() -> Cues:
    """The cues, read once."""
    table: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "pay_cues.toml").read_text(encoding="utf-8"))
    offer, decoy, payers = table["offer"], table["decoy"], table["payers"]
    priced = [f"{who} {verb}" for who in payers["who"] for verb in payers["verbs"]]
    return Cues(
        offer_before=Phrases(offer["before"]),
        offer_close=Phrases(offer["close"]),
        offer_after=Phrases(offer["after"]),
        title=Phrases(offer["title"]),
        roles=Phrases(offer["roles"]),
        decoy_before=Phrases([*decoy["before"], *priced]),
        decoy_sentence=Phrases(decoy["sentence"]),
        decoy_weak=Phrases(decoy["weak"]),
        decoy_goods=Phrases([phrase for phrase in decoy["weak"] if phrase not in decoy["places"]]),
        decoy_after=Phrases([*decoy["after"], *priced]),
        decoy_counts=Phrases(decoy["counts"]),
        decoy_counted=Phrases(decoy["counted"]),
        annual=Phrases(table["annual"]),
        salaried=Phrases(table["salaried"]),
        gig=Phrases(table["gig"]),
        pay=Phrases(table["pay"]),
        no_person=frozenset(table["no_person"]),
        prose=frozenset(table["prose"]),
        production=frozenset(table["production"]),
        ends=frozenset(table["ends"]),
        hits=table["hits"],
        misses=table["misses"],
    )


def words(segment: str) -> list[str]:
    """The words of a lower-case segment, with "+", "&" and ":" as words of their own, and the cues of scripts without blanks parted."""
    found = _WORDS.findall(segment if segment.isascii() else _unspaced().sub(r" \g<0> ", segment))
    if "/" not in segment:
        return found
    return [part for word in found for part in ([word] if "/" not in word or word in _slashed() else word.split("/"))]


@cache
def _slashed() -> frozenset[str]:
    """Words with a stroke that cues and labels are written with ("pay/hr"); others are two words."""
    labels = (label for unit in units().values() for label in unit.labels)
    tables = tomllib.loads((Path(__file__).parent / "pay_cues.toml").read_text(encoding="utf-8"))
    cues_ = (phrase for table in ("offer", "decoy") for phrases in tables[table].values() for phrase in phrases)
    return frozenset(word for phrase in (*labels, *cues_) for word in _WORDS.findall(phrase) if "/" in word)


@cache
def _unspaced() -> re.Pattern[str]:
    """Every cue and label of a script that writes words without blanks."""
    offer: Mapping[str, Sequence[str]] = tomllib.loads((Path(__file__).parent / "pay_cues.toml").read_text(encoding="utf-8"))["offer"]
    phrases = {*offer["before"], *offer["title"], *(label for unit in units().values() for label in unit.labels)}
    spelled = sorted((phrase for phrase in phrases if any(map(pay_numerals.ideograph, phrase))), key=len, reverse=True)
    return re.compile("|".join(spelled))


def words_and_commas(segment: str) -> list[str]:
    """The same with commas, which end the reach of a decoy after a sum."""
    return WORDS_AND_COMMAS.findall(segment)


def decoy_before(before: Sequence[str], weak: bool, persons: bool = False, wage: bool = False) -> bool:
    """Is the nearest cue before the sum a decoy? "Salary plus bonus: $50,000" is none: what comes with "plus" is not the head.

    weak: also by words that only hint at a purchase or a benefit ("school", "camera"), for sums without a unit of work.
    persons: a word for somebody behind the decoy takes it back ("ticket seller, £12 an hour").
    wage: the sum is a year's, so that a place of work is no hint ("outstanding school, £20k per annum").
    """
    heads = _heads(before)
    offer, decoy = (
        min(cues().offer_before.nearest(before), cues().offer_close.nearest(before[-_CLOSE:])),
        cues().decoy_before.nearest(heads),
    )
    hint = (cues().decoy_goods if wage else cues().decoy_weak).nearest(heads) if weak else (_NOWHERE, 0)
    if min(decoy, hint)[0] >= _NOWHERE or min(decoy, hint) > offer:
        return False
    return not ((persons or hint < decoy) and any(map(_person, before[len(before) - min(decoy, hint)[0] :])))


def _person(word: str) -> bool:
    """Does a word name somebody by what they do: "seller", "presenter", "pianist"?"""
    return _PERSON.fullmatch(word) is not None and word.removesuffix("s") not in cues().no_person


def _heads(before: Sequence[str]) -> list[str]:
    """The words with "plus bonus" and the like blanked, where a pay word comes before the "plus"."""
    if _PLUS.isdisjoint(before):
        return list(before)
    offer = cues().offer_before.first(before)
    return ["" if 0 <= offer < index - 1 and before[index - 1] in _PLUS else word for index, word in enumerate(before)]


def decoy_after(after: Sequence[str], working: bool = False) -> bool:
    """Does a decoy follow before the clause turns? working: the sum has a unit of work, so that "for training" says what the work is."""
    near = after[:_DECOY_REACH]
    reach = next((index for index, word in enumerate(near) if word in cues().ends), len(near))
    decoy, offer = cues().decoy_after.first(near), cues().offer_after.first(near)
    longer = decoy == offer == 0 and cues().decoy_after.at(near, 0) > cues().offer_after.at(near, 0)  # "$500 budget for your desk"
    said = working and decoy >= 0 and near[decoy] in _WORK
    return 0 <= decoy <= reach and not said and (offer != 0 or longer)


def of_its_own(after: Sequence[str]) -> int:
    """How many words after a sum belong to the decoy that follows it, and so to no later sum."""
    near = after[:_DECOY_REACH]
    start = cues().decoy_after.first(near)
    return start + cues().decoy_after.at(near, start) if start >= 0 else 0


def offered(before: Sequence[str], after: Sequence[str]) -> bool:
    """Does a pay word stand before the sum or close after it?"""
    close = cues().offer_close.last(before[-_CLOSE:]) == 0
    return close or cues().offer_before.last(before) >= 0 or cues().offer_after.first(after[:4]) >= 0


def speaks_of_pay(folded: str, start: int, end: int) -> bool:
    """Does the line around these characters speak of pay?"""
    left = folded.rfind("\n", max(0, start - 100), start)
    right = folded.find("\n", end, end + 60)
    line = folded[max(left, start - 100, 0) : right if right >= 0 else end + 60]
    return cues().pay.last(words(line)) >= 0
