-- title: Gigs that closed fastest
-- description: Closed gigs by the number of days for which they were seen, shortest first. Where already_there is 1 the posting was older than our first look at the board, so the days are fewer than it was up.
-- example: kind=
-- cost: small
select id as gig, title, organization, kind, days_listed, backlog as already_there, pay_words, perpetual, first_seen, last_seen, closed_at
from postings
where state = 'closed' and (:kind = '' or kind = :kind)
order by days_listed, first_seen desc
limit 200
