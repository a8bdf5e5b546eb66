"""From mentions to stops in travel order.

1. Mentions of one place are one stop, and a place within a city stands inside
   it; a return is a stop of its own.
2. A country or region that holds a finer stop is no stop.
3. The telling has a direction: dates that run backwards through the text turn it
   round. Within one day, and within one sentence, it runs forwards.
4. Sure dates overrule the telling; an undated stop keeps its place between its
   neighbours in the telling.
5. Where the dates contradict one another about the direction, an undated stop goes
   where it makes the way shorter.
6. Who is told to have left for a place and to have reached it came there when it was
   reached; the day of leaving a place is its departure, not its arrival.
7. An ocean, a range, a river or a desert that was merely crossed is no stop beside others: no way
   leads over its middle. Nor is a continent, or a region that frames what its sentence tells.
8. A halt on the way to a place ("to Rome, stopping in Siena") comes before it.
"""

from __future__ import annotations

import bisect
import dataclasses
import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from mapper.dates import compare, is_sure, sort_key
from mapper.geodesy import rough_distance_m
from mapper.model import (
    Document,
    Mention,
    Place,
    Reason,
    SectionKind,
    Span,
    Stop,
    VisitStatus,
    When,
)
from mapper.text import sentences

__all__ = ["CONTRADICTION", "list_places", "order"]

# The name of a reason: another date that the text has for the stop, which cannot be true too.
CONTRADICTION = "contradiction"
# A sub-place nearer than this to its city's point stands inside the city.
INSIDE_CITY_M = 10_000.0
# A sub-place of a dated stop within this distance, told in the same breath, shares its day.
SAME_STAY_M = 60_000.0
# The same breath: at most this many characters between the two names.
SAME_BREATH = 600
# Below this share of agreeing less contradicting pairs the direction is unknown.
CLEAR_DIRECTION = 0.5
# So many dated stops show the direction of any telling.
MOST_COMPARED = 200
# So many characters before a name are looked at: a long clause of English prose.
REACH = 300

# A place farther than this from the island that its country is named by is on another one.
ONE_ISLAND_M = 200_000.0

