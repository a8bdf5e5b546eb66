"""What the evidence of a visit comes to, where no rule speaks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from mapper.dates import find_expressions
from mapper.errors import AssetError, InputError
from mapper.model import Document, Mention, VisitStatus
from mapper.pipeline import find_places, locate_places, map_text, visit_evidence
from mapper.read import read_text
from mapper.train import cases, fit, folds
from mapper.visits import Weights, evidence
from tests.strategies import prose

NOBODY = Weights(weights={}, base=-50.0)
EVERYBODY = Weights(weights={}, base=50.0)

# A traveller, and a place of which no verb of travel speaks.
OPEN = (
    "Ada Lind left Oslo on 3 May 1911. On 5 May she reached Bergen. "
    "She had tea in the rain with a friend in Trondheim."
)


def status_of(name: str, mentions: tuple[Mention, ...]) -> VisitStatus:
    """Return the status of the first mention of a name."""
    return next(m.status for m in mentions if m.toponym.normalized == name)


def places(text: str, weights: Weights) -> tuple[Mention, ...]:
    """Return the places of a text as those weights have them."""
    return find_places(read_text(text), weights=weights)


def considered(text: str) -> dict[str, frozenset[str]]:
    """Return the evidence of each name of a text."""
    document = read_text(text)
    mentions = locate_places(document)
    times = find_expressions(document.text, published=None, sections=document.sections)
    found = evidence(document, mentions, times)
    return {m.toponym.normalized: it for m, it in zip(mentions, found, strict=True)}


def test_what_the_rules_leave_open_is_weighed() -> None:
    """A place of which no verb of travel speaks is a stop if the weights say so."""
    assert status_of("Trondheim", places(OPEN, NOBODY)) is VisitStatus.MENTIONED
    assert status_of("Trondheim", places(OPEN, EVERYBODY)) is VisitStatus.VISITED


@pytest.mark.parametrize("weights", [NOBODY, EVERYBODY], ids=["nobody", "everybody"])
def test_what_the_rules_say_stays(weights: Weights) -> None:
    """A visit is one and talk is talk, whatever the weights."""
    text = "Ada Lind reached Oslo. She never reached Lima. Moscow denied it. She slept in Bergen."
    found = places(text, weights)
    assert status_of("Oslo", found) is VisitStatus.VISITED
    assert status_of("Lima", found) is VisitStatus.MENTIONED
    assert status_of("Moscow", found) is VisitStatus.MENTIONED


def test_a_name_that_is_only_there_is_no_stop() -> None:
    """Without a preposition or a list of stops nothing speaks for a visit."""
    text = "Ada Lind left Oslo and reached Bergen. Paris was what she thought of."
    assert status_of("Paris", places(text, EVERYBODY)) is VisitStatus.MENTIONED


def test_the_evidence_names_what_it_sees() -> None:
    """Rules, neighbours, words, the kind of place and the text all speak."""
    found = considered(OPEN)
    assert {"rule visited", "kind depart", "date in the sentence"} <= found["Oslo"]
    assert {"rule mentioned", "preposition in", "class P"} <= found["Trondheim"]


def test_chances_and_their_reasons() -> None:
    """The chance is the logistic of the sum; the strongest evidence comes first."""
    weights = Weights(weights={"a": 1.0, "b": -2.0, "c": 0.5}, base=0.5)
    assert weights.chance(frozenset("ab")) == pytest.approx(1 / (1 + 2.718281828**0.5))
    assert [it.detail for it in weights.reasons(frozenset("abcx"))] == ["b", "a", "c"]


@settings(deadline=None, max_examples=30)
@given(text=prose())
def test_any_text_has_evidence(text: str) -> None:
    """Each mention has some, and the same each time."""
    if text.strip():
        assert considered(f"Oslo. {text}") == considered(f"Oslo. {text}")


@pytest.mark.parametrize("content", ["", "{}", '{"weights": 3, "base": 1}', "[]"])
def test_bad_weights_are_one_clear_error(tmp_path: Path, content: str) -> None:
    """A file that has none says so by its name."""
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AssetError, match=r"bad.json has no weights of visits"):
        Weights.open(path)


def test_the_weights_inside_are_few_and_named() -> None:
    """They fit a screen or two, and each says what it is of."""
    weights = Weights.open().weights
    assert 40 < len(weights) < 200
    assert all(name and abs(value) < 3 for name, value in weights.items())


def gold(text: str, *stops: str) -> dict[str, object]:
    """Return a record whose stops are told by their names."""
    found = [{"name": name, "lat": None, "lon": None, "status": "visited"} for name in stops]
    return {"id": text[:9], "text": text, "stops": found}


RECORDS = [
    gold("Ada Lind left Oslo. She had tea in Bergen.", "Oslo", "Bergen"),
    gold("Ada Lind left Lima. She had tea in Cusco. Paris is far.", "Lima", "Cusco"),
    gold("Ada Lind left Cairo. London and Paris are far.", "Cairo"),
    gold("Ada Lind left Leeds. She had tea in York. Rome and Paris are far.", "Leeds", "York"),
]


def test_it_learns_what_the_gold_shows() -> None:
    """Mentions of gold stops come to more than others; the same texts give the same weights."""
    learnt = list(cases(RECORDS))
    weights = fit(learnt)
    chances: dict[bool, list[float]] = {True: [], False: []}
    for case in learnt:
        for found, label in case.mentions:
            chances[label].append(weights.chance(found))
    assert min(chances[True]) > max(chances[False])
    assert fit(learnt) == weights


def test_a_fold_is_not_learnt_from() -> None:
    """Each held text comes once, to weights that have not seen it."""
    learnt = list(cases(RECORDS))
    aside = [[case.record["id"] for case in held] for _, held in folds(learnt, learnt, count=2)]
    assert aside == [["Ada Lind ", "Ada Lind "], ["Ada Lind ", "Ada Lind "]]
    assert len(list(folds(learnt, learnt[:1], count=3))) == 3


def test_the_traveller_can_be_named() -> None:
    """Of two people who travel, the one asked for is followed, and nobody else is made up."""
    text = (
        "Ada Lind sailed to Bergen and Ada Lind walked to Oslo. Max Roth flew to Lima. "
        "Max Roth drove to Cusco."
    )
    assert [stop.name for stop in map_text(text, traveller="Max Roth").stops] == ["Lima", "Cusco"]
    assert [stop.name for stop in map_text(text, traveller="Ada Lind").stops] == ["Bergen", "Oslo"]
    for nobody in ("Zoe Hart", "Lima", ""):
        with pytest.raises(InputError, match=f"nobody called '{nobody}'"):
            map_text(text, traveller=nobody)


def test_the_evidence_is_of_the_traveller_who_is_named() -> None:
    """What is the one's own way is another's to the other."""
    document = read_text("Ada Lind sailed to Bergen. Max Roth flew to Lima and Max Roth rested.")
    mentions = locate_places(document)
    for name, own in (("Ada Lind", "Bergen"), ("Max Roth", "Lima")):
        found = visit_evidence(document, mentions, traveller=name)
        for mention, said in zip(mentions, found, strict=True):
            is_own = mention.toponym.normalized == own
            assert ("kind arrive of the traveller" in said) == is_own
            assert ("kind arrive of another" in said) != is_own


def test_the_writer_can_be_named() -> None:
    """The first person is followed past others who travel more."""
    text = "Max Roth flew to Lima. Max Roth drove to Cusco. I took the train to Bergen."
    journey = map_text(text, traveller="first person")
    assert [stop.name for stop in journey.stops] == ["Bergen"]
    assert journey.traveller == "first person"


@pytest.mark.parametrize(
    "text",
    [
        "Copper rose in Shanghai and fell in London. Mines in Zambia closed, dealers in Zürich "
        "said, and Antofagasta had swell. Traders reached Mumbai late. Oslo was calm.",
        "The valley lies between Bergen and Oslo. The river crosses Norway and enters Sweden. "
        "Lima, Cusco and Quito have no such river. It reaches Denmark.",
    ],
)
def test_nobody_travels(text: str) -> None:
    """Goods, prices and rivers draw no route."""
    assert map_text(text).stops == ()


def test_an_unnamed_traveller_is_followed() -> None:
    """A ship, a team, "they": who moves most is the traveller."""
    text = (
        "The expedition left Bergen in May. The expedition reached Oslo a week later, "
        "and the expedition sailed to Hull. Lima, Paris, Rome, Cairo and Quito had sent letters."
    )
    journey = map_text(text)
    assert journey.traveller == "the expedition"
    assert [stop.name for stop in journey.stops] == ["Bergen", "Oslo", "Hull"]


def test_documents_without_mentions_have_no_evidence() -> None:
    """Nothing named, nothing weighed."""
    assert evidence(Document(text="Rain fell.", source="test"), (), ()) == []


def test_the_manifest_stands_with_the_weights() -> None:
    """The file says what it was learnt from, and how well it does."""
    from mapper.visits.weigh import EMBEDDED

    described = json.loads(EMBEDDED.read_text(encoding="utf-8"))
    assert {it["name"] for it in described["corpora"]} == {"cases", "journeys"}
    assert described["scores"]


def test_one_visit_of_the_writers_is_a_journey() -> None:
    """However many other places are named beside it."""
    text = "I went to Hanoi. Next year I hope for Laos, Cambodia, Japan and Korea."
    assert [stop.name for stop in map_text(text).stops if stop.status.on_route] == ["Hanoi"]


def test_a_step_is_no_place() -> None:
    """What a step of a plan begins with is not the town of that name."""
    text = "Norway in three days\n\nDay 1: Arrive in Oslo.\nDay 2: Train to Bergen.\n"
    assert [stop.name for stop in map_text(text).stops] == ["Oslo", "Bergen"]


def test_what_was_done_before_a_return_comes_before_it() -> None:
    """The visits come first, and the day of the return is not theirs."""
    text = "On 3 May 1911 Ada Lind returned to Paris after visits to Rome and Oslo."
    stops = map_text(text).stops
    assert [stop.name for stop in stops] == ["Rome", "Oslo", "Paris"]
    assert [bool(stop.arrival) for stop in stops] == [False, False, True]


def test_dates_that_contradict_each_other_are_reported() -> None:
    """A warning names the stop and both dates."""
    text = "We reached Oslo on 5 May 1911. We were in Oslo on 2 May 1911. We left for Bergen."
    assert "Oslo has two dates: 1911-05-05, and also 1911-05-02." in map_text(text).warnings
