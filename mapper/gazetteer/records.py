"""A gazetteer record on its way into the index, and what all sources share."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable, Sequence

from mapper.model import Point

__all__ = ["Record", "box", "middle", "usable_name", "variants"]


@dataclasses.dataclass(slots=True, kw_only=True)
class Record:
    """One place with all its names; the fields are those of `mapper.model.Place`.

    `alternates` counts the names that the source knows, kept or not; `aliases` are
    names out of our own alias table; `weight` orders places that have no population.
    """

    id: str
    name: str
    point: Point
    feature_class: str
    feature_code: str
    source: str
    country_code: str = ""
    admin1_code: str = ""
    admin2_code: str = ""
    population: int = 0
    alternates: int = 0
    weight: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    names: list[str] = dataclasses.field(default_factory=list)
    aliases: list[str] = dataclasses.field(default_factory=list)


_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
# Three capitals are an airport's code, two a country's or a car's: GeoNames files both as names.
_CODE = re.compile(r"[A-Z]{2,3}")
_NOT_IN_A_NAME = re.compile(r"https?:|[/\[\]<>=;]")


def usable_name(name: str) -> bool:
    """Whether an alternate name is a name, not a code, a link or a machine's transliteration.

    GeoNames writes transliterations made by machine wholly in small letters
    ("wldywwstwq"); nobody else writes a place name so.

    >>> [usable_name(name) for name in ("Wladiwostok", "VVO", "wldywwstwq", "Владивосток", "690")]
    [True, False, False, True, False]
    """
    if not any(map(str.isalpha, name)) or _NOT_IN_A_NAME.search(name) or _CODE.fullmatch(name):
        return False
    return name != name.lower() or name == name.upper()


def variants(name: str) -> list[str]:
    """Return the names that a name with a parenthesis stands for.

    >>> variants("Zabaykalskiy (Transbaikal) Kray")
    ['Zabaykalskiy Kray', 'Transbaikal Kray']
    """
    if not (found := _PARENTHESIS.search(name)):
        return []
    head, tail = name[: found.start()], name[found.end() :]
    return [(part + tail).strip() for part in (head, found[1]) if part.strip()]


def middle(points: Sequence[Point], weights: Sequence[float]) -> Point:
    """Return the weighted mean of points on the sphere, right at the date line and the poles."""
    x = y = z = 0.0
    for point, weight in zip(points, weights, strict=True):
        lat, lon = math.radians(point.lat), math.radians(point.lon)
        x += weight * math.cos(lat) * math.cos(lon)
        y += weight * math.cos(lat) * math.sin(lon)
        z += weight * math.sin(lat)
    return Point(lat=math.degrees(math.atan2(z, math.hypot(x, y))), lon=math.degrees(math.atan2(y, x)))


def box(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """Return west, south, east, north of points; west lies east of east over the date line."""
    lats, lons = zip(*((point.lat, point.lon) for point in points), strict=True)
    west, east = _narrowest(sorted(set(lons)))
    return west, min(lats), east, max(lats)


def _narrowest(lons: list[float]) -> tuple[float, float]:
    """Return the ends of the shortest arc that holds all longitudes: the widest gap left out."""
    gaps = [after - before for before, after in zip(lons, lons[1:], strict=False)]
    gaps.append(lons[0] + 360 - lons[-1])
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    return lons[(widest + 1) % len(lons)], lons[widest]
