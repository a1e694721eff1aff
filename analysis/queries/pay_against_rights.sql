-- title: Pay against rights taken
-- description: Guaranteed pay of gigs that grant, limit, deny or do not state a right, as quartiles with n. Choose a term that is a column of gigs; a figure is empty where fewer than 5 gigs or 3 posters stand behind it.
-- example: code=perpetual
-- cost: medium
with stood as (
  select organization_id, floor_usd, case :code when 'irrevocable' then irrevocable when 'worldwide' then worldwide when 'all_media' then all_media
    when 'sublicensable' then sublicensable when 'derivative_works' then derivative_works when 'ai_training' then ai_training
    when 'synthetic_performance' then synthetic_performance when 'biometric_template' then biometric_template when 'exclusive' then exclusive
    when 'ownership_transfer' then ownership_transfer when 'buyout' then buyout when 'withdrawal' then withdrawal
    when 'deletion_right' then deletion_right when 'retention_period' then retention_period when 'per_use_consent' then per_use_consent
    when 'compensation_for_reuse' then compensation_for_reuse else perpetual end as stated
  from postings not indexed where floor_usd is not null
), placed as (
  select stated, organization_id, floor_usd, row_number() over (partition by stated order by floor_usd) as place,
    count(*) over (partition by stated) as n
  from stood
), counted as (
  select stated, n, count(distinct organization_id) as employers,
    sum(case place - (n - 1) / 4 when 1 then floor_usd * (4 - (n - 1) % 4) when 2 then floor_usd * ((n - 1) % 4) end) / 4 as p25,
    sum(case place - (n - 1) / 2 when 1 then floor_usd * (2 - (n - 1) % 2) when 2 then floor_usd * ((n - 1) % 2) end) / 2 as median,
    sum(case place - (3 * n - 3) / 4 when 1 then floor_usd * (4 - (3 * n - 3) % 4) when 2 then floor_usd * ((3 * n - 3) % 4) end) / 4 as p75
  from placed group by stated, n
), told as (
  select *, n >= 5 and employers >= 3 as shown from counted
)
select stated, n, employers, shown, case when shown then round(p25, 2) end as p25_usd, case when shown then round(median, 2) end as median_usd,
  case when shown then round(p75, 2) end as p75_usd
from told
order by n desc
