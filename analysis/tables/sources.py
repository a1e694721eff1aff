"""Every source, and how its last crawls went."""

from analysis.publication import Publication

AFTER = ("crawls", "blind_intervals", "issues")

SELECT = """
with ended as (select *, row_number() over (partition by source_id order by finished_at desc, id desc) as nth
               from crawls where finished_at is not null),
complete as (select *, row_number() over (partition by source_id order by finished_at desc, id desc) as nth
             from crawls where outcome = 'complete' and finished_at is not null)
select s.id, s.name, s.kind, s.url, s.organization, organization_id(s.organization) as organization_id,
  s.lineage, s.region, s.cron as schedule,
  s.checked, s.refused, s.terms_note, s.robots_note, c.finished_at as last_complete, e.finished_at as last_crawl, e.outcome as last_outcome,
  e.reason as last_reason, c.seen as last_seen_count, s.expect_min as expected_min,
  (select coalesce(b.from_at, s.added_at) from blind_intervals b where b.source_id = s.id and b.to_at is null) as blind_since,
  coalesce(g.n, 0) as postings, coalesce(g.open, 0) as open,
  (select count(*) from issues i where i.source_id = s.id and i.closed_at is null) as open_issues,
  s.added_at, s.invented
from store.source s
left join ended e on e.source_id = s.id and e.nth = 1
left join complete c on c.source_id = s.id and c.nth = 1
left join (select p.source_id, count(*) as n, sum(p.state = 'open') as open
           from store.posting p join temp.scope o on o.posting_id = p.id group by p.source_id) g on g.source_id = s.id
"""


def fill(pub: Publication) -> None:
    """All sources, read or refused."""
    pub.db.execute("create index temp_crawls on crawls(source_id, finished_at)")
    pub.fill("sources", SELECT)
    pub.db.execute("drop index temp_crawls")
