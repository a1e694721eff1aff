"""Every offer of pay as stated: from the words of postings and licences, and from the boards' own fields."""

from analysis.publication import Publication

AFTER = ("texts",)

FIELDS = """y.amount_min, y.amount_max, y.currency, y.unit, y.qualifiers, y.quantity_min, y.quantity_max, y.quantity_unit, y.quantity_kind,
  y.floor, y.rule, y.origin, pay_words(y.amount_min, y.amount_max, y.currency, y.unit, y.qualifiers) as pay_words"""

STATED = f"""
select w.posting_id, w.version_id, w.document_id, w.place, w.current, {FIELDS}, y.start, y.end,
  inert(substr(x.text, y.start + 1, y.end - y.start)) as quote, w.ruleset
from temp.words w join store.pay y on y.reading_id = w.reading_id join texts x on x.sha256 = w.text_sha256
order by w.posting_id, w.version_id, w.document_id, y.start
"""

STRUCTURED = f"""
select w.posting_id, w.version_id, w.place, w.current, {FIELDS}, redact(y.quote) as quote
from temp.words w join store.pay y on y.version_id = w.version_id
order by w.posting_id, w.version_id, y.id
"""


def fill(pub: Publication) -> None:
    """Offers of the newest reading of every published text, then the boards' own pay fields."""
    pub.fill("pay_offers", STATED)
    pub.fill("pay_offers", STRUCTURED)
