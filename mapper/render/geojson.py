"""Stops and legs as GeoJSON (RFC 7946), for QGIS, geojson.io and the like."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from mapper.model import DECIMALS, Itinerary, Leg, Point, Span, Stop, When

__all__ = ["to_geojson"]

Position = list[float]


def to_geojson(itinerary: Itinerary) -> dict[str, Any]:
    """Return stops and legs as a feature collection, stops first.

    A stop is a ``Point``, or has no geometry where it has no place. A leg is a
    ``LineString``, or a ``MultiLineString`` cut at the antimeridian (RFC 7946, 3.1.9).
    Positions are longitude and latitude in degrees, at most six decimals.
    """
    text = itinerary.document.text
    stops = [_stop_feature(stop, text) for stop in itinerary.stops]
    legs = [_leg_feature(leg) for leg in itinerary.legs]
    return {
        "type": "FeatureCollection",
        "title": itinerary.title,
        "source": itinerary.document.source,
        "features": stops + legs,
    }


def _stop_feature(stop: Stop, text: str) -> dict[str, Any]:
    place = stop.place
    geometry = {"type": "Point", "coordinates": _position(place.point)} if place else None
    properties = {
        "kind": "stop",
        "number": stop.number,
        "name": stop.name,
        "status": stop.status.value,
        **_times("arrival", stop.arrival),
        **_times("departure", stop.departure),
        "evidence": _quote(stop.evidence, text),
        "score": round(stop.score, DECIMALS),
        "place": place.name if place else None,
        "place_id": place.id if place else None,
        "country_code": place.country_code if place else None,
    }
    return {"type": "Feature", "id": stop.id, "geometry": geometry, "properties": properties}


def _leg_feature(leg: Leg) -> dict[str, Any]:
    parts = _cut(leg.path)
    many = len(parts) > 1
    geometry = {
        "type": "MultiLineString" if many else "LineString",
        "coordinates": parts if many else parts[0],
    }
    properties = {
        "kind": "leg",
        "origin": leg.origin,
        "destination": leg.destination,
        "distance_m": round(leg.distance_m, 1),
        "initial_bearing_deg": round(leg.initial_bearing_deg, 3),
    }
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _times(event: str, time: When | None) -> dict[str, str | None]:
    start, end = (time.start, time.end) if time else (None, None)
    return {event: start, f"{event}_end": end}


def _quote(evidence: Span | None, text: str) -> str | None:
    return " ".join(evidence.of(text).split()) if evidence else None


def _cut(path: Sequence[Point]) -> list[list[Position]]:
    """Return a path whose longitudes run past ±180 as parts that stay within."""
    parts: list[list[Position]] = []
    for start, end in _pieces(path):
        turns = round((start.lon + end.lon) / 720)
        first, last = (_position(point, turns) for point in (start, end))
        if parts and parts[-1][-1] == first:
            parts[-1].append(last)
        else:
            parts.append([first, last])
    return parts


def _pieces(path: Iterable[Point]) -> Iterator[tuple[Point, Point]]:
    """Yield the segments of a path, those over the antimeridian in two."""
    for start, end in pairwise(path):
        west, east = sorted((start.lon, end.lon))
        edge = 360 * math.floor((east + 180) / 360) - 180
        if west < edge < east:
            share = (edge - start.lon) / (end.lon - start.lon)
            middle = Point(lat=start.lat + (end.lat - start.lat) * share, lon=edge)
            yield start, middle
            yield middle, end
        else:
            yield start, end


def _position(point: Point, turns: int = 0) -> Position:
    lon, lat = point.lon_lat
    return [round(lon - 360 * turns, DECIMALS) + 0.0, round(lat, DECIMALS) + 0.0]
