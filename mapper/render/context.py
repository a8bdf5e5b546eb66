"""Names round the route: countries where there is room for them, and towns."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import shapely

from mapper.model import Place, Point
from mapper.render.atlas import DEGREES_PER_PX, Atlas, Box, Floats, open_atlas, rank_of_zoom
from mapper.render.basemap import COUNTRY_ATLAS, FOCUS_PX, SURROUNDINGS_PX, outline, view_boxes
from mapper.render.route import CITY_ZOOM, VIEW_PX, RoutePlan, Window

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

__all__ = ["Label", "labels"]

# A country on a copy of the world, and its shape in pixels at zoom 0.
Key = tuple[str, int]
Shape = tuple[Key, shapely.Geometry]
# Name, latitude, longitude, and "c" for a country or "t" for a town.
Label = tuple[str, float, float, str]

MAX_COUNTRIES = 60
# A country is named where its part in sight is as large as this square, in pixels.
COUNTRY_PX = 48.0
# A country's name keeps so far from the route, in pixels: half of a usual stop's name.
ROUTE_GAP_PX = 40.0
# A part of a city is no town.
CITY_PART = "PPLX"
# A page shows the route with at least so much round it, in pixels, and so much in all.
SIGHT_MARGIN_PX, SIGHT_PX = 25.0, 240.0
# How exactly the widest spot of a country is looked for, as a part of its size.
SPOT_PRECISION = 0.05
# So many towns are shown, so far from each other and from the stops, in pixels;
# so many are asked for, because most lie close together.
MAX_TOWNS, TOWN_GAP_PX, TOWNS_ASKED = 14, 70.0, 400
# Decimals of a degree: 1 km, or 10 m in a city.
REGION_DECIMALS, CITY_DECIMALS = 2, 4


def labels(plan: RoutePlan, gazetteer: Gazetteer) -> list[Label]:
    """Return names for the surroundings of a route, the ones to place first in front.

    Countries come first, the largest in sight leading, then towns, the most populous
    leading. Towns keep their distance from each other and from the stops. Longitudes
    are those of the copy of the world that the route is drawn on.

    Raises
    ------
    AssetError
        The atlas is missing or damaged.
    """
    return [*_countries(plan), *_towns(plan, gazetteer)]


def _countries(plan: RoutePlan) -> list[Label]:
    if plan.fit_zoom > CITY_ZOOM:
        return []
    near, far = plan.window(FOCUS_PX), plan.window(SURROUNDINGS_PX)
    stops = {stop.place.name for stop in plan.stops if stop.place}
    shapes = [(key, shape) for key, shape in _shapes(plan, far) if key[0] not in stops]
    taken = _taken(plan)
    # Where the first view shows enough of a country its name stands in that.
    parts = _largest_parts(shapes, far, plan) | _largest_parts(shapes, near, plan)
    beside = [(key, shapely.difference(shape, taken)) for key, shape in shapes]
    sure = _largest_parts(beside, _sight(plan), plan)
    ranked = sorted(parts.items(), key=lambda item: (-item[1].area, item[0]))[:MAX_COUNTRIES]
    free = ((key[0], sure.get(key) or _largest_free(part, taken)) for key, part in ranked)
    return [_country_label(plan, name, part) for name, part in free]


def _sight(plan: RoutePlan) -> Window:
    """Return what every page shows at first, whatever its shape, as `RoutePlan.window` does."""
    left, top, right, bottom = plan.extent
    scale = 2**plan.fit_zoom
    sides = ((right - left) * scale, (bottom - top) * scale)
    width, height = (max(SIGHT_PX, side + 2 * SIGHT_MARGIN_PX) for side in sides)
    return plan.window((width, height))


def _taken(plan: RoutePlan) -> shapely.Geometry:
    """Return where the route and its own labels are going to be."""
    stops = [plan.projection.project(node.point) for node in plan.nodes]
    lines = [[plan.projection.project(point) for point in leg.path] for leg in plan.legs]
    route = [shapely.Point(stop) for stop in stops] + [shapely.LineString(line) for line in lines]
    # One by one: a buffer round a long route that crosses itself takes seconds.
    return shapely.union_all(shapely.buffer(route, ROUTE_GAP_PX / 2**plan.fit_zoom, quad_segs=2))


def _largest_free(part: shapely.Polygon, taken: shapely.Geometry) -> shapely.Polygon:
    """Return the largest piece of a country beside the route, or all of it."""
    pieces = shapely.get_parts(shapely.difference(part, taken))
    polygons = [it for it in pieces if isinstance(it, shapely.Polygon) and not it.is_empty]
    return max(polygons, key=lambda piece: piece.area, default=part)


def _country_label(plan: RoutePlan, name: str, part: shapely.Polygon) -> Label:
    precision = math.sqrt(part.area) * SPOT_PRECISION
    spot = shapely.maximum_inscribed_circle(part, tolerance=precision).coords[0]
    return _label(plan, name, plan.projection.unproject(*spot), "c")


def _shapes(plan: RoutePlan, window: Window) -> list[Shape]:
    """Return the larger polygons of countries in a window, with name and copy, projected."""
    atlas = open_atlas(COUNTRY_ATLAS)
    layer, rank = atlas.countries, rank_of_zoom(plan.fit_zoom)
    rings = layer.polygon_start[:-1]
    seen = layer.area >= _least(plan) * DEGREES_PER_PX**2
    seen &= np.any([layer.touching(box) for box in _boxes(plan)], axis=0)
    shapes: list[Shape] = []
    for number in np.flatnonzero(seen[rings]):
        name, ring = layer.names[layer.owner[number]], rings[number]
        if name:
            arcs = layer.arcs[layer.ring_start[ring] : layer.ring_start[ring + 1]]
            run = _outline(atlas, arcs.tolist(), rank)
            shapes += _copies(plan, window, name, run)
    return shapes


def _boxes(plan: RoutePlan) -> tuple[Box, ...]:
    """Return where countries are named: in the surroundings, or about the pole."""
    if plan.pole == "north":
        return ((-180.0, 0.0, 180.0, 90.0),)
    if plan.pole == "south":
        return ((-180.0, -90.0, 180.0, 0.0),)
    return view_boxes(plan, SURROUNDINGS_PX)


def _copies(plan: RoutePlan, window: Window, name: str, run: Floats) -> Iterator[Shape]:
    left, top, right, bottom = window
    for copy in plan.copies:
        shape = plan.projection.project_all(run + np.array([copy, 0.0]))
        (x0, y0), (x1, y1) = shape.min(axis=0), shape.max(axis=0)
        if x1 > left and x0 < right and y1 > top and y0 < bottom:
            yield (name, copy), shapely.make_valid(shapely.Polygon(shape))


def _outline(atlas: Atlas, arcs: list[int], rank: int) -> Floats:
    lines: dict[int, Floats] = {}
    for arc in {arc if arc >= 0 else ~arc for arc in arcs}:
        rows = slice(atlas.start[arc], atlas.start[arc + 1])
        kept = atlas.rank[rows] <= rank
        lines[arc] = np.column_stack([atlas.lon[rows][kept], atlas.lat[rows][kept]])
    return outline(arcs, lines)


def _largest_parts(
    shapes: list[Shape], window: Window, plan: RoutePlan
) -> dict[Key, shapely.Polygon]:
    largest: dict[Key, shapely.Polygon] = {}
    for key, shape in shapes:
        for part in shapely.get_parts(shapely.clip_by_rect(shape, *window)):
            best = largest.get(key)
            if part.area >= _least(plan) and (best is None or part.area > best.area):
                largest[key] = part
    return largest


def _least(plan: RoutePlan) -> float:
    return float((COUNTRY_PX / 2**plan.fit_zoom) ** 2)


def _towns(plan: RoutePlan, gazetteer: Gazetteer) -> Iterator[Label]:
    taken = [plan.projection.project(node.point) for node in plan.nodes]
    stops = {stop.place.id for stop in plan.stops if stop.place}
    gap = TOWN_GAP_PX / 2**plan.fit_zoom
    for place, point in _candidates(plan, gazetteer):
        spot = plan.projection.project(point)
        if place.id not in stops and all(math.dist(spot, other) > gap for other in taken):
            taken.append(spot)
            yield _label(plan, place.name, point, "t")
        if len(taken) >= MAX_TOWNS + len(plan.nodes):
            return


def _candidates(plan: RoutePlan, gazetteer: Gazetteer) -> Iterator[tuple[Place, Point]]:
    """Yield the towns in the first view, each on the copy of the world that is in sight."""
    window = plan.window(VIEW_PX)
    for place in gazetteer.towns(_bbox(plan, window), limit=TOWNS_ASKED):
        if place.feature_code == CITY_PART:
            continue
        for copy in plan.copies:
            point = Point(lat=place.lat, lon=place.lon + copy)
            x, y = plan.projection.project(point)
            if window[0] < x < window[2] and window[1] < y < window[3]:
                yield place, point
                break


def _bbox(plan: RoutePlan, window: Window) -> tuple[float, float, float, float]:
    left, top, right, bottom = window
    corners = [plan.projection.unproject(x, y) for x in (left, right) for y in (top, bottom)]
    south, north = min(p.lat for p in corners), max(p.lat for p in corners)
    if plan.pole == "north":
        return (-180.0, south, 180.0, 90.0)
    if plan.pole == "south":
        return (-180.0, -90.0, 180.0, north)
    return (corners[0].lon, south, corners[2].lon, north)


def _label(plan: RoutePlan, name: str, point: Point, kind: str) -> Label:
    decimals = CITY_DECIMALS if plan.fit_zoom > CITY_ZOOM else REGION_DECIMALS
    return (name, round(point.lat, decimals), round(point.lon, decimals), kind)
