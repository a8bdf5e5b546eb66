"""A measure with its interval over documents.

Intervals are of 95 %, by the jackknife over documents (Efron and Stein, 1981), which needs
no chance.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

__all__ = ["Estimate"]

# A normal variable is this many standard deviations from its mean in five cases of a hundred.
NORMAL_95 = 1.96


@dataclasses.dataclass(frozen=True, slots=True)
class Estimate:
    """A measure, at most 1, with its 95 % interval over documents."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"

    @classmethod
    def of(cls, value: float, without: Sequence[float], *, least: float = 0.0) -> Estimate:
        """Return the estimate of a measure that comes to these values without each document.

        `least` is the lowest that the measure may be.
        """
        size = len(without)
        if size < 2:
            return cls(value, least, 1.0)
        mean = sum(without) / size
        error = math.sqrt((size - 1) / size * sum((it - mean) ** 2 for it in without))
        reach = NORMAL_95 * error
        return cls(value, max(value - reach, least), min(value + reach, 1.0))
