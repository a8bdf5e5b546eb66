"""The words of the field: what goes to JSON comes back, and nothing changes after."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper import map_text
from mapper.model import Document, Itinerary, Point, Reason, Section, SectionKind, Span, VisitStatus
from tests.builders import Halt, day, halts_at, journey
from tests.strategies import MODEL_CLASSES, model_values


@pytest.mark.parametrize("kind", MODEL_CLASSES, ids=lambda kind: kind.__name__)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_every_value_survives_its_json_form(kind: Any, data: st.DataObject) -> None:
    """`from_dict(to_dict(x)) == x`, by way of real JSON text, for every class of the model."""
    value = data.draw(model_values(kind))
    assert kind.from_dict(json.loads(json.dumps(value.to_dict()))) == value


@pytest.mark.parametrize("kind", MODEL_CLASSES, ids=lambda kind: kind.__name__)
def test_values_do_not_change(kind: Any) -> None:
    """Every class is frozen."""
    assert kind.__dataclass_params__.frozen


def test_absent_is_null() -> None:
    """A field without a value is written as null, not left out."""
    written = Section(span=Span(0, 4), kind=SectionKind.TITLE).to_dict()
    assert written == {
        "span": {"start": 0, "end": 4},
        "kind": "title",
        "label": None,
        "page": None,
    }


def test_unknown_keys_are_ignored() -> None:
    """A file of a later version can be read by this one."""
    assert Reason.from_dict({"name": "fame", "value": 1, "new": True}) == Reason(
        name="fame", value=1.0
    )


def test_missing_fields_are_named() -> None:
    """A value without a field that it must have says which."""
    with pytest.raises(KeyError, match="Point lacks lat, lon"):
        Point.from_dict({})


def test_floats_are_rounded_when_written() -> None:
    """Six decimals of a degree are a decimetre; minus nought is nought."""
    written = Point(lat=1 / 3, lon=-1e-9).to_dict()
    assert (written["lat"], str(written["lon"])) == (0.333333, "0.0")


def test_spans_touch_without_overlapping() -> None:
    """Half-open ranges that meet share no character."""
    assert not Span(0, 4).overlaps(Span(4, 6))
    assert Span(0, 5).overlaps(Span(4, 6))
    assert Span(0, 6).contains(Span(4, 6))


def test_coordinates_say_their_order() -> None:
    """Latitude first for geopy, folium and Leaflet, longitude first for GeoJSON."""
    point = Point(lat=43.0, lon=131.0)
    assert (point.lat_lon, point.lon_lat) == ((43.0, 131.0), (131.0, 43.0))


@pytest.mark.parametrize("status", VisitStatus)
def test_on_route_is_where_somebody_was(status: VisitStatus) -> None:
    """Planned and mentioned places were not reached."""
    assert status.on_route == (status.value in {"origin", "visited", "passed"})


def test_a_position_has_its_section() -> None:
    """A character belongs to the section around it, and to none between two."""
    title = Section(span=Span(0, 4), kind=SectionKind.TITLE)
    document = Document(text="Oslo\n\nRain.", source="text", sections=(title,))
    assert document.section_at(3) == title
    assert document.section_at(4) is None


def test_the_total_leaves_planned_legs_out() -> None:
    """The length of a journey is that of the legs that were made."""
    made = halts_at(("Oslo", 59.91, 10.75), ("Bergen", 60.39, 5.32))
    planned = dataclasses.replace(halts_at(("London", 51.51, -0.13))[0], status=VisitStatus.PLANNED)
    itinerary = journey([*made, planned])
    assert itinerary.total_distance_m == pytest.approx(itinerary.legs[0].distance_m)


def test_a_mention_is_found_by_its_id() -> None:
    """An id that nobody has is a KeyError that names it."""
    itinerary = journey([Halt(name="Oslo", point=None, arrival=day("1911-05-03"))])
    assert itinerary.mention("m1").toponym.text == "Oslo"
    with pytest.raises(KeyError, match="m9"):
        itinerary.mention("m9")


def test_a_journey_comes_back_from_its_json_form() -> None:
    """What the pipeline makes of a text is equal to what is read back of it."""
    made = map_text(
        "We left Bergen on 3 May 1911, and came over Voss, 100 km away, to Oslo on 5 May. "
        "In June we sail for New York, and for Yokohama in July."
    )
    assert made.legs
    assert Itinerary.from_dict(json.loads(json.dumps(made.to_dict()))) == made


@pytest.mark.parametrize(
    "change",
    [{"version": 99}, {"version": None}, {"format": "x"}, {"format": "mapper-places"}],
)
def test_another_format_is_refused(change: dict[str, Any]) -> None:
    """Data of another format or version is no journey, and both are named."""
    with pytest.raises(ValueError, match="not 'mapper-itinerary' in version 1: make it anew"):
        Itinerary.from_dict(journey([]).to_dict() | change)


def test_an_itinerary_names_its_format() -> None:
    """Whoever reads the file can tell what it is."""
    written = journey([]).to_dict()
    assert (written["format"], written["version"]) == ("mapper-itinerary", 1)
