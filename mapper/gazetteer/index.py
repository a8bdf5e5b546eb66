"""Open the compiled gazetteer and look names up."""

from __future__ import annotations

import dataclasses
import enum
import functools
import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mapper.errors import AssetError
from mapper.gazetteer.keys import (
    LONGEST_NAME,
    exact_key,
    generic_class,
    one_edit_away,
    tolerant_key,
)
from mapper.gazetteer.schema import DEGREE, FORMAT, REGION, TOWN
from mapper.model import Attribution, Place

__all__ = ["Gazetteer", "Match", "NameKind"]

EMBEDDED = Path(__file__).parent / "data" / "gazetteer.sqlite"


class NameKind(enum.StrEnum):
    """What a name is to the place it found."""

    PREFERRED = "preferred"
    ALIAS = "alias"
    ALTERNATE = "alternate"
    TOLERANT = "tolerant"
    # Read with one letter amiss.
    SIMILAR = "similar"


# As numbered in the file, the most trusted first.
KINDS = tuple(NameKind)
OWN_NAME = KINDS.index(NameKind.ALIAS)

# Inhabitants, and letters, from which on a name one letter off is worth a look.
LEAST_SIMILAR = 15_000
SHORTEST_SIMILAR, LONGEST_SIMILAR = 5, 30
# The largest number that SQLite can be given.
LARGEST = 2**63 - 1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A place that a name may mean.

    `name` is spelled as the gazetteer has it; `alternates` is the number of
    names that the source knows for the place, a prior for its prominence.
    """

    place: Place
    name: str
    kind: NameKind
    alternates: int


_PLACE = """
    p.number, p.ref, p.name, p.lat, p.lon, p.class, p.code, p.country, p.admin1, p.population,
    p.bbox, p.source"""
_MATCH = f"SELECT n.key, n.spelling, n.kind, p.alternates, {_PLACE}"
_FOUND = f"{_MATCH} FROM name n JOIN place p ON p.number = n.place"
_BEST_FIRST = """
    ORDER BY coalesce(p.prominence, p.population) DESC, p.alternates DESC, n.kind, p.number"""
_EXACT = f"{_FOUND} WHERE n.key = :key {_BEST_FIRST}"
_TOLERANT = f"""
    SELECT n.key, n.spelling, {KINDS.index(NameKind.TOLERANT)}, p.alternates, {_PLACE}
    FROM (
        SELECT key, place, kind, spelling FROM name WHERE key = :key
        UNION ALL
        SELECT t.key, t.place, 9, o.name FROM tolerant t JOIN place o ON o.number = t.place
        WHERE t.key = :key AND t.place NOT IN (SELECT place FROM name WHERE key = :key)
    ) n JOIN place p ON p.number = n.place {_BEST_FIRST}"""
# Towns of some size and landmarks only: of villages every word has a few that are alike.
_SIMILAR = f"""
    SELECT n.key, n.spelling, {KINDS.index(NameKind.SIMILAR)}, p.alternates, {_PLACE}
    FROM name n JOIN place p ON p.number = n.place
    WHERE n.key IN (SELECT value FROM json_each(:keys)) AND n.kind <= {OWN_NAME}
      AND (p.population >= {LEAST_SIMILAR} OR p.source = 'mapper') {_BEST_FIRST}"""
_PREFIX = (
    f"{_FOUND} WHERE n.key > :key AND n.key < :key || char(1114111) {_BEST_FIRST} LIMIT :limit"
)
_INSIDE = f"{_FOUND} WHERE instr(n.key, :key) > 1 {_BEST_FIRST} LIMIT :limit"
_BY_NUMBER = f"SELECT {_PLACE} FROM place p WHERE p.number = :number AND p.ref IS NULL"
_BY_REF = f"SELECT {_PLACE} FROM place p WHERE p.ref = :ref"
_BY_AREA = f"SELECT {_PLACE} FROM area a JOIN place p ON p.number = a.place WHERE a.code = :code"
_TOWNS = f"""
    SELECT {_PLACE} FROM place p
    WHERE {TOWN} AND p.population >= :least AND p.lat BETWEEN :south AND :north
      AND CASE WHEN :west <= :east THEN p.lon BETWEEN :west AND :east
          ELSE p.lon >= :west OR p.lon <= :east END
    ORDER BY p.population DESC, p.number LIMIT :limit"""

# So many names are remembered: those of some hundred texts.
REMEMBERED = 5_000


class Gazetteer:
    """The embedded gazetteer: read-only, offline, opened in milliseconds.

    Make one with `Gazetteer.open`. It may be used from several threads, and
    pickled: the copy opens the same file.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """Open the gazetteer at `path`, by default the one inside the package.

        Raises
        ------
        AssetError
            The file is missing, damaged or of another version.
        """
        path = path or EMBEDDED
        if not path.is_file():
            raise _unusable(path, "missing")
        gazetteer = cls(path, _connect(path))
        if gazetteer._meta.get("format") != str(FORMAT):
            raise _unusable(path, "of another version")
        return gazetteer

    def close(self) -> None:
        """Close the file; the gazetteer is of no use from then on."""
        self._connection.close()

    def __del__(self) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, tuple[Path]]:
        """Pickle the way to the file, not the connection."""
        return type(self).open, (self._path,)

    def lookup(self, name: str) -> tuple[Match, ...]:
        """Return every place of that name, the best known first.

        The tolerant key is tried only when no place has the exact one. A
        generic noun in the name ("County", "Airport") then picks among what it
        finds, where anything of that class is found.
        """
        return _lookup(self, name)

    def _lookup(self, name: str) -> tuple[Match, ...]:
        key = _key(name)
        if not key:
            return ()
        return _matches(self._rows(_EXACT, key=key)) or self._tolerant(name)

    def similar(self, name: str) -> tuple[Match, ...]:
        """Return the well-known places whose name is one letter off: "Fremant1e", "Narobi".

        A short name is like too many others, and finds nothing.
        """
        key = _key(name)
        if len(key) < SHORTEST_SIMILAR or len(key) > LONGEST_SIMILAR:
            return ()
        return _matches(self._rows(_SIMILAR, keys=json.dumps(sorted(one_edit_away(key)))))

    def knows(self, name: str) -> bool:
        """Whether a place has exactly this name, but for case, accents and punctuation."""
        key = _key(name)
        return bool(key) and bool(
            self._rows("SELECT 1 FROM name WHERE key = :key LIMIT 1", key=key)
        )

    def place(self, place_id: str) -> Place:
        """Return the place of that id, such as ``geonames:2013348``.

        Raises
        ------
        KeyError
            No place has it.
        """
        scheme, _, number = place_id.partition(":")
        if scheme == "geonames" and number.isascii() and number.isdigit() and len(number) < 10:
            rows = self._rows(_BY_NUMBER, number=int(number))
        else:
            rows = self._rows(_BY_REF, ref=_bindable(place_id))
        if not rows:
            raise KeyError(place_id)
        return _place(rows[0])

    def country(self, code: str) -> Place | None:
        """Return the country of that ISO 3166-1 alpha-2 code, if there is one."""
        return self._area(code.upper())

    def country_name(self, code: str) -> str | None:
        """Return the English short name of that ISO 3166-1 alpha-2 code, if there is one."""
        return self._area_name(code.upper())

    def region(self, country_code: str, admin1_code: str) -> Place | None:
        """Return the first-level area of that GeoNames code, if it is known where it lies."""
        return self._area(REGION.format(country_code, admin1_code))

    def region_name(self, country_code: str, admin1_code: str) -> str | None:
        """Return the name of the first-level area of that GeoNames code, if there is one."""
        return self._area_name(REGION.format(country_code, admin1_code))

    def demonym(self, word: str) -> tuple[str, ...]:
        """Return what a word such as "French" speaks of, in alphabetical order.

        Countries are ISO 3166-1 alpha-2 (``FR``), first-level areas country and
        GeoNames code with a hyphen (``US-CA``).
        """
        return self._demonyms.get(_key(word), ())

    def towns(
        self,
        bbox: tuple[float, float, float, float],
        *,
        limit: int,
        minimum_population: int = 0,
    ) -> tuple[Place, ...]:
        """Return the towns inside `bbox`, the largest first.

        Parameters
        ----------
        bbox
            West, south, east, north in degrees. Longitudes may run past ±180;
            west may lie east of east, and the box then crosses the date line.
        limit
            How many at most.
        minimum_population
            Leave out smaller ones.
        """
        west, south, east, north = bbox
        if east - west >= 360:
            west, east = -180.0, 180.0
        degrees = {"west": _wrapped(west), "south": south, "east": _wrapped(east), "north": north}
        box = {side: round(degree * DEGREE) for side, degree in degrees.items()}
        rows = self._rows(_TOWNS, least=minimum_population, limit=max(limit, 0), **box)
        return tuple(map(_place, rows))

    def search(self, text: str, *, limit: int = 20) -> tuple[Match, ...]:
        """Return places for a person who types: exact, then by prefix, then by part of a name."""
        key = _key(text)
        if not key or limit < 1:
            return ()
        found = _distinct(self.lookup(text))
        for query in (_PREFIX, _INSIDE):
            if len(found) < limit:
                # A place may come back by several names: ask for more than are needed.
                rows = self._rows(query, key=key, limit=min(limit * 8, LARGEST))
                found = _distinct((*found.values(), *_matches(rows)))
        return tuple(found.values())[:limit]

    def info(self) -> Mapping[str, object]:
        """Return version, sources, counts by kind and size in bytes."""
        described: dict[str, object] = json.loads(self._meta["info"])
        return {"version": self.version, **described, "bytes": self._path.stat().st_size}

    @property
    def version(self) -> str:
        """A short hash of everything that the gazetteer holds."""
        return self._meta["version"]

    @property
    def attribution(self) -> tuple[Attribution, ...]:
        """Whom to credit for the data."""
        return tuple(Attribution.from_dict(it) for it in json.loads(self._meta["attribution"]))

    @functools.cached_property
    def _demonyms(self) -> dict[str, tuple[str, ...]]:
        """All of them: they are few, and every word with a capital is looked for."""
        found: dict[str, tuple[str, ...]] = {}
        for word, target in self._rows("SELECT word, target FROM demonym ORDER BY word, target"):
            found[word] = (*found.get(word, ()), target)
        return found

    @functools.cached_property
    def _meta(self) -> dict[str, str]:
        return dict(self._rows("SELECT key, value FROM meta"))

    def _rows(self, query: str, **values: object) -> list[Any]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _unusable(self._path, "damaged") from error

    def _tolerant(self, name: str) -> tuple[Match, ...]:
        found = _matches(self._rows(_TOLERANT, key=tolerant_key(name)))
        wanted = generic_class(name)
        return tuple(it for it in found if it.place.feature_class == wanted) or found

    def _area(self, code: str) -> Place | None:
        rows = self._rows(_BY_AREA, code=_bindable(code))
        return _place(rows[0]) if rows else None

    def _area_name(self, code: str) -> str | None:
        rows = self._rows("SELECT name FROM area WHERE code = :code", code=_bindable(code))
        return rows[0][0] if rows else None


