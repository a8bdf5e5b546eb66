"""How well the program does on gold texts: place names, and journeys."""

from __future__ import annotations

from mapper.evaluate.gold import read_gold
from mapper.evaluate.journeys import journeys
from mapper.evaluate.toponyms import finder, predictions, reliability, toponyms

__all__ = ["finder", "journeys", "predictions", "read_gold", "reliability", "toponyms"]
