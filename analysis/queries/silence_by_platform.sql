-- title: Silence by month and platform
-- description: Share of gigs on each board that say nothing about withdrawal, about how long recordings are kept, and about deletion, by month first seen. Cells of fewer than 5 gigs or 3 posters are suppressed: shown is 0 and the shares are empty.
-- example: source=
-- cost: small
select month, value as source, max(n) as n, max(employers) as employers, max(shown) as shown,
  max(case code when 'withdrawal' then silent end) as silent_on_withdrawal,
  max(case code when 'withdrawal' then silent_low end) as withdrawal_low, max(case code when 'withdrawal' then silent_high end) as withdrawal_high,
  max(case code when 'retention_period' then silent end) as silent_on_retention,
  max(case code when 'retention_period' then silent_low end) as retention_low, max(case code when 'retention_period' then silent_high end) as retention_high,
  max(case code when 'deletion_right' then silent end) as silent_on_deletion,
  max(case code when 'deletion_right' then silent_low end) as deletion_low, max(case code when 'deletion_right' then silent_high end) as deletion_high
from silence_monthly
where code in ('withdrawal', 'retention_period', 'deletion_right') and cut = 'source' and licence = 'all' and panel = 'all'
  and (:source = '' or value = :source)
group by month, value
order by month desc, value
limit 500
