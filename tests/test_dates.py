"""Specification of `mapper.dates`."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.dates import (
    TimeBasis,
    TimeExpression,
    TimeRole,
    compare,
    find_expressions,
    find_times,
    is_sure,
    sort_key,
)
from mapper.dates.civil import PartialDate
from mapper.model import Granularity, Section, SectionKind, Span, When
from tests.hang import no_hang

SATURDAY = dt.date(2023, 9, 16)


def read(text: str, published: dt.date | None = None) -> list[tuple[str, str]]:
    """Return each expression as its words and its ISO time, "start/end" where they differ."""
    times = find_times(text, published=published)
    return [(_span(when).of(text), _iso(when)) for when in times]


def isos(text: str, published: dt.date | None = None) -> list[str]:
    """Return the ISO times alone."""
    return [iso for _, iso in read(text, published)]


def only(text: str, published: dt.date | None = None) -> TimeExpression:
    """Return the one expression of the text."""
    (expression,) = find_expressions(text, published=published)
    return expression


def _iso(when: When) -> str:
    return when.start if when.start == when.end else f"{when.start}/{when.end}"


def _span(when: When) -> Span:
    assert when.expression is not None
    return when.expression


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("They landed on 16 September 2023.", "16 September 2023", "2023-09-16"),
        ("September 16, 2023: they landed.", "September 16, 2023", "2023-09-16"),
        ("They landed on the 16th of September 2023.", "16th of September 2023", "2023-09-16"),
        ("They landed on September 16th, 2023.", "September 16th, 2023", "2023-09-16"),
        ("They landed on Sept. 16, 2023.", "Sept. 16, 2023", "2023-09-16"),
        ("Log of 2023-09-16 follows.", "2023-09-16", "2023-09-16"),
        ("Seen on 16/09/2023 there.", "16/09/2023", "2023-09-16"),
        ("Seen on 09/16/2023 there.", "09/16/2023", "2023-09-16"),
        ("Seen on 5.9.2023 there.", "5.9.2023", "2023-09-05"),
        ("We sailed on 02SEP2023.", "02SEP2023", "2023-09-02"),
        ("We sailed on 2-Sep-2023.", "2-Sep-2023", "2023-09-02"),
        ("On MAY 4, 1898 we sailed.", "MAY 4, 1898", "1898-05-04"),
        ("On May 18,1898, we sailed.", "May 18,1898", "1898-05-18"),
        ("Saturday 20th Septr. 1806", "Saturday 20th Septr. 1806", "1806-09-20"),
        ("Monday, June 4th, 1866.—We left.", "Monday, June 4th, 1866", "1866-06-04"),
        ("the 11 Aug. [1457] he went", "11 Aug. [1457]", "1457-08-11"),
        ("on the twelfth of March, 1872, we", "twelfth of March, 1872", "1872-03-12"),
        ("It was Christmas Eve, 1911.", "Christmas Eve, 1911", "1911-12-24"),
    ],
)
def test_an_absolute_day_is_read_in_every_usual_form(text: str, words: str, iso: str) -> None:
    """Day, month and year need nothing beside themselves."""
    assert read(text) == [(words, iso)]
    assert only(text).basis is TimeBasis.STATED


@pytest.mark.parametrize(
    ("text", "iso", "granularity"),
    [
        ("He came in March 2008.", "2008-03", Granularity.MONTH),
        ("He came in mid-June 1872.", "1872-06", Granularity.MONTH),
        ("He came in March of 1872.", "1872-03", Granularity.MONTH),
        ("He came in 2008.", "2008", Granularity.YEAR),
        ("He came in late 1999.", "1999", Granularity.YEAR),
        ("Early in 1456 he came.", "1456", Granularity.YEAR),
        ("He came at the very beginning of 1218.", "1218", Granularity.YEAR),
        ("He came in A.D. 1066.", "1066", Granularity.YEAR),
        ("Entering the Pacific (1578)", "1578", Granularity.YEAR),
        ("He came in the 1920s.", "1920/1929", Granularity.DECADE),
        ("He came in the 19th century.", "1801/1900", Granularity.CENTURY),
        ("He came in the fourteenth century.", "1301/1400", Granularity.CENTURY),
        ("He came in the spring of 1911.", "1911-03/1911-05", Granularity.SEASON),
        ("He came in the winter of 1911.", "1911-12/1912-02", Granularity.SEASON),
        ("He came in the fall of 1911.", "1911-09/1911-11", Granularity.SEASON),
        ("He came in September.", "--09", Granularity.MONTH),
        ("He came on 2 October.", "--10-02", Granularity.DAY),
    ],
)
def test_a_partial_date_says_no_more_than_it_knows(
    text: str, iso: str, granularity: Granularity
) -> None:
    """The granularity goes with what the words tell; an unknown year stays unknown."""
    found = only(text)
    assert _iso(found.when) == iso
    assert found.when.granularity is granularity


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("13–16 September 2023", "2023-09-13/2023-09-16"),
        ("September 13-16, 2023", "2023-09-13/2023-09-16"),
        ("We stayed from 3 to 9 May 1872.", "1872-05-03/1872-05-09"),
        ("from the 25th to the 28th of February 2013", "2013-02-25/2013-02-28"),
        ("on 3 and 4 May 1872", "1872-05-03/1872-05-04"),
        ("between 3 and 9 May 1872", "1872-05-03/1872-05-09"),
        ("between March and June 1872", "1872-03/1872-06"),
        ("from December to March 1872", "1871-12/1872-03"),
        ("from 28 May to 3 June 1872", "1872-05-28/1872-06-03"),
        ("28 December 1871 – 3 January 1872", "1871-12-28/1872-01-03"),
        ("Grand Tour: 1739–1741", "1739/1741"),
        ("the war of 1914-18 was over", "1914/1918"),
        ("From 1840 until 1859 he taught.", "1840/1859"),
        ("Fri 22 – Mon 25 May 2026", "2026-05-22/2026-05-25"),
    ],
)
def test_a_range_has_both_ends(text: str, iso: str) -> None:
    """The end that lacks a part takes it from the other."""
    assert isos(text) == [iso]
    assert only(text).when.granularity is Granularity.INTERVAL


def test_days_far_apart_joined_by_and_are_no_range() -> None:
    """Two days of a month are a range only after "between", or side by side."""
    assert isos("on 3 and 9 May 1872") == ["1872-05-09"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("He arrived on Saturday.", "2023-09-16"),
        ("He arrived on Wednesday.", "2023-09-13"),
        ("He arrived on TuesdayImage: someone", "2023-09-12"),
        ("He arrived Saturday morning.", "2023-09-16"),
        ("He arrived last Tuesday.", "2023-09-12"),
        ("He arrived last Saturday.", "2023-09-09"),
        ("He travels next Friday.", "2023-09-22"),
        ("He will arrive on Monday.", "2023-09-18"),
        ("On Monday he will fly to Oslo.", "2023-09-18"),
        ("On Monday the visit is expected to end.", "2023-09-18"),
        ("He is scheduled to return Monday.", "2023-09-18"),
        ("He's back on Monday, and they'll go on Tuesday.", "2023-09-11 2023-09-19"),
        ("The vote, he said on Friday, will be lost.", "2023-09-15"),
        ("They met from Monday to Wednesday.", "2023-09-11/2023-09-13"),
    ],
)
def test_a_weekday_in_the_news_is_the_last_one_unless_the_words_look_ahead(
    text: str, iso: str
) -> None:
    """The day of publication itself counts; words of the future turn the search round."""
    assert isos(text, SATURDAY) == iso.split()


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("He lands today.", "2023-09-16"),
        ("He lands tonight.", "2023-09-16"),
        ("He landed yesterday evening.", "2023-09-15"),
        ("He lands tomorrow.", "2023-09-17"),
        ("He landed the day before yesterday.", "2023-09-14"),
        ("He landed two days ago.", "2023-09-14"),
        ("He landed last night.", "2023-09-15"),
        ("He landed last week.", "2023-09-04/2023-09-10"),
        ("He landed earlier this week.", "2023-09-11/2023-09-17"),
        ("He landed last weekend.", "2023-09-09/2023-09-10"),
        ("He landed last month.", "2023-08"),
        ("He landed three months ago.", "2023-06"),
        ("He landed this year.", "2023"),
        ("He landed ten years ago.", "2013"),
        ("He landed last December.", "2022-12"),
        ("He lands next May.", "2024-05"),
        ("He landed last summer.", "2023-06/2023-08"),
        ("He lands next spring.", "2024-03/2024-05"),
        ("He landed on the 3d inst. with her.", "2023-09-03"),
        ("He landed on the 30th ult. with her.", "2023-08-30"),
    ],
)
def test_a_deictic_time_counts_from_publication(text: str, iso: str) -> None:
    """Without the day of publication the same words are not resolved at all."""
    assert isos(text, SATURDAY) == [iso]
    assert only(text, SATURDAY).basis is TimeBasis.PUBLISHED
    assert isos(text) == []


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("The next day they left.", "1872-03-13"),
        ("Next morning they left.", "1872-03-13"),
        ("The following morning they left.", "1872-03-13"),
        ("The day after, they left.", "1872-03-13"),
        ("Two days later they left.", "1872-03-14"),
        ("A week before, they had left.", "1872-03-05"),
        ("Three days earlier they had left.", "1872-03-09"),
        ("The night before they were ill.", None),
        ("That evening they left.", "1872-03-12"),
        ("The same day they left.", "1872-03-12"),
        ("They left overnight.", "1872-03-12"),
        ("A week later they left.", "1872-03-19"),
        ("Three weeks later they left.", "1872-03-30/1872-04-05"),
        ("The following week they left.", "1872-03-18/1872-03-24"),
        ("Two months later they left.", "1872-05"),
        ("The following year they left.", "1873"),
        ("On Friday they left.", "1872-03-15"),
        ("The following Friday they left.", "1872-03-15"),
        ("On the 14th they left.", "1872-03-14"),
        ("On the 2nd they left.", "1872-04-02"),
        ("On 3 April they left.", "1872-04-03"),
        ("In January they left.", "1873-01"),
        ("They left on 28 February.", "1872-02-28"),
    ],
)
@pytest.mark.parametrize("published", [None, SATURDAY])
def test_a_story_is_told_on_from_its_last_day(
    text: str, iso: str | None, published: dt.date | None
) -> None:
    """A narrative far from its publication goes on from its own dates."""
    found = isos(f"On 12 March 1872 they reached Graz. {text}", published)
    assert found == ["1872-03-12", *([iso] if iso else [])]


def test_a_chain_goes_on_link_by_link() -> None:
    """Each resolved day is the base of the next one."""
    text = "On 30 December 1871 we set out. The next day it rained. Two days later we were in Graz."
    assert isos(text) == ["1871-12-30", "1871-12-31", "1872-01-02"]


def test_a_chain_without_a_year_stays_without_one() -> None:
    """The day after 31 December is 1 January of no known year."""
    assert isos("On 31 December we left. The next day we came.") == ["--12-31", "--01-01"]


@pytest.mark.parametrize(
    "text", ["The next day they left.", "Two days later they left.", "That evening they left."]
)
@pytest.mark.parametrize("published", [None, SATURDAY])
def test_nothing_comes_from_thin_air(text: str, published: dt.date | None) -> None:
    """A step without a base is no date, whatever the day of publication."""
    assert isos(text, published) == []


def test_a_vague_step_breaks_the_chain() -> None:
    """After "a few days later" nobody knows which day the next one is."""
    text = "On 12 March 1872 we left. A few days later we halted. The next day we went on."
    assert isos(text) == ["1872-03-12"]


@pytest.mark.parametrize(
    ("text", "published", "iso"),
    [
        ("He was arrested on October 2.", dt.date(2023, 9, 16), "2022-10-02"),
        ("He will be there on October 2.", dt.date(2023, 9, 16), "2023-10-02"),
        ("In December, it named him.", dt.date(2010, 7, 16), "2009-12"),
        ("The flame will return in May.", dt.date(2008, 4, 8), "2008-05"),
        ("23 August: Vienna", dt.date(1990, 8, 21), "1990-08-23"),
        ("They were due to report on October 4.", dt.date(2008, 10, 8), "2008-10-04"),
        ("He left on February 29.", dt.date(2023, 9, 16), None),
    ],
)
def test_a_day_without_a_year_leans_on_publication(
    text: str, published: dt.date, iso: str | None
) -> None:
    """Past tense looks back, future ahead; without either the nearer year wins."""
    assert isos(text, published) == ([iso] if iso else [])


def test_the_year_comes_from_the_sentence_before_publication() -> None:
    """A year named in the same sentence speaks louder than the day of publication."""
    text = "In 1456 he set out, leaving Eton on 27 March."
    assert isos(text, SATURDAY) == ["1456", "1456-03-27"]


def test_a_year_named_in_passing_does_not_carry_the_story_off() -> None:
    """The story stays in its year after an aside."""
    text = "He left on 3 June 1578. The hall had burned in 1698. On 5 July he came."
    assert isos(text)[-1] == "1578-07-05"


def test_the_past_does_not_lie_after_publication() -> None:
    """A chain in the past tense does not go on from a day to come."""
    text = "We pack for tomorrow. The next day was long."
    assert isos(text, SATURDAY) == ["2023-09-17"]


def test_a_birth_is_no_base() -> None:
    """A life's dates do not carry the story."""
    text = "On 12 March 1872 he met Anna, born on 3 May 1850. The next day they left."
    assert isos(text)[-1] == "1872-03-13"


