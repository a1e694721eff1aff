-- title: Pay against rights taken
-- description: Guaranteed pay of gigs that grant, limit, deny or do not state a right, as quartiles with n. Choose a term that is a column of gigs; a figure is empty where fewer than 5 gigs or 3 posters stand behind it.
-- example: code=perpetual
-- cost: small
select stated, n, employers, shown, p25_usd, median_usd, p75_usd
from pay_by_right
where code = case when exists (select 1 from pay_by_right where code = :code) then :code else 'perpetual' end
order by n desc, stated
