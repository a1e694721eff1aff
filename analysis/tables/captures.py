"""The archived responses behind the published rows."""

from analysis.evidence_path import SQL as EVIDENCE
from analysis.publication import Publication

AFTER = ("versions", "documents")

BEHIND = """
create temp table behind as
with direct as (select capture_id as id from versions union select capture_id from documents where capture_id is not null),
original as (select revisit_of as id from store.capture where id in (select id from direct) and revisit_of is not null)
select id from direct union select id from original
union select id from store.capture where parent in (select id from direct union select id from original)
"""

SELECT = f"""
select c.id, c.source_id, c.crawl_id, c.url, c.role, c.method, c.fetched_at, c.status, c.mime, c.encoding, c.size, c.sha256, c.warc,
  c.offset, c.length, c.revisit_of, c.parent, {EVIDENCE.format(capture="c.id")} as evidence,
  coalesce((select backfilled from store.crawl k where k.id = c.crawl_id), 0) as backfilled
from store.capture c where c.id in (select id from temp.behind)
"""


def fill(pub: Publication) -> None:
    """Captures that a published version or document was read from, their originals, and what a browser made of them."""
    pub.db.execute(BEHIND)
    pub.fill("captures", SELECT)