def test_the_head_of_an_entry_is_today() -> None:
    """In a diary "today" and "yesterday" are told from the head of the entry."""
    text = "4 June 1872.\nToday we rest.\n\n5 June.\nYesterday was hot."
    assert isos(text) == ["1872-06-04", "1872-06-04", "1872-06-05", "1872-06-04"]


def test_numbered_days_count_from_a_dated_one() -> None:
    """The third day is two days after the first, once that has a date."""
    text = "Day 1 — 4 June 2024\nOslo\n\nDay 2\nBergen\n\nDay 3\nAlta"
    assert isos(text) == ["2024-06-04", "2024-06-05", "2024-06-06"]
    assert isos("Day 2\nBergen") == []


def test_a_numeric_date_of_unknown_order_gives_only_its_year() -> None:
    """Fifth of September or ninth of May: the text does not say."""
    assert isos("Seen on 05/09/2023 there.") == ["2023"]
    assert isos("Seen on 05/05/2023 there.") == ["2023-05-05"]


def test_one_clear_numeric_date_shows_the_order_of_all() -> None:
    """A day over 12 anywhere in the text settles it."""
    assert isos("Seen on 05/09/2023, 16/09/2023.") == ["2023-09-05", "2023-09-16"]
    assert isos("Seen on 05/09/2023, 09/16/2023.") == ["2023-05-09", "2023-09-16"]


