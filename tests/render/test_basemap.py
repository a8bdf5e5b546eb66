"""The land under a route."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from mapper.errors import AssetError
from mapper.render import atlas as atlas_module
from mapper.render.atlas import open_atlas
from mapper.render.basemap import (
    base_map,
    border_lines,
    coast_lines,
    land_polygons,
    view_boxes,
)
from mapper.render.route import RoutePlan, plan_route
from tests.builders import halts_at, journey

LONDON, NEW_YORK, TOKYO = ("London", 51.5, -0.13), ("NYC", 40.7, -74.0), ("Tokyo", 35.68, 139.69)
TRIPS = {
    "region": (("Harbin", 45.75, 126.65), ("Khabarovsk", 48.48, 135.08), ("Busan", 35.1, 129.04)),
    "city": (("Louvre", 48.8606, 2.3376), ("Gare du Nord", 48.8809, 2.3553)),
    "one stop": (("Reykjavik", 64.15, -21.94),),
    "date line": (TOKYO, ("Los Angeles", 34.05, -118.24), ("Apia", -13.83, -171.77)),
    "islands": (("Suva", -18.12, 178.45), ("Apia", -13.83, -171.77)),
    "world": (LONDON, ("Mumbai", 19.08, 72.88), TOKYO, NEW_YORK, LONDON),
    "north": (("Longyearbyen", 78.22, 15.65), ("Utqiagvik", 71.29, -156.79)),
    "south": (("Hobart", -42.88, 147.33), ("McMurdo", -77.85, 166.67), ("Pole", -90.0, 0.0)),
}
# Letters of JSON: a page of a region is to stay within 300 KB, Leaflet takes 162 of it.
MAX_BYTES = {"world": 150_000, "date line": 150_000}
REGION_BYTES = 80_000


def planned(name: str) -> RoutePlan:
    """Plan the trip of that name."""
    return plan_route(journey(halts_at(*TRIPS[name])))


@pytest.fixture(scope="module", params=TRIPS)
def trip(request: pytest.FixtureRequest) -> tuple[str, RoutePlan, dict[str, Any]]:
    """Each trip with its plan and its base map."""
    plan = planned(request.param)
    return request.param, plan, base_map(plan)


Trip = tuple[str, RoutePlan, dict[str, Any]]


def land_at(base: dict[str, Any], lat: float, lon: float) -> bool:
    """Tell whether a point is on the drawn land."""
    spot = shapely.Point(lon, lat)
    return any(
        shapely.make_valid(shapely.Polygon(outer, holes)).contains(spot)
        for outer, *holes in land_polygons(base)
    )


def test_every_ring_is_closed(trip: Trip) -> None:
    """Each ring ends where it began, and encloses something."""
    for rings in land_polygons(trip[2]):
        for ring in rings:
            assert ring[0].tolist() == pytest.approx(ring[-1].tolist(), abs=1e-9)
            assert len(ring) >= 4


def test_nothing_jumps_over_the_map(trip: Trip) -> None:
    """No side of a shape is half a world long, but for the one that closes a pole."""
    lines = [ring for rings in land_polygons(trip[2]) for ring in rings]
    for line in [*lines, *border_lines(trip[2]), *coast_lines(trip[2])]:
        steps = np.abs(np.diff(line[:, 0]))
        assert (steps[(line[1:, 1] > -89) | (line[:-1, 1] > -89)] < 180).all()


def test_coordinates_are_on_the_globe(trip: Trip) -> None:
    """Latitudes stay within the poles, and shapes near their own copy of the world."""
    for rings in land_polygons(trip[2]):
        lon, lat = rings[0].T
        assert abs(lon.min() + lon.max()) / 2 <= 180
        assert lat.min() >= -90 - 1e-6
        assert lat.max() <= 90


def test_land_is_land_and_sea_is_sea(trip: Trip) -> None:
    """The great shapes are there on every page."""
    base = trip[2]
    assert land_at(base, 48.0, 95.0)  # Mongolia
    assert land_at(base, 40.0, -100.0)  # Nebraska
    assert land_at(base, -85.0, 60.0)  # Antarctica
    assert not land_at(base, 30.0, -45.0)  # the Atlantic
    assert not land_at(base, 0.0, -150.0)  # the Pacific


def test_neighbours_share_their_arcs(trip: Trip) -> None:
    """Each arc number that a ring names exists, and none is there for nothing."""
    base = trip[2]
    named = {k if k >= 0 else ~k for _, ps in base["c"] for p in ps for ring in p for k in ring}
    assert named == set(range(len(base["a"].split())))


def test_coasts_have_no_seams(trip: Trip) -> None:
    """The edge of the world is no coast."""
    for line in coast_lines(trip[2]):
        at_edge = (np.abs(np.abs(line[:, 0]) - 180) < 0.005) | (line[:, 1] < -85)
        assert not any(a and b for a, b in pairwise(at_edge))


def test_a_base_map_is_small(trip: Trip) -> None:
    """It fits in a page that is mailed."""
    name, _, base = trip
    written = json.dumps(base, separators=(",", ":"))
    assert len(written) <= MAX_BYTES.get(name, REGION_BYTES)


def test_the_same_route_gives_the_same_land(trip: Trip) -> None:
    """To the letter, the atlas read anew."""
    open_atlas.cache_clear()
    assert json.dumps(base_map(planned(trip[0]))) == json.dumps(trip[2])


def test_land_is_finer_near_the_route() -> None:
    """The coast of Korea has more vertices when the way leads by than when it leads to Paris."""
    box = shapely.box(126, 34, 130, 38)

    def vertices(name: str) -> int:
        lines = coast_lines(base_map(planned(name)))
        return int(shapely.contains_xy(box, np.concatenate(lines)).sum())

    assert vertices("region") > 5 * vertices("city")


def test_coasts_near_the_route_are_true() -> None:
    """Two zooms closer than the first view, simplified coasts are within a pixel."""
    plan = planned("region")
    pixel = 360 / 256 / 2 ** (plan.fit_zoom + 2)
    atlas = open_atlas("world-10m")
    drawn = shapely.MultiLineString(coast_lines(base_map(plan)))
    near = (np.abs(atlas.lon - 129) < 2) & (np.abs(atlas.lat - 35.5) < 2)
    arc = np.searchsorted(atlas.start, np.flatnonzero(near), side="right") - 1
    large = {
        abs(k) if k >= 0 else ~k
        for i in np.flatnonzero(atlas.land.area > (10 * pixel) ** 2)
        for k in atlas.land.arcs[atlas.land.ring_start[i] : atlas.land.ring_start[i + 1]].tolist()
    }
    rows = np.flatnonzero(near)[np.isin(arc, sorted(large))]
    spots = shapely.points(atlas.lon[rows], atlas.lat[rows])
    assert len(spots) > 1000
    assert shapely.distance(spots, drawn).max() <= 1.2 * pixel


def test_borders_are_drawn_as_the_un_has_them() -> None:
    """Crimea has no border towards Kherson, Western Sahara has one towards Morocco."""
    borders = shapely.MultiLineString(border_lines(base_map(planned("world"))))
    isthmus = shapely.LineString([(33.4, 46.4), (34.5, 45.6)])
    south_of_morocco = shapely.LineString([(-9.5, 28.5), (-9.5, 27.0)])
    assert not borders.intersects(isthmus)
    assert borders.intersects(south_of_morocco)


def test_a_window_over_the_date_line_is_two_boxes() -> None:
    """Both lie on the map, and meet at ±180."""
    east, west = sorted(view_boxes(planned("islands"), (960, 640)))
    assert (east[0], west[2]) == (-180, 180)
    assert east[2] < 0 < west[0]


def test_without_an_atlas_there_is_no_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that was not built says what is missing."""
    monkeypatch.setattr(atlas_module, "ASSETS", tmp_path)
    open_atlas.cache_clear()
    with pytest.raises(AssetError, match="missing"):
        base_map(planned("region"))
    open_atlas.cache_clear()
