"""What the program learns from annotated texts: names, and which places were visited."""

from __future__ import annotations

from mapper.train.recognizer import (
    Sample,
    cross_validated,
    read_corpus,
    swapped,
    train,
    with_swaps,
)
from mapper.train.visits import Case, cases, fit, folds

__all__ = [
    "Case",
    "Sample",
    "cases",
    "cross_validated",
    "fit",
    "folds",
    "read_corpus",
    "swapped",
    "train",
    "with_swaps",
]
