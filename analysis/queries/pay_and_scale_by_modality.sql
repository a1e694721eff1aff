-- title: Pay by month and modality, against scale
-- description: Median guaranteed pay, median hourly pay and median multiple of the reference rate, each with n and interval, for what is taken: voice, face, body_motion, full_video, singing, writing or likeness_scan. Suppressed cells have no figure and shown is 0.
-- example: modality=voice
-- cost: small
select month, value as modality, max(case measure when 'floor_usd' then n end) as n_pay, max(case measure when 'floor_usd' then median end) as median_pay_usd,
  max(case measure when 'floor_usd' then low end) as pay_low, max(case measure when 'floor_usd' then high end) as pay_high,
  max(case measure when 'hourly_usd' then n end) as n_hourly, max(case measure when 'hourly_usd' then median end) as median_hourly_usd,
  max(case measure when 'scale_ratio' then n end) as n_scale, max(case measure when 'scale_ratio' then median end) as median_times_scale,
  max(case measure when 'scale_ratio' then low end) as scale_low, max(case measure when 'scale_ratio' then high end) as scale_high,
  max(employers) as employers, max(shown) as shown
from trend_monthly
where cut = 'modality' and panel = 'all' and measure in ('floor_usd', 'hourly_usd', 'scale_ratio') and (:modality = '' or value = :modality)
group by month, value
order by month, value
limit 500
