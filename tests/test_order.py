"""The order of travel, from mentions that were judged by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.model import Document, Mention, Place, Point, Span, Stop, VisitStatus, When
from mapper.order import order
from tests.builders import day, place
from tests.hang import no_hang
from tests.test_visits import NAME, named

OSLO = place("Oslo", Point(lat=59.91, lon=10.75), country="NO", admin1="12")
BERGEN = place("Bergen", Point(lat=60.39, lon=5.32), country="NO", admin1="46")
NARVIK = place("Narvik", Point(lat=68.44, lon=17.43), country="NO", admin1="18")
LIMA = place("Lima", Point(lat=-12.05, lon=-77.04), country="PE", admin1="15")
NORWAY = dataclasses.replace(
    place("Norway", Point(lat=62.0, lon=10.0), country="NO"),
    feature_class="A",
    feature_code="PCLI",
)
VESTLAND = dataclasses.replace(
    place("Vestland", Point(lat=61.0, lon=6.0), country="NO", admin1="46"),
    feature_class="A",
    feature_code="ADM1",
)
FORTRESS = dataclasses.replace(
    place("Fortress", Point(lat=59.906, lon=10.736), country="NO", admin1="12"),
    feature_class="S",
    feature_code="FT",
)
AIRPORT = dataclasses.replace(
    place("Airport", Point(lat=60.19, lon=11.10), country="NO", admin1="12"),
    feature_class="S",
    feature_code="AIRP",
)
OCEAN = dataclasses.replace(
    place("Ocean", Point(lat=0.0, lon=-150.0)), feature_class="H", feature_code="OCN"
)
CONTINENT = dataclasses.replace(
    place("Continent", Point(lat=50.0, lon=10.0)), feature_class="L", feature_code="CONT"
)
ISLES = dataclasses.replace(
    place("Great Isle and Far Isle", Point(lat=10.0, lon=20.0), country="ZZ"),
    feature_class="A",
    feature_code="PCLI",
)
FAR_TOWN = place("Farport", Point(lat=20.0, lon=20.0), country="ZZ", admin1="2")
NEAR_TOWN = place("Nearport", Point(lat=10.3, lon=20.0), country="ZZ", admin1="1")
PLACES = {
    where.name: where
    for where in (
        OSLO,
        BERGEN,
        NARVIK,
        LIMA,
        NORWAY,
        VESTLAND,
        FORTRESS,
        AIRPORT,
        OCEAN,
        ISLES,
        CONTINENT,
    )
}
PLACES |= {"Great Isle": ISLES, "Farport": FAR_TOWN, "Nearport": NEAR_TOWN}


def told(
    marked: str,
    *,
    when: dict[int, When] | None = None,
    status: dict[int, VisitStatus] | None = None,
) -> tuple[Document, list[Mention]]:
    """Return a text and a visited mention for each [name], with the verb before it as its cue.

    `when` and `status` are by number of the mention, from 0.
    """
    text = NAME.sub(r"\1", marked)
    mentions: list[Mention] = []
    position = cue = 0
    for number, found in enumerate(NAME.finditer(marked)):
        start = text.index(found[1], position)
        verbs = ("left", "went", "flew", "reached", "returned", "will go")
        cue = max((text.rfind(verb, 0, start) for verb in verbs), default=0)
        mentions.append(
            dataclasses.replace(
                named(found[1], start, f"m{number}"),
                place=PLACES.get(found[1]),
                status=(status or {}).get(number, VisitStatus.VISITED),
                cue=Span(cue, cue + 4) if cue >= 0 else None,
                when=(when or {}).get(number),
            )
        )
        position = start + len(found[1])
    return Document(text=text, source="test"), mentions


def route(marked: str, **judged: dict[int, When] | dict[int, VisitStatus]) -> list[str]:
    """Return the names of the stops in travel order."""
    return [stop.name for stop in stops(marked, **judged)]


def stops(marked: str, **judged: dict[int, When] | dict[int, VisitStatus]) -> tuple[Stop, ...]:
    """Return the stops in travel order."""
    return order(*told(marked, **judged))  # type: ignore[arg-type]


def test_dates_come_before_the_telling() -> None:
    """Where dates and telling disagree, the dates are right."""
    marked = "We reached [Oslo]. We reached [Bergen]. We reached [Narvik]."
    when = {0: day("2020-05-02"), 1: day("2020-05-09"), 2: day("2020-05-05")}
    assert route(marked, when=when) == ["Oslo", "Narvik", "Bergen"]


def test_a_telling_that_runs_backwards_is_turned() -> None:
    """News tell the last first; a place without a date turns with its neighbours."""
    marked = "She reached [Narvik]. She reached [Bergen]. She reached [Oslo]. She left [Lima]."
    when = {0: day("2020-05-09"), 1: day("2020-05-05"), 3: day("2020-05-01")}
    assert route(marked, when=when) == ["Lima", "Oslo", "Bergen", "Narvik"]


def test_a_place_without_a_date_keeps_its_place_in_the_telling() -> None:
    """An undated stop stays between its neighbours."""
    marked = "We reached [Oslo]. We reached [Bergen]. We reached [Narvik]."
    assert route(marked, when={0: day("2020-05-02"), 2: day("2020-05-05")}) == [
        "Oslo",
        "Bergen",
        "Narvik",
    ]


def test_one_day_is_told_forwards() -> None:
    """Stops of the same day keep the order of the telling, even where the days run backwards."""
    marked = "She reached [Narvik]. She reached [Oslo]. She reached [Bergen]."
    when = {0: day("2020-05-09"), 1: day("2020-05-05"), 2: day("2020-05-05")}
    assert route(marked, when=when) == ["Oslo", "Bergen", "Narvik"]


def test_a_day_without_a_year_does_not_overrule_the_telling() -> None:
    """What is not sure cannot be put in order."""
    marked = "We reached [Oslo]. We reached [Bergen]."
    assert route(marked, when={0: day("--05-09"), 1: day("--05-02")}) == ["Oslo", "Bergen"]


CLAUSES = (
    "He flew to [Narvik] from [Oslo] via [Bergen].",
    "He flew from [Oslo] to [Narvik] via [Bergen].",
    "He flew via [Bergen] from [Oslo] to [Narvik].",
    "He flew from [Oslo] through [Bergen] to [Narvik].",
)


@pytest.mark.parametrize("marked", CLAUSES)
def test_within_a_clause_the_way_leads_from_via_to(marked: str) -> None:
    """From comes first, via second, to last, however the clause has them."""
    assert route(marked) == ["Oslo", "Bergen", "Narvik"]


def test_a_halt_on_the_way_comes_before_its_end() -> None:
    """Who went to Narvik, stopping in Oslo, was in Oslo first."""
    assert route("We went to [Narvik], stopping for a night in [Oslo].") == ["Oslo", "Narvik"]
    assert route("She returned to [Lima] after a visit to [Oslo].") == ["Oslo", "Lima"]


def test_a_place_told_again_is_one_stop() -> None:
    """All mentions of one stay are one stop, in text order."""
    only, *rest = stops("We reached [Oslo]. We went to [Oslo]. We reached [Oslo].")
    assert rest == []
    assert only.mentions == ("m0", "m1", "m2")


RETURNS = (
    ("We left [Oslo]. We reached [Bergen]. We returned to [Oslo].", {}),
    ("We left [Oslo]. We reached [Bergen]. We went back to [Oslo].", {}),
    (
        "We left [Oslo]. We reached [Bergen]. We reached [Oslo].",
        {0: day("2020-05-02"), 2: day("2020-05-09")},
    ),
)


@pytest.mark.parametrize(("marked", "when"), RETURNS)
def test_a_return_is_a_stop_of_its_own(marked: str, when: dict[int, When]) -> None:
    """Words of return, or a later date, make a second stop of the same place."""
    assert route(marked, when=when) == ["Oslo", "Bergen", "Oslo"]


def test_a_place_told_again_without_a_return_is_the_stop_before() -> None:
    """Talking of a place again is no second visit."""
    assert route("We left [Oslo]. We reached [Bergen]. We left [Oslo].") == ["Oslo", "Bergen"]


CONTAINERS = (
    ("We flew to [Norway] and reached [Oslo].", ["Oslo"]),
    ("We reached [Vestland] and went to [Bergen].", ["Bergen"]),
    ("We reached [Vestland] and went to [Oslo].", ["Vestland", "Oslo"]),
    ("We flew to [Norway]. We flew to [Lima].", ["Norway", "Lima"]),
    ("We flew to [Norway] and reached [Vestland].", ["Vestland"]),
    ("We flew to [Great Isle] and reached [Nearport].", ["Nearport"]),
    ("We flew to [Great Isle] and reached [Farport].", ["Great Isle", "Farport"]),
    ("We flew to [Great Isle and Far Isle] and reached [Farport].", ["Farport"]),
)


@pytest.mark.parametrize(("marked", "wanted"), CONTAINERS)
def test_a_country_or_region_of_a_finer_stop_is_no_stop(marked: str, wanted: list[str]) -> None:
    """What contains a stop is left out; what contains none is a stop itself."""
    assert route(marked) == wanted


def test_dates_that_contradict_each_other_are_kept_in_mind() -> None:
    """The first that is told stands, and the stop says that there is another."""
    marked = "We reached [Oslo]. We were in [Oslo]."
    (stop,) = stops(marked, when={0: day("2020-05-05"), 1: day("2020-05-02")})
    assert stop.arrival
    assert stop.arrival.start == "2020-05-05"
    assert [r.detail for r in stop.reasons if r.name == "contradiction"] == ["2020-05-02"]


def test_a_continent_is_no_stop_beside_a_country() -> None:
    """Who flew to Africa and reached Kenya was in Kenya; alone, it is what there is."""
    assert route("We flew to [Continent] and reached [Oslo].") == ["Oslo"]
    assert route("We flew to [Continent].") == ["Continent"]


def test_the_finer_date_is_the_stops() -> None:
    """A year and a day in it are one time, and the day says more."""
    marked = "We reached [Oslo]. We were in [Oslo]."
    (stop,) = stops(marked, when={0: day("1943"), 1: day("1943-09-29")})
    assert stop.arrival
    assert stop.arrival.start == "1943-09-29"


def test_a_stop_says_why_it_is_not_where_it_is_told() -> None:
    """Turned tellings and dates are told with the stop."""
    marked = "She reached [Narvik]. She reached [Bergen]. She reached [Oslo]."
    when = {0: day("2020-05-09"), 1: day("2020-05-05"), 2: day("2020-05-01")}
    reasons = {reason.detail for stop in stops(marked, when=when) for reason in stop.reasons}
    assert "the text tells the last first" in reasons
    when = {0: day("2020-05-02"), 1: day("2020-05-09"), 2: day("2020-05-05")}
    reasons = {reason.detail for stop in stops(marked, when=when) for reason in stop.reasons}
    assert "its date comes before or after others'" in reasons


CROSSED = (
    ("We left [Oslo]. We went over the [Ocean]. We reached [Lima].", ["Oslo", "Lima"]),
    ("We went over the [Ocean].", ["Ocean"]),
)


@pytest.mark.parametrize(("marked", "wanted"), CROSSED)
def test_an_ocean_crossed_on_the_way_is_no_stop(marked: str, wanted: list[str]) -> None:
    """No way leads over the middle of what is merely crossed, unless nothing else is told."""
    names = NAME.findall(marked)
    status = {names.index("Ocean"): VisitStatus.PASSED}
    assert route(marked, status=status) == wanted


def test_an_ocean_that_was_visited_is_a_stop() -> None:
    """Who stays at sea was there."""
    assert route("We left [Oslo]. We reached the [Ocean].") == ["Oslo", "Ocean"]


def test_a_sight_within_a_city_stands_inside_its_stop() -> None:
    """A place at most ten kilometres from the point of its city is no stop of its own."""
    only, *rest = stops("We reached [Oslo] and went to the [Fortress].")
    assert rest == []
    assert only.mentions == ("m0", "m1")


def test_a_place_outside_a_city_is_a_stop_and_shares_its_day() -> None:
    """An airport 37 km off, told in the same breath, is a stop of the same day."""
    found = stops("We reached [Oslo]. We went to the [Airport].", when={0: day("2020-05-02")})
    assert [stop.name for stop in found] == ["Oslo", "Airport"]
    assert [stop.arrival.start if stop.arrival else None for stop in found] == ["2020-05-02"] * 2
    assert any(reason.name == "same stay" for reason in found[1].reasons)


def test_planned_stops_come_last() -> None:
    """What is still to come follows what was reached, whatever the telling and the dates."""
    found = stops(
        "We will go to [Lima]. We reached [Oslo].",
        status={0: VisitStatus.PLANNED},
        when={0: day("2020-05-02"), 1: day("2020-05-09")},
    )
    assert [(stop.name, stop.status.value) for stop in found] == [
        ("Oslo", "visited"),
        ("Lima", "planned"),
    ]


def test_a_place_can_be_reached_and_planned_again() -> None:
    """A plan to go to a place that was reached is a second stop."""
    found = stops(
        "We reached [Oslo]. We will go to [Oslo].",
        status={1: VisitStatus.PLANNED},
    )
    assert [stop.status.value for stop in found] == ["visited", "planned"]


def test_a_stop_without_a_place_is_listed() -> None:
    """A name that is in no gazetteer keeps its place in the route."""
    found = stops("We left [Oslo]. We reached [Nowhere]. We reached [Bergen].")
    assert [(stop.name, stop.place is None) for stop in found] == [
        ("Oslo", False),
        ("Nowhere", True),
        ("Bergen", False),
    ]


ORIGINS = (
    ("We left [Oslo] on foot. We reached [Bergen].", "origin"),
    ("We flew from [Oslo] to [Bergen].", "origin"),
    ("We reached [Oslo]. We left for [Bergen].", "visited"),
)


@pytest.mark.parametrize(("marked", "status"), ORIGINS)
def test_the_first_stop_is_the_origin_where_the_text_leaves_it(marked: str, status: str) -> None:
    """A first stop that is only left is the origin, and its date is the departure."""
    first, *_ = stops(marked, when={0: day("2020-05-02")})
    assert first.status.value == status
    when = first.departure if status == "origin" else first.arrival
    assert when == day("2020-05-02")


STAYS = (
    (
        "We reached [Bergen]. We reached [Oslo]. We left [Oslo].",
        {0: day("2020-05-01"), 1: day("2020-05-02"), 2: day("2020-05-04")},
    ),
    (
        "He flew to [Lima] from [Oslo]. He reached [Oslo].",
        {0: day("2020-05-04"), 1: day("2020-05-04"), 2: day("2020-05-02")},
    ),
)


@pytest.mark.parametrize(("marked", "when"), STAYS)
def test_a_stop_has_the_day_of_its_arrival_and_of_its_departure(
    marked: str, when: dict[int, When]
) -> None:
    """The day of leaving a place is its departure, that of reaching it its arrival."""
    oslo = next(stop for stop in stops(marked, when=when) if stop.name == "Oslo")
    assert (oslo.arrival, oslo.departure) == (day("2020-05-02"), day("2020-05-04"))
    assert oslo.status is VisitStatus.VISITED


def test_a_place_that_was_only_left_has_no_arrival() -> None:
    """Leaving a place on the way dates its departure alone."""
    _, oslo = stops("We reached [Bergen]. We left [Oslo].", when={1: day("2020-05-02")})
    assert (oslo.arrival, oslo.departure) == (None, day("2020-05-02"))


def test_a_place_is_reached_when_it_is_told_to_be_reached() -> None:
    """The day of starting for a place gives way to that of reaching it, and so does its turn."""
    marked = "We left [Oslo] for [Lima]. We reached [Bergen]. We reached [Lima]."
    days = ["2020-06-01", "2020-06-01", "2020-06-10", "2020-06-20"]
    found = stops(marked, when=dict(enumerate(map(day, days))))
    assert [stop.name for stop in found] == ["Oslo", "Bergen", "Lima"]
    assert found[-1].arrival == day("2020-06-20")


def test_a_flashback_tells_where_the_traveller_came_from() -> None:
    """A stop that was told by its departure stands where its arrival is told."""
    marked = "He flew to [Lima] from [Oslo]. He flew to [Oslo] from [Bergen]."
    days = ["2020-05-04", "2020-05-04", "2020-05-02", "2020-05-02"]
    assert route(marked, when=dict(enumerate(map(day, days)))) == ["Bergen", "Oslo", "Lima"]


def test_mentioned_places_are_no_stops() -> None:
    """Talk is not routed."""
    assert route("We reached [Oslo]. [Lima] denied it.", status={1: VisitStatus.MENTIONED}) == [
        "Oslo"
    ]


def test_the_evidence_is_the_sentence_that_tells_the_stop() -> None:
    """Each stop points at a sentence that holds one of its names."""
    document, mentions = told("We left [Oslo]. We reached [Bergen] at dusk.")
    found = order(document, mentions)
    assert [stop.evidence.of(document.text) for stop in found if stop.evidence] == [
        "We left Oslo.",
        "We reached Bergen at dusk.",
    ]


STATUSES = st.sampled_from(
    [VisitStatus.VISITED, VisitStatus.PASSED, VisitStatus.PLANNED, VisitStatus.MENTIONED]
)
WHENS = st.none() | st.sampled_from(
    [day("2020-05-02"), day("2020-05"), day("2020-06-01"), day("--05-02"), day("2020")]
)
TELLING = st.lists(
    st.tuples(
        st.sampled_from([*PLACES, "Nowhere"]),
        st.sampled_from(["left", "reached", "flew from", "returned to", "went via"]),
        STATUSES,
        WHENS,
    ),
    max_size=12,
)


def spoken(
    telling: Sequence[tuple[str, str, VisitStatus, When | None]],
) -> tuple[Document, list[Mention]]:
    """Return the text and the mentions of a telling."""
    marked = " ".join(f"We {verb} [{name}]." for name, verb, _, _ in telling)
    when = {i: step[3] for i, step in enumerate(telling) if step[3]}
    return told(marked, status={i: step[2] for i, step in enumerate(telling)}, when=when)


def may_be_left_out(where: Place | None) -> bool:
    """Whether a place may hold others, or be crossed on the way to them."""
    return where is not None and (where.feature_class == "A" or where in (OCEAN, CONTINENT))


@given(TELLING)
def test_every_place_of_the_journey_is_in_one_stop(
    telling: list[tuple[str, str, VisitStatus, When | None]],
) -> None:
    """Each mention on the way is in one stop, unless it holds one or is crossed; talk in none."""
    document, mentions = spoken(telling)
    found = order(document, mentions)
    held = [name for stop in found for name in stop.mentions]
    assert len(held) == len(set(held))
    for mention in mentions:
        if mention.status is VisitStatus.MENTIONED:
            assert mention.id not in held
        else:
            assert mention.id in held or may_be_left_out(mention.place)


@given(TELLING)
def test_stops_are_numbered_in_travel_order(
    telling: list[tuple[str, str, VisitStatus, When | None]],
) -> None:
    """Numbers run from 1, planned stops last, at most the first an origin."""
    found = order(*spoken(telling))
    assert [stop.number for stop in found] == list(range(1, len(found) + 1))
    planned = [stop.status is VisitStatus.PLANNED for stop in found]
    assert planned == sorted(planned)
    assert all(stop.status is not VisitStatus.ORIGIN for stop in found[1:])


@given(TELLING)
def test_the_order_depends_on_nothing_but_the_text(
    telling: list[tuple[str, str, VisitStatus, When | None]],
) -> None:
    """The same mentions give the same stops, also as other objects and in another order."""
    document, mentions = spoken(telling)
    found = order(document, mentions)
    again = [dataclasses.replace(mention) for mention in reversed(mentions)]
    assert order(document, again) == found


def test_a_long_diary_is_ordered() -> None:
    """Four thousand dated stops are put in order."""
    names = ["Oslo", "Bergen", "Narvik", "Lima"]
    marked = " ".join(f"We reached [{names[i % 4]}]." for i in range(4000))
    when = {i: day(f"{1000 + i // 12:04d}-{1 + i % 12:02d}-01") for i in range(4000)}
    document, mentions = told(marked, when=when)
    with no_hang():
        assert len(order(document, mentions)) == 4000
