-- title: Pay by unit
-- description: What headline offers pay in the unit and currency in which they are stated, nothing converted. A session, a finished hour and an hour are different things, so they are never added together.
-- example: currency=USD
-- cost: medium
with offers as (
  select o.unit, o.currency, coalesce((o.amount_min + o.amount_max) / 2, o.amount_min, o.amount_max) as amount, p.organization_id
  from pay_offers o join postings p on p.id = o.posting_id
  where o.headline = 1 and o.unit is not null and (:currency = '' or o.currency = :currency)
), placed as (
  select *, row_number() over (partition by unit, currency order by amount) as place, count(amount) over (partition by unit, currency) as n
  from offers where amount is not null
), counted as (
  select unit, currency, n, count(distinct organization_id) as employers, min(amount) as least, max(amount) as most,
    avg(case when place in ((n + 1) / 2, (n + 2) / 2) then amount end) as median
  from placed group by unit, currency, n
)
select unit, currency, n as gigs, employers, n >= 5 and employers >= 3 as shown, least, most,
  case when n >= 5 and employers >= 3 then round(median, 2) end as median
from counted
order by gigs desc, unit, currency
