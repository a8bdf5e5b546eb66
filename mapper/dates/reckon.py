"""Reckon dates from dates: the nearest such weekday, the year that fits, so many units on."""

from __future__ import annotations

import dataclasses
import datetime as dt

from mapper.dates.civil import PartialDate, Reading, TimeBasis
from mapper.dates.clause import Tense
from mapper.model import Granularity

LOOK_BACK = 60  # days that a story may step back without a new year being meant
BACKWARD = 3  # a day back is as unlikely as so many days ahead
TIP = 245  # days: a month without year or tense lies at most so far back, else ahead


def day_and_month(a: int, b: int, year: int | None, days_first: bool | None) -> PartialDate | None:
    """Return the date of "a/b/year", only the year where the order is unknown."""
    readings = {PartialDate(year, b, a), PartialDate(year, a, b)}
    if days_first is not None:
        readings = {PartialDate(year, b, a) if days_first else PartialDate(year, a, b)}
    valid = [date for date in readings if 1 <= (date.month or 0) <= 12 and date.day and date.exists]
    if len(valid) == 1:
        return valid[0]
    return PartialDate(year) if valid and year else None


def year_in_story(date: PartialDate, story: PartialDate) -> int:
    """Return the year that carries the story on, or steps back in it a little."""
    assert story.year is not None
    if story.month is None:
        return story.year
    slack = dt.timedelta(days=LOOK_BACK)
    same = _first(date, story.year)
    if same < story.first() - slack:
        return story.year + 1
    if _first(date, story.year - 1) >= story.first() - slack:
        return story.year - 1
    return story.year


def year_from(date: PartialDate, now: dt.date, tense: Tense) -> int:
    """Return the year of the latest such date, of the next one in the future tense."""
    if tense is Tense.FUTURE:
        this = dataclasses.replace(date, year=now.year)
        return now.year + (not this.exists or this.last() < now)
    horizon = now if tense is Tense.PAST else now + dt.timedelta(days=365 - TIP)
    year = horizon.year
    return year - (_first(date, year) > horizon)


def _first(date: PartialDate, year: int) -> dt.date:
    moved = dataclasses.replace(date, year=year)
    return moved.first() if moved.exists else dataclasses.replace(moved, day=28).first()


def on(date: PartialDate, year: int, weekday: int | None) -> PartialDate:
    """Return the date in the year, or in the one beside it if only there its weekday is right."""
    years = [dataclasses.replace(date, year=y) for y in (year, year - 1, year + 1)]
    right = (day for day in years if day.exists and day.first().weekday() == weekday)
    return next(right, years[0])


def days_of_month(day: int, base: PartialDate, weekday: int | None) -> list[PartialDate]:
    """Return such days about `base`: in its month, and for a day in the months beside it."""
    months = (base.plus_months(step) for step in (-1, 0, 1))
    days = [dataclasses.replace(month, day=day) for month in months]
    if base.day is None:
        days = days[1:2]
    days = [date for date in days if date.exists]
    if weekday is None or base.year is None:
        return days
    return [date for date in days if date.first().weekday() == weekday]


def on_side(days: list[PartialDate], base: PartialDate, tense: Tense) -> list[PartialDate]:
    """Return the days on the side of `base` that the tense speaks of."""
    if tense is Tense.FUTURE:
        return [day for day in days if day.first() >= base.first()]
    if tense is Tense.PAST:
        return [day for day in days if day.first() <= base.first()]
    return days


def stride(base: PartialDate, day: PartialDate) -> int:
    """Return how unlikely a step of the story is."""
    days = (day.first() - base.first()).days
    return days if days >= 0 else -BACKWARD * days


def _step(day: PartialDate, weekday: int, way: int) -> PartialDate:
    """Return the next such weekday after `day` (way 1) or the last before it (way -1)."""
    distance = (weekday - day.first().weekday()) * way % 7 or 7
    return day.plus_days(way * distance)


def weekday_in_story(day: PartialDate, weekday: int, way: str) -> PartialDate:
    """Return the weekday that a story means which has come to `day`."""
    if way in ("last", "previous"):
        return _step(day, weekday, -1)
    return _step(day if way else day.plus_days(-1), weekday, 1)  # it may be named again


def weekday_from(now: PartialDate, weekday: int, way: str, tense: Tense) -> PartialDate:
    """Return the weekday that is meant on the day `now`: the last one, in the future the next."""
    if way in ("last", "previous"):
        return _step(now, weekday, -1)
    if way in ("next", "following"):
        return _step(now, weekday, 1)
    if tense is Tense.FUTURE:
        return _step(now.plus_days(-1), weekday, 1)
    return _step(now.plus_days(1), weekday, -1)


def after(start: PartialDate, end: PartialDate, weekday: int | None) -> PartialDate | None:
    """Return the end of a range, its missing parts taken from the start."""
    if end.year is None and end.month is None:
        if weekday is None or start.day is None or not start.year:
            return None
        return _step(start, weekday, 1)
    if end.year is None and start.year:
        assert end.month is not None
        over = (end.month, end.day or 31) < (start.month or 1, start.day or 1)
        end = dataclasses.replace(end, year=start.year + over)
    if bool(start.year) != bool(end.year) or not end.exists:
        return None
    return end if not start.year or start.first() <= end.last() else None


def moved(base: PartialDate, unit: str, step: int, basis: TimeBasis) -> Reading | None:
    """Return the time `step` units away: a week is seven days, more weeks a whole week about."""
    if unit == "year":
        return Reading.single(PartialDate(base.year + step), basis) if base.year else None
    if unit == "month":
        return Reading.single(base.plus_months(step), basis) if base.month else None
    if base.day is None:
        return None
    if unit != "week":
        return Reading.single(base.plus_days(step), basis)
    day = base.plus_days(7 * step)
    if abs(step) == 1:
        return Reading.single(day, basis)
    return Reading.interval(day.plus_days(-3), day.plus_days(3), basis)


def unit_from(now: PartialDate, unit: str, step: int) -> Reading:
    """Return last, this or next week, weekend, month or year: `step` is -1, 0 or 1."""
    if unit == "week":
        return Reading.week(now.plus_days(7 * step), TimeBasis.PUBLISHED)
    if unit == "weekend":
        return _weekend_from(now, step)
    reading = moved(now, unit, step, TimeBasis.PUBLISHED)
    assert reading is not None
    return reading


def _weekend_from(now: PartialDate, step: int) -> Reading:
    saturday = now.plus_days(5 - now.first().weekday())
    if step < 0 or (step > 0 and now.first().weekday() >= 5):
        saturday = saturday.plus_days(7 * step)
    return Reading.interval(saturday, saturday.plus_days(1), TimeBasis.PUBLISHED)


def season_from(now: PartialDate, month: int, step: int) -> Reading:
    """Return the season of this year, the last one over or begun, or the next to begin."""
    assert now.year is not None
    year = now.year
    start = dt.date(year, month, 1)
    if step < 0 and start > now.first():
        year -= 1
    if step > 0 and start <= now.first():
        year += 1
    return Reading.season(year, month, TimeBasis.PUBLISHED)


def years(first: int, count: int, granularity: Granularity) -> Reading:
    """Return `count` years from `first` on."""
    start, end = PartialDate(first), PartialDate(first + count - 1)
    return Reading(start, end, granularity, TimeBasis.STATED)
