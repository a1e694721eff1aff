-- title: Employers that never state how to withdraw
-- description: Posters none of whose gigs say anything about withdrawal, in the posting or in a licence that was read. Set the least number of gigs to leave out those with one or two.
-- example: at_least=3
-- cost: small
select id as organization, name, postings, open, perpetual, client_undisclosed, first_seen, last_seen
from organizations
where withdrawal_stated = 0 and postings > 0 and postings >= cast(case :at_least when '' then '1' else :at_least end as integer)
order by postings desc
limit 300
