"""Place names as spaCy finds them, with pipelines made here: no model is fetched."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner

from mapper import plugins
from mapper.cli import main
from mapper.errors import PluginError
from mapper.gazetteer import Gazetteer
from mapper.model import Document, Section, SectionKind, Span, Toponym
from mapper.recognize import recognize as built_in
from mapper.recognize import with_spacy

NAMES = {
    "Bergen": "GPE",
    "Bering Sea": "LOC",
    "the Bering Sea": "LOC",
    "Charles Bridge": "FAC",
    "Kuala Lumpur": "GPE",
    "Norway's": "GPE",
    "Oslo": "GPE",
    "The Hague": "GPE",
    "Ibsen": "PERSON",
    "May": "DATE",
}

Find = Callable[..., tuple[Toponym, ...]]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pipeline that knows a few names by heart."""
    nlp = spacy.blank("en", meta={"name": "by_heart", "version": "1.2.3"})
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": label, "pattern": name} for name, label in NAMES.items()]
    )
    folder = tmp_path_factory.mktemp("models") / "by heart"
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def find(model: Path, gazetteer: Gazetteer) -> Find:
    """Return a function from a text to the place names in it."""

    def found(text: str, *sections: Section) -> tuple[Toponym, ...]:
        document = Document(text=text, source="test", sections=sections)
        return with_spacy.recognize(document, gazetteer=gazetteer, model=str(model))

    return found


@pytest.fixture
def package(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same pipeline, installed as a package and known as spaCy's second model."""
    name = "en_by_heart"
    monkeypatch.setattr(with_spacy, "MODELS", ("en_no_such_model", name))
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text(
        f"import spacy\n\n\ndef load(**_):\n    return spacy.load({str(model)!r})\n",
        encoding="utf-8",
    )
    info = tmp_path / f"{name}-1.2.3.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2.3\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)


def test_places_and_nothing_else(find: Find) -> None:
    """Countries and towns, land and water, and sites are places; people and dates are not."""
    text = "Ibsen left Bergen in May. He saw Charles Bridge and Bering Sea ice, then Oslo."
    found = find(text)
    assert [it.text for it in found] == ["Bergen", "Charles Bridge", "Bering Sea", "Oslo"]
    assert all(it.span.of(text) == it.text == it.normalized for it in found)
    assert {it.score for it in found} == {with_spacy.SCORE}
    assert {it.recognizer for it in found} == {"spacy:en_by_heart 1.2.3"}


def test_offsets_count_characters(find: Find) -> None:
    """Wide letters, emoji and runs of blanks before a name do not shift its span."""
    text = "  🧭 Łódź  𝔛 — e\u0301 \n\n\t Oslo!  Bergen 🚂🚂, Oslo."
    spans = [it.span for it in find(text)]
    assert [span.of(text) for span in spans] == ["Oslo", "Bergen", "Oslo"]
    assert [span.start for span in spans] == [
        text.index("Oslo"),
        text.index("Bergen"),
        text.rindex("Oslo"),
    ]


def test_a_name_goes_over_the_end_of_a_line(find: Find) -> None:
    """The span keeps the line break, the name in normal form has a space for it."""
    (name,) = find("We flew to Kuala\nLumpur at noon.")
    assert (name.text, name.normalized) == ("Kuala\nLumpur", "Kuala Lumpur")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They crossed the Bering Sea.", "Bering Sea"),
        ("They praised Norway's roads.", "Norway"),
        ("They met in The Hague.", "The Hague"),
    ],
)
def test_article_and_genitive_are_no_part_of_a_name(find: Find, text: str, expected: str) -> None:
    """Spans are those of the built-in, so that the next stages see the same words around."""
    assert [it.text for it in find(text)] == [expected]


