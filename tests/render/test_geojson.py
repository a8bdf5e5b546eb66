"""The journey as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.model import Point, VisitStatus
from mapper.render import to_geojson
from tests.builders import Halt, day, halts_at, journey


def _features(data: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [it for it in data["features"] if it["properties"]["kind"] == kind]


def _positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], float):
        yield tuple(coordinates)
    else:
        for inner in coordinates:
            yield from _positions(inner)


def test_stop_is_a_point_with_what_is_known_of_it() -> None:
    """Longitude comes first; number, name, status, dates and evidence are properties."""
    halt = Halt(
        name="Oslo",
        point=Point(lat=59.91, lon=10.75),
        arrival=day("2023-09-13"),
        sentence="They came\n to Oslo.",
    )
    data = to_geojson(journey([halt]))
    (feature,) = data["features"]
    assert data["type"] == "FeatureCollection"
    assert feature["id"] == "s1"
    assert feature["geometry"] == {"type": "Point", "coordinates": [10.75, 59.91]}
    expected = {"number": 1, "name": "Oslo", "status": "visited", "arrival": "2023-09-13"}
    assert feature["properties"].items() >= expected.items()
    assert feature["properties"]["evidence"] == "They came to Oslo."


def test_stop_without_a_place_has_no_geometry() -> None:
    """It is listed all the same, with a null geometry (RFC 7946, 3.2)."""
    lost = Halt(name="Nowhere", point=None, status=VisitStatus.PLANNED)
    data = to_geojson(journey([*halts_at(("Oslo", 59.91, 10.75)), lost]))
    assert [it["geometry"] is None for it in _features(data, "stop")] == [False, True]


def test_leg_is_a_line_between_its_stops() -> None:
    """A leg away from the antimeridian is one line with its ends and its metres."""
    data = to_geojson(journey(halts_at(("Oslo", 59.91, 10.75), ("Bergen", 60.39, 5.32))))
    (leg,) = _features(data, "leg")
    assert leg["geometry"]["type"] == "LineString"
    assert leg["geometry"]["coordinates"][0] == [10.75, 59.91]
    assert leg["geometry"]["coordinates"][-1] == [5.32, 60.39]
    assert leg["properties"]["distance_m"] == pytest.approx(305_000, rel=0.01)
    assert (leg["properties"]["origin"], leg["properties"]["destination"]) == ("s1", "s2")


def test_leg_over_the_antimeridian_is_cut_there() -> None:
    """Both parts end on ±180 at the same latitude (RFC 7946, 3.1.9)."""
    data = to_geojson(journey(halts_at(("Suva", -18.1, 178.4), ("Apia", -13.8, -171.8))))
    (leg,) = _features(data, "leg")
    west, east = leg["geometry"]["coordinates"]
    assert leg["geometry"]["type"] == "MultiLineString"
    assert (west[-1][0], east[0][0]) == (180.0, -180.0)
    assert west[-1][1] == east[0][1]
    assert (west[0], east[-1]) == ([178.4, -18.1], [-171.8, -13.8])


spots = st.builds(
    Point,
    lat=st.floats(-89, 89, allow_nan=False).map(lambda v: round(v, 3)),
    lon=st.floats(-180, 180, allow_nan=False).map(lambda v: round(v, 3)),
)


@settings(deadline=None)
@given(st.lists(spots, min_size=2, max_size=5))
def test_every_position_lies_on_the_globe(points: list[Point]) -> None:
    """Longitudes stay within ±180, lines have two positions and no jump."""
    halts = [Halt(name=str(number), point=point) for number, point in enumerate(points)]
    data = to_geojson(journey(halts))
    for leg in _features(data, "leg"):
        shape = leg["geometry"]
        many = shape["type"] == "MultiLineString"
        for line in shape["coordinates"] if many else [shape["coordinates"]]:
            assert len(line) > 1
            assert all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in line)
            assert all(abs(a[0] - b[0]) < 180 for a, b in pairwise(line))


def test_collection_is_plain_rounded_json() -> None:
    """It can be written as strict JSON, with six decimals at most."""
    halts = halts_at(("A", 1 / 3, 2 / 3), ("B", 10 / 7, 100 / 7))
    data = to_geojson(journey(halts))
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    for feature in data["features"]:
        for position in _positions(feature["geometry"]["coordinates"]):
            assert position == tuple(round(value, 6) for value in position)
