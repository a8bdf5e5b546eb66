"""What a run of capitalised words is: a person, an organisation, a site, a place."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from mapper import lexicon
from mapper.recognize.lines import LONGEST_ABBREVIATION, Line, Run

__all__ = ["Kind", "Part", "parts"]

_HEADS = lexicon.GENERIC_HEADS | lexicon.INSTITUTION_HEADS
_EXPLAINED = lexicon.COMMON_WORDS | lexicon.ORGANIZATION_HEADS
_SAINT = frozenset({"st", "st.", "ste", "saint"})
_HYPHENS = "-‐‑–"


class Kind(enum.Enum):
    """What a part of a run is."""

    PLACE = enum.auto()
    SITE = enum.auto()
    # A title or a first name says so …
    PERSON = enum.auto()
    # … or nothing else explains the capitals.
    UNEXPLAINED = enum.auto()
    # A body or a thing that bears the names in it as its own: "Bank of America".
    BRAND = enum.auto()
    OTHER = enum.auto()


class Part(NamedTuple):
    """Units of a line that belong together, and what they are."""

    kind: Kind
    first: int
    last: int

    @property
    def run(self) -> Run:
        """First and last unit."""
        return self.first, self.last


def parts(line: Line) -> Iterator[Part]:
    """Yield what the runs of a line are made of, in text order."""
    for run in line.runs():
        yield from _judged(line, run)


def _judged(line: Line, run: Run) -> Iterator[Part]:
    first, last = _capital_ends(line, run)
    if first > last:
        return
    run, head = (first, last), line.units[first]
    if line.shouted or (line.titled and last > first):
        known = (i for i in range(first, last + 1) if line.units[i].known)
        yield from (Part(Kind.PLACE, i, i) for i in known)
    elif first == last:
        yield Part(Kind.PLACE if head.known else Kind.OTHER, first, last)
    elif (title := line.find(run, lexicon.TITLES)) is not None:
        yield from _parted_at_title(line, run, title)
    elif line.units[last].lower in lexicon.STREET_HEADS:
        yield Part(Kind.OTHER, first, last)
    elif _is_site(line, run):
        yield Part(Kind.SITE, first, last)
    elif line.find(run, lexicon.ORGANIZATION_HEADS) is not None:
        yield from _seat(line, run)
    elif _is_hyphenated(line, run):
        yield from (Part(Kind.PLACE, i, i) for i in range(first, last + 1))
    elif head.lower in lexicon.DIRECTIONS:
        yield from _judged(line, (first + 1, last))
    else:
        yield from _without_head(line, run)


def _capital_ends(line: Line, run: Run) -> Run:
    """Take the connectors off both ends."""
    first, last = run
    while first <= last and not line.units[first].capital:
        first += 1
    while first <= last and not line.units[last].capital:
        last -= 1
    return first, last


def _parted_at_title(line: Line, run: Run, title: int) -> Iterator[Part]:
    """Part "Chicago Mayor Jane Doe" and "President of Chile" at the title.

    The place of a noble title is a name: of a person, a ship, an inn.
    """
    first, last = run
    if line.units[title].lower in lexicon.NOBLE_TITLES:
        yield Part(Kind.PERSON, first, last)
        return
    if title > first:
        yield from _judged(line, (first, title - 1))
    if title == last:
        return
    if line.units[title + 1].capital:
        yield Part(Kind.PERSON, title + 1, last)
    else:
        yield from _judged(line, (title + 1, last))


def _is_site(line: Line, run: Run) -> bool:
    units = line.units[run[0] : run[1] + 1]
    if units[-1].lower in _HEADS:
        return True
    if units[0].lower in lexicon.LEADING_HEADS - _SAINT:
        return True
    return any(
        unit.lower in _HEADS and following.lower == "of"
        for unit, following in itertools.pairwise(units)
    )


def _seat(line: Line, run: Run) -> Iterator[Part]:
    """Yield the place whose public body a run names: "Ohio Supreme Court".

    A newspaper, a bank or a club bears the name of a town as its own.
    """
    first, bridge = run[0], _bridge(line, run)
    if bridge is not None and _is_named_person(line, first):
        yield from _without_head(line, run)
        return
    if line.find(run, lexicon.BRAND_HEADS) is not None:
        yield Part(Kind.BRAND, *run)
        return
    if (end := _place_ahead(line, run)) is not None:
        yield Part(Kind.SITE if end > first else Kind.PLACE, first, end)
        return
    if bridge is not None and line.units[bridge + 1].known:
        yield Part(Kind.PLACE, bridge + 1, bridge + 1)


def _bridge(line: Line, run: Run) -> int | None:
    """Return the "of" in a run."""
    return next((i for i in range(*run) if line.units[i].lower == "of"), None)


def _place_ahead(line: Line, run: Run) -> int | None:
    """Return where the place at the head of a run ends: "Ohio", "Clare County"."""
    first, last = run
    if first < last and line.units[first + 1].lower in lexicon.AREA_HEADS:
        return first + 1
    head = line.units[first]
    explained = head.lower in _EXPLAINED
    return first if head.known and not explained else None


def _is_hyphenated(line: Line, run: Run) -> bool:
    """Whether a run is places with hyphens between: "Paris–London"."""
    indices = range(run[0], run[1] + 1)
    gaps = (line.between(left, right) for left, right in itertools.pairwise(indices))
    return all(line.units[i].known for i in indices) and all(
        gap and gap in _HYPHENS for gap in gaps
    )


def _without_head(line: Line, run: Run) -> Iterator[Part]:
    """Read capitalised words without a head: "Jane Doe", or "Jane Doe of Chicago"."""
    first, last = run
    if (bridge := _bridge(line, run)) is not None:
        yield from _judged(line, (first, bridge - 1))
        yield from _judged(line, (bridge + 1, last))
    elif _is_named_person(line, first):
        yield Part(Kind.PERSON, first, last)
    elif (end := _place_before_things(line, run)) is not None:
        yield Part(Kind.SITE if end > first else Kind.PLACE, first, end)
        if end < last:
            yield from _judged(line, (end + 1, last))
    else:
        yield Part(Kind.UNEXPLAINED, first, last)


def _is_named_person(line: Line, first: int) -> bool:
    """Whether a run begins as a person's name does: a first name, an initial, "leader"."""
    head, titled = line.units[first], first > 0 and line.units[first - 1].lower in lexicon.TITLES
    if _is_area(line, first):
        return False
    stopped = line.reader.text[head.stop : head.stop + 1] == "."
    initial = len(head.text) == 1 and (stopped or head.lower not in "ai")
    return titled or initial or head.lower.partition(" ")[0] in lexicon.GIVEN_NAMES


