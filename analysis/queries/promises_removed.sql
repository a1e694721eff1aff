-- title: Promises removed
-- description: Promises that stood in a posting and were taken out later, with their words. Both versions and the archived pages behind them are one link away.
-- example: since=2026-01-01
-- cost: small
select e.at, e.posting_id as gig, e.title, e.organization, e.code as promise, e.before as words_before, e.after as words_after,
  e.version_before, e.version_after
from events e
where e.kind = 'promise_removed' and e.at >= :since
order by e.at desc
limit 200
