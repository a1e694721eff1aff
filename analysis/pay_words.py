"""An offer of pay in a few words: `150 USD / hour`, `up to 50 EUR / session`, `unpaid`."""

from __future__ import annotations

import json
import sqlite3

QUALIFIED = ("unpaid", "negotiable", "deferred", "buyout", "plus_fee")


def pay_words(low: float | None, high: float | None, currency: str | None, unit: str | None, qualifiers: str | None) -> str | None:
    """The offer in words. qualifiers: a JSON list. None where neither a sum nor a telling qualifier is stated."""
    marks = json.loads(qualifiers or "[]")
    said = [mark.replace("_", " ") for mark in QUALIFIED if mark in marks]
    if low is None and high is None:
        return ", ".join(said) or None
    per = " / " + unit.replace("_", " ") if unit and unit != "percent" else ""
    money = "%" if unit == "percent" else currency or "(currency not stated)"
    about = "about " if "approximate" in marks else ""
    return ", ".join([f"{about}{_sum(low, high)} {money}{per}", *said])


def _sum(low: float | None, high: float | None) -> str:
    if low is None:
        return f"up to {amount(high)}"
    if high is None:
        return f"from {amount(low)}"
    return amount(low) if low == high else f"{amount(low)} to {amount(high)}"


def amount(value: float | None) -> str:
    """A sum as printed: thousands apart, cents only where there are any, fractions of a cent kept."""
    if value is None:
        return ""
    if value == int(value):
        return f"{value:,.0f}".replace(",", "\u202f") if value >= 10_000 else f"{value:.0f}"
    return f"{value:.2f}" if round(value, 2) == value else f"{value:.6f}".rstrip("0")


def install(db: sqlite3.Connection) -> None:
    """Make `pay_words(low, high, currency, unit, qualifiers)` known to a connection."""
    db.create_function("pay_words", 5, pay_words, deterministic=True)
