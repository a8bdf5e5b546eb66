"""Learn what the evidence of a visit is worth, from texts whose journeys are known."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.errors import InputError
from mapper.evaluate.itineraries import is_of, read_record
from mapper.pipeline import locate_places, visit_evidence
from mapper.train.folds import parted
from mapper.visits import Weights

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Case", "cases", "fit", "folds"]

Record = Mapping[str, Any]

# The prior of a weight is a normal one of this precision, chosen by cross-validation.
PRECISION = 10.0
# Evidence that fewer mentions have is not weighed.
LEAST_SEEN = 4
STEPS = 30
DECIMALS = 3


class Case(NamedTuple):
    """A text: the evidence of each mention, and whether its place is on the journey."""

    record: Record
    mentions: Sequence[tuple[frozenset[str], bool]]


def cases(records: Iterable[Record]) -> Iterator[Case]:
    """Yield what may be learnt from each gold text.

    A mention of a place that may be a stop and need not is left out.
    """
    for record in records:
        document = read_record(record)
        mentions = locate_places(document)
        found = zip(mentions, visit_evidence(document, mentions), strict=True)
        optional = record.get("optional") or ()
        labelled = [
            (considered, any(is_of(mention, stop) for stop in record["stops"]), mention)
            for mention, considered in found
        ]
        yield Case(
            record,
            [
                (considered, label)
                for considered, label, mention in labelled
                if label or not any(is_of(mention, place) for place in optional)
            ],
        )


def folds(
    learnt: Sequence[Case], held: Sequence[Case], *, count: int
) -> Iterator[tuple[Weights, Sequence[Case]]]:
    """Yield weights, each with those of the `held` texts that they have not learnt from.

    The `held` are some of the `learnt`; each comes once.
    """
    for rest, aside in parted(learnt, held, count=count):
        yield fit(rest), aside


def fit(learnt: Sequence[Case]) -> Weights:
    """Return the weights of a logistic regression, by Newton's method.

    A text counts by the root of the number of its mentions, so that long ones do not
    drown the others.

    Raises
    ------
    InputError
        The texts have too little in common to learn from.
    """
    import numpy as np

    names = _names(learnt)
    if not names:
        raise InputError(
            f"There is nothing to learn: no evidence stands with {LEAST_SEEN} names of places. "
            "Give more gold texts."
        )
    rows, labels, shares = _table(learnt, names)
    weights = np.zeros(len(names) + 1)
    prior = np.full(len(weights), PRECISION)
    # What is added to the sum is free.
    prior[-1] = 1e-3
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (shares * (labels - chances)) - prior * weights
        curve = (rows * (shares * chances * (1 - chances))[:, None]).T @ rows + np.diag(prior)
        weights += np.linalg.solve(curve, slope)
    rounded = [round(float(weight), DECIMALS) for weight in weights]
    return Weights(
        weights={name: it for name, it in zip(names, rounded, strict=False) if it},
        base=rounded[-1],
    )


def _names(learnt: Iterable[Case]) -> list[str]:
    seen = Counter(it for case in learnt for found, _ in case.mentions for it in found)
    return sorted(name for name, times in seen.items() if times >= LEAST_SEEN)


def _table(
    learnt: Iterable[Case], names: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a row of noughts and ones for each mention, its label, and how much it counts."""
    import numpy as np

    rank = {name: at for at, name in enumerate(names)}
    rows, labels, shares = [], [], []
    for case in learnt:
        for found, label in case.mentions:
            row = np.zeros(len(names) + 1)
            row[[rank[it] for it in found if it in rank]] = 1
            row[-1] = 1
            rows.append(row)
            labels.append(float(label))
            shares.append(1 / math.sqrt(len(case.mentions)))
    share = np.array(shares)
    return np.array(rows), np.array(labels), share / share.mean()
