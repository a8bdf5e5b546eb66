"""Find the time expressions of a text and say when they are.

A grammar of English dates: absolute ("16 September 2023"), partial ("in
March"), relative to the day of publication ("last Tuesday") and chained along
the story ("the next day"). Nothing comes from thin air: an expression whose
base is unknown is not emitted, a day without a known year stays yearless
(``--10-02``). Dates stay as written, those of the Julian calendar too.

What a `When` says:

- "early May" and "mid-1872" are the month and the year; the finer word stays in
  the expression.
- A season is three months of the northern half of the Earth: the winter of 1911
  is ``1911-12`` to ``1912-02``.
- "05/09/2023" may be in May or in September. Unless another date of the text
  shows the order, only the year is given.
- A week is an interval from Monday to Sunday; "three weeks later" is the seven
  days about that day.

::

    civil.py    calendar dates of which a part may be unknown
    grammar.py  words and patterns
    reckon.py   dates from dates
    clause.py   role, tense and fitness, from the words around
    story.py    the reader: resolves along the text
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from mapper.dates.civil import PartialDate, TimeBasis
from mapper.dates.clause import TimeRole
from mapper.dates.story import Story, TimeExpression
from mapper.model import Section, When

__all__ = [
    "TimeBasis",
    "TimeExpression",
    "TimeRole",
    "compare",
    "find_expressions",
    "find_times",
    "is_sure",
    "sort_key",
]


def find_times(
    text: str, *, published: dt.date | None, sections: Sequence[Section] = ()
) -> tuple[When, ...]:
    """Return every time that the text gives, in text order.

    Parameters
    ----------
    text : str
        Running text.
    published : datetime.date or None
        The day that "today" and a bare "on Tuesday" are told from.
    sections : sequence of Section
        In text order. Nothing is read from the date of publication, navigation
        and credits; titles and captions lend no base to the running text.

    Returns
    -------
    tuple of When
        They do not overlap, and each has its `expression`.

    Examples
    --------
    >>> [w.start for w in find_times("He came on Tuesday.", published=dt.date(2023, 9, 16))]
    ['2023-09-12']
    >>> find_times("He came on Tuesday.", published=None)
    ()
    """
    found = find_expressions(text, published=published, sections=sections)
    return tuple(expression.when for expression in found)


def find_expressions(
    text: str, *, published: dt.date | None, sections: Sequence[Section] = ()
) -> tuple[TimeExpression, ...]:
    """Return what `find_times` finds, with the role, basis and tense of each.

    Only an expression of role POINT dates what its clause tells: "the tour began
    on Tuesday" does not date the visits told after it.

    Examples
    --------
    >>> found = find_expressions("The tour began on 12 May 1872.", published=None)
    >>> [(e.when.start, str(e.role)) for e in found]
    [('1872-05-12', 'beginning')]
    """
    return Story(text, published=published, sections=sections).read()


def is_sure(when: When) -> bool:
    """Whether the year is known, so that the time can be put in order.

    >>> from mapper.model import Granularity
    >>> is_sure(When(start="--10-02", end="--10-02", granularity=Granularity.DAY))
    False
    """
    return not when.start.startswith("--") and not when.end.startswith("--")


def sort_key(when: When) -> tuple[int, dt.date, dt.date]:
    """Return a key by first day, then last day; times without a year come last.

    >>> from mapper.model import Granularity
    >>> sort_key(When(start="1872-03", end="1872-03", granularity=Granularity.MONTH))
    (0, datetime.date(1872, 3, 1), datetime.date(1872, 3, 31))
    """
    first, last = PartialDate.parse(when.start), PartialDate.parse(when.end)
    return (int(not is_sure(when)), first.first(), last.last())


def compare(a: When, b: When) -> int | None:
    """Return -1 if `a` is over before `b` begins, 1 the other way round, 0 if both are the same.

    None where they cannot be ordered: one holds a part of the other, or a year is
    unknown.

    >>> from mapper.model import Granularity
    >>> may = When(start="2008-05", end="2008-05", granularity=Granularity.MONTH)
    >>> year = When(start="2008", end="2008", granularity=Granularity.YEAR)
    >>> compare(may, year) is None
    True
    """
    if not (is_sure(a) and is_sure(b)):
        return None
    (_, first_a, last_a), (_, first_b, last_b) = sort_key(a), sort_key(b)
    if (first_a, last_a) == (first_b, last_b):
        return 0
    if last_a < first_b:
        return -1
    return 1 if last_b < first_a else None
