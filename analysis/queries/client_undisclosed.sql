-- title: Client undisclosed
-- description: Gigs that are for somebody whom the words describe without a name, such as "a leading AI company". Companies that a linked licence names are shown beside them.
-- example: state=open
-- cost: small
select p.id as gig, p.title, p.organization, p.end_client_disclosure,
  (select group_concat(distinct y.name) from parties y where y.posting_id = p.id and y.current = 1 and y.name is not null) as named_in_the_texts,
  p.pay_words, p.perpetual, p.state, p.first_seen
from postings p
where p.end_client_disclosure = 'undisclosed' and (:state = '' or p.state = :state)
order by p.first_seen desc
limit 200
