-- title: Promises contradicted, by employer
-- description: Posters whose postings promise what a linked licence takes back, with the promises and the rights that stand against them. The verdict is about words, and every pair of quotes is one link away in Promise beside licence.
-- example: promise=
-- cost: medium
select p.organization_id as organization, max(p.organization) as name, count(distinct r.posting_id) as gigs, count(*) as pairs,
  group_concat(distinct r.promise) as promises, group_concat(distinct r.against) as taken_by_the_licence, max(p.first_seen) as last_first_seen
from promises r join postings p on p.id = r.posting_id
where r.verdict = 'contradicts' and (:promise = '' or r.promise = :promise)
group by p.organization_id
order by gigs desc, pairs desc
limit 300
