-- title: What a gig said on a day
-- description: The version of a gig that was in force on a date, with its words and the archived page. Give the gig's twelve-character id and a date.
-- example: gig=&day=2026-11-01
-- cost: small
select v.id as version, v.number, v.title, v.organization, v.seen_from, v.seen_to, x.text, v.digest, v.capture_id
from versions v join texts x on x.sha256 = v.text_sha256
where v.posting_id = :gig and substr(v.seen_from, 1, 10) <= :day and (v.seen_to is null or substr(v.seen_to, 1, 10) > :day)
order by v.number desc
limit 1
