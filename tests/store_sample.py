"""A store filled with invented gigs, so that the publication and the site are tested before and apart from crawling.

Rows are made by hand, not read by the engine: quotes are found in the text by their words. Companies are marked as invented. The same
numbers give the same store.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sample_words import (
    COMPANIES,
    CONTACT,
    FILLER,
    HOSTILE,
    LICENCE,
    LICENCE_TERMS,
    PAY,
    SENTENCES,
    SOURCES,
    TERMS,
    WORK,
)

from crawler import store

NOW = "2026-11-21T03:00:00Z"
START = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
RULESET = hashlib.sha256(b"sample").hexdigest()[:16]


def iso(moment: datetime) -> str:
    """ISO 8601 UTC, ending in Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def digest(words: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(words.encode()).hexdigest()


@dataclass
class Sample:
    """A store being filled; `next` counts ids for each table."""

    db: sqlite3.Connection
    chance: random.Random
    rows: dict[str, list[dict[str, Any]]]

    def add(self, table: str, **row: Any) -> int:
        """Keep a row for later; its number in the table."""
        kept = self.rows.setdefault(table, [])
        kept.append(row)
        return len(kept)

    def flush(self) -> None:
        """Write all rows kept."""
        for table, rows in self.rows.items():
            names = list(dict.fromkeys(name for row in rows for name in row))
            marks = ", ".join("?" * len(names))
            columns = ", ".join(f'"{name}"' for name in names)
            self.db.executemany(
                f'insert or ignore into "{table}" ({columns}) values ({marks})', ([row.get(name) for name in names] for row in rows)
            )
        self.rows.clear()


def fill(path: Path, gigs: int = 60, filler: int = 0) -> Path:
    """A new store at `path` with `gigs` invented gigs; filler: further words in each text, for size."""
    db = store.open_store(path)
    sample = Sample(db.conn, random.Random(7), {})
    sample.db.execute("pragma foreign_keys=off")
    _sources(sample)
    for number in range(gigs):
        _gig(sample, number, gigs, filler)
    _crawls(sample)
    sample.flush()
    sample.db.commit()
    db.conn.close()
    return path


def _sources(sample: Sample) -> None:
    for id, name in SOURCES:
        row = {"id": id, "kind": "jsonld", "name": name, "url": f"https://{id}.example/", "organization": name, "lineage": "casting site"}
        row |= {"region": "US", "checked": 1, "cron": "0 2 * * *", "expect_min": 1, "invented": 1, "added_at": iso(START)}
        sample.add("source", **row)


def _crawls(sample: Sample) -> None:
    """Nightly crawls; Stagepost is down from day 150 for a fortnight, and on the last two nights."""
    for day in range(320):
        for id, _ in SOURCES:
            begin = START + timedelta(days=day)
            down = id == "stagepost" and (150 <= day < 164 or day >= 318)
            row = {
                "source_id": id,
                "started_at": iso(begin),
                "finished_at": iso(begin + timedelta(minutes=9)),
                "pages": 40,
                "bytes": 10_000,
            }
            row |= {
                "outcome": "failed" if down else "complete",
                "reason": "no listing could be read (timeout)" if down else "40 postings seen",
            }
            sample.add("crawl", **row, seen=0 if down else 40, new=1, changed=0, errors=0, expected=40, warc=f"{id}/{day}.warc.gz")


@dataclass(frozen=True)
class Gig:
    """One invented gig: what all its versions share."""

    number: int
    id: str
    source: str
    company: str
    title: str
    work: str
    modalities: list[str]
    versions: int
    first: datetime


def _gig(sample: Sample, number: int, gigs: int, filler: int) -> None:
    chance = sample.chance
    first = START + timedelta(days=318 * (number + 1) / gigs, hours=number % 5)
    title, work, modalities = WORK[number % len(WORK)]
    title = f"{title} {number}" if number % 17 else f"{title} {HOSTILE}"
    company = COMPANIES[number % len(COMPANIES)] + " (invented)"
    versions = 2 if number % 5 == 0 else 1
    gig = Gig(number, digest(f"gig {number}")[:12], SOURCES[number % 4][0], company, title, work, modalities, versions, first)
    pay = PAY[chance.randrange(len(PAY))] if chance.random() < 0.8 else None
    codes = [code for code in TERMS if code in ("recording_notice",) or chance.random() < 0.45]
    for version in range(1, versions + 1):
        if version == 2 and "no_commercial_use" not in codes:
            pay = PAY[(number + 1) % len(PAY)]
        kept = [code for code in codes if not (version == 2 and code == "no_commercial_use")]
        text = _text(gig, pay, kept, filler, chance)
        _version(sample, gig, version, first + timedelta(days=2 * (version - 1)), text, pay, kept)
    _posting(sample, gig)
    if number % 6 == 0:
        _licence(sample, gig.id, first)


def _posting(sample: Sample, gig: Gig) -> None:
    number, first, version = gig.number, gig.first, len(sample.rows["version"])
    state = "closed" if number % 5 == 2 and first < datetime(2026, 10, 28, tzinfo=UTC) else "uncertain" if number % 11 == 0 else "open"
    last = first + timedelta(days=20) if state == "closed" else datetime(2026, 11, 21, 2, 5, tzinfo=UTC)
    row = {"id": gig.id, "source_id": gig.source, "native_id": str(number), "url": f"https://stagepost.example/gig/{number}"}
    row |= {"state": state, "state_reason": f"last seen {last:%d %B %Y %H:%M} UTC", "first_seen": iso(first), "last_seen": iso(last)}
    row |= {"missed": 0, "closed_at": iso(last + timedelta(hours=20)) if state == "closed" else None, "backlog": int(number < 4)}
    sample.add("posting", **row, version_id=version)
    if number >= 4:
        sample.add("event", posting_id=gig.id, kind="new", at=iso(first), detail="first seen", version_after=version)
    if state == "closed":
        sample.add("event", posting_id=gig.id, kind="closed", at=row["closed_at"], detail="absent from 2 complete crawls")


def _text(gig: Gig, pay: Any, codes: list[str], filler: int, chance: random.Random) -> str:
    body = [gig.work, f"Pay is {pay[0]}." if pay else "", *(SENTENCES[code] for code in codes if code in SENTENCES), CONTACT]
    body += [" ".join(chance.choices(FILLER, k=filler)) + "."] if filler else []
    return (
        f"{gig.title}\n{gig.company} · Los Angeles, CA\n\n"
        + "\n".join(part for part in body if part)
        + f"\nReference {chance.randrange(10**9)}."
    )


def _version(sample: Sample, gig: Gig, number: int, seen: datetime, text: str, pay: Any, codes: list[str]) -> None:
    at, address = iso(seen), f"https://stagepost.example/gig/{gig.number}"
    body = sample.add("capture", **_capture(gig.source, address, "posting", at, len(text)))
    if gig.number % 7 == 0:
        picture = _capture(gig.source, f"urn:callboard:screenshot:{address}", "screenshot", at, 90_000)
        sample.add("capture", **picture, parent=body)
    _reading(sample, text, at, pay, codes, gig.modalities)
    row = {"posting_id": gig.id, "number": number, "digest": digest(text + "fields"), "text_sha256": digest(text), "capture_id": body}
    row |= {
        "url": address,
        "title": gig.title,
        "organization": gig.company,
        "location": "Los Angeles, CA",
        "country": "US",
        "seen_from": at,
    }
    later = iso(seen + timedelta(days=2)) if number < gig.versions else None
    version = sample.add("version", **row, seen_to=later, remote=0, crawl_id=1)
    if gig.number % 9 == 0 and pay:
        structured = {
            "amount_min": pay[1],
            "amount_max": pay[2],
            "currency": pay[3],
            "unit": pay[4],
            "qualifiers": "[]",
            "rule": "board/salary",
        }
        sample.add("pay", version_id=version, quote=json.dumps({"value": pay[1]}), origin="structured", **structured)
    if number == 2:
        _changed(sample, gig.id, at, version)


def _changed(sample: Sample, id: str, at: str, version: int) -> None:
    changed = {"posting_id": id, "at": at, "version_before": version - 1, "version_after": version, "crawl_id": 1}
    sample.add("event", kind="text_edited", detail="the text was edited", **changed)
    if sample.chance.random() < 0.5:
        said = {"code": "no_commercial_use", "before": SENTENCES["no_commercial_use"]}
        sample.add("event", kind="promise_removed", detail="no_commercial_use (granted) removed", **said, **changed)
    else:
        sample.add("event", kind="pay_changed", detail="pay changed", before="$74 an hour", after="$60 an hour", **changed)


def _capture(source: str, url: str, role: str, at: str, size: int) -> dict[str, Any]:
    row = {
        "crawl_id": 1,
        "source_id": source,
        "url": url,
        "role": role,
        "method": "GET",
        "fetched_at": at,
        "status": 200,
        "mime": "text/html",
    }
    return row | {"encoding": "utf-8", "size": size, "sha256": digest(url + at), "warc": f"{source}/1.warc.gz", "offset": 0, "length": size}


def _reading(sample: Sample, text: str, at: str, pay: Any, codes: list[str], modalities: list[str]) -> None:
    sha = digest(text)
    sample.add("text", sha256=sha, text=text, chars=len(text), language="en", first_seen=at)
    reading = sample.add("reading", text_sha256=sha, ruleset=RULESET, read_at=at, upgrade=0)
    clear = sample.chance.random() < 0.85
    sample.add(
        "relevance", reading_id=reading, ai_training=1, performers=1 if clear else None, modalities=json.dumps(modalities), signals="[]"
    )
    for code in codes:
        polarity, group, quote = TERMS[code]
        where = _where(text, quote)
        sample.add("term", reading_id=reading, code=code, polarity=polarity, grp=group, rule=f"{code}/1", **where)
    if "undisclosed_client" in codes:
        where = _where(text, TERMS["undisclosed_client"][2])
        sample.add("party", reading_id=reading, role="end_client", name=None, disclosure="undisclosed", rule="party/client", **where)
    if pay:
        _offer(sample, reading, text, pay)


def _offer(sample: Sample, reading: int, text: str, pay: Any) -> None:
    quote, low, high, currency, unit, quantity, floor = pay
    marks = ["up_to"] if low is None else []
    row = {"amount_min": low, "amount_max": high, "currency": currency, "unit": unit, "qualifiers": json.dumps(marks), "floor": floor}
    if quantity:
        row |= dict(zip(("quantity_min", "quantity_max", "quantity_unit", "quantity_kind"), quantity, strict=True))
    sample.add("pay", reading_id=reading, rule="pay/text", origin="text", **row, **_where(text, quote))


def _where(text: str, quote: str) -> dict[str, Any]:
    start = text.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote)}


