-- title: Copies that leave a right unsaid
-- description: The same gig on several postings, where one copy states a right and another leaves the sentence out. The words are quoted from the copy that has them; the other copy is named beside it.
-- example: code=
-- cost: medium
select t.posting_id as gig, p.title, p.organization, p.source_id as source, t.code, t.quote, o.id as silent_copy, o.source_id as silent_source,
  o.organization as silent_organization, o.likeness, p.first_seen
from gigs g cross join postings p on p.gig_id = g.id
cross join terms t on t.posting_id = p.id and t.current = 1 and t.term_group = 'rights' and t.polarity = 'granted'
cross join postings o on o.gig_id = g.id and o.id != p.id
where g.terms_differ = 1 and (:code = '' or t.code = :code)
  and not exists (select 1 from terms s where s.posting_id = o.id and s.current = 1 and s.code = t.code)
order by g.first_seen desc
limit 300
