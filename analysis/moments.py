"""Events as people tell them: what happened to one gig or licence at one time is one thing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

TELLING = ("promise_removed", "pay_changed", "term_removed", "term_added", "text_edited", "relisted", "reopened", "closed", "new")


def moments(events: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Events of one gig or document at one time together. events: by time and gig."""
    return [list(found) for _, found in groupby(events, key=lambda row: (row["at"], row["posting_id"], row["document_id"]))]


def foremost(found: Sequence[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """Moments by day, newest first, and within a day what tells most first: a promise taken out before a gig that came back."""
    ranked = sorted(found, key=lambda events: min(TELLING.index(event["kind"]) for event in events))
    return sorted(ranked, key=lambda events: str(events[0]["at"])[:10], reverse=True)
