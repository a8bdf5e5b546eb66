"""Our own tables of countries, continents, aliases and demonyms hold what they promise."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import mapper
from mapper.errors import AssetError
from mapper.gazetteer.keys import exact_key
from mapper.lexicon import COMMON_WORDS

if TYPE_CHECKING:
    from shapely import Geometry

    from mapper.gazetteer import Gazetteer
    from mapper.render.atlas import Atlas

Row = dict[str, str]

TABLES = Path(mapper.__file__).parent / "gazetteer" / "tables"
COLUMNS = {
    "countries": "geonames_id iso2 iso3 name official_name capital continent lat lon population",
    "continents": "geonames_id code name lat lon other_names",
    "aliases": "alias target kind",
    "demonyms": "word target kind",
}
KINDS = {
    "aliases": {"abbreviation", "variant", "former", "informal"},
    "demonyms": {"adjective", "people"},
}
# What a row is told apart by, in the order of the table.
KEYS: dict[str, Callable[[Row], tuple[str, ...]]] = {
    "countries": lambda row: (row["iso2"],),
    "continents": lambda row: (row["code"],),
    "aliases": lambda row: (row["alias"], row["target"]),
    "demonyms": lambda row: (row["word"], row["target"], row["kind"]),
}
STATES = set(
    "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH"
    " NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY".split()
)
# Natural Earth's short names that are neither our name of the country nor one of its aliases.
ATLAS_NAMES = {
    "Antigua and Barb.": "AG",
    "Bosnia and Herz.": "BA",
    "Br. Indian Ocean Ter.": "IO",
    "British Virgin Is.": "VG",
    "Cayman Is.": "KY",
    "Cook Is.": "CK",
    "Faeroe Is.": "FO",
    "Falkland Is.": "FK",
    "Fr. Polynesia": "PF",
    "Fr. S. Antarctic Lands": "TF",
    "Heard I. and McDonald Is.": "HM",
    "Marshall Is.": "MH",
    "N. Mariana Is.": "MP",
    "Pitcairn Is.": "PN",
    "S. Geo. and the Is.": "GS",
    "Solomon Is.": "SB",
    "St. Vin. and Gren.": "VC",
    "St-Barthélemy": "BL",
    "Turks and Caicos Is.": "TC",
    "U.S. Virgin Is.": "VI",
    "W. Sahara": "EH",
    "Wallis and Futuna Is.": "WF",
}
# At 1:50 million Gibraltar and the French overseas departments are no shapes of their own,
# Svalbard is Norway's, Kosovo has no name, and the smallest islands are missing.
WITHOUT_OUTLINE = set("BQ BV CC CX GF GI GP MQ RE SJ TK UM XK YT".split())
# GeoNames puts the point of a scattered island group in the sea between its islands.
NEAREST_LAND_KM = 100.0
ISLAND_GROUPS_KM = {"GS": 250, "IO": 150, "PF": 300, "PN": 200, "TF": 700, "TO": 130}
KM_PER_DEGREE = 111.2


def _table(name: str) -> list[Row]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def countries() -> dict[str, Row]:
    """The rows of ``countries.csv`` by their two-letter code."""
    return {row["iso2"]: row for row in _table("countries")}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns(name: str) -> None:
    """Each table has its columns, in UTF-8, composed, with no stray space and no bare cell."""
    text = (TABLES / f"{name}.csv").read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert "\r" not in text
    assert text.endswith("\n")
    rows = _table(name)
    assert list(rows[0]) == COLUMNS[name].split()
    assert all(None not in row and None not in row.values() for row in rows)
    assert [value for row in rows for value in row.values() if value != value.strip()] == []


@pytest.mark.parametrize("name", COLUMNS)
def test_sorted_without_repetition(name: str) -> None:
    """Each table is sorted by what tells its rows apart, so that none comes twice."""
    keys = [KEYS[name](row) for row in _table(name)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name", KINDS)
def test_kinds(name: str) -> None:
    """Each row is of a known kind, and each kind occurs."""
    assert {row["kind"] for row in _table(name)} == KINDS[name]


def test_country_codes(countries: dict[str, Row]) -> None:
    """All 249 countries of ISO 3166-1 and Kosovo are there, each code and number once."""
    assert len(countries) == 250
    assert "XK" in countries
    rows = countries.values()
    assert all(re.fullmatch("[A-Z]{2}", row["iso2"]) for row in rows)
    assert all(re.fullmatch("[A-Z]{3}", row["iso3"]) for row in rows)
    assert all(re.fullmatch(r"[1-9]\d+", row["geonames_id"]) for row in rows)
    for column in ("iso3", "geonames_id", "name"):
        assert len({row[column] for row in rows}) == len(countries)


def test_country_cells(countries: dict[str, Row]) -> None:
    """Each country has a name, an official name, a continent, a point and a population."""
    continents = {row["code"] for row in _table("continents")}
    for row in countries.values():
        assert row["name"]
        assert row["official_name"]
        assert row["continent"] in continents
        assert -90 <= float(row["lat"]) <= 90
        assert -180 <= float(row["lon"]) <= 180
        assert int(row["population"]) >= 0
    assert sum(int(row["population"]) for row in countries.values()) > 7e9


def test_capitals_are_in_their_country(countries: dict[str, Row], gazetteer: Gazetteer) -> None:
    """The capital of a country is a place that the gazetteer knows there."""
    unknown = [
        (code, row["capital"])
        for code, row in countries.items()
        if row["capital"]
        and code not in {"GS", "IO", "TF", "VA"}  # no town of theirs is in the gazetteer
        and not any(match.place.country_code == code for match in gazetteer.lookup(row["capital"]))
    ]
    assert unknown == []


def test_continents() -> None:
    """The seven continents of GeoNames are there with their numbers."""
    numbers = {row["code"]: int(row["geonames_id"]) for row in _table("continents")}
    assert numbers == {
        "AF": 6255146,
        "AN": 6255152,
        "AS": 6255147,
        "EU": 6255148,
        "NA": 6255149,
        "OC": 6255151,
        "SA": 6255150,
    }


@pytest.mark.parametrize("name", ["aliases", "demonyms"])
def test_targets_are_countries_or_areas_or_towns(name: str, countries: dict[str, Row]) -> None:
    """A target is a country, a country's area, a town's GeoNames id or a continent."""
    continents = {f"CONT-{row['code']}" for row in _table("continents")}
    for row in _table(name):
        target = row["target"]
        country, _, area = target.partition("-")
        if country == "US" and area:
            assert area in STATES
        known = target in continents or country in countries
        assert known or re.fullmatch(r"geonames:[1-9]\d*", target), row


@pytest.mark.parametrize("name", ["aliases", "demonyms"])
def test_targets_exist(name: str, countries: dict[str, Row], gazetteer: Gazetteer) -> None:
    """The gazetteer has each town, area and country that a row aims at."""
    missing = [
        row
        for row in _table(name)
        if not row["target"].startswith("CONT-")
        and not _exists(row["target"], countries, gazetteer)
    ]
    assert missing == []


def _exists(target: str, countries: dict[str, Row], gazetteer: Gazetteer) -> bool:
    country, _, area = target.partition("-")
    if area:
        return gazetteer.region_name(country, area) is not None
    number = target if ":" in target else f"geonames:{countries[target]['geonames_id']}"
    try:
        return gazetteer.place(number).id == number
    except KeyError:
        return False


@pytest.mark.parametrize(
    ("name", "column", "least"), [("aliases", "alias", 2000), ("demonyms", "word", 1500)]
)
def test_words_have_a_key(name: str, column: str, least: int) -> None:
    """Each alias and demonym has letters to be found by, and there are many."""
    words = [row[column] for row in _table(name)]
    assert [word for word in words if not exact_key(word)] == []
    assert len(words) >= least


def test_every_country_has_a_demonym(countries: dict[str, Row]) -> None:
    """All countries with 20,000 inhabitants and more have a word for what is theirs."""
    aimed_at = {row["target"] for row in _table("demonyms")}
    peopled = {code for code, row in countries.items() if int(row["population"]) >= 20_000}
    assert peopled - aimed_at == set()


def test_every_state_has_an_abbreviation_and_a_demonym() -> None:
    """All states of the US have their postal code and a word for their people."""
    abbreviations = {
        (row["alias"], row["target"]) for row in _table("aliases") if row["kind"] == "abbreviation"
    }
    assert {(code, f"US-{code}") for code in STATES} <= abbreviations
    people = {row["target"] for row in _table("demonyms")}
    assert {f"US-{code}" for code in STATES - {"DC", "NY"}} <= people


def test_no_alias_is_a_common_word() -> None:
    """Only what is written as an abbreviation ("US", "Me.") may look like a common word."""
    clashes = [
        row["alias"]
        for row in _table("aliases")
        if row["alias"].casefold().rstrip(".") in COMMON_WORDS
        and not (row["alias"].isupper() or row["alias"].endswith("."))
    ]
    assert clashes == []


@pytest.mark.parametrize(
    ("word", "target"),
    [
        ("U.S.", "US"),
        ("Britain", "GB"),
        ("Calif.", "US-CA"),
        ("Ont.", "CA-08"),
        ("Leningrad", "geonames:498817"),
        ("Constantinople", "geonames:745044"),
        ("NYC", "geonames:5128581"),
        ("Ceylon", "LK"),
    ],
)
def test_well_known_aliases(word: str, target: str) -> None:
    """What newsrooms and old books write leads to the right place."""
    assert (word, target) in {(row["alias"], row["target"]) for row in _table("aliases")}


def test_points_lie_in_their_country(countries: dict[str, Row]) -> None:
    """A country's point is on its land; that of islands within 100 km of one of them.

    `ISLAND_GROUPS_KM` are the groups whose point GeoNames puts farther out at sea.
    """
    far = {
        code: round(_km_from(outline, countries[code]))
        for code, outline in _outlines(countries).items()
    }
    assert {
        code: km for code, km in far.items() if km > ISLAND_GROUPS_KM.get(code, NEAREST_LAND_KM)
    } == {}
    assert set(countries) - set(far) == WITHOUT_OUTLINE


def _outlines(countries: dict[str, Row]) -> dict[str, Geometry]:
    """Return the shapes of the packed atlas that are countries of ours, by code."""
    import shapely

    atlas_module = pytest.importorskip("mapper.render.atlas")
    try:
        atlas = atlas_module.open_atlas("un-50m")
    except AssetError as missing:
        pytest.skip(str(missing))
    codes = _codes_by_name(countries)
    parts: dict[str, list[Geometry]] = {}
    for polygon, owner in enumerate(atlas.countries.owner):
        if code := codes.get(exact_key(atlas.countries.names[owner])):
            parts.setdefault(code, []).append(_polygon(atlas, polygon))
    return {code: shapely.union_all(polygons) for code, polygons in parts.items()}


def _codes_by_name(countries: dict[str, Row]) -> dict[str, str]:
    names = {row["alias"]: row["target"] for row in _table("aliases")}
    names |= {row["official_name"]: code for code, row in countries.items()}
    names |= {row["name"]: code for code, row in countries.items()}
    return {exact_key(name): code for name, code in (names | ATLAS_NAMES).items()}


def _polygon(atlas: Atlas, number: int) -> Geometry:
    """Return a polygon's outer ring; a point in a lake of its country does no harm."""
    import numpy as np
    import shapely

    layer = atlas.countries
    ring = layer.polygon_start[number]
    line = np.concatenate(
        [
            _arc(atlas, arc)
            for arc in layer.arcs[layer.ring_start[ring] : layer.ring_start[ring + 1]]
        ]
    )
    # The smallest countries have shrunk to a point or two.
    return shapely.make_valid(shapely.Polygon(line)) if len(line) > 3 else shapely.MultiPoint(line)


def _arc(atlas: Atlas, number: int) -> list[tuple[float, float]]:
    forward = number if number >= 0 else ~number
    run = slice(atlas.start[forward], atlas.start[forward + 1])
    points = list(zip(atlas.lon[run].tolist(), atlas.lat[run].tolist(), strict=True))
    return points if number >= 0 else points[::-1]


def _km_from(outline: Geometry, row: Row) -> float:
    """Return how far a row's point is from an outline, in a plane through the point."""
    import numpy as np
    import shapely

    lat, lon = float(row["lat"]), float(row["lon"])
    narrow = math.cos(math.radians(lat))
    flat = shapely.transform(outline, lambda xy: xy * np.array([narrow, 1.0]))
    turns = (-360, 0, 360)
    degrees = min(float(flat.distance(shapely.Point((lon + turn) * narrow, lat))) for turn in turns)
    return degrees * KM_PER_DEGREE
