"""How far: the legs between the stops, and the distances that the text itself states."""

from __future__ import annotations

from mapper.measure.legs import legs
from mapper.measure.stated import stated_distances

__all__ = ["legs", "stated_distances"]
