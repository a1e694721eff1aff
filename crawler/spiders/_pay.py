"""A board's own pay fields, where it fills them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.findings.pay import find
from crawler.findings.structured_pay import pay
from crawler.records import Pay
from crawler.spiders._fields import number, text

LONGEST = 300  # characters; a pay field in words is a line, not a text


def offer(low: object, high: object, currency: object, unit: object, raw: Mapping[str, Any] | str, rule: str) -> tuple[Pay, ...]:
    """The pay that two fields state, or nothing: boards write zero, null or an empty string where nothing is stated."""
    least, most = number(low), number(high)
    if not least and not most:
        return ()
    return (pay(least, most, text(currency), text(unit), raw, rule),)


def in_words(said: str | None, rule: str) -> tuple[Pay, ...]:
    """The pay that a board's own pay field states in words ("£25 - £30 per hour"), read as any text is; the quote is the field."""
    if said is None or len(said) > LONGEST:
        return ()
    return tuple(replace(found, quote=said, start=None, end=None, rule=rule, origin="structured") for found in find(said))
