"""Train the recogniser on annotated texts.

A corpus is a JSONL file, one object a line: `text`, and either `spans` (`start`, `end`,
`type`: place, person, organization, other) or `toponyms` (`start`, `end`; those marked
`adj`, and types such as Demonym, are no places). The same corpora give the same model.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import InputError
from mapper.evaluate.gold import is_ignored
from mapper.gazetteer import NameKind
from mapper.model import Document, Span
from mapper.read import read_text
from mapper.recognize import Reading, readings
from mapper.recognize.tagger import BEGIN, INSIDE, LABELS, OUTSIDE, Tagger
from mapper.train.folds import parted

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

__all__ = ["Sample", "cross_validated", "read_corpus", "swapped", "train", "with_swaps"]

PLACE, PERSON = "place", "person"

# Regularisation and length of the training, and how often a feature must be seen: chosen on
# corpora that were left out of the training.
L1, L2, ITERATIONS, LEAST_SEEN = 0.1, 0.02, 80, 2
# Shares, in per cent, of the place names and surnames that a swapped copy changes.
SWAPPED_PLACES, SWAPPED_PEOPLE = 80, 70
# A surname is a town's name this often: both are the same words in English.
TOWNS_AS_SURNAMES = 40
# A town is one that nobody knows this often: then the words around it alone make it a place.
INVENTED_TOWNS = 40
# Towns of these countries take this share of the swaps, as English texts name them most.
ENGLISH_SPEAKING, ENGLISH_SHARE = frozenset({"US", "GB", "CA", "AU", "IE", "NZ"}), 60
LEAST_POPULATION = 1_000
WORLD = (-180.0, -90.0, 180.0, 90.0)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An annotated text: spans of names with their types, in text order, not overlapping."""

    id: str
    text: str
    names: tuple[tuple[Span, str], ...]


