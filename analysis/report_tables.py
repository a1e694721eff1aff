"""What a month's report holds: its tables, read from the publication. Every table is printed and is a CSV file of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class Column:
    """One column. kind: how it is printed (words, quote, day, gig, whole, mark, number, share, unit); a suppressed figure is empty."""

    name: str
    label: str
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the report. name: of its CSV file; sql: asked with :month and :most, empty where code fills it."""

    name: str
    title: str
    says: str
    columns: tuple[Column, ...]
    sql: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A section with its rows. svg: a chart above the table; cut: only the first MOST_ROWS rows are here."""

    section: Section
    rows: tuple[Row, ...]
    svg: str = ""
    cut: bool = False


PAY: tuple[Column, ...] = (Column("n", "n", "whole"), Column("employers", "Posters", "whole"), Column("p25", "Lower quartile", "number"))
PAY += (Column("median", "Median", "number"), Column("low", "95 % from", "number"), Column("high", "to", "number"))
PAY += (Column("p75", "Upper quartile", "number"), Column("shown", "Shown", "whole"))
WHO = (Column("title", "Gig"), Column("organization", "Poster"))

PAY_BY_CUT = Section(
    "pay",
    "Pay by what is taken and by country",
    "Gigs first seen in the month. Guaranteed pay is the money that is certain; times scale is pay as a multiple of the reference rate.",
    (Column("cut", "Cut"), Column("value", "Value"), Column("measure", "Measure"), *PAY),
    """select cut, replace(value, '_', ' ') as value, case measure when 'floor_usd' then 'guaranteed pay, USD'
    when 'hourly_usd' then 'hourly pay, USD' else 'times scale' end as measure, n, employers, p25, median, low, high, p75, shown
    from trend_monthly where month = :month and cut in ('modality', 'country') and panel = 'all'
    and measure in ('floor_usd', 'hourly_usd', 'scale_ratio') order by cut desc, value, measure limit :most""",
)
RIGHTS = Section(
    "rights",
    "Rights, promises and consent: stated and left unsaid",
    "Share of gigs first seen in the month that grant, limit or deny each term, in the posting or its licence, and share that do not "
    "state it. Not stated is not no.",
    (
        Column("term", "Term"),
        Column("term_group", "Group"),
        Column("n", "n", "whole"),
        Column("employers", "Posters", "whole"),
        Column("granted", "Granted", "share"),
        Column("granted_low", "95 % from", "share"),
        Column("granted_high", "to", "share"),
        Column("limited", "Limited", "share"),
        Column("denied", "Denied", "share"),
        Column("silent", "Not stated", "share"),
        Column("silent_low", "95 % from", "share"),
        Column("silent_high", "to", "share"),
        Column("shown", "Shown", "whole"),
    ),
    """select g.title as term, g.term_group, s.n, s.employers, s.granted, s.granted_low, s.granted_high, s.limited, s.denied, s.silent,
    s.silent_low, s.silent_high, s.shown from silence_monthly s join glossary g on g.code = s.code
    where s.month = :month and s.cut = 'all' and s.licence = 'all' and s.panel = 'all' and g.term_group != 'context'
    order by g.term_group = 'promises', g.term_group = 'consent', s.granted desc, g.title limit :most""",
)
CHANGES = Section(
    "changes",
    "Changed after publication",
    "Terms and pay that were written in, changed or taken out after a gig or licence was first seen, with the words on both sides.",
    (
        Column("at", "Found", "day"),
        Column("kind", "What"),
        *WHO,
        Column("term", "Term"),
        Column("before", "Before", "quote"),
        Column("after", "After", "quote"),
        Column("gig", "Id", "gig"),
    ),
    """select e.at, replace(e.kind, '_', ' ') as kind, e.title, e.organization, g.title as term, e.before, e.after, e.posting_id as gig
    from events e left join glossary g on g.code = e.code
    where e.month = :month and e.kind in ('promise_removed', 'term_added', 'term_removed', 'pay_changed')
    order by e.kind = 'promise_removed' desc, e.at, e.id limit :most""",
)
CONTRADICTED = Section(
    "promises",
    "Promise beside licence",
    "Promises of gigs first seen in the month that a linked licence contradicts, by the words of both.",
    (
        *WHO,
        Column("promise", "Promise"),
        Column("promise_quote", "Its words", "quote"),
        Column("against", "The licence takes"),
        Column("grant_quote", "Its words", "quote"),
        Column("gig", "Id", "gig"),
    ),
    """select p.title, p.organization, g.title as promise, r.promise_quote, a.title as against, r.grant_quote, r.posting_id as gig
    from postings p join promises r on r.posting_id = p.id and r.verdict = 'contradicts'
    left join glossary g on g.code = r.promise left join glossary a on a.code = r.against
    where p.first_month = :month order by p.first_seen, r.id limit :most""",
)
BOARDS = Section(
    "sources",
    "Where the figures come from",
    "Every source that was crawled in the month. Nothing is called closed on the word of a crawl that was not complete.",
    (
        Column("name", "Source"),
        Column("crawls", "Crawls", "whole"),
        Column("complete", "Of these, complete", "whole"),
        Column("gigs", "Gigs first seen", "whole"),
        Column("backlog", "Already there at the first crawl", "whole"),
    ),
    """select s.name, count(*) as crawls, sum(c.outcome = 'complete') as complete,
    (select count(*) from postings p where p.source_id = s.id and p.first_month = :month and not p.backlog) as gigs,
    (select count(*) from postings p where p.source_id = s.id and p.first_month = :month and p.backlog) as backlog
    from crawls c join sources s on s.id = c.source_id where substr(c.finished_at, 1, 7) = :month
    group by s.id order by s.name limit :most""",
)
SECTIONS = (PAY_BY_CUT, RIGHTS, CHANGES, CONTRADICTED, BOARDS)


def filled(db: sqlite3.Connection, month: str, sections: Sequence[Section] = SECTIONS) -> Iterator[Filled]:
    """The sections with their rows for a month, YYYY-MM."""
    for section in sections:
        rows = tuple(map(dict, db.execute(section.sql, {"month": month, "most": MOST_ROWS + 1})))
        yield Filled(section, rows[:MOST_ROWS], cut=len(rows) > MOST_ROWS)
