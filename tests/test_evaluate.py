"""How results are counted, on hand-made results whose figures are known."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import InputError
from mapper.evaluate import (
    check_itinerary,
    check_toponyms,
    errors,
    itineraries,
    predictions,
    read_gold,
    reliability,
    stop_predictions,
    toponyms,
)
from mapper.evaluate.toponyms import Estimate
from mapper.model import Itinerary, Mention, Point, Span, VisitStatus
from tests.builders import Halt, day, journey, mention, place

OSLO = Point(lat=59.91, lon=10.75)
BERGEN = Point(lat=60.39, lon=5.32)


def gold_name(start: int, end: int, point: Point | None) -> dict[str, Any]:
    """Return a gold toponym."""
    lat, lon = point.lat_lon if point else (None, None)
    return {"start": start, "end": end, "name": "gold", "lat": lat, "lon": lon}


def found_name(start: int, end: int, point: Point | None) -> Mention:
    """Return a mention at these characters."""
    made = mention("name", start, place("name", point) if point else None)
    toponym = dataclasses.replace(made.toponym, span=Span(start, end))
    return dataclasses.replace(made, toponym=toponym)


def score_names(
    found: list[Mention], gold: list[dict[str, Any]], *, countries: bool = True
) -> Mapping[str, Estimate]:
    """Return the measures of one text."""
    records = [{"text": "", "toponyms": gold}]
    return toponyms(records, find=lambda _: found, countries=countries).measures


def values(measures: Mapping[str, Estimate], *names: str) -> list[float]:
    """Return the values of these measures."""
    return [measures[name].value for name in names]


def test_an_overlap_is_enough_to_be_right() -> None:
    """Who finds "Oslo Airport" where the gold has "Oslo" is right, once, but not exactly."""
    found = [found_name(0, 12, OSLO), found_name(20, 24, OSLO)]
    score = score_names(found, [gold_name(0, 4, OSLO), gold_name(40, 44, OSLO)])
    assert values(score, "overlap precision", "overlap recall", "overlap f1") == [0.5, 0.5, 0.5]
    assert values(score, "exact precision", "exact recall", "exact f1") == [0.0, 0.0, 0.0]


def test_pairs_are_one_to_one_and_the_exact_go_first() -> None:
    """A long name cannot be right for two, nor take the exact one's place."""
    found = [found_name(0, 10, BERGEN), found_name(6, 10, OSLO)]
    score = score_names(found, [gold_name(6, 10, OSLO)])
    assert values(score, "overlap precision", "end to end within 161 km") == [0.5, 1.0]


def test_end_to_end_is_over_all_located_gold() -> None:
    """A name that was missed, is unplaced, or lies elsewhere is not accurate."""
    found = [found_name(0, 4, OSLO), found_name(10, 14, None), found_name(20, 24, BERGEN)]
    gold = [gold_name(start, start + 4, OSLO) for start in (0, 10, 20, 30)]
    score = score_names(found, [*gold, gold_name(40, 44, None)])
    assert values(score, "end to end within 161 km", "resolved within 161 km") == [0.25, 0.5]


def test_near_is_not_nearer() -> None:
    """A place 100 km off is right within 161 km, not within 25."""
    hamar = Point(lat=60.79, lon=11.07)
    score = score_names([found_name(0, 4, hamar)], [gold_name(0, 4, OSLO)])
    assert values(score, "end to end within 161 km", "end to end within 25 km") == [1.0, 0.0]


@pytest.mark.parametrize("mark", [{"adj": True}, {"type": "Demonym"}, {"type": "Language"}])
def test_what_speaks_of_a_people_costs_nothing(mark: dict[str, Any]) -> None:
    """An adjective of the gold may be found or missed."""
    ignored = gold_name(0, 9, OSLO) | mark
    gold = [ignored, gold_name(10, 14, OSLO)]
    for found in ([found_name(10, 14, OSLO)], [found_name(0, 9, None), found_name(10, 14, OSLO)]):
        assert values(score_names(found, gold), "overlap f1") == [1.0]


def test_countries_can_be_left_out() -> None:
    """Without countries neither finding nor missing one counts."""
    gold = [gold_name(0, 6, OSLO) | {"name": "Norway"}, gold_name(10, 14, OSLO)]
    missed, found = [found_name(10, 14, OSLO)], [found_name(0, 6, OSLO)]
    assert values(score_names(missed, gold), "overlap recall") == [0.5]
    assert values(score_names(missed, gold, countries=False), "overlap recall") == [1.0]
    assert values(score_names(found, gold, countries=False), "overlap recall") == [0.0]


