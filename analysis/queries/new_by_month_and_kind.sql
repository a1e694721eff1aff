-- title: New gigs by month and kind
-- description: How many gigs were first seen in each month, by kind of work. Backlog found at a source's first crawl is left out.
-- example:
-- cost: medium
select first_month as month, coalesce(kind, 'not told') as kind, count(*) as gigs, count(distinct organization_id) as employers
from postings not indexed
where backlog = 0
group by first_month, kind
order by first_month, kind
