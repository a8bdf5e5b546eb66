"""Dates, distances and strangers' text, as people read them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.model import Granularity, When
from mapper.render.wording import date_range, distance, period, readable, shortened, when
from tests.builders import day


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2023-09-13", None, "13 Sept 2023"),
        ("2023-09", None, "Sept 2023"),
        ("1872", None, "1872"),
        ("--10-02", None, "2 Oct"),
        ("--05", None, "May"),
        ("2023-09-13", "2023-09-16", "13–16 Sept 2023"),
        ("2023-08-30", "2023-09-02", "30 Aug – 2 Sept 2023"),
        ("2022-12-30", "2023-01-02", "30 Dec 2022 – 2 Jan 2023"),
        ("2017-04", "2017-06", "Apr–June 2017"),
        ("1803", "1806", "1803–1806"),
        ("--10-02", "--10-05", "2–5 Oct"),
    ],
)
def test_time_is_written_for_people(start: str, end: str | None, words: str) -> None:
    """What both ends of a range share is said once."""
    assert when(day(start, end)) == words


@pytest.mark.parametrize(
    ("start", "end", "granularity", "words"),
    [
        ("1920", "1929", Granularity.DECADE, "1920s"),
        ("1801", "1900", Granularity.CENTURY, "19th century"),
        ("2001", "2100", Granularity.CENTURY, "21st century"),
        ("2023-06", "2023-08", Granularity.SEASON, "June–Aug 2023"),
        ("2023-09-16T14:30", "2023-09-16T14:30", Granularity.MINUTE, "16 Sept 2023, 14:30"),
        ("2023-02-31", "2023-02-31", Granularity.DAY, "2023-02-31"),
        ("soon", "later", Granularity.INTERVAL, "soon – later"),
    ],
)
def test_time_of_each_granularity(
    start: str, end: str, granularity: Granularity, words: str
) -> None:
    """Decades and centuries have names; what is no date is shown as it is."""
    assert when(When(start=start, end=end, granularity=granularity)) == words


def test_stay_runs_from_arrival_to_departure() -> None:
    """A stay is one range, or the one end that is known."""
    assert period(day("2023-09-13"), day("2023-09-16")) == "13–16 Sept 2023"
    assert period(None, day("2023-09-16")) == "16 Sept 2023"
    assert period(None, None) == ""


def test_range_of_all_dates_leaves_out_those_without_a_year() -> None:
    """A day of an unknown year is neither first nor last."""
    assert date_range([day("2023-09-16"), day("--01-01"), day("2023-09-13")]) == "13–16 Sept 2023"
    assert date_range([day("--01-01")]) == ""


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "0 m"),
        (320.4, "320 m"),
        (949, "949 m"),
        (950, "0.9 km"),
        (9_949, "9.9 km"),
        (9_951, "10 km"),
        (624_300, "624 km"),
        (1_575_000, "1\u202f575 km"),
        (20_003_931, "20\u202f004 km"),
    ],
)
def test_distance_has_as_many_figures_as_mean_something(metres: float, words: str) -> None:
    """Metres, tenths of a kilometre, kilometres, with thin spaces between thousands."""
    assert distance(metres) == words


@given(st.text())
def test_readable_text_is_one_line_without_unseen_controls(text: str) -> None:
    """Nothing that hides, reorders or breaks text is left, and nothing is left to do."""
    shown = readable(text)
    assert not {unicodedata.category(letter) for letter in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(shown) & set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2069")
    assert readable(shown) == shown
    shown.encode("utf-8")


@given(st.text(min_size=1), st.integers(1, 40))
def test_shortened_text_is_a_beginning(text: str, limit: int) -> None:
    """Text that fits stays; text that does not is cut and says so."""
    short = shortened(text, limit)
    assert short == text if len(text) <= limit else short.endswith("…")
    assert len(short) <= limit + 1
