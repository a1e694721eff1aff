-- title: Pay left unsaid, by board
-- description: How many gigs on each board state no pay, state an upper end only, and state money that is certain. A range without a minimum promises nothing; the share is empty where fewer than 5 gigs or 3 posters stand behind it.
-- example: state=
-- cost: medium
select c.source_id as source, s.name, c.gigs, c.employers, c.gigs >= 5 and c.employers >= 3 as shown, c.no_pay,
  case when c.gigs >= 5 and c.employers >= 3 then round(c.no_pay * 1.0 / c.gigs, 3) end as share_no_pay, c.upper_end_only, c.certain
from (
  select source_id, count(*) as gigs, count(distinct coalesce(organization_id, '')) as employers, sum(pay_words is null) as no_pay,
    sum(pay_min is null and pay_max is not null) as upper_end_only, sum(floor_usd is not null) as certain
  from postings not indexed
  where :state = '' or state = :state
  group by source_id
) c join sources s on s.id = c.source_id
order by c.gigs desc
