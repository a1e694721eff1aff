-- title: Terms changed after publication
-- description: Rights, promises and consent terms that were written into a posting or licence after it was first seen, or taken out of it, with the words. Choose a kind (term_added, term_removed, promise_removed) and a term, or leave them empty for all.
-- example: kind=&code=&since=2026-01-01
-- cost: small
select e.at, e.kind, e.posting_id as gig, e.document_id as licence, e.title, e.organization, e.code, e.before, e.after, e.version_before, e.version_after
from events e
where e.kind in ('term_added', 'term_removed', 'promise_removed') and e.at >= :since and (:kind = '' or e.kind = :kind)
  and (:code = '' or e.code = :code)
order by e.at desc
limit 300
