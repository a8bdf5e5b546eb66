"""Stops of whole journeys, scored against gold.

A record has `text`, perhaps `published`, and `stops` in travel order, each with `name`,
`lat`, `lon`, `status` (visited, planned or origin), perhaps `date` and `tol_km`; places that
may be stops, and need not, are its `optional` ones.

A stop is right within the tolerance of a gold stop, one to one: the same name first, then
the nearest, then the nearest in the sequence. A text without a journey wants no stop at all.
All measures are means over the texts for which they are defined, but for that of planned
stops, which pools the texts.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from mapper.evaluate.estimate import Estimate
from mapper.evaluate.gold import Record, one_to_one, published_day
from mapper.geodesy import distance_m
from mapper.model import Document, Itinerary, Mention, Point, Stop, VisitStatus
from mapper.pipeline import map_document
from mapper.read import read_text
from mapper.visits import Weights

__all__ = [
    "Error",
    "ItineraryScore",
    "errors",
    "is_of",
    "itineraries",
    "made",
    "read_record",
    "stop_predictions",
    "travel",
]

_T = TypeVar("_T")
Travel = Callable[[Record], Itinerary]

# Kilometres within which a stop is right where the gold does not say, by its kind.
TOLERANCES_KM = {"city": 50.0, "poi": 10.0}
TOLERANCE_KM = 50.0
OPTIONAL_KM = 10.0
REACHED = frozenset({"visited", "origin"})
_DATE = re.compile(r"(\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ItineraryScore:
    """The measures of a collection by their names, how many texts and gold stops they are of."""

    documents: int
    stops: int
    measures: Mapping[str, Estimate]


class Error(NamedTuple):
    """A gold stop that was not found, or a stop that is none, and why."""

    document: str
    name: str
    cause: str


class _Found(NamedTuple):
    """A stop that was found, as far as it is measured."""

    name: str
    point: Point | None
    date: str
    status: str


def travel(record: Record, *, weights: Weights | None = None) -> Itinerary:
    """Return the journey that the whole program, with those weights, reads in a record's text."""
    return map_document(read_record(record), weights=weights)


def read_record(record: Record) -> Document:
    """Return the document of a record, published when it says."""
    return read_text(record["text"], published=published_day(record))


def made(journeys: Iterable[tuple[Record, Itinerary]]) -> Travel:
    """Return what gives each of these records its journey, which is not made anew."""
    by_record = {id(record): journey for record, journey in journeys}
    return lambda record: by_record[id(record)]


def itineraries(records: Iterable[Record], *, make: Travel = travel) -> ItineraryScore:
    """Score the journeys that `make`, by default the whole program, reads in gold texts."""
    cases = [_Case.of(record, _found(make(record))) for record in records]
    rest = [[*cases[:i], *cases[i + 1 :]] for i in range(len(cases))]
    measures = {
        name: Estimate.of(
            measure(cases), list(map(measure, rest)), least=-1.0 if name == "order tau-b" else 0.0
        )
        for name, measure in _MEASURES.items()
    }
    return ItineraryScore(
        documents=len(cases), stops=sum(len(case.gold) for case in cases), measures=measures
    )


def stop_predictions(records: Iterable[Record], *, make: Travel = travel) -> Iterator[Record]:
    """Yield for each record the stops that are read in its text, in the form of the gold."""
    for record in records:
        stops = [
            {
                "name": stop.name,
                "lat": stop.point.lat if stop.point else None,
                "lon": stop.point.lon if stop.point else None,
                "date": stop.date or None,
                "status": stop.status,
            }
            for stop in _found(make(record))
        ]
        yield {"id": record.get("id"), "stops": stops}


def _found(journey: Itinerary) -> list[_Found]:
    """Return the stops of a journey, those right after one another at one place as one."""
    found: list[_Found] = []
    for stop in journey.stops:
        new = _Found(stop.name, stop.place.point if stop.place else None, _date(stop), _said(stop))
        if found and _key(found[-1].name) == _key(new.name) and found[-1].status == new.status:
            found[-1] = found[-1]._replace(date=found[-1].date or new.date)
        else:
            found.append(new)
    return found


def _date(stop: Stop) -> str:
    when = stop.arrival or stop.departure
    return when.start if when and when.start == when.end else ""


def _said(stop: Stop) -> str:
    """Return the status in the gold's words, to which a place passed through is visited."""
    return "visited" if stop.status is VisitStatus.PASSED else stop.status.value


