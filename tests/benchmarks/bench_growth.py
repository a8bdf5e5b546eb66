"""How the time of the whole reading grows with the text, on texts that are made to be slow.

    python tests/benchmarks/bench_growth.py

Each piece is repeated to two lengths, one four times the other. A ratio near 4 is the
linear growth that is wanted; 16 would be quadratic.
"""

from __future__ import annotations

import time

from mapper.pipeline import map_text

PIECES = (
    "We went on to Oslo. ",
    "we went to Oslo and ",
    "Oslo, Bergen and Lima ",
    "On 3 May 1911 we left Oslo. The next day we reached Bergen.\n\n",
    "Paris, Texas; London (Ontario) – ",
    "Jane Doe of Ohio Supreme Court said: “",
    "two hundred and ",
    "in 1872 ",
    "Monday, ",
    "A. B. ",
    "St. ",
    "Ab-",
    "– - ",
    "(",
)
SHORT = 25_000
TIMES = 4


def main() -> None:
    """Print the time of the short text and the ratio of the long one's to it."""
    seconds(PIECES[0], SHORT)
    for piece in PIECES:
        short, long = (seconds(piece, size) for size in (SHORT, TIMES * SHORT))
        print(f"{short:8.3f} s  x {long / short:5.1f}  {piece!r}")


def seconds(piece: str, size: int) -> float:
    """Return the processor time of reading a journey out of `size` characters."""
    text = piece * (size // len(piece))
    start = time.process_time()
    map_text(text)
    return time.process_time() - start


if __name__ == "__main__":
    main()
