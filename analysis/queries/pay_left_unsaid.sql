-- title: Pay left unsaid, by board
-- description: How many gigs on each board state no pay, state an upper end only, and state money that is certain. A range without a minimum promises nothing.
-- example: state=
-- cost: medium
select p.source_id as source, s.name, count(*) as gigs, sum(p.pay_words is null) as no_pay, round(avg(p.pay_words is null), 3) as share_no_pay,
  sum(p.pay_min is null and p.pay_max is not null) as upper_end_only, sum(p.floor_usd is not null) as certain
from postings p join sources s on s.id = p.source_id
where :state = '' or p.state = :state
group by p.source_id
order by gigs desc
