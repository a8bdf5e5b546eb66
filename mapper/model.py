"""The words of the field as frozen values, and their JSON form.

Everything that travels between two stages is defined here. Standard library
only, no input or output, nothing that changes after it is made.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import functools
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import folium

__all__ = [
    "FIRST_PERSON",
    "Attribution",
    "Candidate",
    "Document",
    "Granularity",
    "Itinerary",
    "Leg",
    "Mention",
    "Outcome",
    "Place",
    "Point",
    "Provenance",
    "Reason",
    "Section",
    "SectionKind",
    "Span",
    "StatedDistance",
    "Stop",
    "Toponym",
    "VisitStatus",
    "When",
]

# The traveller of a text whose writer travels.
FIRST_PERSON = "first person"

ITINERARY_FORMAT = "mapper-itinerary"
ITINERARY_VERSION = 1

# Six decimals of a degree are 0.1 m; of a metre or a score, far below any meaning.
DECIMALS = 6


class Outcome(enum.StrEnum):
    """What became of a place name."""

    RESOLVED = "resolved"
    UNCERTAIN = "uncertain"
    UNRESOLVED = "unresolved"


class VisitStatus(enum.StrEnum):
    """What a place is to the journey.

    PASSED was gone through on the ground or water without a stay. Overflown,
    sighted, or headed for and not reached is MENTIONED.
    """

    ORIGIN = "origin"
    VISITED = "visited"
    PASSED = "passed"
    PLANNED = "planned"
    MENTIONED = "mentioned"

    @property
    def on_route(self) -> bool:
        """Whether a place of this status was really reached."""
        return self in (VisitStatus.ORIGIN, VisitStatus.VISITED, VisitStatus.PASSED)


class Granularity(enum.StrEnum):
    """How exactly a time is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


class SectionKind(enum.StrEnum):
    """What a part of a document is, beside its running text."""

    TITLE = "title"
    DATELINE = "dateline"
    DATE = "date"
    NAVIGATION = "navigation"
    HEADING = "heading"
    CAPTION = "caption"
    CREDIT = "credit"
    BODY = "body"


