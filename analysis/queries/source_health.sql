-- title: Source health
-- description: How each source's last crawl ended, when the last complete one was, and since when it is blind. Nothing is called closed on the word of a crawl that was not complete.
-- example:
-- cost: small
select id as source, name, last_outcome, last_reason, last_complete, blind_since, last_seen_count, expected_min, open_issues, refused
from sources
order by blind_since is null, blind_since, name
