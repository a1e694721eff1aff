-- title: Companies named in the licence only
-- description: Companies that a linked licence names and the posting does not, with the words. The performer learns of them when signing, not when applying.
-- example: role=
-- cost: small
select y.posting_id as gig, p.title, p.organization, y.role, y.name, y.quote, y.document_id as licence, p.end_client, p.first_seen
from parties y join postings p on p.id = y.posting_id
where y.current = 1 and y.place = 'licence' and y.name is not null and y.name != p.organization and (:role = '' or y.role = :role)
  and not exists (select 1 from parties o where o.posting_id = y.posting_id and o.current = 1 and o.place = 'posting' and o.name = y.name)
order by p.first_seen desc
limit 300
