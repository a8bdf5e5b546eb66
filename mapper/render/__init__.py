"""Draw a journey: a standalone page, a folium map, a notebook cell, GeoJSON.

Everything is imported when it is first asked for: folium, shapely and numpy are slow.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.model import Itinerary

if TYPE_CHECKING:
    import folium

__all__ = ["folium_map", "notebook_html", "save", "to_geojson", "to_html"]


def to_html(itinerary: Itinerary) -> str:
    """Return the journey as one HTML page that needs nothing from the network.

    Raises
    ------
    NothingToDrawError
        No stop has a place.
    AssetError
        Built data (Leaflet, the base map, the gazetteer) is missing or damaged.
    """
    from mapper.render import html

    return html.render_page(itinerary)


def save(itinerary: Itinerary, path: str | Path, *, force: bool = False) -> None:
    """Write the page of `to_html` to `path`, whole or not at all.

    Raises
    ------
    OutputError
        The file exists and `force` is false, or it cannot be written.
    NothingToDrawError
        No stop has a place; no file is written.
    AssetError
        Built data is missing or damaged.
    """
    from mapper.files import write_text

    write_text(path, to_html(itinerary), force=force)


def to_geojson(itinerary: Itinerary) -> dict[str, Any]:
    """Return stops and legs as an RFC 7946 feature collection."""
    from mapper.render import geojson

    return geojson.to_geojson(itinerary)


def folium_map(itinerary: Itinerary) -> folium.Map:
    """Return the page as a `folium.Map`, to which layers can be added before it is saved.

    Raises
    ------
    NothingToDrawError
        No stop has a place.
    AssetError
        Built data is missing or damaged.
    """
    from mapper.render import html

    return html.folium_map(itinerary)


def notebook_html(itinerary: Itinerary) -> str:
    """Return the page in a sandboxed frame, for a notebook cell.

    Raises
    ------
    NothingToDrawError
        No stop has a place.
    AssetError
        Built data is missing or damaged.
    """
    from mapper.render import html

    return html.notebook_html(itinerary)
