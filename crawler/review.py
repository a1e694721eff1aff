"""People's judgement of single findings: accept, reject, correct. Keyed to the text's digest, so that it lapses when the text changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from crawler import rows, store
from crawler.errors import UserMistake
from crawler.records import Polarity

ACCEPT, REJECT, CORRECT = "accept", "reject", "correct"
CONTEXT = 160

UNREVIEWED = """
select t.id, t.code, t.polarity, t.grp, t.quote, t.start, t.end, r.text_sha256, x.text, v.title
from term t join reading r on r.id = t.reading_id join text x on x.sha256 = r.text_sha256
left join version v on v.text_sha256 = r.text_sha256
where r.id = (select max(id) from reading where text_sha256 = r.text_sha256)
  and not exists (select 1 from review w where w.text_sha256 = r.text_sha256 and w.kind = 'term' and w.code = t.code
                  and w.polarity = t.polarity and w.start = t.start and w.end = t.end)
  and (:code is null or t.code = :code)
group by r.text_sha256, t.id order by t.id limit :limit
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding to judge, with the words around it: before + quote + after."""

    id: int
    text_sha256: str
    code: str
    polarity: str
    quote: str
    before: str
    after: str
    start: int
    end: int
    title: str | None


def waiting(db: Database, code: str | None = None, limit: int = 50) -> list[Finding]:
    """Findings of the newest readings that nobody has judged, oldest first."""
    return [_finding(row) for row in store.select(db, UNREVIEWED, {"code": code, "limit": limit})]


def _finding(row: rows.Row) -> Finding:
    text, start, end = row["text"], row["start"], row["end"]
    return Finding(
        id=row["id"],
        text_sha256=row["text_sha256"],
        code=row["code"],
        polarity=row["polarity"],
        quote=row["quote"],
        before=text[max(0, start - CONTEXT) : start],
        after=text[end : end + CONTEXT],
        start=start,
        end=end,
        title=row["title"],
    )


def judge(db: Database, finding: int, verdict: str, reviewer: str, at: str, correction: str | None = None) -> None:
    """Write a judgement. correction: the right polarity, or `none` for not stated; needed by `correct` alone. Raises UserMistake."""
    row = store.first(db, "select t.*, r.text_sha256 from term t join reading r on r.id = t.reading_id where t.id = ?", [finding])
    if row is None:
        raise UserMistake(f"no finding {finding}; see `callboard review --list`")
    allowed = {*(each.value for each in Polarity), "none"}
    if (verdict == CORRECT) != (correction is not None) or (correction is not None and correction not in allowed):
        raise UserMistake(f"a correction is one of {', '.join(sorted(allowed))}, and goes with --correct only")
    judged: rows.Row = {"text_sha256": row["text_sha256"], "kind": "term", "code": row["code"], "polarity": row["polarity"]}
    judged |= {"start": row["start"], "end": row["end"], "verdict": verdict, "correction": correction}
    with store.transaction(db):
        store.insert(db, "review", judged | {"reviewer": reviewer, "at": at})


def dismiss(db: Database, gig: str, reviewer: str, at: str) -> int:
    """Judge that a posting is no AI-training gig for performers. How many wordings that is about; a new one is judged by the rules again.

    Raises UserMistake for an unknown gig.
    """
    texts = store.select(db, "select distinct text_sha256 from version where posting_id = ?", [gig])
    if not texts:
        raise UserMistake(f"no gig {gig}; its id is the last part of the address of its page")
    with store.transaction(db):
        for row in texts:
            judged: rows.Row = {"text_sha256": row["text_sha256"], "kind": "relevance", "verdict": REJECT}
            store.insert(db, "review", judged | {"reviewer": reviewer, "at": at})
    return len(texts)


def labelled(db: Database) -> Iterator[str]:
    """Judged findings as JSON lines in the form of the labelled corpus: a text with the terms that people stand by."""
    texts = store.select(
        db, "select distinct w.text_sha256, x.text from review w join text x on x.sha256 = w.text_sha256 where w.kind = 'term' order by 1"
    )
    for row in texts:
        judged = store.select(db, "select * from review where text_sha256 = ? and kind = 'term' order by id", [row["text_sha256"]])
        terms = [_label(row["text"], each) for each in judged if each["verdict"] != REJECT and each["correction"] != "none"]
        refused = [_label(row["text"], each) for each in judged if each["verdict"] == REJECT or each["correction"] == "none"]
        line = {"id": row["text_sha256"], "origin": "callboard review", "text": row["text"], "terms": terms, "rejected": refused}
        yield json.dumps(line | {"labels": "reviewed"}, ensure_ascii=False)


def _label(text: str, judged: rows.Row) -> rows.Row:
    start, end = judged["start"], judged["end"]
    polarity = judged["correction"] if judged["correction"] not in (None, "none") else judged["polarity"]
    return {"code": judged["code"], "polarity": polarity, "quote": text[start:end], "start": start, "end": end}