def test_nothing_found_where_nothing_is() -> None:
    """A text without names, left without names, is perfect."""
    assert set(values(score_names([], []), *score_names([], []))) == {1.0}


def test_an_interval_holds_its_value_and_narrows_with_the_texts() -> None:
    """The jackknife's interval is about the value; ten times the texts, a third the width."""

    def interval(times: int) -> Estimate:
        gold = [gold_name(0, 4, OSLO)]
        records = [{"text": text, "toponyms": gold} for text in ("hit", "miss") * times]
        find = {"hit": [found_name(0, 4, OSLO)], "miss": []}.__getitem__
        return toponyms(records, find=find).measures["overlap recall"]

    few, many = interval(10), interval(100)
    assert few.value == many.value == 0.5
    assert few.low < many.low < 0.5 < many.high < few.high
    assert (few.high - few.low) / (many.high - many.low) == pytest.approx(10**0.5, rel=0.05)


def test_predictions_are_written_as_gold_is() -> None:
    """Spans are the gold text's, even where reading mends the text; a place may be missing."""
    text = "Rain fell\r\nin Oslo and near Qorvandil."
    (record,) = predictions([{"id": "a", "text": text, "toponyms": []}])
    assert record["id"] == "a"
    first = record["toponyms"][0]
    assert (text[first["start"] : first["end"]], first["name"]) == ("Oslo", "Oslo")
    assert (round(first["lat"]), round(first["lon"])) == (60, 11)


def test_reliability_sorts_names_by_their_score() -> None:
    """Each bin tells its mean score and the share that is right; empty bins are left out."""
    found = [
        dataclasses.replace(found_name(0, 4, OSLO), score=0.95),
        dataclasses.replace(found_name(10, 14, BERGEN), score=1.0),
        dataclasses.replace(found_name(20, 24, OSLO), score=0.15),
    ]
    gold = [gold_name(0, 4, OSLO), gold_name(10, 14, OSLO)]
    low, high = reliability([{"text": "", "toponyms": gold}], find=lambda _: found)
    assert (low.low, low.names, low.right) == (0.1, 1, 0.0)
    assert (high.high, high.names, high.right) == (1.0, 2, 0.5)
    assert high.score == pytest.approx(0.975)


def gold_stop(name: str, point: Point, **fields: Any) -> dict[str, Any]:
    """Return a gold stop."""
    return {"name": name, "lat": point.lat, "lon": point.lon, "status": "visited"} | fields


def score_stops(
    made: Itinerary, stops: list[dict[str, Any]], optional: list[dict[str, Any]] | None = None
) -> dict[str, float]:
    """Score one journey."""
    record = {"text": "", "stops": stops, "optional": optional or []}
    score = itineraries([record], make=lambda _: made)
    return {name: it.value for name, it in score.measures.items()}


def test_a_perfect_journey() -> None:
    """Stops, order, status and dates are right; the origin counts as visited."""
    made = journey(
        [
            Halt(name="Oslo", point=OSLO, status=VisitStatus.ORIGIN, departure=day("1911-05-03")),
            Halt(name="Bergen", point=BERGEN, arrival=day("1911-05-05")),
        ]
    )
    stops = [
        gold_stop("Oslo", OSLO, date="1911-05-03"),
        gold_stop("Bergen", BERGEN, date="1911-05"),
    ]
    score = score_stops(made, stops)
    perfect = ("stop f1", "sequence lcs f1", "order tau-b", "status", "dates right")
    assert {score[name] for name in perfect} == {1.0}
    assert score["dates wrong"] == 0.0


def test_the_order_counts_by_itself() -> None:
    """The right stops the wrong way round have a tau of -1 and an F1 of 1."""
    made = journey([Halt(name="Oslo", point=OSLO), Halt(name="Bergen", point=BERGEN)])
    score = score_stops(made, [gold_stop("Bergen", BERGEN), gold_stop("Oslo", OSLO)])
    assert (score["stop f1"], score["order tau-b"], score["sequence lcs f1"]) == (1.0, -1.0, 0.5)


