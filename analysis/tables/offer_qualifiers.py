"""How each offer of a gig is meant, a row for each qualifier, so that offers can be narrowed down and counted by it."""

from analysis.publication import Publication

AFTER = ("pay_offers",)

SELECT = """
select o.id as offer_id, o.posting_id, q.value as qualifier, o.unit, o.currency, o.day, o.headline
from pay_offers o, json_each(o.qualifiers) q
where o.current = 1 and o.place <> 'unverified' and o.posting_id is not null
"""


def fill(pub: Publication) -> None:
    """A row for each qualifier of each offer in force; what was handed in and not corroborated is left out, as in every figure."""
    pub.fill("offer_qualifiers", SELECT)