_RETURN = re.compile(
    r"\b(?:return\w*|back|again|home(?:ward)?|once\s+more|re-?visit\w*|second\s+time)\b",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:(?:from|out\s+of|left|leav(?:e|es|ing)|depart(?:s|ed|ing)?)"
    r"|weigh(?:ed|ing)?\s+anchor\s+(?:at|in|off))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_FOR = re.compile(r"\bfor\s+(?:the\s+)?$", re.IGNORECASE)
_VIA = re.compile(r"\b(?:via|through|by\s+way\s+of|across)\s+(?:the\s+)?$", re.IGNORECASE)
# "To Tbilisi, stopping": what follows lies on the way.
_HALTING = re.compile(
    r",\s+(?:\w+\s+)?(?:stopping|calling|pausing|halting|changing|touching)\b"
    r"|[^.;:]{0,60}?\bafter\s+(?:[\w-]+\s+){0,3}?(?:visits?|stops?|trips?|tours?|talks|stays?"
    r"|nights?|days|weeks?|months?)\s+(?:to|in|at|with)\b"
)
_WHICH = re.compile(r",?\s+which\b")
# From comes before via, and via before to.
VIA_RANK = 1
_AREA_CODES = frozenset({"A", "L"})
# GeoNames codes of natural features so wide or long that their middle is nowhere on the way.
_EXPANSES = frozenset("OCN SEA GULF CHN STM DSRT MTS PLN PLAT UPLD CONT".split())
# Regions without an administration, old and new.
_FRAMES = frozenset({"RGN", "RGNH"})
# A place so near to the middle of a region may lie in it.
FRAME_M = 1_500_000.0
_UNTOLD = frozenset({SectionKind.TITLE, SectionKind.CAPTION})


@dataclasses.dataclass(slots=True)
class _Halt:
    """A stop in the making: its mentions in telling order, the first that tells it first."""

    mentions: list[Mention] = dataclasses.field(default_factory=list)
    arrival: When | None = None
    departure: When | None = None
    awaited: bool = True
    reasons: list[Reason] = dataclasses.field(default_factory=list)

    def explain(self, why: str) -> None:
        """Say why the stop does not stand where it is told."""
        self.reasons.append(Reason(name="order", value=0.0, detail=why))

    def contradict(self, other: When) -> None:
        """Keep in mind that the text also tells the stop to have been before it was reached."""
        self.reasons.append(Reason(name=CONTRADICTION, value=0.0, detail=other.start))

    @property
    def lead(self) -> Mention:
        return self.mentions[0]

    @property
    def place(self) -> Place | None:
        return self.lead.place

    @property
    def when(self) -> When | None:
        """The time that puts the stop in order."""
        return _surer(self.arrival, self.departure)

    @property
    def planned(self) -> bool:
        return all(mention.status is VisitStatus.PLANNED for mention in self.mentions)


def order(document: Document, mentions: Sequence[Mention]) -> tuple[Stop, ...]:
    """Return the stops in travel order, planned ones last, numbered from 1."""
    telling = _Telling(document)
    halts = _halts(telling, [m for m in mentions if m.status is not VisitStatus.MENTIONED])
    halts = _without_expanses(_without_regions(telling, _without_containers(halts)))
    _share_days(telling, halts)
    reached = _in_travel_order([halt for halt in halts if not halt.planned])
    planned = _in_travel_order([halt for halt in halts if halt.planned])
    return tuple(
        _stop(number, halt, telling, first=number == 1)
        for number, halt in enumerate([*reached, *planned], start=1)
    )


class _Telling:
    """Where in the telling a mention stands."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self._parts = sentences(document.text, sections=document.sections)
        self._starts = [part.start for part in self._parts]
        self._sections = document.sections
        self._section_starts = [section.span.start for section in document.sections]

    def sentence(self, mention: Mention) -> Span | None:
        """Return the sentence that a mention begins in."""
        index = bisect.bisect_right(self._starts, mention.span.start) - 1
        part = self._parts[index] if index >= 0 else None
        return part if part and mention.span.start < part.end else None

    def is_told(self, mention: Mention) -> bool:
        """Whether the mention stands in the story itself, not over or beside it."""
        return self._kind(mention) not in _UNTOLD

    def is_title(self, mention: Mention) -> bool:
        """Whether the mention stands in the title, which only repeats what the story tells."""
        return self._kind(mention) is SectionKind.TITLE

    def _kind(self, mention: Mention) -> SectionKind | None:
        index = bisect.bisect_right(self._section_starts, mention.span.start) - 1
        section = self._sections[index] if index >= 0 else None
        return section.kind if section and mention.span.start < section.span.end else None

    def before(self, mention: Mention) -> str:
        """Return the words before the name in its sentence, at most `REACH` characters."""
        sentence = self.sentence(mention)
        start = max(sentence.start if sentence else 0, mention.span.start - REACH)
        return self.text[start : mention.span.start]

    def position(self, mention: Mention) -> tuple[int, int, int]:
        """Return a key that follows the journey within a clause: from, via, to."""
        before = self.before(mention)
        rank = 0 if _FROM.search(before) else VIA_RANK if _VIA.search(before) else 2
        if mention.cue is None or (
            mention.cue.start > mention.span.start and not self._is_told_behind(mention)
        ):
            return (mention.span.start, 0, 0)
        return (mention.cue.start, rank, mention.span.start)

    def _is_told_behind(self, mention: Mention) -> bool:
        """Whether the way to a place is told behind it: "Leipzig, which we reached by way of"."""
        return bool(_WHICH.match(self.text, mention.span.end))

    def halts_between(self, last: Mention, mention: Mention) -> bool:
        """Whether a mention tells a halt before that: "…, stopping in", "after visits to"."""
        if mention.cue is None or self.sentence(last) != self.sentence(mention):
            return False
        return bool(_HALTING.match(self.text, last.span.end, mention.span.start))

    def leaves(self, mention: Mention) -> bool:
        """Whether the words before the name speak of leaving it."""
        return bool(_FROM.search(self.before(mention)))

    def awaits(self, mention: Mention) -> bool:
        """Whether the traveller only starts for the place: "sailed for Suva"."""
        return bool(_FOR.search(self.before(mention)))

    def returns(self, mention: Mention) -> bool:
        """Whether the words from the verb to the name speak of a return."""
        if mention.cue is None or mention.cue.start > mention.span.start:
            return False
        start = max(mention.cue.start, mention.span.start - REACH)
        return bool(_RETURN.search(self.text, start, mention.span.start))


def list_places(document: Document, mentions: Sequence[Mention]) -> tuple[Stop, ...]:
    """Return the places of a text as stops that nobody made, in the order of their first mention.

    What the gazetteer does not know is left out, for it cannot be drawn.
    """
    telling = _Telling(document)
    named: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.place:
            named[mention.place.id].append(mention)
    return tuple(
        Stop(
            id=f"s{number}",
            number=number,
            name=of_place[0].toponym.normalized,
            place=of_place[0].place,
            mentions=tuple(mention.id for mention in of_place),
            status=VisitStatus.MENTIONED,
            arrival=None,
            departure=None,
            score=max(mention.score for mention in of_place),
            reasons=of_place[0].reasons,
            evidence=telling.sentence(of_place[0]),
        )
        for number, of_place in enumerate(named.values(), start=1)
    )


def _halts(telling: _Telling, mentions: Sequence[Mention]) -> list[_Halt]:
    """Group the mentions into stops, in telling order."""
    keys = _positions(telling, mentions)
    told = sorted(mentions, key=lambda m: (not telling.is_told(m), keys[m.id]))
    halts: list[_Halt] = []
    latest = _Latest()
    for mention in told:
        index = latest.find(mention)
        held = None if index is None else halts[index]
        if held is None and halts and telling.is_title(mention):
            continue
        if held is None or (held is not halts[-1] and _is_anew(telling, held, mention)):
            latest.add(len(halts), mention)
            halts.append(
                _told_anew(held) if held and _is_reached(telling, held, mention) else _Halt()
            )
            held = halts[-1]
        _join(telling, held, mention)
    return [halt for halt in halts if halt.mentions]


def _positions(
    telling: _Telling, mentions: Sequence[Mention]
) -> Mapping[str, tuple[int, int, int]]:
    """Return where each mention stands in the telling; a halt on the way before its end."""
    keys: dict[str, tuple[int, int, int]] = {}
    last: Mention | None = None
    # Where the verb of an end stands, by the verb of the halts before it, which a list shares.
    ends: dict[Span | None, int] = {}
    for mention in sorted(mentions, key=lambda it: it.span.start):
        keys[mention.id] = telling.position(mention)
        if last and telling.halts_between(last, mention):
            ends[mention.cue] = keys[last.id][0]
        if mention.cue in ends:
            keys[mention.id] = (ends[mention.cue], VIA_RANK, mention.span.start)
        last = mention
    return keys


def _is_anew(telling: _Telling, held: _Halt, mention: Mention) -> bool:
    """Whether a place told before is reached now: again, or after all."""
    return _is_reached(telling, held, mention) or _is_return(telling, held, mention)


def _is_reached(telling: _Telling, held: _Halt, mention: Mention) -> bool:
    """Whether the arrival at a place is told now that so far was only started for, or left."""
    if held.awaited:
        return not telling.awaits(mention)
    left = held.departure if held.arrival is None and not telling.leaves(mention) else None
    return left is not None and mention.when is not None and _later(mention.when, left)


def _told_anew(held: _Halt) -> _Halt:
    """Return the halt with all that is told of it, to stand where its arrival is told."""
    mentions, held.mentions = held.mentions, []
    return _Halt(mentions, departure=held.departure)


def _join(telling: _Telling, halt: _Halt, mention: Mention) -> None:
    halt.mentions.append(mention)
    awaits = telling.awaits(mention)
    if telling.leaves(mention):
        if not _is_turned(halt.arrival, mention.when):
            halt.departure = _surer(halt.departure, mention.when)
    elif halt.awaited and not awaits:
        halt.arrival = _surer(mention.when, halt.arrival)
    elif not _is_turned(mention.when, halt.departure):
        if halt.arrival and mention.when and _later(mention.when, halt.arrival):
            halt.contradict(mention.when)
        halt.arrival = _surer(halt.arrival, mention.when)
    halt.awaited = halt.awaited and awaits


def _surer(first: When | None, second: When | None) -> When | None:
    """Return the first time, unless only the second is known or sure, or the second is finer."""
    if first is None or (second and not is_sure(first)):
        return second
    return second if second and _refines(second, first) else first


def _refines(fine: When, coarse: When) -> bool:
    """Whether a time says the same more exactly: "1943-09-29" and "1943"."""
    single = fine.start == fine.end and coarse.start == coarse.end
    return single and fine.start.startswith(f"{coarse.start}-")


def _is_turned(arrival: When | None, departure: When | None) -> bool:
    """Whether a departure before the arrival belongs to another stay."""
    return arrival is not None and departure is not None and _later(departure, arrival)


class _Latest:
    """The latest halt, by its index, at each place, of each name, and in each city."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[object, ...], int] = {}
        self._cities: dict[tuple[bool, int], list[tuple[int, Place]]] = defaultdict(list)

    def add(self, index: int, lead: Mention) -> None:
        planned, name = _plan_and_name(lead)
        self._by_key[planned, "name", name] = index
        if lead.place is None:
            self._by_key[planned, "unplaced", name] = index
        else:
            self._by_key[planned, "id", lead.place.id] = index
            if lead.place.feature_class == "P":
                self._cities[planned, round(lead.place.lat)].append((index, lead.place))

    def find(self, mention: Mention) -> int | None:
        """Return the latest halt that a mention may belong to."""
        planned, name = _plan_and_name(mention)
        if mention.place is None:
            return self._by_key.get((planned, "name", name))
        here = (
            self._by_key.get((planned, "unplaced", name)),
            self._by_key.get((planned, "id", mention.place.id)),
            self._city_around(planned, mention.place),
        )
        return max((index for index in here if index is not None), default=None)

    def _city_around(self, planned: bool, place: Place) -> int | None:
        if place.feature_class in ("P", *_AREA_CODES):
            return None
        bands = (round(place.lat) + step for step in (-1, 0, 1))
        cities = (city for band in bands for city in self._cities.get((planned, band), ()))
        inside = (index for index, city in cities if _is_inside(place, city))
        return max(inside, default=None)


def _plan_and_name(mention: Mention) -> tuple[bool, str]:
    return mention.status is VisitStatus.PLANNED, mention.toponym.normalized.lower()


def _is_inside(place: Place, city: Place) -> bool:
    """Whether a sub-place is so near to the point of its city that it stands inside it."""
    return rough_distance_m(place.point, city.point) <= INSIDE_CITY_M


def _is_return(telling: _Telling, held: _Halt, mention: Mention) -> bool:
    if not telling.is_told(mention):
        return False
    if telling.returns(mention):
        return True
    return held.when is not None and mention.when is not None and _later(held.when, mention.when)


def _later(first: When, second: When) -> bool:
    return is_sure(first) and is_sure(second) and compare(first, second) == -1


def _without_containers(halts: Sequence[_Halt]) -> list[_Halt]:
    """Leave out countries and regions in which a finer place is a stop."""
    in_country: dict[str, dict[str, Place]] = defaultdict(dict)
    in_region: set[tuple[str, str]] = set()
    for place in (halt.place for halt in halts if halt.place):
        in_country[place.country_code][place.id] = place
        if place.feature_class != "A":
            in_region.add((place.country_code, place.admin1_code))

    def is_container(halt: _Halt) -> bool:
        area = halt.place
        if area is not None and area.feature_code == "CONT":
            return len(in_country) > 1
        if area is None or area.feature_class != "A":
            return False
        if area.feature_code.startswith("PCL"):
            others = (it for it in in_country[area.country_code].values() if it.id != area.id)
            return any(_holds(halt, area, other) for other in others)
        return bool(area.admin1_code) and (area.country_code, area.admin1_code) in in_region

    return [halt for halt in halts if not is_container(halt)]


def _holds(halt: _Halt, country: Place, place: Place) -> bool:
    """Whether a country, as the text calls it, holds a place.

    One of several islands, "A and B", that is called by one of them is that island.
    """
    called = halt.lead.toponym.normalized
    is_part = " and " in country.name and " and " not in called
    return not is_part or rough_distance_m(country.point, place.point) <= ONE_ISLAND_M


def _without_regions(telling: _Telling, halts: Sequence[_Halt]) -> list[_Halt]:
    """Leave out regions that only frame what the same sentence tells: "In the Sahel, … Niger"."""
    finer: dict[Span | None, list[Place]] = defaultdict(list)
    for halt in halts:
        if halt.place and halt.place.feature_code not in _FRAMES:
            for mention in halt.mentions:
                finer[telling.sentence(mention)].append(halt.place)

    def frames(halt: _Halt) -> bool:
        region = halt.place
        if region is None or region.feature_code not in _FRAMES:
            return False
        beside = (finer[telling.sentence(mention)] for mention in halt.mentions)
        return all(
            any(rough_distance_m(place.point, region.point) <= FRAME_M for place in places)
            for places in beside
        )

    return [halt for halt in halts if not frames(halt)]


def _without_expanses(halts: Sequence[_Halt]) -> list[_Halt]:
    """Leave out oceans, ranges, rivers and deserts that were merely crossed on the way."""
    return [halt for halt in halts if not _is_crossed(halt)] or list(halts)


def _is_crossed(halt: _Halt) -> bool:
    wide = halt.place is not None and halt.place.feature_code in _EXPANSES
    return wide and all(mention.status is VisitStatus.PASSED for mention in halt.mentions)


def _share_days(telling: _Telling, halts: Sequence[_Halt]) -> None:
    """Give an undated sub-place the day of the dated stop that it is told with."""
    dated = [halt for halt in halts if halt.when and halt.place and halt.place.feature_class == "P"]
    told = sorted(((m.span.start, i) for i, halt in enumerate(dated) for m in halt.mentions))
    for halt in halts:
        if halt.when is None and halt.place and halt.place.feature_class not in ("P", "A"):
            near = (
                (abs(start - m.span.start), i)
                for m in halt.mentions
                for start, i in _in_one_breath(told, m)
                if _is_same_stay(halt.place, halt.planned, dated[i])
            )
            if (nearest := min(near, default=None)) is not None:
                other = dated[nearest[1]]
                if telling.leaves(halt.lead):
                    halt.departure = other.when
                else:
                    halt.arrival = other.when
                halt.reasons.append(
                    Reason(name="same stay", value=0.0, detail=other.lead.toponym.normalized)
                )


def _in_one_breath(told: Sequence[tuple[int, int]], mention: Mention) -> Sequence[tuple[int, int]]:
    """Return those of the sorted positions that are as near to the name as `SAME_BREATH`."""
    start = mention.span.start
    first = bisect.bisect_left(told, (start - SAME_BREATH, 0))
    return told[first : bisect.bisect_left(told, (start + SAME_BREATH + 1, 0))]


def _is_same_stay(place: Place, planned: bool, other: _Halt) -> bool:
    assert other.place is not None
    near = rough_distance_m(place.point, other.place.point) <= SAME_STAY_M
    return near and planned == other.planned


def _in_travel_order(halts: Sequence[_Halt]) -> list[_Halt]:
    direction = _direction(halts)
    told = _turned(halts) if direction < 0 else list(halts)
    if direction < 0:
        for halt in halts:
            halt.explain("the text tells the last first")
    ordered = _dated_into_place(told)
    return ordered if abs(direction) >= CLEAR_DIRECTION else _shortened(ordered)


def _direction(halts: Sequence[_Halt]) -> float:
    """Return from -1 (told backwards) to 1 (told forwards): the balance of dated pairs."""
    dated = [halt.when for halt in halts if halt.when and is_sure(halt.when)]
    pairs = itertools.combinations(dated[:MOST_COMPARED], 2)
    signs = [-(compare(a, b) or 0) for a, b in pairs]
    told = [sign for sign in signs if sign]
    return sum(told) / len(told) if told else 1.0


def _turned(halts: Sequence[_Halt]) -> list[_Halt]:
    """Return the halts last told first, those of one day still as they are told."""
    groups: list[list[_Halt]] = []
    for halt in halts:
        if groups and _is_one_day(groups[-1][-1], halt):
            groups[-1].append(halt)
        else:
            groups.append([halt])
    return [halt for group in reversed(groups) for halt in group]


def _is_one_day(a: _Halt, b: _Halt) -> bool:
    return (
        a.when is not None
        and b.when is not None
        and (a.when.start, a.when.end) == (b.when.start, b.when.end)
    )


def _dated_into_place(halts: Sequence[_Halt]) -> list[_Halt]:
    """Sort the surely dated halts among the places that they hold together."""
    dated = [i for i, halt in enumerate(halts) if halt.when and is_sure(halt.when)]
    ordered = _insertion_sorted([halts[i] for i in dated])
    result = list(halts)
    for i, halt in zip(dated, ordered, strict=True):
        if result[i] is not halt:
            halt.explain("its date comes before or after others'")
        result[i] = halt
    return result


def _insertion_sorted(halts: Sequence[_Halt]) -> list[_Halt]:
    """Sort by date; halts that cannot be compared stay as they are told."""
    days = [(_days(halt), halt) for halt in halts]
    if all(first == last for (first, last), _ in days):
        return [halt for _, halt in sorted(days, key=lambda dated: dated[0])]
    ordered: list[tuple[tuple[dt.date, dt.date], _Halt]] = []
    for (first, last), halt in days:
        after = (i for i, ((start, _), _) in enumerate(ordered) if last < start)
        ordered.insert(next(after, len(ordered)), ((first, last), halt))
    return [halt for _, halt in ordered]


def _days(halt: _Halt) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a dated halt may be on."""
    assert halt.when is not None
    _, first, last = sort_key(halt.when)
    return first, last


def _shortened(halts: Sequence[_Halt]) -> list[_Halt]:
    """Move each undated halt to before its forerunner where that shortens the way."""
    result = list(halts)
    for i in range(1, len(result)):
        if result[i].when is None and result[i - 1].when is not None:
            before, after = result[max(0, i - 2) : i - 1], result[i + 1 : i + 2]
            told = [*before, result[i - 1], result[i], *after]
            swapped = [*before, result[i], result[i - 1], *after]
            if _length(swapped) < _length(told):
                result[i].explain("the way is shorter so")
                result[i - 1], result[i] = result[i], result[i - 1]
    return result


def _length(halts: Sequence[_Halt]) -> float:
    places = [halt.place for halt in halts if halt.place]
    return sum(rough_distance_m(a.point, b.point) for a, b in itertools.pairwise(places))


def _stop(number: int, halt: _Halt, telling: _Telling, *, first: bool) -> Stop:
    best = max(halt.mentions, key=lambda m: (telling.is_told(m), m.when is not None, -m.span.start))
    is_origin = first and not halt.planned and not halt.arrival and telling.leaves(halt.lead)
    return Stop(
        id=f"s{number}",
        number=number,
        name=_name(halt),
        place=halt.place,
        mentions=tuple(m.id for m in sorted(halt.mentions, key=lambda m: m.span.start)),
        status=VisitStatus.ORIGIN if is_origin else _status(halt),
        arrival=halt.arrival,
        departure=halt.departure,
        score=max(mention.score for mention in halt.mentions),
        reasons=(*halt.lead.reasons, *halt.reasons),
        evidence=telling.sentence(best),
    )


def _status(halt: _Halt) -> VisitStatus:
    ranks: Sequence[VisitStatus] = (VisitStatus.VISITED, VisitStatus.PASSED, VisitStatus.PLANNED)
    held = {mention.status for mention in halt.mentions}
    return next(status for status in ranks if status in held)


def _name(halt: _Halt) -> str:
    """Return the name as the text has it, the fullest of those that tell the stop."""
    return halt.lead.toponym.normalized
