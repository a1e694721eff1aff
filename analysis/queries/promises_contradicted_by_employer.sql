-- title: Promises contradicted, by employer
-- description: Posters whose postings promise what a linked licence takes back, with the promises and the rights that stand against them. The verdict is about words, and every pair of quotes is one link away in Promise beside licence.
-- example: promise=
-- cost: small
select organization_id as organization, name, gigs, pairs, promises, taken_by_the_licence, last_first_seen
from contradictions
where promise = case :promise when '' then 'any' else :promise end
order by gigs desc, pairs desc
limit 300
