-- title: Pay left unsaid, by board
-- description: How many gigs on each board state no pay, state an upper end only, and state money that is certain. A range without a minimum promises nothing; the share is empty where fewer than 5 gigs or 3 posters stand behind it.
-- example: state=
-- cost: small
select c.source_id as source, s.name, c.gigs, c.employers, c.shown, c.no_pay, c.share_no_pay, c.upper_end_only, c.certain
from pay_by_source c join sources s on s.id = c.source_id
where c.state = case :state when '' then 'all' else :state end
order by c.gigs desc
