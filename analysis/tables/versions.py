"""Every wording of every gig."""

from analysis.publication import Publication

AFTER = ()

SELECT = """
select v.id, v.posting_id, v.number, w.current, v.seen_from, v.seen_to, redact(v.title) as title, redact(v.organization) as organization,
  redact(v.location) as location, redact(v.country) as country, v.remote,
  redact(v.employment_type) as employment_type, v.posted_on, v.closes_on, v.url, v.text_sha256, v.digest,
  v.capture_id, w.ruleset, case when k.backfilled then not exists (
    select 1 from store.sighting s join store.crawl l on l.id = s.crawl_id
    where s.posting_id = v.posting_id and s.version_id = v.id and coalesce(l.backfilled, 0) = 0) else 0 end as backfilled
from temp.words w join store.version v on v.id = w.version_id left join store.crawl k on k.id = v.crawl_id
"""


def fill(pub: Publication) -> None:
    """Versions of the published gigs."""
    pub.fill("versions", SELECT)
