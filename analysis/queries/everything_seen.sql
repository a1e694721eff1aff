-- title: Everything seen, by day
-- description: How many postings each day's crawls saw, and how many of them are published here. The rest is other work, counted so that shares can be checked.
-- example: source=
-- cost: medium
select day, sum(seen) as seen, sum(relevant) as relevant, sum(unclear) as unclear, sum(other) as other, sum(outcome != 'complete') as crawls_not_complete
from seen_daily
where (:source = '' or source_id = :source)
group by day
order by day desc
limit 400
