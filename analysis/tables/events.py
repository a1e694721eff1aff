"""What happened between two looks at a gig or a licence."""

from analysis.publication import Publication
from analysis.scope import WATCHED

AFTER = ("versions", "documents")

SELECT = f"""
with event as (
  select e.id, case when s.kind = 'document' then null else e.posting_id end as posting_id,
    case when s.kind = 'document' then {WATCHED} + e.version_after else e.document_id end as document_id,
    e.kind, e.at, e.code, e.detail, e.before, e.after,
    case when s.kind = 'document' then null else e.version_before end as version_before,
    case when s.kind = 'document' then null else e.version_after end as version_after
  from store.event e left join store.posting p on p.id = e.posting_id left join store.source s on s.id = p.source_id
)
select e.id, e.posting_id, e.document_id, e.kind, e.at, substr(e.at, 1, 7) as month,
  coalesce(v.title, b.title, d.title) as title, coalesce(v.organization, b.organization, d.organization) as organization,
  e.code, redact(e.detail) as detail, redact(e.before) as before, redact(e.after) as after, e.version_before, e.version_after,
  coalesce(p.source_id, d.source_id) as source_id
from event e
left join store.posting p on p.id = e.posting_id
left join versions v on v.id = coalesce(e.version_after, p.version_id)
left join versions b on b.id = e.version_before
left join documents d on d.id = e.document_id
where e.posting_id in (select posting_id from temp.scope) or (e.posting_id is null and d.id is not null)
"""


def fill(pub: Publication) -> None:
    """Events of the published gigs and documents, with both sides quoted and contact details covered."""
    pub.fill("events", SELECT)
