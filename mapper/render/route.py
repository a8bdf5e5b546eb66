"""The route as it is drawn: one run over the world, its markers, and the view on it."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from mapper.errors import NothingToDrawError
from mapper.geodesy import distance_m, geodesic_path
from mapper.model import Itinerary, Point, Stop, VisitStatus
from mapper.render.encoding import encode
from mapper.render.projection import MERCATOR, Pole, Projection, projection_of

__all__ = ["Node", "RouteLeg", "RoutePlan", "plan_route", "route_data"]

# The view that zooms are counted for, and what its margins take off it, in pixels.
VIEW_PX = (800.0, 480.0)
MARGIN_PX = (120.0, 110.0)
MIN_FIT_ZOOM, MAX_FIT_ZOOM = 0.8, 14.0
# A single place is shown in its surroundings, a country's breadth.
SINGLE_PLACE_ZOOM = 6.0
# From this zoom on a trip is one within a city, and may be looked at as closely.
CITY_ZOOM = 9.0
FIT_MAX_REGION, FIT_MAX_CITY = 9.0, 14.0
# A line is true to this many pixels even so many zooms closer than the first view.
LINE_ERROR_PX = 0.4
CLOSER_ZOOMS = 3.0
DEEPEST_ZOOM = 12.0
# Beyond this latitude Mercator stretches by six and more.
POLAR_LATITUDE_DEG = 80.0
# Stops nearer than this have one marker; it is less than these degrees of latitude.
SAME_PLACE_M, SAME_PLACE_DEG = 50.0, 0.001
# How far from straight repeated legs are drawn: each further one by as much again,
# none by more than a part of its length.
BOW_PX = 9.0
BOW_PART = 0.18
BOW_POINTS = 17
# How much of the neighbouring world is drawn left and right of the route, in degrees.
WORLD_MARGIN_DEG = 70.0
LAND_REACH_DEG = 200.0
# Steps of the paths' coordinates: 11 m, or 1 m in a city.
REGION_STEP_DEG, CITY_STEP_DEG = 1e-4, 1e-5

Position = tuple[float, float]
Window = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A marker: where it stands, and the positions of its stops in `RoutePlan.stops`."""

    point: Point
    stops: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteLeg:
    """A leg as it is drawn, between two positions in `RoutePlan.stops`.

    `distance_m` is metres along the geodesic, whatever the drawn `path` is bowed by.
    `planned` legs lead to a planned stop.
    """

    origin: int
    destination: int
    distance_m: float
    path: tuple[Point, ...]
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePlan:
    """Where everything of a route is drawn.

    Attributes
    ----------
    stops
        All stops of the itinerary, in its order, drawn or not.
    nodes
        The markers, in order of their first stop. Longitudes run on over ±180 with
        the route.
    legs
        The legs between located stops, in order. Paths start and end at their nodes'
        points (where the pole is in view: but for whole turns).
    south_west, north_east
        The corners of all of it. The middle of their longitudes is within ±180.
    fit_zoom
        The zoom at which it fills the view, 0.8 to 14, not rounded.
    fit_max
        The closest zoom at which "the whole route" may be shown.
    copies
        By how many degrees the base map is to be shifted for each of its copies.
    pole
        The pole about which the map is drawn, None for Mercator.
    step_deg
        The step of the encoded paths, in degrees.
    """

    stops: tuple[Stop, ...]
    nodes: tuple[Node, ...]
    legs: tuple[RouteLeg, ...]
    south_west: Point
    north_east: Point
    fit_zoom: float
    fit_max: float
    copies: tuple[int, ...]
    pole: Pole | None
    step_deg: float

    @property
    def projection(self) -> Projection:
        """How this route is projected."""
        return projection_of(self.pole)

    @property
    def extent(self) -> Window:
        """Left, top, right and bottom of it all in pixels at zoom 0, on `projection`."""
        xs, ys = _projected(_drawn(self.nodes, self.legs), self.projection)
        return (min(xs), min(ys), max(xs), max(ys))

    def window(self, size_px: tuple[float, float]) -> Window:
        """Return what a window of that size shows at the first view.

        Left, top, right and bottom in pixels at zoom 0, on `projection`.
        """
        left, top, right, bottom = self.extent
        x, y = (left + right) / 2, (top + bottom) / 2
        dx, dy = (pixels / 2 / 2**self.fit_zoom for pixels in size_px)
        return (x - dx, y - dy, x + dx, y + dy)


