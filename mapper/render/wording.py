"""How dates, distances and places are written for people, in any locale the same."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from mapper.model import Granularity, Place, When

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

__all__ = ["date_range", "distance", "period", "readable", "region_of", "shortened", "when"]

MONTHS = "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec".split()
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"

# Characters that no reader sees but that move, hide or break what stands around them:
# controls, marks of direction (the page isolates each name instead), the byte order
# mark, tags, and halves of pairs, which UTF-8 cannot write. Joiners stay: many
# scripts are misspelt without.
_SPACES = re.compile(r"[\s\x1c-\x1f\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_HALVES = re.compile("[\ud800-\udfff]")
_DATE = re.compile(
    r"(?:(?P<year>\d{4})|-)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:T(?P<time>\d\d:\d\d).*)?"
)


def readable(text: str) -> str:
    r"""Return strangers' text as one line that shows all it holds.

    White space becomes single spaces; controls and marks of direction are taken out.

    >>> readable(" Nu\u202esom \n  Bay\x00")
    'Nusom Bay'
    """
    # Twice, because what was between two spaces may be taken out.
    plain = _SPACES.sub(" ", _UNSEEN.sub("", _SPACES.sub(" ", text))).strip()
    return _HALVES.sub("\N{REPLACEMENT CHARACTER}", plain)


def shortened(text: str, limit: int) -> str:
    """Return `text`, cut at a space and marked by an ellipsis where it passes `limit` characters.

    >>> shortened("They went to Oslo by sea", 14)
    'They went to…'
    """
    if len(text) <= limit:
        return text
    head = text[:limit].rpartition(" ")[0] or text[:limit]
    return f"{head.rstrip(' ,;:–-')}…"


def distance(metres: float) -> str:
    r"""Return a distance in metres as people write it.

    >>> distance(38_400), distance(1_840), distance(320), distance(20_003_931)
    ('38 km', '1.8 km', '320 m', '20\u202f004 km')
    """
    if metres < 950:
        return f"{metres:.0f} m"
    if metres < 9_950:
        return f"{metres / 1000:.1f} km"
    return f"{metres / 1000:,.0f} km".replace(",", THIN_SPACE)


class _Date(NamedTuple):
    """A date of which year, month or day may be unknown."""

    year: int | None
    month: int | None
    day: int | None
    time: str

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.year or 0, self.month or 0, self.day or 0)

    @property
    def words(self) -> list[str]:
        """Day, month and year, as far as they are known."""
        month = MONTHS[self.month - 1] if self.month else None
        return [str(part) for part in (self.day, month, self.year) if part is not None]

    def __str__(self) -> str:
        return ", ".join(filter(None, (" ".join(self.words), self.time)))


def when(time: When) -> str:
    """Return a time of the text as people write it.

    >>> when(When(start="2023-09-13", end="2023-09-16", granularity=Granularity.INTERVAL))
    '13–16 Sept 2023'
    >>> when(When(start="--10-02", end="--10-02", granularity=Granularity.DAY))
    '2 Oct'
    """
    start, end = _parsed(time.start), _parsed(time.end)
    if start is None or end is None:
        return readable(time.start if time.start == time.end else f"{time.start} – {time.end}")
    if time.granularity is Granularity.DECADE and start.year is not None:
        return f"{start.year}s"
    if time.granularity is Granularity.CENTURY and end.year is not None:
        return f"{_ordinal((end.year + 99) // 100)} century"
    return _range(start, end)


def period(arrival: When | None, departure: When | None) -> str:
    """Return the time of a stay, empty where the text gives none."""
    if arrival is None or departure is None:
        known = arrival or departure
        return when(known) if known else ""
    start, end = _parsed(arrival.start), _parsed(departure.end)
    if start is None or end is None:
        return f"{when(arrival)} – {when(departure)}"
    return _range(start, end)


def date_range(times: Iterable[When]) -> str:
    """Return the time from the first to the last of several, empty without a year."""
    ends = [_parsed(end) for time in times for end in (time.start, time.end)]
    known = sorted((end for end in ends if end and end.year), key=lambda end: end.order)
    return _range(known[0], known[-1]._replace(time="")) if known else ""


def region_of(place: Place, gazetteer: Gazetteer) -> str:
    """Return the first-level area and the country of a place, as far as it has them."""
    region = gazetteer.region_name(place.country_code, place.admin1_code)
    country = gazetteer.country_name(place.country_code)
    names = (readable(name) for name in (region, country) if name)
    return ", ".join(dict.fromkeys(name for name in names if name != readable(place.name)))


def _parsed(iso: str) -> _Date | None:
    found = _DATE.fullmatch(iso)
    if found is None:
        return None
    year, month, day = (
        int(found[part]) if found[part] else None for part in ("year", "month", "day")
    )
    try:
        dt.date(year or 2000, month or 1, day or 1)
    except ValueError:
        return None
    return _Date(year, month, day, found["time"] or "")


def _range(start: _Date, end: _Date) -> str:
    """Return a range in which what both ends share is said once: 30 Aug – 2 Sept 2023."""
    if start == end:
        return str(start)
    if start.time or end.time:
        return f"{start} {EN_DASH} {end}"
    first, last = start.words, end.words
    shared = 0
    while shared < min(len(first), len(last)) - 1 and first[-1 - shared] == last[-1 - shared]:
        shared += 1
    own, other = len(first) - shared, len(last) - shared
    dash = EN_DASH if own == other == 1 else f" {EN_DASH} "
    return f"{' '.join(first[:own])}{dash}{' '.join(last)}"


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    suffix = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