def read_corpus(path: Path) -> Iterator[Sample]:
    """Yield the samples of a JSONL file.

    Raises
    ------
    InputError
        A line is no annotated text.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _sample(line, f"{path.name}, line {number}")


def _sample(line: str, where: str) -> Sample:
    try:
        record = json.loads(line)
        names = tuple(sorted(_names(record), key=lambda name: (name[0].start, name[0].end)))
        return Sample(id=str(record.get("id", where)), text=record["text"], names=names)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{where} is no annotated text: it needs `text`, and `spans` or `toponyms`."
        ) from error


def _names(record: Mapping[str, Any]) -> Iterator[tuple[Span, str]]:
    for it in record.get("spans", ()):
        yield Span(it["start"], it["end"]), it["type"]
    for it in record.get("toponyms", ()):
        if it["end"] > it["start"] and not is_ignored(it):
            yield Span(it["start"], it["end"]), PLACE


def train(samples: Iterable[Sample], *, gazetteer: Gazetteer) -> Tagger:
    """Return a tagger that has learnt from the samples.

    A sample whose text reading changes is left out, as its spans no longer fit.

    Raises
    ------
    InputError
        python-crfsuite is not installed.
    """
    trainer = _trainer()
    for sample in samples:
        document = read_text(sample.text)
        if document.text == sample.text:
            for features, labels in _examples(document, sample, gazetteer):
                trainer.append(features, labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        return _tagger(path)


def cross_validated(
    samples: Sequence[Sample],
    held: Sequence[Sample],
    *,
    gazetteer: Gazetteer,
    folds: int,
    swaps: int,
) -> Iterator[tuple[Tagger, Sequence[Sample]]]:
    """Yield taggers, each with those of the `held` samples that it has not learnt from.

    Each of the `held` samples, which are some of the `samples`, comes once.
    """
    for rest, aside in parted(samples, held, count=folds):
        yield train(with_swaps(rest, gazetteer=gazetteer, swaps=swaps), gazetteer=gazetteer), aside


def with_swaps(samples: Sequence[Sample], *, gazetteer: Gazetteer, swaps: int) -> list[Sample]:
    """Return the samples, followed by so many copies of them with other names."""
    copies = (swapped(samples, gazetteer=gazetteer, seed=seed) for seed in range(1, swaps + 1))
    return [*samples, *itertools.chain.from_iterable(copies)]


def _trainer() -> Any:
    try:
        import pycrfsuite
    except ImportError as error:
        raise InputError(
            "Training needs python-crfsuite: pip install 'itinerary-mapper[train]'."
        ) from error
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    parameters = {
        "c1": L1,
        "c2": L2,
        "max_iterations": ITERATIONS,
        "feature.minfreq": LEAST_SEEN,
        "feature.possible_transitions": True,
    }
    trainer.set_params(parameters)
    return trainer


def _examples(
    document: Document, sample: Sample, gazetteer: Gazetteer
) -> Iterator[tuple[list[list[str]], list[str]]]:
    places = [span for span, kind in sample.names if kind == PLACE]
    for reading in readings(document, gazetteer=gazetteer):
        candidates = reading.candidates
        if candidates.indices:
            features = [list(candidates.features(index)) for index in candidates.indices]
            yield features, _labels(reading, places)


def _labels(reading: Reading, places: Sequence[Span]) -> list[str]:
    """Return the label of each candidate word: the first one in a place begins it."""
    labels, begun = [], None
    for index in reading.candidates.indices:
        word = Span(reading.line.starts[index], reading.line.ends[index])
        place = next((span for span in places if span.overlaps(word)), None)
        labels.append(OUTSIDE if place is None else INSIDE if place == begun else BEGIN)
        begun = place
    return labels


def _tagger(path: str) -> Tagger:
    """Read the weights of a CRFsuite model; those of a word are against OUTSIDE."""
    import pycrfsuite

    model = pycrfsuite.Tagger()
    model.open(path)
    described = model.info()
    weights: dict[str, complex] = defaultdict(complex)
    parts = {BEGIN: 1 + 0j, INSIDE: 1j, OUTSIDE: -1 - 1j}
    for (feature, label), weight in described.state_features.items():
        weights[feature] += parts[label] * weight
    transitions = tuple(
        tuple(described.transitions.get((before, after), 0.0) for after in LABELS)
        for before in LABELS
    )
    return Tagger(weights=weights, transitions=transitions).rounded()


def swapped(samples: Sequence[Sample], *, gazetteer: Gazetteer, seed: int) -> Iterator[Sample]:
    """Yield each sample with other names in the place of most of its own.

    Towns give way to towns of the gazetteer, countries and regions to others of the
    samples, surnames to surnames and to towns; a name is the same throughout a text.
    What stands where depends on `seed`, the sample and the name alone.
    """
    pools = _Pools(samples, gazetteer)
    for sample in samples:
        yield _with_names(sample, [pools.swap(sample, *name, seed=seed) for name in sample.names])


def _with_names(sample: Sample, texts: Sequence[str]) -> Sample:
    pieces, names, position, length = [], [], 0, 0
    for (span, kind), text in zip(sample.names, texts, strict=True):
        if span.start < position:
            continue
        between = sample.text[position : span.start]
        start = length + len(between)
        pieces += [between, text]
        position, length = span.end, start + len(text)
        names.append((Span(start, length), kind))
    pieces.append(sample.text[position:])
    return Sample(id=sample.id, text="".join(pieces), names=tuple(names))


class _Pools:
    """The names that may stand in for others, by what they name."""

    def __init__(self, samples: Sequence[Sample], gazetteer: Gazetteer) -> None:
        towns = gazetteer.towns(WORLD, limit=10**6, minimum_population=LEAST_POPULATION)
        self._gazetteer = gazetteer
        self._towns = [town.name for town in towns]
        self._english = [town.name for town in towns if town.country_code in ENGLISH_SPEAKING]
        self._single = [name for name in self._english if name.isalpha()]
        self._areas: dict[str, list[str]] = defaultdict(list)
        self._surnames: list[str] = []
        seen = {(s.text[span.start : span.end], kind) for s in samples for span, kind in s.names}
        for name, kind in sorted(seen):
            if kind == PERSON and _is_plain(words := name.split()) and len(words) == 2:
                self._surnames.append(words[1])
            elif kind == PLACE and (code := self._code(name)) not in ("", "P"):
                self._areas[code].append(name)

    def swap(self, sample: Sample, span: Span, kind: str, *, seed: int) -> str:
        """Return what stands in for a name, or the name itself."""
        name = span.of(sample.text)
        if kind == PLACE and name[:1].isupper() and not name.isupper():
            return self._place(name, f"{seed} {sample.id} {name}")
        if kind == PERSON and _is_plain(words := name.split()) and len(words) <= 2:
            return " ".join([*words[:-1], self._surname(words[-1], f"{seed} {sample.id}")])
        return name

    def _place(self, name: str, salt: str) -> str:
        code = self._code(name)
        if not code or _draw(salt, 100) >= SWAPPED_PLACES:
            return name
        if code == "P" and _draw(f"{salt} invented", 100) < INVENTED_TOWNS:
            return self._invented(salt)
        english = _draw(f"{salt} English", 100) < ENGLISH_SHARE
        pool = self._areas[code] if code != "P" else self._english if english else self._towns
        return pool[_draw(f"{salt} which", len(pool))]

    def _invented(self, salt: str) -> str:
        """Return the first half of one town's name with the second half of another's."""
        for attempt in itertools.count():
            head, tail = (
                self._single[_draw(f"{salt} {half} {attempt}", len(self._single))]
                for half in ("head", "tail")
            )
            name = head[: len(head) // 2 + 1] + tail[len(tail) // 2 :]
            if not self._gazetteer.knows(name):
                return name
        raise AssertionError

    def _surname(self, name: str, salt: str) -> str:
        salt = f"{salt} {name}"
        if not self._surnames or _draw(salt, 100) >= SWAPPED_PEOPLE:
            return name
        town = _draw(f"{salt} town", 100) < TOWNS_AS_SURNAMES
        pool = self._single if town else self._surnames
        return pool[_draw(f"{salt} which", len(pool))]

    def _code(self, name: str) -> str:
        """Return the kind of place that a name means first: "P", or a code of areas and waters."""
        matches = self._gazetteer.lookup(name)
        own = next((it.place for it in matches if it.kind is not NameKind.ALTERNATE), None)
        if own is None:
            return ""
        return own.feature_code if own.feature_class == "A" else own.feature_class


def _is_plain(words: Iterable[str]) -> bool:
    return all(word.isalpha() and word[0].isupper() for word in words)


def _draw(salt: str, size: int) -> int:
    """Return a number from 0 to `size` - 1 that looks drawn, and is always the same."""
    return zlib.crc32(salt.encode()) % size
