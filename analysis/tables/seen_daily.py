"""The denominator: everything that the crawls saw, published or not."""

from analysis.publication import Publication

AFTER = ()

SELECT = """
select substr(coalesce(c.finished_at, c.started_at), 1, 10) as day, c.source_id, c.id as crawl_id, c.outcome, count(s.posting_id) as seen,
  coalesce(sum(a.relevance = 'relevant'), 0) as relevant, coalesce(sum(a.relevance = 'unclear'), 0) as unclear,
  coalesce(sum(a.relevance = 'other'), 0) as other
from store.crawl c left join (select distinct crawl_id, posting_id, version_id from store.sighting) s on s.crawl_id = c.id
  left join temp.answer a on a.version_id = s.version_id
group by c.id order by day, c.source_id
"""


def fill(pub: Publication) -> None:
    """One row a crawl: postings seen, by what their words are about."""
    pub.fill("seen_daily", SELECT)
