"""One place by its name or coordinates, without a text around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mapper.errors import InputError, UnknownPlaceError
from mapper.model import Place

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

__all__ = ["containers", "locate"]

_COORDINATES = re.compile(r"\s*([+-]?\d+(?:\.\d*)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d*)?)\s*")

# Similar names that an error may offer: more is no longer one sentence.
SUGGESTIONS = 3


def locate(text: str, *, gazetteer: Gazetteer) -> Place:
    """Return the best known place of a name, or the point at "lat, lon" in decimal degrees.

    What follows a comma narrows the choice: "Paris, Texas", "Springfield, US".

    Raises
    ------
    InputError
        Latitude is not -90 to 90, or longitude not -180 to 180.
    UnknownPlaceError
        The gazetteer has no such place.
    """
    coordinates = _COORDINATES.fullmatch(text)
    if coordinates:
        return _at(float(coordinates[1]), float(coordinates[2]))
    name, _, within = text.partition(",")
    whole = gazetteer.lookup(text)
    matches = whole or gazetteer.lookup(name)
    for match in matches:
        if whole or not within.strip() or _lies_in(match.place, within, gazetteer):
            return match.place
    raise UnknownPlaceError(_unknown(text.strip(), name, gazetteer))


def containers(place: Place, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the names of the region and the country of a place, its own name left out."""
    region = gazetteer.region_name(place.country_code, place.admin1_code)
    country = gazetteer.country_name(place.country_code)
    return tuple(name for name in (region, country) if name and name != place.name)


def _at(lat: float, lon: float) -> Place:
    if abs(lat) > 90 or abs(lon) > 180:
        raise InputError(
            f"{lat:g}, {lon:g} is no point on Earth: give latitude (-90 to 90), "
            "then longitude (-180 to 180), in decimal degrees."
        )
    name = f"{lat:g}, {lon:g}"
    return Place(
        id=f"point:{lat:g},{lon:g}", name=name, lat=lat, lon=lon, feature_class="", feature_code=""
    )


def _lies_in(place: Place, within: str, gazetteer: Gazetteer) -> bool:
    """Whether every part after the comma names the place's region or country."""
    wanted = [part.strip() for part in within.split(",") if part.strip()]
    return all(_names(part, place, gazetteer) for part in wanted)


def _names(part: str, place: Place, gazetteer: Gazetteer) -> bool:
    codes = {place.country_code, place.admin1_code} - {""}
    own = {name.casefold() for name in containers(place, gazetteer)}
    if part.upper() in codes or part.casefold() in own:
        return True
    return any(_contains(match.place, place) for match in gazetteer.lookup(part))


def _contains(area: Place, place: Place) -> bool:
    if area.country_code != place.country_code or area.feature_class != "A":
        return False
    return area.feature_code.startswith("PCL") or (
        area.feature_code == "ADM1" and area.admin1_code == place.admin1_code
    )


def _unknown(text: str, name: str, gazetteer: Gazetteer) -> str:
    similar = tuple(dict.fromkeys(_similar(name, gazetteer)))[:SUGGESTIONS]
    hint = f"did you mean {' or '.join(similar)}?" if similar else "give it as latitude,longitude."
    return f"No place named {text!r} is in the gazetteer: {hint}"


def _similar(name: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield places whose name begins as the unknown one does: a part of a name means nothing."""
    wanted = name.strip()
    for match in gazetteer.search(wanted, limit=SUGGESTIONS):
        if wanted and match.name.casefold().startswith(wanted.casefold()):
            yield ", ".join((match.name, *containers(match.place, gazetteer)))
