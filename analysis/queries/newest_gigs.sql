-- title: Newest gigs
-- description: Gigs in the order in which they were first seen, newest first. Those that were already there when a source was first crawled are left out, because their first day is unknown.
-- example: kind=voice
-- cost: small
select id as gig, title, organization, kind, pay_words, perpetual, withdrawal, end_client, state, first_seen
from postings
where backlog = 0 and (:kind = '' or kind = :kind)
order by first_seen desc
limit 100
