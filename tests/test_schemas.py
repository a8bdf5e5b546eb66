"""The JSON that others parse is the JSON that the schemas describe."""

from __future__ import annotations

import dataclasses
import importlib.resources
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mapper import find_places, map_text, model
from mapper.export import places_to_dict
from mapper.read import read_text

TEXTS = {
    "journey": "On 3 May 1911 we left Bergen. On 5 May we arrived in Oslo, 300 km from Bergen.",
    "nobody travels": "Prices rose in Oslo and in Bergen last year.",
    "no place": "Nothing happened.",
}
CLASSES = {
    "attribution": model.Attribution,
    "candidate": model.Candidate,
    "document": model.Document,
    "leg": model.Leg,
    "mention": model.Mention,
    "place": model.Place,
    "point": model.Point,
    "provenance": model.Provenance,
    "reason": model.Reason,
    "section": model.Section,
    "span": model.Span,
    "stated_distance": model.StatedDistance,
    "stop": model.Stop,
    "toponym": model.Toponym,
    "when": model.When,
}
ENUMS = {
    ("mention", "outcome"): model.Outcome,
    ("mention", "status"): model.VisitStatus,
    ("section", "kind"): model.SectionKind,
    ("when", "granularity"): model.Granularity,
}


def schema(name: str) -> dict[str, Any]:
    """Return a schema as the package ships it."""
    path = importlib.resources.files("mapper") / "schemas" / f"{name}.schema.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def validate(data: object, name: str) -> None:
    """Fail unless the data, sent through JSON, is what the schema describes."""
    validator = Draft202012Validator(
        schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    validator.validate(json.loads(json.dumps(data)))


@pytest.mark.parametrize("name", ["itinerary", "places"])
def test_schemas_are_schemas(name: str) -> None:
    """Each file is itself valid JSON Schema of 2020-12."""
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_output_is_valid(text: str) -> None:
    """Whatever the text, both forms of output follow their schemas."""
    validate(map_text(text).to_dict(), "itinerary")
    document = read_text(text)
    validate(places_to_dict(document, find_places(document)), "places")


def test_an_itinerary_comes_back_from_its_json() -> None:
    """What was written can be read back, and is then written the same."""
    written = json.loads(json.dumps(map_text(TEXTS["journey"]).to_dict()))
    assert json.loads(json.dumps(model.Itinerary.from_dict(written).to_dict())) == written


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_field_is_described(name: str) -> None:
    """The schema has each field of the model, requires it, and has no other."""
    described = schema("itinerary")["$defs"][name]
    fields = {field.name for field in dataclasses.fields(CLASSES[name])}
    assert set(described["properties"]) == fields
    assert set(described["required"]) == fields


def test_the_itinerary_is_described() -> None:
    """The same holds for the whole, with its format and version."""
    fields = {field.name for field in dataclasses.fields(model.Itinerary)}
    assert set(schema("itinerary")["properties"]) == {"format", "version", *fields}


@pytest.mark.parametrize(("owner", "field"), ENUMS, ids=lambda part: str(part))
def test_enumerations_are_complete(owner: str, field: str) -> None:
    """The schema allows just the values that the model has."""
    defs = schema("itinerary")["$defs"]
    described = defs[owner]["properties"][field]
    values = defs[described["$ref"].rsplit("/", 1)[1]] if "$ref" in described else described
    assert values["enum"] == [member.value for member in ENUMS[owner, field]]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 2),
        (("stops", 0, "number"), 0),
        (("stops", 0, "status"), "seen"),
        (("stops", 0, "place", "lat"), 91),
        (("mentions", 0, "score"), 1.5),
        (("document", "published"), "yesterday"),
    ],
)
def test_schema_refuses(path: tuple[Any, ...], value: object) -> None:
    """A value out of its range is noticed."""
    data = json.loads(json.dumps(map_text(TEXTS["journey"]).to_dict()))
    owner = data
    for key in path[:-1]:
        owner = owner[key]
    owner[path[-1]] = value
    assert not Draft202012Validator(
        schema("itinerary"), format_checker=Draft202012Validator.FORMAT_CHECKER
    ).is_valid(data)
