"""Events as people tell them: what happened to one gig or licence at one time is one thing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any


def moments(events: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Events of one gig or document at one time together. events: by time and gig."""
    return [list(found) for _, found in groupby(events, key=lambda row: (row["at"], row["posting_id"], row["document_id"]))]
