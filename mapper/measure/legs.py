"""The legs between the stops of a journey."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mapper.geodesy import distance_m, geodesic_path, initial_bearing_deg
from mapper.model import Leg, Point, Stop

__all__ = ["legs"]


def legs(stops: Sequence[Stop]) -> tuple[Leg, ...]:
    """Return the legs between consecutive stops that have a place, by their numbers.

    The paths make one run: each starts at the longitude where the last ended, so that
    a journey over ±180 stays unbroken. Two stops in a row at one place are a leg of
    0 m. Planned stops come last by their numbers, and are legs like any other.
    """
    ordered = sorted(stops, key=lambda stop: stop.number)
    located = [(stop.id, stop.place.point) for stop in ordered if stop.place]
    run: list[Leg] = []
    for (origin, start), (destination, end) in pairwise(located):
        reached = run[-1].path[-1] if run else start
        run.append(_leg(origin, destination, reached, end))
    return tuple(run)


def _leg(origin: str, destination: str, a: Point, b: Point) -> Leg:
    return Leg(
        origin=origin,
        destination=destination,
        distance_m=distance_m(a, b),
        initial_bearing_deg=initial_bearing_deg(a, b),
        path=geodesic_path(a, b),
    )
