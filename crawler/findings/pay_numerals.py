"""Numbers as postings write them: digit groups of three traditions, multiplying letters, and words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DIGITS = re.compile(r"\d[\d,.'’]*\d|\d")
_WORD = re.compile(r"[^\W\d_]+")
_SUFFIX = re.compile(r"([^\W\d_]{1,4})(?![^\W_])|[ \u00a0]([^\W\d_]{2,11})(?![^\W_])")
_SIGN = re.compile("[€$£]")  # "38 à 45 k€"
_LONGEST = 24  # more digits than this is an identifier


@dataclass(frozen=True, slots=True)
class Numbers:
    """The tables of `pay_numbers.toml`."""

    values: Mapping[str, float]
    scales: Mapping[str, float]
    letters: Mapping[str, float]
    suffixes: Mapping[str, float]
    marks: Mapping[str, str]
    ideographs: Mapping[str, float]
    examples: Mapping[str, float]


@cache
def numbers() -> Numbers:
    """The number words, read once."""
    return Numbers(**tomllib.loads((Path(__file__).parent / "pay_numbers.toml").read_text(encoding="utf-8")))


def value(digits: str, comma_decimal: bool = False) -> float | None:
    """Digits with their group marks as a number; `None` where they are no number (a date, a version).

    comma_decimal: the currency's own tradition, asked only where one mark before three digits could be either.
    """
    if len(digits) > _LONGEST:
        return None
    plain = digits.replace("'", "").replace("’", "")
    marks = [char for char in plain if char in ",."]
    if not marks:
        return float(plain)
    if len(set(marks)) == 2:
        return _mixed(plain, marks)
    return _grouped(plain, marks[0]) if len(marks) > 1 else _single(plain, marks[0], comma_decimal)


def _mixed(plain: str, marks: Sequence[str]) -> float | None:
    """Both marks: the last one is the decimal mark and may come once."""
    point = marks[-1]
    if marks.count(point) > 1:
        return None
    whole, _, rest = plain.rpartition(point)
    thousands = _grouped(whole, marks[0])
    return None if thousands is None else thousands + float(f"0.{rest}")


def _grouped(plain: str, mark: str) -> float | None:
    """Groups of three, or the Indian 2-2-3."""
    first, *groups = plain.split(mark)
    if not 1 <= len(first) <= 3 or len(groups[-1]) != 3:
        return None
    widths = {len(group) for group in groups[:-1]}
    return float(first + "".join(groups)) if widths <= {3} or widths <= {2} else None


def _single(plain: str, mark: str, comma_decimal: bool) -> float | None:
    """One mark. Before three digits it groups, except after a lone zero and for a point in a currency that groups by commas.

    "£65.500" still groups: nobody writes such cents.
    """
    whole, _, rest = plain.partition(mark)
    groups = len(rest) == 3 and len(whole) <= 3 and whole.strip("0") != ""
    if groups and (mark == "," or comma_decimal or rest.endswith("00")):
        return float(whole + rest)
    return float(f"{whole}.{rest}")


def multiplier(folded: str, at: int) -> tuple[float, int]:
    """The factor written right after a number ("k", "lakh", " million") and where it ends; (1, at) where there is none."""
    following = folded[at : at + 2]
    if following > "\u2fff" and (factor := numbers().ideographs.get(following[0])):
        return factor, at + 1
    if following == " k" and _SIGN.match(folded, at + 2):
        return 1000.0, at + 2
    match = _SUFFIX.match(folded, at)
    if match is None:
        return 1.0, at
    letters, word = match.groups()
    factor = numbers().letters.get(letters) or numbers().suffixes.get(letters) if letters else None
    factor = factor or numbers().suffixes.get(word or "")
    if factor and match.group().endswith("pa"):
        return factor, match.end() - 2  # "LPA" is lakhs per annum, and the unit is read from the rest
    return (factor, match.end()) if factor else (1.0, at)


def ideograph(char: str) -> bool:
    """Is this a letter of a script that writes words without blanks?"""
    return "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3"


def in_words(words: Sequence[str]) -> float | None:
    """Number words as a number ("a hundred and fifty" is 150); `None` where a word is no number word."""
    total, current, seen = 0.0, 0.0, False
    for before, word in zip(("", *words), words, strict=False):
        if word == "and" and before in numbers().scales:
            continue
        seen = True
        if word in numbers().values:
            current += numbers().values[word]
        elif word in numbers().scales:
            current = (current or 1.0) * numbers().scales[word]
            total, current = (total + current, 0.0) if numbers().scales[word] >= 1000 else (total, current)
        else:
            return None
    return total + current if seen and words[-1] != "and" else None


def words_of(phrase: str) -> list[str]:
    """The words of a phrase, hyphens parting them."""
    return _WORD.findall(phrase)
