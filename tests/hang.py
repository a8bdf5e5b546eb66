"""A guard for texts that are made to be slow: who hangs, fails."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

__all__ = ["no_hang"]

# What takes time in proportion to the text ends within seconds on the slowest machine; what
# takes its square, at the sizes of these tests, within the hour. Nothing in between is judged
# here: speed is measured in `benchmarks`.
PATIENCE_S = 120


@contextlib.contextmanager
def no_hang(seconds: int = PATIENCE_S) -> Iterator[None]:
    """Fail when the block is not done within `seconds`; without alarms, wait."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _give_up(signum: int, frame: FrameType | None) -> None:
    raise AssertionError("the text made it hang")
