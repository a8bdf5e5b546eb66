"""Read a text from left to right and resolve its time expressions as the story goes."""

from __future__ import annotations

import bisect
import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Callable, Sequence

from mapper.dates import clause, grammar, reckon
from mapper.dates.civil import PartialDate, Reading, TimeBasis
from mapper.dates.clause import Tense, TimeRole
from mapper.model import Granularity, Section, SectionKind, Span, When

# Tuned on fifty travel texts of all genres, from news to journals of the 15th century.
SILENT = frozenset({SectionKind.DATE, SectionKind.NAVIGATION, SectionKind.CREDIT})
BESIDE = frozenset({SectionKind.TITLE, SectionKind.CAPTION, SectionKind.DATELINE})
NEAR = 1500  # characters over which a news text still tells of an earlier date
REACH = 4000  # characters over which "the next day" still has its base
ENTRY = 8000  # characters for which the head of a diary's entry is today
AWAY = 14  # days from publication from which on a date is a story of its own
YEARS_ON = 10  # a bare year further ahead than this is an aside

Match = re.Match[str]
Hit = tuple[Reading, int]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """A time with its part in the clause.

    `future` tells that the words around it speak of what is to come, or that it
    lies after the day of publication.
    """

    when: When
    role: TimeRole
    basis: TimeBasis
    future: bool

    @property
    def span(self) -> Span:
        """Where the words stand in the text."""
        assert self.when.expression is not None
        return self.when.expression


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Base:
    """A date of the story so far, and where it was told.

    `told` is false for a date that hangs on the day of publication.
    """

    date: PartialDate
    at: int
    told: bool


