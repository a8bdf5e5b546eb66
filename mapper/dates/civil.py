"""Calendar dates of which a part may be unknown, and what an expression was read as."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import enum

from mapper.model import Granularity

LEAP_YEAR = 2000  # stands in for an unknown year, so that 29 February exists


class TimeBasis(enum.StrEnum):
    """What a time expression was resolved against.

    STATED: the text says it in full, or it stays partial. PUBLISHED: the day of
    publication, or of a diary's entry. NARRATIVE: an earlier date of the text.
    """

    STATED = "stated"
    PUBLISHED = "published"
    NARRATIVE = "narrative"


@dataclasses.dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of which the year, the day, or month and day may be unknown.

    >>> PartialDate(None, 10, 2).iso
    '--10-02'
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, date: dt.date) -> PartialDate:
        """Return the date that `date` is."""
        return cls(date.year, date.month, date.day)

    @classmethod
    def parse(cls, iso: str) -> PartialDate:
        """Read back what `iso` wrote."""
        year, *rest = iso.removeprefix("--").split("-")
        if not iso.startswith("--"):
            return cls(int(year), *map(int, rest))
        return cls(None, int(year), *map(int, rest))

    @property
    def iso(self) -> str:
        """The date in ISO 8601, ``--`` in place of an unknown year."""
        year = "-" if self.year is None else f"{self.year:04d}"
        rest = (f"{part:02d}" for part in (self.month, self.day) if part is not None)
        return "-".join((year, *rest))

    @property
    def granularity(self) -> Granularity:
        """How much of the date is known."""
        if self.month is None:
            return Granularity.YEAR
        return Granularity.MONTH if self.day is None else Granularity.DAY

    @property
    def _calendar_year(self) -> int:
        return LEAP_YEAR if self.year is None else self.year

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a day."""
        try:
            self.first()
        except ValueError:
            return False
        return True

    def first(self) -> dt.date:
        """Return the first day; an unknown year is put as a leap year."""
        return dt.date(self._calendar_year, self.month or 1, self.day or 1)

    def last(self) -> dt.date:
        """Return the last day; an unknown year is put as a leap year."""
        year, month = self._calendar_year, self.month or 12
        return dt.date(year, month, self.day or calendar.monthrange(year, month)[1])

    def plus_days(self, days: int) -> PartialDate:
        """Return the day that is `days` after the first one."""
        moved = PartialDate.of(self.first() + dt.timedelta(days=days))
        return moved if self.year is not None else dataclasses.replace(moved, year=None)

    def plus_months(self, months: int) -> PartialDate:
        """Return the month that is `months` after this one."""
        years, month = divmod((self.month or 1) - 1 + months, 12)
        return PartialDate(None if self.year is None else self.year + years, month + 1)


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What an expression was read as: two ends, how exact, and on what basis."""

    start: PartialDate
    end: PartialDate
    granularity: Granularity
    basis: TimeBasis

    @classmethod
    def single(cls, date: PartialDate, basis: TimeBasis) -> Reading:
        """Return one day, month or year."""
        return cls(date, date, date.granularity, basis)

    @classmethod
    def interval(cls, start: PartialDate, end: PartialDate, basis: TimeBasis) -> Reading:
        """Return the time from `start` to `end`, one date if they are the same."""
        if start == end:
            return cls.single(start, basis)
        return cls(start, end, Granularity.INTERVAL, basis)

    @classmethod
    def week(cls, day: PartialDate, basis: TimeBasis) -> Reading:
        """Return Monday to Sunday of the week that holds `day`."""
        monday = day.plus_days(-day.first().weekday())
        return cls.interval(monday, monday.plus_days(6), basis)

    @classmethod
    def season(cls, year: int, month: int, basis: TimeBasis) -> Reading:
        """Return the three months from `month` on."""
        start = PartialDate(year, month)
        return cls(start, start.plus_months(2), Granularity.SEASON, basis)
