-- title: Rights taken for ever, by employer
-- description: How many gigs of each poster grant rights in perpetuity, how many of those rest on a licence that was read, and how many cannot be taken back. Set the least number of gigs to leave out posters with one or two; the share is empty below five.
-- example: at_least=1
-- cost: medium
select organization_id as organization, max(organization) as name, count(*) as gigs, count(*) >= 5 as shown,
  sum(perpetual = 'granted') as for_ever, case when count(*) >= 5 then round(avg(perpetual = 'granted'), 3) end as share_for_ever,
  sum(perpetual = 'granted' and licences_read > 0) as for_ever_licence_read,
  sum(irrevocable = 'granted') as irrevocable, sum(perpetual in ('limited', 'denied')) as limited_or_denied,
  sum(perpetual = 'not stated') as not_stated
from postings not indexed
where organization_id is not null
group by organization_id
having for_ever > 0 and gigs >= cast(case :at_least when '' then '1' else :at_least end as integer)
order by for_ever desc, gigs desc
limit 300
