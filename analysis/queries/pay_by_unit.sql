-- title: Pay by unit
-- description: What headline offers pay in the unit and currency in which they are stated, nothing converted. A session, a finished hour and an hour are different things, so they are never added together; figures are empty where fewer than 5 gigs or 3 posters stand behind them.
-- example: currency=USD
-- cost: medium
with offers as materialized (
  select pay_unit as unit, pay_currency as currency, coalesce((pay_min + pay_max) / 2, pay_min, pay_max) as amount, organization_id, count(*) as gigs
  from postings not indexed
  where pay_unit is not null and (pay_min is not null or pay_max is not null) and (:currency = '' or pay_currency = :currency)
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
