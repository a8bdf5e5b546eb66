"""Training: corpora, swapped names, and a small model that learns what it is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import AssetError, InputError
from mapper.gazetteer import Gazetteer
from mapper.model import Span
from mapper.read import read_text
from mapper.recognize import recognize
from mapper.recognize.tagger import Tagger
from mapper.train import Sample, cross_validated, read_corpus, swapped, train, with_swaps


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The gazetteer of the package."""
    return Gazetteer.open()


def sample(marked: str, *, kind: str = "place", name: str = "a") -> Sample:
    """Return a text whose names stand in brackets."""
    text, names = "", []
    for piece in marked.split("["):
        named, bracket, rest = piece.rpartition("]")
        if bracket:
            names.append((Span(len(text), len(text) + len(named)), kind))
        text += named + rest
    return Sample(id=name, text=text, names=tuple(names))


TEXTS = [
    sample("We went to [Leeds] and then to [York]. Leo said so.", name="a"),
    sample("They live in [Bergen]. Ada likes it.", name="b"),
    sample("She flew to [Lima] with Ben. Later she left [Cusco].", name="c"),
    sample("He works in [Oslo], near the sea. Max does not.", name="d"),
]


def test_both_forms_of_a_corpus_are_read(tmp_path: Path) -> None:
    """Spans with types, or toponyms; what speaks of a people is no place."""
    path = tmp_path / "corpus.jsonl"
    records = [
        {"id": "a", "text": "Ann saw Leeds", "spans": [
            {"start": 8, "end": 13, "type": "place"}, {"start": 0, "end": 3, "type": "person"},
        ]},
        {"id": "b", "text": "Dutch Leeds", "toponyms": [
            {"start": 0, "end": 5, "type": "Demonym"}, {"start": 6, "end": 11},
        ]},
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, records)) + "\n\n", encoding="utf-8")
    first, second = read_corpus(path)
    assert first.names == ((Span(0, 3), "person"), (Span(8, 13), "place"))
    assert second.names == ((Span(6, 11), "place"),)


