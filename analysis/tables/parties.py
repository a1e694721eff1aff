"""Who stands behind a gig, by the words."""

from analysis.publication import Publication

AFTER = ("texts", "versions")

SELECT = """
select w.posting_id, w.version_id, w.document_id, w.place, w.current, y.role, redact(y.name) as name, y.disclosure,
  organization_id(y.name) as organization_id, inert(substr(x.text, y.start + 1, y.end - y.start)) as quote, y.start, y.end, y.rule,
  0 as licence_only, p.first_seen
from temp.words w join store.party y on y.reading_id = w.reading_id join texts x on x.sha256 = w.text_sha256
left join store.posting p on p.id = w.posting_id
where y.role != 'poster'
order by w.posting_id, w.version_id, w.document_id, y.start
"""

LICENCE_ONLY = """
update parties as y set licence_only = 1
where y.current = 1 and y.place = 'licence' and y.name is not null
  and y.name != (select v.organization from store.posting p join versions v on v.id = p.version_id where p.id = y.posting_id)
  and not exists (select 1 from parties o where o.posting_id = y.posting_id and o.current = 1 and o.place = 'posting' and o.name = y.name)
"""


def fill(pub: Publication) -> None:
    """Every party of the newest reading of every published text."""
    pub.fill("parties", SELECT)
    pub.db.execute("create index temp_parties on parties(posting_id)")
    pub.db.execute(LICENCE_ONLY)
    pub.db.execute("drop index temp_parties")
