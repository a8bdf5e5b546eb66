"""`mapper gazetteer`: look into the place names that ship with the package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from mapper.cli.common import echo_json, examples, format_option
from mapper.cli.table import echo_table
from mapper.errors import UnknownPlaceError

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer, Match

__all__ = ["gazetteer"]

# GeoNames' feature classes in a word.
CLASSES = {
    "A": "areas",
    "H": "waters",
    "L": "regions and parks",
    "P": "towns",
    "R": "roads",
    "S": "sites",
    "T": "land forms",
    "U": "undersea",
    "V": "woods",
}
COLUMNS = ("Place", "Where", "As", "Kind", "Latitude", "Longitude", "Population", "Id")


@click.group(epilog=examples("mapper gazetteer search Springfield"))
def gazetteer() -> None:
    """Look into the embedded gazetteer."""


@gazetteer.command(epilog=examples("mapper gazetteer info --format json"))
@format_option("table", "json")
def info(form: str) -> None:
    """Print what the gazetteer holds and where it comes from."""
    from mapper.gazetteer import Gazetteer

    described = Gazetteer.open().info()
    if form == "json":
        echo_json(described)
    else:
        echo_table(("Key", "Value"), _flat(_by_class(described)))


@gazetteer.command(epilog=examples('mapper gazetteer search "San Jos" --limit 5'))
@click.argument("name")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most."
)
def search(name: str, limit: int) -> None:
    """Print the places called NAME, or nearly so, the best known first."""
    from mapper.gazetteer import Gazetteer

    embedded = Gazetteer.open()
    matches = embedded.search(name, limit=limit)
    if not matches:
        raise UnknownPlaceError(f"No name in the gazetteer is like {name!r}: try a part of it.")
    echo_table(COLUMNS, (_row(match, embedded) for match in matches))


def _row(match: Match, embedded: Gazetteer) -> tuple[Any, ...]:
    from mapper.locate import containers

    place = match.place
    return (
        place.name,
        ", ".join(containers(place, embedded)),
        match.name if match.name.casefold() != place.name.casefold() else None,
        place.feature_code,
        f"{place.lat:.4f}",
        f"{place.lon:.4f}",
        f"{place.population:,}" if place.population else None,
        place.id,
    )


def _by_class(described: Mapping[str, object]) -> dict[str, object]:
    """Sum the many feature codes up by their class: a table is to be read."""
    counts: Counter[str] = Counter()
    features = described["by_feature"]
    if isinstance(features, Mapping):
        for feature, count in features.items():
            counts[CLASSES[feature.partition(".")[0]]] += count
    return {**described, "by_feature": dict(sorted(counts.items()))}


def _flat(data: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        elif isinstance(value, list | tuple):
            yield from _flat({str(i): item for i, item in enumerate(value, 1)}, f"{prefix}{key}.")
        else:
            yield prefix + key, value
