"""Distances, bearings and lines on WGS-84."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from mapper.geodesy import (
    chord_error_m,
    distance_m,
    geodesic_path,
    initial_bearing_deg,
)
from mapper.model import Point

points = st.builds(
    Point,
    lat=st.floats(-90, 90, allow_nan=False),
    lon=st.floats(-180, 180, allow_nan=False),
)
QUITO = Point(lat=0.0, lon=-78.5)


def test_a_degree_of_the_equator() -> None:
    """One degree of the equator is 111.3 km, by the semi-major axis of WGS-84."""
    expected = math.radians(1) * 6_378_137
    assert distance_m(Point(lat=0, lon=5), Point(lat=0, lon=6)) == pytest.approx(expected)


def test_a_quarter_of_the_meridian() -> None:
    """From the equator to the pole is 10,001.966 km on WGS-84, not a sphere's 10,007.5."""
    pole = Point(lat=90, lon=0)
    assert distance_m(Point(lat=0, lon=0), pole) == pytest.approx(10_001_965.729, abs=0.01)


@given(points, points)
def test_distance_is_symmetric(a: Point, b: Point) -> None:
    """There is as far as back."""
    assert distance_m(a, b) == pytest.approx(distance_m(b, a), abs=1e-6)


@given(points, points, points)
def test_a_detour_is_never_shorter(a: Point, b: Point, c: Point) -> None:
    """The triangle inequality holds."""
    assert distance_m(a, c) <= distance_m(a, b) + distance_m(b, c) + 1e-6


@pytest.mark.parametrize(
    ("goal", "bearing"),
    [
        (Point(lat=1, lon=-78.5), 0),
        (Point(lat=0, lon=-77), 90),
        (Point(lat=-1, lon=-78.5), 180),
        (Point(lat=0, lon=-80), 270),
        (QUITO, 0),
    ],
)
def test_bearings_run_clockwise_from_north(goal: Point, bearing: float) -> None:
    """Bearings are 0 to 360 degrees clockwise from north, and 0 where there is no way to go."""
    assert initial_bearing_deg(QUITO, goal) == pytest.approx(bearing, abs=1e-9)


@given(points, points)
def test_a_path_joins_its_ends(a: Point, b: Point) -> None:
    """A path starts exactly at the first point and ends at the second, whole turns aside."""
    path = geodesic_path(a, b)
    assert path[0] == a
    assert path[-1].lat == b.lat
    turns = (path[-1].lon - b.lon) / 360
    assert turns == pytest.approx(round(turns), abs=1e-9)


@given(points, points)
def test_a_path_never_jumps(a: Point, b: Point) -> None:
    """No two neighbours are half a turn apart, not even at a pole or between antipodes."""
    assert all(abs(q.lon - p.lon) < 180 for p, q in pairwise(geodesic_path(a, b)))


@given(points, st.floats(-1e-3, 1e-3), st.floats(-1e-3, 1e-3))
def test_a_path_between_near_antipodes_never_jumps(a: Point, north: float, east: float) -> None:
    """Nor does it where the geodesic is hardest to find."""
    b = Point(lat=max(-90.0, min(90.0, north - a.lat)), lon=a.lon + 180 + east)
    assert all(abs(q.lon - p.lon) < 180 for p, q in pairwise(geodesic_path(a, b)))


@given(points, points)
def test_a_path_is_no_longer_than_the_geodesic_but_by_its_error(a: Point, b: Point) -> None:
    """The points lie on the geodesic: their distances add up to its length."""
    path = geodesic_path(a, b)
    assert sum(distance_m(p, q) for p, q in pairwise(path)) == pytest.approx(
        distance_m(a, b), abs=1e-3
    )


@given(
    st.builds(Point, lat=st.floats(-75, 75), lon=st.floats(-180, 180)),
    st.builds(Point, lat=st.floats(-75, 75), lon=st.floats(-180, 180)),
    st.sampled_from([100.0, 1_000.0, 20_000.0]),
)
def test_a_path_keeps_to_its_error(a: Point, b: Point, max_error: float) -> None:
    """Half-way along each straight piece the geodesic is no farther off than was asked for."""
    for start, end in pairwise(geodesic_path(a, b, max_error=max_error)):
        if max(abs(start.lat), abs(end.lat)) < 85:
            line = Geodesic.WGS84.InverseLine(*start.lat_lon, *end.lat_lon)
            middle = line.Position(line.s13 / 2, Geodesic.STANDARD | Geodesic.LONG_UNROLL)
            there = Point(lat=middle["lat2"], lon=middle["lon2"])
            assert chord_error_m(start, there, end) <= max_error * 1.01


def test_an_s_shaped_path_is_not_taken_for_straight() -> None:
    """A line that crosses the equator half-way bends, though its middle lies on the chord."""
    path = geodesic_path(Point(lat=-40, lon=0), Point(lat=40, lon=120))
    assert len(path) > 20


def test_a_path_runs_on_over_the_date_line() -> None:
    """Longitudes pass 180 instead of starting again at -180."""
    path = geodesic_path(Point(lat=35.5, lon=139.8), Point(lat=34, lon=-118.2))
    assert [p.lon for p in path] == sorted(p.lon for p in path)
    assert path[-1].lon == pytest.approx(241.8)


def test_a_path_starts_on_the_copy_of_the_world_it_is_given() -> None:
    """A start beyond 180 is kept, and the path goes on from there."""
    path = geodesic_path(Point(lat=0, lon=190), Point(lat=0, lon=-160))
    assert path[0].lon == 190
    assert path[-1].lon == pytest.approx(200)


def test_a_path_from_a_point_to_itself_stands_still() -> None:
    """Identical ends give two identical points."""
    assert geodesic_path(QUITO, QUITO) == (QUITO, QUITO)


def test_a_path_over_a_pole_turns_on_the_spot() -> None:
    """From one side of the pole to the other the path goes through latitude 90."""
    path = geodesic_path(Point(lat=80, lon=10), Point(lat=80, lon=-170))
    at_pole = [p.lon for p in path if p.lat == 90]
    assert len(at_pole) >= 3
    assert abs(at_pole[-1] - at_pole[0]) == pytest.approx(180)


def test_antipodes_are_joined_over_a_pole() -> None:
    """On an ellipsoid the shortest way between antipodes on the equator leads over a pole."""
    path = geodesic_path(Point(lat=0, lon=0), Point(lat=0, lon=180))
    assert max(abs(p.lat) for p in path) == 90
    assert all(abs(q.lon - p.lon) < 180 for p, q in pairwise(path))


def test_the_error_can_be_counted_in_any_unit() -> None:
    """A caller's own error decides how finely a path is cut."""
    coarse = geodesic_path(QUITO, Point(lat=50, lon=10), max_error=1, error=lambda *_: 0.0)
    fine = geodesic_path(
        QUITO, Point(lat=50, lon=10), max_error=1, error=lambda p, _, q: abs(p.lon - q.lon)
    )
    assert len(coarse) == 5
    assert max(abs(p.lon - q.lon) for p, q in pairwise(fine)) <= 1
