"""Every crawl and how it ended."""

from analysis.publication import Publication

AFTER = ()

SELECT = """
select id, source_id, started_at, finished_at, outcome, redact(reason) as reason, failure, pages, unchanged_pages, bytes, seen, new,
  changed, errors, expected, warc, coalesce(backfilled, 0) as backfilled from store.crawl
"""


def fill(pub: Publication) -> None:
    """All crawls, whatever their outcome."""
    pub.fill("crawls", SELECT)
