-- title: Rights taken for ever
-- description: Gigs whose posting or licence grants rights in perpetuity, with where the words stand. Choose a state (open, uncertain, closed) or leave it empty for all.
-- example: state=open
-- cost: small
select id as gig, title, organization, perpetual, perpetual_where, irrevocable, sublicensable, pay_words, licences_read, state, first_seen
from postings
where perpetual = 'granted' and (:state = '' or state = :state)
order by first_seen desc
limit 200
