"""The word lists: single words, in small letters, that do not contradict one another."""

from __future__ import annotations

import pytest

from mapper import lexicon

LISTS = lexicon.__all__


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_lower_case_words(name: str) -> None:
    """Whoever looks a word up lowers it first, so that a capital would never be found."""
    found = getattr(lexicon, name)
    assert found
    assert all(word == word.lower() and " " not in word for word in found)


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("SITE_HEADS", "GENERIC_HEADS"),
        ("AREA_HEADS", "GENERIC_HEADS"),
        ("BRAND_HEADS", "ORGANIZATION_HEADS"),
        ("MONTHS", "COMMON_WORDS"),
        ("WEEKDAYS", "COMMON_WORDS"),
    ],
)
def test_lists_within_lists(inner: str, outer: str) -> None:
    """A list that refines another is part of it."""
    assert getattr(lexicon, inner) <= getattr(lexicon, outer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ORGANIZATION_HEADS", "SITE_HEADS"),
        ("LOCATIVES", "SPEECH_VERBS"),
        ("STREET_HEADS", "GENERIC_HEADS"),
    ],
)
def test_lists_apart(one: str, other: str) -> None:
    """A word cannot decide two ways."""
    assert getattr(lexicon, one) & getattr(lexicon, other) == frozenset()
