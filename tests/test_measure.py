"""Legs between stops, and the distances that a text states."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.geodesy import distance_m
from mapper.measure import legs, stated_distances
from mapper.measure.quantities import quantities
from mapper.model import (
    Document,
    Mention,
    Outcome,
    Place,
    Point,
    Section,
    SectionKind,
    Span,
    StatedDistance,
    Stop,
    Toponym,
    VisitStatus,
)
from tests.builders import Halt, halts_at, journey
from tests.hang import no_hang

OSLO, BERGEN = ("Oslo", 59.91, 10.75), ("Bergen", 60.39, 5.32)
TOKYO, LOS_ANGELES, APIA = ("Tokyo", 35.7, 139.7), ("LA", 34.05, -118.2), ("Apia", -13.8, -171.8)


def stops(*places: tuple[str, float, float]) -> tuple[Stop, ...]:
    """Return visited stops at these places."""
    return journey(halts_at(*places)).stops


class TestLegs:
    """The legs between the stops."""

    def test_a_leg_knows_how_far_and_whereto(self) -> None:
        """Metres along the geodesic, and the bearing at its start."""
        (leg,) = legs(stops(OSLO, BERGEN))
        assert (leg.origin, leg.destination) == ("s1", "s2")
        assert leg.distance_m == pytest.approx(305_000, abs=3_000)
        assert leg.initial_bearing_deg == pytest.approx(282, abs=2)

    def test_legs_go_by_the_numbers(self) -> None:
        """However the stops are handed over, the journey's order counts."""
        made = stops(OSLO, BERGEN, TOKYO)
        assert legs(made[::-1]) == legs(made)

    def test_no_leg_without_two_stops(self) -> None:
        """Where nobody went on there is nothing to measure."""
        assert legs(stops(OSLO)) == legs(()) == ()

    def test_a_stop_without_a_place_is_passed_over(self) -> None:
        """The leg leads from the last known place to the next."""
        halts = halts_at(OSLO, BERGEN)
        halts.insert(1, Halt(name="Nowhere", point=None))
        (leg,) = legs(journey(halts).stops)
        assert (leg.origin, leg.destination) == ("s1", "s3")

    def test_standing_still_is_a_leg_of_nothing(self) -> None:
        """Two stops in a row at one place are 0 m apart."""
        (leg,) = legs(stops(OSLO, OSLO))
        assert (leg.distance_m, leg.initial_bearing_deg) == (0, 0)

    def test_planned_stops_are_gone_to(self) -> None:
        """From the last stop that was reached a leg leads to the first that is planned."""
        ahead = Halt(name="Reno", point=Point(lat=39.5, lon=-119.8), status=VisitStatus.PLANNED)
        made = journey([*halts_at(OSLO, BERGEN), ahead]).stops
        assert [(leg.origin, leg.destination) for leg in legs(made)] == [("s1", "s2"), ("s2", "s3")]

    def test_the_run_is_unbroken_over_the_date_line(self) -> None:
        """Each leg starts where the last one ended, on the same copy of the world."""
        run = legs(stops(TOKYO, LOS_ANGELES, APIA, TOKYO))
        for before, after in pairwise(run):
            assert before.path[-1] == after.path[0]
        assert all(abs(b.lon - a.lon) < 90 for leg in run for a, b in pairwise(leg.path))

    @given(st.lists(st.tuples(st.just("X"), st.floats(-89, 89), st.floats(-180, 180)), max_size=5))
    def test_there_is_one_leg_fewer_than_stops(
        self, places: list[tuple[str, float, float]]
    ) -> None:
        """Whatever the journey, its legs form one chain."""
        run = legs(stops(*places))
        assert len(run) == max(0, len(places) - 1)
        assert all(a.destination == b.origin for a, b in pairwise(run))


