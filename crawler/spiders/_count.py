"""What a crawl has met so far; the one record that changes while it runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.records import Problem, Role


@dataclass(slots=True)
class Count:
    """Pages, failures, gone postings and signs of a changed shape, for the tally at the end."""

    pages: int = 0
    unchanged: int = 0
    bytes: int = 0
    asked: set[tuple[str, str, str | None]] = field(default_factory=set)
    documents: int = 0
    listing_failures: list[str] = field(default_factory=list)
    posting_failures: list[str] = field(default_factory=list)
    shape: list[str] = field(default_factory=list)
    pages_of_postings: int = 0
    shape_of_postings: list[str] = field(default_factory=list)
    gone: dict[str, int] = field(default_factory=dict)
    cut: str | None = None

    def read(self, role: Role, broken: tuple[str, ...]) -> None:
        """Count a page that was read and what its shape lacked. A posting's own page is all of its records: it says little alone."""
        self.pages_of_postings += role is Role.POSTING
        if broken:
            (self.shape_of_postings if role is Role.POSTING else self.shape).append(broken[0])

    def failed(self, role: Role, failure: str) -> None:
        """Count a page that gave nothing. A list, a sitemap or a page to start from says more by failing than one posting's own page."""
        (self.posting_failures if role is Role.POSTING else self.listing_failures).append(failure)

    def shapes(self) -> tuple[str, ...]:
        """The signs that the board changed its shape: any of a listing, and those of posting pages if most have one."""
        most = 2 * len(self.shape_of_postings) > self.pages_of_postings
        return (*self.shape, *(self.shape_of_postings if most else ()))


def shapes(problems: Iterable[Problem]) -> tuple[str, ...]:
    """The messages of the problems that say a board has changed its shape."""
    return tuple(each.message for each in problems if each.severity == "error" and each.rule.endswith(".shape"))


def unreadable(problems: Iterable[Problem]) -> tuple[str, ...]:
    """The classes of what could not be read at all: `json`, `xml`, `gzip`."""
    wrong = (each.rule for each in problems if each.severity == "error" and not each.rule.endswith(".shape"))
    return tuple(rule.rpartition(".")[2] for rule in wrong)
