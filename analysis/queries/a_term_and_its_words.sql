-- title: A term and the words for it
-- description: Every quote in force that states a term, with the gig or licence it stands in. Choose a code from the glossary and a polarity, or leave the polarity empty.
-- example: code=synthetic_performance&polarity=
-- cost: small
select t.quote, t.polarity, t.place, t.posting_id as gig, t.document_id as licence, p.title, p.organization
from terms t left join postings p on p.id = t.posting_id
where t.code = :code and t.current = 1 and (:polarity = '' or t.polarity = :polarity)
limit 300