# The recogniser asks for the same names as the geocoder, and texts for those of other texts.
_lookup = functools.lru_cache(maxsize=REMEMBERED)(Gazetteer._lookup)


def _connect(path: Path) -> sqlite3.Connection:
    # Nothing writes to the file, so SQLite need neither lock it nor look for a journal.
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        return sqlite3.connect(uri, uri=True, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise _unusable(path, "not readable") from error


def _unusable(path: Path, why: str) -> AssetError:
    return AssetError(f"the gazetteer {path.name} is {why}: build it with `pip install .`")


def _key(name: str) -> str:
    return exact_key(name) if len(name) <= LONGEST_NAME else ""


def _bindable(text: str) -> str:
    """Return `text` without lone surrogates, which SQLite cannot be given."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _wrapped(longitude: float) -> float:
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180


def _matches(rows: Iterable[Any]) -> tuple[Match, ...]:
    return tuple(map(_match, rows))


def _match(row: Any) -> Match:
    key, spelling, kind, alternates, *columns = row
    place = _place(columns)
    if spelling is None:
        spelling = place.name if exact_key(place.name) == key else key.title()
    return Match(place=place, name=spelling, kind=KINDS[kind], alternates=alternates)


def _distinct(matches: Iterable[Match]) -> dict[str, Match]:
    found: dict[str, Match] = {}
    for match in matches:
        found.setdefault(match.place.id, match)
    return found


def _place(row: Any) -> Place:
    number, ref, name, lat, lon, kind, code, country, admin1, population, bbox, source = row
    return Place(
        id=ref or f"geonames:{number}",
        name=name,
        lat=lat / DEGREE,
        lon=lon / DEGREE,
        feature_class=kind,
        feature_code=code,
        country_code=country,
        admin1_code=admin1,
        population=population,
        bbox=_box(bbox) if bbox else None,
        source=source,
    )


def _box(text: str) -> tuple[float, float, float, float]:
    west, south, east, north = map(float, text.split())
    return west, south, east, north
