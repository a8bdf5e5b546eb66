"""The two projections of the page: web Mercator, and an azimuthal one about a pole.

Both give pixels of a world 256 pixels wide, as Leaflet has it at zoom 0, x to the
right and y downwards. A zoom `z` multiplies them by ``2**z``.
"""

from __future__ import annotations

import math
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from mapper.model import Point

__all__ = ["MERCATOR", "TILE_PX", "Azimuthal", "Mercator", "Pole", "Projection", "projection_of"]

Floats = npt.NDArray[np.float64]
Pole = Literal["north", "south"]

TILE_PX = 256.0
# Where web Mercator is square (EPSG:3857): arctan(sinh(pi)).
MERCATOR_LIMIT_DEG = 85.0511287798066
# Radius of the sphere of the same surface as WGS-84 (IUGG, R2), and the width of
# the azimuthal world, both in metres and the same in the page's program.
AUTHALIC_RADIUS_M = 6_371_007.2
AZIMUTHAL_WIDTH_M = 4e7


class Projection(Protocol):
    """From degrees to pixels of the world at zoom 0, and back."""

    def project(self, point: Point) -> tuple[float, float]:
        """Return x and y in pixels at zoom 0."""

    def project_all(self, degrees: Floats) -> Floats:
        """Return n × 2 of x and y for n × 2 of longitude and latitude."""

    def unproject(self, x: float, y: float) -> Point:
        """Return the point at x and y, in pixels at zoom 0."""


class Mercator:
    """Spherical web Mercator, EPSG:3857; longitudes may run past ±180.

    >>> MERCATOR.project(Point(lat=0, lon=0))
    (128.0, 128.0)
    """

    def project(self, point: Point) -> tuple[float, float]:
        """Return x and y in pixels at zoom 0; latitudes stop at ±85.05°."""
        lat = max(-MERCATOR_LIMIT_DEG, min(MERCATOR_LIMIT_DEG, point.lat))
        y = math.asinh(math.tan(math.radians(lat)))
        return (point.lon + 180) / 360 * TILE_PX, (0.5 - y / (2 * math.pi)) * TILE_PX

    def project_all(self, degrees: Floats) -> Floats:
        """Return n × 2 of x and y for n × 2 of longitude and latitude."""
        lat = np.clip(degrees[:, 1], -MERCATOR_LIMIT_DEG, MERCATOR_LIMIT_DEG)
        y = np.arcsinh(np.tan(np.radians(lat)))
        turns = np.column_stack([(degrees[:, 0] + 180) / 360, 0.5 - y / (2 * math.pi)])
        return turns * TILE_PX

    def unproject(self, x: float, y: float) -> Point:
        """Return the point at x and y, in pixels at zoom 0."""
        lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / TILE_PX))))
        return Point(lat=lat, lon=x / TILE_PX * 360 - 180)


class Azimuthal:
    """Azimuthal equidistant about a pole, on the authalic sphere.

    >>> Azimuthal("north").project(Point(lat=90, lon=0))
    (128.0, 128.0)
    """

    def __init__(self, pole: Pole) -> None:
        self.sign = 1.0 if pole == "north" else -1.0
        self.px_per_degree = math.radians(1) * AUTHALIC_RADIUS_M / AZIMUTHAL_WIDTH_M * TILE_PX

    def project(self, point: Point) -> tuple[float, float]:
        """Return x and y in pixels at zoom 0."""
        radius = (90 - self.sign * point.lat) * self.px_per_degree
        angle = math.radians(point.lon)
        return (
            TILE_PX / 2 + radius * math.sin(angle),
            TILE_PX / 2 + self.sign * radius * math.cos(angle),
        )

    def project_all(self, degrees: Floats) -> Floats:
        """Return n × 2 of x and y for n × 2 of longitude and latitude."""
        radius = (90 - self.sign * degrees[:, 1]) * self.px_per_degree
        angle = np.radians(degrees[:, 0])
        rays = np.column_stack([np.sin(angle), self.sign * np.cos(angle)])
        spots: Floats = TILE_PX / 2 + radius[:, None] * rays
        return spots

    def unproject(self, x: float, y: float) -> Point:
        """Return the point at x and y, in pixels at zoom 0; longitude -180 to 180."""
        dx, dy = x - TILE_PX / 2, self.sign * (y - TILE_PX / 2)
        lat = self.sign * (90 - math.hypot(dx, dy) / self.px_per_degree)
        return Point(lat=lat, lon=math.degrees(math.atan2(dx, dy)))


MERCATOR = Mercator()


def projection_of(pole: Pole | None) -> Projection:
    """Return the projection of a page about `pole`, or Mercator without one."""
    return Azimuthal(pole) if pole else MERCATOR