def plan_route(itinerary: Itinerary) -> RoutePlan:
    """Return where everything of a route is drawn.

    Raises
    ------
    NothingToDrawError
        No stop has a place.
    """
    stops = itinerary.stops
    points = {number: stop.place.point for number, stop in enumerate(stops) if stop.place}
    if not points:
        raise NothingToDrawError(
            "No stop of this journey has a place on the map; give it a text that names one."
        )
    legs = _legs(itinerary, points, MERCATOR, zoom=MIN_FIT_ZOOM)
    pole = _pole(points.values(), legs)
    projection = projection_of(pole)
    zoom = _fit_zoom(points.values(), legs, projection)
    legs = _legs(itinerary, points, projection, zoom=min(DEEPEST_ZOOM, zoom + CLOSER_ZOOMS))
    legs = _recentred(legs)
    nodes = _nodes(_placed(points, legs), polar=pole is not None)
    legs = _bowed(legs, nodes, projection, zoom)
    return _plan(stops, nodes, legs, zoom, pole)


def route_data(plan: RoutePlan) -> dict[str, Any]:
    """Return the route as plain JSON types, for the page's program.

    Returns
    -------
    dict
        ``nodes``: ``lat``, ``lon``, and ``v``, positions in the list of stops.
        ``legs``: ``a`` and ``b``, positions in the list of stops, ``km``, ``p`` the path
        and ``planned``. A path is `encode` of the differences of (longitude + 180) / lg
        and (latitude + 90) / lg, in turn. ``lg``: that step. ``bounds``: south-west and
        north-east as (lat, lon). ``copies``, ``fitMax``; ``crs``: ``merc`` or ``polar``,
        and ``south``: whether that is the south pole.
    """
    return {
        "nodes": [
            {"lat": round(n.point.lat, 5), "lon": round(n.point.lon, 5), "v": list(n.stops)}
            for n in plan.nodes
        ],
        "legs": [_leg_data(leg, plan.step_deg) for leg in plan.legs],
        "lg": plan.step_deg,
        "bounds": [[round(v, 4) for v in p.lat_lon] for p in (plan.south_west, plan.north_east)],
        "copies": list(plan.copies),
        "fitMax": plan.fit_max,
        "crs": "polar" if plan.pole else "merc",
        "south": plan.pole == "south",
    }


def _leg_data(leg: RouteLeg, step: float) -> dict[str, Any]:
    grid = [(round((p.lon + 180) / step), round((p.lat + 90) / step)) for p in leg.path]
    steps = [grid[0], *((x - u, y - v) for (u, v), (x, y) in pairwise(grid))]
    return {
        "a": leg.origin,
        "b": leg.destination,
        "km": round(leg.distance_m / 1000, 3),
        "p": encode([value for pair in steps for value in pair]),
        "planned": leg.planned,
    }


def _legs(
    itinerary: Itinerary, points: Mapping[int, Point], projection: Projection, *, zoom: float
) -> list[RouteLeg]:
    """Return the legs, each path starting at the copy of the world where the last ended."""
    numbers = {stop.id: number for number, stop in enumerate(itinerary.stops)}
    reached = dict(points)
    legs = []
    for leg in itinerary.legs:
        origin, destination = numbers[leg.origin], numbers[leg.destination]
        if origin in points and destination in points:
            ends = reached[origin], points[destination]
            path = _path(*ends, projection, zoom)
            reached[destination] = path[-1]
            legs.append(
                RouteLeg(
                    origin=origin,
                    destination=destination,
                    distance_m=leg.distance_m,
                    path=path,
                    planned=itinerary.stops[destination].status is VisitStatus.PLANNED,
                )
            )
    return legs


