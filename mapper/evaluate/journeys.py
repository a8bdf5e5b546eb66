"""Stops of whole journeys, scored against gold.

A stop is right within the tolerance of a gold stop, one to one: the same name first,
then the nearest, then the nearest in the sequence. The order is measured by Kendall's
tau-b over the right stops. A stop that matches nothing, but is one of a text's optional
places, is not counted at all.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from mapper.evaluate.gold import Record, one_to_one
from mapper.geodesy import distance_m
from mapper.model import Itinerary, Point, Stop, VisitStatus
from mapper.pipeline import map_text

__all__ = ["Score", "journeys"]

STOP_TOLERANCE_KM = 50.0
OPTIONAL_TOLERANCE_KM = 10.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of right, found and gold items, and the measures made of them."""

    right: int
    found: int
    gold: int
    further: Mapping[str, float]

    @property
    def precision(self) -> float:
        """Share of the found that is right, 0 to 1."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found, 0 to 1."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        total = self.found + self.gold
        return 2 * self.right / total if total else 1.0


def journeys(
    records: Iterable[Record], *, travel: Callable[[Record], Itinerary] | None = None
) -> Score:
    """Score the stops of whole texts, pooled, on records with `text` and `stops`.

    `travel` is what makes the journey, by default the whole program. Further measures:
    `macro_f1` and `tau` are means over the texts, `status` the share of right stops with
    the right status (origin counts as visited), `date` the share of gold dates given.
    """
    travel = travel or _travel
    cases = [_Case.of(record, travel(record)) for record in records]
    right, found, gold = (
        (sum(counts) for counts in zip(*(case.counts for case in cases), strict=True))
        if cases
        else (0, 0, 0)
    )
    pairs = [pair for case in cases for pair in case.pairs]
    status = [_is_planned(stop) == (it["status"] == "planned") for stop, it in pairs]
    dated = sum(bool(it.get("date")) for case in cases for it in case.gold)
    dates = sum(_agrees(it["date"], _date(stop)) for stop, it in pairs if it.get("date"))
    further = {
        "macro_f1": _mean([case.f1 for case in cases]),
        "tau": _mean([tau for case in cases if (tau := case.tau) is not None]),
        "status": _mean(status),
        "date": _share(dates, dated),
    }
    return Score(right=right, found=found, gold=gold, further=further)


def _travel(record: Record) -> Itinerary:
    published = record.get("published") or ""
    date = dt.date.fromisoformat(published) if len(published) == len("2000-01-01") else None
    return map_text(record["text"], published=date)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One text: the stops that count, the gold ones, and the pairs in gold order."""

    found: int
    gold: Sequence[Record]
    pairs: Sequence[tuple[Stop, Record]]

    @classmethod
    def of(cls, record: Record, journey: Itinerary) -> _Case:
        stops, gold = journey.stops, record["stops"]
        matched = _matched(stops, gold)
        used = {i for i, _ in matched}
        optional = record.get("optional") or ()
        found = sum(i in used or not _is_one_of(s, optional) for i, s in enumerate(stops))
        pairs = [(stops[i], gold[j]) for i, j in sorted(matched, key=lambda pair: pair[1])]
        return cls(found=found, gold=gold, pairs=pairs)

    @property
    def counts(self) -> tuple[int, int, int]:
        """Right, found and gold stops."""
        return len(self.pairs), self.found, len(self.gold)

    @property
    def f1(self) -> float:
        """F1 of this text; a text without a journey wants an empty one."""
        return 2 * len(self.pairs) / total if (total := self.found + len(self.gold)) else 1.0

    @property
    def tau(self) -> float | None:
        """Kendall's tau-b of the order of the right stops, None with fewer than two."""
        numbers = [stop.number for stop, _ in self.pairs]
        signs = [1 if b > a else -1 for a, b in itertools.combinations(numbers, 2)]
        return sum(signs) / len(signs) if signs else None


def _matched(stops: Sequence[Stop], gold: Sequence[Record]) -> list[tuple[int, int]]:
    near = (
        (stop.name.casefold() != it["name"].casefold(), off, _apart(i, stops, j, gold), i, j)
        for i, stop in enumerate(stops)
        for j, it in enumerate(gold)
        if (off := _off(stop, it, STOP_TOLERANCE_KM)) <= 1
    )
    return list(one_to_one((i, j) for *_, i, j in sorted(near)))


def _apart(i: int, stops: Sequence[Stop], j: int, gold: Sequence[Record]) -> float:
    """Return how far apart two stops stand in their sequences, 0 to 1."""
    return abs(i / max(len(stops) - 1, 1) - j / max(len(gold) - 1, 1))


def _off(stop: Stop, gold: Record, tolerance_km: float) -> float:
    """Return how far a stop is from the gold, in tolerances."""
    if stop.place is None or gold.get("lat") is None:
        return math.inf
    tolerance = gold.get("tol_km") or tolerance_km
    return round(_metres(stop.place.point, gold) / 1000 / tolerance, 3)


def _is_one_of(stop: Stop, optional: Iterable[Record]) -> bool:
    return any(
        stop.name.casefold() == it["name"].casefold() or _off(stop, it, OPTIONAL_TOLERANCE_KM) <= 1
        for it in optional
    )


def _metres(point: Point, gold: Record) -> float:
    return distance_m(point, Point(lat=gold["lat"], lon=gold["lon"]))


def _is_planned(stop: Stop) -> bool:
    return stop.status is VisitStatus.PLANNED


def _date(stop: Stop) -> str:
    when = stop.arrival or stop.departure
    return when.start if when and when.start == when.end else ""


def _agrees(gold: str, found: str) -> bool:
    """Whether a date says all that the gold says, which may leave the year or day open."""
    if gold.startswith("--"):
        return found.endswith(gold[1:]) and bool(found)
    return found.startswith(gold)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
