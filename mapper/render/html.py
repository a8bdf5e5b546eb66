"""An itinerary as one page: words, data, style and program, put together."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

import jinja2

from mapper.errors import AssetError
from mapper.gazetteer import Gazetteer
from mapper.model import Itinerary
from mapper.render.basemap import base_map
from mapper.render.context import labels
from mapper.render.folium_layer import MAP_ID, PageParts, StandaloneMap, sandboxed_frame
from mapper.render.listing import Listing, Row, describe
from mapper.render.projection import MERCATOR
from mapper.render.route import RoutePlan, plan_route, route_data
from mapper.render.wording import distance

__all__ = ["folium_map", "notebook_html", "render_page"]

HERE = Path(__file__).parent
ASSETS = HERE / "assets"
# In the order in which they lean on one another.
PROGRAM = ("codec", "polar", "lines", "land", "route", "pins", "labels", "view", "main")

# A route so much wider than high has its list below the map, not beside it.
WIDE_RATIO = 1.9
ZOOM_STEP = 0.25
# How close a reader may look: as far as land and lines are true.
MAX_ZOOM_REGION, MAX_ZOOM_CITY = 11, 16

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Nothing here ends a script, begins a comment or is a template's.
_INERT = {
    "<": r"\u003c",
    ">": r"\u003e",
    "&": r"\u0026",
    "\u2028": r"\u2028",
    "\u2029": r"\u2029",
    "{{": r"{\u007b",
    "{%": r"{\u0025",
    "{#": r"{\u0023",
}
_UNSAFE = re.compile("|".join(map(re.escape, _INERT)))


def render_page(itinerary: Itinerary) -> str:
    """Return the journey as one HTML page that needs nothing from the network.

    Raises
    ------
    NothingToDrawError
        No stop has a place.
    AssetError
        Built data is missing or damaged.
    """
    page: str = folium_map(itinerary).get_root().render()
    return page


def notebook_html(itinerary: Itinerary) -> str:
    """Return the page in a sandboxed frame, for a notebook cell."""
    return sandboxed_frame(render_page(itinerary))


def folium_map(itinerary: Itinerary) -> StandaloneMap:
    """Return the page as a `folium.Map`, to which layers can be added before it is saved."""
    plan = plan_route(itinerary)
    gazetteer = Gazetteer.open()
    words = describe(itinerary, gazetteer)
    data = _data(plan, words) | {"base": base_map(plan), "context": labels(plan, gazetteer)}
    parts = PageParts(
        language=_language(itinerary),
        head=_head(words),
        library=_asset("leaflet.js"),
        body=_template().render(
            words=words, data=inert_json(data), wide=_wide(plan), map_id=MAP_ID
        ),
        program=_program(),
        layers=_script("layers") + "prepareLayers();\n",
    )
    south_west, north_east = plan.south_west, plan.north_east
    return StandaloneMap(
        parts,
        location=[(south_west.lat + north_east.lat) / 2, (south_west.lon + north_east.lon) / 2],
        zoom_start=round(plan.fit_zoom),
        zoom_snap=ZOOM_STEP,
        min_zoom=0,
        max_zoom=MAX_ZOOM_CITY if plan.fit_max > MAX_ZOOM_REGION else MAX_ZOOM_REGION,
    )


def inert_json(data: Any) -> str:
    r"""Return data as JSON that is plain text to HTML and to template engines.

    >>> inert_json({"name": "</script>{{7*7}}"})
    '{"name":"\\u003c/script\\u003e{\\u007b7*7}}"}'
    """
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: _INERT[found[0]], written)


def _data(plan: RoutePlan, words: Listing) -> dict[str, Any]:
    """Return what the page's program is given, beside land and surroundings."""
    rows = sorted((*words.reached, *words.planned), key=lambda row: row.position)
    data = route_data(plan)
    for drawn, leg in zip(data["legs"], plan.legs, strict=True):
        drawn["t"] = distance(leg.distance_m)
    return {"stops": list(map(_stop, rows)), **data}


def _stop(row: Row) -> dict[str, Any]:
    return {"n": row.number, "name": row.name, "kind": row.status, "unsure": bool(row.doubt)}


def _wide(plan: RoutePlan) -> bool:
    if plan.pole:
        return False
    (west, south), (east, north) = map(MERCATOR.project, (plan.south_west, plan.north_east))
    return east - west > WIDE_RATIO * abs(south - north)


def _language(itinerary: Itinerary) -> str:
    language = itinerary.document.language
    return language if _LANGUAGE.fullmatch(language) else "en"


def _head(words: Listing) -> str:
    head = (
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="Itinerary Mapper">\n'
        "<title>{{ title }}</title>\n<style>{{ style|safe }}</style>"
    )
    return _engine().from_string(head).render(title=words.title, style=_style())


@functools.cache
def _engine() -> jinja2.Environment:
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)


@functools.cache
def _template() -> jinja2.Template:
    return _engine().from_string((HERE / "page.html.j2").read_text(encoding="utf-8"))


@functools.cache
def _style() -> str:
    # Leaflet's pictures are of layer switches and markers; this page draws its own.
    leaflet = re.sub(r"url\([^)#]*\.png\)", "none", _asset("leaflet.css"))
    style = re.sub(
        r"/\*.*?\*/", "", leaflet + (HERE / "page.css").read_text("utf-8"), flags=re.DOTALL
    )
    return re.sub(r"\s*\n\s*", "\n", style)


@functools.cache
def _program() -> str:
    files = "".join(map(_script, PROGRAM))
    return f'const itineraryMap = (() => {{\n"use strict";\n{files}return itineraryMap;\n}})();\n'


@functools.cache
def _script(name: str) -> str:
    """Return a file of the page's program without its indentation and comment lines."""
    source = (HERE / "client" / f"{name}.js").read_text(encoding="utf-8")
    lines = (line.strip() for line in source.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


@functools.cache
def _asset(name: str) -> str:
    try:
        return (ASSETS / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise AssetError(
            f"The page's {name} is missing; install itinerary-mapper again."
        ) from error