def test_a_return_is_a_stop_of_its_own() -> None:
    """One stop cannot be right for two; the nearest in the sequence is taken."""
    made = journey([Halt(name="Oslo", point=OSLO), Halt(name="Bergen", point=BERGEN)])
    stops = [gold_stop("Oslo", OSLO), gold_stop("Bergen", BERGEN), gold_stop("Oslo", OSLO)]
    score = score_stops(made, stops)
    assert (score["stop precision"], score["stop recall"]) == (1.0, pytest.approx(2 / 3))
    assert score["order tau-b"] == 1.0


def test_stops_right_after_one_another_are_one() -> None:
    """A place told twice in a row is one stop, with whichever date it has."""
    twice = [
        Halt(name="Oslo", point=OSLO),
        Halt(name="Oslo", point=OSLO, arrival=day("1911-05-03")),
    ]
    score = score_stops(journey(twice), [gold_stop("Oslo", OSLO, date="1911-05-03")])
    assert (score["stop f1"], score["dates right"]) == (1.0, 1.0)


def test_optional_places_cost_nothing() -> None:
    """A stop that may be there is not counted against the journey."""
    made = journey([Halt(name="Oslo", point=OSLO), Halt(name="Bergen", point=BERGEN)])
    optional = [{"name": "Bergen", "lat": 60.4, "lon": 5.3, "tol_km": 10}]
    assert score_stops(made, [gold_stop("Oslo", OSLO)], optional)["stop f1"] == 1.0
    assert score_stops(made, [gold_stop("Oslo", OSLO)])["stop f1"] == pytest.approx(2 / 3)


def test_the_tolerance_is_the_records() -> None:
    """A region's wide radius and a house's narrow one are written in the gold."""
    made = journey([Halt(name="Norway", point=OSLO)])
    assert score_stops(made, [gold_stop("Norway", BERGEN, tol_km=400)])["stop recall"] == 1.0
    assert score_stops(made, [gold_stop("Norway", BERGEN)])["stop recall"] == 0.0


def test_no_journey_wants_no_stops() -> None:
    """A route in a text without one scores nought, an empty one is perfect."""
    none, made = journey([]), journey([Halt(name="Oslo", point=OSLO)])
    assert (score_stops(none, [])["stop f1"], score_stops(none, [])["false routes"]) == (1.0, 0.0)
    assert (score_stops(made, [])["stop f1"], score_stops(made, [])["false routes"]) == (0.0, 1.0)


def test_plans_are_kept_apart() -> None:
    """A plan called a visit is a stop that is right, with a status that is wrong."""
    plan = [gold_stop("Oslo", OSLO, status="planned")]
    score = score_stops(journey([Halt(name="Oslo", point=OSLO)]), plan)
    assert (score["stop f1"], score["status"], score["planned as visited"]) == (1.0, 0.0, 1.0)
    halt = Halt(name="Oslo", point=OSLO, status=VisitStatus.PLANNED)
    score = score_stops(journey([halt]), plan)
    assert (score["status"], score["planned f1"], score["planned as visited"]) == (1.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("2008", "2008-03-01", True),
        ("--10-02", "1901-10-02", True),
        ("2008-03-01", "2008", False),
        ("2008-03-01", "2008-03-02", False),
    ],
)
def test_a_partial_date(gold: str, found: str, right: bool) -> None:
    """What the gold leaves open may be said; what it states has to be met."""
    made = journey([Halt(name="Oslo", point=OSLO, arrival=day(found))])
    score = score_stops(made, [gold_stop("Oslo", OSLO, date=gold)])
    assert (score["dates right"], score["dates wrong"]) == (right, not right)


def test_predictions_of_stops_have_the_form_of_the_gold() -> None:
    """Name, point, date and status, in travel order."""
    made = journey([Halt(name="Oslo", point=OSLO, arrival=day("1911-05-03"))])
    (record,) = stop_predictions([{"id": "a", "text": ""}], make=lambda _: made)
    assert record["id"] == "a"
    (stop,) = record["stops"]
    assert (stop["name"], stop["date"], stop["status"]) == ("Oslo", "1911-05-03", "visited")


def test_every_error_has_its_cause() -> None:
    """A stop that is missing and one that is none are told with the stage that failed."""
    made = journey([Halt(name="Oslo", point=OSLO)])
    stops = [gold_stop("Bergen", BERGEN)]
    found = list(errors([{"id": "a", "text": "", "stops": stops}], make=lambda _: made))
    assert [(it.name, it.cause) for it in found] == [
        ("Bergen", "not recognised"),
        ("Oslo", "mention taken for a stop"),
    ]


