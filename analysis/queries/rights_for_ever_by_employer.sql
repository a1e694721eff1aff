-- title: Rights taken for ever, by employer
-- description: How many gigs of each poster grant rights in perpetuity, how many of those rest on a licence that was read, and how many cannot be taken back. Set the least number of gigs to leave out posters with one or two; the share is empty below five.
-- example: at_least=1
-- cost: small
select id as organization, name, postings as gigs, postings >= 5 as shown, perpetual as for_ever,
  case when postings >= 5 then round(perpetual * 1.0 / postings, 3) end as share_for_ever, perpetual_licence_read as for_ever_licence_read,
  irrevocable, perpetual_limited_or_denied as limited_or_denied, perpetual_not_stated as not_stated
from organizations
where perpetual > 0 and postings >= cast(case :at_least when '' then '1' else :at_least end as integer)
order by perpetual desc, postings desc
limit 300