def _path(a: Point, b: Point, projection: Projection, zoom: float) -> tuple[Point, ...]:
    scale = 2**zoom

    def error_px(start: Point, middle: Point, end: Point) -> float:
        (x0, y0), (x1, y1), (x2, y2) = map(projection.project, (start, middle, end))
        return scale * math.hypot((x0 + x2) / 2 - x1, (y0 + y2) / 2 - y1)

    return geodesic_path(a, b, max_error=LINE_ERROR_PX, error=error_px)


def _pole(points: Iterable[Point], legs: Sequence[RouteLeg]) -> Pole | None:
    latitudes = [p.lat for p in (*points, *(p for leg in legs for p in leg.path))]
    farthest = max(latitudes, key=abs)
    if abs(farthest) <= POLAR_LATITUDE_DEG:
        return None
    return "north" if farthest > 0 else "south"


def _fit_zoom(points: Iterable[Point], legs: Sequence[RouteLeg], projection: Projection) -> float:
    drawn = [p for leg in legs for p in leg.path] or list(points)
    xs, ys = _projected(drawn, projection)
    sizes = max(xs) - min(xs), max(ys) - min(ys)
    zooms = [
        math.log2((view - margin) / size)
        for view, margin, size in zip(VIEW_PX, MARGIN_PX, sizes, strict=True)
        if size > 0
    ]
    return max(MIN_FIT_ZOOM, min([*zooms, MAX_FIT_ZOOM])) if zooms else SINGLE_PLACE_ZOOM


def _drawn(nodes: Iterable[Node], legs: Iterable[RouteLeg]) -> list[Point]:
    return [*(node.point for node in nodes), *(point for leg in legs for point in leg.path)]


