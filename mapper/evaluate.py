"""How well the program does on gold texts: place names and journeys.

Toponyms: a found span is right when it overlaps a gold span, one to one. A place is
right within 161 km (100 miles), the field's customary distance.

Journeys: a stop is right within the tolerance of the gold stop, one to one in
travel order of the gold; the order is measured by Kendall's tau over the pairs of
right stops.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mapper.geodesy import distance_m
from mapper.model import Mention, Outcome, Point, Span, Stop, VisitStatus
from mapper.pipeline import find_places, map_text
from mapper.read import read_text

__all__ = ["Score", "journeys", "toponyms"]

ACCURATE_M = 161_000.0
STOP_TOLERANCE_KM = 50.0


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


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSONL file, or those of the JSON files in a folder."""
    if path.is_dir():
        for file in sorted(path.glob("*.json")):
            yield json.loads(file.read_text(encoding="utf-8"))
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def toponyms(records: Iterable[Mapping[str, Any]]) -> Score:
    """Score recognition, and `accuracy` end to end, on records with `toponyms`."""
    right = found = gold = located = accurate = 0
    for record in records:
        spans = [g for g in record["toponyms"] if g["end"] > g["start"]]
        mentions = find_places(read_text(record["text"]))
        pairs = list(_overlapping(mentions, spans))
        right, found, gold = right + len(pairs), found + len(mentions), gold + len(spans)
        located += sum(g["lat"] is not None for g in spans)
        accurate += sum(_is_accurate(mention, g) for mention, g in pairs)
    accuracy = accurate / located if located else 1.0
    return Score(right=right, found=found, gold=gold, further={"accuracy": accuracy})


def _overlapping(
    mentions: Sequence[Mention], gold: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Mention, Mapping[str, Any]]]:
    free = list(mentions)
    for record in gold:
        span = Span(record["start"], record["end"])
        held = next((m for m in free if m.span.overlaps(span)), None)
        if held is not None:
            free.remove(held)
            yield held, record


def _is_accurate(mention: Mention, gold: Mapping[str, Any]) -> bool:
    if gold["lat"] is None or mention.place is None or mention.outcome is Outcome.UNRESOLVED:
        return False
    point = Point(lat=gold["lat"], lon=gold["lon"])
    return distance_m(mention.place.point, point) <= ACCURATE_M


def journeys(records: Iterable[Mapping[str, Any]]) -> Score:
    """Score stops (pooled), with `macro_f1`, `tau`, `status` and `date` shares."""
    rights, founds, golds = 0, 0, 0
    f1s: list[float] = []
    taus: list[float] = []
    status: list[bool] = []
    dates: list[bool] = []
    for record in records:
        stops = _stops(record)
        pairs = _matched(stops, record["stops"])
        counted = [s for s in stops if s in [p for p, _ in pairs] or not _is_optional(s, record)]
        rights, founds, golds = (
            rights + len(pairs),
            founds + len(counted),
            golds + len(record["stops"]),
        )
        total = len(counted) + len(record["stops"])
        f1s.append(2 * len(pairs) / total if total else 1.0)
        taus.extend(_tau(pairs, record["stops"]))
        status.extend(_is_planned(s) == (g["status"] == "planned") for s, g in pairs)
        dates.extend(_date(s) == g["date"] for s, g in pairs if g["date"])
    further = {
        "macro_f1": _mean(f1s),
        "tau": _mean(taus),
        "status": _mean(status),
        "date": _mean(dates),
    }
    return Score(right=rights, found=founds, gold=golds, further=further)


def _stops(record: Mapping[str, Any]) -> list[Stop]:
    published = record.get("published")
    date = None
    if published and len(published) == 10:
        import datetime as dt

        date = dt.date.fromisoformat(published)
    journey = map_text(record["text"], published=date)
    return [stop for stop in journey.stops if stop.place]


def _matched(
    stops: Sequence[Stop], gold: Sequence[Mapping[str, Any]]
) -> list[tuple[Stop, Mapping[str, Any]]]:
    free = list(stops)
    pairs = []
    for record in gold:
        held = next((stop for stop in free if _is_near(stop, record)), None)
        if held is not None:
            free.remove(held)
            pairs.append((held, record))
    return pairs


def _is_near(stop: Stop, gold: Mapping[str, Any]) -> bool:
    if stop.place is None or gold["lat"] is None:
        return False
    point = Point(lat=gold["lat"], lon=gold["lon"])
    tolerance_km = gold.get("tol_km") or STOP_TOLERANCE_KM
    return distance_m(stop.place.point, point) <= 1000 * tolerance_km


def _is_optional(stop: Stop, record: Mapping[str, Any]) -> bool:
    return any(stop.name == o["name"] or _is_near(stop, o) for o in record["optional"])


def _tau(
    pairs: Sequence[tuple[Stop, Mapping[str, Any]]], gold: Sequence[Mapping[str, Any]]
) -> Iterator[float]:
    signs = [
        1 if b.number > a.number else -1 for (a, _), (b, _) in itertools.combinations(pairs, 2)
    ]
    if signs:
        yield sum(signs) / len(signs)


def _is_planned(stop: Stop) -> bool:
    return stop.status is VisitStatus.PLANNED


def _date(stop: Stop) -> str | None:
    when = stop.arrival or stop.departure
    return when.start if when else None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
