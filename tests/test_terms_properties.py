"""What must hold for any text: quotes are verbatim, paragraphs do not touch each other, a finding goes with its sentence."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.findings.clauses import clauses
from crawler.findings.term_files import catalogue
from crawler.findings.terms import find

SENTENCES = sorted(
    {example.text for term in catalogue() for example in term.examples if example.text.endswith(".") and "\n" not in example.text}
)
sentence = st.sampled_from(SENTENCES)
paragraph = st.lists(sentence, min_size=1, max_size=3).map(" ".join)
document = st.lists(paragraph, min_size=1, max_size=4).map("\n\n".join)
noise = st.text(st.characters(codec="utf-8"), max_size=300)
UNRELATED = [
    "The rehearsal room has two mirrors and a piano.",
    "Trains from the airport run every ten minutes.",
    "Lunch is served at noon; tell us about allergies.",
    "Parking costs four pounds a day.",
]


def found(text: str) -> list[tuple[str, str, str]]:
    return [(term.code, term.polarity.value, term.quote) for term in find(text)]


@given(st.one_of(document, noise, st.tuples(noise, document, noise).map("".join)))
@settings(max_examples=150, deadline=None)
def test_quotes_are_substrings_at_their_offsets(text: str) -> None:
    for term in find(text):
        assert text[term.start : term.end] == term.quote != ""


@given(document, st.sampled_from(UNRELATED), st.integers(0, 4))
@settings(max_examples=150, deadline=None)
def test_an_unrelated_paragraph_changes_nothing(text: str, other: str, place: int) -> None:
    paragraphs = text.split("\n\n")
    longer = "\n\n".join([*paragraphs[:place], other, *paragraphs[place:]])
    assert found(longer) == found(text)


@given(document)
@settings(max_examples=150, deadline=None)
def test_a_finding_goes_when_its_sentence_goes(text: str) -> None:
    for term in find(text):
        clause = next(clause for clause in clauses(text) if clause.start <= term.start < clause.end)
        rest = text[: clause.start] + text[clause.end :]
        kept = [row for row in find(text) if not clause.start <= row.start < clause.end]
        assert found(rest) == [(row.code, row.polarity.value, row.quote) for row in kept]


@given(noise)
@settings(max_examples=150, deadline=None)
def test_clauses_cover_every_word_in_order(text: str) -> None:
    spans = [(clause.start, clause.end) for clause in clauses(text)]
    assert spans == sorted(spans)
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
