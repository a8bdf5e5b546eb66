"""Which words of a text are place names.

Every sentence here was written for its test.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from mapper.gazetteer import Gazetteer
from mapper.model import Document, Section, SectionKind, Span, Toponym
from mapper.recognize import recognize
from tests.hang import no_hang
from tests.strategies import hostile_texts

Find = Callable[..., list[str]]


@pytest.fixture(scope="module")
def find(gazetteer: Gazetteer) -> Find:
    """Return a function from a text to the place names in it."""

    def found(text: str, **fields: Any) -> list[str]:
        return [toponym.text for toponym in _recognized(text, gazetteer, **fields)]

    return found


def _recognized(text: str, gazetteer: Gazetteer, **fields: Any) -> tuple[Toponym, ...]:
    document = Document(text=text, source="test", **fields)
    return recognize(document, gazetteer=gazetteer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We took the night train from Vienna to Trieste.", ["Vienna", "Trieste"]),
        ("The delegation landed in Addis Ababa at noon.", ["Addis Ababa"]),
        ("They crossed the Bering Sea in a gale.", ["Bering Sea"]),
        ("The road to Rio de Janeiro was closed.", ["Rio de Janeiro"]),
        ("Snow fell across Kazakhstan and Mongolia.", ["Kazakhstan", "Mongolia"]),
        ("He was in Łódź, then in Zürich.", ["Łódź", "Zürich"]),
        ("She left\nKuala\nLumpur by bus.", ["Kuala\nLumpur"]),
    ],
)
def test_plain_names(find: Find, text: str, expected: list[str]) -> None:
    """A name that the gazetteer knows is found, however many words it has."""
    assert find(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton smiled for the cameras.",
        "Jordan Pickford saved the penalty.",
        "Virginia Woolf wrote the novel in a garden shed.",
        "Kim Jong Un spoke for an hour.",
        "Vladimir Putin nodded.",
        "Spokesman Matthew Miller said nothing more.",
        "President Lincoln freed them.",
        "Captain Florence Nairobi commanded the ship.",
        "Mr. Bristol asked for more time.",
        "The editor, J. K. Houston, resigned.",
        "Leeds, 34, pleaded guilty.",
    ],
)
def test_people_are_no_places(find: Find, text: str) -> None:
    """A first name, an initial, a title or an age makes a person of a town's name."""
    assert find(text) == []


def test_a_surname_stays_a_surname(find: Find) -> None:
    """Whoever was named in full is meant when the surname stands alone."""
    text = "Charlotte Houston sold the farm. Later Houston regretted it. She moved to Denver."
    assert find(text) == ["Denver"]


def test_a_country_is_no_surname_of_somebody_else(find: Find) -> None:
    """Capitals beside a country do not make a person of it, nor hide it elsewhere."""
    text = "Peru Travel Guide is out. Nobody needs a visa for Peru. Peru is large."
    assert find(text).count("Peru") == 3


@pytest.mark.parametrize(
    "text",
    [
        "She works for the Bank of America.",
        "The Washington Post reported it first.",
        "Manchester United won again.",
        "The Boston Globe and the Chicago Tribune disagreed.",
        "He read the Frankfurter Zeitung and the China Daily News.",
        "The Treaty of Lisbon Party met.",
    ],
)
def test_organisations_keep_their_names(find: Find, text: str) -> None:
    """A newspaper, a bank or a club that bears a town's name is no town."""
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Denver School Board voted.", "Denver"),
        ("An appeal went to the Ohio Supreme Court.", "Ohio"),
        ("The Athens Police Department made an arrest.", "Athens"),
        ("He joined the U.S. Navy.", "U.S"),
        ("It was a matter for the Clarke County Board of Education.", "Clarke County"),
    ],
)
def test_a_public_body_names_its_place(find: Find, text: str, expected: str) -> None:
    """A council, a court, the police: whoever names them names where they sit."""
    assert [name.rstrip(".") for name in find(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo’s harbour froze.", ["Oslo"]),
        ("Prague's bridges are old.", ["Prague"]),
        ("A Moscow-based firm bid for it.", ["Moscow"]),
        ("The Paris–London train was full.", ["Paris", "London"]),
        ("Rep. Ann Dole, R-Texas, objected.", ["Texas"]),
        ("They met in St. Louis.", ["St. Louis"]),
        ("The U.S. and the U.K. signed.", ["U.S.", "U.K."]),
        ("The US must answer.", ["US"]),
        ("They gave us US$50 each.", []),
        ("He carried an AK-47.", []),
    ],
)
def test_signs_around_a_name(find: Find, text: str, expected: list[str]) -> None:
    """Possessives, hyphens, full stops and currencies are told from the name."""
    assert [n.rstrip(".") for n in find(text)] == [n.rstrip(".") for n in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We saw Lisbon, Porto, Faro and Évora.", ["Lisbon", "Porto", "Faro", "Évora"]),
        ("He lives in Lyons, Kansas.", ["Lyons", "Kansas"]),
        ("NAIROBI, Kenya — The rains came late.", ["NAIROBI", "Kenya"]),
        ("From Basel via Olten to Bern.", ["Basel", "Olten", "Bern"]),
    ],
)
def test_lists_and_containers(find: Find, text: str, expected: list[str]) -> None:
    """Names in a row, a town with its state, a dateline: each is found by itself."""
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ROME FLOODED AFTER STORM", "ROME"),
        ("Talks Held In Geneva As Ceasefire Nears Collapse", "Geneva"),
        ("Storm Closes Schools Across Finland", "Finland"),
    ],
)
def test_headlines(find: Find, text: str, expected: str) -> None:
    """Where every word has a capital, only the gazetteer tells."""
    assert find(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They landed at Heathrow Airport.", "Heathrow Airport"),
        ("We slept near Lake Tanganyika.", "Lake Tanganyika"),
        ("She taught at the University of Nairobi.", "Nairobi"),
        ("They walked to Zelmira Castle.", "Zelmira Castle"),
        ("The plane left the Zelmiro airfield.", "Zelmiro airfield"),
        ("The plane left the Tromsø airfield.", "Tromsø airfield"),
        ("On arrival at Bagram Air Base they were met.", "Bagram Air Base"),
        ("They anchored in the Zelmira River for a night.", "Zelmira River"),
    ],
)
def test_sites(find: Find, text: str, expected: str) -> None:
    """A head noun makes a site of what stands by it, but nobody's site leaves its town."""
    assert find(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "On the third day we reached Qorvandil.",
        "They rode on to Qorvandil before dark.",
        "He was born in the village of Qorvandil.",
        "We came to a small river, called Qorvandil.",
        "There is a hill that they named Qorvandil.",
    ],
)
def test_a_place_nobody_knows(find: Find, text: str) -> None:
    """After a verb of motion, or "the village of", an unknown name is a place too."""
    assert find(text) == ["Qorvandil"]


