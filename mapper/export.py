"""The forms in which a result leaves the program, and what counts as no result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mapper import plugins
from mapper.errors import NothingToDrawError
from mapper.model import Document, Itinerary, Mention, Outcome

__all__ = [
    "export",
    "places_to_dict",
    "require_journey",
    "require_place",
    "to_json",
    "to_jsonl",
]

PLACES_FORMAT = "mapper-places"
PLACES_VERSION = 1


def export(itinerary: Itinerary, form: str) -> str:
    """Return the journey in the form of an exporter: html, geojson, json or a plugin's.

    Raises
    ------
    NothingToDrawError
        No stop of the journey has a place.
    PluginError
        No such exporter is installed.
    """
    exporter = plugins.load("mapper.exporters", form)
    require_journey(itinerary)
    exported = exporter(itinerary)
    return exported if isinstance(exported, str) else to_json(exported)


def to_json(data: Mapping[str, Any]) -> str:
    """Return plain data as readable JSON with a line end, in the order of its keys."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def to_jsonl(records: Iterable[Mapping[str, Any]]) -> str:
    """Return plain data as JSON, one object a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def places_to_dict(document: Document, mentions: Sequence[Mention]) -> dict[str, Any]:
    """Return the places of a document as ``mapper-places``, version 1.

    The spans `start` and `end` are half-open, in characters of the document's text.
    """
    return {
        "format": PLACES_FORMAT,
        "version": PLACES_VERSION,
        "document": document.to_dict(),
        "mentions": list(map(_mention_to_dict, mentions)),
    }


def require_place(mentions: Sequence[Mention]) -> None:
    """Raise unless some mention has a place.

    Raises
    ------
    NothingToDrawError
        The text names none that the gazetteer holds.
    """
    if all(mention.outcome is Outcome.UNRESOLVED for mention in mentions):
        raise NothingToDrawError(
            "No place was found in this text: check that it is English and names places."
        )


def require_journey(itinerary: Itinerary) -> None:
    """Raise unless some stop of the journey has a place.

    Raises
    ------
    NothingToDrawError
        The text names no place, or nobody travels in it.
    """
    require_place(itinerary.mentions)
    if not any(stop.place for stop in itinerary.stops):
        raise NothingToDrawError(
            "Nobody travels in this text, so there is no map to draw: "
            "`mapper places` lists the places that it names, `mapper map --places` draws them."
        )


def _mention_to_dict(mention: Mention) -> dict[str, Any]:
    whole = mention.to_dict()
    return {
        "id": mention.id,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.toponym.text,
        **{key: whole[key] for key in ("outcome", "status", "score", "place")},
        **{key: whole[key] for key in ("reasons", "candidates")},
    }
