"""`mapper map`: a text becomes a page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapper.cli.common import (
    STDIN,
    STDOUT,
    check_output,
    examples,
    force_option,
    input_argument,
    installed,
    note,
    published_option,
    read_document,
    recognizer_option,
    title_option,
    traveller_option,
)

if TYPE_CHECKING:
    from mapper.model import Itinerary

__all__ = ["map_command"]

FORMATS_BY_SUFFIX = {".html": "html", ".htm": "html", ".json": "json", ".geojson": "geojson"}


@click.command(
    "map",
    epilog=examples(
        "mapper map article.txt -o article.html",
        "mapper map article.txt --published 2023-09-16 --force",
        "curl -s https://example.org/diary.txt | mapper map - -o diary.html",
        "mapper map article.txt -o route.geojson",
        "mapper map article.txt --traveller 'Jane Doe'",
        "mapper map report.txt --places",
    ),
)
@input_argument
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where to write; - is stdout. By default INPUT's name with the suffix of the format, "
    "in the current folder.",
)
@force_option
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    callback=installed("mapper.exporters"),
    help="html, json, geojson or that of a plugin; by default what FILE's suffix says, else html.",
)
@click.option(
    "--places",
    "only_places",
    is_flag=True,
    help="Draw every place that INPUT names, without a route.",
)
@traveller_option
@title_option
@published_option
@recognizer_option
def map_command(
    source: str,
    output: str | None,
    force: bool,
    form: str | None,
    only_places: bool,
    traveller: str | None,
    title: str | None,
    published: dt.date | None,
    recognizer: str,
) -> None:
    """Draw the journey in INPUT, a text file or - for stdin.

    A text in which nobody travels is drawn with --places only; without, the exit code is 3.
    """
    from mapper.export import export
    from mapper.files import write_text
    from mapper.pipeline import map_document, map_places

    target = _default_output(source, form) if output is None else output
    check_output(target, source, force=force)
    form = form or _format_of(output)
    document = read_document(source, title=title, published=published)
    if only_places:
        journey = map_places(document, recognizer=recognizer)
    else:
        journey = map_document(document, recognizer=recognizer, traveller=traveller)
    exported = export(journey, form)
    note(f"Warning: {warning}" for warning in journey.warnings)
    if target == STDOUT:
        click.echo(exported, nl=False)
    else:
        write_text(target, exported, force=force)
        note([f"{target}: {summary(journey)}"])


def summary(journey: Itinerary) -> str:
    """Return one line: stops, length, what is only planned."""
    from mapper.model import VisitStatus

    if all(stop.status is VisitStatus.MENTIONED for stop in journey.stops):
        return f"{len(journey.stops)} place{'' if len(journey.stops) == 1 else 's'}"
    planned = sum(not stop.status.on_route for stop in journey.stops)
    reached = len(journey.stops) - planned
    parts = [f"{reached} stop{'' if reached == 1 else 's'}"]
    parts += [f"{journey.total_distance_m / 1000:,.0f} km"] if journey.legs else []
    parts += [f"{planned} planned"] if planned else []
    return ", ".join(parts)


def _default_output(source: str, form: str | None) -> str:
    if source == STDIN:
        raise click.UsageError(
            "INPUT is stdin: say where to write with -o FILE, or -o - for stdout."
        )
    return f"{Path(source).stem}.{form or 'html'}"


def _format_of(output: str | None) -> str:
    if output is None or output == STDOUT:
        return "html"
    suffix = Path(output).suffix.lower()
    if suffix not in FORMATS_BY_SUFFIX:
        known = ", ".join(FORMATS_BY_SUFFIX)
        raise click.UsageError(f"FILE ends in none of {known}: say the format with --format.")
    return FORMATS_BY_SUFFIX[suffix]
