"""Gold records: read from files, and paired one to one with what was found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mapper.errors import InputError

__all__ = ["Record", "one_to_one", "read_gold"]

Record = Mapping[str, Any]


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSONL file, or those of the JSON files in a folder.

    Raises
    ------
    InputError
        A line or file is no JSON object.
    """
    if path.is_dir():
        for file in sorted(path.glob("*.json")):
            yield _object(file.read_text(encoding="utf-8"), file.name)
        return
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _object(line, f"{path.name}, line {number}")


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except ValueError as error:
        raise InputError(f"{where} is no JSON: {error}") from error
    if not isinstance(record, dict):
        raise InputError(f"{where} is no JSON object")
    return record


def one_to_one(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Keep the pairs whose two ends are both still free."""
    left: set[int] = set()
    right: set[int] = set()
    for i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield i, j
