"""Findings of rights, promises, consent and circumstances, each with its words."""

from analysis.publication import Publication

AFTER = ("texts",)

SELECT = """
select w.posting_id, w.version_id, w.document_id, w.place, w.current, t.code, t.grp as term_group, t.polarity,
  inert(substr(x.text, t.start + 1, t.end - t.start)) as quote, t.start, t.end, t.rule, w.ruleset
from temp.words w join store.term t on t.reading_id = w.reading_id join texts x on x.sha256 = w.text_sha256
order by w.posting_id, w.version_id, w.document_id, t.start
"""


def fill(pub: Publication) -> None:
    """Every finding of the newest reading of every published text; the quote is cut from the covered text."""
    pub.fill("terms", SELECT)
