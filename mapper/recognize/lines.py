"""A sentence cut into units, and the runs in which capitalised units stand together."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from mapper import lexicon
from mapper.gazetteer import NameKind
from mapper.model import Span
from mapper.text import word_bounds

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer, Match

__all__ = ["Line", "Names", "Reader", "Run", "Unit"]

# First and last unit of a run, both inclusive.
Run = tuple[int, int]

MAX_WORDS = 7
# So many names are remembered from text to text: the vocabulary of some hundred texts.
REMEMBERED = 5_000
# A line of prose that is broken by hand is no shorter than this; a list's often is.
WRAPPED = 40
# No name of anything has more units; what is longer is no sentence.
MAX_RUN = 30
# A town smaller than this is too obscure to be found without help from its context.
# Calibrated on news: more names bring more false hits than true ones.
STRONG_POPULATION = 15_000
# A town of this size is looked for where nothing has capitals; most towns of 15,000 have a
# word of the language for a namesake.
FAMOUS_POPULATION = 100_000
# A sentence with this share of capitals is set in capitals: they tell nothing.
SHOUTED_SHARE = 0.7
# A heading with this share of capitalised words is set in title case.
TITLE_CASE_SHARE = 0.75
# No well-known name has more words; a longer one is not looked for without capitals.
MAX_FLAT_WORDS = 4
SHORTEST_FLAT = 4
# "US", "Wash.", "NSW": names no longer than this may be abbreviations.
LONGEST_ABBREVIATION = 5
# "R-Texas", "DFL-Minneapolis".
LONGEST_PARTY = 3
# The source of the places in our own tables: each was put there because texts name it.
OWN_SOURCE = "mapper"

_COUNTRY_CODES = frozenset({"PCLI", "PCL", "PCLD", "PCLF", "PCLS", "PCLIX", "TERR"})
_GREAT_CODES = _COUNTRY_CODES | {"CONT", "ADM1", "PPLC"}
_REGION_CODES = _GREAT_CODES | {"PPLA"}
_CALENDAR = lexicon.MONTHS | lexicon.WEEKDAYS
_OPENERS = (lexicon.COMMON_WORDS - lexicon.GENERIC_HEADS - lexicon.TITLES) | lexicon.MOTION_OPENERS
_NO_FLAT_NAMES = _OPENERS | lexicon.GENERIC_HEADS | lexicon.GIVEN_NAMES | _CALENDAR
_JOINT = re.compile(r"[^\S\n]*\n?[^\S\n]*|[-‐‑–'’]")
_STOPPED_JOINT = re.compile(r"\.?[^\S\n]*\n?[^\S\n]*")
_BRIDGES = frozenset({"of", "de", "du", "del", "della", "di", "da", "do", "la", "le", "von", "bin"})
_DOTTED = frozenset(
    "st ste mt ft pt dr mr mrs ms prof gov govs sen sens rep reps gen col capt lt sgt".split()
)
_SMALL_WORD = re.compile(r"\b[^\W\d_]{3,}\b")


class Names:
    """What the gazetteer says of names, remembered from text to text."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        remember = functools.lru_cache(maxsize=REMEMBERED)
        self.knows = functools.lru_cache(maxsize=10 * REMEMBERED)(gazetteer.knows)
        self.matches = gazetteer.lookup
        self.is_demonym = remember(lambda name: bool(gazetteer.demonym(name)))
        self.is_country = remember(lambda name: self._any(name, _is_country))
        self.is_great = remember(lambda name: self._any(name, _is_great))
        self.is_region = remember(lambda name: self._any(name, _is_region))
        self.is_site = remember(lambda name: self._any(name, _is_site))
        self.is_famous = remember(lambda name: self._any(name, _is_famous))
        self.is_strong = remember(lambda name: self._any(name, _is_strong))
        self.is_abbreviation = remember(
            lambda name: len(name) <= LONGEST_ABBREVIATION and self._any(name, _is_short_for_area)
        )

    def _any(self, name: str, test: Callable[[Match], bool]) -> bool:
        return any(map(test, self.matches(name)))


# A process works with one gazetteer; a second one would be a test's.
_names = functools.lru_cache(maxsize=2)(Names)


