"""What is said for and against each word of a line being part of a place name.

Whatever is said is a short string, a *feature*; the tagger has learnt a weight for each.
Most come again and again, so that their weights need to be added only once: those of a word
by itself and as a neighbour (`of_word`, `of_neighbour`), and *facts*, a name and what it is
about, that say several features at once.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from mapper import lexicon
from mapper.gazetteer import Match, NameKind
from mapper.recognize.context import Verdict
from mapper.recognize.lines import Line, Names
from mapper.recognize.runs import Kind

__all__ = [
    "OFFSETS",
    "Candidates",
    "Fact",
    "Look",
    "features",
    "look_of",
    "of_look",
    "of_spelling",
    "of_word",
]

# Shape, length and kinds of a word.
Look = tuple[str, int, tuple[str, ...]]
# A key of `_SAYING`, and what its function is asked about.
Fact = tuple[Any, ...]

# How far to either side the words are looked at, and how far their shape and kind are.
REACH = 3
NEAR = 2
OFFSETS = range(-REACH, REACH + 1)
# Longer words are as long as this.
LONGEST_COUNTED = 8
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


def features(fact: Fact) -> tuple[str, ...]:
    """Return what a fact says.

    >>> features(("text", True, True, False))
    ('small True', 'titled')
    """
    kind, *about = fact
    return _SAYING[kind](*about)


def of_word(word: str) -> tuple[tuple[str, ...], ...]:
    """Return for each of the `OFFSETS` what a word lends there, in the middle what it has itself.

    Beyond the edge of a line the words are empty.

    >>> of_word("Leeds")[0], of_word("Leeds")[3][:4]
    (('-3 leeds',), ('w leeds', '< lee', '> ds', '> eds'))
    """
    spelling, look = of_spelling(word.lower()), of_look(*look_of(word))
    return tuple(a + b for a, b in zip(spelling, look, strict=True))


def of_spelling(lower: str) -> tuple[tuple[str, ...], ...]:
    """Return the part of `of_word` that is the word's own."""
    endings = (f"> {lower[-size:]}" for size in (2, 3, 4))
    own = (f"w {lower}", f"< {lower[:3]}", *endings)
    return tuple((f"{it} {lower}",) if it else own for it in OFFSETS)


def look_of(word: str) -> Look:
    """Return the shape of a word, its length and its kinds, as `of_look` takes them."""
    lower = word.lower()
    kinds = tuple(kind for kind, words in _KINDS.items() if lower in words)
    return _shape(word), min(len(word), LONGEST_COUNTED), kinds


