"""Telephone numbers in a text: announced by a word, or valid in a numbering plan (library phonenumbers)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

REGIONS = ("US", "GB")
MOST_GROUPS = 6  # of digits in a telephone number: +44 20 79 46 09 58
REACH = 30  # characters before a number in which a word can announce it
LONGEST_PLAIN = 11  # digits; a longer number may hide a country code
_TRUNKS = ("", "0", "1", "11", "44", "440")  # what may stand before a national number of REGIONS

# Begins with a class of characters, so that the search leaps from one to the next.
_NUMBER = re.compile(
    r"[+(\d](?<![\w$€£¥.,:/-].)(?:(?<=\+)\(?\d|(?<=\()\d|(?<=\d))[\d ()./\u00a0\u2010-\u2013-]{5,24}\d(?![\w%€])",
)
_NOT_A_PHONE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{4}|\d{1,3} 000\b")
_MONEY_AFTER = re.compile(r"\s*(?:[$€£¥]|[A-Z]{3}\b)")


def find(text: str, announcing: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of each telephone number. announcing: what right before a number makes it one, of a known plan or not."""
    for found in _NUMBER.finditer(text):
        if not _looks_like_a_number(found[0]) or _MONEY_AFTER.match(text, found.end()):
            continue
        if announcing.search(text, max(0, found.start() - REACH), found.start()) or _is_of_a_plan(found[0]):
            yield found.span()


def _looks_like_a_number(candidate: str) -> bool:
    groups = re.findall(r"\d+", candidate)
    return 7 <= sum(map(len, groups)) <= 15 and len(groups) <= MOST_GROUPS and not _NOT_A_PHONE.search(candidate)


def _is_of_a_plan(number: str) -> bool:
    """Is it a valid number of a country (with +) or of one of REGIONS? Asked of phonenumbers, which is slow."""
    import phonenumbers

    if not _can_be_of_a_plan(number):
        return False
    for region in REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(number, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def _can_be_of_a_plan(number: str) -> bool:
    """False where a short number without country code fits no national number of REGIONS, whatever prefix is taken off."""
    digits = "".join(re.findall(r"\d+", number))
    if "+" in number or len(digits) > LONGEST_PLAIN or digits.startswith(("00", "011")) or not digits.isascii():
        return True
    return any(digits.startswith(trunk) and _national().fullmatch(digits[len(trunk) :]) for trunk in _TRUNKS)


@cache
def _national() -> re.Pattern[str]:
    import phonenumbers

    plans = [phonenumbers.PhoneMetadata.metadata_for_region(region) for region in REGIONS]
    return re.compile("|".join(f"(?:{plan.general_desc.national_number_pattern})" for plan in plans if plan and plan.general_desc))
