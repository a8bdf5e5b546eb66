"""Which place a name means, by the document around it."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings

from mapper.gazetteer import Gazetteer
from mapper.geocode import geocode
from mapper.model import Document, Mention, Outcome
from mapper.recognize import recognize
from mapper.resolve import resolve
from tests.strategies import prose

Resolve = Callable[[str], dict[str, Mention]]


def mentions_of(text: str, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return what the names of a text mean."""
    document = Document(text=text, source="test")
    toponyms = recognize(document, gazetteer=gazetteer)
    names = {toponym.normalized for toponym in toponyms}
    return resolve(document, toponyms, {n: geocode(n, gazetteer=gazetteer) for n in names})


@pytest.fixture(scope="module")
def resolved(gazetteer: Gazetteer) -> Resolve:
    """Return a function from a text to its mentions by name."""
    return lambda text: {m.toponym.normalized: m for m in mentions_of(text, gazetteer)}


def where(mention: Mention) -> tuple[str, str]:
    """Return country and region of a mention's place."""
    assert mention.place is not None
    return mention.place.country_code, mention.place.admin1_code


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("We flew to Paris on Friday.", "Paris", ("FR", "11")),
        ("We drove to Paris, Texas, on Friday.", "Paris", ("US", "TX")),
        ("He was born in London, Ontario.", "London", ("CA", "08")),
        ("He was born in London.", "London", ("GB", "ENG")),
        ("A train left Birmingham, Alabama, at dawn.", "Birmingham", ("US", "AL")),
        ("They stopped in Tripoli in Lebanon.", "Tripoli", ("LB", None)),
        ("The team won in Athens (Georgia).", "Athens", ("US", "GA")),
    ],
)
def test_the_container_decides(
    resolved: Resolve, text: str, name: str, expected: tuple[str, str | None]
) -> None:
    """A state or country right behind a town's name says which town."""
    country, region = where(resolved(text)[name])
    assert country == expected[0]
    assert expected[1] in (None, region)


def test_a_container_holds_for_the_whole_text(resolved: Resolve) -> None:
    """What was said once need not be said again."""
    text = "He lived in Lyons, Kansas. Years later he came back to Lyons."
    assert where(resolved(text)["Lyons"]) == ("US", "KS")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("From Yerevan we crossed into Georgia and reached Tbilisi.", "GE"),
        ("From Alabama we crossed into Georgia and reached Atlanta.", "US"),
    ],
)
def test_a_country_or_a_state(resolved: Resolve, text: str, country: str) -> None:
    """Georgia is the neighbour of Armenia, or of Alabama."""
    assert where(resolved(text)["Georgia"])[0] == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("From Boston he took the train to Cambridge, then to Worcester and Springfield.", "US"),
        ("From Ely he cycled to Cambridge, then to Huntingdon and Peterborough.", "GB"),
    ],
)
def test_neighbours_decide(resolved: Resolve, text: str, country: str) -> None:
    """A Cambridge near Boston is in Massachusetts, one near Ely in England."""
    assert where(resolved(text)["Cambridge"])[0] == country


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("She toured Chile for a month and loved Valparaiso.", "Valparaiso", "CL"),
        ("He came to Spain as a boy and taught in Toledo.", "Toledo", "ES"),
        ("The road through Spain passes Cordoba and Seville.", "Cordoba", "ES"),
        ("In Ecuador he lived in Cuenca.", "Cuenca", "EC"),
        ("Venezuela was next: a bus to Merida and Valencia.", "Valencia", "VE"),
    ],
)
def test_a_named_country_decides(resolved: Resolve, text: str, name: str, country: str) -> None:
    """Among namesakes the one in a country that the text names is meant."""
    assert where(resolved(text)[name])[0] == country


def test_a_city_before_its_region(resolved: Resolve) -> None:
    """New York is the city, where nothing says the state."""
    assert resolved("We spent a week in New York.")["New York"].place is not None
    place = resolved("We spent a week in New York.")["New York"].place
    assert place is not None
    assert place.feature_class == "P"


@pytest.mark.parametrize(
    "text", ["They landed at Zelmira Airport.", "She worked at the Zelmira Library."]
)
def test_a_site_is_never_its_town(resolved: Resolve, text: str) -> None:
    """What nobody knows is left open; the town of its name is another thing."""
    (mention,) = resolved(text).values()
    assert mention.place is None or mention.place.feature_class not in ("P", "A")


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        (
            "From Leeds and York he rode to Selby, and slept at the Ripon Castle.",
            "Ripon Castle",
            "ENG",
        ),
        ("He rode to the Ripon Castle.", "Ripon Castle", None),
    ],
)
def test_an_unknown_site_lies_near_its_town_where_the_text_is_there(
    resolved: Resolve, text: str, name: str, region: str | None
) -> None:
    """The town of its name is a guess that only the other names of the text can make good."""
    place = resolved(text)[name].place
    assert (place.admin1_code if place else None) == region


def test_what_nobody_knows_stays_open(resolved: Resolve) -> None:
    """An unknown name is a mention without a place, score nought."""
    mention = resolved("On the third day we reached Qorvandil.")["Qorvandil"]
    assert mention.outcome is Outcome.UNRESOLVED
    assert (mention.place, mention.candidates, mention.score) == (None, (), 0.0)


def test_one_name_has_one_meaning(gazetteer: Gazetteer) -> None:
    """Within a text a name means the same place wherever it stands."""
    text = "Springfield is dull. From Springfield, Illinois, we left. Springfield was behind us."
    places = {m.place.id for m in mentions_of(text, gazetteer) if m.place and "Sp" in m.place.name}
    assert len(places) == 1


def test_reasons_name_what_was_heard(resolved: Resolve) -> None:
    """Container, region, country and nearness are told with what they speak of."""
    text = "From Boston he went to Cambridge, Massachusetts."
    reasons = {reason.name: reason for reason in resolved(text)["Cambridge"].reasons}
    assert {"container", "region", "country", "nearness"} <= reasons.keys()
    assert reasons["container"].detail == "Massachusetts"
    assert reasons["nearness"].detail.endswith("km to Boston")


@settings(deadline=None, max_examples=60)
@given(text=prose())
def test_shares_are_shares(gazetteer: Gazetteer, text: str) -> None:
    """Scores lie in 0 to 1, the best first; all candidates and "none of these" share one whole."""
    for mention in mentions_of(text, gazetteer):
        scores = [candidate.score for candidate in mention.candidates]
        assert all(0 <= score <= 1 for score in (*scores, mention.score))
        assert math.fsum(scores) <= 1 + 1e-4
        assert scores == sorted(scores, reverse=True)
        assert all(candidate.reasons for candidate in mention.candidates)
        nobody = 1 - math.fsum(scores)
        known = bool(scores) and scores[0] >= nobody
        assert mention.place == (mention.candidates[0].place if known else None)


@settings(deadline=None, max_examples=30)
@given(text=prose())
def test_mentions_are_those_of_the_toponyms(gazetteer: Gazetteer, text: str) -> None:
    """There is one mention for each name, in order, numbered, and always the same."""
    found = mentions_of(text, gazetteer)
    toponyms = recognize(Document(text=text, source="test"), gazetteer=gazetteer)
    assert [mention.toponym for mention in found] == list(toponyms)
    assert [mention.id for mention in found] == [f"m{n + 1}" for n in range(len(found))]
    assert found == mentions_of(text, gazetteer)