def _licence(sample: Sample, posting: str, first: datetime) -> None:
    sha, at = digest(LICENCE), iso(first + timedelta(days=1))
    if not sample.rows.get("document"):
        sample.add("text", sha256=sha, text=LICENCE, chars=len(LICENCE), language="en", first_seen=at)
        reading = sample.add("reading", text_sha256=sha, ruleset=RULESET, read_at=at, upgrade=0)
        sample.add("relevance", reading_id=reading, ai_training=None, performers=None, modalities="[]", signals="[]")
        for code, quote in LICENCE_TERMS.items():
            sample.add("term", reading_id=reading, code=code, polarity="granted", grp="rights", rule=f"{code}/1", **_where(LICENCE, quote))
        where = _where(LICENCE, "Meridian Avatars (invented)")
        sample.add(
            "party",
            reading_id=reading,
            role="collecting_company",
            name="Meridian Avatars (invented)",
            disclosure="named",
            rule="party/named",
            **where,
        )
    body = sample.add("capture", **_capture("stagepost", "https://stagepost.example/licence.pdf", "document", at, 9000))
    row = {
        "text_sha256": sha,
        "posting_id": posting,
        "organization": "Larkspur Sensing (invented)",
        "title": "Participant licence",
        "origin": "captured",
    }
    sample.add(
        "document", **row, url="https://stagepost.example/licence.pdf", capture_id=body, added_at=at, file_sha256=digest("pdf"), publish=1
    )
