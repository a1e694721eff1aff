-- title: Promise beside licence
-- description: Postings that promise one thing while the licence they link to takes another, with both quotes. A verdict of contradicts is about the words, not about what anybody did.
-- example: verdict=contradicts
-- cost: small
select r.posting_id as gig, p.title, p.organization, r.promise, r.promise_quote, r.against, r.grant_quote, r.verdict, r.words, r.document_id as licence
from promises r join postings p on p.id = r.posting_id
where (:verdict = '' or r.verdict = :verdict)
order by r.first_seen desc
limit 200
