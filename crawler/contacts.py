"""Contact details of persons in a text: e-mail addresses, telephone numbers, personal pages, names in contact lines.

What marks them is data: `redact.toml`, with its examples. A pattern is tried only where plain search says that it can begin.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import re2

from crawler import telephone

MOST_NAMES = 200  # further mentions are looked for: a text with more names was made to cost time
LOCAL = 64  # characters of an address before its @

_QUOTED_AT = r"""[\[({<"']\s?at\s?[\])}>"']"""
_AT = rf"(?:@|%40|\\u0040|\s?{_QUOTED_AT}\s?)"
_DOT = r"(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)"
_EMAIL = re.compile(rf"(?<![\w.+-])([\w.+%-]{{1,{LOCAL}}}){_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}}", re.IGNORECASE)
_BEFORE_AT = re.compile(rf"(?<![\w.+-])[\w.+%-]{{1,{LOCAL}}}\Z")
_WORD = r"(?:[^\W\d_]\.|[^\W\d_](?:[\w’'-]*\w)?)"
_PARTICLE = r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|bin|al|el|ter)[ \u00a0])"
_ON = r"(?=[ \u00a0](?:at|on|via|by|directly|if|with (?:any|questions)|for (?:more|details|further|an|any))\b|,? ?[(<])"
_NAME = rf"{_WORD}(?:[ \u00a0]{_PARTICLE}{{0,2}}{_WORD}){{1,3}}"
_NAME_REACH = 80  # characters before a detail in which a name is looked for
_AFTER_LABEL = re.compile(r"[:–—-]\s{0,2}(?=[^\W\d_])")


class Span(NamedTuple):
    """A contact detail: text[start:end]. kind: `email`, `phone`, `page` or `name`."""

    start: int
    end: int
    kind: str


class _Marks(NamedTuple):
    kinds: Any  # an re2 set: which of _KINDS a text can hold
    labels: tuple[str, ...]
    verbs: tuple[str, ...]
    label: re.Pattern[str]
    labelled: re.Pattern[str]
    addressed: re.Pattern[str]
    before_detail: re.Pattern[str]
    page: re.Pattern[str]
    phone_word: re.Pattern[str]
    not_names: frozenset[str]


def spans(text: str) -> tuple[Span, ...]:
    """The contact details of persons in text, in order, none touching another.

    A linear-time pattern set says first which kinds a text can hold at all: most hold none.
    """
    kinds = {_KINDS[number] for number in _marks().kinds.Match(text) or ()}
    if "spelled out" in kinds:
        kinds.discard("email")
    details = [span for kind, find in _FINDERS.items() if kind in kinds for span in find(text)]
    if details or "name" in kinds:
        details += _names(text, details)
    return _apart(details)


def _apart(found: list[Span]) -> tuple[Span, ...]:
    """Sorted, with overlaps joined under the kind that begins first."""
    joined: list[Span] = []
    for span in sorted(found):
        if joined and span.start < joined[-1].end:
            joined[-1] = joined[-1]._replace(end=max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)


def _emails(text: str) -> Iterator[Span]:
    """Addresses around each @."""
    done = 0
    for at in _places(text, "@"):
        local = _BEFORE_AT.search(text, max(done, at - LOCAL), at) if at > done and not text[at - 1].isspace() else None
        found = _EMAIL.match(text, local.start()) if local else None
        if found:
            done = found.end()
            yield Span(found.start(), done, "email")


def _spelled_out(text: str) -> Iterator[Span]:
    for found in _EMAIL.finditer(text):
        yield Span(found.start(), found.end(), "email")


def _phones(text: str) -> Iterator[Span]:
    for start, end in telephone.find(text, _marks().phone_word):
        yield Span(start, end, "phone")


def _pages(text: str) -> Iterator[Span]:
    for found in _marks().page.finditer(text):
        yield Span(found.start(1), found.end(1), "page")


_KINDS = ("email", "spelled out", "phone", "page", "name", "name")
_FINDERS = {"email": _emails, "spelled out": _spelled_out, "phone": _phones, "page": _pages}


def _names(text: str, details: list[Span]) -> Iterator[Span]:
    """Names after a label or a verb, names right before another detail, and each further mention of such a name."""
    marks = _marks()
    names = dict.fromkeys(_named_by_addresses(text, details))
    for match in (*_labelled(text, marks), *_addressed(text, marks), *_before(text, marks, details)):
        name = _person(match[1], marks.not_names)
        if name:
            names[name] = None
            yield Span(match.start(1), match.start(1) + len(name), "name")
    for name in list(names)[:MOST_NAMES]:
        yield from (Span(start, start + len(name), "name") for start in _mentions(text, name))


def _labelled(text: str, marks: _Marks) -> Iterator[re.Match[str]]:
    """Names after a label with a colon or a dash, looked for from the colon."""
    done = 0
    for mark in _AFTER_LABEL.finditer(text):
        at = mark.start()
        if at < done or not text[max(0, at - len(marks.labels[0]) - 1) : at].lower().rstrip().endswith(marks.labels):
            continue
        label = marks.label.search(text, max(done, at - len(marks.labels[0]) - 1), at)
        found = marks.labelled.match(text, label.start()) if label else None
        if found:
            done = found.end()
            yield found


def _addressed(text: str, marks: _Marks) -> Iterator[re.Match[str]]:
    """Names after a verb such as "email", looked for from the verb."""
    done, lowered = 0, _lowered(text)
    for at in sorted({at for verb in marks.verbs for at in _places(lowered, verb)}):
        found = marks.addressed.match(text, at) if at >= done else None
        if found:
            done = found.end()
            yield found


def _before(text: str, marks: _Marks, details: list[Span]) -> Iterator[re.Match[str]]:
    """Names right before another detail, on its line or the end of the line above."""
    for start, _, _ in details:
        reach = max(0, start - _NAME_REACH)
        line = text.rfind("\n", reach, max(reach, start - 1)) + 1
        found = marks.before_detail.search(text, line or reach, start)
        if found:
            yield found


def _named_by_addresses(text: str, details: list[Span]) -> Iterator[str]:
    """jane.doe@... tells that "Jane Doe" in the text is a person to be covered."""
    local = {text[start:end].partition("@")[0] for start, end, kind in details if kind == "email"}
    for address in sorted(local)[:MOST_NAMES]:
        parts = re.split(r"[._-]", address)
        if len(parts) > 1 and all(part.isalpha() and len(part) > 1 for part in parts):
            yield from _spelled_apart(text, parts)


def _spelled_apart(text: str, parts: Sequence[str]) -> Iterator[str]:
    """These words after one another, with a space or a point, or an initial, between them."""
    between = r"[ .\u00a0]{1,2}(?:[A-Z]\. )?"
    pattern = re.compile(rf"(?<!\w){between.join(parts)}(?!\w)", re.IGNORECASE)
    done = 0
    for at in _places(_lowered(text), parts[0].lower()):
        found = pattern.match(text, at) if at >= done else None
        if found:
            done = found.end()
            yield found[0]


def _mentions(text: str, name: str) -> Iterator[int]:
    """Where a name stands as whole words."""
    at = text.find(name)
    while at >= 0:
        around = text[max(0, at - 1) : at] + text[at + len(name) : at + len(name) + 1]
        if whole := not any(each.isalnum() or each == "_" for each in around):
            yield at
        at = text.find(name, at + (len(name) if whole else 1))


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _lowered(text: str) -> str:
    """In lower case, letter for letter: the one letter that becomes two stays as it is."""
    return text.replace("İ", "i").lower()


def _person(candidate: str, not_names: frozenset[str]) -> str | None:
    """The leading words of candidate that can be a person's name, if there are two of them."""
    words = re.split("([ \u00a0])", candidate)
    if any(word.lower() in not_names for word in words):
        return None
    kept = 0
    for number, word in enumerate(words):
        if word[0].isupper():
            kept = number + 1
        elif not word.isspace() and not re.fullmatch(_PARTICLE, word + " "):
            break
    name = "".join(words[:kept])
    return name if kept > 1 and not name.isupper() else None


@cache
def _marks() -> _Marks:
    data: dict[str, Any] = tomllib.loads(Path(__file__).with_name("redact.toml").read_text("utf-8"))
    labels, verbs, words, pages = (_any_of(data[key]) for key in ("labels", "verbs", "phone_words", "pages"))
    return _Marks(
        kinds=_set_of(
            "@",
            rf"(?i)%40|\\u0040|{_QUOTED_AT}",
            r"\d[\d ()./\x{a0}\x{2010}-\x{2013}-]{5,24}\d",
            rf"(?i){pages}",
            rf"\b(?i:{labels})\s?[:–—-]\s{{0,2}}\p{{Lu}}",
            rf"\b(?i:{verbs})[ \x{{a0}}]\p{{Lu}}",
        ),
        labels=tuple(sorted(data["labels"], key=len, reverse=True)),
        verbs=tuple(data["verbs"]),
        label=re.compile(rf"(?<!\w)(?i:{labels})\s?\Z"),
        labelled=re.compile(rf"(?<!\w)(?i:{labels})\s?[:–—-]\s{{0,2}}({_NAME})"),
        addressed=re.compile(rf"(?<!\w)(?i:{verbs})[ \u00a0]({_NAME}){_ON}"),
        before_detail=re.compile(rf"({_NAME})[ ,;:<(|–—-]{{0,3}}(?:at |on |via )?$"),
        page=re.compile(rf"(?i:{pages})([\w%+-]+/?)"),
        phone_word=re.compile(rf"(?<!\w)(?i:{words})(?!\w)[^\n]*$"),
        not_names=frozenset(data["not_names"]),
    )


def _set_of(*patterns: str) -> Any:
    made = re2.Set.SearchSet()
    for pattern in patterns:
        made.Add(pattern)
    made.Compile()
    return made


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
