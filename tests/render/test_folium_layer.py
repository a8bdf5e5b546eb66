"""The page as a folium map that people go on working with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium

from mapper import render
from mapper.model import Itinerary
from tests.builders import halts_at, journey

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[6.0, 59.0], [9.0, 59.0], [9.0, 61.0], [6.0, 61.0], [6.0, 59.0]]],
}


def trip(title: str = "There and on") -> Itinerary:
    """Return a trip of two stops."""
    return journey(halts_at(("Oslo", 59.91, 10.75), ("Bergen", 60.39, 5.32)), title=title)


def test_map_is_a_folium_map() -> None:
    """It goes wherever a folium map goes."""
    assert isinstance(render.folium_map(trip()), folium.Map)
    assert isinstance(trip().folium_map(), folium.Map)


def test_map_saves_the_page(tmp_path: Path) -> None:
    """Without further layers, folium's own `save` writes the very page."""
    render.folium_map(trip()).save(str(tmp_path / "map.html"))
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == render.to_html(trip())


def test_other_maps_keep_their_links() -> None:
    """Nothing of folium is changed for the maps that people make beside ours."""
    before = list(folium.Map.default_js)
    shown = render.folium_map(trip())
    shown.add_js_link("own", "https://example.org/own.js")
    assert folium.Map.default_js == before
    assert render.folium_map(trip()).default_js == []


def test_layers_can_be_added(open_page: Callable[..., Any], tmp_path: Path) -> None:
    """Markers, popups and GeoJSON of folium work in the page, with the network off."""
    shown = render.folium_map(trip())
    folium.Marker([60.0, 8.0], popup="A hut", tooltip="Hut").add_to(shown)
    folium.GeoJson(SQUARE).add_to(shown)
    circle = folium.CircleMarker([60.2, 7.0], radius=5).add_to(shown)
    shown.keep_in_front(circle)
    shown.save(str(tmp_path / "map.html"))
    visit = open_page(tmp_path / "map.html")
    assert (visit.requests, visit.messages) == ([], [])
    marker = visit.page.locator("img.leaflet-marker-icon")
    assert marker.evaluate("node => node.complete && node.naturalWidth > 0")
    marker.click()
    assert visit.page.locator(".leaflet-popup").text_content().startswith("A hut")
    assert visit.page.locator(".pin").all_text_contents() == ["1", "2"]


def test_map_with_layers_is_the_same_when_saved_again() -> None:
    """Rendering puts nothing in twice."""
    shown = render.folium_map(trip())
    folium.Marker([60.0, 8.0], popup="A hut").add_to(shown)
    assert shown.get_root().render() == shown.get_root().render()


def test_map_can_be_put_into_another_figure(open_page: Callable[..., Any], tmp_path: Path) -> None:
    """A plain branca figure, as people use it for a size, shows the same map."""
    figure = folium.Figure(width=600, height=400)
    figure.add_child(render.folium_map(trip()))
    path = tmp_path / "map.html"
    path.write_text(figure.render(), encoding="utf-8")
    visit = open_page(path)
    assert (visit.requests, visit.messages) == ([], [])
    assert visit.page.locator(".pin").all_text_contents() == ["1", "2"]


def test_plugin_may_load_what_it_links_to() -> None:
    """The policy of a page with a plugin names the hosts of its links, and no others."""
    from folium.plugins import Fullscreen

    shown = render.folium_map(trip())
    Fullscreen().add_to(shown)
    page = shown.get_root().render()
    policy = page.partition('content="')[2].partition('"')[0]
    assert "https://cdn.jsdelivr.net" in policy
    assert "https://cdn.jsdelivr.net" not in render.to_html(trip()).partition("</head>")[0]


def test_text_is_not_compiled_as_a_template() -> None:
    """Branca compiles what it is given a second time; none of our text is given to it."""
    page = render.to_html(trip("{{ 7*7 }}{% raw %}"))
    assert "<title>{{ 7*7 }}{% raw %}</title>" in page


def test_map_shows_itself_in_a_notebook() -> None:
    """The frame of a folium map is the sandboxed one."""
    assert render.folium_map(trip())._repr_html_() == render.notebook_html(trip())
