"""`mapper evaluate`: how well the program does on annotated texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mapper.cli.common import (
    check_output,
    echo_json,
    examples,
    force_option,
    format_option,
    recognizer_option,
)
from mapper.cli.table import echo_table

if TYPE_CHECKING:
    from mapper.evaluate.itineraries import Error, ItineraryScore
    from mapper.evaluate.toponyms import Bin, ToponymScore
    from mapper.model import Mention

__all__ = ["evaluate"]

SCORE_COLUMNS = ("Measure", "All names", "95 %", "Without countries", "95 %")
STOP_COLUMNS = ("Measure", "Value", "95 %")
ERROR_COLUMNS = ("Cause", "Document", "Name")
BIN_COLUMNS = ("Score", "Names", "Mean score", "Right")


@click.group(epilog=examples("mapper evaluate toponyms gold.jsonl"))
def evaluate() -> None:
    """Measure the program on gold texts."""


@evaluate.command(
    epilog=examples(
        "mapper evaluate toponyms gold.jsonl",
        "mapper evaluate toponyms gold.jsonl --predictions found.jsonl",
    )
)
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--predictions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what was found to this file, in the form of GOLD.",
)
@click.option(
    "--model",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Use this model of `mapper train` instead of the one inside.",
)
@click.option("--reliability", is_flag=True, help="Show how often names of each score are right.")
@force_option
@format_option("table", "json")
@recognizer_option
def toponyms(
    gold: Path,
    predictions: Path | None,
    model: Path | None,
    reliability: bool,
    force: bool,
    form: str,
    recognizer: str,
) -> None:
    """Measure how the place names in GOLD are found and located.

    GOLD is a JSONL file: one object a line with `id`, `text` and `toponyms` (`start`,
    `end`, `lat`, `lon`). Intervals are over documents.
    """
    from mapper import evaluate as measure
    from mapper.export import to_jsonl
    from mapper.files import write_text

    if predictions:
        check_output(predictions, gold, force=force)
    records = list(measure.read_gold(gold, check=measure.check_toponyms))
    find = _once(_finder(model, recognizer))
    if predictions:
        write_text(predictions, to_jsonl(measure.predictions(records, find=find)), force=force)
    if reliability:
        bins = measure.reliability(records, find=find)
        _echo(form, BIN_COLUMNS, map(_bin_row, bins), lambda: {"bins": list(map(_bin, bins))})
        return
    scores = [measure.toponyms(records, find=find, countries=it) for it in (True, False)]
    _echo(form, SCORE_COLUMNS, _score_rows(scores), lambda: _scores(gold.name, scores))


@evaluate.command(
    epilog=examples(
        "mapper evaluate itineraries cases/",
        "mapper evaluate itineraries gold.jsonl --predictions found.jsonl",
        "mapper evaluate itineraries cases/ --errors",
    )
)
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--predictions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the stops that were found to this file, in the form of GOLD.",
)
@click.option("--errors", is_flag=True, help="Show each stop that is missing or wrong, and why.")
@force_option
@format_option("table", "json")
def itineraries(gold: Path, predictions: Path | None, errors: bool, force: bool, form: str) -> None:
    """Measure the journeys that are read in the texts of GOLD.

    GOLD is a folder of JSON files, or a JSONL file: `id`, `text`, perhaps `published`, and
    `stops` in travel order (`name`, `lat`, `lon`, `status`, perhaps `date`, `tol_km`).
    Measures are means over documents, and so are the intervals.
    """
    from mapper import evaluate as measure
    from mapper.evaluate.itineraries import made, travel
    from mapper.export import to_jsonl
    from mapper.files import write_text

    if predictions:
        check_output(predictions, gold, force=force)
    records = list(measure.read_gold(gold, check=measure.check_itinerary))
    make = made((record, travel(record)) for record in records)
    if predictions:
        found = measure.stop_predictions(records, make=make)
        write_text(predictions, to_jsonl(found), force=force)
    if errors:
        wrong = sorted(measure.errors(records, make=make), key=_by_cause)
        rows = [(it.cause, it.document, it.name) for it in wrong]
        _echo(form, ERROR_COLUMNS, rows, lambda: {"errors": [it._asdict() for it in wrong]})
        return
    score = measure.itineraries(records, make=make)
    _echo(form, STOP_COLUMNS, _stop_rows(score), lambda: {"gold": gold.name, **asdict(score)})


def _by_cause(error: Error) -> tuple[str, str]:
    return error.cause, error.document


def _stop_rows(score: ItineraryScore) -> Iterable[tuple[str, ...]]:
    yield "documents", str(score.documents), ""
    yield "stops", str(score.stops), ""
    for name, it in score.measures.items():
        yield name, f"{it.value:.3f}", f"{it.low:.3f} to {it.high:.3f}"


def _finder(model: Path | None, recognizer: str) -> Callable[[str], Sequence[Mention]]:
    from functools import partial

    from mapper.evaluate import finder
    from mapper.recognize import recognize
    from mapper.recognize.tagger import Tagger

    return finder(partial(recognize, tagger=Tagger.open(model)) if model else recognizer)


def _once(find: Callable[[str], Sequence[Mention]]) -> Callable[[str], Sequence[Mention]]:
    """Return `find` with a memory: the same texts are measured in several ways."""
    from functools import cache

    return cache(find)


def _echo(
    form: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    data: Callable[[], Mapping[str, Any]],
) -> None:
    if form == "json":
        echo_json(data())
    else:
        echo_table(columns, rows)


def _score_rows(scores: Sequence[ToponymScore]) -> Iterable[tuple[str, ...]]:
    yield "documents", *(cell for score in scores for cell in (str(score.documents), ""))
    yield "names", *(cell for score in scores for cell in (str(score.names), ""))
    for name in scores[0].measures:
        cells: list[str] = []
        for score in scores:
            it = score.measures[name]
            cells += [f"{it.value:.3f}", f"{it.low:.3f} to {it.high:.3f}"]
        yield name, *cells


def _scores(name: str, scores: Sequence[ToponymScore]) -> dict[str, Any]:
    kinds = ("all", "without countries")
    return {"gold": name, **{kind: asdict(it) for kind, it in zip(kinds, scores, strict=True)}}


def _bin_row(it: Bin) -> tuple[str, str, str, str]:
    return f"{it.low:.1f} to {it.high:.1f}", str(it.names), f"{it.score:.2f}", f"{it.right:.2f}"


def _bin(it: Bin) -> dict[str, Any]:
    return asdict(it)
