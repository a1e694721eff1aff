-- title: Silent edits
-- description: Postings whose words were changed after publication, newest first, with the two versions to compare. An edit is the employer's; a better reading of ours is never counted as one.
-- example: organization=&since=2026-01-01
-- cost: small
select at, posting_id as gig, title, organization, kind, detail, before, after, version_before, version_after
from events
where kind in ('text_edited', 'pay_changed', 'term_added', 'term_removed', 'promise_removed')
  and (:organization = '' or organization = :organization) and at >= :since
order by at desc
limit 200
