"""The order of the stages, known here and nowhere else.

::

    text → read → recognize → geocode → resolve → visits → order → measure → Itinerary
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, cast

from mapper import plugins
from mapper.dates import TimeExpression, find_expressions
from mapper.gazetteer import Gazetteer
from mapper.measure import legs, stated_distances
from mapper.model import Document, Itinerary, Leg, Mention, Outcome, Provenance, Stop, Toponym
from mapper.order import CONTRADICTION, list_places, order
from mapper.read import read, read_text
from mapper.resolve import resolve
from mapper.version import __version__
from mapper.visits import Weights, evidence, judge
from mapper.visits import traveller as whose_journey

__all__ = [
    "find_places",
    "locate_places",
    "map_document",
    "map_file",
    "map_places",
    "map_text",
    "visit_evidence",
]

_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")

RECOGNIZER = "crf"
GEOCODER = "embedded"


class Recognizer(Protocol):
    """What finds the place names of a document."""

    def __call__(self, document: Document, /, *, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
        """Return them in text order, none overlapping another."""


def map_text(
    text: str,
    *,
    source: str = "text",
    title: str | None = None,
    published: dt.date | None = None,
    traveller: str | None = None,
) -> Itinerary:
    """Return the journey that a text tells.

    Parameters
    ----------
    text
        A news story, a diary, a report, in English.
    source
        A label of the text, shown with the map; of an absolute path only the name is kept.
    title, published
        Say what the text does not; they win over what it says. Every weekday and
        "two days later" is read against `published`.
    traveller
        Whose journey to draw, where several people travel: see `map_document`.

    Raises
    ------
    InputError
        The text is empty or no text, or has nobody called `traveller`; or `published` is not
        in the years 1000 to 2999.
    TypeError
        The text is no string, or `published` no `datetime.date`.

    >>> journey = map_text("On 3 May 1911 we left Bergen. On 5 May we arrived in Oslo.")
    >>> [(stop.name, stop.status.value) for stop in journey.stops]
    [('Bergen', 'origin'), ('Oslo', 'visited')]
    """
    document = read_text(text, source=source, title=title, published=published)
    return map_document(document, traveller=traveller)


def map_file(
    path: str | Path, *, title: str | None = None, published: dt.date | None = None
) -> Itinerary:
    """Return the journey that a text file tells; see `map_text`."""
    return map_document(read(path, title=title, published=published))


def map_document(
    document: Document,
    *,
    recognizer: str = RECOGNIZER,
    geocoder: str = GEOCODER,
    traveller: str | None = None,
    weights: Weights | None = None,
) -> Itinerary:
    """Return the journey in a document that has been read.

    Parameters
    ----------
    document
        The text.
    recognizer, geocoder
        Names of plugins.
    traveller
        Whose journey it is: a name as the text has it, or "first person" for its writer;
        by default whoever travels most.
    weights
        What the evidence of a visit is worth; by default as it was learnt.

    Raises
    ------
    InputError
        The text has nobody called `traveller`.
    """
    mentions = find_places(
        document, recognizer=recognizer, geocoder=geocoder, traveller=traveller, weights=weights
    )
    stops = order(document, mentions)
    return _itinerary(
        document,
        mentions,
        stops,
        traveller=whose_journey(document, mentions, name=traveller),
        legs=legs(stops),
        warnings=_warnings(document, mentions, stops),
        provenance=_provenance(recognizer, geocoder),
    )


def map_places(
    document: Document, *, recognizer: str = RECOGNIZER, geocoder: str = GEOCODER
) -> Itinerary:
    """Return the places of a document in the order in which it first names them, without a route.

    Each is a stop of status mentioned. Parameters as in `map_document`.
    """
    mentions = locate_places(document, recognizer=recognizer, geocoder=geocoder)
    return _itinerary(
        document,
        mentions,
        list_places(document, mentions),
        provenance=_provenance(recognizer, geocoder),
    )


def _itinerary(
    document: Document,
    mentions: tuple[Mention, ...],
    stops: tuple[Stop, ...],
    *,
    provenance: Provenance,
    traveller: str | None = None,
    legs: tuple[Leg, ...] = (),
    warnings: Iterable[str] = (),
) -> Itinerary:
    return Itinerary(
        title=document.title or _route_title(stops, document),
        document=document,
        traveller=traveller,
        mentions=mentions,
        stops=stops,
        legs=legs,
        stated_distances=stated_distances(document, mentions, stops),
        warnings=(*document.warnings, *warnings),
        provenance=provenance,
        attribution=_gazetteer().attribution,
    )


def _provenance(recognizer: str, geocoder: str) -> Provenance:
    return Provenance(
        mapper=__version__,
        gazetteer=_gazetteer().version,
        # A model may be a path of this machine; its name stands with each mention.
        recognizer=recognizer.partition(":")[0],
        options={"geocoder": geocoder},
    )


def find_places(
    document: Document,
    *,
    recognizer: str = RECOGNIZER,
    geocoder: str = GEOCODER,
    traveller: str | None = None,
    weights: Weights | None = None,
) -> tuple[Mention, ...]:
    """Return every place name of a document with its place, visit status and time.

    Parameters as in `map_document`.
    """
    mentions = locate_places(document, recognizer=recognizer, geocoder=geocoder)
    return judge(document, mentions, _times(document), traveller=traveller, weights=weights)


def visit_evidence(
    document: Document, mentions: Sequence[Mention], *, traveller: str | None = None
) -> list[frozenset[str]]:
    """Return for each place name of a document what speaks for and against a visit.

    `traveller` as in `map_document`.
    """
    return evidence(document, mentions, _times(document), traveller=traveller)


def _times(document: Document) -> tuple[TimeExpression, ...]:
    return find_expressions(document.text, published=document.published, sections=document.sections)


def locate_places(
    document: Document, *, recognizer: str | Recognizer = RECOGNIZER, geocoder: str = GEOCODER
) -> tuple[Mention, ...]:
    """Return every place name of a document with its place, visited or not.

    `recognizer` is the name of a plugin, or a function such as one declares.
    """
    gazetteer = _gazetteer()
    if isinstance(recognizer, str):
        recognizer = cast(Recognizer, plugins.load("mapper.recognizers", recognizer))
    geocode = plugins.load("mapper.geocoders", geocoder)
    toponyms = recognizer(document, gazetteer=gazetteer)
    names = sorted({toponym.normalized for toponym in toponyms})
    candidates = {name: geocode(name, gazetteer=gazetteer) for name in names}
    return resolve(document, toponyms, candidates)


# Opened once for a process: what was read of it is remembered from text to text.
_gazetteer = functools.cache(Gazetteer.open)


def _route_title(stops: Sequence[Stop], document: Document) -> str:
    """Return "Oslo – Bergen" for a text without a title."""
    names = [stop.name for stop in stops]
    ends = [names[0], names[-1]] if len(names) > 1 and names[0] != names[-1] else names[:1]
    return " – ".join(ends) or document.source


def _warnings(
    document: Document, mentions: Sequence[Mention], stops: Sequence[Stop]
) -> Iterator[str]:
    if not any(mention.outcome is not Outcome.UNRESOLVED for mention in mentions):
        yield "No place of this text is in the gazetteer."
    elif not any(stop.place for stop in stops):
        yield "Nobody travels in this text, as far as its words say."
    for stop in stops:
        if stop.place is None:
            yield f"{stop.name} is not in the gazetteer: it is listed, not drawn."
        for reason in stop.reasons:
            if reason.name == CONTRADICTION and stop.arrival:
                yield f"{stop.name} has two dates: {stop.arrival.start}, and also {reason.detail}."
    undated = any(not (stop.arrival or stop.departure) for stop in stops)
    if undated and document.published is None and _WEEKDAY.search(document.text):
        yield (
            "The text does not say when it was published, so its weekdays may have no date;"
            " say when (`published`)."
        )
