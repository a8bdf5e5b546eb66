"""A linear-chain conditional random field that tells the words of place names from others.

Each word begins a name, is inside one, or is outside. A word's score for a label is the
sum of its features' weights; weights join the labels of neighbours too. The forward-backward
algorithm gives the probability of each label at each word (Lafferty, McCallum and Pereira,
2001). `mapper.train` learns the weights.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import math
import operator
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from mapper.errors import AssetError
from mapper.files import write_bytes
from mapper.recognize.features import (
    Candidates,
    Fact,
    Look,
    features,
    look_of,
    of_look,
    of_spelling,
)

__all__ = ["BEGIN", "INSIDE", "OUTSIDE", "Chances", "Tagger"]

BEGIN, INSIDE, OUTSIDE = LABELS = ("B", "I", "O")
EMBEDDED = Path(__file__).parent / "places.crf"
FORMAT = "mapper-crf-1"
# Weights are stored as whole numbers of this much; none reaches 32.
GRAIN = 0.001
# Further apart than this, in log-odds, labels are as good as certain.
CERTAIN = 50.0

# So many words, and so many facts, are remembered from text to text.
REMEMBERED = 20_000

# The probabilities that a word begins a name, and that it is inside one.
Chances = tuple[float, float]


@dataclasses.dataclass(frozen=True)
class Tagger:
    """The weights of the features and of the transitions between labels.

    A weight is a complex number for the sake of speed, as both parts are added at once: the
    real part speaks for BEGIN, the imaginary part for INSIDE, both against OUTSIDE.
    `transitions` are weights by label before and label after, in the order of `LABELS`.
    """

    weights: Mapping[str, complex]
    transitions: tuple[tuple[float, float, float], ...]

    @classmethod
    @functools.cache
    def open(cls, path: Path = EMBEDDED) -> Tagger:
        """Read the model at `path`, by default the one inside the package.

        Raises
        ------
        AssetError
            The file is missing or is no model.
        """
        try:
            head, _, body = path.read_bytes().partition(b"\n")
            described = json.loads(head)
            names, numbers = body[: described["names"]], body[described["names"] :]
            grains = array("h")
            grains.frombytes(numbers)
            if described["format"] != FORMAT:
                raise ValueError(described["format"])
        except (OSError, ValueError, KeyError) as error:
            raise AssetError(f"{path.name} is no model of place names: {error}") from error
        values = [GRAIN * grain for grain in grains]
        pairs = map(complex, values[::2], values[1::2])
        weights = dict(zip(names.decode().split("\n"), pairs, strict=True))
        return cls(weights=weights, transitions=tuple(map(tuple, described["transitions"])))

    def rounded(self) -> Tagger:
        """Return the tagger as it would be read again, were it saved."""
        weights = {
            name: complex(GRAIN * begin, GRAIN * inside)
            for name, (begin, inside) in self._grains().items()
        }
        return dataclasses.replace(self, weights=weights)

    def _grains(self) -> dict[str, tuple[int, int]]:
        """Return the weights as whole numbers, by name, those that come to nothing left out."""
        grains = {
            name: (round(weight.real / GRAIN), round(weight.imag / GRAIN))
            for name, weight in sorted(self.weights.items())
        }
        return {name: pair for name, pair in grains.items() if any(pair)}

    def save(self, path: Path) -> None:
        """Write the model."""
        grains = self._grains()
        names = "\n".join(grains).encode()
        head = {"format": FORMAT, "names": len(names), "transitions": self.transitions}
        numbers = array("h", [grain for pair in grains.values() for grain in pair])
        write_bytes(path, json.dumps(head).encode() + b"\n" + names + numbers.tobytes(), force=True)

    def chances(self, candidates: Candidates) -> list[Chances]:
        """Return for each candidate word how likely it begins a name, and is inside one."""
        return self._chances([self._score(candidates, index) for index in candidates.indices])

    def _score(self, candidates: Candidates, index: int) -> complex:
        of_words = [lent[at] for at, lent in enumerate(map(self._lent, candidates.around(index)))]
        of_facts = map(self._of_fact, candidates.facts(index))
        return sum(of_words) + sum(of_facts) + self._sum(candidates.here(index))

    def _sum(self, names: Iterable[str]) -> complex:
        weight = self.weights.get
        return sum([weight(name, 0j) for name in names])

    @functools.cached_property
    def _lent(self) -> Callable[[str], tuple[complex, ...]]:
        """What a word speaks for at each of the offsets."""

        def lent(word: str) -> tuple[complex, ...]:
            own = map(self._sum, of_spelling(word.lower()))
            return tuple(map(operator.add, own, self._of_look(look_of(word))))

        return functools.lru_cache(maxsize=REMEMBERED)(lent)

    @functools.cached_property
    def _of_look(self) -> Callable[[Look], tuple[complex, ...]]:
        return functools.cache(lambda look: tuple(map(self._sum, of_look(*look))))

    @functools.cached_property
    def _of_fact(self) -> Callable[[Fact], complex]:
        return functools.lru_cache(maxsize=REMEMBERED)(lambda fact: self._sum(features(fact)))

    @functools.cached_property
    def _factors(self) -> tuple[tuple[float, float, float], ...]:
        return tuple(tuple(map(math.exp, row)) for row in self.transitions)  # type: ignore[misc]

    def _chances(self, scores: Sequence[complex]) -> list[Chances]:
        """Return the marginal probabilities by the forward-backward algorithm."""
        states = [(_factor(score.real), _factor(score.imag)) for score in scores]
        ahead, behind = self._forward(states), self._backward(states)
        return [_shares(f, b) for f, b in zip(ahead, behind, strict=True)]

    def _forward(self, states: Sequence[tuple[float, float]]) -> list[tuple[float, float, float]]:
        (bb, bi, bo), (ib, ii, io), (ob, oi, oo) = self._factors
        found = []
        begin = inside = outside = 0.0
        for rank, (b, i) in enumerate(states):
            if rank == 0:
                begin, inside, outside = b, i, 1.0
            else:
                begin, inside, outside = (
                    (begin * bb + inside * ib + outside * ob) * b,
                    (begin * bi + inside * ii + outside * oi) * i,
                    begin * bo + inside * io + outside * oo,
                )
            total = begin + inside + outside
            begin, inside, outside = begin / total, inside / total, outside / total
            found.append((begin, inside, outside))
        return found

    def _backward(self, states: Sequence[tuple[float, float]]) -> list[tuple[float, float, float]]:
        (bb, bi, bo), (ib, ii, io), (ob, oi, oo) = self._factors
        found = []
        begin = inside = outside = 1.0
        for b, i in reversed(states):
            found.append((begin, inside, outside))
            b, i = b * begin, i * inside
            begin, inside, outside = (
                bb * b + bi * i + bo * outside,
                ib * b + ii * i + io * outside,
                ob * b + oi * i + oo * outside,
            )
            total = begin + inside + outside
            begin, inside, outside = begin / total, inside / total, outside / total
        return found[::-1]


def _factor(score: float) -> float:
    return math.exp(score if -CERTAIN < score < CERTAIN else math.copysign(CERTAIN, score))


def _shares(ahead: tuple[float, float, float], behind: tuple[float, float, float]) -> Chances:
    begin, inside, outside = (f * b for f, b in zip(ahead, behind, strict=True))
    total = begin + inside + outside
    return begin / total, inside / total
