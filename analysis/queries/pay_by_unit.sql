-- title: Pay by unit
-- description: What headline offers pay in the unit and currency in which they are stated, nothing converted. A session, a finished hour and an hour are different things, so they are never added together; figures are empty where fewer than 5 gigs or 3 posters stand behind them.
-- example: currency=USD
-- cost: small
select unit, currency, gigs, employers, shown, least, most, median
from pay_units
where :currency = '' or currency = :currency
order by gigs desc, unit, currency
