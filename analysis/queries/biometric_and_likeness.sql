-- title: Biometric templates, likeness, synthetic performance
-- description: Gigs whose texts take a template of face or voice, a likeness or a performance that was never given, with the words, beside what they say of consent, retention and deletion. Choose biometric_template, likeness_name_voice or synthetic_performance, or leave it empty for all three.
-- example: code=
-- cost: small
select p.id as gig, p.title, p.organization, t.code, t.polarity, t.quote, t.place, p.retention_period, p.deletion_right, p.withdrawal,
  exists (select 1 from terms c where c.posting_id = p.id and c.current = 1 and c.code = 'explicit_consent') as consent_stated, p.country,
  p.state, p.first_seen
from terms t join postings p on p.id = t.posting_id
where t.code in ('biometric_template', 'likeness_name_voice', 'synthetic_performance') and t.current = 1
  and t.polarity in ('granted', 'limited') and (:code = '' or t.code = :code)
order by p.first_seen desc
limit 300
