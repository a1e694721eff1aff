"""Pay from a board's own fields (API or JSON-LD) as the same record as from text, and their disagreements."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

from crawler.findings.pay_vocabulary import currency_of_field, unit_of_field
from crawler.records import Pay, Problem

TOLERANCE = 0.005  # boards round: 72,800 in the field and 72,799.99 in the text are one sum


def pay(
    amount_min: float | str | None,
    amount_max: float | str | None,
    currency: str | None,
    unit_word: str | None,
    raw: Mapping[str, object] | str,
    rule: str,
) -> Pay:
    """A board's own pay fields as a `Pay` of origin `structured`; its quote is the field's JSON as received.

    Amounts are in the main unit of the currency. An unknown word for unit or currency gives `None`.
    Raises nothing: an amount that is no number is `None`.
    """
    low, high = _ordered(_number(amount_min), _number(amount_max))
    qualifiers = () if (low is None) == (high is None) else ("from",) if high is None else ("up_to",)
    quote = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, default=str)
    unit, code = unit_of_field(unit_word), currency_of_field(currency)
    return Pay(low, high, code, unit, qualifiers, None, None, quote, None, None, rule, origin="structured")


def _ordered(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """Some boards swap the two; some say "none" with a zero."""
    low = None if low == 0 and high else low
    high = None if high == 0 and low else high
    return (high, low) if low is not None and high is not None and low > high else (low, high)


def _number(value: float | str | None) -> float | None:
    """A field as a number: `25`, `"25.00"`, `"52,000"`. What is not a sum of money is `None`."""
    try:
        number = float(value.replace(",", "").strip()) if isinstance(value, str) else float(value or 0)
    except ValueError:
        return None
    return number if value is not None and math.isfinite(number) and number >= 0 else None


def disagreements(structured: Sequence[Pay], stated: Sequence[Pay]) -> list[Problem]:
    """Problems where a board's field and the posting's own words give different sums, units or currencies.

    Only what can be compared is compared: a field whose unit the text never uses is not a disagreement.
    """
    spoken = [offer for offer in stated if _has_amount(offer)]
    checked = ((field, _conflict(field, spoken)) for field in structured if _has_amount(field))
    return [Problem("pay-disagreement", _message(field, other)) for field, other in checked if other is not None]


def _conflict(field: Pay, spoken: Sequence[Pay]) -> Pay | None:
    """The stated offer that contradicts the field; `None` where one agrees or nothing is comparable."""
    same_sum = [offer for offer in spoken if _same_amounts(field, offer)]
    if same_sum:
        return None if any(_comparable(field, offer) for offer in same_sum) else same_sum[0]
    return next((offer for offer in spoken if offer.unit == field.unit and _comparable(field, offer)), None)


def _has_amount(offer: Pay) -> bool:
    return offer.amount_min is not None or offer.amount_max is not None


def _comparable(one: Pay, other: Pay) -> bool:
    """Same unit and same currency, where both say."""
    return _alike(one.unit, other.unit) and _alike(one.currency, other.currency)


def _alike(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _same_amounts(one: Pay, other: Pay) -> bool:
    return _close(one.amount_min, other.amount_min) and _close(one.amount_max, other.amount_max)


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=TOLERANCE)


def _message(field: Pay, stated: Pay) -> str:
    return f"The board's pay field says {_words(field)}; its text says {_words(stated)} (“{stated.quote}”)."


def _words(offer: Pay) -> str:
    amounts = [f"{amount:,.10g}" for amount in (offer.amount_min, offer.amount_max) if amount is not None]
    money = " to ".join(dict.fromkeys(amounts))
    return f"{money} {offer.currency or 'of no stated currency'} per {offer.unit or 'no stated unit'}"