class Story:
    """The reader's state: what was said so far, on which later words lean."""

    def __init__(
        self, text: str, *, published: dt.date | None, sections: Sequence[Section] = ()
    ) -> None:
        self._text = _silence(text, sections)
        self._published = PartialDate.of(published) if published else None
        self._beside = [s.span for s in sections if s.kind in BESIDE]
        self._beside_starts = [span.start for span in self._beside]
        self._day: _Base | None = None  # the last day told
        self._context: _Base | None = None  # the last date that carries the story on
        self._last: PartialDate | None = None  # the last date named at all
        self._head: _Base | None = None  # the head of the entry being read
        self._day_one: PartialDate | None = None  # "Day 1" of a numbered diary

    def read(self) -> tuple[TimeExpression, ...]:
        """Return every expression, in text order."""
        found, position = [], 0
        while trigger := grammar.TRIGGER.search(self._text, position):
            start = trigger.start()
            hit = self._hit(start)
            if hit is None:
                position = trigger.end()
                continue
            reading, position = hit
            found.append(self._keep(reading, start, position))
        return tuple(found)

    def _hit(self, start: int) -> Hit | None:
        for rule in _RULES:
            try:
                hit = rule(self, start)
            except (ValueError, OverflowError):  # a day that no calendar has
                continue
            if hit is not None and hit[0].start.exists and hit[0].end.exists:
                return hit
        return None

    # ------------------------------------------------------------ what is remembered

    def _keep(self, reading: Reading, start: int, end: int) -> TimeExpression:
        role = clause.role_at(self._text, start, end)
        self._remember(reading, role, start, end)
        when = When(
            start=reading.start.iso,
            end=reading.end.iso,
            granularity=reading.granularity,
            expression=Span(start, end),
        )
        return TimeExpression(
            when=when, role=role, basis=reading.basis, future=self._is_future(reading, start, end)
        )

    def _is_future(self, reading: Reading, start: int, end: int) -> bool:
        if self._published and reading.start.year:
            return reading.start.first() > self._published.first()
        return clause.tense_at(self._text, start, end) is Tense.FUTURE

    def _remember(self, reading: Reading, role: TimeRole, start: int, end: int) -> None:
        if self._is_beside(start):
            self._remember_period(reading, start)
            return
        if role is TimeRole.STATEMENT:
            return
        self._last = reading.start
        if clause.is_aside(self._text, start):
            return
        told = reading.basis is TimeBasis.STATED or (
            reading.basis is TimeBasis.NARRATIVE and bool(self._context and self._context.told)
        )
        if not (role in _BOUNDS and reading.end.day is None):
            self._remember_context(reading.start, start, told)
        on_stage = self._context is not None and self._context.at == start
        if reading.end.day and role is not TimeRole.DEADLINE and on_stage:
            self._day = _Base(date=reading.end, at=end, told=told)
            self._remember_head(reading, start, end)

    def _remember_period(self, reading: Reading, start: int) -> None:
        """Let a story begin in the first of the years that stand over it: "1739-1741"."""
        years = reading.start.month is None and reading.start.year != reading.end.year
        if years and self._context is None and self._published is None:
            self._context = _Base(date=reading.start, at=start, told=True)

    def _remember_context(self, date: PartialDate, at: int, told: bool) -> None:
        base = self._context
        if base is None or not base.date.year or self._carries_on(base.date.year, date, at):
            self._context = _Base(date=date, at=at, told=told)

    def _carries_on(self, now: int, date: PartialDate, at: int) -> bool:
        """Whether a date moves the story from the year `now`, or is an aside in it."""
        if date.year is None:
            return False
        if _OPENS.fullmatch(clause.before(self._text, at)):
            return True
        if date.month is None:
            return 0 < date.year - now <= YEARS_ON
        return date.year >= now - YEARS_ON

    def _remember_head(self, reading: Reading, start: int, end: int) -> None:
        if reading.granularity is not Granularity.DAY:
            return
        head = clause.line_head(self._text, start)
        if head is None:
            return
        if number := grammar.DAY_HEAD.search(head):
            self._day_one = reading.start.plus_days(1 - _number(number["k"]))
        if _HEAD_END.match(self._text, end):
            self._head = _Base(date=reading.start, at=end, told=True)

    def _is_beside(self, at: int) -> bool:
        index = bisect.bisect_right(self._beside_starts, at) - 1
        return index >= 0 and at < self._beside[index].end

    def _now(self, at: int) -> PartialDate | None:
        """Return the day that "today" is here."""
        if self._head and at - self._head.at < ENTRY:
            return self._head.date
        return self._published

    def _base_day(self, at: int) -> PartialDate | None:
        """Return the day that "the next day" follows."""
        return self._day.date if self._day and at - self._day.at < REACH else None

    def _story_day(self, at: int) -> PartialDate | None:
        """Return the base if the text tells a story away from its publication."""
        base = self._day
        if base is None or base.date.year is None:
            return None
        if self._published is None:
            return base.date
        away = abs((base.date.first() - self._published.first()).days) > AWAY
        return base.date if base.told and away and at - base.at < NEAR else None

    def _story_date(self, at: int) -> PartialDate | None:
        """Return the date, however coarse, that gives a month or day its year."""
        base = self._context
        if base is None or base.date.year is None:
            return None
        if self._published is None:
            return base.date
        if not base.told or at - base.at > NEAR:
            return None
        if base.date.month is None and clause.BREAK.search(self._text, base.at, at):
            return None
        return base.date

    # ------------------------------------------------------------------ calendar dates

    def _partial(self, match: Match) -> tuple[PartialDate, int | None]:
        """Return what a pattern of dates states, and the weekday beside it."""
        part = match.groupdict()
        month = part.get("m")
        number = _month(month) if month else _maybe(part.get("mn"))
        day = _maybe(part.get("d")) or _ordinal(part.get("dw"))
        year = _maybe(part.get("y"))
        if year is not None and year < 100:
            year += 2000 if year < 70 else 1900
        date = PartialDate(year, number, day)
        if number and not date.exists:
            raise ValueError(date)
        weekday = part.get("w")
        return date, _weekday(weekday) if weekday else None

    def _settle(self, date: PartialDate, weekday: int | None, match: Match) -> Reading | None:
        """Give a stated date the year or month that it lacks."""
        if date.year:
            return Reading.single(date, TimeBasis.STATED)
        if date.month:
            return self._with_year(date, weekday, match.start(), match.end())
        if date.day:
            return self._with_month(date.day, weekday, match.start(), match.end())
        assert weekday is not None
        return self._on_weekday(weekday, match.start(), match.end())

    def _with_year(self, date: PartialDate, weekday: int | None, start: int, end: int) -> Reading:
        if story := self._story_date(start):
            year, basis = reckon.year_in_story(date, story), TimeBasis.NARRATIVE
        elif now := self._published:
            tense = clause.tense_at(self._text, start, end)
            year, basis = reckon.year_from(date, now.first(), tense), TimeBasis.PUBLISHED
        else:
            return Reading.single(date, TimeBasis.STATED)
        return Reading.single(reckon.on(date, year, weekday), basis)

    def _with_month(self, day: int, weekday: int | None, start: int, end: int) -> Reading | None:
        base, basis = self._month_base(start), TimeBasis.NARRATIVE
        if base is None:
            if self._published is None:
                return None
            base, basis = self._published, TimeBasis.PUBLISHED
        tense = clause.tense_at(self._text, start, end)
        near = reckon.days_of_month(day, base, weekday)
        if basis is TimeBasis.PUBLISHED:
            near = reckon.on_side(near, base, tense)
        if not near:
            return None
        return Reading.single(min(near, key=functools.partial(reckon.stride, base)), basis)

    def _month_base(self, at: int) -> PartialDate | None:
        base = self._context
        if base is None or base.date.month is None or at - base.at > REACH:
            return None
        return base.date

    def _on_weekday(self, weekday: int, start: int, end: int, way: str = "") -> Reading | None:
        story = self._story_day(start)
        if story and not (way and self._head):
            return Reading.single(reckon.weekday_in_story(story, weekday, way), TimeBasis.NARRATIVE)
        now = self._now(start)
        if now is None or now.year is None:
            return None
        tense = clause.tense_at(self._text, start, end)
        return Reading.single(reckon.weekday_from(now, weekday, way, tense), TimeBasis.PUBLISHED)

    # --------------------------------------------------------------------------- rules

    def _numeric(self, start: int) -> Hit | None:
        match = grammar.NUMERIC.match(self._text, start)
        if match is None:
            return None
        a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
        days_first = True if match["sep"] == "." else self._days_first
        date = reckon.day_and_month(a, b, year, days_first)
        return (Reading.single(date, TimeBasis.STATED), match.end()) if date else None

    def _numeric_head(self, start: int) -> Hit | None:
        match = grammar.NUMERIC_HEAD.match(self._text, start)
        if match is None or clause.line_head(self._text, start) is None:
            return None
        date = reckon.day_and_month(int(match["a"]), int(match["b"]), None, self._days_first)
        if date is None or date.day is None:
            return None
        return self._with_year(date, None, start, match.end()), match.end()

    @functools.cached_property
    def _days_first(self) -> bool | None:
        """Whether the numeric dates of the text put the day first; None if none tells."""
        orders = {
            int(match["a"]) > 12
            for match in grammar.NUMERIC.finditer(self._text)
            if match["sep"] != "." and max(int(match["a"]), int(match["b"])) > 12
        }
        return orders.pop() if len(orders) == 1 else None

    def _days_of_month(self, start: int) -> Hit | None:
        match = grammar.DAYS_OF_MONTH.match(self._text, start)
        match = match or grammar.MONTH_WITH_DAYS.match(self._text, start)
        if match is None or _NUMBERED.search(self._before(start)):
            return None
        date, _ = self._partial(match)
        last = _maybe(match["d2"])
        assert last is not None
        assert date.day is not None
        is_between = (match["open"] or "").lower() == "between"
        if "and" in match["join"] and not is_between and last != date.day + 1:
            return None
        first = self._settle(date, None, match)
        if first is None or last <= date.day:
            return None
        end = dataclasses.replace(first.start, day=last)
        reading = Reading.interval(first.start, end, first.basis)
        return (reading, match.end()) if end.exists else None

    def _range(self, start: int) -> Hit | None:
        opening = grammar.OPENING.match(self._text, start)
        if opening is None:
            return None
        first = self._end(opening.end())
        return self._joined(first, opening["open"].lower()) if first else None

    def _joined(self, first: Match, opening: str = "") -> Hit | None:
        """Return the range that begins with `first`, if one follows."""
        join = grammar.JOIN.match(self._text, first.end())
        if join is None or ("and" in join[0] and opening != "between"):
            return None
        last = self._end(join.end())
        if last is None:
            return None
        reading = self._span(first, last)
        return (reading, last.end()) if reading else None

    def _end(self, at: int) -> Match | None:
        matches = (pattern.match(self._text, at) for pattern in grammar.ENDS)
        return next((match for match in matches if match), None)

    def _span(self, first: Match, last: Match) -> Reading | None:
        (start, start_weekday), (end, end_weekday) = self._partial(first), self._partial(last)
        if start.month and end.year and not start.year:
            back = bool(end.month and start.month > end.month)
            start = dataclasses.replace(start, year=end.year - back)
        if start.month is None and end.month and start.year is None:
            return None
        begun = self._settle(start, start_weekday, first)
        if begun is None:
            return None
        ended = reckon.after(begun.start, end, end_weekday)
        return Reading.interval(begun.start, ended, begun.basis) if ended else None

    def _year_span(self, start: int) -> Hit | None:
        match = grammar.YEAR_SPAN.match(self._text, start)
        if match is None:
            return None
        first, last = int(match["y"]), int(match["y2"])
        if last < 100:
            if match["dash"] == "-" and 1 <= last <= 12:  # may be a month
                return None
            last += first // 100 * 100
        if not first < last <= first + 200 or _NUMBERED.search(self._before(start)):
            return None
        span = Reading.interval(PartialDate(first), PartialDate(last), TimeBasis.STATED)
        return span, match.end()

    def _season(self, start: int) -> Hit | None:
        match = grammar.SEASON.match(self._text, start)
        if match is None:
            return None
        month = grammar.SEASON_MONTH[match["season"].lower()]
        return Reading.season(int(match["y"]), month, TimeBasis.STATED), match.end()

    def _decade(self, start: int) -> Hit | None:
        match = grammar.DECADE.match(self._text, start)
        if match is None:
            return None
        return reckon.years(int(match["y"]), 10, Granularity.DECADE), match.end()

    def _century(self, start: int) -> Hit | None:
        match = grammar.CENTURY.match(self._text, start)
        if match is None or not _THE.search(self._before(start) + match[0]):
            return None
        number = int(match["c"] or grammar.ORDINAL[match["cw"].lower()])
        return reckon.years(number * 100 - 99, 100, Granularity.CENTURY), match.end()

    def _date(self, start: int) -> Hit | None:
        for pattern in grammar.DATES:
            if match := pattern.match(self._text, start):
                return self._dated(match)
        return None

    def _dated(self, match: Match) -> Hit | None:
        if joined := self._joined(match):
            return joined
        reading = self._settle(*self._partial(match), match)
        return (reading, match.end()) if reading else None

    def _feast(self, start: int) -> Hit | None:
        match = grammar.FEAST.match(self._text, start)
        if match is None:
            return None
        date = PartialDate(_maybe(match["y"]), *grammar.FEASTS[match["feast"]])
        reading = self._settle(date, None, match)
        return (reading, match.end()) if reading else None

    def _deictic(self, start: int) -> Hit | None:
        match, now = grammar.DEICTIC.match(self._text, start), self._now(start)
        if match is None or now is None:
            return None
        steps = {"before": -2, "after": 2, "back": -1, "forth": 1, "eve": -1}
        step = next((steps[name] for name, words in match.groupdict().items() if words), 0)
        return Reading.single(now.plus_days(step), TimeBasis.PUBLISHED), match.end()

    def _ago(self, start: int) -> Hit | None:
        match, now = grammar.AGO.match(self._text, start), self._now(start)
        if match is None or now is None:
            return None
        reading = reckon.moved(now, match["unit"], -_number(match["n"]), TimeBasis.PUBLISHED)
        return (reading, match.end()) if reading else None

    def _directed(self, start: int) -> Hit | None:
        match = grammar.DIRECTED.match(self._text, start)
        if match is None or _is_named_after(self._text, match.end()):
            return None
        way = (match["dir"] or match["chain"] or match["chain2"]).lower()
        way = {"past": "last", "coming": "next"}.get(match["more"] or "", way)
        if match["w"]:
            reading = self._on_weekday(_weekday(match["w"]), start, match.end(), way)
        else:
            reading = self._directed_month(_month(match["m"]), way, start)
        return (reading, match.end()) if reading else None

    def _directed_month(self, month: int, way: str, at: int) -> Reading | None:
        if way in ("following", "previous"):
            now, basis = self._context.date if self._context else None, TimeBasis.NARRATIVE
        else:
            now, basis = self._now(at), TimeBasis.PUBLISHED
        if now is None or now.year is None or now.month is None:
            return None
        year = now.year
        if way in ("next", "following"):
            year += month <= now.month
        elif way in ("last", "previous"):
            year -= month >= now.month
        return Reading.single(PartialDate(year, month), basis)

    def _directed_unit(self, start: int) -> Hit | None:
        match, now = grammar.DIRECTED_UNIT.match(self._text, start), self._now(start)
        if match is None or now is None or now.year is None:
            return None
        step = {"last": -1, "this": 0, "next": 1}[match["dir"].lower()]
        if match["season"]:
            month = grammar.SEASON_MONTH[match["season"]]
            return reckon.season_from(now, month, step), match.end()
        return reckon.unit_from(now, match["unit"], step), match.end()

    def _following(self, start: int) -> Hit | None:
        match = grammar.FOLLOWING.match(self._text, start)
        if match is None or (match["bare"] and match["unit"] in ("week", "month", "year")):
            return None
        way = match["dir"] or ("same" if match["that"] else "next")
        step = {"same": 0, "previous": -1, "preceding": -1}.get(way, 1)
        return self._chained(match["unit"], step, start, match.end())

    def _day_beside(self, start: int) -> Hit | None:
        match = grammar.DAY_BESIDE.match(self._text, start)
        if match is None:
            return None
        return self._chained("day", -1 if match["dir"] == "before" else 1, start, match.end())

    def _later(self, start: int) -> Hit | None:
        match = grammar.LATER.match(self._text, start)
        if match is None:
            return None
        back = (match["dir"] or match["edge"]) in ("earlier", "before", "previously")
        count = _number(match["n"])
        step = -count if back else count
        return self._chained(match["unit"], step, start, match.end(), exact=True)

    def _chained(
        self, unit: str, step: int, start: int, end: int, *, exact: bool = False
    ) -> Hit | None:
        """Return the time that is `step` units from the last one told."""
        if unit == "year":
            base = self._last
        elif unit == "month":
            base = self._context.date if self._context else None
        else:
            base = self._base_day(start)
        if base is None:
            return None
        if unit == "week" and not exact:
            reading: Reading | None = Reading.week(base.plus_days(7 * step), TimeBasis.NARRATIVE)
        else:
            reading = reckon.moved(base, unit, step, TimeBasis.NARRATIVE)
        if reading is None or self._is_impossible(reading, start, end):
            return None
        return reading, end

    def _is_impossible(self, reading: Reading, start: int, end: int) -> bool:
        """Whether the past tense tells of a day after publication: the base was another."""
        if not (self._published and reading.start.year):
            return False
        ahead = reading.start.first() > self._published.first()
        return ahead and clause.tense_at(self._text, start, end) is Tense.PAST

    def _vague(self, start: int) -> Hit | None:
        """Forget the base: "a few days later" is no day that could be told."""
        if grammar.VAGUE.match(self._text, start):
            self._day = None
        return None

    def _overnight(self, start: int) -> Hit | None:
        match, base = grammar.OVERNIGHT.match(self._text, start), self._base_day(start)
        if match is None or base is None:
            return None
        return Reading.single(base, TimeBasis.NARRATIVE), match.end()

    def _day_number(self, start: int) -> Hit | None:
        match = grammar.DAY_NUMBER.match(self._text, start)
        if match is None:
            return None
        day = _maybe(match["d"]) or _ordinal(match["dw"])
        assert day is not None
        if match["inst"]:
            return self._instant(day, match)
        if match["dw"] and day < 10:  # "the second" is a moment or a rank
            return None
        if not grammar.ON_THE.search(self._before(start)):
            return None
        if not grammar.FREE.match(self._text, match.end()):
            return None
        reading = self._with_month(day, None, start, match.end())
        return (reading, match.end()) if reading else None

    def _instant(self, day: int, match: Match) -> Hit | None:
        """Return a day of the current month ("inst.") or of the one before ("ult.")."""
        now, basis = self._now(match.start()), TimeBasis.PUBLISHED
        if now is None:
            now, basis = self._month_base(match.start()), TimeBasis.NARRATIVE
        if now is None or now.month is None:
            return None
        month = now.plus_months(-1 if match["inst"].startswith("ult") else 0)
        date = dataclasses.replace(month, day=day)
        return (Reading.single(date, basis), match.end()) if date.exists else None

    def _day_head(self, start: int) -> Hit | None:
        match = grammar.DAY_HEAD.match(self._text, start)
        if match is None or self._day_one is None:
            return None
        if clause.line_head(self._text, start) is None:
            return None
        date = self._day_one.plus_days(_number(match["k"]) - 1)
        return Reading.single(date, TimeBasis.NARRATIVE), match.end()

    def _bare_weekday(self, start: int) -> Hit | None:
        match = grammar.WEEKDAY.match(self._text, start)
        if match is None or _is_named_after(self._text, match.end()):
            return None
        if grammar.NOT_A_DAY_BEFORE.search(self._before(start)):
            return None
        if joined := self._joined(match):
            return joined
        weekday = _weekday(match["w"])
        reading = self._on_weekday(weekday, start, match.end(), match["dir"] or "")
        return (reading, match.end()) if reading else None

    def _bare_month(self, start: int) -> Hit | None:
        match = grammar.BARE_MONTH.match(self._text, start)
        if match is None or not self._is_month(match):
            return None
        if joined := self._joined(match):
            return joined
        reading = self._settle(*self._partial(match), match)
        return (reading, match.end()) if reading else None

    def _is_month(self, match: Match) -> bool:
        if _NO_MONTH_AFTER.match(self._text, match.end()):
            return False
        words = self._before(match.start())
        if match["part"] or grammar.IN.search(words):
            return True
        if _ENTRY_HEAD.search(words) and _HEAD_END.match(self._text, match.end()):
            return True
        if grammar.IN_A_LIST.search(words) or not grammar.NEAR_TIME.search(words):
            return False
        named = _month(match["m"]) in grammar.NAMES
        return not (named and grammar.CAPITAL.match(self._text, match.end()))

    def _bare_year(self, start: int) -> Hit | None:
        match = grammar.BARE_YEAR.match(self._text, start)
        if match is None or not self._is_year(match):
            return None
        reading = Reading.single(PartialDate(int(match["y"])), TimeBasis.STATED)
        return reading, match.end()

    def _is_year(self, match: Match) -> bool:
        if match["part"] or match["era"] or match["ce"]:
            return True
        words, free = self._before(match.start()), grammar.FREE.match(self._text, match.end())
        if grammar.IN.search(words):
            return bool(free) or not grammar.PLURAL.match(self._text, match.end())
        if clause.line_head(self._text, match.start()) is not None:
            return bool(_HEAD_END.match(self._text, match.end()))
        return bool(free and grammar.NEAR_TIME.search(words))

    def _before(self, start: int) -> str:
        return self._text[max(0, start - 24) : start]


