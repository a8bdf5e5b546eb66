"""The land under a route: fine near it, coarse far away, small enough to inline.

The whole world's coasts stay, so that panning never leaves the map and nothing has
to be clipped. Each vertex of the atlas knows from which zoom on it is needed; here
each place gets its zoom, and the rest is picking, rounding and writing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mapper.model import Point
from mapper.render.atlas import (
    DEGREES_PER_PX,
    Atlas,
    Box,
    Flags,
    Floats,
    Integers,
    Layer,
    open_atlas,
    rank_of_zoom,
)
from mapper.render.encoding import decode_paths, encode_paths
from mapper.render.projection import MERCATOR
from mapper.render.route import RoutePlan

__all__ = [
    "COUNTRY_ATLAS",
    "WORLD_ATLAS",
    "base_map",
    "border_lines",
    "coast_lines",
    "land_polygons",
    "outline",
    "view_boxes",
]

# Coasts at 1:10 million; coasts, borders and names at 1:50 million.
WORLD_ATLAS, COUNTRY_ATLAS = "world-10m", "un-50m"
# From this zoom on the two differ by a pixel.
FINE_FROM_ZOOM = 3.3
# What a reader sees at first, and what a wide window shows round it, in pixels. The
# land in them stays true this many zooms closer.
FOCUS_PX, FOCUS_CLOSER = (960.0, 640.0), 2.0
SURROUNDINGS_PX, SURROUNDINGS_CLOSER = (2000.0, 1200.0), 0.3
# The rest of the world is drawn for a zoom in this range, this much below the route's.
FAR_ZOOMS, FAR_BELOW = (0.1, 1.3), 1.7
# A trip over the world has no far side, and land below this zoom no use.
WORLD_ZOOM, MIN_LAND_ZOOM = 2.6, 2.2
# Land in sight of a polar page, and the zooms by which Mercator stretches it anyway.
POLAR_CAP_DEG, POLAR_STRETCH = 50.0, 1.2
# An island is drawn from this side on, in pixels, so many zooms closer than the view.
ISLAND_PX, ISLAND_CLOSER = 1.4, 0.7
# Coordinates are rounded to half a pixel of the closest zoom that the land is true for,
# but not finer than a ninth of the grid that the atlas itself lies on.
STEPS_PER_WORLD_LOG2 = 9
MIN_STEP_DEG = 0.0004
# Arcs along the date line and the pole close a shape and are no coast.
SEAM_DEG, SEAM_LATITUDE_DEG = 0.01, -84.9


@dataclass(frozen=True, slots=True)
class _Detail:
    """What zoom the land is needed for: far off, and in boxes, finest last."""

    land_zoom: float
    far_zoom: float
    zones: tuple[tuple[tuple[Box, ...], float], ...]

    @property
    def step_deg(self) -> float:
        closest = math.ceil(self.land_zoom) + math.ceil(FOCUS_CLOSER)
        return float(max(MIN_STEP_DEG, 360 / 2 ** (closest + STEPS_PER_WORLD_LOG2)))


def base_map(plan: RoutePlan) -> dict[str, Any]:
    """Return the land and the borders for a route, ready for JSON.

    Returns
    -------
    dict
        ``g``: the step of all coordinates, in degrees. ``a``: the coast arcs, as
        `encode_paths` writes (longitude + 180) / g and (latitude + 90) / g. ``x``: the
        borders, in the same way. ``c``: ``[["", polygons]]``; a polygon is a list of
        rings, the outer one first, a ring a list of arc numbers in which ``~k`` is arc
        ``k`` backwards. ``b``: the numbers of arcs that are borders; none are.

        Longitudes within an arc never jump; from arc to arc of a ring they may, by
        whole turns. `land_polygons` shows how to read a ring.

    Raises
    ------
    AssetError
        The atlas is missing or damaged.
    """
    detail = _polar_detail(plan) if plan.pole else _detail(plan)
    fine = plan.pole is None and plan.fit_zoom >= FINE_FROM_ZOOM
    atlas = open_atlas(WORLD_ATLAS if fine else COUNTRY_ATLAS)
    keep = _kept_vertices(atlas, detail)
    polygons = _kept_polygons(atlas, keep, detail)
    arcs = sorted({_forward(arc) for polygon in polygons for ring in polygon for arc in ring})
    countries = open_atlas(COUNTRY_ATLAS)
    kept_borders = keep if countries is atlas else _kept_vertices(countries, detail)
    return {
        "g": detail.step_deg,
        "a": encode_paths(*_picked(atlas, keep, np.array(arcs, np.int64), detail.step_deg)),
        "b": [],
        "c": [["", _renumbered(polygons, arcs)]],
        "x": _encoded_borders(countries, kept_borders, detail.step_deg),
    }


def land_polygons(base: dict[str, Any]) -> list[list[Floats]]:
    """Return the polygons of a base map, each a list of rings, the outer one first.

    A ring is n × 2 of longitude and latitude in degrees, closed, its longitudes in
    one run whose middle is within ±180. One about the pole is closed over it.
    """
    arcs = _decoded(base, "a")
    return [[outline(ring, arcs) for ring in rings] for _, shapes in base["c"] for rings in shapes]


def coast_lines(base: dict[str, Any]) -> list[Floats]:
    """Return the coasts as lines of longitude and latitude, without the map's seams."""
    return [line for arc in _decoded(base, "a") for line in _without_seams(arc)]


