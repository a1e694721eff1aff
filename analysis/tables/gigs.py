"""The same gig on several boards."""

from analysis.publication import Publication

AFTER = ("versions",)

MEMBER = """
create temp table member as
select v.posting_id, 'g' || substr(v.text_sha256, 1, 10) as gig_id from versions v
where v.current and v.text_sha256 in (select text_sha256 from versions where current group by text_sha256 having count(*) > 1)
"""

SELECT = """
select m.gig_id as id, v.title, count(*) as postings, count(distinct p.source_id) as sources,
  count(distinct organization_id(v.organization)) as organizations, min(p.first_seen) as first_seen, max(p.last_seen) as last_seen,
  sum(p.state = 'open') as open, 1.0 as least_alike, 0 as pay_differs, 0 as terms_differ, '[]' as differences
from temp.member m join store.posting p on p.id = m.posting_id join versions v on v.id = p.version_id
group by m.gig_id
"""


def fill(pub: Publication) -> None:
    """Groups of gigs whose words in force are the same to the letter."""
    pub.db.execute(MEMBER)
    pub.db.execute("create index temp.ix_member on member(posting_id)")
    pub.fill("gigs", SELECT)