def _key(name: str) -> str:
    """Return a name without case, accents and signs."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[0-9a-z]+", plain))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One text: the stops that count, the gold ones, and the pairs in gold order."""

    found: Sequence[_Found]
    gold: Sequence[Record]
    pairs: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, record: Record, found: Sequence[_Found]) -> _Case:
        gold = record["stops"]
        matched = dict(_matched(found, gold))
        optional = record.get("optional") or ()
        kept = [i for i, it in enumerate(found) if i in matched or not _is_one_of(it, optional)]
        pairs = sorted((matched[i], rank) for rank, i in enumerate(kept) if i in matched)
        return cls(
            found=[found[i] for i in kept], gold=gold, pairs=[(rank, j) for j, rank in pairs]
        )

    @property
    def precision(self) -> float | None:
        if not self.gold:
            return float(not self.found)
        return len(self.pairs) / len(self.found) if self.found else 0.0

    @property
    def recall(self) -> float | None:
        return len(self.pairs) / len(self.gold) if self.gold else self.precision

    @property
    def f1(self) -> float | None:
        return _f1(len(self.pairs), len(self.found), len(self.gold))

    @property
    def tau(self) -> float | None:
        """Kendall's tau-b of the order of the right stops, None with fewer than two."""
        ranks = [rank for rank, _ in self.pairs]
        signs = [1 if b > a else -1 for a, b in itertools.combinations(ranks, 2)]
        return sum(signs) / len(signs) if signs else None

    @property
    def lcs(self) -> float | None:
        """F1 of the longest sequence that the visited stops of both have in common."""
        gold = [it for it in self.gold if it["status"] in REACHED]
        found = [it for it in self.found if it.status in REACHED]
        if self.gold and len(gold) < 2:
            gold, found = list(self.gold), list(self.found)
        gold = [it for it, again in _repeated(gold, lambda it: it["name"]) if not again]
        found = [it for it, again in _repeated(found, lambda it: it.name) if not again]
        return _f1(_common(found, gold), len(found), len(gold))

    @property
    def status(self) -> float | None:
        right = [
            (self.found[i].status in REACHED) == (self.gold[j]["status"] in REACHED)
            for i, j in self.pairs
        ]
        return sum(right) / len(right) if right else None

    @property
    def planned(self) -> tuple[int, int, int]:
        """Planned stops that are right, found and gold."""
        right = sum(
            self.found[i].status == self.gold[j]["status"] == "planned" for i, j in self.pairs
        )
        found = sum(it.status == "planned" for it in self.found)
        return right, found, sum(it["status"] == "planned" for it in self.gold)

    @property
    def planned_as_visited(self) -> float | None:
        planned = self.planned[2]
        drawn = sum(
            self.gold[j]["status"] == "planned" and self.found[i].status in REACHED
            for i, j in self.pairs
        )
        return drawn / planned if planned else None

    @property
    def dates_right(self) -> float | None:
        return self._share_of_dates(_agrees)

    @property
    def dates_wrong(self) -> float | None:
        return self._share_of_dates(lambda gold, found: bool(found) and not _agrees(gold, found))

    def _share_of_dates(self, test: Callable[[str, str], bool]) -> float | None:
        dated = sum(bool(it.get("date")) for it in self.gold)
        if not self.gold or not dated:
            return None
        dates = ((self.gold[j].get("date"), self.found[i].date) for i, j in self.pairs)
        return sum(bool(gold) and test(str(gold), found) for gold, found in dates) / dated

    @property
    def false_route(self) -> float | None:
        """Whether a text without a journey was given a route."""
        return None if self.gold else float(bool(self.found))


def _matched(found: Sequence[_Found], gold: Sequence[Record]) -> Iterator[tuple[int, int]]:
    near = (
        (_key(it.name) != _key(wanted["name"]), round(off, 3), _apart(i, found, j, gold), j, i)
        for i, it in enumerate(found)
        for j, wanted in enumerate(gold)
        if (off := _off(it.point, wanted, _tolerance(wanted))) <= 1
    )
    return one_to_one((i, j) for *_, j, i in sorted(near))


def _apart(i: int, found: Sequence[_Found], j: int, gold: Sequence[Record]) -> float:
    """Return how far apart two stops stand in their sequences, 0 to 1."""
    return abs(i / max(len(found) - 1, 1) - j / max(len(gold) - 1, 1))


def _tolerance(gold: Record) -> float:
    return float(gold.get("tol_km") or TOLERANCES_KM.get(gold.get("kind", ""), TOLERANCE_KM))


def _off(point: Point | None, gold: Record, tolerance_km: float) -> float:
    """Return how far a point is from the gold, in tolerances."""
    if point is None or gold.get("lat") is None or gold.get("lon") is None:
        return math.inf
    there = Point(lat=gold["lat"], lon=gold["lon"])
    return distance_m(point, there) / 1000 / tolerance_km


