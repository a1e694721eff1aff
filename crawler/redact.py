"""Contact details of persons are covered before a text is published; the store keeps them.

E-mail addresses (spelled-out ones too), telephone numbers, personal pages, and names in contact lines are replaced by as many full blocks,
so that every offset into the text stays true. What marks them is data: `redact.toml`, with its examples.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import re2

from crawler.text import from_html

BLOCK = "█"
REGIONS = ("US", "GB")
MOST_GROUPS = 6  # of digits in a telephone number: +44 20 79 46 09 58
MOST_NAMES = 200  # further mentions are looked for: a text with more names was made to cost time

_QUOTED_AT = r"""[\[({<"']\s?at\s?[\])}>"']"""
_AT = rf"(?:@|%40|\\u0040|\s?{_QUOTED_AT}\s?)"
_DOT = r"(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)"
_EMAIL = re.compile(rf"(?<![\w.+-])([\w.+%-]{{1,64}}){_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}}", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w$€£¥.,:/-])\+?\(?\d[\d ()./\u00a0\u2010-\u2013-]{5,24}\d(?![\w%€])")
_NOT_A_PHONE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{4}|\d{1,3} 000\b")
_MONEY_AFTER = re.compile(r"\s*(?:[$€£¥]|[A-Z]{3}\b)")
_WORD = r"(?:[^\W\d_]\.|[^\W\d_](?:[\w’'-]*\w)?)"
_PARTICLE = r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|bin|al|el|ter)[ \u00a0])"
_ON = r"(?=[ \u00a0](?:at|on|via|by|directly|if|with (?:any|questions)|for (?:more|details|further|an|any))\b|,? ?[(<])"
_NAME = rf"{_WORD}(?:[ \u00a0]{_PARTICLE}{{0,2}}{_WORD}){{1,3}}"


class Span(NamedTuple):
    """A contact detail: text[start:end]. kind: `email`, `phone`, `page` or `name`."""

    start: int
    end: int
    kind: str


class _Marks(NamedTuple):
    kinds: Any  # an re2 set: which of _KINDS a text can hold
    labelled: re.Pattern[str]
    addressed: re.Pattern[str]
    before_detail: re.Pattern[str]
    page: re.Pattern[str]
    phone_word: re.Pattern[str]
    not_names: frozenset[str]


def redact(text: str) -> str:
    """text with every contact detail of a person covered; as long as before."""
    parts, done = [], 0
    for start, end, _ in spans(text):
        parts += [text[done:start], BLOCK * (end - start)]
        done = end
    return "".join([*parts, text[done:]]) if parts else text


def redact_html(html: str) -> str:
    """HTML with every contact detail covered that its text or its source shows, tags between the words or not.

    The markup stays as it is; its length may not. Raises UnreadableFile above `text.MAX_CHARACTERS`.
    """
    return cover(html, secrets(html))


def secrets(html: str) -> frozenset[str]:
    """The contact details that the text of a page shows, as words."""
    text = from_html(html)
    return frozenset(text[start:end] for start, end, _ in spans(text))


def cover(html: str, words: Collection[str]) -> str:
    """HTML with its own contact details covered, and these words wherever they stand, tags between them or not."""
    once = redact(html)
    text = from_html(once) if words else ""
    left = sorted((word for word in words if word in text or word in once), key=lambda word: (-len(word), word))
    return re.sub("|".join(map(_however_marked_up, left)), _cover_between_tags, once) if left else once


def _however_marked_up(secret: str) -> str:
    """A pattern for these words in HTML, with tags or line ends anywhere between them."""
    tags = "(?:<[^>]*>)*"
    spaces = rf"{tags}(?:\s|&nbsp;){tags}(?:\s|&nbsp;|<[^>]*>)*"
    words = (tags.join(re.escape(escape(character)) for character in word) for word in secret.split())
    return spaces.join(words)


def _cover_between_tags(found: re.Match[str]) -> str:
    return "".join(part if part.startswith("<") else BLOCK * len(part) for part in re.split("(<[^>]*>)", found[0]))


def spans(text: str) -> tuple[Span, ...]:
    """The contact details of persons in text, in order, none touching another.

    A linear-time pattern set says first which kinds a text can hold at all: most hold none.
    """
    kinds = {_KINDS[number] for number in _marks().kinds.Match(text) or ()}
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
    for found in _EMAIL.finditer(text):
        yield Span(found.start(), found.end(), "email")


def _phones(text: str) -> Iterator[Span]:
    for found in _NUMBER.finditer(text):
        if _looks_like_a_number(found[0]) and not _MONEY_AFTER.match(text, found.end()):
            announced = _marks().phone_word.search(text, max(0, found.start() - 30), found.start())
            if announced or _is_of_a_plan(found[0]):
                yield Span(found.start(), found.end(), "phone")


def _looks_like_a_number(candidate: str) -> bool:
    groups = re.findall(r"\d+", candidate)
    return 7 <= sum(map(len, groups)) <= 15 and len(groups) <= MOST_GROUPS and not _NOT_A_PHONE.search(candidate)


def _is_of_a_plan(number: str) -> bool:
    """Is it a valid number of a country (with +) or of one of REGIONS? Asked of phonenumbers, which is slow to load."""
    import phonenumbers

    for region in REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(number, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def _pages(text: str) -> Iterator[Span]:
    for found in _marks().page.finditer(text):
        yield Span(found.start(1), found.end(1), "page")


_KINDS = ("email", "phone", "page", "name", "name")
_FINDERS = {"email": _emails, "phone": _phones, "page": _pages}


def _names(text: str, details: list[Span]) -> Iterator[Span]:
    """Names after a label or a verb, names right before another detail, and each further mention of such a name."""
    marks = _marks()
    found = [*marks.labelled.finditer(text), *marks.addressed.finditer(text)]
    before = (marks.before_detail.search(text, max(0, detail.start - 80), detail.start) for detail in details)
    names = dict.fromkeys(_named_by_addresses(text, details))
    for match in (*found, *filter(None, before)):
        name = _person(match[1], marks.not_names)
        if name:
            names[name] = None
            yield Span(match.start(1), match.start(1) + len(name), "name")
    for name in list(names)[:MOST_NAMES]:
        for mention in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield Span(mention.start(), mention.end(), "name")


def _named_by_addresses(text: str, details: list[Span]) -> Iterator[str]:
    """jane.doe@... tells that "Jane Doe" in the text is a person to be covered."""
    local = {text[start:end].partition("@")[0] for start, end, kind in details if kind == "email"}
    for address in sorted(local)[:MOST_NAMES]:
        parts = re.split(r"[._-]", address)
        if len(parts) > 1 and all(part.isalpha() and len(part) > 1 for part in parts):
            between = r"[ .\u00a0]{1,2}(?:[A-Z]\. )?"
            yield from re.findall(rf"(?<!\w){between.join(parts)}(?!\w)", text, re.IGNORECASE)


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
    data: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    labels, verbs, words, pages = (_any_of(data[key]) for key in ("labels", "verbs", "phone_words", "pages"))
    return _Marks(
        kinds=_set_of(
            rf"(?i)@|%40|\\u0040|{_QUOTED_AT}",
            r"\d[\d ()./\x{a0}\x{2010}-\x{2013}-]{5,24}\d",
            rf"(?i){pages}",
            rf"\b(?i:{labels})\s?[:–—-]\s{{0,2}}\p{{Lu}}",
            rf"\b(?i:{verbs})[ \x{{a0}}]\p{{Lu}}",
        ),
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
