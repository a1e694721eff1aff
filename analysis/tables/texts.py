"""The words themselves, once each."""

from analysis.publication import Publication

AFTER = ()

SELECT = """
select t.sha256, redact(t.text) as text, t.chars, t.language, t.first_seen, null as redacted
from store.text t where t.sha256 in (select text_sha256 from temp.words)
"""


def fill(pub: Publication) -> None:
    """Every text that stands for a gig or a document, contact details covered with offsets kept."""
    pub.fill("texts", SELECT)
    pub.db.execute("update texts set redacted = text is not (select text from store.text where sha256 = texts.sha256)")
