"""How well the program does on gold texts: place names, and journeys."""

from __future__ import annotations

from mapper.evaluate.gold import read_gold
from mapper.evaluate.itineraries import errors, itineraries, stop_predictions
from mapper.evaluate.toponyms import finder, predictions, reliability, toponyms

__all__ = [
    "errors",
    "finder",
    "itineraries",
    "predictions",
    "read_gold",
    "reliability",
    "stop_predictions",
    "toponyms",
]