def _projected(
    points: Iterable[Point], projection: Projection
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    xs, ys = zip(*map(projection.project, points), strict=True)
    return xs, ys


def _recentred(legs: list[RouteLeg]) -> list[RouteLeg]:
    """Shift all legs by whole turns so that the middle of the route is within ±180."""
    longitudes = [p.lon for leg in legs for p in leg.path]
    if not longitudes:
        return legs
    turns = round((min(longitudes) + max(longitudes)) / 720)
    return [dataclasses.replace(leg, path=_shifted(leg.path, -360.0 * turns)) for leg in legs]


def _shifted(path: Iterable[Point], degrees: float) -> tuple[Point, ...]:
    return tuple(Point(lat=p.lat, lon=p.lon + degrees) for p in path)


def _placed(points: Mapping[int, Point], legs: Sequence[RouteLeg]) -> dict[int, Point]:
    """Return where each stop stands on the run of the route, in order of the stops."""
    run = {leg.origin: leg.path[0] for leg in reversed(legs)}
    run |= {leg.destination: leg.path[-1] for leg in legs}
    return {number: run.get(number, point) for number, point in points.items()}


def _nodes(placed: Mapping[int, Point], *, polar: bool) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for number, point in placed.items():
        for position, node in enumerate(nodes):
            if _same_place(node.point, point, polar=polar):
                nodes[position] = Node(point=node.point, stops=(*node.stops, number))
                break
        else:
            nodes.append(Node(point=point, stops=(number,)))
    return tuple(nodes)


def _same_place(a: Point, b: Point, *, polar: bool) -> bool:
    """Whether two stops share a marker: near each other, and on one copy of the world."""
    if abs(a.lat - b.lat) > SAME_PLACE_DEG or (abs(a.lon - b.lon) > 180 and not polar):
        return False
    return distance_m(a, b) < SAME_PLACE_M


def _bowed(
    legs: Sequence[RouteLeg], nodes: Sequence[Node], projection: Projection, zoom: float
) -> list[RouteLeg]:
    """Return the legs, those between the same two markers drawn apart.

    Each bows to the right of its own direction, further for each further use.
    """
    node_of = {stop: number for number, node in enumerate(nodes) for stop in node.stops}
    ways = [(node_of[leg.origin], node_of[leg.destination]) for leg in legs]
    uses = Counter(frozenset(way) for way in ways)
    seen: Counter[tuple[int, int]] = Counter()
    bowed = []
    for leg, way in zip(legs, ways, strict=True):
        seen[way] += 1
        if way[0] != way[1] and uses[frozenset(way)] > 1:
            path = _bow(leg.path, projection, zoom, BOW_PX * seen[way])
            leg = dataclasses.replace(leg, path=path)
        bowed.append(leg)
    return bowed


def _bow(
    path: Sequence[Point], projection: Projection, zoom: float, height_px: float
) -> tuple[Point, ...]:
    """Return a path bent to its right by half a sine wave of that height."""
    line = _densified([projection.project(point) for point in path])
    height = min(height_px / 2**zoom, math.dist(line[0], line[-1]) * BOW_PART)
    bent = [path[0]]
    for number in range(1, len(line) - 1):
        rise = height * math.sin(math.pi * number / (len(line) - 1))
        x, y = _beside(line[number - 1], line[number], line[number + 1], rise)
        point = projection.unproject(x, y)
        turns = round((bent[-1].lon - point.lon) / 360)
        bent.append(Point(lat=point.lat, lon=point.lon + 360 * turns))
    turns = round((bent[-1].lon - path[-1].lon) / 360)
    return (*bent, Point(lat=path[-1].lat, lon=path[-1].lon + 360 * turns))


def _densified(line: Sequence[Position]) -> list[Position]:
    """Return a line with as many vertices as a smooth bow needs."""
    parts = math.ceil((BOW_POINTS - 1) / (len(line) - 1))
    shares = [part / parts for part in range(parts)]
    dense = [
        (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
        for (x0, y0), (x1, y1) in pairwise(line)
        for share in shares
    ]
    return [*dense, line[-1]]


def _beside(before: Position, at: Position, after: Position, rise: float) -> Position:
    """Return the position `rise` to the right of the line, y pointing down."""
    dx, dy = after[0] - before[0], after[1] - before[1]
    length = math.hypot(dx, dy) or 1.0
    return at[0] - dy / length * rise, at[1] + dx / length * rise


def _plan(
    stops: tuple[Stop, ...],
    nodes: tuple[Node, ...],
    legs: Sequence[RouteLeg],
    zoom: float,
    pole: Pole | None,
) -> RoutePlan:
    drawn = _drawn(nodes, legs)
    west, east = min(p.lon for p in drawn), max(p.lon for p in drawn)
    city = zoom > CITY_ZOOM
    closest = FIT_MAX_CITY if city else FIT_MAX_REGION
    return RoutePlan(
        stops=stops,
        nodes=nodes,
        legs=tuple(legs),
        south_west=Point(lat=min(p.lat for p in drawn), lon=west),
        north_east=Point(lat=max(p.lat for p in drawn), lon=east),
        fit_zoom=zoom,
        fit_max=closest if len(nodes) > 1 else SINGLE_PLACE_ZOOM,
        copies=(0,) if pole else _copies(west, east),
        pole=pole,
        step_deg=CITY_STEP_DEG if city else REGION_STEP_DEG,
    )


def _copies(west: float, east: float) -> tuple[int, ...]:
    first = math.ceil((west - WORLD_MARGIN_DEG - LAND_REACH_DEG) / 360)
    last = math.floor((east + WORLD_MARGIN_DEG + LAND_REACH_DEG) / 360)
    return tuple(360 * turn for turn in range(first, last + 1))
