"""Licence and contract texts."""

from analysis.evidence_path import SQL as EVIDENCE
from analysis.publication import Publication

AFTER = ()

SELECT = f"""
select d.id, redact(d.title) as title, redact(d.organization) as organization,
  organization_id(d.organization) as organization_id, d.posting_id, d.source_id, d.origin, d.url, d.text_sha256, d.file_sha256,
  d.capture_id, d.added_at, d.seen_to,
  d.seen_to is null as current,
  (select count(distinct code) from store.term t
   where t.reading_id = w.reading_id and t.grp = 'rights' and t.polarity != 'denied') as rights,
  w.ruleset, {EVIDENCE.format(capture="d.capture_id")} as evidence
from temp.words w join temp.published_document d on d.id = w.document_id
"""


def fill(pub: Publication) -> None:
    """Captured documents, and handed-in ones that were released."""
    pub.fill("documents", SELECT)