def of_look(shape: str, length: int, kinds: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the part of `of_word` that many words have in common."""

    def at(offset: int) -> tuple[str, ...]:
        if abs(offset) > NEAR:
            return ()
        sign = str(offset or "")
        return (f"{sign}s {shape}", *(f"{sign}k {kind}" for kind in kinds))

    return tuple(at(it) if it else (*at(it), f"n {length}") for it in OFFSETS)


def _of_stretches(verdict: tuple[str, ...], name: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the rules and the gazetteer say of the stretches that a word is part of."""
    return verdict + name


def _of_stretches_beside(
    offset: int, verdict: tuple[str, ...], name: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what the first thing said of each stretch lends the word `offset` words before."""
    return f"{offset}r {''.join(verdict)}", f"{offset}g {''.join(name)}"


def _of_text(small: bool, titled: bool, demonym: bool) -> tuple[str, ...]:
    said = (titled, "titled"), (demonym, "demonym")
    return (f"small {small}", *(name for true, name in said if true))


def _of_run(head: str, ahead: int, start: str) -> tuple[str, ...]:
    """Return the head, so many words ahead, and the first word of a run of capitals."""
    of_head = (f"head {head}", f"before head {min(ahead, 3)}") if ahead else ()
    return (*of_head, f"start {start}") if start else of_head


_SAYING: Mapping[str, Callable[..., tuple[str, ...]]] = {
    "stretches": _of_stretches,
    "beside": _of_stretches_beside,
    "text": _of_text,
    "run": _of_run,
}


def _shape(word: str) -> str:
    """Return the shape of a word: "Xx" of "Leeds", "X.X." of "U.S.", "9x" of "33rd"."""
    return "".join([letter for letter, _ in itertools.groupby(map(_LETTERS.__getitem__, word))])


class _Letters(dict[str, str]):
    """What stands for a character in a shape, worked out when it is first met."""

    def __missing__(self, char: str) -> str:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "9" if char.isdigit() else char
        return self.setdefault(char, kind)


_LETTERS = _Letters()


class Candidates:
    """The words of a line that may belong to a name, in text order: `indices` of its words.

    What is kept of each word has `REACH` empty places before and behind.
    """

    def __init__(self, line: Line, verdicts: Iterable[Verdict]) -> None:
        self._line = line
        texts = _levelled(line)
        self.indices = tuple(_candidates(texts))
        self._words = [*_BEYOND, *texts, *_BEYOND]
        self._lowers = list(map(str.lower, self._words))
        self._verdicts = _marks(line, _of_verdicts(line, verdicts))
        self._names = _marks(line, _of_names(line))
        self._gaps = ["^"] * len(self._words)
        self._gaps[REACH : REACH + len(texts) - 1] = _gaps(line)

    def text(self, index: int) -> str:
        """Return a word of the line, as prose would write it."""
        return self._words[index + REACH]

    def lower(self, index: int) -> str:
        """Return a word of the line in small letters."""
        return self._lowers[index + REACH]

    def around(self, index: int) -> list[str]:
        """Return the words at the `OFFSETS` from a word."""
        return self._words[index : index + len(OFFSETS)]

    def here(self, index: int) -> tuple[str, ...]:
        """Return what the characters and words beside a word say, which seldom comes again."""
        at = index + REACH
        previous, lower, following = self._lowers[at - 1 : at + 2]
        before, after = self._gaps[at - 1], self._gaps[at]
        return (
            f"-| {before}",
            f"+| {after}",
            f"-w {before}{previous}",
            f"-ww {previous} {lower}",
            f"+ww {lower} {following}",
        )

    def facts(self, index: int) -> tuple[Fact, ...]:
        """Return what else is said for and against a word."""
        at = index + REACH
        verdicts, names, reader = self._verdicts, self._names, self._line.reader
        small = self._lowers[at] in reader.small_words
        demonym = reader.names.is_demonym(self._words[at])
        return (
            ("stretches", verdicts[at], names[at]),
            ("beside", -1, verdicts[at - 1][:1], names[at - 1][:1]),
            ("beside", 1, verdicts[at + 1][:1], names[at + 1][:1]),
            ("beside", 2, verdicts[at + 2][:1], names[at + 2][:1]),
            ("text", small, self._line.titled, demonym),
            ("run", *self._run(index)),
        )

    def features(self, index: int) -> Iterator[str]:
        """Yield all features of a word, as they are learnt from."""
        for rank, word in enumerate(self.around(index)):
            yield from of_word(word)[rank]
        yield from self.here(index)
        for fact in self.facts(index):
            yield from features(fact)

    def _run(self, index: int) -> tuple[str, int, str]:
        """Return head and first word of the capitals that a word stands among, but for itself."""
        first, last = self._ends[index]
        last, first = min(last, index + LONGEST), max(first, index - LONGEST)
        start = self.lower(first) if first < index else ""
        return self.lower(last), last - index, start

    @functools.cached_property
    def _ends(self) -> dict[int, tuple[int, int]]:
        """The first and the last of the words among which each candidate stands."""
        found: dict[int, tuple[int, int]] = {}
        run: list[int] = []
        for index in (*self.indices, len(self._words)):
            if run and (index > run[-1] + 1 or self._gaps[run[-1] + REACH] not in _CLOSE):
                found |= dict.fromkeys(run, (run[0], run[-1]))
                run = []
            run.append(index)
        return found


_BEYOND = [""] * REACH
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


def _gaps(line: Line) -> list[str]:
    """Return the first characters between each word and the next."""
    text = line.reader.text
    return [text[end:start][:3] for end, start in zip(line.ends, line.starts[1:], strict=False)]


# What is said of the first word of a stretch, and of each of the others.
Said = tuple[tuple[str, ...], tuple[str, ...]]


def _marks(line: Line, stretches: Iterable[tuple[range, Said]]) -> list[tuple[str, ...]]:
    """Return for each word what is said of the stretch that it is part of."""
    marks: list[tuple[str, ...]] = [()] * (len(line.texts) + 2 * REACH)
    for indices, (begin, inside) in stretches:
        for rank, index in enumerate(indices):
            marks[index + REACH] = inside if rank else begin
    return marks


def _of_verdicts(line: Line, verdicts: Iterable[Verdict]) -> Iterator[tuple[range, Said]]:
    for verdict in verdicts:
        hit = verdict.hit
        flags = (hit.strong, hit.asked_for, hit.unknown, hit.site) if hit else ()
        of_text = (verdict.in_list, verdict.person, verdict.place)
        yield line.inside(verdict.span), _judged(verdict.kind, flags, verdict.wanted, of_text)


def _of_names(line: Line) -> Iterator[tuple[range, Said]]:
    for unit in line.names:
        length = unit.end - unit.first
        yield range(unit.first, unit.end), _known(line.reader.names, unit.text, length)


def _placed(*said: str) -> Said:
    return tuple(f"{it} b" for it in said), tuple(f"{it} i" for it in said)


@functools.cache
def _judged(kind: Kind, flags: tuple[bool, ...], wanted: bool, of_text: tuple[bool, ...]) -> Said:
    """Return what the rules say of a stretch."""
    said = f"r {kind.name}{''.join(itertools.compress('SAUH', flags))}"
    return _placed(said, f"rw {wanted}", f"{said} {''.join(itertools.compress('LPC', of_text))}")


@functools.lru_cache(maxsize=20_000)
def _known(names: Names, name: str, length: int) -> Said:
    """Return what the gazetteer says of a name of so many words."""
    matches = names.matches(name)
    own = [match for match in matches if match.kind is not NameKind.ALTERNATE]
    best = _category(own[0]) if own else f"alternate {_category(matches[0])}"
    alternates = max((match.alternates for match in own), default=0)
    return _placed(
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
