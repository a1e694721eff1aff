-- title: Nothing said about taking it back
-- description: Gigs whose texts say nothing about withdrawal, nothing about how long recordings are kept and nothing about deletion. Choose what they take (a term such as ai_training or biometric_template) or leave it empty for all.
-- example: takes=
-- cost: medium
select id as gig, title, organization, kind, pay_words, perpetual, irrevocable, ai_training, licences_read, state, first_seen
from postings
where withdrawal = 'not stated' and retention_period = 'not stated' and deletion_right = 'not stated'
  and (:takes = '' or exists (select 1 from terms t where t.posting_id = postings.id and t.current = 1 and t.code = :takes and t.polarity = 'granted'))
order by first_seen desc
limit 300
