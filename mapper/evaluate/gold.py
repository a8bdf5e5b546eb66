"""Gold records: read from files, checked, and paired one to one with what was found."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mapper.errors import InputError

__all__ = [
    "Record",
    "check_itinerary",
    "check_toponyms",
    "is_ignored",
    "one_to_one",
    "published_day",
    "read_gold",
]

Record = Mapping[str, Any]
Check = Callable[[Record], str | None]

STATUSES = frozenset({"visited", "planned", "origin"})
# Types of names that speak of a people or a language.
NO_PLACES = frozenset({"adj", "Demonym", "Language", "Homonym"})
# A date with fewer characters has no day.
DAY = len("2000-01-01")


def read_gold(path: Path, *, check: Check = lambda _: None) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSONL file, or those of the JSON files in a folder.

    `check` says what is wrong with a record, or None.

    Raises
    ------
    InputError
        A line or file is no JSON object or does not pass, or there is none at all.
    """
    empty = True
    for text, where in _texts(path):
        empty = False
        record = _object(text, where)
        if trouble := check(record):
            raise InputError(f"{where}: {trouble}.")
        yield record
    if empty:
        raise InputError(f"{path.name} has no gold text: give a JSONL file, or a folder of .json.")


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the JSON texts with where each stands."""
    try:
        if path.is_dir():
            for file in sorted(it for it in path.glob("*.json") if it.is_file()):
                yield file.read_text(encoding="utf-8-sig"), file.name
            return
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield line, f"{path.name}, line {number}"
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is no UTF-8 text.") from error


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is no JSON.") from error
    if not isinstance(record, dict):
        raise InputError(f"{where} is no JSON object.")
    return record


def check_toponyms(record: Record) -> str | None:
    """Return what keeps a record from being one of place names, if anything does."""
    return _text(record) or _each(record.get("toponyms"), "toponyms", _toponym)


def check_itinerary(record: Record) -> str | None:
    """Return what keeps a record from being one of a journey, if anything does."""
    published = record.get("published")
    return (
        _text(record)
        or (None if _is_published(published) else f"published is {published!r}, no date")
        or _each(record.get("stops"), "stops", _stop)
        or _each(record.get("optional") or [], "optional", _place)
    )


def _text(record: Record) -> str | None:
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        return "text is missing, empty or no string"
    try:
        f"{text}{record.get('id')}".encode()
    except UnicodeEncodeError:
        return "text or id has half of a surrogate pair"
    return None


def _each(items: Any, name: str, check: Check) -> str | None:
    """Return the first trouble in a list of objects."""
    if not isinstance(items, list):
        return f"{name} is missing or no list"
    for number, item in enumerate(items, start=1):
        trouble = check(item) if isinstance(item, dict) else "is no object"
        if trouble:
            return f"number {number} of {name} {trouble}"
    return None


def _toponym(item: Record) -> str | None:
    start, end = item.get("start"), item.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and start >= 0):
        return "has no whole numbers for start and end"
    return None if isinstance(item.get("name", ""), str) and _is_placed(item) else _NOWHERE


def _stop(item: Record) -> str | None:
    date = item.get("date")
    if item.get("status") not in STATUSES:
        return f"has the status {item.get('status')!r}, none of {', '.join(sorted(STATUSES))}"
    if date is not None and not isinstance(date, str):
        return f"has the date {date!r}, no text"
    return _place(item)


def _place(item: Record) -> str | None:
    if not isinstance(item.get("name"), str):
        return "has no name"
    tolerance = item.get("tol_km")
    if tolerance is not None and not (_is_number(tolerance) and tolerance > 0):
        return f"has the tolerance {tolerance!r}, no number of kilometres"
    return None if _is_placed(item) else _NOWHERE


_NOWHERE = "has no lat from -90 to 90 and lon from -180 to 180, nor null for both"


def _is_placed(item: Record) -> bool:
    lat, lon = item.get("lat"), item.get("lon")
    if lat is None or lon is None:
        return True
    return _is_number(lat) and _is_number(lon) and abs(lat) <= 90 and abs(lon) <= 180


def _is_number(value: Any) -> bool:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain and abs(value) < 1e9 and math.isfinite(value)


def _is_published(published: Any) -> bool:
    """Whether it is a day, a month, a year, or nothing."""
    if published in (None, ""):
        return True
    if not isinstance(published, str):
        return False
    try:
        dt.date.fromisoformat(published if len(published) == DAY else f"{published}-01-01"[:DAY])
    except ValueError:
        return False
    return True


def published_day(record: Record) -> dt.date | None:
    """Return the day on which a text was published, if the record says it to the day."""
    published = str(record.get("published") or "")
    return dt.date.fromisoformat(published) if len(published) == DAY else None


def is_ignored(toponym: Record) -> bool:
    """Whether a gold name is a don't-care: it is no place's."""
    return bool(toponym.get("adj")) or toponym.get("type") in NO_PLACES


def one_to_one(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Keep the pairs whose two ends are both still free."""
    left: set[int] = set()
    right: set[int] = set()
    for i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield i, j
