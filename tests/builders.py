"""Journeys made by hand, for tests of whatever comes after the text was understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mapper.measure import legs
from mapper.model import (
    Attribution,
    Candidate,
    Document,
    Granularity,
    Itinerary,
    Mention,
    Outcome,
    Place,
    Point,
    Provenance,
    Span,
    StatedDistance,
    Stop,
    Toponym,
    VisitStatus,
    When,
)

__all__ = ["Halt", "day", "halts_at", "journey", "mention", "place"]


@dataclass(frozen=True, kw_only=True)
class Halt:
    """A stop to be made: where, when, and the sentence that says so."""

    name: str
    point: Point | None
    status: VisitStatus = VisitStatus.VISITED
    arrival: When | None = None
    departure: When | None = None
    sentence: str = ""
    country: str = ""
    admin1: str = ""
    place_name: str = ""
    outcome: Outcome = Outcome.RESOLVED
    rivals: tuple[Place, ...] = ()


def day(iso: str, end: str | None = None) -> When:
    """Return a time of the text, a single one or from `iso` to `end`."""
    parts = len(iso.removeprefix("--").split("-")) + iso.startswith("--")
    single = (Granularity.YEAR, Granularity.MONTH, Granularity.DAY)[parts - 1]
    return When(start=iso, end=end or iso, granularity=Granularity.INTERVAL if end else single)


def place(name: str, point: Point, *, country: str = "", admin1: str = "") -> Place:
    """Return a town of that name."""
    return Place(
        id=f"test:{name}@{point.lat},{point.lon}",
        name=name,
        lat=point.lat,
        lon=point.lon,
        feature_class="P",
        feature_code="PPL",
        country_code=country,
        admin1_code=admin1,
    )


def mention(name: str, number: int, where: Place | None, **changes: Any) -> Mention:
    """Return a mention of `name`, by default merely mentioned and resolved if it has a place."""
    outcome = Outcome.RESOLVED if where else Outcome.UNRESOLVED
    toponym = Toponym(
        span=Span(0, 0), text=name, normalized=name.casefold(), score=1.0, recognizer="hand"
    )
    fields: dict[str, Any] = {
        "id": f"m{number}",
        "toponym": toponym,
        "place": where,
        "candidates": (Candidate(place=where, score=0.9),) if where else (),
        "score": 0.9,
        "reasons": (),
        "outcome": outcome,
    }
    return Mention(**{**fields, **changes})


def halts_at(*places: tuple[str, float, float]) -> list[Halt]:
    """Return visited halts from names, latitudes and longitudes."""
    return [Halt(name=name, point=Point(lat=lat, lon=lon)) for name, lat, lon in places]


@dataclass
class _Text:
    """A text that grows by sentences and remembers where each stands."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)

    def add(self, sentence: str) -> Span:
        start = len(self.text)
        self.text += f"{sentence}\n"
        self.spans.append(Span(start, start + len(sentence)))
        return self.spans[-1]


def journey(
    halts: Sequence[Halt],
    *,
    title: str = "A journey",
    language: str = "en",
    published: dt.date | None = dt.date(2023, 9, 16),
    source: str = "hand.txt",
    traveller: str | None = None,
    mentioned: Sequence[tuple[str, Point | None]] = (),
    stated: Sequence[tuple[str, float, float | None]] = (),
    warnings: Sequence[str] = (),
    attribution: Sequence[Attribution] = (),
    version: str = "0.0.0",
) -> Itinerary:
    """Return the journey of these halts, in their order, legs and all.

    `mentioned` are further names of the text with or without a place; `stated` are words
    of a distance, its metres, and the geodesic's where both ends are known (between the
    first and the second mention).
    """
    text = _Text()
    made = [_stop_and_mention(halt, number, text) for number, halt in enumerate(halts, 1)]
    stops = tuple(stop for stop, _ in made)
    others = [
        mention(name, number, place(name, point) if point else None)
        for number, (name, point) in enumerate(mentioned, len(made) + 1)
    ]
    mentions = (*(heard for _, heard in made), *others)
    distances = [_stated(text.add(words), *metres, mentions) for words, *metres in stated]
    return Itinerary(
        title=title,
        document=Document(
            text=text.text, source=source, title=title, language=language, published=published
        ),
        traveller=traveller,
        mentions=mentions,
        stops=stops,
        legs=legs(stops),
        stated_distances=tuple(distances),
        warnings=tuple(warnings),
        provenance=Provenance(mapper=version, gazetteer="hand", recognizer="hand"),
        attribution=tuple(attribution),
    )


def _stop_and_mention(halt: Halt, number: int, text: _Text) -> tuple[Stop, Mention]:
    name = halt.place_name or halt.name
    where = halt.point and place(name, halt.point, country=halt.country, admin1=halt.admin1)
    chosen = (where,) if where else ()
    candidates = tuple(Candidate(place=it, score=0.5) for it in (*chosen, *halt.rivals))
    outcome = halt.outcome if where else Outcome.UNRESOLVED
    changes = {"status": halt.status, "outcome": outcome, "candidates": candidates}
    heard = mention(halt.name, number, where, **changes)
    stop = Stop(
        id=f"s{number}",
        number=number,
        name=halt.name,
        place=where,
        mentions=(heard.id,),
        status=halt.status,
        arrival=halt.arrival,
        departure=halt.departure,
        score=0.9,
        reasons=(),
        evidence=text.add(halt.sentence) if halt.sentence else None,
    )
    return stop, heard


def _stated(
    span: Span, metres: float, geodesic: float | None, mentions: Sequence[Mention]
) -> StatedDistance:
    ends = [it.id for it in mentions[:2]] if geodesic is not None else [None, None]
    return StatedDistance(
        span=span, distance_m=metres, origin=ends[0], destination=ends[1], geodesic_m=geodesic
    )
