"""The table of landmarks is well formed, and its places lie where they must."""

from __future__ import annotations

import csv
import functools
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import mapper
from mapper.errors import AssetError
from mapper.geodesy import distance_m
from mapper.model import Place, Point

if TYPE_CHECKING:
    from shapely import Geometry

    from mapper.gazetteer import Gazetteer

Row = dict[str, str]

TABLES = Path(mapper.__file__).parent / "gazetteer" / "tables"
COLUMNS = (
    "slug name feature_class feature_code country_code admin1_code lat lon other_names "
    "extent_km note"
).split()
CODES = {
    "H": "BAY BGHT BNK CHN CHNM CNLN ESTY FJD FLLS GLCR GULF GYSR HBR INLT LGN LK LKN LKS OCN RF "
    "RFC RSV SD SEA SPNG STM STRT SWMP WTLD",
    "L": "AMUS AREA BSND BTL CST INDS LAND LCTY MILB NVB PRK RESF RESN RGN RGNH SALT",
    "R": "RD ST TNLRD TNLRR",
    "S": "ADMF AIRB AIRP ANS ASTR BDG BLDG CAVE CH CMP CMPRF CMTY CSTL CTRA CTRS DAM FT GATE GDN "
    "HSE HSTS HTL INSM ITTR LIBR MKT MN MNMT MSQE MSTY MUS OBSR OPRA PAL PGDA PIER PRN PSH PSN "
    "PSTB PYR PYRS RSTN RUIN SCH SHRN SQR STDM STNB STNM TMB TMPL TOWR UNIV WALL",
    "T": "ATOL BCH BDLD CAPE CLF CNYN CRTR DLTA DPR DSRT DUNE GAP GRGE HDLD HLL HLLS ISL ISLS "
    "ISTH KRST MT MTS PASS PEN PLAT PLN PT RDGE RK UPLD VAL VLC",
    "U": "RDGU TRNU",
}
CLASS_OF = {code: letter for letter, codes in CODES.items() for code in codes.split()}

# Two places each of which is the usual one in its part of the world.
SHARED_NAMES = {"grand canal", "lake district", "mississippi delta", "sierra nevada"}
OPEN_WATER = {"OCN", "SEA", "GULF", "STRT"}
# What may stand in the water: at these codes the middle of the whole, or no land at all.
LOOSE = {"LAND", "LCTY", "RGN", "RGNH", "CST", "TNLRR", "BDG", "PRK", "ISLS"}
# The outlines are coarse, and lack small islands and new land from the sea.
COAST_KM = 25
# Islands that are on no outline, while another country is nearer than their own.
LONELY_ISLANDS = {
    *("aldabra", "enewetak", "matsu-islands", "pratas-island"),
    *(Path(__file__).parent / "lonely_islands.txt").read_text(encoding="utf-8").split(),
}
# Ice shelves come and go, and the outlines do not hold them.
ICE = "AQ"
# A first-level area may end beside the site; further off, towns say nothing about it.
NEIGHBOURHOOD_KM = 60
NEIGHBOURS = 40
EARTH_RADIUS_KM = 6371.0
# All towns around are over the border of the first-level area.
LONELY_SITES = {"old-faithful"}
AIRPORT_KM = 4
# Closed, or in no list of today's airports under its position.
FORMER_AIRPORTS = {"croydon-airport", "kai-tak", "tempelhof", "zaventem"}


