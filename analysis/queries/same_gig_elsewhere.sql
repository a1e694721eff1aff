-- title: The same gig on several boards
-- description: Gigs that more than one posting carries, and how the copies differ in pay and terms. A sentence about rights that stands on one board only is found here.
-- example: differing=1
-- cost: small
select id as group_id, title, postings, sources, organizations, pay_differs, terms_differ, differences, open, first_seen, last_seen
from gigs
where :differing = '' or pay_differs or terms_differ
order by postings desc, first_seen desc
limit 300
