"""Names round the route."""

from __future__ import annotations

import math

import pytest

from mapper.gazetteer import Gazetteer
from mapper.model import Point
from mapper.render.context import MAX_TOWNS, TOWN_GAP_PX, Label, labels
from mapper.render.route import VIEW_PX, RoutePlan, plan_route
from tests.builders import halts_at, journey

TRIPS = {
    "region": (("Harbin", 45.75, 126.65), ("Khabarovsk", 48.48, 135.08), ("Busan", 35.1, 129.04)),
    "city": (("Louvre", 48.8606, 2.3376), ("Gare du Nord", 48.8809, 2.3553)),
    "one stop": (("Reykjavik", 64.15, -21.94),),
    "date line": (("Tokyo", 35.68, 139.69), ("Los Angeles", 34.05, -118.24)),
    "islands": (("Suva", -18.12, 178.45), ("Apia", -13.83, -171.77)),
    "north": (("Longyearbyen", 78.22, 15.65), ("Utqiagvik", 71.29, -156.79)),
    "south": (("Hobart", -42.88, 147.33), ("McMurdo", -77.85, 166.67), ("Pole", -90.0, 0.0)),
}


def planned(name: str) -> RoutePlan:
    """Plan the trip of that name."""
    return plan_route(journey(halts_at(*TRIPS[name])))


def countries(found: list[Label]) -> list[str]:
    """Return the names of the countries."""
    return [name for name, _, _, kind in found if kind == "c"]


def towns(found: list[Label]) -> list[str]:
    """Return the names of the towns."""
    return [name for name, _, _, kind in found if kind == "t"]


def spots(plan: RoutePlan, found: list[Label], kind: str) -> list[tuple[float, float]]:
    """Return where labels of a kind stand, in pixels at the first view."""
    scale = 2**plan.fit_zoom
    points = [Point(lat=lat, lon=lon) for _, lat, lon, of in found if of == kind]
    projected = map(plan.projection.project, points)
    return [(x * scale, y * scale) for x, y in projected]


@pytest.fixture(scope="module", params=TRIPS)
def trip(request: pytest.FixtureRequest, gazetteer: Gazetteer) -> tuple[RoutePlan, list[Label]]:
    """Each trip with the names round it."""
    plan = planned(request.param)
    return plan, labels(plan, gazetteer)


Trip = tuple[RoutePlan, list[Label]]


def test_the_countries_of_a_region_are_named(gazetteer: Gazetteer) -> None:
    """Those that a route runs through and along stand in their places."""
    found = {name: (lat, lon) for name, lat, lon, _ in labels(planned("region"), gazetteer)}
    assert {"China", "Russia", "North Korea", "South Korea", "Japan"} <= found.keys()
    lat, lon = found["South Korea"]
    assert 34.5 < lat < 38.5
    assert 126 < lon < 129.6


def test_a_country_is_named_once_for_each_copy_of_the_world(trip: Trip) -> None:
    """No name is written twice on the same land."""
    plan, found = trip
    names = countries(found)
    assert all(names.count(name) <= len(plan.copies) for name in names)


def test_a_country_under_the_route_does_no_harm(gazetteer: Gazetteer) -> None:
    """Where the route leaves nothing of a country free, its name stands in it all the same."""
    zigzag = [(f"Stop {n}", 49.2 + n % 2 * 2.4, 2.0 + n) for n in range(8)]
    found = labels(plan_route(journey(halts_at(*zigzag))), gazetteer)
    assert {"Germany", "Belgium"} <= set(countries(found))


