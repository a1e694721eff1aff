"""Who stands behind a gig, by the words."""

from analysis.publication import Publication

AFTER = ("texts",)

SELECT = """
select w.posting_id, w.version_id, w.document_id, w.place, w.current, y.role, redact(y.name) as name, y.disclosure,
  organization_id(y.name) as organization_id, inert(substr(x.text, y.start + 1, y.end - y.start)) as quote, y.start, y.end, y.rule
from temp.words w join store.party y on y.reading_id = w.reading_id join texts x on x.sha256 = w.text_sha256
where y.role != 'poster'
order by w.posting_id, w.version_id, w.document_id, y.start
"""


def fill(pub: Publication) -> None:
    """Every party of the newest reading of every published text."""
    pub.fill("parties", SELECT)
