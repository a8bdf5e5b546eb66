"""Golden cases: whole texts and the journeys that they tell.

A case is a folder in `tests/cases`: `input.txt` (or `"input"`, a path from the top of
the repository) and `expected.json`. Dropping in a folder adds a case.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mapper.geodesy import distance_m
from mapper.model import Itinerary, Outcome, Point, Stop, VisitStatus
from mapper.pipeline import map_text

TOP = Path(__file__).parent.parent
CASES = sorted(path.parent for path in Path(__file__).parent.glob("cases/*/expected.json"))
STOP_TOLERANCE_M = 10_000
COUNTRY_TOLERANCE_M = 100_000
LEG_TOLERANCE = 0.01


@pytest.fixture(params=CASES, ids=lambda case: case.name, scope="module")
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Itinerary]:
    """The expectation of a case, and the journey that the program finds."""
    folder: Path = request.param
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    text = TOP / expected["input"] if "input" in expected else folder / "input.txt"
    return expected, map_text(text.read_text(encoding="utf-8"), source=text.name)


def stops_to_judge(expected: dict[str, Any], journey: Itinerary) -> list[Stop]:
    """Return the stops, those left out that the case leaves open."""
    return [stop for stop in journey.stops if stop.name not in expected.get("optional", [])]


def test_the_text_says_its_title_and_date(case: tuple[dict[str, Any], Itinerary]) -> None:
    """Title and date of publication are read from the text."""
    expected, journey = case
    published = journey.document.published
    assert journey.document.title == expected["title"]
    assert (published.isoformat() if published else None) == expected["published"]


def test_the_stops_are_those_of_the_text_in_travel_order(
    case: tuple[dict[str, Any], Itinerary],
) -> None:
    """Every stop stands once, in the order of travel, with its status."""
    expected, journey = case
    found = [(stop.name, stop.status.value) for stop in stops_to_judge(expected, journey)]
    wanted = [(stop["name"], stop["status"]) for stop in expected["stops"]]
    assert [status for _, status in found] == [status for _, status in wanted], found
    assert all(w in f for (f, _), (w, _) in zip(found, wanted, strict=True)), found


def test_the_stops_lie_where_they_lie(case: tuple[dict[str, Any], Itinerary]) -> None:
    """Every stop is within ten kilometres of the true place; a country, within a hundred."""
    expected, journey = case
    for stop, wanted in zip(stops_to_judge(expected, journey), expected["stops"], strict=True):
        if wanted["lat"] is None:
            assert stop.place is None
            continue
        assert stop.place is not None, stop.name
        area = stop.place.feature_class == "A"
        off = distance_m(stop.place.point, Point(lat=wanted["lat"], lon=wanted["lon"]))
        assert off < (COUNTRY_TOLERANCE_M if area else STOP_TOLERANCE_M), stop.name


def test_the_dates_are_those_of_the_text(case: tuple[dict[str, Any], Itinerary]) -> None:
    """A stop has the date that the text gives it, and none where it gives none."""
    expected, journey = case
    stops = stops_to_judge(expected, journey)
    found = [(stop.name, _date(stop)) for stop in stops]
    assert found == [
        (stop.name, wanted["date"]) for stop, wanted in zip(stops, expected["stops"], strict=True)
    ]


def _date(stop: Stop) -> str | None:
    when = stop.arrival or stop.departure
    if when is None:
        return None
    return when.start if when.start == when.end else f"{when.start}/{when.end}"


def test_places_of_talk_are_mentioned_and_not_routed(
    case: tuple[dict[str, Any], Itinerary],
) -> None:
    """A place that is only talked about is found, and is no stop."""
    expected, journey = case
    routed = {name for stop in journey.stops for name in stop.mentions}
    for name in expected["mentioned"]:
        mentions = [m for m in journey.mentions if m.toponym.normalized == name]
        assert mentions, f"{name} was not found"
        assert not routed & {m.id for m in mentions}, f"{name} was routed"
        assert all(m.status is VisitStatus.MENTIONED for m in mentions)
        assert all(m.outcome is not Outcome.UNRESOLVED for m in mentions)


def test_names_of_people_are_no_places(case: tuple[dict[str, Any], Itinerary]) -> None:
    """No part of somebody's name is taken for a place."""
    expected, journey = case
    words = {word for m in journey.mentions for word in m.toponym.text.split()}
    assert not words & set(expected["no_place"])


def test_the_legs_are_geodesics(case: tuple[dict[str, Any], Itinerary]) -> None:
    """Where a case gives the lengths of its legs, they are met within one per cent."""
    expected, journey = case
    reached = {stop.id for stop in journey.stops if stop.status.on_route}
    found = [leg.distance_m / 1000 for leg in journey.legs if leg.destination in reached]
    wanted = expected.get("leg_km", found)
    assert found == pytest.approx(wanted, rel=LEG_TOLERANCE)


def test_every_stop_carries_its_evidence(case: tuple[dict[str, Any], Itinerary]) -> None:
    """The sentence that a stop rests on holds the name of one of its mentions."""
    _, journey = case
    for stop in journey.stops:
        assert stop.evidence is not None
        assert stop.score > 0 or stop.place is None
        assert any(stop.evidence.contains(journey.mention(m).span) for m in stop.mentions)
