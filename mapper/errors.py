"""The exceptions that callers may catch.

::

    MapperError
    ├── InputError (ValueError)          the text, file or option cannot be used as given
    │   └── UnknownPlaceError            a name that the gazetteer does not hold
    ├── NothingToDrawError (ValueError)  no place in the text, or nobody travels
    ├── AssetError (RuntimeError)        built data is missing or damaged
    ├── OutputError (OSError)            a file cannot be written
    └── PluginError (ImportError)        a plugin is unknown or does not load

Every message is one sentence that says what is wrong and what mends it.
"""

from __future__ import annotations

__all__ = [
    "AssetError",
    "InputError",
    "MapperError",
    "NothingToDrawError",
    "OutputError",
    "PluginError",
    "UnknownPlaceError",
]


class MapperError(Exception):
    """Root of everything that this package raises on purpose."""


class InputError(MapperError, ValueError):
    """Report a text, a file or an option that cannot be used as given."""


class UnknownPlaceError(InputError):
    """Report a name that the gazetteer does not hold."""


class NothingToDrawError(MapperError, ValueError):
    """Report a journey without a single located stop."""


class AssetError(MapperError, RuntimeError):
    """Report built data that is missing or damaged."""


class OutputError(MapperError, OSError):
    """Report a file that cannot be written."""


class PluginError(MapperError, ImportError):
    """Report a plugin that is unknown or does not load."""
