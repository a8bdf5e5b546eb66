"""Time the whole command on the example text, as a ratio to `import folium`.

    python tests/benchmarks/bench_command.py [PAIRS]

The two run in turn, so that a machine whose speed drifts does not mislead; the
median ratio and the largest resident memory are what to quote.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = Path(__file__).parents[2] / "seeds" / "kim-in-russia-2023-09-16.txt"
PAIRS = 9


def main() -> None:
    """Print the median ratio, its range, and the peak memory of the command."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "page.html")
        command = [sys.executable, "-m", "mapper", "map", str(SEED), "-o", page, "--force"]
        beside = [sys.executable, "-c", "import folium"]
        seconds(command), seconds(beside)
        ratios = [seconds(command) / seconds(beside) for _ in range(pairs)]
    memory_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"ratio to import folium: median {statistics.median(ratios):.2f}", end=" ")
    print(f"({min(ratios):.2f} to {max(ratios):.2f}, {pairs} pairs)")
    print(f"peak memory: {memory_mb:.0f} MB")


def seconds(command: list[str]) -> float:
    """Return the wall time of a command that must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
