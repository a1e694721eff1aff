-- title: Pay against scale
-- description: Gigs by how their headline pay stands against the reference rate for the work, lowest first. The rate, its dates and where it was read are one link away.
-- example: below=1
-- cost: small
select p.id as gig, p.title, p.organization, p.pay_words, p.floor_usd, p.hourly_usd_low, p.scale_ratio, p.scale_rate_id, s.work, s.amount,
  s.currency, s.unit, p.state, p.first_seen
from postings p join scale_rates s on s.id = p.scale_rate_id
where p.scale_ratio is not null and (:below = '' or p.scale_ratio < cast(:below as real))
order by p.scale_ratio
limit 300
