"""The route as it is drawn."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import NothingToDrawError
from mapper.geodesy import distance_m
from mapper.model import Point, VisitStatus
from mapper.render.encoding import decode
from mapper.render.route import RoutePlan, plan_route, route_data
from tests.builders import Halt, halts_at, journey

OSLO, BERGEN = ("Oslo", 59.91, 10.75), ("Bergen", 60.39, 5.32)
TOKYO, LOS_ANGELES = ("Tokyo", 35.68, 139.69), ("Los Angeles", 34.05, -118.24)
APIA, NADI = ("Apia", -13.83, -171.77), ("Nadi", -17.8, 177.42)
LONGYEARBYEN, UTQIAGVIK = ("Longyearbyen", 78.22, 15.65), ("Utqiagvik", 71.29, -156.79)
LONDON, MUMBAI, NEW_YORK = ("London", 51.5, -0.13), ("Mumbai", 19.08, 72.88), ("NYC", 40.7, -74.0)
ROUND_THE_WORLD = (LONDON, MUMBAI, TOKYO, ("San Francisco", 37.77, -122.42), NEW_YORK, LONDON)


def planned(*places: tuple[str, float, float]) -> RoutePlan:
    """Plan the route over these places."""
    return plan_route(journey(halts_at(*places)))


def lons(plan: RoutePlan) -> list[float]:
    """Return the longitudes of the whole run."""
    return [point.lon for leg in plan.legs for point in leg.path]


def test_a_run_over_the_date_line_is_unbroken() -> None:
    """Tokyo, Los Angeles, Apia: no step of the run is half a world wide."""
    plan = planned(TOKYO, LOS_ANGELES, APIA)
    assert max(abs(b - a) for a, b in pairwise(lons(plan))) < 30
    assert plan.north_east.lon - plan.south_west.lon == pytest.approx(102.1, abs=0.5)


def test_the_middle_of_the_run_is_on_the_map() -> None:
    """The run is shifted so that the first view is near the world's first copy."""
    for places in [(TOKYO, LOS_ANGELES, APIA), (APIA, NADI), ROUND_THE_WORLD]:
        plan = planned(*places)
        assert abs(plan.south_west.lon + plan.north_east.lon) / 2 <= 180


def test_markers_stand_at_the_ends_of_the_legs() -> None:
    """Each leg leads from its marker to its marker."""
    plan = planned(*ROUND_THE_WORLD)
    spots = {stop: node.point for node in plan.nodes for stop in node.stops}
    for leg in plan.legs:
        assert leg.path[0].lat_lon == pytest.approx(spots[leg.origin].lat_lon)
        assert leg.path[-1].lat_lon == pytest.approx(spots[leg.destination].lat_lon)


def test_a_return_has_one_marker() -> None:
    """Where a journey ends where it began, one marker has both numbers."""
    plan = planned(OSLO, BERGEN, OSLO)
    assert [node.stops for node in plan.nodes] == [(0, 2), (1,)]


def test_two_stops_in_one_street_share_a_marker() -> None:
    """Thirty metres apart is one place on a map, three kilometres are two in a city."""
    near, far = ("Gate", 59.9103, 10.75), ("Park", 59.94, 10.75)
    assert [node.stops for node in planned(OSLO, near, BERGEN).nodes] == [(0, 1), (2,)]
    assert [node.stops for node in planned(OSLO, far).nodes] == [(0,), (1,)]
    assert planned(OSLO, far).fit_max > planned(OSLO, BERGEN).fit_max


def test_round_the_world_ends_a_turn_farther_on() -> None:
    """The last London is another copy of the first, and the base map has copies for both."""
    plan = planned(*ROUND_THE_WORLD)
    first, last = plan.nodes[0].point, plan.nodes[-1].point
    assert last.lon - first.lon == pytest.approx(360)
    assert len(plan.copies) >= 2


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_every_copy_of_the_world_that_is_in_sight_is_drawn(turns: int) -> None:
    """However often a journey goes round, there is land under all of it."""
    plan = planned(*ROUND_THE_WORLD[:-1] * turns, LONDON)
    assert min(plan.copies) - 180 <= plan.south_west.lon
    assert plan.north_east.lon <= max(plan.copies) + 180
    assert [b - a for a, b in pairwise(plan.copies)] == [360] * (len(plan.copies) - 1)


