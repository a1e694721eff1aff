"""What is published: gigs that may hire performers to train AI, their texts and the newest reading of each.

A gig belongs if it trains AI and either asks for performers or captures the worker's own voice, face, body or likeness.

A person's judgement that a text is no such gig counts as long as the text stands.

Three temporary tables carry the choice. `answer`: relevance of every version ever seen; `scope`: gigs of which any version is relevant
or unclear (an edit that takes the word AI out must not make a gig vanish); `words`: every text that stands for a gig or a document.
What stands only in a handed-in document that nobody corroborated has the place `unverified` and enters no figure.
"""

from __future__ import annotations

from analysis.publication import Publication

NEWEST = """
create temp table newest as
select r.text_sha256, r.id as reading_id, r.ruleset from store.reading r
where r.id = (select max(id) from store.reading where text_sha256 = r.text_sha256)
"""

JUDGED = """
create temp table judged as
select text_sha256, max(at) as at from store.review where kind = 'relevance' and verdict = 'reject' group by text_sha256
"""

ANSWER = """
create temp table answer as
select v.id as version_id, v.posting_id, l.ai_training as ai_gig, l.performers as for_performers, l.modalities,
  case when j.at is not null then 'other'
       when l.ai_training = 1 and (l.performers = 1 or l.modalities <> '[]') then 'relevant'
       when coalesce(l.ai_training, 1) = 1 and (coalesce(l.performers, 1) = 1 or l.modalities <> '[]') then 'unclear'
       else 'other' end as relevance
from store.version v
left join temp.newest n on n.text_sha256 = v.text_sha256
left join store.relevance l on l.reading_id = n.reading_id
left join temp.judged j on j.text_sha256 = v.text_sha256
"""

SCOPE = """
create temp table scope as
select posting_id, case when max(relevance = 'relevant') then 'relevant' else 'unclear' end as relevance
from temp.answer
where posting_id not in (select p.id from store.posting p join store.source s on s.id = p.source_id where s.kind = 'document')
group by posting_id having max(relevance in ('relevant', 'unclear'))
"""

# Platforms' terms are watched as sources of their own: each of their versions is a document, numbered from here.
WATCHED = 1_000_000_000

DOCUMENT = f"""
create temp table published_document as
select d.id, d.text_sha256, d.posting_id, d.source_id, d.organization, d.title, d.origin, d.url, d.capture_id, d.file_sha256, d.added_at,
  d.seen_to
from store.document d
where (d.posting_id is null or d.posting_id in (select posting_id from temp.scope)) and (d.origin = 'captured' or d.publish = 1)
union all
select {WATCHED} + v.id, v.text_sha256, null, p.source_id, v.organization, v.title, 'captured', v.url, v.capture_id, null, v.seen_from,
  v.seen_to
from store.version v join store.posting p on p.id = v.posting_id join store.source s on s.id = p.source_id where s.kind = 'document'
"""

WORDS = """
create temp table words as
select v.posting_id, v.id as version_id, null as document_id, 'posting' as place, v.id = p.version_id as current,
  v.text_sha256, n.reading_id, n.ruleset
from temp.scope s join store.posting p on p.id = s.posting_id join store.version v on v.posting_id = p.id
left join temp.newest n on n.text_sha256 = v.text_sha256
union all
select d.posting_id, null, d.id, case when d.origin = 'submitted, unverified' then 'unverified' else 'licence' end,
  d.seen_to is null, d.text_sha256, n.reading_id, n.ruleset
from temp.published_document d left join temp.newest n on n.text_sha256 = d.text_sha256
"""

KEYS = {
    "newest": "text_sha256",
    "judged": "text_sha256",
    "answer": "version_id",
    "scope": "posting_id",
    "published_document": "posting_id",
    "words": "reading_id",
}


def choose(pub: Publication) -> None:
    """Decide what is published, into temporary tables that every table's filling reads."""
    steps = {"newest": NEWEST, "judged": JUDGED, "answer": ANSWER, "scope": SCOPE, "published_document": DOCUMENT, "words": WORDS}
    for name, sql in steps.items():
        pub.db.execute(sql)
        pub.db.execute(f"create index temp.ix_{name} on {name}({KEYS[name]})")
