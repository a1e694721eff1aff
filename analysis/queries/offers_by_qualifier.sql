-- title: Offers that are meant so
-- description: Offers in force that carry a qualifier (up_to, from, buyout, deferred, unpaid, plus_fee and the rest of "How sums are meant"), newest first, with their words. Narrow them down by unit and currency.
-- example: qualifier=up_to&unit=&currency=
-- cost: small
select o.posting_id as gig, p.title, p.organization, q.qualifier, o.pay_words, o.unit, o.currency, o.floor_usd, o.quote, q.day, p.state, o.id as offer
from offer_qualifiers q
join pay_offers o on o.id = q.offer_id
join postings p on p.id = q.posting_id
where (:qualifier = '' or q.qualifier = :qualifier)
  and (:unit = '' or q.unit = :unit) and (:currency = '' or q.currency = :currency)
order by q.day desc
limit 300
