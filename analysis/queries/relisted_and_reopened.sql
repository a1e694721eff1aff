-- title: Relisted and reopened
-- description: Gigs that came back after they had gone, with the gig whose text they repeat. A relisting starts the clock on a page but not on the offer.
-- example:
-- cost: small
select e.at, e.kind, e.posting_id as gig, p.relisted_from, e.title, e.organization, p.pay_words, p.state
from events e left join postings p on p.id = e.posting_id
where e.kind in ('relisted', 'reopened')
order by +e.at desc
limit 200