def _is_one_of(found: _Found, optional: Iterable[Record]) -> bool:
    return any(
        _key(found.name) == _key(it["name"])
        or _off(found.point, it, float(it.get("tol_km") or OPTIONAL_KM)) <= 1
        for it in optional
    )


def _repeated(items: Sequence[_T], name: Callable[[_T], str]) -> Iterator[tuple[_T, bool]]:
    """Yield each item with whether the one before it has the same name."""
    last = ""
    for item in items:
        yield item, bool(last) and _key(name(item)) == last
        last = _key(name(item))


def _common(found: Sequence[_Found], gold: Sequence[Record]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(gold) + 1)
    for it in found:
        above = row
        row = [0]
        for j, wanted in enumerate(gold):
            same = _off(it.point, wanted, _tolerance(wanted)) <= 1
            row.append(above[j] + 1 if same else max(above[j + 1], row[j]))
    return row[-1]


def _agrees(gold: str, found: str) -> bool:
    """Whether a date says all that the gold says, which may leave the year or day open."""
    wanted, said = _DATE.fullmatch(gold.strip()[:10]), _DATE.fullmatch(found.strip()[:10])
    if not wanted or not said:
        return False
    pairs = zip(wanted.groups(), said.groups(), strict=True)
    return all(a in (None, "-") or a == b for a, b in pairs)


def _f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 1.0


def _mean(name: str) -> Callable[[Sequence[_Case]], float]:
    def measure(cases: Sequence[_Case]) -> float:
        values = [value for case in cases if (value := getattr(case, name)) is not None]
        return sum(values) / len(values) if values else 0.0

    return measure


def _planned_f1(cases: Sequence[_Case]) -> float:
    right, found, gold = (sum(case.planned[rank] for case in cases) for rank in range(3))
    return _f1(right, found, gold) if right else 0.0


_MEASURES: Mapping[str, Callable[[Sequence[_Case]], float]] = {
    "stop precision": _mean("precision"),
    "stop recall": _mean("recall"),
    "stop f1": _mean("f1"),
    "sequence lcs f1": _mean("lcs"),
    "order tau-b": _mean("tau"),
    "status": _mean("status"),
    "planned f1": _planned_f1,
    "planned as visited": _mean("planned_as_visited"),
    "dates right": _mean("dates_right"),
    "dates wrong": _mean("dates_wrong"),
    "false routes": _mean("false_route"),
}


def errors(records: Iterable[Record], *, make: Travel = travel) -> Iterator[Error]:
    """Yield what went wrong in each text: stops that were missed, and stops that are none."""
    for record in records:
        journey = make(record)
        found = _found(journey)
        case = _Case.of(record, found)
        right = {j for _, j in case.pairs}
        for j, wanted in enumerate(case.gold):
            if j not in right:
                yield Error(str(record.get("id")), wanted["name"], _why_missed(journey, wanted))
        placed = {rank for rank, _ in case.pairs}
        for rank, it in enumerate(case.found):
            if rank not in placed:
                yield Error(str(record.get("id")), it.name, _why_wrong(it, case.gold))


def _why_missed(journey: Itinerary, gold: Record) -> str:
    """Return at which stage a gold stop was lost."""
    named = [m for m in journey.mentions if _is_named(m, gold)]
    if not named:
        return "not recognised"
    if not any(_fits(c.place.point, gold) for m in named for c in m.candidates):
        return "no candidate"
    chosen = [m for m in named if m.place and _fits(m.place.point, gold)]
    if not chosen:
        return "wrong candidate"
    on_route = any(m.status is not VisitStatus.MENTIONED for m in chosen)
    return "stop merged with another" if on_route else "stop taken for a mention"


def is_of(mention: Mention, gold: Record) -> bool:
    """Whether a mention has the name of a gold place, or is put where it is."""
    return _is_named(mention, gold) or bool(mention.place and _fits(mention.place.point, gold))


def _is_named(mention: Mention, gold: Record) -> bool:
    """Whether a mention has the name of a gold stop, or a part of it."""
    ours, theirs = f" {_key(mention.toponym.text)} ", f" {_key(gold['name'])} "
    return ours in theirs or theirs in ours


def _fits(point: Point, gold: Record) -> bool:
    return _off(point, gold, _tolerance(gold)) <= 1


def _why_wrong(found: _Found, gold: Sequence[Record]) -> str:
    """Return why a stop is none."""
    if any(found.point and _fits(found.point, it) for it in gold):
        return "stop told twice"
    if any(_key(found.name) == _key(it["name"]) for it in gold):
        return "stop without its place" if found.point is None else "stop at a namesake"
    return "mention taken for a stop"
