"""Headline pay by unit and currency, as stated."""

from analysis.publication import Publication

AFTER = ("postings",)

SELECT = """
with offers as materialized (
  select pay_unit as unit, pay_currency as currency, coalesce((pay_min + pay_max) / 2, pay_min, pay_max) as amount, organization_id,
    count(*) as gigs
  from postings
  where pay_unit is not null and (pay_min is not null or pay_max is not null)
  group by unit, currency, amount, organization_id
), ladder as (
  select unit, currency, amount, sum(sum(gigs)) over (partition by unit, currency order by amount) as so_far
  from offers group by unit, currency, amount
), counted as (
  select unit, currency, sum(gigs) as n, count(distinct organization_id) as employers, min(amount) as least, max(amount) as most
  from offers group by unit, currency
), told as (
  select *, n >= 5 and employers >= 3 as shown,
    (select min(l.amount) from ladder l where l.unit is c.unit and l.currency is c.currency and l.so_far * 2 >= c.n) as lower,
    (select min(l.amount) from ladder l where l.unit is c.unit and l.currency is c.currency and l.so_far * 2 > c.n) as upper
  from counted c
)
select unit, currency, n as gigs, employers, shown, case when shown then least end as least, case when shown then most end as most,
  case when shown then round((lower + upper) / 2, 2) end as median
from told
order by gigs desc, unit, currency
"""


def fill(pub: Publication) -> None:
    """A row for each unit and currency; figures of too few gigs or posters are left out."""
    pub.fill("pay_units", SELECT)
