"""What is said for and against each word of a line being part of a place name.

Every fact is a short string, a *feature*; the tagger has learnt a weight for each. Facts
about a word alone and about a neighbour alone are functions of that word, so that their
sums can be kept; the others are put together for each place in the text.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

from mapper import lexicon
from mapper.gazetteer import Match, NameKind
from mapper.model import Span
from mapper.recognize.context import Verdict
from mapper.recognize.lines import Line, Names

__all__ = ["Candidates", "of_neighbour", "of_word"]

# How far to either side the words are looked at, and how far their shape and kind are.
REACH = 3
NEAR = 2
# Further off than this the head of a run says nothing about a word.
LONGEST = 6
# So many of the places of a name say what kinds of places have it.
NAMESAKES = 6
_SIZES = ((1_000_000, "metropolis"), (100_000, "city"), (15_000, "town"), (3_000, "small town"))

_KINDS = {
    "given": lexicon.GIVEN_NAMES,
    "site": lexicon.SITE_HEADS | lexicon.INSTITUTION_HEADS,
    "head": lexicon.GENERIC_HEADS - lexicon.SITE_HEADS - lexicon.AREA_HEADS,
    "area": lexicon.AREA_HEADS,
    "street": lexicon.STREET_HEADS,
    "organization": lexicon.ORGANIZATION_HEADS,
    "title": lexicon.TITLES,
    "speech": lexicon.SPEECH_VERBS,
    "locative": lexicon.LOCATIVES,
    "local": lexicon.LOCALS,
    "calendar": lexicon.MONTHS | lexicon.WEEKDAYS,
    "direction": lexicon.DIRECTIONS,
    "common": lexicon.COMMON_WORDS,
}


@functools.lru_cache(maxsize=50_000)
def of_word(word: str) -> tuple[str, ...]:
    """Return the features of a word as it is written.

    >>> of_word("Leeds")[:4]
    ('w leeds', 's Xx', '< lee', '> ds')
    """
    lower = word.lower()
    kinds = (f"k {kind}" for kind in _kinds(lower))
    endings = (f"> {lower[-size:]}" for size in (2, 3, 4))
    length = f"n {min(len(word), 8)}"
    return (f"w {lower}", f"s {_shape(word)}", f"< {lower[:3]}", *endings, length, *kinds)


@functools.lru_cache(maxsize=100_000)
def of_neighbour(word: str, offset: int) -> tuple[str, ...]:
    """Return the features that a word `offset` words off lends; empty text is the edge."""
    lower = word.lower()
    if abs(offset) > NEAR:
        return (f"{offset} {lower}",)
    kinds = (f"{offset}k {kind}" for kind in _kinds(lower))
    return (f"{offset} {lower}", f"{offset}s {_shape(word)}", *kinds)


def _kinds(lower: str) -> Iterator[str]:
    return (kind for kind, words in _KINDS.items() if lower in words)


def _shape(word: str) -> str:
    """Return the shape of a word: "Xx" of "Leeds", "X.X." of "U.S.", "9x" of "33rd"."""
    letters = (
        "X" if c.isupper() else "x" if c.isalpha() else "9" if c.isdigit() else c for c in word
    )
    return "".join(letter for letter, _ in itertools.groupby(letters))


class Candidates:
    """The words of a line that may belong to a name, in text order: `indices` of its words."""

    def __init__(self, line: Line, verdicts: Iterable[Verdict]) -> None:
        self._line = line
        self._texts = _levelled(line)
        self._verdicts = _Marks.of_verdicts(line, verdicts)
        self._names = _Marks.of_names(line)
        self.indices = tuple(_candidates(self._texts))

    def text(self, index: int) -> str:
        """Return a word of the line, as prose would write it."""
        return self._texts[index]

    def inside(self, span: Span) -> range:
        """Return the indices of the words that begin in a stretch of the text."""
        return _inside(self._line, span)

    def around(self, index: int) -> Iterator[tuple[str, int]]:
        """Yield each neighbour of a word with its offset; beyond the edge it is empty."""
        for offset in (*range(-REACH, 0), *range(1, REACH + 1)):
            beside = index + offset
            yield self._texts[beside] if 0 <= beside < len(self._texts) else "", offset

    def here(self, index: int) -> Iterator[str]:
        """Yield the features of a word that only its place in the text gives it."""
        line, texts = self._line, self._texts
        lower = texts[index].lower()
        yield from self._verdicts.at(index)
        yield from self._names.at(index)
        for offset in (-1, 1, 2):
            yield f"{offset}r {self._verdicts.first(index + offset)}"
            yield f"{offset}g {self._names.first(index + offset)}"
        before, after = self._gap(index - 1), self._gap(index)
        yield f"-| {before}"
        yield f"+| {after}"
        yield f"-w {before}{self._lower(index - 1)}"
        yield f"-ww {self._lower(index - 1)} {lower}"
        yield f"+ww {lower} {self._lower(index + 1)}"
        yield f"small {lower in line.reader.small_words}"
        if line.titled:
            yield "titled"
        if line.reader.names.is_demonym(texts[index]):
            yield "demonym"
        yield from self._run(index)

    def features(self, index: int) -> Iterator[str]:
        """Yield all features of a word, as they are learnt from."""
        yield from of_word(self._texts[index])
        for word, offset in self.around(index):
            yield from of_neighbour(word, offset)
        yield from self.here(index)

    def _lower(self, index: int) -> str:
        return self._texts[index].lower() if 0 <= index < len(self._texts) else ""

    def _gap(self, index: int) -> str:
        """Return the first characters between a word and the next; "^" at an edge."""
        words = self._line.words
        if not 0 <= index < len(words) - 1:
            return "^"
        return self._line.reader.text[words[index].end : words[index + 1].start][:3]

    def _run(self, index: int) -> Iterator[str]:
        """Yield the head and the first word of the capitals that a word stands among."""
        last = first = index
        while last < index + LONGEST and last + 1 in self._members and self._gap(last) in _CLOSE:
            last += 1
        while first > index - LONGEST and first - 1 in self._members:
            if self._gap(first - 1) not in _CLOSE:
                break
            first -= 1
        if last > index:
            yield f"head {self._lower(last)}"
            yield f"before head {min(last - index, 3)}"
        if first < index:
            yield f"start {self._lower(first)}"

    @functools.cached_property
    def _members(self) -> frozenset[int]:
        return frozenset(self.indices)


_CLOSE = frozenset({" ", "-"})
# What no headline writes with a capital, unless it writes all in capitals.
_SMALL = (
    lexicon.CONNECTORS
    | lexicon.LOCATIVES
    | frozenset("a after an and are as but he is it or she the they was were with".split())
)


def _levelled(line: Line) -> Sequence[str]:
    """Return the words of a line, one in capitals alone or in none as prose would write it."""
    if not (line.shouted or line.flat):
        return line.texts
    texts = [it.lower() if it.lower() in _SMALL else it.capitalize() for it in line.texts]
    for unit in line.units:
        if line.flat and not unit.capital:
            texts[unit.first] = line.texts[unit.first]
        elif unit.known and unit.end > unit.first + 1:
            texts[unit.first] = line.texts[unit.first].capitalize()
    return texts


def _candidates(texts: Sequence[str]) -> Iterator[int]:
    """Yield capitalised words, with the small words and numbers that stand inside their runs."""
    open_run = False
    pending: list[int] = []
    for index, text in enumerate(texts):
        if text[0].isupper():
            yield from pending
            yield index
            pending, open_run = [], True
        elif text[0].isdigit():
            follows = index + 1 < len(texts) and texts[index + 1][0].isupper()
            if open_run or follows:
                yield from pending
                yield index
                pending, open_run = [], True
        elif open_run and text.lower() in lexicon.CONNECTORS:
            pending.append(index)
        else:
            pending, open_run = [], False


def _inside(line: Line, span: Span) -> range:
    first = bisect.bisect_left(line.words, span.start, key=_start)
    return range(first, bisect.bisect_left(line.words, span.end, key=_start))


def _start(word: Span) -> int:
    return word.start


class _Marks:
    """For each word of a line the features of the stretch that it is part of."""

    def __init__(self, length: int) -> None:
        self._marks: list[tuple[str, ...]] = [()] * length

    def at(self, index: int) -> tuple[str, ...]:
        """Return the features of the stretch at a word."""
        return self._marks[index]

    def first(self, index: int) -> str:
        """Return the first of them, or nothing."""
        marks = self._marks[index] if 0 <= index < len(self._marks) else ()
        return marks[0] if marks else ""

    @classmethod
    def of_verdicts(cls, line: Line, verdicts: Iterable[Verdict]) -> _Marks:
        """Mark what the rules say."""
        marks = cls(len(line.words))
        for verdict in verdicts:
            marks._put(_inside(line, verdict.span), _said(verdict))
        return marks

    @classmethod
    def of_names(cls, line: Line) -> _Marks:
        """Mark what the gazetteer knows."""
        marks = cls(len(line.words))
        for unit in line.units:
            if unit.known and unit.capital:
                known = _known(line.reader.names, unit.text, unit.end - unit.first)
                marks._put(range(unit.first, unit.end), known)
        return marks

    def _put(self, indices: Sequence[int], said: Sequence[str]) -> None:
        begin, inside = _placed(tuple(said))
        for rank, index in enumerate(indices):
            self._marks[index] = inside if rank else begin


@functools.lru_cache(maxsize=20_000)
def _placed(said: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the features of a stretch at its first word, and at the others."""
    return tuple(f"{it} b" for it in said), tuple(f"{it} i" for it in said)


