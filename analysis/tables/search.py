"""What the full-text index searches."""

from analysis.publication import Publication

AFTER = ("postings", "texts", "terms", "pay_offers", "parties")

QUOTES = """
create temp table quotes as
select posting_id, group_concat(quote, ' | ') as quotes from (
  select posting_id, quote from terms where current and posting_id is not null
  union select posting_id, quote from pay_offers where current and posting_id is not null and quote is not null
  union select posting_id, quote from parties where current and posting_id is not null and quote is not null)
group by posting_id
"""

SELECT = """
select p.number, p.id as posting_id, p.title, p.organization, coalesce(q.quotes, '') as quotes,
  (select group_concat(x.text, char(10) || char(10)) from temp.words w join texts x on x.sha256 = w.text_sha256
   where w.posting_id = p.id and w.current) as text
from postings p left join temp.quotes q on q.posting_id = p.id order by p.number
"""

INDEX = """
create virtual table search_fts using fts5(title, organization, text, quotes, content='search', content_rowid='number',
  tokenize='unicode61 remove_diacritics 2')
"""


def fill(pub: Publication) -> None:
    """One row a gig, and the index over it."""
    pub.db.execute(QUOTES)
    pub.db.execute("create index temp.ix_quotes on quotes(posting_id)")
    pub.db.execute("create index temp.ix_words_posting on words(posting_id)")
    pub.fill("search", SELECT)
    pub.db.execute(INDEX)
    pub.db.execute("insert into search_fts(search_fts) values ('rebuild')")
    pub.db.execute("insert into search_fts(search_fts) values ('optimize')")
