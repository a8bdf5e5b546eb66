"""The gate: on gold texts the program does not get worse.

The texts in `tests/gold` are our own. Larger collections are measured too where the
folder that MAPPER_GOLD names has them: `toponyms/*.jsonl` and `itineraries/cases/*.json`.
The recognizer has learnt from two of these, lgl and geovirus: their floors show that
nothing broke, those of the others also how good it is.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from mapper.evaluate import itineraries, read_gold, toponyms

TOP = Path(__file__).resolve().parent.parent
OWN = Path(__file__).parent / "gold"
Record = Mapping[str, Any]
Figures = dict[str, float]

OWN_TEXTS = list(read_gold(OWN / "toponyms" / "own.jsonl"))
FLOORS: dict[str, dict[str, float]] = json.loads((OWN / "floors.json").read_text("utf-8"))
# The less of these, the better: what stands in the file is the most that there may be.
FAULTS = {"planned as visited", "dates wrong", "false routes"}
# Every so many records of a large collection, so that the gate takes less than a minute.
STEP = 6


def outside() -> Path:
    """Return the folder of the larger collections, or skip."""
    named = os.environ.get("MAPPER_GOLD")
    folder = Path(named) if named else TOP.parent / "shared" / "bench"
    if not folder.is_dir():
        pytest.skip("no gold beside our own: MAPPER_GOLD names no folder")
    return folder


def own_toponyms() -> Figures:
    """Measure place names on our own texts."""
    return of_toponyms(OWN_TEXTS)


def own_journeys() -> Figures:
    """Measure journeys on our own texts."""
    return of_journeys(OWN / "journeys")


def outside_toponyms(name: str) -> Figures:
    """Measure place names on a part of a larger collection, or skip."""
    path = outside() / "toponyms" / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"the gold folder has no toponyms/{path.name}")
    return of_toponyms(itertools.islice(read_gold(path), 0, None, STEP))


def outside_journeys() -> Figures:
    """Measure journeys on a larger collection, or skip."""
    path = outside() / "itineraries" / "cases"
    if not path.is_dir():
        pytest.skip("the gold folder has no itineraries/cases")
    return of_journeys(path)


def of_toponyms(records: Iterable[Record]) -> Figures:
    """Return the values of all measures of place names."""
    return {name: it.value for name, it in toponyms(records).measures.items()}


def of_journeys(path: Path) -> Figures:
    """Return the values of all measures of journeys."""
    return {name: it.value for name, it in itineraries(read_gold(path)).measures.items()}


MEASURED: dict[str, Callable[[], Figures]] = {
    "own toponyms": own_toponyms,
    "own journeys": own_journeys,
    "lgl": functools.partial(outside_toponyms, "lgl"),
    "geovirus": functools.partial(outside_toponyms, "geovirus"),
    "tudloc": functools.partial(outside_toponyms, "tudloc"),
    "journeys": outside_journeys,
}


@pytest.mark.parametrize("name", MEASURED)
def test_no_figure_falls_below_its_floor(name: str) -> None:
    """Every figure in `floors.json` is kept; one that rose far may be pinned anew."""
    figures = MEASURED[name]()
    fallen = {
        figure: (round(figures[figure], 4), floor)
        for figure, floor in FLOORS[name].items()
        if (figures[figure] > floor if figure in FAULTS else figures[figure] < floor)
    }
    assert fallen == {}


def test_every_floor_is_measured() -> None:
    """A floor that nothing measures would keep nothing."""
    assert FLOORS.keys() == MEASURED.keys()


@pytest.mark.parametrize("record", OWN_TEXTS, ids=lambda record: record["id"])
def test_own_gold_is_well_formed(record: dict[str, object]) -> None:
    """Each name stands where the record says, in order, and lies on the globe or nowhere."""
    names = record["toponyms"]
    assert isinstance(names, list)
    text = str(record["text"])
    assert [text[it["start"] : it["end"]] for it in names] == [it["name"] for it in names]
    assert all(a["end"] <= b["start"] for a, b in itertools.pairwise(names))
    assert all((it["lat"] is None) == (it["lon"] is None) for it in names)