def _said(verdict: Verdict) -> tuple[str, ...]:
    hit = verdict.hit
    flags = (
        (hit.strong, "S"), (hit.asked_for, "A"), (hit.unknown, "U"), (hit.site, "H")
    ) if hit else ()  # fmt: skip
    kind = f"r {verdict.kind.name}{''.join(letter for flag, letter in flags if flag)}"
    text = ((verdict.in_list, "L"), (verdict.person, "P"), (verdict.place, "C"))
    return (
        kind,
        f"rw {verdict.wanted}",
        f"{kind} {''.join(letter for flag, letter in text if flag)}",
    )


@functools.lru_cache(maxsize=20_000)
def _known(names: Names, name: str, length: int) -> tuple[str, ...]:
    matches = names.matches(name)
    own = [match for match in matches if match.kind is not NameKind.ALTERNATE]
    best = _category(own[0]) if own else f"alternate {_category(matches[0])}"
    alternates = max((match.alternates for match in own), default=0)
    return (
        f"g {best}",
        f"gn {length}",
        f"gm {bool(own)}{min(len(matches), 4)}",
        f"ga {int(math.log2(alternates + 1))}",
        *sorted({f"gc {_category(match)}" for match in own[:NAMESAKES]}),
    )


def _category(match: Match) -> str:
    place = match.place
    if place.feature_class == "P":
        return next((size for least, size in _SIZES if place.population >= least), "village")
    return place.feature_code if place.feature_class == "A" else place.feature_class
