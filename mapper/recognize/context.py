"""Which parts are place names: what the words around and the whole text say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mapper import lexicon
from mapper.model import Span
from mapper.recognize.lines import Line, Unit
from mapper.recognize.runs import Kind, Part

__all__ = ["Census", "Context", "Hit", "Verdict"]

_CALENDAR = lexicon.MONTHS | lexicon.WEEKDAYS
_OPENERS = lexicon.COMMON_WORDS | lexicon.STEPS
_COMMON_OR_TITLE = lexicon.COMMON_WORDS | lexicon.TITLES
_NO_PLACE = lexicon.COMMON_WORDS | lexicon.TITLES | lexicon.ORGANIZATION_HEADS | lexicon.GIVEN_NAMES
# "the town of X", "the streets of X"
_SETTLEMENTS = frozenset(
    "town towns city cities village villages hamlet settlement port island township".split()
)
_OF_WHAT = (
    lexicon.GENERIC_HEADS
    | _SETTLEMENTS
    | frozenset(
        "capital hub outskirts suburb suburbs streets shores banks coast "
        "airspace waters north south east west part parts".split()
    )
)
_LIST_JOINT = re.compile(
    r"\s*(?:,|;|/|–|-|→|->|,?\s+(?:and|or|to|via)\b)\s*(?:the\s+)?", re.IGNORECASE
)
_COMMA = re.compile(r",\s*")
_AGE = re.compile(r",\s\d{1,2}\b(?=,|\.|\sof)")
# "US$ 50", "AK-47"
_NO_NAME_BEFORE = re.compile(r"\$|-\d")
# "H5N1", "B52"
_CODE = re.compile(r"[A-Z]+\d\w*")
_SAINT = re.compile(r"(?:St\b|Saint\b)")
_POSSESSIVE = re.compile(r"['’]s\b")
_FACILITIES = frozenset("airport airfield aerodrome airbase cosmodrome spaceport".split())
# After one of these even a surname that is a town's name is the town.
_SPATIAL = frozenset("in at near into through via around across throughout outside inside".split())
_MOTION = re.compile(
    r"\b(?:arriv(?:e[sd]?|ing)|reach(?:e[sd]|ing)?|enter(?:s|ed|ing)?|le(?:ft|ave|aves|aving)"
    r"|land(?:s|ed|ing)|sail(?:s|ed|ing)|fl(?:ew|ies|y|ying)|dr(?:ove|ives?|iving)"
    r"|rode|rid(?:es?|ing)|walk(?:s|ed|ing)?|cycl(?:es?|ed|ing)|travel(?:s|led|ed|ling|ing)?"
    r"|return(?:s|ed|ing)?|visit(?:s|ed|ing)?|went|march(?:e[sd]|ing)|proceed(?:s|ed|ing)?"
    r"|depart(?:s|ed|ing)?|camp(?:s|ed|ing)|anchor(?:s|ed|ing)?|liv(?:es?|ed|ing)|born"
    r"|stay(?:s|ed|ing)?|resid(?:es?|ed|ing)|gr[eo]w(?:s|n|ing)? up|raised|based|held|died)"
    r"(?: back| on| out| up| down| over| off| again)?"
    r"(?: in| at| to| into| for| from| through| via| near| towards?)?(?: the)?\s$"
)
# "a small river called X"
_CALLED = re.compile(
    r"\b(?:village|town|city|hamlet|settlement|place|station|port|harbou?r|bay|cape|island|islet"
    r"|river|stream|brook|creek|lake|hill|mountain|pass|valley|district|region|kingdom|country"
    r"|camp|fort|inn|monastery|temple)s?"
    r",?(?: (?:which|that) (?:is|was|they|we|I))?(?: \w+)? (?:called|named|known as)(?: the)?\s$"
)
# How far back from a name its verb of motion may begin.
_MOTION_REACH = 40


class Hit(NamedTuple):
    """A toponym to be, with what speaks for it."""

    span: Span
    strong: bool
    asked_for: bool
    site: bool = False
    unknown: bool = False


class Verdict(NamedTuple):
    """What the rules make of a part of a line, and what the whole text says of its name.

    `wanted` is whether the rules alone would take it for a place name, `barred` whether
    it cannot be one; `person` and `place` are what the text uses the name for elsewhere.
    """

    span: Span
    kind: Kind
    hit: Hit | None
    wanted: bool
    barred: bool
    in_list: bool
    person: bool
    place: bool


class Context:
    """The parts of one line, each with what stands around it."""

    def __init__(self, line: Line, parts: tuple[Part, ...]) -> None:
        self._line = line
        self._parts = parts
        self._hits = tuple(self._hit(part) for part in parts)

    def people(self) -> Iterator[str]:
        """Yield the words of the names of persons, in lower case."""
        for part in self._parts:
            if part.kind is Kind.PERSON:
                yield from self._name_words(part, part.first)
            elif part.kind is Kind.UNEXPLAINED:
                yield from self._name_words(part, self._first_of_surname(part))
            elif part.kind is Kind.PLACE and self._is_person_alone(part):
                yield self._line.units[part.first].lower

    def places(self) -> Iterator[str]:
        """Yield the names, in lower case, that the words around make a place."""
        for part, hit in zip(self._parts, self._hits, strict=True):
            if part.kind is Kind.PLACE and hit and self._is_located(part):
                yield self._unit(part).lower

    def verdicts(self, census: Census) -> Iterator[Verdict]:
        """Yield what the rules make of each part of the line."""
        for index, (part, hit) in enumerate(zip(self._parts, self._hits, strict=True)):
            in_list = hit is not None and self._in_list(index)
            name = self._unit(part).lower
            yield Verdict(
                span=hit.span if hit else self._line.covered(part.run),
                kind=part.kind,
                hit=hit,
                wanted=hit is not None and self._is_wanted(part, hit, census, in_list=in_list),
                in_list=in_list,
                barred=self._is_barred(part),
                person=census.is_person(name),
                place=census.is_place(name),
            )

    def _is_barred(self, part: Part) -> bool:
        """Whether a part is no place for sure: a person, a brand, "US$ 5", "Reading is fun"."""
        unit = self._unit(part)
        if part.kind in (Kind.PERSON, Kind.BRAND) or _CODE.fullmatch(unit.text):
            return True
        if _NO_NAME_BEFORE.match(self._line.reader.text, unit.stop):
            return True
        first = part.first == 0 or ":" in self._line.between(part.first - 1, part.first)
        opens = first and part.first == part.last and not self._has_container(part.last)
        return opens and unit.lower in _OPENERS

    def _unit(self, part: Part) -> Unit:
        return self._line.units[part.first]

    def _name_words(self, part: Part, first: int) -> Iterator[str]:
        for unit in self._line.units[first : part.last + 1]:
            yield from (word for word in unit.lower.split() if len(word) > 1)

    def _first_of_surname(self, part: Part) -> int:
        """Return where the words begin that may be a surname: a great name ahead is none."""
        return part.first + self._line.reader.names.is_strong(self._unit(part).text)

    def _is_person_alone(self, part: Part) -> bool:
        """Whether one word does what persons do: it speaks, or has an age."""
        name = self._unit(part).text
        if self._line.reader.names.is_great(name) or (
            self._line.before(part.first) in lexicon.LOCATIVES
        ):
            return False
        return self._speaks(part) or bool(_AGE.match(self._line.reader.text, self._end(part)))

    def _end(self, part: Part) -> int:
        return self._line.units[part.last].stop

    def _hit(self, part: Part) -> Hit | None:
        span = self._line.covered(part.run)
        asked_for = self._is_asked_for(part)
        wide = self._with_facility(span, part.last)
        if part.kind in (Kind.PLACE, Kind.SITE) or wide != span:
            name = span.of(self._line.reader.text)
            site = part.kind is Kind.SITE or wide != span
            strong = not site and (
                self._is_evident(part) or self._line.reader.names.is_strong(name)
            )
            return Hit(wide, strong=strong, asked_for=asked_for, site=site)
        if self._may_be_unknown(part) and self._is_headed_for(part):
            return Hit(span, strong=False, asked_for=True, unknown=True)
        return None

    def _is_evident(self, part: Part) -> bool:
        """Whether a name says itself that it is a place: "Perry County"."""
        head = self._unit(part).lower.rpartition(" ")
        return bool(head[0]) and head[2] in lexicon.AREA_HEADS

    def _with_facility(self, span: Span, last: int) -> Span:
        """Take in "airfield" of "the Someplace airfield": it is not the town that is meant."""
        following = self._line.units[last + 1 : last + 2]
        if following and following[0].lower in _FACILITIES and self._line.joined(last):
            return Span(span.start, following[0].stop)
        return span

    def _is_headed_for(self, part: Part) -> bool:
        """Whether the words before ask for a place: "reached X", "a village called X"."""
        start = self._unit(part).start
        before = self._line.reader.text[max(self._line.span.start, start - _MOTION_REACH) : start]
        of_town = self._line.before(part.first) == "of" and (
            self._line.before(part.first - 1) in _SETTLEMENTS
        )
        return of_town or bool(_MOTION.search(before) or _CALLED.search(before))

    def _may_be_unknown(self, part: Part) -> bool:
        units = self._line.units[part.first : part.last + 1]
        common = any(
            unit.lower in _NO_PLACE or self._line.reader.names.is_demonym(unit.text)
            for unit in units
        )
        return part.first > 0 and not common and len(units) <= 3

    def _is_asked_for(self, part: Part) -> bool:
        before = self._line.before(part.first)
        if before == "of":
            return self._line.before(part.first - 1) in _OF_WHAT
        if before in lexicon.LOCATIVES or self._has_container(part.last):
            return True
        following = self._line.units[part.last + 1 : part.last + 2]
        return bool(following) and following[0].lower in lexicon.LOCALS

    def _has_container(self, last: int) -> bool:
        """Whether ", Region" or ", Country" follows."""
        if last + 1 >= len(self._line.units):
            return False
        following = self._line.units[last + 1]
        return bool(_COMMA.fullmatch(self._line.between(last, last + 1))) and (
            following.known and self._line.reader.names.is_region(following.text)
        )

    def _is_located(self, part: Part) -> bool:
        """Whether the words around fit a place, and a person hardly: "in X", "X, Ohio"."""
        spatial = lexicon.LOCATIVES - {"for", "by"}
        if self._unit(part).lower in lexicon.GIVEN_NAMES:
            spatial = _SPATIAL
        return self._line.before(part.first) in spatial or self._has_container(part.last)

    def _in_list(self, index: int) -> bool:
        """Whether a strong place stands before or after in a list."""
        neighbours = (index - 1, index + 1)
        return any(
            0 <= other < len(self._parts) and self._is_listed_with(index, other)
            for other in neighbours
        )

    def _is_listed_with(self, index: int, other: int) -> bool:
        part, near = self._parts[index], self._parts[other]
        left, right = (near.last, part.first) if other < index else (part.last, near.first)
        name = self._line.covered(near.run).of(self._line.reader.text)
        strong = near.kind is Kind.PLACE and self._line.reader.names.is_strong(name)
        return strong and bool(_LIST_JOINT.fullmatch(self._line.between(left, right)))

    def _is_wanted(self, part: Part, hit: Hit, census: Census, *, in_list: bool) -> bool:
        unit, reader = self._unit(part), self._line.reader
        name = hit.span.of(reader.text)
        if hit.unknown:
            return not census.is_person(unit.lower)
        if hit.site:
            return True
        word = unit.lower.removeprefix("the ")
        single = not re.search(r"\W", word)
        if single and (unit.lower in _CALENDAR or reader.names.is_demonym(name)):
            return False
        if self._is_noise(unit, name):
            return False
        if name.isupper() and reader.names.is_country(name):
            return True
        if census.is_person(unit.lower):
            return hit.strong and (in_list or self._line.before(part.first) in _SPATIAL)
        if single and word in _COMMON_OR_TITLE:
            return hit.strong and hit.asked_for and part.first > 0 and not self._line.titled
        if self._is_person_alone(part):
            return False
        if unit.lower in lexicon.GIVEN_NAMES and not reader.names.is_great(name):
            return hit.asked_for or in_list or census.is_place(unit.lower)
        if hit.strong:
            return not (self._line.shouted and len(name) < 4)
        return (hit.asked_for or in_list) and not self._line.shouted

    def _is_noise(self, unit: Unit, name: str) -> bool:
        """Whether a name is a letter, a direction, or an abbreviation out of its place."""
        if len(name) < 2 or unit.lower.removeprefix("the ") in lexicon.DIRECTIONS:
            return True
        reader = self._line.reader
        if _NO_NAME_BEFORE.match(reader.text, unit.stop):
            return True
        if _SAINT.match(name) and _POSSESSIVE.match(reader.text, unit.stop):
            return True
        if reader.names.is_abbreviation(name) and not reader.names.is_country(name):
            before = reader.text[max(unit.start - 2, 0) : unit.start]
            after = reader.text[unit.stop : unit.stop + 1]
            return not (after == "." or name.isupper() or before.strip().endswith((",", "-", "(")))
        return (
            name.isupper()
            and len(name) <= 4
            and not (self._line.shouted or reader.names.is_region(name))
        )

    def _speaks(self, part: Part) -> bool:
        following = self._line.units[part.last + 1 : part.last + 2]
        return any(unit.lower in lexicon.SPEECH_VERBS for unit in following)


class Census:
    """How often the text uses a name for a person, and how often for a place."""

    def __init__(self, contexts: Iterable[Context]) -> None:
        contexts = tuple(contexts)
        self._people = Counter(name for context in contexts for name in context.people())
        self._places = Counter(name for context in contexts for name in context.places())

    def is_person(self, name: str) -> bool:
        """Whether the text uses a name for a person more often than for a place."""
        return self._people[name] > self._places[name]

    def is_place(self, name: str) -> bool:
        """Whether the words around make a name a place anywhere in the text."""
        return self._places[name] > 0