class _Codec:
    """JSON form of a dataclass: one key for each field, null rather than absent."""

    def to_dict(self) -> dict[str, Any]:
        """Return the value as plain JSON types, floats rounded to six decimals."""
        fields = dataclasses.fields(self)  # type: ignore[arg-type]
        return {field.name: _encode(getattr(self, field.name)) for field in fields}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the value that `to_dict` wrote; unknown keys are ignored.

        Raises
        ------
        KeyError
            A field without a default is absent.
        """
        kind: type = cls
        hints = _hints(kind)
        known = {name: _decode(hints[name], data[name]) for name in hints if name in data}
        missing = _required(kind) - known.keys()
        if missing:
            raise KeyError(f"{cls.__name__} lacks {', '.join(sorted(missing))}")
        return cls(**known)


@dataclasses.dataclass(frozen=True, slots=True)
class Span(_Codec):
    """A half-open range of characters of `Document.text`.

    >>> Span(0, 4).of("Oslo in May")
    'Oslo'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of `text` in this range."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this range."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share a character."""
        return self.start < other.end and other.start < self.end


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Point(_Codec):
    """A position on WGS-84 in decimal degrees.

    Latitude is -90 to 90. Longitude is -180 to 180, but in a path it may run
    past ±180 so that the path stays unbroken over the date line.

    >>> Point(lat=43.1, lon=131.9).lon_lat
    (131.9, 43.1)
    """

    lat: float
    lon: float

    @property
    def lat_lon(self) -> tuple[float, float]:
        """The pair in the order of geopy, folium and Leaflet."""
        return (self.lat, self.lon)

    @property
    def lon_lat(self) -> tuple[float, float]:
        """The pair in the order of shapely and GeoJSON."""
        return (self.lon, self.lat)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reason(_Codec):
    """One named part of a score: `value` is what it added or took away."""

    name: str
    value: float
    detail: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Section(_Codec):
    """A part of a document with its kind, and the label and page if it has any."""

    span: Span
    kind: SectionKind
    label: str | None = None
    page: int | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Document(_Codec):
    r"""A text as it was read.

    `text` is NFC with `\n` line ends. `source` is a label, never an absolute
    path. `published` anchors every relative date. `sections` come in text
    order, do not overlap, and cover every character but white space. `warnings`
    say what had to be guessed while reading.
    """

    text: str
    source: str
    title: str | None = None
    language: str = "en"
    published: dt.date | None = None
    sections: tuple[Section, ...] = ()
    warnings: tuple[str, ...] = ()

    def section_at(self, position: int) -> Section | None:
        """Return the section that holds the character at `position`, if any."""
        held = (s for s in self.sections if s.span.start <= position < s.span.end)
        return next(held, None)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Toponym(_Codec):
    """A place name as the text has it: `text == document.text[start:end]`, always."""

    span: Span
    text: str
    normalized: str
    score: float
    recognizer: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place(_Codec):
    """A gazetteer record.

    `id` is such as ``geonames:2013348`` or ``mapper:bering-sea``. Feature class and
    code are GeoNames', `country_code` is ISO 3166-1 alpha-2 or empty (a sea),
    `admin1_code` is GeoNames' or empty, `population` 0 where unknown, `bbox`
    (west, south, east, north) in degrees.
    """

    id: str
    name: str
    lat: float
    lon: float
    feature_class: str
    feature_code: str
    country_code: str = ""
    admin1_code: str = ""
    population: int = 0
    bbox: tuple[float, float, float, float] | None = None
    source: str = ""

    @property
    def point(self) -> Point:
        """Where the gazetteer puts the place."""
        return Point(lat=self.lat, lon=self.lon)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(_Codec):
    """A place that a name may mean, its score from 0 to 1, and why."""

    place: Place
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class When(_Codec):
    """A time that the text gives.

    `start` and `end` are ISO 8601, both inclusive, at the precision of
    `granularity` and equal for a single day, month or year: ``2023-09-16``, ``2008``,
    ``2017-04``, ``--10-02`` where the year is unknown. `expression` is the words
    that say so, or None where the time was given from outside.
    """

    start: str
    end: str
    granularity: Granularity
    expression: Span | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mention(_Codec):
    """A place name with what the tool made of it.

    `cue` is the words that decided the status, None where nothing spoke for a
    visit. `candidates` come best first; `place` is the chosen one's.
    """

    id: str
    toponym: Toponym
    place: Place | None
    candidates: tuple[Candidate, ...]
    score: float
    reasons: tuple[Reason, ...]
    outcome: Outcome
    status: VisitStatus = VisitStatus.MENTIONED
    cue: Span | None = None
    when: When | None = None

    @property
    def span(self) -> Span:
        """Where the name stands in the text."""
        return self.toponym.span


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stop(_Codec):
    """One halt of the journey.

    `number` counts from 1 in travel order, planned stops after the visited
    ones. `mentions` are mention ids, `evidence` the sentence that says so. A
    stop without a place is listed, not drawn.
    """

    id: str
    number: int
    name: str
    place: Place | None
    mentions: tuple[str, ...]
    status: VisitStatus
    arrival: When | None
    departure: When | None
    score: float
    reasons: tuple[Reason, ...]
    evidence: Span | None
    extra: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Leg(_Codec):
    """The way between two stops, by their ids.

    `distance_m` is metres along the WGS-84 geodesic, `initial_bearing_deg`
    degrees clockwise from north (0 to 360), `path` that geodesic with
    longitudes that do not jump at ±180.
    """

    origin: str
    destination: str
    distance_m: float
    initial_bearing_deg: float
    path: tuple[Point, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StatedDistance(_Codec):
    """A distance that the text states, beside the geodesic one.

    `origin` and `destination` are mention ids where the text names both ends;
    `geodesic_m` is None where it does not, or where an end has no place.
    """

    span: Span
    distance_m: float
    origin: str | None
    destination: str | None
    geodesic_m: float | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Attribution(_Codec):
    """Whom to credit for data: name, licence and link."""

    name: str
    licence: str
    url: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Provenance(_Codec):
    """What made this itinerary: enough to make it again."""

    mapper: str
    gazetteer: str
    recognizer: str
    options: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary(_Codec):
    """The journey of a text: what was named, what was visited, in travel order.

    `traveller` is whose journey it is as the text names them, `FIRST_PERSON` for its
    writer, None where the text does not say. Every number is kept to the six decimals
    that are written, so that what is read back is equal.
    """

    title: str
    document: Document
    traveller: str | None
    mentions: tuple[Mention, ...]
    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]
    stated_distances: tuple[StatedDistance, ...]
    warnings: tuple[str, ...]
    provenance: Provenance
    attribution: tuple[Attribution, ...]
    extra: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            object.__setattr__(self, field.name, _rounded(getattr(self, field.name)))

    def to_dict(self) -> dict[str, Any]:
        """Return the whole journey as plain JSON types, with format and version."""
        head = {"format": ITINERARY_FORMAT, "version": ITINERARY_VERSION}
        return head | super(Itinerary, self).to_dict()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the journey that `to_dict` wrote; unknown keys are ignored.

        Raises
        ------
        ValueError
            The data is of another format or version.
        KeyError
            A field without a default is absent.
        """
        found = (data.get("format"), data.get("version"))
        if found != (ITINERARY_FORMAT, ITINERARY_VERSION):
            raise ValueError(
                f"The data is {found[0]!r} in version {found[1]!r}, not {ITINERARY_FORMAT!r} "
                f"in version {ITINERARY_VERSION}: make it anew from the text."
            )
        return super(Itinerary, cls).from_dict(data)

    @property
    def total_distance_m(self) -> float:
        """Metres along all legs between stops that were reached."""
        reached = {stop.id for stop in self.stops if stop.status.on_route}
        return sum(leg.distance_m for leg in self.legs if leg.destination in reached)

    def mention(self, mention_id: str) -> Mention:
        """Return the mention of that id.

        Raises
        ------
        KeyError
            No mention has it.
        """
        for mention in self.mentions:
            if mention.id == mention_id:
                return mention
        raise KeyError(mention_id)

    def save(self, path: str | Path, *, force: bool = False) -> None:
        """Write the standalone HTML map to `path`; over a file only with `force`."""
        from mapper import render

        render.save(self, path, force=force)

    def to_geojson(self) -> dict[str, Any]:
        """Return stops and legs as an RFC 7946 feature collection."""
        from mapper import render

        return render.to_geojson(self)

    def folium_map(self) -> folium.Map:
        """Return a `folium.Map` of the journey, to which layers can be added."""
        from mapper import render

        return render.folium_map(self)

    def _repr_html_(self) -> str:
        from mapper import render

        return render.notebook_html(self)


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    names = {field.name for field in dataclasses.fields(cls)}
    return {name: hint for name, hint in typing.get_type_hints(cls).items() if name in names}


