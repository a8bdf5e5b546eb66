"""Distances, bearings and lines on WGS-84.

The geodesics are Karney's (C. F. F. Karney, Algorithms for geodesics, Journal of
Geodesy 87, 2013), by geographiclib; nothing else in this package uses it. A sphere
would be up to half a per cent off, too much for a distance that is printed.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.model import Point

if TYPE_CHECKING:
    from geographiclib.geodesic import Geodesic
    from geographiclib.geodesicline import GeodesicLine

__all__ = [
    "chord_error_m",
    "distance_m",
    "geodesic_path",
    "initial_bearing_deg",
    "rough_distance_m",
]

ChordError = Callable[[Point, Point, Point], float]

MEAN_RADIUS_M = 6_371_008.8
# Good for a map of a country, and some forty points across an ocean.
DEFAULT_MAX_ERROR_M = 1_000.0
# A line this long is quartered before its error is looked at: where it crosses the
# equator it bends both ways, and its middle may lie on the chord all the same.
LONG_LINE_M = 400_000.0
FORCED_DEPTH = 2
# 4096 pieces of half the globe are 5 km long.
MAX_DEPTH = 12
# Past a pole the longitude turns by half a circle at once.
HALF_TURN_DEG = 180.0 - 1e-9


def distance_m(a: Point, b: Point) -> float:
    """Return the metres from `a` to `b` along the geodesic.

    >>> round(distance_m(Point(lat=0, lon=179), Point(lat=0, lon=-179)))
    222639
    """
    return float(_wgs84().Inverse(*a.lat_lon, *b.lat_lon)["s12"])


def rough_distance_m(a: Point, b: Point) -> float:
    """Return the metres from `a` to `b` on a sphere: quick, up to 0.5 % off, never printed.

    For comparing distances. The haversine formula, with the mean radius of WGS-84.

    >>> round(rough_distance_m(Point(lat=0, lon=179), Point(lat=0, lon=-179)), -3)
    222000.0
    """
    half_lat = math.radians(b.lat - a.lat) / 2
    half_lon = math.radians(b.lon - a.lon) / 2
    across = math.cos(math.radians(a.lat)) * math.cos(math.radians(b.lat))
    chord = math.sin(half_lat) ** 2 + across * math.sin(half_lon) ** 2
    return 2 * MEAN_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


def initial_bearing_deg(a: Point, b: Point) -> float:
    """Return the bearing of `b` from `a` in degrees clockwise from north, 0 to 360.

    Between identical points it is 0.

    >>> initial_bearing_deg(Point(lat=0, lon=10), Point(lat=0, lon=9))
    270.0
    """
    solution = _wgs84().Inverse(*a.lat_lon, *b.lat_lon)
    return float(solution["azi1"]) % 360 if solution["s12"] else 0.0


def geodesic_path(
    a: Point,
    b: Point,
    *,
    max_error: float = DEFAULT_MAX_ERROR_M,
    error: ChordError | None = None,
) -> tuple[Point, ...]:
    """Return the geodesic from `a` to `b` as points joined by straight lines.

    Parameters
    ----------
    a, b
        The ends. They may be the same point, or antipodes.
    max_error
        How far the drawn line may lie from the geodesic, in the unit of `error`.
    error
        What a straight line costs: called with its start, the geodesic's point in
        the middle, and its end. `chord_error_m` where none is given.

    Returns
    -------
    tuple of Point
        Two or more. The first is `a` itself, longitude and all; the last lies at
        `b`, its longitude a whole number of turns from `b.lon`. No two neighbours
        are 180° or more apart: over ±180 the longitude runs on, and at a pole the
        path turns on the spot.

    Examples
    --------
    >>> [round(p.lon) for p in geodesic_path(Point(lat=0, lon=170), Point(lat=0, lon=-170))][-1]
    190
    """
    line = _wgs84().InverseLine(*a.lat_lon, *b.lat_lon)
    at = functools.partial(_at, line)
    forced = FORCED_DEPTH if line.s13 > LONG_LINE_M else 0

    def straight(start: Point, middle: Point, end: Point, depth: int) -> bool:
        if forced <= depth < MAX_DEPTH:
            return (error or chord_error_m)(start, middle, end) <= max_error
        return depth >= MAX_DEPTH

    last = at(1.0)
    inner = list(_between(at, straight, (0.0, a), (1.0, last)))
    # A pole has no longitude of its own; it is come to along the last one.
    near = inner[-1] if inner and abs(b.lat) == 90 else last
    end = Point(lat=b.lat, lon=b.lon + 360 * round((near.lon - b.lon) / 360))
    return tuple(_round_the_pole([a, *inner, end]))


def chord_error_m(start: Point, middle: Point, end: Point) -> float:
    """Return the metres from `middle` to half-way on the straight line in degrees.

    Straight in degrees is how GeoJSON joins two positions (RFC 7946, 3.1.1).

    >>> round(chord_error_m(Point(lat=0, lon=0), Point(lat=1, lon=1), Point(lat=0, lon=2)))
    110574
    """
    chord = Point(lat=(start.lat + end.lat) / 2, lon=(start.lon + end.lon) / 2)
    return distance_m(middle, chord)


@functools.cache
def _wgs84() -> Geodesic:
    from geographiclib.geodesic import Geodesic

    return Geodesic.WGS84


def _at(line: GeodesicLine, part: float) -> Point:
    mask = _wgs84().STANDARD | _wgs84().LONG_UNROLL
    position = line.Position(line.s13 * part, mask)
    return Point(lat=position["lat2"], lon=position["lon2"])


def _between(
    at: Callable[[float], Point],
    straight: Callable[[Point, Point, Point, int], bool],
    start: tuple[float, Point],
    end: tuple[float, Point],
    depth: int = 0,
) -> Iterator[Point]:
    half = (start[0] + end[0]) / 2
    middle = at(half)
    if straight(start[1], middle, end[1], depth):
        return
    yield from _between(at, straight, start, (half, middle), depth + 1)
    yield middle
    yield from _between(at, straight, (half, middle), end, depth + 1)


def _round_the_pole(path: list[Point]) -> Iterator[Point]:
    yield path[0]
    for before, after in pairwise(path):
        turn = after.lon - before.lon
        if abs(turn) >= HALF_TURN_DEG:
            pole = 90.0 if before.lat + after.lat > 0 else -90.0
            quarters = math.ceil(abs(turn) / 90)
            for quarter in range(quarters + 1):
                yield Point(lat=pole, lon=before.lon + turn * quarter / quarters)
        yield after
