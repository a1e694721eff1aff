-- title: How sums are meant
-- description: How many gigs state a ceiling only, a floor, a buyout, deferred pay, no pay at all, with what each means. One gig may carry several; the share is of all gigs that say anything of pay and is empty where fewer than 5 gigs or 3 posters stand behind it.
-- example:
-- cost: small
select id as qualifier, meaning, gigs, open, employers, share, offers
from qualifiers
where gigs > 0
order by gigs desc, id