@functools.cache
def _required(cls: type) -> frozenset[str]:
    missing = dataclasses.MISSING
    return frozenset(
        field.name
        for field in dataclasses.fields(cls)
        if field.default is missing and field.default_factory is missing
    )


def _encode(value: Any) -> Any:
    match value:
        case _Codec():
            return value.to_dict()
        case enum.Enum():
            return value.value
        case dt.date():
            return value.isoformat()
        case float():
            return round(value, DECIMALS) + 0.0
        case tuple() | list():
            return [_encode(item) for item in value]
        case Mapping():
            return {str(key): _encode(item) for key, item in value.items()}
    return value


def _rounded(value: Any) -> Any:
    """Return the value with its numbers as they come back from their JSON form."""
    match value:
        case _Codec():
            fields = dataclasses.fields(value)  # type: ignore[arg-type]
            parts = {field.name: _rounded(getattr(value, field.name)) for field in fields}
            return type(value)(**parts)
        case float() | Mapping():
            return _encode(value)
        case tuple():
            return tuple(map(_rounded, value))
    return value


def _decode(hint: Any, value: Any) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _decode(arguments[0], value)
    if origin is tuple:
        return _decode_tuple(arguments, value)
    if not isinstance(hint, type):
        return value
    if issubclass(hint, _Codec):
        return hint.from_dict(value)
    if issubclass(hint, enum.Enum):
        return hint(value)
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    return float(value) if hint is float else value


def _decode_tuple(arguments: tuple[Any, ...], values: Any) -> tuple[Any, ...]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_decode(arguments[0], item) for item in values)
    return tuple(map(_decode, arguments, values))
