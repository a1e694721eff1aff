"""The publication: what is in it, what is kept out, and that a bad one never replaces a good one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import store_sample
from published import opened, sample

from analysis.description import tables
from analysis.publish import counts, fillings, publish
from analysis.tables import texts
from crawler.errors import PublishError


def test_every_described_table_exists_with_its_columns() -> None:
    with opened() as db:
        for table in tables().values():
            columns = [row["name"] for row in db.execute(f"pragma table_info('{table.name}')")]
            assert columns == list(table.names)


def test_every_filling_fills_a_described_table() -> None:
    assert set(fillings()) <= set(tables())
    assert {name for filling in fillings().values() for name in filling.AFTER} <= set(tables())


def test_every_link_leads_to_a_row_and_has_an_index() -> None:
    with opened() as db:
        assert db.execute("pragma foreign_key_check").fetchall() == []
        for table in tables().values():
            indexed = {
                db.execute(f"pragma index_info('{row[1]}')").fetchone()[2] for row in db.execute(f"pragma index_list('{table.name}')")
            }
            wanted = {column.name for column in table.columns if column.to} - set(table.key)
            assert wanted <= indexed, table.name


def test_quotes_are_the_words_at_their_offsets() -> None:
    with opened() as db:
        query = """select t.quote, substr(x.text, t.start + 1, t."end" - t.start) as words from terms t
            left join versions v on v.id = t.version_id left join documents d on d.id = t.document_id
            join texts x on x.sha256 = coalesce(v.text_sha256, d.text_sha256)"""
        found = db.execute(query).fetchall()
    assert len(found) > 100
    assert all(row["quote"] == row["words"] and row["quote"] for row in found)


def test_contact_details_are_nowhere_in_the_file() -> None:
    content = (sample() / "callboard.db").read_bytes()
    for detail in (b"jo.bloggs", b"555-0147"):
        assert detail not in content
    assert b"jo.bloggs" in (sample() / "store.db").read_bytes()


def test_a_right_in_the_licence_counts_for_the_gig_and_says_where() -> None:
    with opened() as db:
        row = db.execute("select * from postings where licences_read > 0 and sublicensable = 'granted'").fetchone()
    assert row["sublicensable_where"] == "licence"
    assert row["deletion_right"] == "not stated"
    assert row["deletion_right_where"] is None


def test_search_finds_words_and_folds_accents() -> None:
    with opened() as db:
        found = db.execute("select count(*) from search_fts where search_fts match 'pérpetuity'").fetchone()[0]
    assert found > 5


def test_other_work_is_counted_and_not_published(tmp_path: Path) -> None:
    store = store_sample.fill(tmp_path / "store.db", gigs=12)
    db = sqlite3.connect(store)
    gig, version = db.execute("select id, version_id from posting where backlog = 0 limit 1").fetchone()
    db.execute(
        "update relevance set ai_training = 0, performers = 0 where reading_id in "
        "(select r.id from reading r join version v using (text_sha256) "
        "where v.posting_id = ?)",
        [gig],
    )
    db.execute("insert into sighting (crawl_id, posting_id, version_id) values (1, ?, ?)", [gig, version])
    db.commit()
    publish(store, tmp_path / "callboard.db", store_sample.NOW)
    with sqlite3.connect(tmp_path / "callboard.db") as out:
        assert out.execute("select count(*) from postings where id = ?", [gig]).fetchone()[0] == 0
        assert out.execute("select count(*) from events where posting_id = ?", [gig]).fetchone()[0] == 0
        assert out.execute("select seen, other from seen_daily where crawl_id = 1").fetchone() == (1, 1)


def test_unreleased_submissions_stay_private(tmp_path: Path) -> None:
    store = store_sample.fill(tmp_path / "store.db", gigs=12)
    db = sqlite3.connect(store)
    db.execute("update document set origin = 'submitted, unverified', publish = 0 where id = 1")
    db.commit()
    publish(store, tmp_path / "callboard.db", store_sample.NOW)
    with sqlite3.connect(tmp_path / "callboard.db") as out:
        assert out.execute("select group_concat(id) from documents").fetchone()[0] == "2"


def test_a_fall_by_more_than_half_is_refused_unless_forced(tmp_path: Path) -> None:
    big, small = store_sample.fill(tmp_path / "big.db", gigs=20), store_sample.fill(tmp_path / "small.db", gigs=8)
    out = tmp_path / "callboard.db"
    publish(big, out, store_sample.NOW)
    with pytest.raises(PublishError, match="8 gigs where the last publication has 20"):
        publish(small, out, store_sample.NOW)
    assert counts(out)["postings"] == 20
    assert [path.name for path in tmp_path.glob(".*")] == []
    assert publish(small, out, store_sample.NOW, force=True).rows["postings"] == 8


def test_what_is_no_store_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("not a database, just words, long enough to be taken for a header", "utf-8")
    with pytest.raises(PublishError, match="not a store"):
        publish(tmp_path / "store.db", tmp_path / "callboard.db", store_sample.NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store.db"]


def test_texts_are_taken_over_only_from_the_same_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, out = store_sample.fill(tmp_path / "store.db", gigs=8), tmp_path / "callboard.db"
    publish(store, out, store_sample.NOW)
    covered: list[str] = []
    monkeypatch.setattr(texts, "covered", lambda text: covered.append(text) or text.replace("e", "█"))
    publish(store, out, store_sample.NOW)
    assert covered == []
    monkeypatch.setattr(texts, "rules", lambda: "others")
    publish(store, out, store_sample.NOW)
    with sqlite3.connect(out) as db:
        assert db.execute("select count(*) from texts where text glob '*e*'").fetchone()[0] == 0
        assert len(covered) == db.execute("select count(*) from texts").fetchone()[0] > 0


def test_the_same_store_gives_the_same_rows(tmp_path: Path) -> None:
    publish(sample() / "store.db", tmp_path / "callboard.db", store_sample.NOW)
    with sqlite3.connect(tmp_path / "callboard.db") as again, opened() as first:
        for table in tables():
            query = f"select * from '{table}'"
            assert again.execute(query).fetchall() == [tuple(row) for row in first.execute(query)], table
