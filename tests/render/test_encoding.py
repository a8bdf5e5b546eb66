"""Paths as short strings of ASCII."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.render.encoding import ALPHABET, decode, decode_paths, encode, encode_paths

whole_numbers = st.integers(-(2**62), 2**62 - 1)
paths = st.lists(
    st.lists(st.tuples(st.integers(-(2**40), 2**40), st.integers(-(2**40), 2**40)), min_size=1),
    min_size=1,
)


def decoded_by_the_letter(text: str) -> list[int]:
    """Read the scheme as the page's program does: a letter at a time."""
    numbers, value, factor = [], 0, 1
    for letter in text:
        digit = ALPHABET.index(letter)
        value += (digit & 31) * factor
        factor *= 32
        if digit < 32:
            numbers.append(-(value + 1) // 2 if value % 2 else value // 2)
            value, factor = 0, 1
    return numbers


@given(st.lists(whole_numbers))
def test_numbers_come_back(numbers: list[int]) -> None:
    """What was encoded is decoded to itself, by the array and by the letter."""
    assert decode(encode(numbers)).tolist() == numbers
    assert decoded_by_the_letter(encode(numbers)) == numbers


@given(paths)
def test_paths_come_back(points: list[list[tuple[int, int]]]) -> None:
    """Paths in a row keep their points and their limits."""
    flat = np.array([point for path in points for point in path], dtype=np.int64)
    text = encode_paths(flat, [len(path) for path in points])
    assert [[tuple(p) for p in path] for path in map(np.ndarray.tolist, decode_paths(text))] == [
        list(map(tuple, path)) for path in points
    ]


@given(st.lists(whole_numbers))
def test_nothing_needs_escaping(numbers: list[int]) -> None:
    """JSON, HTML and templates take the letters as they are."""
    text = encode(numbers)
    assert json.dumps(text) == f'"{text}"'
    assert not set(text) & set("<>&'\"{}%#\\ ")


def test_small_steps_take_a_letter_each() -> None:
    """Steps of up to 15 either way are one letter, of up to 511 two."""
    assert [len(encode([n])) for n in (0, 15, -16, 16, 511, -512, 512)] == [1, 1, 1, 2, 2, 2, 3]


def test_no_path_is_no_text() -> None:
    """Nothing is written for nothing."""
    assert encode([]) == ""
    assert decode("").tolist() == []
    assert encode_paths(np.zeros((0, 2), np.int64), []) == ""
    assert decode_paths("") == []


@pytest.mark.parametrize("text", ["A!", "é", "A B"])
def test_foreign_letters_are_refused(text: str) -> None:
    """A letter outside the alphabet is no number."""
    with pytest.raises(ValueError, match="letter outside"):
        decode(text)


def test_a_broken_number_is_refused() -> None:
    """A text that ends within a number is damaged."""
    with pytest.raises(ValueError, match="breaks off"):
        decode(encode([1000])[:-1])
