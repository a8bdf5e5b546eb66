"""Places that the rules leave open, put on the journey where the evidence is strong enough.

A logistic model weighs the evidence of a mention. What the rules say stays: they are surer
where the language is clear. But of a place of which they say nothing, the mention with the
strongest evidence is taken for a visit from a chance on that was found by cross-validation.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mapper.errors import AssetError
from mapper.model import Outcome, Reason, VisitStatus
from mapper.visits import cues
from mapper.visits.evidence import Evidence, place_key
from mapper.visits.rules import TALK, Verdict
from mapper.visits.scene import Scene

__all__ = ["Weights", "weighed"]

EMBEDDED = Path(__file__).parent / "weights.json"
# From this chance on a place that no rule speaks of is a stop. Cross-validated over the gold
# journeys: the order suffers below it, and stops are lost above.
LEAST_CHANCE = 0.6
# Without one of these a name is only there, however much the text tells of travel.
SPEAKING = frozenset(
    [
        *(f"preposition {word}" for word in cues.PLACE_PREPOSITIONS | cues.NEAR),
        *(
            f"{name} {status}"
            for name in ("list", "list on")
            for status in VisitStatus
            if status.on_route
        ),
    ]
)
# So many pieces of evidence explain a chance.
SHOWN = 4


@dataclasses.dataclass(frozen=True)
class Weights:
    """The weight of each piece of evidence in log-odds, and what is added to their sum."""

    weights: Mapping[str, float]
    base: float

    @classmethod
    @functools.cache
    def open(cls, path: Path = EMBEDDED) -> Weights:
        """Read the weights at `path`, by default those inside the package.

        Raises
        ------
        AssetError
            The file is missing or has none.
        """
        try:
            described = json.loads(path.read_text(encoding="utf-8"))
            return cls(weights=dict(described["weights"]), base=float(described["base"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise AssetError(f"{path.name} has no weights of visits: {error}") from error

    def chance(self, evidence: frozenset[str]) -> float:
        """Return how likely a mention with this evidence is of a place of the journey, 0 to 1."""
        odds = self.base + math.fsum(self.weights.get(it, 0.0) for it in evidence)
        return 1 / (1 + math.exp(-odds))

    def reasons(self, evidence: frozenset[str]) -> tuple[Reason, ...]:
        """Return the strongest pieces of evidence, for or against, the strongest first."""
        known = sorted((it for it in evidence if it in self.weights), key=self._strength)
        return tuple(
            Reason(name="evidence", value=self.weights[it], detail=it) for it in known[:SHOWN]
        )

    def _strength(self, evidence: str) -> tuple[float, str]:
        return -abs(self.weights[evidence]), evidence


def weighed(
    scene: Scene, verdicts: Sequence[Verdict], evidence: Evidence, weights: Weights
) -> list[Verdict]:
    """Return the verdicts with those of places that only the evidence speaks for."""
    result = list(verdicts)
    for open_mentions in _left_open(scene, verdicts):
        found = {index: evidence.of(index) for index in open_mentions}
        chances = [(weights.chance(it), -index) for index, it in found.items() if it & SPEAKING]
        chance, first = max(chances, default=(0.0, 0))
        if chance >= LEAST_CHANCE:
            result[-first] = Verdict(VisitStatus.VISITED)
    return result


def _left_open(scene: Scene, verdicts: Sequence[Verdict]) -> Iterator[list[int]]:
    """Yield the mentions of each place that is known for sure and of which no rule speaks."""
    by_place: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(scene.mentions):
        by_place[place_key(mention)].append(index)
    for mentions in by_place.values():
        known = all(scene.mentions[index].outcome is Outcome.RESOLVED for index in mentions)
        if known and all(verdicts[index] == TALK for index in mentions):
            yield mentions