def test_gold_is_read_from_lines_and_folders(tmp_path: Path) -> None:
    """A JSONL file gives a record a line, a folder one a file, by name."""
    lines = tmp_path / "gold.jsonl"
    lines.write_text('{"id": 1}\n\n{"id": 2}\n', encoding="utf-8")
    for name in ("b", "a"):
        (tmp_path / f"{name}.json").write_text(json.dumps({"id": name}), encoding="utf-8")
    assert [record["id"] for record in read_gold(lines)] == [1, 2]
    assert [record["id"] for record in read_gold(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize("line", ["{", "[]", "nought"])
def test_bad_gold_says_where(tmp_path: Path, line: str) -> None:
    """A line that is no JSON object is named by file and number."""
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{{}}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"gold.jsonl, line 2 is no JSON"):
        list(read_gold(path))


def test_the_whole_program_is_the_default() -> None:
    """Without another finder or traveller the texts are really read."""
    text = "We left Bergen by train and arrived in Oslo."
    names = [gold_name(8, 14, BERGEN), gold_name(39, 43, OSLO)]
    stops = [gold_stop("Bergen", BERGEN), gold_stop("Oslo", OSLO)]
    score = toponyms([{"text": text, "toponyms": names}]).measures
    assert values(score, "end to end within 161 km") == [1.0]
    journeys = itineraries([{"text": text, "stops": stops, "optional": []}])
    assert values(journeys.measures, "stop f1") == [1.0]


STOP = {"name": "Oslo", "lat": 59.9, "lon": 10.8, "status": "visited"}


@pytest.mark.parametrize(
    ("record", "trouble"),
    [
        ({"stops": []}, "text is missing"),
        ({"text": 5, "stops": []}, "text is missing"),
        ({"text": "a\ud800", "stops": []}, "surrogate"),
        ({"text": "a"}, "stops is missing or no list"),
        ({"text": "a", "stops": [5]}, "number 1 of stops is no object"),
        ({"text": "a", "stops": [STOP, {**STOP, "name": None}]}, "number 2 of stops has no name"),
        ({"text": "a", "stops": [{**STOP, "status": "vistied"}]}, "has the status 'vistied'"),
        ({"text": "a", "stops": [{**STOP, "lat": 95}]}, "has no lat"),
        ({"text": "a", "stops": [{**STOP, "lon": "x"}]}, "has no lat"),
        ({"text": "a", "stops": [{**STOP, "lat": float("nan")}]}, "has no lat"),
        ({"text": "a", "stops": [{**STOP, "tol_km": 10**400}]}, "has the tolerance"),
        ({"text": "a", "stops": [{**STOP, "date": 5}]}, "has the date 5"),
        ({"text": "a", "stops": [], "published": "2023-13-01"}, "no date"),
        ({"text": "a", "stops": [], "optional": [{}]}, "number 1 of optional has no name"),
    ],
)
def test_a_record_that_is_no_journey_says_why(record: dict[str, Any], trouble: str) -> None:
    """The field and what is wrong with it are named."""
    assert trouble in str(check_itinerary(record))


@pytest.mark.parametrize("item", [{}, {"start": 0}, {"start": "a", "end": 3}, 5])
def test_a_toponym_needs_its_place_in_the_text(item: Any) -> None:
    """Whole numbers for start and end."""
    assert check_toponyms({"text": "a", "toponyms": [item]})
    assert check_toponyms({"text": "a", "toponyms": []}) is None


def test_gold_that_is_none_is_refused(tmp_path: Path) -> None:
    """An empty folder, an empty file, what is no UTF-8, what nests too deep."""
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    latin, deep = tmp_path / "latin.jsonl", tmp_path / "deep.jsonl"
    latin.write_bytes(b'{"id": "\xff"}\n')
    deep.write_text("[" * 100_000 + "\n", encoding="utf-8")
    for path in (empty, tmp_path / "folder", latin, deep):
        with pytest.raises(InputError, match=path.name):
            list(read_gold(path))


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    """Some editors put one at the beginning."""
    path = tmp_path / "gold.jsonl"
    path.write_text('\ufeff{"id": 1}\n', encoding="utf-8")
    assert list(read_gold(path)) == [{"id": 1}]