def test_a_bare_fraction_is_a_date_only_at_the_head_of_a_line() -> None:
    """A fraction opens an entry of a list; in running text it is anything."""
    assert isos("Plan\n16/9: Oslo\n17/9: Bergen", SATURDAY) == ["2023-09-16", "2023-09-17"]
    assert isos("a chance of 16/9 there", SATURDAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "They may march on, and the sun sat low.",
        "He came second in the fall.",
        "Sun City and Friday Harbor lie far from Wednesday Island.",
        "April Jones met August Wilson and June Carter.",
        "He gave it to April Jones.",
        "On May Day they rest.",
        "A 1990 Toyota with 1500 people and 2,000 feet of rope.",
        "See page 1872 of No. 1776.",
        "They counted 1500 of 1872 pages.",
        "It cost $1999 for 1200 houses.",
        "In 1500 houses there was light.",
        "A Boeing 737, open 24/7, won 3-2 on 9/11.",
        "Call +44 1632 960961 or 555-2010-1234.",
        "It is 10:30 now, or 14.45 at 1200 GMT.",
        "He is 19 and weighs 80 kg.",
        "Black Friday and Good Friday are every Friday.",
        "He left on a Sunday. He read the Sunday Times.",
        "It was founded in 1500 BC.",
        "the 9th Infantry on the 5th floor, on the second try",
        "http://example.org/2012/11/21/page and 2012-13-45",
        "They walked for two days, over the next two weeks.",
        "Two days later than planned. The other day. To this day.",
        "December and January are busy.",
        "31 June and 30 February are no days.",
    ],
)
def test_a_false_friend_is_no_time(text: str) -> None:
    """Words and numbers that look like dates are left unread, publication known or not."""
    assert read(text) == []
    assert read(text, SATURDAY) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("She reached Oslo on Tuesday.", TimeRole.POINT),
        ("The tour began on Tuesday.", TimeRole.BEGINNING),
        ("He began his long tour on Tuesday.", TimeRole.BEGINNING),
        ("It started in May 2008.", TimeRole.BEGINNING),
        ("Starting next week, they tour.", TimeRole.BEGINNING),
        ("They have been here since Monday.", TimeRole.BEGINNING),
        ("It is open from Monday on.", TimeRole.BEGINNING),
        ("It is open Monday onwards.", TimeRole.BEGINNING),
        ("It was founded in 1860.", TimeRole.BEGINNING),
        ("He was born in 1911.", TimeRole.BEGINNING),
        ("They stay until Friday.", TimeRole.END),
        ("The tour ended on Friday.", TimeRole.END),
        ("They reached Oslo by 1911.", TimeRole.DEADLINE),
        ("They left before 3 May 1911.", TimeRole.DEADLINE),
        ("The Kremlin clarified on Friday that all is well.", TimeRole.STATEMENT),
        ("He told reporters in Moscow on Monday.", TimeRole.STATEMENT),
        ("He said he arrived on Monday.", TimeRole.POINT),
        ("He started from Eton on 27 March 1456.", TimeRole.POINT),
        ("She was released last month on bail.", TimeRole.POINT),
    ],
)
def test_the_role_tells_what_a_time_dates(text: str, role: TimeRole) -> None:
    """Only a POINT dates what its clause tells."""
    assert only(text, SATURDAY).role is role