def test_every_page_shows_the_countries_of_the_route_at_first(gazetteer: Gazetteer) -> None:
    """Their names stand in what is sure to be in sight, whatever the shape of the page."""
    halts = (("Uglegorsk", 51.78, 128.13), ("Amursk", 50.23, 136.88), ("Nakhodka", 43.12, 131.89))
    plan = plan_route(journey(halts_at(*halts)))
    scale = 2**plan.fit_zoom
    _, top, _, bottom = (edge * scale for edge in plan.extent)
    found = [label for label in labels(plan, gazetteer) if label[0] in ("China", "Russia")]
    assert len(found) == 2
    assert all(top - 25 < y < bottom + 25 for _, y in spots(plan, found, "c"))


def test_a_trip_within_a_city_names_no_country(gazetteer: Gazetteer) -> None:
    """It would stand among the streets as if it were a part of town."""
    assert countries(labels(planned("city"), gazetteer)) == []


def test_a_country_that_is_a_stop_is_not_named_twice(gazetteer: Gazetteer) -> None:
    """The stop says it already."""
    halts = halts_at(("Ecuador", -1.25, -78.25), ("Lima", -12.05, -77.04))
    found = countries(labels(plan_route(journey(halts)), gazetteer))
    assert "Peru" in found
    assert "Ecuador" not in found


def test_towns_keep_their_distance(trip: Trip) -> None:
    """From each other and from the stops, so that most can be shown."""
    plan, found = trip
    scale = 2**plan.fit_zoom
    taken = [plan.projection.project(node.point) for node in plan.nodes]
    stops = [(x * scale, y * scale) for x, y in taken]
    placed = spots(plan, found, "t")
    for number, spot in enumerate(placed):
        for other in [*stops, *placed[:number]]:
            # Rounding to decimals moves a label by up to two pixels.
            assert math.dist(spot, other) > TOWN_GAP_PX - 2


def test_towns_are_in_sight(trip: Trip) -> None:
    """On the copy of the world that the first view shows."""
    plan, found = trip
    scale = 2**plan.fit_zoom
    left, top, right, bottom = (edge * scale for edge in plan.window(VIEW_PX))
    assert all(
        left - 2 < x < right + 2 and top - 2 < y < bottom + 2 for x, y in spots(plan, found, "t")
    )
    assert len(towns(found)) <= MAX_TOWNS


def test_a_stop_is_no_town_of_the_surroundings(gazetteer: Gazetteer) -> None:
    """Places of the journey are not named a second time."""
    busan = gazetteer.lookup("Busan")[0].place
    seoul = gazetteer.lookup("Seoul")[0].place
    halts = [(place.name, place.lat, place.lon) for place in (busan, seoul)]
    found = labels(plan_route(journey(halts_at(*halts))), gazetteer)
    assert not {busan.name, seoul.name} & set(towns(found))
    assert len(towns(found)) > 3


def test_larger_towns_come_first(gazetteer: Gazetteer) -> None:
    """The most populous is placed first, and so on."""
    sizes = [
        max(m.place.population for m in gazetteer.lookup(name) if abs(m.place.lat - lat) < 0.01)
        for name, lat, _, kind in labels(planned("region"), gazetteer)
        if kind == "t"
    ]
    assert len(sizes) > 3
    assert sizes == sorted(sizes, reverse=True)


def test_labels_are_ready_for_json(trip: Trip) -> None:
    """A name, two numbers and a kind, each name there to be read."""
    for name, lat, lon, kind in trip[1]:
        assert name
        assert -90 <= lat <= 90
        assert -720 <= lon <= 720
        assert kind in ("c", "t")


def test_a_polar_page_names_its_own_half_of_the_world(gazetteer: Gazetteer) -> None:
    """About the north pole no Antarctica, about the south pole no Greenland."""
    assert "Antarctica" not in countries(labels(planned("north"), gazetteer))
    assert {"Russia", "Greenland"} <= set(countries(labels(planned("north"), gazetteer)))
    assert "Greenland" not in countries(labels(planned("south"), gazetteer))


def test_the_same_route_gives_the_same_names(trip: Trip, gazetteer: Gazetteer) -> None:
    """In the same order."""
    assert labels(trip[0], gazetteer) == trip[1]
