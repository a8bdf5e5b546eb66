"""How well the program does on gold texts: place names, and journeys."""

from __future__ import annotations

from mapper.evaluate.gold import check_itinerary, check_toponyms, read_gold
from mapper.evaluate.itineraries import errors, itineraries, stop_predictions
from mapper.evaluate.toponyms import finder, predictions, reliability, toponyms

__all__ = [
    "check_itinerary",
    "check_toponyms",
    "errors",
    "finder",
    "itineraries",
    "predictions",
    "read_gold",
    "reliability",
    "stop_predictions",
    "toponyms",
]
