"""Place names in a document: rules of the language, weighed by a trained tagger.

1. Every capitalised sequence that the gazetteer knows becomes a *unit*; units and
   other capitalised words that stand together form a *run*: "President Jane Doe",
   "Lake Station", "Bank of America" (`lines`).
2. A run is a person, an organisation, a site, or a bare place, or has a place at
   its head: "Ohio Supreme Court" (`runs`).
3. The words around a part, and what the whole text uses its name for, speak for a
   place or against it (`context`).
4. All this and the words themselves are *features* of each word (`features`), and a
   linear-chain model that was trained on annotated texts weighs them (`tagger`).
5. What a word is elsewhere in the text counts too; words likely enough make a name.
6. A site that the rules see is a name as a whole.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.lexicon import COMMON_WORDS, CONNECTORS, GENERIC_HEADS, LEADING_HEADS, SITE_HEADS
from mapper.model import Document, Span, Toponym
from mapper.recognize.context import Census, Context, Verdict
from mapper.recognize.features import Candidates
from mapper.recognize.lines import Line, Reader
from mapper.recognize.runs import parts
from mapper.recognize.tagger import Chances, Tagger
from mapper.text import SILENT, sentences

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

__all__ = ["Reading", "readings", "recognize"]

RECOGNIZER = "crf"

# How much of a word's chance is what the word has elsewhere in the text, and from which
# chance on it is part of a name where the rules see one too, and where they do not.
# Calibrated on corpora that were left out of the training.
ELSEWHERE = 0.4
SECONDED, ALONE = 0.1, 0.35
# The same for a word that the text uses for a person.
OF_PERSON = 0.6
_HEADS = GENERIC_HEADS | LEADING_HEADS
# The chance of a name that the tagger does not see, but the rules do.
RULES_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """A line with what the rules say of its parts, and its words that may be names."""

    line: Line
    verdicts: tuple[Verdict, ...]
    candidates: Candidates


@dataclass(frozen=True, slots=True)
class _Found:
    """A name with the chance that it is one."""

    span: Span
    score: float


def recognize(
    document: Document, *, gazetteer: Gazetteer, tagger: Tagger | None = None
) -> tuple[Toponym, ...]:
    """Return the place names of `document` in text order, none overlapping another.

    Navigation, date lines and credits are left out: they are no text. The score is
    the chance that the name is a place's, 0 to 1. `tagger` is the one inside the
    package by default.
    """
    tagger = tagger or Tagger.open()
    lines = readings(document, gazetteer=gazetteer)
    chances = _consistent(lines, [tagger.chances(it.candidates) for it in lines])
    found = (
        name for reading, own in zip(lines, chances, strict=True) for name in _names(reading, own)
    )
    return tuple(_toponym(document.text, name) for name in found)


def readings(document: Document, *, gazetteer: Gazetteer) -> list[Reading]:
    """Return the lines of a document that may name something, as the rules read them, in order."""
    kept = [section for section in document.sections if section.kind not in SILENT]
    if document.sections and not kept:
        return []
    reader = Reader(document.text, gazetteer)
    spans = sentences(document.text, sections=kept)
    lines = [Line(reader, span) for span in spans if _may_name(span.of(document.text))]
    contexts = [Context(line, tuple(parts(line))) for line in lines]
    census = Census(contexts)
    read = []
    for line, context in zip(lines, contexts, strict=True):
        verdicts = tuple(context.verdicts(census))
        read.append(Reading(line, verdicts, Candidates(line, verdicts)))
    return read


def _may_name(sentence: str) -> bool:
    """Whether a sentence has more than the capital of a common word at its beginning."""
    opener, _, _ = sentence.partition(" ")
    return not sentence[1:].islower() or opener.lower() not in COMMON_WORDS


def _consistent(
    lines: Sequence[Reading], chances: Sequence[Sequence[Chances]]
) -> list[list[Chances]]:
    """Draw the chances of each word towards the mean of the same word in the whole text."""
    words = [[it.candidates.lower(i) for i in it.candidates.indices] for it in lines]
    heard: dict[str, list[float]] = defaultdict(list)
    for word, (begin, inside) in zip(
        itertools.chain(*words), itertools.chain(*chances), strict=True
    ):
        heard[word].append(begin + inside)
    mean = {word: sum(values) / len(values) for word, values in heard.items()}
    return [
        [_drawn(chance, mean[word]) for word, chance in zip(of_line, own, strict=True)]
        for of_line, own in zip(words, chances, strict=True)
    ]


def _drawn(chances: Chances, mean: float) -> Chances:
    begin, inside = chances
    factor = 1 - ELSEWHERE + ELSEWHERE * mean / (begin + inside)
    return begin * factor, inside * factor


def _names(reading: Reading, chances: Sequence[Chances]) -> Iterator[_Found]:
    """Yield the names of a line: likely words, and sites as a whole."""
    tagged = list(_tagged(reading, chances))
    sites = list(_sites(reading, tagged))
    kept = [name for name in tagged if not any(name.span.overlaps(site.span) for site in sites)]
    yield from sorted((*kept, *sites), key=lambda name: name.span.start)


def _tagged(reading: Reading, chances: Sequence[Chances]) -> Iterator[_Found]:
    """Yield the names that the tagger sees, each with the mean chance of its words."""
    line = reading.line
    least = _least_chances(reading)
    name: list[tuple[int, float]] = []
    sums = _as_units(line, dict(zip(reading.candidates.indices, map(sum, chances), strict=True)))
    for index, (begin, inside) in zip(reading.candidates.indices, chances, strict=True):
        chance, threshold = sums[index], least.get(index, ALONE)
        likely = chance >= threshold
        if name and not (likely and _goes_on(line, name[-1][0], index, inside > begin)):
            yield _found(line, name)
            name = []
        if likely and (name or reading.candidates.text(index) not in CONNECTORS):
            name.append((index, chance if threshold else max(chance, RULES_SCORE)))
    if name:
        yield _found(line, name)


def _as_units(line: Line, chances: dict[int, float]) -> dict[int, float]:
    """Give the words of a name that the gazetteer knows the chance of the likeliest of them."""
    for unit in line.names:
        if unit.end > unit.first + 1:
            inside = [index for index in range(unit.first, unit.end) if index in chances]
            chances |= dict.fromkeys(inside, max(chances[index] for index in inside))
    return chances


def _goes_on(line: Line, last: int, index: int, inside: bool) -> bool:
    """Whether a word goes on with the name that the word before it is part of."""
    return last == index - 1 and (line.is_bound(last) or (inside and line.linked(last)))


def _least_chances(reading: Reading) -> dict[int, float]:
    """Return the chance from which on a word is part of a name, where the rules have a say.

    In a headline, whose capitals hide the names from the tagger, the rules have it alone.
    """
    headline = reading.line.titled or reading.line.shouted
    least = {}
    for verdict in reading.verdicts:
        for index in reading.line.inside(verdict.span):
            if verdict.barred:
                least[index] = math.inf
            elif verdict.wanted:
                least[index] = 0.0 if headline else SECONDED
            elif verdict.person:
                least[index] = OF_PERSON
    return least


def _found(line: Line, name: Sequence[tuple[int, float]]) -> _Found:
    score = sum(chance for _, chance in name) / len(name)
    return _Found(Span(line.starts[name[0][0]], line.ends[name[-1][0]]), min(score, 1.0))


def _sites(reading: Reading, tagged: Iterable[_Found]) -> Iterator[_Found]:
    """Yield the sites that the gazetteer knows, and those in which it knows no name."""
    text, names = reading.line.reader.text, reading.line.reader.names
    for verdict in reading.verdicts:
        if verdict.wanted and verdict.hit and (verdict.hit.site or _has_head(verdict, text)):
            inside = [name for name in tagged if name.span.overlaps(verdict.span)]
            held = filter(_is_whole, (name.span.of(text) for name in inside))
            if not any(map(names.knows, held)) or names.is_site(verdict.span.of(text)):
                yield _Found(verdict.span, max([RULES_SCORE, *(name.score for name in inside)]))


def _has_head(verdict: Verdict, text: str) -> bool:
    """Whether several words end in what a site is called: "Bagram Air Base"."""
    name, _, head = verdict.span.of(text).lower().rpartition(" ")
    return bool(name) and head in SITE_HEADS


def _is_whole(name: str) -> bool:
    """Whether a name is more than the part of one that says what is named: "River", "St."."""
    return name.lower().rstrip(".") not in _HEADS


def _toponym(text: str, found: _Found) -> Toponym:
    name = found.span.of(text)
    return Toponym(
        span=found.span,
        text=name,
        normalized=" ".join(name.split()),
        score=round(found.score, 6),
        recognizer=RECOGNIZER,
    )
