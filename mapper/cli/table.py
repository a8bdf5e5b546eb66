"""Tables for terminals and pipes: aligned, safe to print whatever the cells hold."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence

import click

__all__ = ["echo_table", "printable", "render", "width"]

GAP = "  "
ELLIPSIS = "…"
# Below this no column is cut any further, however narrow the terminal.
MIN_COLUMN = 8
# Joiners shape letters and emoji; every other invisible character could hide or turn text.
_JOINERS = "\u200c\u200d"
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    r"""Return `text` on one line, its control and direction characters spelled out.

    >>> printable("Oslo\x1b[31m")
    'Oslo\\x1b[31m'
    """
    return "".join(map(_spelled, text))


def width(text: str) -> int:
    """Return how many cells of a terminal a printable text takes.

    Unicode Standard Annex 11: wide and full-width characters take two; marks take none.

    >>> width("Tōkyō"), width("東京")
    (5, 4)
    """
    return sum(map(_cells, text))


def render(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, limit: int | None = None
) -> str:
    """Return a table as lines without trailing space, no line wider than `limit` cells.

    Numbers are set to the right, everything else to the left, None is empty.
    """
    cells = [list(header), *([_cell(value) for value in row] for row in rows)]
    numeric = _numeric_columns(cells[1:], len(header))
    widths = _fitted([max(map(width, column)) for column in zip(*cells, strict=True)], limit)
    return "".join(_line(row, widths, numeric) + "\n" for row in cells)


def echo_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table: cut to the width of a terminal, whole into a pipe or file."""
    terminal = sys.stdout.isatty()
    limit = shutil.get_terminal_size().columns if terminal else None
    first, _, rest = render(header, rows, limit=limit).partition("\n")
    click.echo(click.style(first, bold=True) if terminal else first)
    click.echo(rest, nl=False)


def _spelled(character: str) -> str:
    if character in _JOINERS or unicodedata.category(character) not in _UNPRINTABLE:
        return character
    return character.encode("unicode_escape").decode("ascii")


def _cells(character: str) -> int:
    if character in _JOINERS or unicodedata.combining(character):
        return 0
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cell(value: object) -> str:
    return "" if value is None else printable(str(value))


def _numeric_columns(rows: Sequence[Sequence[str]], count: int) -> list[bool]:
    columns = ([row[index] for row in rows] for index in range(count))
    return [bool(any(column)) and all(map(_is_number, column)) for column in columns]


def _is_number(cell: str) -> bool:
    return not cell or cell.replace(",", "").replace(".", "").lstrip("-").isdigit()


def _fitted(widths: list[int], limit: int | None) -> list[int]:
    """Return the widths with the widest columns cut until the line fits."""
    widths = list(widths)
    while limit is not None and sum(widths) + len(GAP) * (len(widths) - 1) > limit:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= MIN_COLUMN:
            break
        widths[widest] -= 1
    return widths


def _line(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    cells = (
        _aligned(_cut(cell, cells), cells, right)
        for cell, cells, right in zip(row, widths, numeric, strict=True)
    )
    return GAP.join(cells).rstrip()


def _aligned(cell: str, cells: int, right: bool) -> str:
    space = " " * (cells - width(cell))
    return space + cell if right else cell + space


def _cut(cell: str, cells: int) -> str:
    if width(cell) <= cells:
        return cell
    while cell and width(cell) > cells - 1:
        cell = cell[:-1]
    return cell + ELLIPSIS