class TestQuantities:
    """What in a text is a distance."""

    @pytest.mark.parametrize(
        ("text", "metres"),
        [
            ("approximately 8,000 kilometers from", 8_000_000),
            ("8 000 km", 8_000_000),
            ("8\u00a0000\u00a0km", 8_000_000),
            ("13 miles", 20_921),
            ("a 40-mile drive", 64_374),
            ("some 300 kilometres north", 300_000),
            ("12 nautical miles off", 22_224),
            ("8.5 km", 8_500),
            ("300km", 300_000),
            ("a 5-km walk", 5_000),
            ("2½ miles", 4_023),
            ("2 1/2 miles", 4_023),
            ("½ mile", 805),
            ("25 versts", 26_670),
            ("10-15 km", 12_500),
            ("10 to 15 km", 12_500),
            ("a mile", 1_609),
            ("half a mile", 805),
            ("a mile and a half", 2_414),
            ("two and a half miles", 4_023),
            ("three quarters of a mile", 1_207),
            ("Twenty-five miles", 40_234),
            ("two hundred miles", 321_869),
            ("a dozen miles", 19_312),
            ("two thousand five hundred miles", 4_023_360),
            ("one hundred and twenty-five kilometres", 125_000),
        ],
    )
    def test_a_distance_is_read(self, text: str, metres: float) -> None:
        """Digits and words, kilometres, miles of land and sea, and versts."""
        assert [round(quantity.metres) for quantity in quantities(text)] == [metres]

    @pytest.mark.parametrize(
        "text",
        [
            "at 80 km/h",
            "50 miles an hour",
            "40 miles per hour",
            "a 40-mile-an-hour wind",
            "20 miles a day",
            "300 square miles",
            "12 km²",
            "12 km2",
            "25 mph",
            "30 miles per gallon",
            "a canyon 10 miles wide",
            "a 3-mile-wide strip",
            "a peak 5 miles high",
            "10 miles above sea level",
            "a radius of 20 miles",
            "a 30-mile radius",
            "an altitude of about 12 km",
            "several hundred miles",
            "a few miles",
            "hundreds of miles",
            "Three Mile Island",
            "8 Mile Road",
            "three hours",
            "300 yards",
            "for $3 miles",
            "the miles",
            "3 1/0 miles",
        ],
    )
    def test_what_is_no_distance_is_left_alone(self, text: str) -> None:
        """Speeds, areas, heights, widths, radii, vague numbers, and names."""
        assert list(quantities(text)) == []

    @given(st.integers(1, 99_999))
    def test_separators_change_nothing(self, number: int) -> None:
        """A number is the same with and without them."""
        plain, grouped = f"{number} km", f"{number:,} km"
        assert [q.metres for q in quantities(plain)] == [q.metres for q in quantities(grouped)]
        assert [q.metres for q in quantities(plain)] == [number * 1000]

    @given(st.text())
    def test_any_text_can_be_read(self, text: str) -> None:
        """Spans are within the text, and distances are more than nothing."""
        for quantity in quantities(text):
            assert quantity.span.of(text)
            assert quantity.metres > 0


def stated(
    marked: str, stops: Sequence[Stop] = ()
) -> tuple[str, list[Mention], tuple[StatedDistance, ...]]:
    """Read a text in which [names] are mentions; *[names] are areas, ?[names] have no place."""
    text, mentions = "", []
    for piece in re.split(r"([*?]?\[[^\]]+\])", marked):
        if piece.endswith("]"):
            name = piece[piece.index("[") + 1 : -1]
            span = Span(len(text), len(text) + len(name))
            mentions.append(heard(name, span, len(mentions), piece[0]))
            piece = name
        text += piece
    sections = (Section(span=Span(0, len(text)), kind=SectionKind.BODY),)
    document = Document(text=text, source="hand", sections=sections)
    return text, mentions, stated_distances(document, mentions, stops)


def heard(name: str, span: Span, number: int, mark: str) -> Mention:
    """Return a mention whose id is its name."""
    place = Place(
        id=f"test:{name}",
        name=name,
        lat=float(number),
        lon=10.0,
        feature_class="A" if mark == "*" else "P",
        feature_code="",
    )
    toponym = Toponym(span=span, text=name, normalized=name, score=1.0, recognizer="hand")
    return Mention(
        id=name,
        toponym=toponym,
        place=None if mark == "?" else place,
        candidates=(),
        score=1.0,
        reasons=(),
        outcome=Outcome.RESOLVED,
    )


