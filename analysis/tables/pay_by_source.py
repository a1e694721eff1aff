"""What each board's gigs leave unsaid about pay."""

from analysis.publication import Publication

AFTER = ("postings", "sources")

SELECT = """
select *, gigs >= 5 and employers >= 3 as shown,
  case when gigs >= 5 and employers >= 3 then round(no_pay * 1.0 / gigs, 3) end as share_no_pay
from (
  select source_id, {state} as state, count(*) as gigs, count(distinct coalesce(organization_id, '')) as employers,
    sum(pay_words is null) as no_pay, sum(pay_min is null and pay_max is not null) as upper_end_only, sum(floor_usd is not null) as certain
  from postings group by 1, 2)
"""


def fill(pub: Publication) -> None:
    """Every board in every state, and in all of them together."""
    for state in ("state", "'all'"):
        pub.fill("pay_by_source", SELECT.format(state=state))