def border_lines(base: dict[str, Any]) -> list[Floats]:
    """Return the borders between countries as lines of longitude and latitude."""
    return _decoded(base, "x")


def view_boxes(plan: RoutePlan, size_px: tuple[float, float]) -> tuple[Box, ...]:
    """Return what a window of that size shows of the world at the first view.

    Two boxes where it reaches over ±180. Mercator only.
    """
    left, top, right, bottom = plan.window(size_px)
    return tuple(_within_turn(MERCATOR.unproject(left, top), MERCATOR.unproject(right, bottom)))


def _within_turn(north_west: Point, south_east: Point) -> Iterator[Box]:
    west, east = north_west.lon, south_east.lon
    if east - west >= 360:
        yield (-180.0, south_east.lat, 180.0, north_west.lat)
        return
    for turn in (-360.0, 0.0, 360.0):
        left, right = max(-180.0, west + turn), min(180.0, east + turn)
        if left < right:
            yield (left, south_east.lat, right, north_west.lat)


def _detail(plan: RoutePlan) -> _Detail:
    zoom = max(plan.fit_zoom, MIN_LAND_ZOOM)
    if zoom <= WORLD_ZOOM:
        return _Detail(zoom, zoom + FOCUS_CLOSER, ())
    least, most = FAR_ZOOMS
    return _Detail(
        land_zoom=zoom,
        far_zoom=max(least, min(most, zoom - FAR_BELOW)),
        zones=(
            (view_boxes(plan, SURROUNDINGS_PX), zoom + SURROUNDINGS_CLOSER),
            (view_boxes(plan, FOCUS_PX), zoom + FOCUS_CLOSER),
        ),
    )


def _polar_detail(plan: RoutePlan) -> _Detail:
    zoom = max(plan.fit_zoom - POLAR_STRETCH, MIN_LAND_ZOOM)
    if plan.pole == "north":
        cap = (-180.0, min(POLAR_CAP_DEG, plan.south_west.lat), 180.0, 90.0)
    else:
        cap = (-180.0, -90.0, 180.0, max(-POLAR_CAP_DEG, plan.north_east.lat))
    return _Detail(zoom, FAR_ZOOMS[1], (((cap,), zoom + FOCUS_CLOSER),))


def _kept_vertices(atlas: Atlas, detail: _Detail) -> Flags:
    keep: Flags = atlas.rank <= rank_of_zoom(detail.far_zoom)
    for boxes, zoom in detail.zones:
        for west, south, east, north in boxes:
            rows = np.flatnonzero((atlas.lat >= south) & (atlas.lat <= north))
            lon = (atlas.lon[rows] + 180) % 360 - 180
            rows = rows[(lon >= west) & (lon <= east)]
            keep[rows] |= atlas.rank[rows] <= rank_of_zoom(zoom)
    return keep


