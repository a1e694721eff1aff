"""Every term file and every cue: its own examples are its tests, and no name is written twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.findings.cues import cues
from crawler.findings.matching import Context, needed_words, term_wordings
from crawler.findings.polarity import shows
from crawler.findings.term_files import FOLDER, Example, TermFile, catalogue, read
from crawler.findings.terms import find, plain
from crawler.records import Group

FILES = {path.stem: path for group in Group for path in (FOLDER / group.value).glob("*.toml")}
EXAMPLES = [(term, example) for term in catalogue() for example in term.examples]


@pytest.mark.parametrize(("term", "example"), EXAMPLES, ids=[f"{t.code}: {e.text[:50]}" for t, e in EXAMPLES])
def test_the_examples_in_a_term_file_read_as_they_say(term: TermFile, example: Example) -> None:
    found = {row.polarity for row in find(example.text) if row.code == term.code}
    assert found == ({example.expect} if example.expect else set())


@pytest.mark.parametrize("term", catalogue(), ids=lambda term: term.code)
def test_a_term_file_is_complete(term: TermFile) -> None:
    assert FILES[term.code].parent.name == term.group.value
    assert all((term.title, term.meaning, term.why, term.citations, term.patterns))
    assert len(term.examples) >= 6
    assert {example.expect is None for example in term.examples} == {True, False}


def test_every_term_file_is_read_and_no_code_stands_in_two_folders() -> None:
    assert sorted(term.code for term in catalogue()) == sorted(FILES)
    assert len(FILES) == sum(1 for group in Group for _ in (FOLDER / group.value).glob("*.toml"))


@pytest.mark.parametrize("name", cues().classes)
def test_the_examples_of_a_cue_class_show_it_or_do_not(name: str) -> None:
    row = cues().classes[name]
    assert row.hits and row.misses
    assert [text for text in row.hits if not Context(plain(text)).shows(name)] == []
    assert [text for text in row.misses if Context(plain(text)).shows(name)] == []


@pytest.mark.parametrize("name", cues().turns)
def test_the_examples_of_a_turn_show_it_or_do_not(name: str) -> None:
    row = cues().turns[name]
    assert row.hits and row.misses
    assert [text for text in row.hits if not shows(name, plain(text))] == []
    assert [text for text in row.misses if shows(name, plain(text))] == []


def test_every_class_that_a_term_needs_or_shuns_exists() -> None:
    named = {name for term in catalogue() for pattern in term.patterns for name in pattern.needs + pattern.unless}
    assert named - set(cues().classes) == set()


BROKEN = {
    "colour = 1": "unknown key 'colour'",
    "title = 'x": "not valid TOML",
    "title = 'x'": "'meaning' is missing",
}


@pytest.mark.parametrize(("content", "words"), BROKEN.items())
def test_a_wrong_term_file_is_refused_with_its_name(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "rights" / "wrong.toml"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"wrong\.toml") as caught:
        read(path)
    assert words in str(caught.value)


def test_every_wording_has_a_word_to_look_for_first() -> None:
    """A wording that needs no word at all would be tried on every paragraph of every text, which costs all readers."""
    assert [wording.words for wording in term_wordings() if not needed_words(wording)] == []
