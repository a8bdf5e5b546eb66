"""Give it a text, get the journey on a map.

>>> from mapper import map_text
>>> map_text("On 3 May 1911 we left Bergen. On 5 May we arrived in Oslo.").title
'Bergen – Oslo'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapper.errors import MapperError
    from mapper.model import Document, Itinerary
    from mapper.pipeline import find_places, map_document, map_file, map_places, map_text
    from mapper.version import __version__

__all__ = [
    "Document",
    "Itinerary",
    "MapperError",
    "__version__",
    "find_places",
    "map_document",
    "map_file",
    "map_places",
    "map_text",
]

# Where each name lives: it is imported when it is first asked for, so that
# `import mapper` and `mapper --help` cost next to nothing.
_HOMES = {
    "Document": "mapper.model",
    "Itinerary": "mapper.model",
    "MapperError": "mapper.errors",
    "__version__": "mapper.version",
    "find_places": "mapper.pipeline",
    "map_document": "mapper.pipeline",
    "map_file": "mapper.pipeline",
    "map_places": "mapper.pipeline",
    "map_text": "mapper.pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
