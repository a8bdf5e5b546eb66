"""Clean text → the units of its layout: paragraphs, and lines that stand for themselves.

Texts come in three shapes: one line for each paragraph, paragraphs broken at a
fixed width, and short lines (lists, menus, letterheads). A paragraph broken at
a fixed width is one unit; everywhere else each line is one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapper.model import Span

__all__ = ["Unit", "units"]

# Hard-wrapped files break between 60 (mail quotations) and 90 columns; a
# longer line is a whole paragraph, a shorter one was ended by its author.
MIN_WRAP = 50
MAX_WRAP = 100
# How much room an editor may leave although the next word would have fitted.
WRAP_SLACK = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A paragraph or line: `alone` where nothing else stands in its block."""

    span: Span
    text: str
    block: int
    alone: bool


def units(text: str) -> tuple[Unit, ...]:
    """Return the units of `text` in order; together they hold every non-space character."""
    found: list[Unit] = []
    for number, block in enumerate(_blocks(text)):
        found.extend(_units_of(text, block, number))
    return tuple(found)


def _units_of(text: str, block: Sequence[Span], number: int) -> Iterator[Unit]:
    lines = [span.of(text) for span in block]
    if _is_wrapped(lines):
        whole = Span(block[0].start, block[-1].end)
        yield Unit(span=whole, text=whole.of(text), block=number, alone=True)
        return
    paragraphs = max(map(len, lines)) > MAX_WRAP
    for span, line in zip(block, lines, strict=True):
        yield Unit(span=span, text=line, block=number, alone=paragraphs or len(lines) == 1)


def _is_wrapped(lines: Sequence[str]) -> bool:
    width = max(map(len, lines))
    if len(lines) < 2 or not MIN_WRAP <= width <= MAX_WRAP or any(map(_is_markup, lines)):
        return False
    return all(
        len(line) + 1 + len(following.split(maxsplit=1)[0]) > width - WRAP_SLACK
        for line, following in itertools.pairwise(lines)
    )


def _is_markup(line: str) -> bool:
    return line.startswith(("<", "|", "---", "===", "#")) or line.endswith("|")


def _blocks(text: str) -> Iterator[list[Span]]:
    block: list[Span] = []
    for span in _lines(text):
        if span.start < span.end:
            block.append(span)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _lines(text: str) -> Iterator[Span]:
    """Yield each line without the white space around it; a blank line is an empty span."""
    start = 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        yield Span(start + indent, start + max(indent, len(line.rstrip())))
        start += len(line) + 1