class Reader:
    """The text, and what the gazetteer knows of its names."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.names = _names(gazetteer)

    @functools.cached_property
    def small_words(self) -> Set[str]:
        """Words that the text also writes without a capital: they are no surnames."""
        return {found for found in _SMALL_WORD.findall(self.text) if found.islower()}


def _is_country(match: Match) -> bool:
    return match.place.feature_code in _COUNTRY_CODES


def _is_great(match: Match) -> bool:
    """Whether a continent, a country, a first-level area or a capital has the name as its own."""
    return match.place.feature_code in _GREAT_CODES and match.kind is not NameKind.ALTERNATE


def _is_region(match: Match) -> bool:
    """Whether a country, a first-level area or the seat of one has the name."""
    return match.place.feature_code in _REGION_CODES


def _is_site(match: Match) -> bool:
    """Whether something that is neither a town nor an area has the name."""
    return match.place.feature_class not in ("P", "A")


def _is_short_for_area(match: Match) -> bool:
    """Whether the name is short for a first-level area: "Wash", "Calif."."""
    return match.kind is NameKind.ALIAS and match.place.feature_code == "ADM1"


def _is_famous(match: Match) -> bool:
    """Whether the name is so well known that it needs no capital."""
    own_name = match.kind in (NameKind.PREFERRED, NameKind.ALIAS)
    great = match.place.feature_code in _GREAT_CODES and len(match.name) >= SHORTEST_FLAT
    landmark = match.place.source == OWN_SOURCE and " " in match.name
    return own_name and (great or landmark or match.place.population >= FAMOUS_POPULATION)


def _is_strong(match: Match) -> bool:
    """Whether the name is known well enough to be found without its context."""
    place = match.place
    if place.feature_code in _REGION_CODES or place.source == OWN_SOURCE:
        return True
    own_name = match.kind in (NameKind.PREFERRED, NameKind.ALIAS)
    return own_name and place.population >= STRONG_POPULATION


class Unit(NamedTuple):
    """Consecutive words: a name that the gazetteer knows, or a single other word.

    `start` and `stop` are a half-open range of the characters of the text, `first` and
    `end` one of the words of the line.
    """

    start: int
    stop: int
    text: str
    lower: str
    capital: bool
    known: bool
    first: int
    end: int


# Without the detour by `Unit.__new__`: a text has as many units as words.
_unit: Callable[[Iterable[object]], Unit] = functools.partial(tuple.__new__, Unit)


class Line:
    """One sentence: its units, and what stands between them.

    `starts`, `ends` and `texts` are those of its words, `names` the units that are known.
    """

    def __init__(self, reader: Reader, span: Span) -> None:
        self.reader = reader
        self.span = span
        text, sentence = reader.text, span.of(reader.text)
        bounds = word_bounds(text, span)
        self.starts = [start for start, _ in bounds]
        self.ends = [end for _, end in bounds]
        self.texts = [text[start:end] for start, end in bounds]
        self.flat = sentence.islower()
        capitals = self._well_known() if self.flat else [text[0].isupper() for text in self.texts]
        count = sum(capitals)
        self.shouted = count > len(capitals) / 2 and _shouted(sentence)
        self.titled = not sentence.endswith(".") and (
            count >= TITLE_CASE_SHARE * max(len(capitals), 4)
        )
        self.units = self._cut(capitals)
        self.names = [unit for unit in self.units if unit.known]

    def runs(self) -> Iterator[Run]:
        """Yield each run of capitalised units, without what only stands beside the name."""
        start = 0
        while start < len(self.units):
            if not self.units[start].capital:
                start += 1
                continue
            end = self._run_end(start)
            yield self._trimmed((start, end))
            start = end + 1

    def find(self, run: Run, wanted: Set[str]) -> int | None:
        """Return the first unit of the run that is one of these words."""
        first, last = run
        return next((i for i in range(first, last + 1) if self.units[i].lower in wanted), None)

    def covered(self, run: Run) -> Span:
        """Return the characters of a run."""
        return Span(self.units[run[0]].start, self.units[run[1]].stop)

    def between(self, left: int, right: int) -> str:
        """Return the characters between two units."""
        return self.reader.text[self.units[left].stop : self.units[right].start]

    def before(self, index: int) -> str:
        """Return the word before a unit, past an article."""
        while index > 0 and self.units[index - 1].lower in ("the", "nearby", "downtown"):
            index -= 1
        return self.units[index - 1].lower if index > 0 else ""

    def is_bound(self, index: int) -> bool:
        """Whether a word and the next are of one name that the gazetteer knows."""
        return index in self._bound

    def inside(self, span: Span) -> range:
        """Return the indices of the words that begin in a stretch of the text."""
        first = bisect.bisect_left(self.starts, span.start)
        return range(first, bisect.bisect_left(self.starts, span.end, first))

    def linked(self, index: int) -> bool:
        """Whether a word and the next may be of one name."""
        return self._joined(self.starts[index], self.ends[index], self.starts[index + 1])

    def joined(self, index: int) -> bool:
        """Whether only a space, a hyphen, or the dot of an abbreviation follows a unit.

        The end of a line joins where the line was only broken for its width.
        """
        left = self.units[index]
        return self._joined(left.start, left.stop, self.units[index + 1].start)

    @functools.cached_property
    def _bound(self) -> Set[int]:
        return {index for unit in self.names for index in range(unit.first, unit.end - 1)}

    def _joined(self, start: int, end: int, following: int) -> bool:
        if "\n" in self.reader.text[end:following] and not self._is_wrapped(end):
            return False
        return self._touch(start, end, following)

    def _touch(self, start: int, end: int, following: int) -> bool:
        between = self.reader.text[end:following]
        if between == " " or _JOINT.fullmatch(between):
            return True
        stopped = end - start == 1 or self.reader.text[start:end].lower() in _DOTTED
        return stopped and bool(_STOPPED_JOINT.fullmatch(between))

    def _is_wrapped(self, end: int) -> bool:
        """Whether a line is so long before a word's end that it was broken for its width alone."""
        start = self.reader.text.rfind("\n", max(end - WRAPPED, 0), end)
        return start < 0 and end >= WRAPPED

    def _well_known(self) -> list[bool]:
        """Return which words of a line without capitals are in names that are well known."""
        capitals = [False] * len(self.texts)
        start = 0
        while start < len(self.texts):
            end = self._well_known_until(start)
            capitals[start:end] = [True] * (end - start)
            start = max(end, start + 1)
        return capitals

    def _well_known_until(self, start: int) -> int:
        limit = min(start + MAX_FLAT_WORDS, len(self.texts))
        for end in range(limit, start, -1):
            words = self.texts[start:end]
            common = all(word in _NO_FLAT_NAMES for word in words)
            if not common and self.reader.names.is_famous(" ".join(words)):
                return end
        return start

    def _cut(self, capitals: Sequence[bool]) -> list[Unit]:
        """Return the known names among the words, and the other words alone."""
        alone = self._alone(capitals)
        units: list[Unit] = []
        done = 0
        for start in itertools.compress(range(len(alone)), capitals):
            if start >= done and (end := self._known_until(start, capitals)):
                units += alone[done:start]
                units.append(self._known(start, end))
                done = end
        return units + alone[done:]

    def _alone(self, capitals: Sequence[bool]) -> list[Unit]:
        """Return each word as a unit that nobody knows."""
        columns = (
            self.starts,
            self.ends,
            self.texts,
            map(_lowered, self.texts),
            capitals,
            itertools.repeat(False),
            itertools.count(),
            itertools.count(1),
        )
        return list(map(_unit, zip(*columns, strict=False)))

    def _known(self, first: int, end: int) -> Unit:
        start, stop = self.starts[first], self.ends[end - 1]
        text = self.reader.text[start:stop]
        return Unit(start, stop, text, _lowered(text), True, True, first, end)

    def _known_until(self, start: int, capitals: Sequence[bool]) -> int:
        """Return where the longest known name from `start` ends, or 0."""
        for end in range(self._reach(start, capitals), start, -1):
            name = self.reader.text[self.starts[start] : self.ends[end - 1]]
            if capitals[end - 1] and self.reader.names.knows(name) and not self._has_article(name):
                return end
        return 0

    def _has_article(self, name: str) -> bool:
        """Whether a name begins with an article that is no part of it, as "The Hague"'s is."""
        article, _, rest = name.partition(" ")
        if article not in ("The", "THE") or not rest:
            return False
        return not any(
            match.name.lower().startswith("the ") and _is_strong(match)
            for match in self.reader.names.matches(name)
        )

    def _reach(self, start: int, capitals: Sequence[bool]) -> int:
        end = start + 1
        limit = min(start + MAX_WORDS, len(self.texts))
        while end < limit and self._touch(
            self.starts[end - 1], self.ends[end - 1], self.starts[end]
        ):
            if not capitals[end] and self.texts[end].lower() not in lexicon.CONNECTORS:
                break
            end += 1
        return end

    def _run_end(self, start: int) -> int:
        end = start
        while (following := self._next_in_run(end)) is not None and end < start + MAX_RUN:
            end = following
        return end

    def _next_in_run(self, last: int) -> int | None:
        step = last + 1
        while step < len(self.units) and self.joined(step - 1):
            if self.units[step].capital:
                return step if step == last + 1 or not self.titled else None
            if self.units[step].lower not in _BRIDGES | {"the"} or step > last + 2:
                return None
            step += 1
        return None

    def _trimmed(self, run: Run) -> Run:
        """Take off what only stands beside the name: "In", "Russian", "Monday", "R-"."""
        first, last = run
        if first < last and self.units[first].lower == "the":
            first += 1
        if self.find(run, lexicon.INSTITUTION_HEADS) is not None:
            return first, last
        while first < last and (self._is_explained(first) or self._is_party_letter(first)):
            first += 1
        while first < last and self._is_explained(last):
            last -= 1
        return first, last

    def _is_party_letter(self, index: int) -> bool:
        """Whether a unit is the party of "R-Texas"."""
        text = self.units[index].text
        party = (
            len(text) <= LONGEST_PARTY and text.isupper() and not self.reader.names.is_country(text)
        )
        return party and self.between(index, index + 1) == "-"

    def _is_explained(self, index: int) -> bool:
        unit = self.units[index]
        if unit.lower in _CALENDAR or self.reader.names.is_demonym(unit.text):
            return True
        if unit.known and " " in unit.text:
            return False
        return index == 0 and unit.lower in _OPENERS


@functools.lru_cache(maxsize=10 * REMEMBERED)
def _lowered(text: str) -> str:
    return text.lower().rstrip(".")


def _shouted(sentence: str) -> bool:
    letters = sum(map(str.isalpha, sentence))
    return sum(map(str.isupper, sentence)) > SHOUTED_SHARE * max(letters, 8)