@pytest.mark.parametrize("kind", SectionKind)
def test_reads_what_the_built_in_reads(find: Find, gazetteer: Gazetteer, kind: SectionKind) -> None:
    """Navigation, date lines and credits are left out, other sections are read."""
    text = "They drove to Bergen.\n\nThey flew to Oslo."
    sections = (
        Section(span=Span(0, 21), kind=kind),
        Section(span=Span(23, len(text)), kind=SectionKind.BODY),
    )
    for given in (sections, sections[:1]):
        document = Document(text=text, source="test", sections=given)
        expected = [it.span for it in built_in(document, gazetteer=gazetteer)]
        assert [it.span for it in find(text, *given)] == expected


def test_nothing_to_read(find: Find) -> None:
    """A text without words has no names."""
    assert find("") == find(" \n\n ") == ()


def test_a_sentence_without_end_is_read_in_parts(
    find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SpaCy refuses a text of a million characters; no sentence reaches it whole."""
    monkeypatch.setattr(with_spacy, "LONGEST", 8)
    text = "Bergen, Oslo or, Bergen"
    assert [it.span.start for it in find(text)] == [0, 8, 17]


def test_without_spacy(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plugin loads, and when it is used says what to install."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    recognize = plugins.load("mapper.recognizers", "spacy")
    with pytest.raises(PluginError, match=r"^The recognizer spacy needs .*: pip install spacy\.$"):
        recognize(Document(text="In Oslo.", source="test"), gazetteer=gazetteer)


def test_without_a_model(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says how to come by a model; none is fetched."""
    monkeypatch.setattr(spacy.util, "is_package", lambda name: False)
    with pytest.raises(
        PluginError, match=r"none is installed: python -m spacy download en_core_web_sm\.$"
    ):
        with_spacy.recognize(Document(text="In Oslo.", source="test"), gazetteer=gazetteer)


@pytest.mark.parametrize("name", ["no_such_model", "pytest", "empty"])
def test_a_model_that_does_not_load(
    gazetteer: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """An unknown name, a package and a folder that are no models: one sentence each."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(PluginError, match=rf"^The spaCy model {name} does not load: .*[^.]\.$"):
        with_spacy.recognize(
            Document(text="In Oslo.", source="test"), gazetteer=gazetteer, model=name
        )


@pytest.mark.usefixtures("package")
def test_on_the_command_line(tmp_path: Path) -> None:
    """--recognizer spacy takes the first model that is installed; the journey says who read."""
    text = tmp_path / "journey.txt"
    text.write_text("On 3 May 1911 we left Bergen. On 5 May we arrived in Oslo.", encoding="utf-8")
    option = ("--recognizer", "spacy")
    run = CliRunner().invoke
    stops = json.loads(run(main, ["stops", str(text), "--format", "json", *option]).stdout)
    drawn = json.loads(run(main, ["map", str(text), "-o", "-", "--format", "json", *option]).stdout)
    assert stops == drawn
    assert [stop["name"] for stop in stops["stops"]] == ["Bergen", "Oslo"]
    assert stops["provenance"]["recognizer"] == "spacy"
    assert {it["toponym"]["recognizer"] for it in stops["mentions"]} == {"spacy:en_by_heart 1.2.3"}
    places = run(main, ["places", str(text), *option])
    assert [line.split()[1] for line in places.stdout.splitlines()[1:]] == ["Bergen", "Oslo"]
    refused = run(main, ["places", str(text), "--recognizer", "nonesuch"])
    assert refused.exit_code == 2
    assert "'nonesuch' is none of those installed: " in refused.stderr


def test_a_model_is_named_after_a_colon(model: Path, tmp_path: Path) -> None:
    """A folder serves too, and where it lies is not told on."""
    text = tmp_path / "journey.txt"
    text.write_text("On 3 May 1911 we left Bergen. On 5 May we arrived in Oslo.", encoding="utf-8")
    arguments = ["stops", str(text), "--format", "json", "--recognizer", f"spacy:{model}"]
    printed = CliRunner().invoke(main, arguments).stdout
    assert [stop["name"] for stop in json.loads(printed)["stops"]] == ["Bergen", "Oslo"]
    assert str(model) not in printed
    refused = CliRunner().invoke(main, ["stops", str(text), "--recognizer", "crf:other"])
    assert refused.stderr == "Error: The plugin crf takes no model: leave out :other.\n"
