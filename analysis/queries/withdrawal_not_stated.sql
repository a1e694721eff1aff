-- title: Nothing said about withdrawal
-- description: Gigs in which neither the posting nor a linked licence says whether consent can be taken back. Not stated is not no: the law may give a right that the words leave out.
-- example: state=open
-- cost: small
select id as gig, title, organization, kind, perpetual, irrevocable, deletion_right, retention_period, licences_read, state, first_seen
from postings
where withdrawal = 'not stated' and (:state = '' or state = :state)
order by first_seen desc
limit 200