def test_the_doubtful_is_less_sure(gazetteer: Gazetteer) -> None:
    """The score tells a city after a preposition from a name that may be anything's."""
    sure, unsure = _recognized("They rode to Hanoi. The Bristol was late.", gazetteer)
    assert sure.score > 0.95 > unsure.score


@pytest.mark.parametrize(
    "text",
    [
        "Russian and French officers met on Tuesday in March.",
        "Nice weather, and good reading for the bath.",
        "Reading is fun. Most of it. Of course!",
        "Mobile phones are banned. Nice try.",
        "The Orange is a fruit. Deal with it.",
        "He ate turkey from china with chile.",
        "Sens. Dole and Orme agreed.",
        "Wash your hands. Oh, and come In.",
    ],
)
def test_words_that_also_name_towns(find: Find, text: str) -> None:
    """Demonyms, days, months and common words are no places without a word that asks for one."""
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They drove to Nice and stayed.", ["Nice"]),
        ("He studied in Reading for a year.", ["Reading"]),
        ("She lives in Bath, England.", ["Bath", "England"]),
        ("The storm hit Mobile, Alabama.", ["Mobile", "Alabama"]),
    ],
)
def test_common_words_that_are_asked_for(find: Find, text: str, expected: list[str]) -> None:
    """A preposition of place, or the state behind, makes a town of a common word."""
    assert find(text) == expected


def test_small_towns_need_their_context(find: Find) -> None:
    """A village's name alone proves nothing; the words of its people do."""
    assert find("He and Barwick agreed.") == []
    assert find("A Barwick man was hurt.") == ["Barwick"]
    assert find("He lives in Barwick.") == ["Barwick"]


@pytest.mark.parametrize(
    "kind", [SectionKind.NAVIGATION, SectionKind.DATE, SectionKind.CREDIT], ids=str
)
def test_silent_sections(find: Find, kind: SectionKind) -> None:
    """Menus, date lines and credits tell of no journey."""
    section = Section(span=Span(0, 14), kind=kind)
    assert find("Paris | London", sections=(section,)) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile_texts())
def test_spans_are_true_and_in_order(gazetteer: Gazetteer, text: str) -> None:
    """Whatever the text: each name is what its span says, and no two overlap."""
    found = _recognized(text, gazetteer)
    assert all(toponym.text == toponym.span.of(text) for toponym in found)
    assert all(left.span.end <= right.span.start for left, right in itertools.pairwise(found))
    assert all(toponym.text.strip() and 0 <= toponym.score <= 1 for toponym in found)


@settings(deadline=None, max_examples=25)
@given(text=hostile_texts())
def test_the_same_text_gives_the_same_names(gazetteer: Gazetteer, text: str) -> None:
    """Nothing is left to chance or to what was read before."""
    assert _recognized(text, gazetteer) == _recognized(text, gazetteer)


@pytest.mark.parametrize(
    "piece", ["A", "A ", "Paris, ", "St. ", "(", "?!", "Of the ", "Ab-", "D-", "Jane of ", "Oslo "]
)
def test_a_line_without_an_end_is_read(gazetteer: Gazetteer, piece: str) -> None:
    """A line of 200 kB of anything does not make reading it hang."""
    with no_hang():
        _recognized(piece * (200_000 // len(piece)), gazetteer)
