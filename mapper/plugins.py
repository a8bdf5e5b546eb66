"""Plugins: find, load and list what installed packages add to the pipeline.

Four groups of entry points, one for each seam. The built-ins are declared in
the same way as everyone's.

=====================  =====================================================================
`mapper.readers`       suffix without dot → ``(bytes, *, source, title, published) -> Document``
`mapper.recognizers`   name → ``(Document, *, gazetteer) -> tuple[Toponym, ...]``
`mapper.geocoders`     name → ``(str, *, gazetteer) -> tuple[Candidate, ...]``
`mapper.exporters`     format → ``(Itinerary) -> str``, or a mapping, written as JSON
=====================  =====================================================================
"""

from __future__ import annotations

import functools
import importlib.metadata
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from mapper.errors import PluginError

__all__ = ["GROUPS", "PluginInfo", "available", "load", "names", "reader_name"]

GROUPS = ("mapper.readers", "mapper.recognizers", "mapper.geocoders", "mapper.exporters")

# Reads what no other reader claims by its suffix.
PLAIN_TEXT = "txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginInfo:
    """A declared plugin: who brings it, where it lives, and why it does not load, if so."""

    group: str
    name: str
    value: str
    distribution: str
    version: str
    error: str | None


def names(group: str) -> tuple[str, ...]:
    """Return the names declared in a group, in alphabetical order, loading nothing."""
    return tuple(sorted({entry.name for entry in _entries(group)}))


def available(group: str) -> tuple[PluginInfo, ...]:
    """Return the plugins of a group, each tried: a broken one tells its error, and no more."""
    return tuple(map(_info, _entries(group)))


def load(group: str, name: str) -> Any:
    """Return the plugin of that name.

    Of two distributions that declare the same name, the first in alphabetical order serves.
    What follows a colon is its `model`: ``spacy:en_core_web_lg``.

    Raises
    ------
    PluginError
        No distribution declares it, it does not load, or it takes no model.
    """
    plain, _, model = name.partition(":")
    for entry in _entries(group):
        if entry.name == plain:
            plugin = _loaded(entry)
            return _with_model(plugin, plain, model) if model else plugin
    kind = group.removeprefix("mapper.").removesuffix("s")
    there_are = ", ".join(names(group)) or "none"
    raise PluginError(f"There is no {kind} named {name}; installed: {there_are}.")


def reader_name(file_name: str) -> str:
    """Return the name of the reader for a file: its suffix if one claims it, else plain text."""
    suffix = PurePath(file_name).suffix.lower().removeprefix(".")
    return suffix if suffix in names("mapper.readers") else PLAIN_TEXT


def _entries(group: str) -> Iterator[importlib.metadata.EntryPoint]:
    yield from _entries_on(tuple(sys.path), group)


# What is installed on a path does not change while a process runs.
@functools.lru_cache(maxsize=32)
def _entries_on(path: tuple[str, ...], group: str) -> tuple[importlib.metadata.EntryPoint, ...]:
    found = importlib.metadata.entry_points(group=group)
    return tuple(sorted(found, key=lambda entry: (entry.name, *_origin(entry), entry.value)))


def _origin(entry: importlib.metadata.EntryPoint) -> tuple[str, str]:
    return (entry.dist.name, entry.dist.version) if entry.dist else ("", "")


def _loaded(entry: importlib.metadata.EntryPoint) -> Any:
    try:
        return entry.load()
    # A plugin is someone else's module: its import may raise, or exit, as it likes.
    except (Exception, SystemExit) as error:
        where = f"{entry.name} of {_origin(entry)[0]}"
        raise PluginError(f"The plugin {where} does not load: {_sentence(error)}.") from error


def _with_model(plugin: Any, name: str, model: str) -> Any:
    if "model" not in inspect.signature(plugin).parameters:
        raise PluginError(f"The plugin {name} takes no model: leave out :{model}.")
    return functools.partial(plugin, model=model)


def _info(entry: importlib.metadata.EntryPoint) -> PluginInfo:
    distribution, version = _origin(entry)
    try:
        _loaded(entry)
        error = None
    except PluginError as broken:
        error = _sentence(broken.__cause__)
    return PluginInfo(
        group=entry.group,
        name=entry.name,
        value=entry.value,
        distribution=distribution,
        version=version,
        error=error,
    )


def _sentence(error: BaseException | None) -> str:
    words = " ".join(str(error).split()).rstrip(".")
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