class TestStatedDistances:
    """Between which places a distance is stated."""

    @pytest.mark.parametrize(
        ("text", "origin", "destination"),
        [
            ("Talks at [Uglegorsk], about 8,000 km from [Moscow], ended.", "Moscow", "Uglegorsk"),
            ("[Lillehammer] lies some 140 km north of [Oslo].", "Oslo", "Lillehammer"),
            ("[Ely] is 70 miles due north of [London].", "London", "Ely"),
            ("[Otley], 10 miles outside [Leeds], was quiet.", "Leeds", "Otley"),
            ("[Otley] is 3 miles from downtown [Leeds].", "Leeds", "Otley"),
            ("[Otley] is 3 miles from the city of [Leeds].", "Leeds", "Otley"),
            ("[Goring], within 30 miles of [London], slept.", "London", "Goring"),
            ("It was a 40-mile drive from [Reno] to [Elko].", "Reno", "Elko"),
            ("It is 50 miles to [York] from [Hull].", "Hull", "York"),
            ("We left [Denver] and drove 60 miles to [Boulder].", "Denver", "Boulder"),
            ("The 40 miles of desert between [Rome] and [Ostia].", None, None),
            ("The 40 miles between [Rome] and [Ostia] were hot.", "Rome", "Ostia"),
            ("The distance from [Oslo] to [Bergen] is about 300 km.", "Oslo", "Bergen"),
            ("[Oslo]–[Bergen]: 465 km", "Oslo", "Bergen"),
            ("Some 140 km north of [Oslo] lies [Hamar].", "Oslo", "Hamar"),
            ("[Tempe], *[Arizona], is 13 miles from [Phoenix].", "Phoenix", "Tempe"),
            ("The ship lay 12 nautical miles off [Cadiz].", "Cadiz", None),
            ("[Kursk] is 100 km from the [Ukrainian] border.", None, None),
            ("We walked 20 miles. [Paris] was hot.", None, None),
            ("In [Rome] we walked 40 miles and then flew from [Naples].", None, None),
            ("We walked 20 miles.", None, None),
        ],
    )
    def test_the_ends_are_found(
        self, text: str, origin: str | None, destination: str | None
    ) -> None:
        """From what stands after the distance, and what the sentence is about."""
        _, _, (found,) = stated(text)
        assert (found.origin, found.destination) == (origin, destination)

    def test_the_geodesic_stands_beside_it(self) -> None:
        """Where both ends have places, what the text says can be checked."""
        text, mentions, (found,) = stated("[Hamar] is 111 km north of [Oslo].")
        points = [mention.place.point for mention in mentions if mention.place]
        assert found.span.of(text) == "111 km"
        assert found.distance_m == 111_000
        assert found.geodesic_m == pytest.approx(distance_m(*points))

    def test_without_a_place_there_is_no_geodesic(self) -> None:
        """A name that was not resolved is still an end."""
        _, _, (found,) = stated("?[Hamar] is 111 km north of [Oslo].")
        assert (found.origin, found.destination, found.geodesic_m) == ("Oslo", "Hamar", None)

    def test_the_stop_before_is_the_origin_of_a_way_to_the_next(self) -> None:
        """Where only the goal is named, the journey knows where from."""
        made = journey(halts_at(("Reno", 39.5, -119.8), ("Elko", 40.8, -115.8))).stops
        named = [dataclasses.replace(stop, mentions=(stop.name,)) for stop in made]
        _, _, (found,) = stated("We saw [Reno]. We drove 290 miles to [Elko].", named)
        assert (found.origin, found.destination) == ("Reno", "Elko")

    def test_a_distance_within_a_name_is_none(self) -> None:
        """What was recognised as a place is not read again."""
        assert stated("We saw [10 mile creek].")[2] == ()

    def test_distances_come_in_text_order(self) -> None:
        """Each with its own ends."""
        text, _, found = stated("[A] is 5 km from [B]. [C] is 7 miles from [D].")
        assert [(d.span.of(text), d.origin, d.destination) for d in found] == [
            ("5 km", "B", "A"),
            ("7 miles", "D", "C"),
        ]


@pytest.mark.parametrize("piece", ["A ", "\n\nA", "two hundred ", "1,000 ", "9", "a of ", "½ "])
def test_words_that_may_all_be_numbers_are_read(piece: str) -> None:
    """500 kB of words that could all be part of one number do not make the reading hang."""
    with no_hang():
        list(quantities(piece * (500_000 // len(piece))))
