"""What words a text cannot lack where an expression matches in it, told from the expression alone.

An expression is google-re2, or a wording in its shorthand (`wording.py`). A stretch of it is read as the forms that it can take: words
in lower case, " " for a border between two words and "*" for anything at all, borders too: `(?:data )?sets?\\b` has the forms "data
sets ", "data set ", "sets " and "set ". Forms that become too many are let go, and the words that each of them holds are kept. A word
is a run of ASCII letters and digits, as in `gates.each_word`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

Group = frozenset[str]
"""Words of which a text has at least one; "exploit*" stands for every word that begins so."""

STEM = 3
"""Letters that the known beginning of a word has at least; a shorter one is not worth a look."""

ANY = "*"
"""In a form: anything at all; after a word: the word may go on."""

_BORDER = " "
_MOST = 48  # forms of a stretch made of two
_FEW = 10  # members of a class that is spelt out
_TOKEN = re.compile(
    r"(?P<words>[A-Za-z0-9 ]+(?![*+?]|\{\d))|(?P<opens>\((?:\?(?:[a-z]*:|P<\w+>))?(?!\?))|(?P<closes>\))|(?P<flags>\(\?[a-z]+\))"
    r"|(?P<name>\{[a-z_]+\})|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<escape>\\x\{[0-9A-Fa-f]+\}|\\.)"
    r"|(?P<repeat>(?:[*+?]|\{\d+(?:,\d*)?\})\??)|(?P<sign>[\s\S])"
)
_MEMBER = re.compile(r"\\x\{[0-9A-Fa-f]+\}|\\.|([0-9])-([0-9])|[\s\S]")
_RANGE = re.compile(r"[A-Za-z]-[A-Za-z]")
_WIDE = frozenset((r"\w", r"\d", r"\S", r"\D", r"\C", "."))
_LAST = ("", "")


class _Part(NamedTuple):
    """What a stretch matches: one of the forms; and the groups of which no match of it lacks a word."""

    forms: tuple[str, ...]
    needs: tuple[Group, ...] = ()


_NOTHING, _ALL, _EDGE = (_Part((form,)) for form in ("", ANY, _BORDER))
_MAYBE_EDGE = _Part(("", _BORDER))


class Needs:
    """Reads expressions that share names for stretches of them (`{name}`). Raises KeyError for a name that is not there."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._names = names or {}
        self._known: dict[tuple[str, bool], _Part] = {}

    def of(self, expression: str) -> tuple[Group, ...]:
        """The groups of words of an expression; none where it can match without any certain word."""
        return tuple(dict.fromkeys(_all_needs(_Reading(self, expression).either(_NOTHING))))

    def part(self, source: str, bordered: bool) -> _Part:
        """A group or a name, read once however often it stands in expressions. bordered: it stands after a border."""
        known = self._known.get((source, bordered))
        if known is None:
            inner = (
                self._names[source[1:-1]] if source[0] == "{" else source[source.index(":") + 1 : -1] if source[1] == "?" else source[1:-1]
            )
            known = self._known[source, bordered] = _Reading(self, inner).either(_EDGE if bordered else _NOTHING)
        return known


class _Reading:
    """One expression, read from left to right."""

    def __init__(self, known: Needs, expression: str) -> None:
        self._known = known
        self._tokens = _tokens(expression)
        self._at = 0

    def either(self, begins: _Part) -> _Part:
        """All alternatives. begins: a border, where one stands before the expression."""
        parts = [self._sequence(begins)]
        while self._tokens[self._at] != _LAST:
            self._at += 1
            parts.append(self._sequence(begins))
        return _either(parts)

    def _sequence(self, begins: _Part) -> _Part:
        whole = begins
        while self._tokens[self._at] not in _ENDS:
            kind, token = self._tokens[self._at]
            self._at += 1
            sign = self._tokens[self._at]
            if kind in ("group", "name"):
                once = sign[0] != "repeat" or sign[1][0] == "?"
                part = self._known.part(token, once and _end_at_border(whole.forms))
            else:
                part = _plain(kind, token)
            if sign[0] == "repeat":
                part = _repeated(part, sign[1])
                self._at += 1
            whole = _joined(whole, part)
        return whole


_ENDS = frozenset((("sign", "|"), _LAST))


def _tokens(expression: str) -> list[tuple[str, str]]:
    """The tokens of an expression, a bracketed group as one."""
    found: list[tuple[str, str]] = []
    depth = opened = 0
    for token in _TOKEN.finditer(expression):
        kind = token.lastgroup or ""
        if kind == "opens":
            opened = opened if depth else token.start()
            depth += 1
        elif kind == "closes" and depth:
            depth -= 1
            if not depth:
                found.append(("group", expression[opened : token.end()]))
        elif not depth:
            found.append((kind, token.group()))
    return [*found, _LAST]


@cache
def _plain(kind: str, token: str) -> _Part:
    """A part that has no parts; "~" is the wordings' blank or none."""
    if kind == "words":
        return _Part((token.lower(),))
    if kind == "class":
        return _of_class(token[1:-1])
    if token in _WIDE:
        return _ALL
    if kind == "flags" or token == r"\B":
        return _NOTHING
    return _MAYBE_EDGE if token == "~" else _Part((_folded(token),))