def _kept_polygons(atlas: Atlas, keep: Flags, detail: _Detail) -> list[list[list[int]]]:
    """Return the polygons that are large enough to be seen, without holes that are not."""
    land = atlas.land
    near = np.zeros(len(land.area), dtype=np.bool_)
    for boxes, _ in detail.zones:
        for box in boxes:
            near |= land.touching(box)
    near |= not detail.zones
    zoom = np.where(near, detail.land_zoom + ISLAND_CLOSER, detail.far_zoom)
    seen = land.area >= (ISLAND_PX * DEGREES_PER_PX / 2**zoom) ** 2
    vertices = np.add.reduceat(keep, atlas.start[:-1], dtype=np.int64)[_forward_all(land.arcs)]
    seen &= np.add.reduceat(vertices - 1, land.ring_start[:-1]) >= 3
    outer = land.polygon_start[:-1]
    return [_polygon(land, int(number), seen) for number in np.flatnonzero(seen[outer])]


def _polygon(layer: Layer, number: int, seen: Flags) -> list[list[int]]:
    rings = range(layer.polygon_start[number], layer.polygon_start[number + 1])
    return [
        layer.arcs[layer.ring_start[ring] : layer.ring_start[ring + 1]].tolist()
        for ring in rings
        if seen[ring]
    ]


def _renumbered(polygons: list[list[list[int]]], arcs: Sequence[int]) -> list[list[list[int]]]:
    new = {old: number for number, old in enumerate(arcs)}
    return [
        [[new[arc] if arc >= 0 else ~new[~arc] for arc in ring] for ring in polygon]
        for polygon in polygons
    ]


def _encoded_borders(atlas: Atlas, keep: Flags, step: float) -> str:
    """Return the borders, without those that are but a point, as the smallest states'."""
    grid, lengths = _picked(atlas, keep, atlas.borders, step)
    lines = lengths > 1
    return encode_paths(grid[np.repeat(lines, lengths)], lengths[lines])


def _picked(atlas: Atlas, keep: Flags, arcs: Integers, step: float) -> tuple[Integers, Integers]:
    """Return the kept vertices of these arcs, sorted, on the grid, and how many of each."""
    wanted = np.zeros(len(atlas.start) - 1, dtype=np.bool_)
    wanted[arcs] = True
    rows = np.flatnonzero(keep & np.repeat(wanted, np.diff(atlas.start)))
    arc = np.searchsorted(atlas.start, rows, side="right") - 1
    grid = np.column_stack(
        [np.rint((atlas.lon[rows] + 180) / step), np.rint((atlas.lat[rows] + 90) / step)]
    ).astype(np.int64)
    fresh = np.ones(len(rows), dtype=np.bool_)
    fresh[1:] = (np.diff(grid, axis=0) != 0).any(axis=1) | (np.diff(arc) != 0)
    return grid[fresh], np.bincount(arc[fresh], minlength=len(wanted))[wanted]


def _decoded(base: dict[str, Any], key: str) -> list[Floats]:
    return [path * base["g"] - [180.0, 90.0] for path in decode_paths(base[key])]


def outline(ring: Sequence[int], arcs: Sequence[Floats] | Mapping[int, Floats]) -> Floats:
    """Return a ring as longitudes and latitudes in one run, see `land_polygons`."""
    pieces: list[Floats] = []
    for number in ring:
        piece = arcs[number] if number >= 0 else arcs[~number][::-1]
        if pieces:
            turns = np.rint((pieces[-1][-1, 0] - piece[0, 0]) / 360)
            piece = piece[1:] + np.array([360 * turns, 0.0])
        if len(piece):
            pieces.append(piece)
    run = np.concatenate(pieces)
    run[:, 0] -= 360 * np.floor((run[:, 0].min() + run[:, 0].max()) / 720 + 0.5)
    if abs(run[-1, 0] - run[0, 0]) > 180:
        corners = [[run[-1, 0], -90.0], [run[0, 0], -90.0], run[0]]
        run = np.vstack([run, corners])
    return run


def _without_seams(arc: Floats) -> list[Floats]:
    at_seam = np.abs(np.abs(arc[:, 0]) - 180) < SEAM_DEG
    at_seam |= arc[:, 1] < SEAM_LATITUDE_DEG
    cuts = np.flatnonzero(at_seam[1:] & at_seam[:-1]) + 1
    return [line for line in np.split(arc, cuts) if len(line) > 1]


def _forward(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _forward_all(arcs: Integers) -> Integers:
    return np.where(arcs >= 0, arcs, ~arcs)
