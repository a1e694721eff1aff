"""A board's own pay fields, where it fills them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.findings.structured_pay import pay
from crawler.records import Pay
from crawler.spiders._fields import number, text


def offer(low: object, high: object, currency: object, unit: object, raw: Mapping[str, Any] | str, rule: str) -> tuple[Pay, ...]:
    """The pay that two fields state, or nothing: boards write zero, null or an empty string where nothing is stated."""
    least, most = number(low), number(high)
    if not least and not most:
        return ()
    return (pay(least, most, text(currency), text(unit), raw, rule),)