def test_the_day_something_was_said_is_no_base() -> None:
    """A chain goes on from what happened, not from who spoke of it."""
    text = "He arrived on Tuesday, his office said on Friday. The next day he left."
    assert isos(text, SATURDAY) == ["2023-09-12", "2023-09-15", "2023-09-13"]


@pytest.mark.parametrize(
    ("text", "published", "future"),
    [
        ("He will arrive on Monday.", SATURDAY, True),
        ("He arrived on Monday.", SATURDAY, False),
        ("He will arrive on 3 May.", None, True),
        ("He arrived on 3 May.", None, False),
    ],
)
def test_a_time_to_come_is_marked(text: str, published: dt.date | None, future: bool) -> None:
    """The day of publication decides, else the tense."""
    assert only(text, published).future is future


@pytest.mark.parametrize("kind", [SectionKind.DATE, SectionKind.NAVIGATION, SectionKind.CREDIT])
def test_what_is_no_part_of_the_story_is_not_read(kind: SectionKind) -> None:
    """Dates of publication, navigation and credits are neither emitted nor a base."""
    head = "September 16, 2023"
    text = f"{head}\n\nThe next day he left. He came on 3 May 1911."
    sections = (Section(span=Span(0, len(head)), kind=kind),)
    times = find_times(text, published=None, sections=sections)
    assert [when.start for when in times] == ["1911-05-03"]
    assert _span(times[0]).of(text) == "3 May 1911"


