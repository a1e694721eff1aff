-- title: Companies named in the licence only
-- description: Companies that a linked licence names and the posting does not, with the words. The performer learns of them when signing, not when applying.
-- example: role=
-- cost: small
select y.posting_id as gig, p.title, p.organization, y.role, y.name, y.quote, y.document_id as licence, p.end_client, p.first_seen
from parties y join postings p on p.id = y.posting_id
where y.licence_only = 1 and (:role = '' or y.role = :role)
order by y.first_seen desc
limit 300
