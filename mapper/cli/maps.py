"""`mapper map`: a text becomes a page."""

from __future__ import annotations

import datetime as dt
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapper.cli.common import (
    STDIN,
    examples,
    input_argument,
    note,
    published_option,
    read_document,
    shown,
    title_option,
)
from mapper.errors import OutputError

if TYPE_CHECKING:
    from mapper.model import Itinerary

__all__ = ["map_command"]

STDOUT = "-"
FORMATS_BY_SUFFIX = {".html": "html", ".htm": "html", ".json": "json", ".geojson": "geojson"}


def _installed_format(_: click.Context, __: click.Parameter, form: str | None) -> str | None:
    """Refuse a format that no exporter has, as a matter of usage."""
    from mapper.plugins import names

    installed = names("mapper.exporters")
    if form is not None and form not in installed:
        raise click.BadParameter(
            shown(f"{form!r} is none of those installed: {', '.join(installed)}.")
        )
    return form


@click.command(
    "map",
    epilog=examples(
        "mapper map article.txt -o article.html",
        "mapper map article.txt --published 2023-09-16 --force",
        "curl -s https://example.org/diary.txt | mapper map - -o diary.html",
        "mapper map article.txt -o route.geojson",
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
@click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    callback=_installed_format,
    help="html, json, geojson or that of a plugin; by default what FILE's suffix says, else html.",
)
@title_option
@published_option
def map_command(
    source: str,
    output: str | None,
    force: bool,
    form: str | None,
    title: str | None,
    published: dt.date | None,
) -> None:
    """Draw the journey in INPUT, a text file or - for stdin."""
    from mapper.export import export
    from mapper.files import write_text
    from mapper.pipeline import map_document

    target = _default_output(source, form) if output is None else output
    _check_output(target, source, force=force)
    form = form or _format_of(output)
    journey = map_document(read_document(source, title=title, published=published))
    exported = export(journey, form)
    note(f"Warning: {warning}" for warning in journey.warnings)
    if target == STDOUT:
        click.echo(exported, nl=False)
    else:
        write_text(target, exported, force=force)
        note([f"{target}: {summary(journey)}"])


def summary(journey: Itinerary) -> str:
    """Return one line: stops, length, what is only planned."""
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


def _check_output(target: str, source: str, *, force: bool) -> None:
    """Refuse what cannot be written before the text is read, which may take long."""
    from mapper.files import check_target

    if target == STDOUT:
        return
    check_target(target)
    if _is_input(target, source):
        raise OutputError(f"{target} is INPUT itself: write to another FILE with -o.")
    if os.path.lexists(target) and not force:
        raise OutputError(f"{target} exists already: overwrite it with --force.")


def _is_input(target: str, source: str) -> bool:
    with suppress(OSError):  # one of the two is not there
        return os.path.samefile(sys.stdin.fileno() if source == STDIN else source, target)
    return False


def _format_of(output: str | None) -> str:
    if output is None or output == STDOUT:
        return "html"
    suffix = Path(output).suffix.lower()
    if suffix not in FORMATS_BY_SUFFIX:
        known = ", ".join(FORMATS_BY_SUFFIX)
        raise click.UsageError(f"FILE ends in none of {known}: say the format with --format.")
    return FORMATS_BY_SUFFIX[suffix]