@pytest.mark.parametrize("kind", [SectionKind.CAPTION, SectionKind.TITLE])
def test_a_caption_is_read_but_lends_no_base(kind: SectionKind) -> None:
    """The running text does not go on from a picture."""
    head = "Oslo on 3 May 1911"
    text = f"{head}\n\nThe next day he left."
    sections = (Section(span=Span(0, len(head)), kind=kind),)
    assert [w.start for w in find_times(text, published=None, sections=sections)] == ["1911-05-03"]


def test_an_expression_runs_over_the_end_of_a_line_but_not_of_a_paragraph() -> None:
    """Texts of print are broken anywhere."""
    assert isos("He came on June\n10, 1872.") == ["1872-06-10"]
    assert isos("He came in June\n\n10, 1872.") == ["--06"]


# ------------------------------------------------------------------------- order


def when(start: str, end: str | None = None) -> When:
    """Return a time for comparison."""
    return When(start=start, end=end or start, granularity=Granularity.DAY)


@pytest.mark.parametrize(
    ("a", "b", "order"),
    [
        (when("1872-03-12"), when("1872-03-13"), -1),
        (when("1873"), when("1872-03-13"), 1),
        (when("2008-05"), when("2008-05"), 0),
        (when("2008-05"), when("2008"), None),
        (when("1739", "1741"), when("1740-02"), None),
        (when("1739", "1741"), when("1742"), -1),
        (when("--10-02"), when("1872-03-13"), None),
        (when("--10-02"), when("--10-03"), None),
    ],
)
def test_times_are_compared_only_where_one_is_over_first(
    a: When, b: When, order: int | None
) -> None:
    """Overlap and unknown years have no order."""
    assert compare(a, b) == order
    assert compare(b, a) == (None if order is None else -order)


