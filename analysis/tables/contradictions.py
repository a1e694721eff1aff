"""Promises that licences take back, by poster. The words are the only judge."""

from analysis.publication import Publication

AFTER = ("promises", "postings", "organizations")

SELECT = """
select p.organization_id, {promise} as promise, max(p.organization) as name, count(distinct r.posting_id) as gigs, count(*) as pairs,
  group_concat(distinct r.promise) as promises, group_concat(distinct r.against) as taken_by_the_licence,
  max(p.first_seen) as last_first_seen
from promises r join postings p on p.id = r.posting_id
where r.verdict = 'contradicts'
group by 1, 2 order by gigs desc, pairs desc
"""


def fill(pub: Publication) -> None:
    """A row for each poster and promise, and one for all promises of each poster."""
    for promise in ("'any'", "r.promise"):
        pub.fill("contradictions", SELECT.format(promise=promise))
