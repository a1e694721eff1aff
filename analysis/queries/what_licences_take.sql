-- title: What licences take
-- description: Each licence or contract in force that was read, with the rights that it grants and those that it limits or denies. Choose a term to see only the licences that speak of it.
-- example: code=
-- cost: small
select d.id as licence, d.title, d.organization, d.posting_id as gig, d.origin,
  (select group_concat(distinct t.code) from terms t where t.document_id = d.id and t.term_group = 'rights' and t.polarity = 'granted') as granted,
  (select group_concat(distinct t.code) from terms t where t.document_id = d.id and t.term_group = 'rights' and t.polarity in ('limited', 'denied')) as limited_or_denied,
  (select group_concat(distinct t.code) from terms t where t.document_id = d.id and t.term_group = 'consent') as consent_terms, d.added_at
from documents d
where d.current = 1 and (:code = '' or exists (select 1 from terms t where t.document_id = d.id and t.code = :code))
order by d.added_at desc
limit 200
