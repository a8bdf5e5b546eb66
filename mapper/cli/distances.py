"""`mapper distance`: how far it is, along the geodesic."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import click

from mapper.cli.common import examples
from mapper.cli.table import echo_table
from mapper.errors import InputError, UnknownPlaceError

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer
    from mapper.model import Place

__all__ = ["distance"]


def _places(ctx: click.Context, _: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name.startswith("-") and not name[1:2].isdigit():
            raise click.NoSuchOption(name, ctx=ctx)
    if len(names) < 2:
        raise click.UsageError("A distance takes two places or more.")
    return names


# A southern latitude begins with a minus and is no option.
@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog=examples(
        "mapper distance Oslo Bergen", 'mapper distance "Paris, Texas" "48.86,2.35" Tokyo'
    ),
)
@click.argument("names", metavar="PLACE PLACE...", nargs=-1, required=True, callback=_places)
def distance(names: tuple[str, ...]) -> None:
    """Print the distance from each PLACE to the next, and the total.

    A PLACE is a name, narrowed by what follows a comma, or "lat,lon" in decimal
    degrees. Of several places of a name the best known is taken, and shown.
    Distances are geodesics on WGS-84.
    """
    from mapper.gazetteer import Gazetteer
    from mapper.geodesy import distance_m
    from mapper.locate import containers

    gazetteer = Gazetteer.open()
    found = [_located(name, gazetteer) for name in names]
    labels = [", ".join((place.name, *containers(place, gazetteer))) for place in found]
    metres = [distance_m(a.point, b.point) for a, b in itertools.pairwise(found)]
    rows = [
        (start, end, f"{length / 1000:,.1f}")
        for (start, end), length in zip(itertools.pairwise(labels), metres, strict=True)
    ]
    echo_table(("From", "To", "km"), [*rows, ("Total", None, f"{sum(metres) / 1000:,.1f}")])


def _located(name: str, gazetteer: Gazetteer) -> Place:
    from mapper.locate import locate

    try:
        return locate(name, gazetteer=gazetteer)
    except UnknownPlaceError:
        raise
    except InputError as error:  # coordinates off the Earth: a slip of the hand
        raise click.UsageError(str(error)) from error
