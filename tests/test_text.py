"""Sentences and words, as every stage cuts them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from mapper.model import Section, SectionKind, Span
from mapper.text import sentence_at, sentences, words
from tests.hang import no_hang
from tests.strategies import hostile_texts


def cut(text: str) -> list[str]:
    """Return the sentences as strings."""
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "We met Dr. Hale and Mrs. Orme in St. Ives.",
        "The U.S. envoy flew to Washington, D.C. on Friday.",
        "J. R. Hartley walked up Mt. Elgon at 6 a.m. on Jan. 5.",
        "She asked for tea, sugar, etc. and slept.",
        "He paid 3.50 for the ferry.",
    ],
)
def test_a_dot_need_not_end_a_sentence(text: str) -> None:
    """Titles, initials, abbreviations and decimals do not cut."""
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We left Oslo. It rained.", ["We left Oslo.", "It rained."]),
        ("Where is he? Gone! Nobody knew…", ["Where is he?", "Gone!", "Nobody knew…"]),
        ("“Go to Rome.” He went.", ["“Go to Rome.”", "He went."]),
        ("A heading\n\nThe text.", ["A heading", "The text."]),
        ("He stayed until May 1911. 12 men left.", ["He stayed until May 1911.", "12 men left."]),
        ("On the quay\nwe waited.", ["On the quay\nwe waited."]),
    ],
)
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    """A final mark before a capital or a figure cuts, and so does a blank line."""
    assert cut(text) == expected


def test_sections_cut() -> None:
    """A heading without a full stop is no part of what follows, nor is what lies between."""
    text = "Oslo to Bergen -- We left at noon."
    sections = [
        Section(span=Span(0, 14), kind=SectionKind.TITLE),
        Section(span=Span(18, len(text)), kind=SectionKind.BODY),
    ]
    found = [span.of(text) for span in sentences(text, sections=sections)]
    assert found == ["Oslo to Bergen", "We left at noon."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They left the island\n\nof Rhodes. Then", ["They left the island\n\nof Rhodes.", "Then"]),
        ("He saw the\n\nMinister.", ["He saw the\n\nMinister."]),
        ("A title\n\nHe ran.", ["A title", "He ran."]),
        ("It ended.\n\nand began", ["It ended.", "and began"]),
        ("It ended. \n\nand began", ["It ended.", "and began"]),
        ("She sailed.[3][4] He ran.", ["She sailed.[3][4]", "He ran."]),
    ],
)
def test_a_gap_need_not_end_a_sentence(text: str, expected: list[str]) -> None:
    """A text that is set with blank lines between its lines goes on; notes end with their stop."""
    assert [span.of(text) for span in sentences(text)] == expected


def test_plain_text_goes_on_in_the_next_section() -> None:
    """A sentence runs on from plain text to plain text, and not into a heading."""
    text = "He will\n\nvisit Oslo.\n\nNext"
    body, head = SectionKind.BODY, SectionKind.HEADING
    cut = [Span(0, 7), Span(9, 20), Span(22, 26)]
    kinds = (body, body, head)
    sections = [Section(kind=kind, span=span) for kind, span in zip(kinds, cut, strict=True)]
    found = [span.of(text) for span in sentences(text, sections=sections)]
    assert found == ["He will\n\nvisit Oslo.", "Next"]


def test_the_sentence_at_a_position() -> None:
    """A position between sentences belongs to none."""
    spans = sentences("One. Two.")
    assert sentence_at(spans, 0) == spans[0]
    assert sentence_at(spans, 4) is None
    assert sentence_at(spans, 5) == spans[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow-based", ["Moscow", "based"]),
        ("Paris’s U.N. envoy", ["Paris", "s", "U.N.", "envoy"]),
        ("Łódź–Zürich", ["Łódź", "Zürich"]),
        ("snake_case", ["snake", "case"]),
        ("?!", []),
    ],
)
def test_what_a_word_is(text: str, expected: list[str]) -> None:
    """Hyphens and apostrophes part words; letters of any script, and initialisms, do not."""
    assert [word.of(text) for word in words(text)] == expected


@given(hostile_texts())
def test_sentences_cover_every_word(text: str) -> None:
    """Whatever the text, each word lies in a sentence, and the sentences are in order."""
    spans = sentences(text)
    inside = [word for span in spans for word in words(text, span)]
    assert "".join(word.of(text) for word in inside) == "".join(w.of(text) for w in words(text))
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))


@given(hostile_texts())
def test_sentences_have_no_space_around_them(text: str) -> None:
    """A sentence begins and ends with something to read."""
    pieces = cut(text)
    assert all(piece and piece == piece.strip() for piece in pieces)


@pytest.mark.parametrize(
    "piece", ["A", "word ", "St. ", ".", "\n", " ", "(", '"', "Mr. A. B. ", "!)"]
)
def test_a_line_without_an_end_is_cut(piece: str) -> None:
    """500 kB of anything, on one line, do not make the cutting hang."""
    text = piece * (500_000 // len(piece))
    with no_hang():
        for span in sentences(text):
            words(text, span)
        # What follows a long run decides what it is.
        sentences(f"{text}and so on")