@functools.cache
def rows() -> list[Row]:
    """Read the table."""
    with (TABLES / "landmarks.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def where(row: Row) -> Point:
    """Return the position of a row."""
    return Point(lat=float(row["lat"]), lon=float(row["lon"]))


def names(row: Row) -> list[str]:
    """Return all names of a row."""
    return [row["name"], *filter(None, row["other_names"].split("|"))]


def of_codes(codes: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of some feature codes."""
    return (row for row in rows() if row["feature_code"] in set(codes))


def test_the_table_is_large_and_has_its_columns() -> None:
    """The columns are the documented ones, and hundreds of places of each kind are there."""
    assert list(rows()[0]) == COLUMNS
    kinds = Counter(row["feature_class"] for row in rows())
    assert min(kinds[letter] for letter in "HLST") >= 300


def test_the_readme_describes_every_column() -> None:
    """Whoever edits the table finds what each column means."""
    text = (TABLES / "README.md").read_text(encoding="utf-8").partition("## landmarks.csv")[2]
    assert set(COLUMNS) <= set(re.findall(r"`(\w+)`", text))


def test_the_file_is_plain() -> None:
    """UTF-8 without a mark, line feeds only, no blanks at the ends of a cell."""
    content = (TABLES / "landmarks.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert all(cell == cell.strip() for row in rows() for cell in row.values())


def test_slugs_are_unique_sorted_and_plain() -> None:
    """A slug is a stable key."""
    slugs = [row["slug"] for row in rows()]
    assert slugs == sorted(set(slugs))
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


def test_the_class_belongs_to_the_code() -> None:
    """Class and code are GeoNames' and fit together."""
    wrong = [r["slug"] for r in rows() if CLASS_OF.get(r["feature_code"]) != r["feature_class"]]
    assert wrong == []


def test_figures_are_in_range() -> None:
    """Positions are on the globe, extents are whole and positive."""
    for row in rows():
        assert abs(where(row).lat) <= 90, row
        assert abs(where(row).lon) <= 180, row
        assert 1 <= int(row["extent_km"]) <= 8000, row


def test_country_codes_are_known() -> None:
    """A country code is in the table of countries."""
    with (TABLES / "countries.csv").open(encoding="utf-8", newline="") as lines:
        known = {row["iso2"] for row in csv.DictReader(lines)}
    assert {row["country_code"] for row in rows()} <= known | {""}
    assert [r["slug"] for r in rows() if r["admin1_code"] and not r["country_code"]] == []


def test_a_name_stands_in_one_row_only() -> None:
    """No name is said twice, but for those that two places bear equally."""
    owners = Counter(name.casefold() for row in rows() for name in names(row))
    assert {name for name, count in owners.items() if count > 1} == SHARED_NAMES
    assert [row["slug"] for row in rows() if not all(names(row))] == []


class Outlines:
    """The polygons of an atlas, by owner."""

    def __init__(self, atlas_name: str, layer_name: str) -> None:
        import numpy as np
        import shapely

        from mapper.render.atlas import open_atlas
        from mapper.render.basemap import outline

        try:
            atlas = open_atlas(atlas_name)
        except AssetError as error:
            pytest.skip(str(error))
        layer = getattr(atlas, layer_name)
        arcs = np.split(np.column_stack([atlas.lon, atlas.lat]), atlas.start[1:])
        self.parts: list[Geometry] = []
        self.owners: list[str] = []
        for polygon, owner in enumerate(layer.owner):
            first, last = layer.polygon_start[polygon : polygon + 2]
            starts = layer.ring_start[first : last + 1]
            runs = [layer.arcs[a:b].tolist() for a, b in itertools.pairwise(starts)]
            rings = [ring for ring in (outline(run, arcs) for run in runs) if len(ring) > 3]
            if rings:
                self.parts.append(shapely.make_valid(shapely.Polygon(rings[0], rings[1:])))
                self.owners.append(layer.names[owner])
        self.tree = shapely.STRtree(self.parts)
        self.by_owner = defaultdict(list)
        for owner, part in zip(self.owners, self.parts, strict=True):
            self.by_owner[owner].append(part)

    def at(self, point: Point) -> set[str]:
        """Return the owners of the outlines that `point` is in."""
        hits = {int(n) for copy in _copies(point) for n in self.tree.query(copy, "intersects")}
        return {self.owners[number] for number in hits}

    def nearest(self, point: Point) -> str:
        """Return the owner of the outline nearest to `point`."""
        found = ((copy, int(self.tree.nearest(copy))) for copy in _copies(point))
        _, best = min(found, key=lambda pair: pair[0].distance(self.parts[pair[1]]))
        return self.owners[best]

    def distance_km(self, point: Point, owner: str) -> float:
        """Return how far `point` is from the outlines of `owner`; 0 inside."""
        return min(_distance_km(point, part) for part in self._near(point, owner))

    def _near(self, point: Point, owner: str) -> list[Geometry]:
        import numpy as np
        import shapely

        parts = np.array(self.by_owner[owner])
        return [parts[shapely.distance(parts, copy).argmin()] for copy in _copies(point)]


def _copies(point: Point) -> list[Geometry]:
    from shapely import Point as Dot

    return [Dot(point.lon + turn, point.lat) for turn in (0, -360, 360)]


def _distance_km(point: Point, part: Geometry) -> float:
    from shapely.ops import nearest_points

    copy = min(_copies(point), key=part.distance)
    there, _ = nearest_points(part, copy)
    lon = (there.x + 180) % 360 - 180
    return distance_m(point, Point(lat=max(-90.0, min(90.0, there.y)), lon=lon)) / 1000


@pytest.fixture(scope="module")
def countries() -> Outlines:
    """The outlines of countries, coarse; those in dispute have no name."""
    return Outlines("un-50m", "countries")


@pytest.fixture(scope="module")
def land() -> Outlines:
    """The fine outlines of the land, lakes part of it."""
    return Outlines("world-10m", "land")


@pytest.fixture(scope="module")
def outline_of(countries: Outlines) -> dict[str, str]:
    """The owner of the outline that each country's own point is in."""
    with (TABLES / "countries.csv").open(encoding="utf-8", newline="") as lines:
        owners = {row["iso2"]: countries.at(where(row)) for row in csv.DictReader(lines)}
    return {code: owner.pop() for code, owner in owners.items() if len(owner) == 1 and any(owner)}


def test_places_lie_in_their_country(countries: Outlines, outline_of: dict[str, str]) -> None:
    """A place of one country is inside its outline, at its coast, or nearest to it at sea."""
    strayed = []
    for row in rows():
        owner = outline_of.get(row["country_code"])
        if owner is None or row["slug"] in LONELY_ISLANDS:
            continue
        inside = countries.at(where(row))
        if owner in inside or "" in inside:
            continue
        # On another's land a whole region may still have its middle; at sea the coast is coarse.
        reach = int(row["extent_km"]) + (0 if inside else COAST_KM)
        near = countries.distance_km(where(row), owner) <= reach
        if not near and (inside or countries.nearest(where(row)) != owner):
            strayed.append((row["slug"], inside))
    assert strayed == []


def test_seas_are_not_on_land(land: Outlines) -> None:
    """The point of an ocean, sea, gulf or strait is in the water."""
    ashore = [row["slug"] for row in of_codes(OPEN_WATER) if land.at(where(row))]
    assert ashore == []


def test_land_is_not_in_the_sea(land: Outlines) -> None:
    """The point of an island, mountain or site is on land, as far as small islands are drawn."""
    (everything,) = set(land.owners)
    sunk = []
    for row in rows():
        solid = row["feature_class"] in "LRST" and row["feature_code"] not in LOOSE
        if solid and row["country_code"] != ICE and not land.at(where(row)):
            kilometres = land.distance_km(where(row), everything)
            if kilometres > max(COAST_KM, int(row["extent_km"])):
                sunk.append((row["slug"], round(kilometres)))
    assert {slug for slug, _ in sunk} <= {"whakaari", "krakatoa", "ko-phi-phi", *LONELY_ISLANDS}


class Towns:
    """All towns of the gazetteer, to be asked for those nearest to a point."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        import numpy as np

        self.places = gazetteer.towns((-180, -90, 180, 90), limit=1_000_000)
        self.normals = np.array([_normal(town.lat, town.lon) for town in self.places])

    def around(self, point: Point) -> list[Place]:
        """Return the nearest towns, no further than the neighbourhood."""
        import numpy as np

        cosines = self.normals @ _normal(point.lat, point.lon)
        nearest = np.argpartition(-cosines, NEIGHBOURS)[:NEIGHBOURS]
        least = math.cos(NEIGHBOURHOOD_KM / EARTH_RADIUS_KM)
        return [self.places[number] for number in nearest if cosines[number] >= least]


def _normal(lat: float, lon: float) -> tuple[float, float, float]:
    north, east = math.radians(lat), math.radians(lon)
    return (
        math.cos(north) * math.cos(east),
        math.cos(north) * math.sin(east),
        math.sin(north),
    )


@pytest.fixture(scope="module")
def towns(gazetteer: Gazetteer) -> Towns:
    """The towns of the gazetteer."""
    return Towns(gazetteer)


def test_sites_have_towns_of_their_country_around(towns: Towns) -> None:
    """An airport, base or site is among towns of its own country, if of any."""
    abroad = []
    for row in rows():
        if row["feature_class"] == "S" and row["country_code"]:
            around = {town.country_code for town in towns.around(where(row))}
            if around and row["country_code"] not in around:
                abroad.append((row["slug"], around))
    assert abroad == []


def test_first_level_areas_are_those_of_the_towns_around(towns: Towns) -> None:
    """The first-level area of a small place is that of a town nearby."""
    wrong = []
    for row in rows():
        if row["admin1_code"] and int(row["extent_km"]) <= NEIGHBOURHOOD_KM / 2:
            around = towns.around(where(row))
            home = {t.admin1_code for t in around if t.country_code == row["country_code"]}
            if home and row["admin1_code"] not in home:
                wrong.append(row["slug"])
    assert set(wrong) <= LONELY_SITES


def test_first_level_areas_exist(gazetteer: Gazetteer) -> None:
    """Each code of a first-level area has a name."""
    unknown = [
        (row["slug"], row["admin1_code"])
        for row in rows()
        if row["admin1_code"] and not gazetteer.region_name(row["country_code"], row["admin1_code"])
    ]
    assert unknown == []


def test_a_town_that_a_site_is_named_after_is_near(gazetteer: Gazetteer) -> None:
    """Where the only town of a country with an airport's or base's name is, there it lies."""
    far = []
    for row in of_codes({"AIRP", "AIRB", "NVB", "CTRS"}):
        found = [match.place for match in gazetteer.lookup(row["name"])]
        at_home = (place for place in found if place.country_code == row["country_code"])
        same = [place for place in at_home if place.feature_class == "P"]
        if len(same) == 1:
            metres = distance_m(where(row), Point(lat=same[0].lat, lon=same[0].lon))
            if metres > (NEIGHBOURHOOD_KM + int(row["extent_km"])) * 1000:
                far.append((row["slug"], same[0].id, round(metres / 1000)))
    assert far == []


def test_airports_are_where_airports_are() -> None:
    """Each airport of the table has an airport of a world list next to it."""
    airportsdata = pytest.importorskip("airportsdata")
    listed = [Point(lat=a["lat"], lon=a["lon"]) for a in airportsdata.load().values()]
    astray = []
    for row in of_codes({"AIRP"}):
        here = where(row)
        close = (p for p in listed if abs(p.lat - here.lat) < 0.1 and abs(p.lon - here.lon) < 0.2)
        if not any(distance_m(here, point) <= AIRPORT_KM * 1000 for point in close):
            astray.append(row["slug"])
    assert set(astray) <= FORMER_AIRPORTS
