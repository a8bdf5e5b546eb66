"""Lines that say when, and where, a text was published.

Strict on purpose: a line counts only if it is little more than a full date, so
that dates inside the story never anchor it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

__all__ = ["DateLine", "date_line", "dateline_end", "full_date", "is_day_heading"]

MONTHS = (
    "january february march april may june july august september october november december"
).split()

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s*)?"

_FULL_DATES = tuple(
    re.compile(rf"(?<![\w/.-])(?:{_WEEKDAY})(?:{form})(?=t\d|(?![\w/-]|\.\d))", re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_DAY}-{_MONTH}-{_YEAR}",
        rf"{_YEAR}\s+{_MONTH}\s+{_DAY}",
        rf"{_YEAR}[-/.](?P<month>\d{{2}})[-/.](?P<day>\d{{2}})",
        rf"(?P<first>\d{{1,2}})[/.-](?P<second>\d{{1,2}})[/.-]{_YEAR}",
    )
)
_DAY_OF_MONTH = (
    r"(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+"
    r"\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?)"
    r"(?:,?\s+[12]\d{3})?\.?"
)
_WHEN = rf"(?i:{_DAY_OF_MONTH})"
_DAY_ONLY = re.compile(rf"{_WEEKDAY}{_DAY_OF_MONTH}[:,]?", re.IGNORECASE)
_TIME = re.compile(
    r"(?:\bat\s+|\bt)?(?<!\d)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?"
    r"(?:\s*[ap]\.?m\b\.?)?(?:\s*\(?(?:z|utc|gmt|[a-z]{2,4}t|[+-]\d{2}:?\d{2})(?:[+-]\d{1,2})?\)?)?"
    r"|\b\d{1,2}\s*[ap]\.?m\b\.?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?P<label>(?:first\s+|originally\s+)?published|posted|issued|created|written|released|"
    r"date(?:\s+published)?|publication date|(?:strictly )?embargoed|for (?:immediate )?release|"
    r"(?:last\s+)?(?:updated|modified|edited))\b(?:\s+(?:on|at))?\s*:?\s*",
    re.IGNORECASE,
)
_LATER = re.compile(r"updated|modified|edited", re.IGNORECASE)
_READING_TIME = re.compile(r"\b\d+\s*-?\s*min(?:ute)?s?(?:\s+read)?\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"[|·•,;/–—-]")
# Words, but no numbers of files and issues: "M145", "No. 147/77".
_WORD = re.compile(r"[^\d]*[^\W\d_][^\d]*")
_FILLER = re.compile(r"\W*(?:on|at|no|nr|ref|until|the)\W*$", re.IGNORECASE)
_CAPITALISED = re.compile(r"[\W\d]*[^\W\d_a-z]")

# A line about publication is a short one: "By Jane Doe, BBC News, Nairobi | 4 May 2021".
MAX_LINE = 90
MAX_OTHER_WORDS = 8
# "Paris, 4 May 1911" is a place and a date; more words are a headline with a date in it.
MAX_PLACE_WORDS = 4
# Place, region, day and agency take no more characters than this.
MAX_DATELINE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """A line with a full date: what is said beside the date tells what it is.

    `date` is None where day and month can be told apart in neither order.
    `labelled` as "Published" or "Updated" (then `later`), `pure` with nothing
    but the date, `placed` with the capitalised name of a place before it.
    """

    date: dt.date | None
    expression: str
    labelled: bool
    later: bool
    pure: bool
    placed: bool


def date_line(line: str) -> DateLine | None:
    """Return what a line that is little more than one full date says, or None.

    >>> date_line("Published: Tuesday, 4 May 2021 at 10:30 GMT").date
    datetime.date(2021, 5, 4)
    >>> date_line("The battle of 4 May 2021 was lost by those who had begun it") is None
    True
    """
    found = _full_date(line) if len(line) <= MAX_LINE else None
    if found is None:
        return None
    label = _LABEL.match(line)
    before, after = line[label.end() if label else 0 : found.start()], line[found.end() :]
    others = _other_words(before), _other_words(after)
    if not _is_aside(before, after, others):
        return None
    return DateLine(
        date=_date_of(found),
        expression=found.group().strip(),
        labelled=label is not None,
        later=label is not None and _LATER.search(label["label"]) is not None,
        pure=label is None and not any(others),
        placed=_is_place(others[0]) and not others[1],
    )


def is_day_heading(line: str) -> bool:
    """Whether the line is a day as a diary heads it, with or without year or place.

    >>> is_day_heading("Monday, 4 May"), is_day_heading("Lisbon, 5 May 1911")
    (True, True)
    """
    if _DAY_ONLY.fullmatch(line):
        return True
    found = date_line(line)
    return found is not None and (found.pure or found.placed)


_AGENCY = r"\((?:[A-Z][A-Za-z.&'’]*)(?:[ /,]+[A-Za-z.&'’]+){0,3}\)"
_DASH = r"(?:--+|[—–-])"
_CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]*[A-ZÀ-Þ.]"
_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?:[ /]+[\w.'’-]+){0,3}"
_DATELINES = tuple(
    re.compile(form)
    for form in (
        rf"(?:{_NAME}(?:,\s*{_NAME}){{0,3}}(?:,\s*{_WHEN})?\s*)?{_AGENCY}\s*{_DASH}\s*(?=\S)",
        rf"{_CAPS}(?:,\s*{_NAME}){{0,2}}(?:,\s*{_WHEN})?\s*(?:\s{_DASH}\s+|[—–]|--)\s*(?=\S)",
        rf"{_NAME}(?:,\s*{_NAME}){{0,2}},\s*{_WHEN}\s*(?:\s{_DASH}\s+|[—–]|--)\s*(?=\S)",
        rf"{_CAPS}:\s+(?=[A-Z\"“‘'])",
    )
)


def dateline_end(paragraph: str) -> int:
    """Return the length of the dateline that opens a paragraph, 0 where none does.

    >>> dateline_end("LONDON, England (CNN) -- The queen left.")
    25
    """
    matches = (form.match(paragraph[:MAX_DATELINE]) for form in _DATELINES)
    return next((found.end() for found in matches if found), 0)


def full_date(text: str) -> dt.date | None:
    """Return the first full date in `text`, if it can be read in one way only."""
    found = _full_date(text)
    return _date_of(found) if found else None


def _full_date(line: str) -> re.Match[str] | None:
    matches = [found for form in _FULL_DATES for found in form.finditer(line) if _is_valid(found)]
    return min(matches, key=lambda found: found.start(), default=None)


def _is_valid(found: re.Match[str]) -> bool:
    return any(_readings(found))


def _date_of(found: re.Match[str]) -> dt.date | None:
    readings = {date for date in _readings(found) if date}
    return readings.pop() if len(readings) == 1 else None


def _readings(found: re.Match[str]) -> tuple[dt.date | None, ...]:
    parts = found.groupdict()
    year = int(parts["year"])
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        return _day(year, second, first), _day(year, first, second)
    month = parts["month"].lower()
    number = int(month) if month.isdigit() else _month_number(month)
    return (_day(year, number, int(parts["day"])),)


def _month_number(word: str) -> int:
    return next(n for n, month in enumerate(MONTHS, start=1) if month.startswith(word[:3]))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _other_words(part: str) -> tuple[str, ...]:
    """Return the words of a part that speak neither of time nor of reading time."""
    for form in (_LABEL, *_FULL_DATES, _READING_TIME, _TIME):
        part = form.sub(" ", part)
    return tuple(word for word in part.split() if _WORD.fullmatch(word) and not _FILLER.match(word))


def _is_aside(before: str, after: str, others: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    """Whether what stands beside the date is cut off from it and no sentence."""
    words = others[0] + others[1]
    if not words:
        return True
    if len(words) > MAX_OTHER_WORDS or after.rstrip().endswith((".", "!", "?")):
        return False
    cut = (not others[0] or _SEPARATOR.search(before[-4:])) and (
        not others[1] or _SEPARATOR.search(after[:4])
    )
    return bool(cut) and all(map(_CAPITALISED.match, words))


def _is_place(words: tuple[str, ...]) -> bool:
    return 0 < len(words) <= MAX_PLACE_WORDS and words[0].lower() != "by"
