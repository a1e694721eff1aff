-- title: New gigs by month and kind
-- description: How many gigs were first seen in each month, by kind of work. Backlog found at a source's first crawl is left out.
-- example:
-- cost: small
select month, kind, gigs, employers
from new_monthly
order by month, kind
