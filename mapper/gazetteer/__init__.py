"""Names to places, offline: the embedded gazetteer.

`compile` makes the index when the package is built; `Gazetteer` opens it and
looks names up. Both file names under the keys of `keys`.
"""

from __future__ import annotations

from mapper.gazetteer.index import Gazetteer, Match, NameKind

__all__ = ["Gazetteer", "Match", "NameKind"]
