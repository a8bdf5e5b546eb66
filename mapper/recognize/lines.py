"""A sentence cut into units, and the runs in which capitalised units stand together."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from mapper import lexicon
from mapper.gazetteer import NameKind
from mapper.model import Span
from mapper.text import words

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer, Match

__all__ = ["Line", "Reader", "Run", "Unit"]

# First and last unit of a run, both inclusive.
Run = tuple[int, int]

MAX_WORDS = 7
# No name of anything has more units; what is longer is no sentence.
MAX_RUN = 30
# A town smaller than this is too obscure to be found without help from its context.
# Calibrated on news: more names bring more false hits than true ones.
STRONG_POPULATION = 15_000
# A sentence with this share of capitals is set in capitals: they tell nothing.
SHOUTED_SHARE = 0.7
# A heading with this share of capitalised words is set in title case.
TITLE_CASE_SHARE = 0.75
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
_OPENERS = lexicon.COMMON_WORDS - lexicon.GENERIC_HEADS - lexicon.TITLES
_JOINT = re.compile(r"[^\S\n]*\n?[^\S\n]*|[-‐‑–'’]")
_STOPPED_JOINT = re.compile(r"\.?[^\S\n]*\n?[^\S\n]*")
_BRIDGES = frozenset({"of", "de", "du", "del", "della", "di", "da", "do", "la", "le", "von", "bin"})
_DOTTED = frozenset(
    "st ste mt ft pt dr mr mrs ms prof gov govs sen sens rep reps gen col capt lt sgt".split()
)
_SMALL_WORD = re.compile(r"\b[^\W\d_]{3,}\b")


class Reader:
    """The text and the gazetteer, with the answers that were given before."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.knows = functools.cache(gazetteer.knows)
        self.matches = functools.cache(gazetteer.lookup)
        self._demonym = functools.cache(gazetteer.demonym)

    @functools.cached_property
    def small_words(self) -> Set[str]:
        """Words that the text also writes without a capital: they are no surnames."""
        return {found for found in _SMALL_WORD.findall(self.text) if found.islower()}

    def is_demonym(self, name: str) -> bool:
        """Whether a word speaks of a people: "Russian"."""
        return bool(self._demonym(name))

    def is_country(self, name: str) -> bool:
        """Whether a country has this name."""
        return any(match.place.feature_code in _COUNTRY_CODES for match in self.matches(name))

    def is_great(self, name: str) -> bool:
        """Whether the name is a continent's, a country's, a first-level area's or a capital's."""
        return any(
            match.place.feature_code in _GREAT_CODES and match.kind is not NameKind.ALTERNATE
            for match in self.matches(name)
        )

    def is_region(self, name: str) -> bool:
        """Whether a country, a first-level area or the seat of one has this name."""
        return any(match.place.feature_code in _REGION_CODES for match in self.matches(name))

    def is_strong(self, name: str) -> bool:
        """Whether the name is known well enough to be found without its context."""
        return any(_is_strong(match) for match in self.matches(name))

    def is_abbreviation(self, name: str) -> bool:
        """Whether the name is short for a first-level area: "Wash", "Calif."."""
        return len(name) <= LONGEST_ABBREVIATION and any(
            match.kind is NameKind.ALIAS and match.place.feature_code == "ADM1"
            for match in self.matches(name)
        )


def _is_strong(match: Match) -> bool:
    place = match.place
    if place.feature_code in _REGION_CODES or place.source == OWN_SOURCE:
        return True
    own_name = match.kind in (NameKind.PREFERRED, NameKind.ALIAS)
    return own_name and place.population >= STRONG_POPULATION


@dataclasses.dataclass(frozen=True, slots=True)
class Unit:
    """Consecutive words: a name that the gazetteer knows, or a single other word."""

    span: Span
    text: str
    lower: str
    capital: bool
    known: bool


class Line:
    """One sentence: its units, and what stands between them."""

    def __init__(self, reader: Reader, span: Span) -> None:
        self.reader = reader
        self.span = span
        self._words = words(reader.text, span)
        capitals = [word.of(reader.text)[0].isupper() for word in self._words]
        self.shouted = _shouted(span.of(reader.text))
        self.titled = not span.of(reader.text).endswith(".") and (
            sum(capitals) >= TITLE_CASE_SHARE * max(len(capitals), 4)
        )
        self.units = tuple(self._cut(capitals))

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
        return Span(self.units[run[0]].span.start, self.units[run[1]].span.end)

    def between(self, left: int, right: int) -> str:
        """Return the characters between two units."""
        return self.reader.text[self.units[left].span.end : self.units[right].span.start]

    def before(self, index: int) -> str:
        """Return the word before a unit, past an article."""
        while index > 0 and self.units[index - 1].lower in ("the", "nearby", "downtown"):
            index -= 1
        return self.units[index - 1].lower if index > 0 else ""

    def joined(self, left: Span, right: Span) -> bool:
        """Whether only a space, a hyphen, or the dot of an abbreviation lies between."""
        between = self.reader.text[left.end : right.start]
        word = left.of(self.reader.text)
        if _JOINT.fullmatch(between):
            return True
        stopped = word.lower() in _DOTTED or len(word) == 1
        return stopped and bool(_STOPPED_JOINT.fullmatch(between))

    def _cut(self, capitals: Sequence[bool]) -> Iterator[Unit]:
        start = 0
        while start < len(self._words):
            end = self._known_until(start, capitals)
            yield self._unit(start, end or start + 1, capitals[start], known=bool(end))
            start = end or start + 1

    def _unit(self, start: int, end: int, capital: bool, *, known: bool) -> Unit:
        span = Span(self._words[start].start, self._words[end - 1].end)
        text = span.of(self.reader.text)
        return Unit(span, text, text.lower().rstrip("."), capital, known)

    def _known_until(self, start: int, capitals: Sequence[bool]) -> int:
        """Return where the longest known name from `start` ends, or 0."""
        if not capitals[start]:
            return 0
        for end in range(self._reach(start, capitals), start, -1):
            span = Span(self._words[start].start, self._words[end - 1].end)
            name = span.of(self.reader.text)
            if capitals[end - 1] and self.reader.knows(name) and not self._has_article(name):
                return end
        return 0

    def _has_article(self, name: str) -> bool:
        """Whether a name begins with an article that is no part of it, as "The Hague"'s is."""
        article, _, rest = name.partition(" ")
        if article not in ("The", "THE") or not rest:
            return False
        return not any(match.name.lower().startswith("the ") for match in self.reader.matches(name))

    def _reach(self, start: int, capitals: Sequence[bool]) -> int:
        end = start + 1
        limit = min(start + MAX_WORDS, len(self._words))
        while end < limit and self.joined(self._words[end - 1], self._words[end]):
            lower = self._words[end].of(self.reader.text).lower()
            if not capitals[end] and lower not in lexicon.CONNECTORS:
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
        while step < len(self.units) and self.joined(
            self.units[step - 1].span, self.units[step].span
        ):
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
        party = len(text) <= LONGEST_PARTY and text.isupper() and not self.reader.is_country(text)
        return party and self.between(index, index + 1) == "-"

    def _is_explained(self, index: int) -> bool:
        unit = self.units[index]
        if unit.lower in _CALENDAR or self.reader.is_demonym(unit.text):
            return True
        if unit.known and " " in unit.text:
            return False
        return index == 0 and unit.lower in _OPENERS


def _shouted(sentence: str) -> bool:
    letters = [letter for letter in sentence if letter.isalpha()]
    return sum(map(str.isupper, letters)) > SHOUTED_SHARE * max(len(letters), 8)
