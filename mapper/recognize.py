"""Place names in a document: a dictionary kept in check by the words around.

1. Every capitalised sequence that the gazetteer knows becomes a *unit*.
2. Units and other capitalised words that stand together form a *run*: "President
   Vladimir Putin", "Vostok Station", "Bank of America".
3. A run is a person, an organisation, a site, or a bare place; only the last
   two give a toponym. Words of a person's name count as names wherever they
   stand alone, so that a surname is no town.
4. A bare place that is small, or whose name is a common word, must be asked for
   by its context: a preposition of place, a list, or the region after it.
5. An unknown name right after a verb of motion is a place too: it is better to
   show it unresolved than to lose it.
"""

from __future__ import annotations

import dataclasses
import enum
import itertools
import re
from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from mapper import lexicon
from mapper.gazetteer import NameKind
from mapper.model import Document, SectionKind, Span, Toponym
from mapper.text import sentences, words

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer, Match

__all__ = ["recognize"]

RECOGNIZER = "rules"

MAX_WORDS = 7
# A town smaller than this is too obscure to be found without help from its context.
# Calibrated on news: more names bring more false hits than true ones.
STRONG_POPULATION = 15_000
# A sentence with this share of capitals is set in capitals: they tell nothing.
SHOUTED_SHARE = 0.7
# A heading with this share of capitalised words is set in title case.
TITLE_CASE_SHARE = 0.75

# The source of the places in our own tables: each was put there because texts name it.
OWN_SOURCE = "mapper"

_CALENDAR = lexicon.MONTHS | lexicon.WEEKDAYS
_NO_PLACE = lexicon.COMMON_WORDS | lexicon.TITLES | lexicon.ORGANIZATION_HEADS | lexicon.GIVEN_NAMES
# "the town of X", "the streets of X"
_OF_WHAT = frozenset(
    "capital hub outskirts suburb suburbs streets shores banks coast towns cities villages "
    "airspace waters north south east west part parts".split()
)
_SILENT = frozenset({SectionKind.NAVIGATION, SectionKind.DATE, SectionKind.CREDIT})
_JOINT = re.compile(r"[^\S\n]*\n?[^\S\n]*|[-‐‑–'’]")
_STOPPED_JOINT = re.compile(r"\.?[^\S\n]*\n?[^\S\n]*")
_LIST_JOINT = re.compile(
    r"\s*(?:,|;|/|–|-|→|->|,?\s+(?:and|or|to|via)\b)\s*(?:the\s+)?", re.IGNORECASE
)
_COMMA = re.compile(r",\s*")
_BRIDGES = frozenset({"of", "de", "du", "del", "della", "di", "da", "do", "la", "le", "von", "bin"})
_DOTTED = frozenset("st ste mt ft pt dr mr mrs ms prof gov sen rep gen col capt lt sgt".split())
_FACILITIES = frozenset("airport airfield aerodrome airbase cosmodrome spaceport".split())
_COUNTRY_CODES = frozenset({"PCLI", "PCL", "PCLD", "PCLF", "PCLS", "PCLIX", "TERR"})
_STRONG_CODES = _COUNTRY_CODES | {"CONT", "ADM1", "PPLC", "PPLA"}
# After one of these even a surname that is a town's name is the town.
_SPATIAL = frozenset("in at near into through via around across throughout outside inside".split())
_MOTION = re.compile(
    r"\b(?:arriv(?:e[sd]?|ing)|reach(?:e[sd]|ing)?|enter(?:s|ed|ing)?|le(?:ft|ave|aves|aving)"
    r"|land(?:s|ed|ing)|sail(?:s|ed|ing)|fl(?:ew|ies|y|ying)|dr(?:ove|ives?|iving)"
    r"|rode|rid(?:es?|ing)|walk(?:s|ed|ing)?|cycl(?:es?|ed|ing)|travel(?:s|led|ed|ling|ing)?"
    r"|return(?:s|ed|ing)?|visit(?:s|ed|ing)?|went|march(?:e[sd]|ing)|proceed(?:s|ed|ing)?"
    r"|depart(?:s|ed|ing)?|camp(?:s|ed|ing)|anchor(?:s|ed|ing)?)"
    r"(?: back| on| out| up| down| over| off| again)?"
    r"(?: in| at| to| into| for| from| through| via| near| towards?)?(?: the)?\s$"
)
# How far back from a name its verb of motion may begin.
_MOTION_REACH = 40