def test_times_without_a_year_are_sorted_last() -> None:
    """They are not sure, so that nothing is ordered by them."""
    mixed = [when("--01-01"), when("2008"), when("1872-03-12"), when("1872")]
    assert [w.start for w in sorted(mixed, key=sort_key)] == [
        "1872",
        "1872-03-12",
        "2008",
        "--01-01",
    ]
    assert [is_sure(w) for w in mixed] == [False, True, True, True]


# -------------------------------------------------------------------------- laws

PIECES = (
    "On 12 March 1872 we left.", "The next day", "on Friday", "in May", "two days later", "1739–41",
    "from 3 to 9", "last week", "05/09/2023", "the 14th,", "\n", "\n\n", "Day 3", "in 1872", "May",
    "Sat", "will go", "29 February", "31 December", "31 April 2001", "a few days later", "_June_ 4",
    "next year", "in 9999", "999 years ago", "between March and", "early", "winter of 2099", "Oslo",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=12).map(" ".join)
DAYS = st.none() | st.dates(min_value=dt.date(1, 1, 1))


@given(text=TEXTS, published=DAYS)
def test_expressions_slice_the_text_in_order(text: str, published: dt.date | None) -> None:
    """Spans are inside the text, not empty, sorted, and share no character."""
    spans = [_span(w) for w in find_times(text, published=published)]
    assert all(0 <= s.start < s.end <= len(text) and s.of(text).strip() for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@given(text=TEXTS, published=DAYS)
def test_every_time_is_valid_iso_and_ends_after_it_begins(
    text: str, published: dt.date | None
) -> None:
    """What is written can be read back, and is a time that the calendar has."""
    for w in find_times(text, published=published):
        assert [PartialDate.parse(part).iso for part in (w.start, w.end)] == [w.start, w.end]
        assert PartialDate.parse(w.start).exists
        assert PartialDate.parse(w.end).exists
        assert not is_sure(w) or sort_key(w)[1] <= sort_key(w)[2]


@given(text=TEXTS, published=DAYS)
def test_words_without_a_time_before_the_text_shift_only_the_spans(
    text: str, published: dt.date | None
) -> None:
    """What stands in another paragraph changes nothing."""
    prefix = "We begin.\n\n"
    shifted = find_expressions(prefix + text, published=published)
    plain = find_expressions(text, published=published)
    assert [_iso(e.when) for e in shifted] == [_iso(e.when) for e in plain]
    assert [e.span.start - len(prefix) for e in shifted] == [e.span.start for e in plain]


def test_dates_at_the_ends_of_the_calendar_do_no_harm() -> None:
    """A step over the first or last day is left unread."""
    assert isos("He left yesterday, 999 years ago.", dt.date.min) == []
    assert isos("He leaves tomorrow, next year, next month.", dt.date.max) == []


@pytest.mark.parametrize(
    "piece",
    ["the ", "1 ", "1-", "a", " ", "\n", "_", "9", "May ", "from 3 to 3 to ", "between ", "early ",
     "Monday, ", "4 June 1872 to ", "in 1872 ", "1/2/2023 ", "the" + " " * 50, "said he ",
     "will Monday ", "Day 1 4 June 1872\n"],
)  # fmt: skip
def test_a_hostile_text_is_read(piece: str) -> None:
    """200 kB of any repeat do not make finding the times hang."""
    with no_hang():
        find_times(piece * (200_000 // len(piece)) + " on Monday", published=SATURDAY)


def test_a_period_over_a_story_gives_its_first_dates_their_year() -> None:
    """The story under "1739–1741" begins in 1739, and a year of its own overrules it."""
    text = "Grand Tour: 1739–1741\n\nThey left on 29 March. In June 1740 they rested."
    title = Section(kind=SectionKind.TITLE, span=Span(0, 21))
    body = Section(kind=SectionKind.BODY, span=Span(23, len(text)))
    found = find_expressions(text, published=None, sections=(title, body))
    assert [it.when.start for it in found][-2:] == ["1739-03-29", "1740-06"]
