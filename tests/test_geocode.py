"""What a name may mean before any context."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from mapper.gazetteer import Gazetteer
from mapper.geocode import MAX_CANDIDATES, geocode
from mapper.model import Candidate
from tests.strategies import hostile_texts


def best(name: str, gazetteer: Gazetteer) -> Candidate:
    """Return the first candidate of a name."""
    return geocode(name, gazetteer=gazetteer)[0]


@pytest.mark.parametrize(
    ("name", "country", "codes"),
    [
        ("Paris", "FR", {"PPLC"}),
        ("Egypt", "EG", {"PCLI"}),
        ("Europe", "", {"CONT"}),
        ("U.K.", "GB", {"PCLI"}),
        ("Washington", "US", {"PPLC", "ADM1"}),
        ("Bering Sea", "", {"SEA"}),
    ],
)
def test_the_famous_come_first(
    gazetteer: Gazetteer, name: str, country: str, codes: set[str]
) -> None:
    """Without context a name means the place that most people would think of."""
    place = best(name, gazetteer).place
    assert place.country_code == country
    assert place.feature_code in codes


def test_namesakes_are_kept(gazetteer: Gazetteer) -> None:
    """The Paris in Texas is a candidate too, below the one in France."""
    candidates = geocode("Paris", gazetteer=gazetteer)
    texan = [c for c in candidates if (c.place.country_code, c.place.admin1_code) == ("US", "TX")]
    assert texan
    assert 0 < texan[0].score < candidates[0].score


def test_nobody_knows_it(gazetteer: Gazetteer) -> None:
    """An unknown name has no candidates: nothing is made up."""
    assert geocode("Qorvandil", gazetteer=gazetteer) == ()


def test_an_unknown_site_may_be_near_the_town_of_its_name(gazetteer: Gazetteer) -> None:
    """Nothing but the name speaks for such a town, and it speaks low."""
    found = geocode("Halifax Brewery Lighthouse", gazetteer=gazetteer)
    assert {c.place.name for c in found} >= {"Halifax"}
    assert all([reason.name for reason in c.reasons] == ["named after"] for c in found)
    assert max(c.score for c in found) < 0.5


def test_a_known_site_is_itself(gazetteer: Gazetteer) -> None:
    """No town stands in for a site that the gazetteer has."""
    places = [c.place for c in geocode("Heathrow Airport", gazetteer=gazetteer)]
    assert {place.feature_class for place in places} == {"S"}


@pytest.mark.parametrize("name", ["Springfield", "San Antonio", "Paris", "Oslo"])
def test_every_candidate_says_why(gazetteer: Gazetteer, name: str) -> None:
    """Each has named reasons, a score between 0 and 1, and its place once; the best comes first."""
    candidates = geocode(name, gazetteer=gazetteer)
    assert all(c.reasons and all(reason.name for reason in c.reasons) for c in candidates)
    assert all(0 <= c.score <= 1 for c in candidates)
    assert len({c.place.id for c in candidates}) == len(candidates) <= MAX_CANDIDATES
    assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)


@settings(deadline=None, max_examples=50)
@given(name=hostile_texts())
def test_any_string_may_be_asked_for(gazetteer: Gazetteer, name: str) -> None:
    """Strange names give an answer, twice the same."""
    assert geocode(name, gazetteer=gazetteer) == geocode(name, gazetteer=gazetteer)
