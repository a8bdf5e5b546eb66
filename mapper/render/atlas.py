"""The base map as it lies in the package: packed at build time, read at run time.

An atlas is a TopoJSON topology turned into flat arrays. Neighbouring shapes share
their border as one arc, so that nothing tears when it is simplified. What costs
time is done once, at build: for each vertex the coarsest zoom that needs it, by
Douglas and Peucker (The Canadian Cartographer 10, 1973), and for each ring its
area and box (see `mapper.render.compile`). Drawing then only picks vertices.
"""

from __future__ import annotations

import functools
import json
import math
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mapper.errors import AssetError

__all__ = ["Atlas", "Box", "Layer", "mercator_deg", "open_atlas", "rank_of_zoom"]

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# West, south, east and north in degrees, west to east within -180 to 180.
Box = tuple[float, float, float, float]

ASSETS = Path(__file__).parent / "assets"
# A vertex of rank r is needed from zoom r/2 on. The finest source has a grid of 0.0036
# degrees, which is 1.3 px at zoom 9: beyond it, nothing is left to leave out.
RANKS = 19
RANKS_PER_ZOOM = 2
# How far, in pixels, a line may lie from the truth at its zoom.
TOLERANCE_PX = 0.6
DEGREES_PER_PX = 360 / 256
MERCATOR_LIMIT_DEG = 85.0511287798066


@dataclass(frozen=True, slots=True)
class Layer:
    """The polygons of a layer, as flat arrays.

    Ring `i` runs along ``arcs[ring_start[i]:ring_start[i + 1]]``, where ``~k`` is arc
    `k` backwards. Polygon `j` has the rings ``polygon_start[j]:polygon_start[j + 1]``,
    the outer one first, and belongs to ``names[owner[j]]``. `area` of a ring is in
    square degrees of Mercator, `box` its west, south, east and north in degrees, west
    to east without a jump and west in -180 to 180.
    """

    arcs: Integers
    ring_start: Integers
    polygon_start: Integers
    owner: Integers
    area: Floats
    box: Floats
    names: tuple[str, ...]

    def touching(self, box: Box) -> Flags:
        """Return for each ring whether its own box touches `box`."""
        west, south, east, north = self.box.T
        rows = (north >= box[1]) & (south <= box[3])
        # A ring's box begins within ±180, and may end beyond.
        columns = (east >= box[0]) & (west <= box[2]) | (east - 360 >= box[0])
        touched: Flags = rows & columns
        return touched


@dataclass(frozen=True, slots=True)
class Atlas:
    """A topology: `lon` and `lat` of all arcs in a row, arc `i` from `start[i]` on.

    Longitudes within an arc never jump, so that they may run past ±180. `rank` says
    from which zoom on a vertex is needed. `borders` are the arcs that two countries
    share.
    """

    lon: Floats
    lat: Floats
    start: Integers
    rank: npt.NDArray[np.uint8]
    land: Layer
    countries: Layer
    borders: Integers


def rank_of_zoom(zoom: float) -> int:
    """Return the highest rank that a map at `zoom` needs.

    >>> rank_of_zoom(2.0)
    4
    """
    return max(0, math.ceil(zoom * RANKS_PER_ZOOM))


def mercator_deg(lat: Floats) -> Floats:
    """Return the Mercator ordinate of latitudes, both in degrees, within ±180."""
    clipped = np.radians(np.clip(lat, -MERCATOR_LIMIT_DEG, MERCATOR_LIMIT_DEG))
    return np.degrees(np.arcsinh(np.tan(clipped)))


@functools.cache
def open_atlas(name: str) -> Atlas:
    """Return the packed atlas of that name, read once in a process.

    Raises
    ------
    AssetError
        It is missing or damaged.
    """
    path = ASSETS / f"{name}.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as packed:
            return _unpack(packed)
    except FileNotFoundError:
        problem = "is missing"
    except (EOFError, KeyError, OSError, ValueError, zipfile.BadZipFile):
        problem = "is damaged"
    raise AssetError(f"The base map {path.name} {problem}; install itinerary-mapper again.")


def _unpack(packed: Mapping[str, Any]) -> Atlas:
    grid, origin = packed["grid"], packed["origin"]
    return Atlas(
        lon=np.cumsum(packed["dx"], dtype=np.int64) * grid[0] + origin[0],
        lat=np.cumsum(packed["dy"], dtype=np.int64) * grid[1] + origin[1],
        start=packed["start"].astype(np.int64),
        rank=packed["rank"],
        borders=packed["borders"].astype(np.int64),
        land=_layer(packed, "land"),
        countries=_layer(packed, "countries"),
    )


def _layer(packed: Mapping[str, Any], name: str) -> Layer:
    def integers(field: str) -> Integers:
        return np.asarray(packed[f"{name}_{field}"], dtype=np.int64)

    return Layer(
        arcs=integers("arcs"),
        ring_start=integers("ring_start"),
        polygon_start=integers("polygon_start"),
        owner=integers("owner"),
        area=packed[f"{name}_area"].astype(np.float64),
        box=packed[f"{name}_box"].astype(np.float64),
        names=tuple(json.loads(packed[f"{name}_names"].tobytes())),
    )
