"""`mapper stops` and `mapper places`: what a text was understood to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from mapper.cli.common import (
    echo_json,
    examples,
    format_option,
    input_argument,
    note,
    published_option,
    read_document,
    recognizer_option,
    title_option,
    traveller_option,
)
from mapper.cli.table import echo_table

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer
    from mapper.model import Itinerary, Mention, Place, Reason, When

__all__ = ["places", "stops"]

STOP_COLUMNS = ("No.", "Stop", "Where", "Date", "Status", "Score", "km")
PLACE_COLUMNS = ("Span", "Name", "Place", "Where", "Status", "Outcome", "Score", "Of", "Why")
# The reasons that weigh most say enough on one line; JSON has them all.
SHOWN_REASONS = 3


@click.command(
    epilog=examples(
        "mapper stops article.txt", "mapper stops article.txt --format json > journey.json"
    )
)
@input_argument
@format_option("table", "json")
@traveller_option
@title_option
@published_option
@recognizer_option
def stops(
    source: str,
    form: str,
    traveller: str | None,
    title: str | None,
    published: dt.date | None,
    recognizer: str,
) -> None:
    """Print the stops of the journey in INPUT, in travel order.

    The date is the arrival, at the first stop the departure; km is the distance from the
    stop before.
    """
    from mapper.export import require_journey
    from mapper.gazetteer import Gazetteer
    from mapper.pipeline import map_document

    document = read_document(source, title=title, published=published)
    journey = map_document(document, recognizer=recognizer, traveller=traveller)
    if form == "json":
        echo_json(journey.to_dict())
    elif journey.stops:
        echo_table(STOP_COLUMNS, _stop_rows(journey, Gazetteer.open()))
    require_journey(journey)
    note(f"Warning: {warning}" for warning in journey.warnings)


@click.command(
    epilog=examples(
        "mapper places article.txt",
        "mapper places article.txt --format json | jq '.mentions[].place.name'",
    )
)
@input_argument
@format_option("table", "json")
@title_option
@published_option
@recognizer_option
def places(
    source: str, form: str, title: str | None, published: dt.date | None, recognizer: str
) -> None:
    """Print every place that INPUT names, and why it was taken.

    The column Of is the number of candidates; the reasons are log-odds.
    """
    from mapper.export import places_to_dict, require_place
    from mapper.gazetteer import Gazetteer
    from mapper.pipeline import find_places

    document = read_document(source, title=title, published=published)
    mentions = find_places(document, recognizer=recognizer)
    if form == "json":
        echo_json(places_to_dict(document, mentions))
    elif mentions:
        echo_table(PLACE_COLUMNS, _place_rows(mentions, Gazetteer.open()))
    require_place(mentions)
    note(f"Warning: {warning}" for warning in document.warnings)


def _stop_rows(journey: Itinerary, gazetteer: Gazetteer) -> Iterator[tuple[Any, ...]]:
    before = {leg.destination: f"{leg.distance_m / 1000:,.0f}" for leg in journey.legs}
    for stop in journey.stops:
        yield (
            stop.number,
            stop.name,
            _where(stop.place, gazetteer),
            _when(stop.arrival or stop.departure),
            stop.status.value,
            f"{stop.score:.2f}",
            before.get(stop.id),
        )


def _place_rows(mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[tuple[Any, ...]]:
    for mention in mentions:
        yield (
            f"{mention.span.start}-{mention.span.end}",
            mention.toponym.text,
            mention.place.name if mention.place else None,
            _where(mention.place, gazetteer),
            mention.status.value,
            mention.outcome.value,
            f"{mention.score:.2f}",
            len(mention.candidates),
            _why(mention.reasons),
        )


def _where(place: Place | None, gazetteer: Gazetteer) -> str:
    from mapper.locate import containers

    return ", ".join(containers(place, gazetteer)) if place else ""


def _when(when: When | None) -> str:
    if when is None:
        return ""
    return when.start if when.start == when.end else f"{when.start} to {when.end}"


def _why(reasons: Sequence[Reason]) -> str:
    weighty = sorted(reasons, key=lambda reason: -abs(reason.value))[:SHOWN_REASONS]
    return "; ".join(map(_reason, weighty))


def _reason(reason: Reason) -> str:
    detail = f" ({reason.detail})" if reason.detail else ""
    return f"{reason.name} {reason.value:+.1f}{detail}"
