"""What hangs where: a sample board, its postings as they stand each night, and the papers they link to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MEANT = {
    "gig": "its work trains AI, and it asks for performers or records the worker's own voice, face or body",
    "unclear": "a gig whose words cannot tell",
    "near_miss": "shares words with gigs and is none",
    "ordinary": "any other job",
}


@dataclass(frozen=True, slots=True)
class Wage:
    """Pay in the board's own field. interval: hour, day, week, month, year or project; title: its label."""

    currency: str
    interval: str
    min: float | None = None
    max: float | None = None
    title: str = "Pay range"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One posting as it hangs on one night. body is in the small markup of `markup`; dates are ISO 8601.

    pay: the board's pay line in words. status: what its page answers (410 when taken down). flaw: `raw_newline` breaks its
    JSON-LD. members: only behind the path that robots.txt forbids.
    """

    slug: str
    native_id: str
    title: str
    organization: str
    location: str
    body: str
    posted: str
    updated: str
    closes: str | None = None
    country: str | None = None
    remote: bool = False
    employment: str = "Contract"
    department: str = "Talent"
    wage: Wage | None = None
    pay: str | None = None
    status: int = 200
    flaw: str | None = None
    members: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """One posting over the nights: nights[0] is night one; `None` where it does not hang.

    meant: what its author meant it to be on its last night, one of `MEANT`.
    """

    slug: str
    meant: str
    nights: tuple[Sheet | None, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A licence, consent form or terms page that postings link to. form: html or pdf; nights: its text on each."""

    slug: str
    title: str
    form: str
    nights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """One board: who runs it, what hangs there, and what goes wrong.

    trouble: night -> `down` or `empty`; settings: further keys of its source; furniture: its pages carry a counter that means nothing.
    """

    id: str
    kind: str
    name: str
    organization: str | None
    lineage: str
    region: str
    expect_min: int
    intro: str
    samples: tuple[Sample, ...]
    papers: tuple[Paper, ...]
    trouble: Mapping[int, str] = field(default_factory=dict)
    per_page: int = 6
    furniture: bool = False
    authoritative_gone: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)

    def sheets(self, night: int) -> tuple[Sheet, ...]:
        """What a visitor can find on a night, newest first; nothing when the list is empty by mistake."""
        if self.trouble.get(night) == "empty":
            return ()
        found = [sheet for sample in self.samples if (sheet := sample.nights[night - 1])]
        return tuple(sorted(found, key=lambda sheet: (sheet.posted, sheet.slug), reverse=True))

    def sheet(self, native_id: str, night: int) -> Sheet | None:
        """The posting with this id as it hangs on a night, else `None`."""
        return next((sheet for sheet in self.sheets(night) if sheet.native_id == native_id), None)