def test_repeated_legs_are_drawn_apart() -> None:
    """There and back twice is four lines, each to the right of its own direction."""
    plan = planned(OSLO, BERGEN, OSLO, BERGEN, OSLO)
    middles = [leg.path[len(leg.path) // 2].lat for leg in plan.legs]
    assert len({round(middle, 3) for middle in middles}) == 4
    out, back = middles[0::2], middles[1::2]
    assert min(out) > max(back)


def test_a_bow_does_not_change_the_distance() -> None:
    """What is printed is the geodesic, however the line is bent."""
    plan = planned(OSLO, BERGEN, OSLO)
    straight = distance_m(Point(lat=59.91, lon=10.75), Point(lat=60.39, lon=5.32))
    assert [leg.distance_m for leg in plan.legs] == [pytest.approx(straight)] * 2


def test_a_single_leg_is_not_bowed() -> None:
    """Only legs that would hide each other are bent."""
    plan = planned(("A", 0.0, 10.0), ("B", 0.0, 20.0))
    assert {round(point.lat, 9) for point in plan.legs[0].path} == {0.0}


@settings(max_examples=40, deadline=None)
@given(st.floats(-60, 60), st.floats(-180, 180), st.floats(-60, 60), st.floats(-180, 180))
def test_lines_are_true_where_a_reader_looks_closer(
    lat: float, lon: float, lat2: float, lon2: float
) -> None:
    """Three zooms closer than the first view a line is still within half a pixel."""
    plan = planned(("A", lat, lon), ("B", lat2, lon2))
    if plan.pole or not plan.legs[0].distance_m:
        return
    scale = 2 ** min(12, plan.fit_zoom + 3)
    from geographiclib.geodesic import Geodesic

    for a, b in pairwise(plan.legs[0].path):
        line = Geodesic.WGS84.InverseLine(*a.lat_lon, *b.lat_lon)
        true = line.Position(line.s13 / 2, Geodesic.STANDARD | Geodesic.LONG_UNROLL)
        spots = [*map(plan.projection.project, (a, b))]
        middle = plan.projection.project(Point(lat=true["lat2"], lon=true["lon2"]))
        chord = ((spots[0][0] + spots[1][0]) / 2, (spots[0][1] + spots[1][1]) / 2)
        assert math.dist(chord, middle) * scale < 0.5


def test_one_stop_is_shown_in_its_surroundings() -> None:
    """A single place is not looked at through a magnifying glass."""
    plan = planned(OSLO)
    assert (plan.legs, len(plan.nodes)) == ((), 1)
    assert plan.fit_zoom == plan.fit_max == 6


def test_the_same_place_twice_in_a_row() -> None:
    """A stay told twice is one marker and a leg of nothing."""
    plan = planned(OSLO, OSLO)
    assert [node.stops for node in plan.nodes] == [(0, 1)]
    assert [leg.distance_m for leg in plan.legs] == [0]


def test_a_stop_without_a_place_is_not_drawn() -> None:
    """It keeps its position among the stops, and the way leads past it."""
    halts = halts_at(OSLO, BERGEN)
    halts.insert(1, Halt(name="Nowhere", point=None))
    plan = plan_route(journey(halts))
    assert len(plan.stops) == 3
    assert [node.stops for node in plan.nodes] == [(0,), (2,)]
    assert [(leg.origin, leg.destination) for leg in plan.legs] == [(0, 2)]


def test_nothing_to_draw() -> None:
    """Without a single place there is no map."""
    with pytest.raises(NothingToDrawError, match="No stop"):
        plan_route(journey([Halt(name="Nowhere", point=None)]))


def test_planned_legs_say_so() -> None:
    """What lies ahead is marked, what was travelled is not."""
    ahead = Halt(name="Reno", point=Point(lat=39.5, lon=-119.8), status=VisitStatus.PLANNED)
    plan = plan_route(journey([*halts_at(OSLO, BERGEN), ahead]))
    assert [leg.planned for leg in plan.legs] == [False, True]
    assert [leg["planned"] for leg in route_data(plan)["legs"]] == [False, True]


@pytest.mark.parametrize(
    ("places", "pole"),
    [
        ((OSLO, BERGEN), None),
        ((LONGYEARBYEN, OSLO), None),
        ((LONGYEARBYEN, UTQIAGVIK), "north"),
        ((("Alert", 82.5, -62.3),), "north"),
        ((("Hobart", -42.88, 147.33), ("South Pole", -90.0, 0.0)), "south"),
        ((NEW_YORK, ("Hong Kong", 22.3, 114.2)), "north"),
    ],
)
def test_a_map_about_the_pole(places: tuple[Any, ...], pole: str | None) -> None:
    """Where a stop or a leg comes nearer to a pole than 80°, the map is drawn about it."""
    plan = planned(*places)
    assert plan.pole == pole
    assert route_data(plan)["crs"] == ("polar" if pole else "merc")
    assert route_data(plan)["south"] == (pole == "south")


def test_a_polar_line_is_near_straight() -> None:
    """Over the pole the line on the map hardly bends, and nowhere jumps."""
    plan = planned(LONGYEARBYEN, UTQIAGVIK, LONGYEARBYEN)
    for leg in plan.legs:
        line = [plan.projection.project(point) for point in leg.path]
        length = sum(math.dist(a, b) for a, b in pairwise(line))
        assert length < 1.1 * math.dist(line[0], line[-1])


def test_the_data_give_the_paths_back() -> None:
    """Decoded, the path is the one that was planned, to a step of the grid."""
    plan = planned(TOKYO, LOS_ANGELES, APIA)
    data = route_data(plan)
    for leg, written in zip(plan.legs, data["legs"], strict=True):
        grid = np.cumsum(decode(written["p"]).reshape(-1, 2), axis=0) * data["lg"]
        assert (grid - [180, 90]).tolist() == [
            pytest.approx(point.lon_lat, abs=data["lg"]) for point in leg.path
        ]
        assert written["km"] == pytest.approx(leg.distance_m / 1000, abs=0.001)


def test_the_data_are_plain() -> None:
    """Keys and kinds are those that the page's program reads."""
    data = route_data(planned(OSLO, BERGEN))
    assert list(data) == ["nodes", "legs", "lg", "bounds", "copies", "fitMax", "crs", "south"]
    assert data["bounds"] == [[59.91, 5.32], [pytest.approx(60.39, abs=0.05), 10.75]]
    assert data["nodes"][0] == {"lat": 59.91, "lon": 10.75, "v": [0]}


def test_the_window_is_centred_on_the_route() -> None:
    """The first view has the route in its middle and all of it inside."""
    plan = planned(OSLO, BERGEN)
    left, top, right, bottom = plan.window((800, 480))
    for node in plan.nodes:
        x, y = plan.projection.project(node.point)
        assert left < x < right
        assert top < y < bottom
    assert (right - left) * 2**plan.fit_zoom == pytest.approx(800)