@pytest.mark.parametrize("line", ["{", "[]", '{"text": 1, "spans": 2}', '{"spans": [{}]}', "{}"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    """A line that is no annotated text is named by file and number."""
    path = tmp_path / "corpus.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"corpus.jsonl, line 1 is no annotated text"):
        list(read_corpus(path))


def test_swapped_names_stand_where_their_spans_say(gazetteer: Gazetteer) -> None:
    """Other towns stand in the same sentences, one name for one name throughout a text."""
    texts = [sample("We saw [Leeds]. [Leeds] is old. [York] too.", name=str(n)) for n in range(30)]
    copies = list(swapped(texts, gazetteer=gazetteer, seed=1))
    changed = 0
    for copy in copies:
        first, second, third = (span.of(copy.text) for span, _ in copy.names)
        assert copy.text == f"We saw {first}. {second} is old. {third} too."
        assert first == second
        changed += first != "Leeds"
    assert changed > 15


def test_some_names_are_such_as_nobody_knows(gazetteer: Gazetteer) -> None:
    """Then the words around alone teach that it is a place."""
    texts = [sample("We saw [Leeds] at noon.", name=str(number)) for number in range(60)]
    copies = list(swapped(texts, gazetteer=gazetteer, seed=1))
    names = [span.of(copy.text) for copy in copies for span, _ in copy.names]
    unknown = [name for name in names if not gazetteer.knows(name)]
    assert 10 < len(unknown) < 40
    assert all(name[0].isupper() and name.isalpha() for name in unknown)


def test_swaps_depend_on_nothing_but_seed_and_text(gazetteer: Gazetteer) -> None:
    """The same seed gives the same names, another one others."""
    once, again, other = (
        [copy.text for copy in swapped(TEXTS, gazetteer=gazetteer, seed=seed)] for seed in (1, 1, 2)
    )
    assert once == again != other


@settings(deadline=None, max_examples=5)
@given(st.integers(1, 1000))
def test_a_swap_keeps_what_is_no_name(seed: int) -> None:
    """The words between the names are the same in every copy."""
    (copy,) = swapped(TEXTS[:1], gazetteer=Gazetteer.open(), seed=seed)
    pieces = [" and then to ", ". Leo said so."]
    assert copy.text.startswith("We went to ")
    assert all(piece in copy.text for piece in pieces)


def test_it_learns_what_it_is_shown(gazetteer: Gazetteer, tmp_path: Path) -> None:
    """Names in frames that were learnt are found; a saved model finds the same."""
    tagger = train(with_swaps(TEXTS * 5, gazetteer=gazetteer, swaps=2), gazetteer=gazetteer)
    document = read_text("We went to Hull and then to Ripon. Leo said so.")
    found = recognize(document, gazetteer=gazetteer, tagger=tagger)
    assert [it.text for it in found] == ["Hull", "Ripon"]
    tagger.save(tmp_path / "model.crf")
    reopened = Tagger.open(tmp_path / "model.crf")
    assert recognize(document, gazetteer=gazetteer, tagger=reopened) == found


def test_training_twice_gives_the_same_bytes(gazetteer: Gazetteer, tmp_path: Path) -> None:
    """Nothing is left to chance."""
    for name in ("once", "again"):
        train(TEXTS * 3, gazetteer=gazetteer).save(tmp_path / name)
    assert (tmp_path / "once").read_bytes() == (tmp_path / "again").read_bytes()


def test_folds_keep_their_own_texts_out(gazetteer: Gazetteer) -> None:
    """Each held text comes once, to a tagger that has not seen it."""
    folds = list(cross_validated(TEXTS, TEXTS, gazetteer=gazetteer, folds=2, swaps=0))
    assert [[it.id for it in aside] for _, aside in folds] == [["a", "c"], ["b", "d"]]
    assert all("w leeds" not in tagger.weights for tagger, aside in folds if TEXTS[0] in aside)


@pytest.mark.parametrize("content", [b"", b"nought", b'{"format": "other", "names": 0}\n'])
def test_a_bad_model_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    """A file that is no model says so by its name."""
    path = tmp_path / "bad.crf"
    path.write_bytes(content)
    with pytest.raises(AssetError, match=r"bad.crf is no model of place names"):
        Tagger.open(path)


def test_a_missing_model_is_one_clear_error(tmp_path: Path) -> None:
    """So does one that is not there."""
    with pytest.raises(AssetError, match=r"none.crf is no model"):
        Tagger.open(tmp_path / "none.crf")


def test_without_crfsuite_it_says_what_to_install(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named."""
    monkeypatch.setitem(__import__("sys").modules, "pycrfsuite", None)
    with pytest.raises(InputError, match=r"itinerary-mapper\[train\]"):
        train(TEXTS, gazetteer=gazetteer)


def test_the_models_chances_are_probabilities(gazetteer: Gazetteer) -> None:
    """The forward-backward algorithm gives what summing over all labelings gives."""
    import itertools
    import math

    transitions = ((0.5, -1.0, 0.2), (0.1, 0.7, -0.3), (0.4, -2.0, 0.3))
    tagger = Tagger(weights={}, transitions=transitions)
    scores = [0.3 + 0.8j, -1.2 + 0.4j, 2.0 - 0.5j, 0.1 + 0.1j]
    totals = [[0.0] * 3 for _ in scores]
    for labels in itertools.product(range(3), repeat=len(scores)):
        emit = sum((s.real, s.imag, 0.0)[it] for s, it in zip(scores, labels, strict=True))
        move = sum(transitions[a][b] for a, b in itertools.pairwise(labels))
        for at, label in enumerate(labels):
            totals[at][label] += math.exp(emit + move)
    for (begin, inside), total in zip(tagger._chances(scores), totals, strict=True):
        assert begin == pytest.approx(total[0] / sum(total))
        assert inside == pytest.approx(total[1] / sum(total))
