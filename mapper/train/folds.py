"""Texts parted for cross-validation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

__all__ = ["parted"]

_T = TypeVar("_T")


def parted(
    learnt: Sequence[_T], held: Sequence[_T], *, count: int
) -> Iterator[tuple[list[_T], Sequence[_T]]]:
    """Yield what to learn from, and those of the `held` texts to measure on, for each fold.

    The `held` are some of the `learnt`; each is measured once.
    """
    for fold in range(count):
        aside = held[fold::count]
        hidden = set(map(id, aside))
        yield [it for it in learnt if id(it) not in hidden], aside
