"""Hypothesis strategies: texts of every kind, and values of the model."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import types
import typing
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from mapper import model

__all__ = ["MODEL_CLASSES", "hostile_texts", "model_values", "prose"]

MODEL_CLASSES: tuple[Any, ...] = tuple(
    kind for name in model.__all__ if dataclasses.is_dataclass(kind := getattr(model, name))
)

# Words that a recognizer has to keep apart, and the marks between them.
_WORDS = """
    Paris Texas Georgia Oslo Bergen Mount St. Mr. President Jordan Reading Nice Lake County
    University Police the of in to from near and left reached said U.S. D-Ohio Zürich Łódź
    Tuesday March French 12 1911 O'Leary Val-d'Or NATO NEW YORK
""".split()
_MARKS = [" ", " ", " ", " ", ", ", ". ", "\n", "\n\n", "-", "–", "’s ", " (", ") ", ": ", "? "]


def prose() -> st.SearchStrategy[str]:
    """Return texts made of names and the words around them."""
    pieces = st.tuples(st.sampled_from(_WORDS), st.sampled_from(_MARKS)).map("".join)
    return st.lists(pieces, max_size=40).map("".join)


def hostile_texts() -> st.SearchStrategy[str]:
    """Return texts as nobody writes them: any character, or one piece over and over."""
    pieces = st.sampled_from(
        ["A", "Ab ", "St. ", "(", "…", "‐", "U.S.", "\n", "Of ", "İ", "ß", "\0"]
    )
    repeated = st.builds(str.__mul__, pieces, st.integers(min_value=0, max_value=400))
    return st.one_of(st.text(), prose(), repeated)


def model_values(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a dataclass of the model, by the types of its fields."""
    hints = typing.get_type_hints(kind)
    fields = {field.name: _of(hints[field.name]) for field in dataclasses.fields(kind)}
    return st.builds(kind, **fields)


def _of(hint: Any) -> st.SearchStrategy[Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return st.none() | _of(arguments[0])
    if origin is tuple:
        return _tuple_of(arguments)
    if origin is Mapping:
        return st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=2)
    if dataclasses.is_dataclass(hint):
        return model_values(hint)
    return _scalar(hint)


def _tuple_of(arguments: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if arguments[-1] is Ellipsis:
        return st.lists(_of(arguments[0]), max_size=2).map(tuple)
    return st.tuples(*map(_of, arguments))


def _scalar(hint: Any) -> st.SearchStrategy[Any]:
    if issubclass(hint, enum.Enum):
        return st.sampled_from(hint)
    if hint is dt.date:
        return st.dates()
    if hint is float:
        # What is written keeps six decimals.
        return st.integers(min_value=-(10**9), max_value=10**9).map(lambda n: n / 10**6)
    return {int: st.integers(), str: st.text(max_size=8), bool: st.booleans()}[hint]