def _of_class(members: str) -> _Part:
    """A class of characters: a few are spelt out, and any number of them that part words are a border."""
    each = [digit for found in _MEMBER.finditer(members) for digit in _digits(found)]
    if members.startswith("^") or _RANGE.search(members) or not _WIDE.isdisjoint(each):
        return _ALL
    forms = tuple(dict.fromkeys(map(_folded, each)))
    return _Part(forms) if len(forms) <= _FEW else _ALL


def _digits(found: re.Match[str]) -> Iterable[str]:
    return map(str, range(int(found[1]), int(found[2]) + 1)) if found[1] else (found.group(),)


def _folded(character: str) -> str:
    return character.lower() if len(character) == 1 and character.isascii() and character.isalnum() else _BORDER


def _repeated(part: _Part, sign: str) -> _Part:
    """Once or not at all; else anything may stand between the first time and the last."""
    optional = sign[0] in "*?" or sign.startswith("{0")
    if sign[0] == "?" or sign.startswith("{0,1}"):
        return _ALL if part.needs else _Part((*part.forms, ""))
    if part == _EDGE:
        return _MAYBE_EDGE if optional else _EDGE
    last = tuple([form if form[:1] == ANY else ANY + form for form in part.forms])
    if optional:
        return _Part((*last, ""))
    return part if last == part.forms else _Part(last, _all_needs(part))


def _joined(left: _Part, right: _Part) -> _Part:
    """One stretch after the other; at a border, or where the forms of the two become too many, those of the left are let go."""
    needs = left.needs + right.needs
    if len(left.forms) == 1 == len(right.forms):
        return _Part((left.forms[0] + right.forms[0],), needs)
    if len(left.forms) > 1 < len(right.forms):
        before_border = right.forms[0][:1] == _BORDER and all(form[:1] == _BORDER for form in right.forms)
        if before_border or _end_at_border(left.forms) or len(left.forms) * len(right.forms) > _MOST:
            left = _let_go(left, before_border)
            needs = left.needs + right.needs
    return _Part(tuple([one + other for one in left.forms for other in right.forms]), needs)


def _end_at_border(forms: Sequence[str]) -> bool:
    return forms[-1][-1:] == _BORDER and (len(forms) == 1 or all(form[-1:] == _BORDER for form in forms))


def _let_go(part: _Part, before_border: bool) -> _Part:
    """A part as the words that it holds, and the borders it has on both sides."""
    forms: Sequence[str] = [form + _BORDER for form in part.forms] if before_border else part.forms
    begins, ends = all(form[:1] == _BORDER for form in forms), all(form[-1:] == _BORDER for form in forms)
    rest = _BORDER if begins and ends else (_BORDER * begins) + ANY + (_BORDER * ends)
    return _Part((rest,), part.needs + _groups(forms))


def _either(parts: Sequence[_Part]) -> _Part:
    """One of several: of each, in turn, the group that says most, then the next."""
    if len(parts) == 1:
        return parts[0]
    if not any(part.needs for part in parts):
        return _Part(tuple(dict.fromkeys(chain.from_iterable([part.forms for part in parts]))))
    ranked = [sorted(_all_needs(part), key=_plainness) for part in parts]
    return _Part(_ALL.forms, tuple(frozenset(chain.from_iterable(groups)) for groups in zip(*ranked, strict=False)))


def _plainness(group: Group) -> float:
    """How little a group says: short words stand in many texts."""
    return sum(4.0 ** -len(word.rstrip(ANY)) for word in group)


def _all_needs(part: _Part) -> tuple[Group, ...]:
    return part.needs + _groups(part.forms)


def _groups(forms: Iterable[str]) -> tuple[Group, ...]:
    """Groups of which every form has a word: place by place, else the words in all of them, then the first, last and longest others."""
    rows = [_words(form) for form in forms]
    if not all(rows):
        return ()
    shared: set[str] = set()
    if len({len(row) for row in rows}) > 1:
        shared = set(rows[0]).intersection(*rows)
        others = [[word for word in row if word not in shared] for row in rows]
        rows = [(row[0], row[-1], max(row, key=len)) for row in others] if all(others) else []
    return (*(frozenset((word,)) for word in sorted(shared)), *map(frozenset, zip(*rows, strict=True)))


@cache
def _words(form: str) -> tuple[str, ...]:
    """The words of a form of which enough is known; what touches its ends may go on outside of it."""
    _, *inner = form.split(_BORDER)
    if not inner:
        return ()  # it may begin and end in the middle of words
    last = _beginning(inner.pop() + ANY)
    if ANY in form:
        inner = [_beginning(word) if ANY in word else word for word in inner]
    return tuple(filter(None, (*inner, last)))


def _beginning(word: str) -> str:
    """A word up to where anything may stand in it; nothing where too little is known."""
    known = word[: word.index(ANY)]
    return known + ANY if len(known) >= STEM else ""
