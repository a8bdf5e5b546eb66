"""The two projections of the page."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.geodesy import distance_m
from mapper.model import Point
from mapper.render.projection import MERCATOR, Azimuthal, Projection, projection_of

PROJECTIONS = [MERCATOR, Azimuthal("north"), Azimuthal("south")]
anywhere = st.builds(Point, lat=st.floats(-85, 85), lon=st.floats(-179, 179))


@pytest.mark.parametrize("projection", PROJECTIONS)
@given(point=anywhere)
def test_there_and_back(projection: Projection, point: Point) -> None:
    """A projected point is found again."""
    back = projection.unproject(*projection.project(point))
    assert back.lat_lon == pytest.approx(point.lat_lon, abs=1e-7)


@pytest.mark.parametrize("projection", PROJECTIONS)
@given(point=anywhere)
def test_one_by_one_or_all_at_once(projection: Projection, point: Point) -> None:
    """The array form gives what the single form gives."""
    (spot,) = projection.project_all(np.array([point.lon_lat]))
    assert tuple(spot) == pytest.approx(projection.project(point), abs=1e-9)


def test_mercator_is_square() -> None:
    """The world is 256 pixels wide and high, with its south at the bottom."""
    assert MERCATOR.project(Point(lat=90, lon=180)) == pytest.approx((256, 0), abs=1e-6)
    assert MERCATOR.project(Point(lat=-90, lon=-180)) == pytest.approx((0, 256), abs=1e-6)


def test_mercator_runs_on_over_the_date_line() -> None:
    """A turn farther east is a world farther right."""
    here, there = (MERCATOR.project(Point(lat=10, lon=lon)) for lon in (-170, 190))
    assert there[0] - here[0] == pytest.approx(256)


@pytest.mark.parametrize(("pole", "lat"), [("north", 90), ("south", -90)])
def test_distances_from_the_pole_are_true(pole: str, lat: float) -> None:
    """Azimuthal equidistant: pixels from the pole are metres, within a sphere's error."""
    projection = projection_of(pole)  # type: ignore[arg-type]
    town = Point(lat=lat * 0.7, lon=40)
    centre = Point(lat=lat, lon=0)
    pixels = math.dist(projection.project(centre), projection.project(town))
    assert pixels / 256 * 4e7 == pytest.approx(distance_m(centre, town), rel=0.006)


def test_east_is_to_the_left_of_the_date_line_about_the_north_pole() -> None:
    """The null meridian points down, 90° east to the right."""
    x, y = Azimuthal("north").project(Point(lat=60, lon=90))
    assert (x > 128, round(y, 6)) == (True, 128)
    assert Azimuthal("north").project(Point(lat=60, lon=0))[1] > 128
    assert Azimuthal("south").project(Point(lat=-60, lon=0))[1] < 128