def _is_area(line: Line, index: int) -> bool:
    """Whether a unit is an area with its head: "Perry County"."""
    name, _, head = line.units[index].lower.rpartition(" ")
    return bool(name) and head in lexicon.AREA_HEADS


def _place_before_things(line: Line, run: Run) -> int | None:
    """Return where a place ends that stands before something else: "Illinois Skills Match"."""
    first, last = run
    head = line.units[first]
    if _is_area(line, first):
        return first
    if not head.known or head.lower in lexicon.COMMON_WORDS:
        return _place_ahead(line, run) if line.units[first + 1].lower in _AREAS else None
    if line.units[first + 1].lower in _AREAS:
        return first + 1
    if head.text.isupper() and len(head.text) <= LONGEST_ABBREVIATION:
        return first if line.reader.names.is_country(head.text) else None
    return (
        first if line.reader.names.is_strong(head.text) and _are_things(line, first, last) else None
    )


_AREAS = lexicon.AREA_HEADS


def _are_things(line: Line, first: int, last: int) -> bool:
    """Whether what follows a place cannot be a surname."""
    if line.reader.names.is_country(line.units[first].text):
        return True
    words = (line.units[i].lower for i in range(first + 1, last + 1))
    return any(it in lexicon.COMMON_WORDS or it in line.reader.small_words for it in words)
