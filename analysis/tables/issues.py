"""What went wrong or could not be read."""

from analysis.publication import Publication

AFTER = ()

SELECT = """
select id, source_id, crawl_id, case when posting_id in (select posting_id from temp.scope) then posting_id end as posting_id, url, rule,
  redact(message) as message, severity, opened_at, last_at, times, closed_at
from store.issue where posting_id is null or posting_id in (select posting_id from temp.scope)
"""


def fill(pub: Publication) -> None:
    """Issues of sources and crawls, and of gigs that are published."""
    pub.fill("issues", SELECT)
