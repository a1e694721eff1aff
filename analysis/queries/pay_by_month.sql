-- title: Pay by month
-- description: Median pay with quartiles, interval and n for each month in which gigs were first seen. Choose a measure (floor_usd, hourly_usd, hourly_real, scale_ratio, days_listed) and a cut with its value (all, kind, modality, source, country, unit).
-- example: cut=modality&value=voice&measure=floor_usd&panel=all
-- cost: small
select month, n, employers, p25, median, p75, low, high, shown, rows
from trend_monthly
where cut = case :cut when '' then 'all' else :cut end
  and value = case :value when '' then 'all' else :value end
  and measure = case :measure when '' then 'floor_usd' else :measure end
  and panel = case :panel when '' then 'all' else :panel end
order by month
