"""Promise against grant: what a posting promises, held against what its linked contract takes. Pure; speaks of words only.

Which promise relates to which rights is data (`promise_rules/*.toml`), with examples beside it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.findings import organizations
from crawler.records import Disclosure, Party, Polarity, Term

FOLDER = Path(__file__).parent / "promise_rules"

_KEYS = {"promise", "stated", "says", "restated", "opposed", "example"}


class Stand(StrEnum):
    """How a contract stands to a promise. `SILENT`: no related term is stated, which means neither yes nor no."""

    CONTRADICTS = "contradicts"
    NARROWS = "narrows"
    SILENT = "silent"
    SUPPORTS = "supports"


# A right granted speaks against a promise, a promise granted again speaks for it.
_OPPOSED = {Polarity.GRANTED: Stand.CONTRADICTS, Polarity.LIMITED: Stand.NARROWS, Polarity.DENIED: Stand.SUPPORTS}
_RESTATED = {Polarity.GRANTED: Stand.SUPPORTS, Polarity.LIMITED: Stand.NARROWS, Polarity.DENIED: Stand.CONTRADICTS}


@dataclass(frozen=True, slots=True)
class PromiseRule:
    """One promise: the code and polarities that state it, and the terms of a contract that bear on it, each with words."""

    promise: str
    stated: frozenset[Polarity]
    says: str
    restated: dict[str, str]
    opposed: dict[str, str]
    examples: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise beside the terms that contradict, narrow or support it; none of them where the contract is silent.

    promise: the posting's term. grants: the contract's terms, one for each code, in the order of the rule. words: a sentence to read it by.
    """

    promise: Term
    grants: tuple[Term, ...]
    verdict: Stand
    words: str

    @property
    def rights(self) -> tuple[str, ...]:
        """Codes of the contract's terms."""
        return tuple(grant.code for grant in self.grants)


def compare(promise_terms: Sequence[Term], contract_terms: Sequence[Term]) -> list[Verdict]:
    """Hold each promise of a posting against the terms of its contract: one row for each promise and verdict.

    A right that the posting refuses in one place and takes in another ("no deepfakes", beside a synthetic voice) is no promise.
    """
    rows: list[Verdict] = []
    given = {term.code for term in promise_terms if term.polarity is Polarity.GRANTED}
    for term in _most_telling(promise_terms, lambda term: (term.code, term.polarity)):
        rule = _rule_for(term)
        if rule and not (term.polarity is Polarity.DENIED and term.code in given):
            rows += _verdicts(rule, term, contract_terms)
    return rows


def _most_telling(terms: Iterable[Term], kind: Callable[[Term], Hashable]) -> list[Term]:
    """Of the terms of one kind the one with the longest quote: a heading names a right, the sentence below it says what is given."""
    found: dict[Hashable, Term] = {}
    for term in terms:
        other = found.get(kind(term))
        if other is None or len(term.quote) > len(other.quote):
            found[kind(term)] = term
    return list(found.values())


def parties_gap(posting_text: str, contract_parties: Sequence[Party]) -> tuple[str, ...]:
    """Names that the contract gives and the posting does not, under no known other name either, in the contract's order."""
    named = [party.name for party in contract_parties if party.name and party.disclosure is Disclosure.NAMED]
    once = {organizations.key(name): name for name in reversed(named)}
    gap = [name for name in once.values() if not _occurs(name, posting_text)]
    return tuple(sorted(gap, key=named.index))


@cache
def rules(folder: Path = FOLDER) -> tuple[PromiseRule, ...]:
    """All rules of the folder. Raises ConfigError for an unknown key or a verdict nobody knows."""
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def _read(path: Path) -> PromiseRule:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    missing, unknown = {"promise", "says", "opposed"} - set(data), set(data) - _KEYS
    if missing or unknown:
        raise ConfigError(f"{path}: keys missing {sorted(missing)}, unknown {sorted(unknown)}")
    return PromiseRule(
        promise=data["promise"],
        stated=frozenset(map(Polarity, data.get("stated", ["granted", "limited"]))),
        says=data["says"],
        restated=data.get("restated", {}),
        opposed=data["opposed"],
        examples=tuple(data.get("example", ())),
    )


def _rule_for(term: Term) -> PromiseRule | None:
    found = (rule for rule in rules() if rule.promise == term.code and term.polarity in rule.stated)
    return next(found, None)


def _verdicts(rule: PromiseRule, promise: Term, contract: Iterable[Term]) -> list[Verdict]:
    """The contract's related terms by the verdict they lead to, or one silent row."""
    by_stand: dict[Stand, dict[str, Term]] = {}
    for term in _most_telling(contract, lambda term: (term.code, _stand(rule, term))):
        stand = _stand(rule, term)
        if stand:
            by_stand.setdefault(stand, {})[term.code] = term
    if not by_stand:
        return [Verdict(promise, (), Stand.SILENT, f"Promised: {rule.says}. The contract says nothing about it.")]
    order = [*rule.restated, *rule.opposed]
    rows = []
    for stand in Stand:
        if found := by_stand.get(stand):
            grants = tuple(sorted(found.values(), key=lambda term: order.index(term.code)))
            rows.append(Verdict(promise, grants, stand, _words(rule, grants)))
    return rows


def _stand(rule: PromiseRule, term: Term) -> Stand | None:
    if term.code in rule.restated:
        return _RESTATED[term.polarity]
    return _OPPOSED[term.polarity] if term.code in rule.opposed else None


def _words(rule: PromiseRule, grants: Iterable[Term]) -> str:
    """A sentence: what was promised, and what each term of the contract does, under a limit or not at all where it says so."""
    how = {Polarity.GRANTED: "", Polarity.LIMITED: " (with limits)", Polarity.DENIED: " (refused)"}
    does = [f"{(rule.restated | rule.opposed)[grant.code]}{how[grant.polarity]}" for grant in grants]
    return f"Promised: {rule.says}. The contract {'; '.join(does)}."


def _occurs(name: str, text: str) -> bool:
    """True when the text names the organization: by this name, without its legal form, or by a known other name."""
    known = organizations.lookup(name)
    spellings = {name, organizations.canonical(name), *((known.name, *known.aliases) if known else ())}
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text, re.IGNORECASE) for each in spellings)
