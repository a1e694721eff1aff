"""New gigs by month and kind."""

from analysis.publication import Publication

AFTER = ("postings",)

SELECT = """
select first_month as month, coalesce(kind, 'not told') as kind, count(*) as gigs, count(distinct organization_id) as employers
from postings where backlog = 0 group by 1, 2
"""


def fill(pub: Publication) -> None:
    """A row for each month and kind that any gig has."""
    pub.fill("new_monthly", SELECT)