_BOUNDS = (TimeRole.DEADLINE, TimeRole.END)
_OPENS = re.compile(r"\s*(?:(?:It\s+was\s+)?(?:[Ii]n|[Oo]n)\s+)?(?:the\s+year\s+)?")

Rule = Callable[[Story, int], Hit | None]
# The first that reads an expression wins: the most telling form comes first.
_RULES: tuple[Rule, ...] = (
    Story._numeric,
    Story._numeric_head,
    Story._days_of_month,
    Story._range,
    Story._year_span,
    Story._season,
    Story._decade,
    Story._century,
    Story._date,
    Story._feast,
    Story._deictic,
    Story._ago,
    Story._directed,
    Story._directed_unit,
    Story._following,
    Story._day_beside,
    Story._later,
    Story._vague,
    Story._overnight,
    Story._day_number,
    Story._day_head,
    Story._bare_weekday,
    Story._bare_month,
    Story._bare_year,
)

_ENTRY_HEAD = re.compile(r"\n[^\S\n]*[A-Z][\w. ]{2,18},\s$")
_HEAD_END = re.compile(r"[^\S\n]{0,3}(?:[.:;\])|—–_*-]|\n|$)")
_NUMBERED = re.compile(r"(?:\b(?:No|Nos|pp?|pages?|vol|lines?|days?)\.?|[#§])\s*$", re.IGNORECASE)
_NO_MONTH_AFTER = re.compile(r"\s(?:Day|Fair|Madness|Fourth|Pole)\b|['’]s\s+[A-Z]")
_THE = re.compile(r"\b(?i:the|early|late|mid|in)\b")


# --------------------------------------------------------------- words into numbers


def _silence(text: str, sections: Sequence[Section]) -> str:
    """Blank out what is no part of the story, each character kept in its place."""
    pieces, position = [], 0
    for section in sections:
        if section.kind in SILENT and section.span.start >= position:
            pieces.append(text[position : section.span.start])
            position = min(section.span.end, len(text))
            pieces.append("\n" * (position - section.span.start))
    return "".join((*pieces, text[position:]))


def _maybe(words: str | None) -> int | None:
    digits = re.match(r"[0-9]+", words) if words else None
    return int(digits[0]) if digits else None


def _ordinal(words: str | None) -> int | None:
    return grammar.ORDINAL[words.lower()] if words else None


def _number(words: str) -> int:
    return grammar.COUNT.get(words.lower()) or int(words)


def _month(words: str) -> int:
    return grammar.MONTH_NUMBER[words[:3].lower()]


def _weekday(words: str) -> int:
    return grammar.WEEKDAY_NUMBER[words[:3].lower()]


def _is_named_after(text: str, end: int) -> bool:
    return bool(grammar.NAMED_AFTER_DAY.match(text, end))