class _Kind(enum.Enum):
    PLACE = enum.auto()
    SITE = enum.auto()
    PERSON = enum.auto()
    OTHER = enum.auto()


@dataclasses.dataclass(frozen=True, slots=True)
class _Unit:
    """Consecutive words: a name that the gazetteer knows, or a single other word."""

    span: Span
    text: str
    lower: str
    capital: bool
    known: bool


@dataclasses.dataclass(frozen=True, slots=True)
class _Hit:
    """A toponym to be, with what speaks for it."""

    span: Span
    strong: bool
    asked_for: bool
    site: bool = False
    unknown: bool = False

    @property
    def score(self) -> float:
        """How sure the name is a place, 0 to 1: by judgement, not yet by gold."""
        if self.unknown:
            return 0.4
        if self.site:
            return 0.6
        return 0.5 + 0.3 * self.strong + 0.15 * self.asked_for


def recognize(document: Document, *, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the place names of `document` in text order, none overlapping another.

    Navigation, date lines and credits are left out: they are no text. The score
    is 0 to 1: how much the gazetteer and the context say for a place name.
    """
    kept = [section for section in document.sections if section.kind not in _SILENT]
    if document.sections and not kept:
        return ()
    reader = _Reader(document.text, gazetteer)
    lines = [_Line(reader, span) for span in sentences(document.text, sections=kept)]
    people = frozenset(name for line in lines for name in line.people())
    hits = [hit for line in lines for hit in line.hits(people)]
    return tuple(_toponym(document.text, hit) for hit in hits)


def _toponym(text: str, hit: _Hit) -> Toponym:
    name = hit.span.of(text)
    return Toponym(
        span=hit.span,
        text=name,
        normalized=" ".join(name.split()),
        score=hit.score,
        recognizer=RECOGNIZER,
    )


class _Reader:
    """The text and the gazetteer, with the answers that were given before."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self._gazetteer = gazetteer
        self._known: dict[str, bool] = {}
        self._matches: dict[str, tuple[Match, ...]] = {}

    def knows(self, name: str) -> bool:
        if name not in self._known:
            self._known[name] = self._gazetteer.knows(name)
        return self._known[name]

    def matches(self, name: str) -> tuple[Match, ...]:
        if name not in self._matches:
            self._matches[name] = self._gazetteer.lookup(name)
        return self._matches[name]

    def is_demonym(self, name: str) -> bool:
        return bool(self._gazetteer.demonym(name))

    def is_country(self, name: str) -> bool:
        return any(match.place.feature_code in _COUNTRY_CODES for match in self.matches(name))

    def is_region(self, name: str) -> bool:
        return any(match.place.feature_code in _STRONG_CODES for match in self.matches(name))

    def is_strong(self, name: str) -> bool:
        """Whether the name is known well enough to be found without its context."""
        return any(_is_strong(match) for match in self.matches(name))


def _is_strong(match: Match) -> bool:
    place = match.place
    if place.feature_code in _STRONG_CODES or place.source == OWN_SOURCE:
        return True
    own_name = match.kind in (NameKind.PREFERRED, NameKind.ALIAS)
    return own_name and place.population >= STRONG_POPULATION


class _Line:
    """One sentence: its units, and the runs in which they stand together."""

    def __init__(self, reader: _Reader, span: Span) -> None:
        self._reader = reader
        self._span = span
        self._words = words(reader.text, span)
        capitals = [self._is_capital(word) for word in self._words]
        self._shouted = _shouted(span.of(reader.text))
        self._titled = sum(capitals) >= TITLE_CASE_SHARE * max(len(capitals), 4)
        self._units = tuple(self._cut(capitals))
        self._judged = [part for run in self._runs() for part in self._judge(self._trimmed(run))]

    def people(self) -> Iterator[str]:
        """Yield the words of the names of persons, in lower case."""
        for kind, first, last in self._judged:
            if kind is _Kind.PERSON:
                names = (unit.lower for unit in self._units[first : last + 1])
                yield from (n for part in names for n in part.split() if len(n) > 1)

    def hits(self, people: Set[str]) -> list[_Hit]:
        """Return the toponyms of the sentence, given the names of persons in the text."""
        found = [self._hit(kind, first, last) for kind, first, last in self._judged]
        listed = [self._in_list(i) for i in range(len(self._judged))]
        return [
            hit
            for (kind, first, last), hit, near in zip(self._judged, found, listed, strict=True)
            if hit and self._is_wanted(kind, first, hit, people, in_list=near)
        ]

    def _is_capital(self, word: Span) -> bool:
        return word.of(self._reader.text)[0].isupper()

    def _cut(self, capitals: Sequence[bool]) -> Iterator[_Unit]:
        start = 0
        while start < len(self._words):
            end = self._known_until(start, capitals)
            yield self._unit(start, end or start + 1, capitals[start], known=bool(end))
            start = end or start + 1

    def _unit(self, start: int, end: int, capital: bool, *, known: bool) -> _Unit:
        span = Span(self._words[start].start, self._words[end - 1].end)
        text = span.of(self._reader.text)
        return _Unit(span, text, text.lower().rstrip("."), capital, known)

    def _known_until(self, start: int, capitals: Sequence[bool]) -> int:
        """Return where the longest known name from `start` ends, or 0."""
        if not capitals[start]:
            return 0
        for end in range(self._reach(start, capitals), start, -1):
            name = Span(self._words[start].start, self._words[end - 1].end)
            if capitals[end - 1] and self._reader.knows(name.of(self._reader.text)):
                return end
        return 0

    def _reach(self, start: int, capitals: Sequence[bool]) -> int:
        end = start + 1
        limit = min(start + MAX_WORDS, len(self._words))
        while end < limit and self._joined(self._words[end - 1], self._words[end]):
            lower = self._words[end].of(self._reader.text).lower()
            if not capitals[end] and lower not in lexicon.CONNECTORS:
                break
            end += 1
        return end

    def _joined(self, left: Span, right: Span) -> bool:
        between = self._reader.text[left.end : right.start]
        word = left.of(self._reader.text)
        stopped = word.lower() in _DOTTED or len(word) == 1
        return bool((_STOPPED_JOINT if stopped else _JOINT).fullmatch(between)) or bool(
            _JOINT.fullmatch(between)
        )

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Yield first and last unit of each run of capitalised units."""
        start = 0
        while start < len(self._units):
            if not self._units[start].capital:
                start += 1
                continue
            end = self._run_end(start)
            yield start, end
            start = end + 1

    def _run_end(self, start: int) -> int:
        end = start
        while (following := self._next_in_run(end)) is not None:
            end = following
        return end

    def _next_in_run(self, last: int) -> int | None:
        step = last + 1
        while step < len(self._units) and self._joined(
            self._units[step - 1].span, self._units[step].span
        ):
            if self._units[step].capital:
                return step if step == last + 1 or not self._titled else None
            if self._units[step].lower not in _BRIDGES | {"the"} or step > last + 2:
                return None
            step += 1
        return None

    def _trimmed(self, run: tuple[int, int]) -> tuple[int, int]:
        """Take off what only stands beside the name: "In", "Russian", "Monday"."""
        first, last = run
        if self._find(run, lexicon.INSTITUTION_HEADS) is not None:
            return run
        while first < last and self._is_explained(first):
            first += 1
        while first < last and self._is_explained(last):
            last -= 1
        return first, last

    def _capital_ends(self, run: tuple[int, int]) -> tuple[int, int]:
        """Take the connectors off both ends."""
        first, last = run
        while first <= last and not self._units[first].capital:
            first += 1
        while first <= last and not self._units[last].capital:
            last -= 1
        return first, last

    def _is_explained(self, index: int) -> bool:
        unit = self._units[index]
        if unit.lower in _CALENDAR or self._reader.is_demonym(unit.text):
            return True
        if unit.known and " " in unit.text:
            return False
        return index == 0 and unit.lower in lexicon.COMMON_WORDS - lexicon.GENERIC_HEADS

    def _judge(self, run: tuple[int, int]) -> Iterator[tuple[_Kind, int, int]]:
        first, last = self._capital_ends(run)
        run, units = (first, last), self._units[first : last + 1]
        if not units:
            return
        if self._shouted or (self._titled and len(units) > 1):
            yield from ((_Kind.PLACE, i, i) for i in range(first, last + 1) if self._units[i].known)
        elif len(units) == 1:
            yield (_Kind.PLACE if units[0].known else _Kind.OTHER), first, last
        elif (title := self._find(run, lexicon.TITLES)) is not None:
            yield from self._judge_titled(first, title, last)
        elif self._is_site(run):
            yield _Kind.SITE, first, last
        elif self._find(run, lexicon.ORGANIZATION_HEADS) is not None:
            if units[0].known and self._reader.is_country(units[0].text):
                yield _Kind.PLACE, first, first
        elif all(unit.known for unit in units) and self._hyphenated(run):
            yield from ((_Kind.PLACE, i, i) for i in range(first, last + 1))
        elif units[0].lower in lexicon.DIRECTIONS:
            yield from self._judge((first + 1, last))
        else:
            yield from self._judge_unexplained(first, last)

    def _judge_titled(self, first: int, title: int, last: int) -> Iterator[tuple[_Kind, int, int]]:
        """Part "Chicago Mayor Jane Doe" and "President of Chile" at the title."""
        if title > first:
            yield from self._judge(self._trimmed((first, title - 1)))
        after = title + 1
        if after > last:
            return
        if self._units[after].capital:
            yield _Kind.PERSON, after, last
        else:
            yield from self._judge((after, last))

    def _judge_unexplained(self, first: int, last: int) -> Iterator[tuple[_Kind, int, int]]:
        """Read capitalised words without a head: "Jane Doe", or "Jane Doe of Chicago"."""
        bridge = next((i for i in range(first, last) if self._units[i].lower == "of"), None)
        if bridge is None and self._is_short_country(first):
            yield _Kind.PLACE, first, first
            yield from self._judge(self._trimmed((first + 1, last)))
            return
        if bridge is None:
            yield _Kind.PERSON, first, last
            return
        yield from self._judge((first, bridge - 1))
        yield from self._judge((bridge + 1, last))

    def _is_short_country(self, index: int) -> bool:
        """Whether a unit is a country's abbreviation: "U.S." is no part of a name."""
        text = self._units[index].text
        return text.isupper() and len(text) <= 5 and self._reader.is_country(text)

    def _find(self, run: tuple[int, int], wanted: Set[str]) -> int | None:
        first, last = run
        return next((i for i in range(first, last + 1) if self._units[i].lower in wanted), None)

    def _is_site(self, run: tuple[int, int]) -> bool:
        units = self._units[run[0] : run[1] + 1]
        heads = lexicon.GENERIC_HEADS | lexicon.INSTITUTION_HEADS
        if units[-1].lower in heads or units[0].lower in lexicon.LEADING_HEADS:
            return True
        return any(
            unit.lower in heads and following.lower == "of"
            for unit, following in itertools.pairwise(units)
        )

    def _hyphenated(self, run: tuple[int, int]) -> bool:
        units = self._units[run[0] : run[1] + 1]
        gaps = (
            self._reader.text[left.span.end : right.span.start]
            for left, right in itertools.pairwise(units)
        )
        return all(gap and gap in "-‐‑–" for gap in gaps)

    def _hit(self, kind: _Kind, first: int, last: int) -> _Hit | None:
        span = Span(self._units[first].span.start, self._units[last].span.end)
        name = span.of(self._reader.text)
        asked_for = self._is_asked_for(first, last)
        if kind in (_Kind.PLACE, _Kind.SITE):
            span = self._with_facility(span, last)
            site = kind is _Kind.SITE or span.end > self._units[last].span.end
            strong = not site and self._reader.is_strong(name)
            return _Hit(span, strong=strong, asked_for=asked_for, site=site)
        if self._follows_motion(first) and self._may_be_unknown(first, last):
            return _Hit(span, strong=False, asked_for=True, unknown=True)
        return None

    def _with_facility(self, span: Span, last: int) -> Span:
        """Take in "airfield" of "the Someplace airfield": it is not the town that is meant."""
        if last + 1 < len(self._units) and self._units[last + 1].lower in _FACILITIES:
            head = self._units[last + 1].span
            if self._joined(self._units[last].span, head):
                return Span(span.start, head.end)
        return span

    def _follows_motion(self, first: int) -> bool:
        start = self._units[first].span.start
        before = self._reader.text[max(self._span.start, start - _MOTION_REACH) : start]
        return bool(_MOTION.search(before))

    def _may_be_unknown(self, first: int, last: int) -> bool:
        units = self._units[first : last + 1]
        common = any(
            unit.lower in _NO_PLACE or self._reader.is_demonym(unit.text) for unit in units
        )
        return first > 0 and not common and len(units) <= 3

    def _is_asked_for(self, first: int, last: int) -> bool:
        before = self._before(first)
        if before in lexicon.LOCATIVES or (before == "of" and self._before(first - 1)):
            return before != "of" or self._before(first - 1) in lexicon.GENERIC_HEADS | _OF_WHAT
        return self._has_container(last)

    def _before(self, index: int) -> str:
        """Return the word before a unit, past an article."""
        while index > 0 and self._units[index - 1].lower in ("the", "nearby", "downtown"):
            index -= 1
        return self._units[index - 1].lower if index > 0 else ""

    def _has_container(self, last: int) -> bool:
        """Whether ", Region" or ", Country" follows."""
        if last + 1 >= len(self._units):
            return False
        unit, following = self._units[last], self._units[last + 1]
        between = self._reader.text[unit.span.end : following.span.start]
        return bool(_COMMA.fullmatch(between)) and (
            following.known and self._reader.is_region(following.text)
        )

    def _in_list(self, index: int) -> bool:
        """Whether a strong place stands before or after in a list."""
        return any(
            0 <= other < len(self._judged) and self._listed_with(index, other)
            for other in (index - 1, index + 1)
        )

    def _listed_with(self, index: int, other: int) -> bool:
        kind, first, last = self._judged[other]
        _, own_first, own_last = self._judged[index]
        left, right = (last, own_first) if other < index else (own_last, first)
        between = self._reader.text[self._units[left].span.end : self._units[right].span.start]
        name = Span(self._units[first].span.start, self._units[last].span.end)
        strong = kind is _Kind.PLACE and self._reader.is_strong(name.of(self._reader.text))
        return strong and bool(_LIST_JOINT.fullmatch(between))

    def _is_wanted(
        self, kind: _Kind, first: int, hit: _Hit, people: Set[str], *, in_list: bool
    ) -> bool:
        unit = self._units[first]
        if hit.unknown or kind is _Kind.SITE:
            return unit.lower not in people
        name = hit.span.of(self._reader.text)
        single = not re.search(r"\W", name)
        if single and (unit.lower in _CALENDAR or self._reader.is_demonym(name)):
            return False
        if unit.lower in people:
            return hit.strong and (in_list or self._before(first) in _SPATIAL)
        if unit.lower.removeprefix("the ") in lexicon.DIRECTIONS:
            return False
        if single and unit.lower in lexicon.COMMON_WORDS | lexicon.TITLES:
            return hit.strong and hit.asked_for and first > 0 and not self._titled
        if hit.strong:
            return not (self._shouted and len(name) < 4)
        return (hit.asked_for or in_list) and not self._shouted and not self._speaks(first)

    def _speaks(self, index: int) -> bool:
        following = self._units[index + 1 : index + 2]
        return any(unit.lower in lexicon.SPEECH_VERBS for unit in following)


def _shouted(sentence: str) -> bool:
    letters = [letter for letter in sentence if letter.isalpha()]
    return sum(map(str.isupper, letters)) > SHOUTED_SHARE * max(len(letters), 8)
