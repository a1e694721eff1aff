-- title: Rights and silence by month
-- description: Share of gigs that grant, limit or deny a term, and share that say nothing of it, with Wilson intervals. Choose a term from the glossary, and licence=read for gigs whose licence was read.
-- example: code=withdrawal&licence=all
-- cost: small
select month, code, n, employers, granted, granted_low, granted_high, limited, denied, silent, silent_low, silent_high, shown, rows
from silence_monthly
where code = case :code when '' then 'withdrawal' else :code end
  and licence = case :licence when '' then 'all' else :licence end
  and cut = 'all' and panel = 'all'
order by month
