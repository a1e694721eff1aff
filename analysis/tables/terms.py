"""Findings of rights, promises, consent and circumstances, each with its words.

A person's judgement of a finding counts as long as the text stands: a rejected one is left out, a corrected one has the polarity that the
person gave it.
"""

from analysis.publication import Publication

AFTER = ("texts",)

SELECT = """
select w.posting_id, w.version_id, w.document_id, w.place, w.current, t.code, t.grp as term_group,
  coalesce(h.correction, t.polarity) as polarity, case when h.id is not null then 'reviewed' end as reviewed,
  inert(substr(x.text, t.start + 1, t.end - t.start)) as quote, t.start, t.end, t.rule, w.ruleset
from temp.words w join store.term t on t.reading_id = w.reading_id join texts x on x.sha256 = w.text_sha256
left join store.review h on h.id = (
  select max(id) from store.review where text_sha256 = w.text_sha256 and kind = 'term' and code = t.code and polarity = t.polarity
    and start = t.start and "end" = t."end")
where h.id is null or not (h.verdict = 'reject' or coalesce(h.correction, '') = 'none')
order by w.posting_id, w.version_id, w.document_id, t.start
"""


def fill(pub: Publication) -> None:
    """Every finding of the newest reading of every published text; the quote is cut from the covered text."""
    pub.fill("terms", SELECT)
