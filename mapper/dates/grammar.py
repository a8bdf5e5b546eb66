"""The words of English dates and the patterns made of them.

Every pattern is matched at one place and every repeat is bounded, so a match
takes constant time. An underscore counts as emphasis, not as a letter; white
space inside an expression may run over the end of a line, never over an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WEEKDAY_NUMBER = {name[:3].lower(): number for number, name in enumerate(_WEEKDAYS)}
# Months of the northern half of the Earth, by the reckoning of meteorology.
SEASON_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_ONES = "one two three four five six seven eight nine ten eleven twelve".split()
COUNT = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{"a": 1, "an": 1, "thirteen": 13, "fourteen": 14, "fifteen": 15},
    **{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
}
_UNITS = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
    "nineteenth"
).split()
_TENS = ["twentieth", *(f"twenty-{unit}" for unit in _UNITS), "thirtieth", "thirty-first"]
ORDINAL = {word: number for number, word in enumerate([*_UNITS, *_TEENS, *_TENS], 1)}
FEASTS = {
    "Christmas Eve": (12, 24),
    "Christmas Day": (12, 25),
    "Boxing Day": (12, 26),
    "New Year's Eve": (12, 31),
    "New Year’s Eve": (12, 31),
    "New Year's Day": (1, 1),
    "New Year’s Day": (1, 1),
    "Michaelmas Day": (9, 29),
}


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


B = r"(?<![^\W_])"  # a word begins
E = r"(?![^\W_])"  # a word ends
S = r"(?:[^\S\n]{1,3}|[^\S\n]{0,3}\n[^\S\n]{0,3})"
_MARK = r"[_*]{0,3}"
_DASH = r"[^\S\n]?[–—−-][^\S\n]?"
_JOIN = rf"(?:{_DASH}|{S}(?:to|until|till|through|and){S}(?:the{S})?)"

# Nouns that make a number before them a quantity, not a year or a day.
_COUNTED = (
    "people men women children persons souls soldiers troops houses pages words dollars pounds "
    "euros feet foot ft mile miles kilometre kilometres kilometer kilometers km metre metres meter "
    "meters m yards acres hectares ton tons tonnes kg lb lbs hour hours hrs GMT UTC BST EST others "
    "years days times percent per BC BCE B.C members victims passengers horses ships islands "
    "inhabitants a.m p.m am pm o'clock o’clock degrees"
).split()
_UNCOUNTED = rf"(?!{S}?(?:{_any(_COUNTED)}{E}|%))"

# "Jany.", "Septr.": abbreviations of journals before 1900 beside those of today.
_SHORT_MONTH = "Jany? Feby? Mar Apr Jun Jul Augt? Septr? Sept? Octr? Novr? Decr?".split()
_MONTH_WORD = "|".join(
    (
        _any([*_MONTHS, *map(str.upper, _MONTHS)]) + E,
        rf"(?:{'|'.join(_SHORT_MONTH)}){E}\.?",
        rf"(?:{'|'.join(word.upper() for word in MONTH_NUMBER)}){E}\.?",
    )
)
_FULL_MONTH = _any([*_MONTHS, *map(str.upper, _MONTHS)]) + E
# Web pages glue a caption to its credit: "on TuesdayImage: Reuters".
_FULL_WEEKDAY = rf"(?:{_any(_WEEKDAYS)}(?![^\W_A-Z])|{_any(map(str.upper, _WEEKDAYS))}{E})"
_SHORT_WEEKDAY = rf"(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun){E}\.?"
_WEEKDAY_WORD = rf"(?:{_FULL_WEEKDAY}|{_SHORT_WEEKDAY})"
_DAYPART = "morning|forenoon|afternoon|evening|night"
_DAY_UNIT = f"day|{_DAYPART}|dawn|sunrise|noon|midnight"
_COUNT_WORD = rf"(?:[1-9][0-9]{{0,2}}|(?i:{_any(COUNT)})){E}"
_EARLY = rf"(?i:early|mid|late)(?:-|{S}(?:in|of){S}(?:the{S})?|{S}(?:the{S})?)"
_EDGE = rf"(?i:(?:the{S})?(?:very{S})?(?:beginning|start|middle|end){S}of{S}(?:the{S})?)"
_PART = rf"(?:{_EARLY}|{_EDGE})"


def _day(name: str) -> str:
    number = rf"(?:3[01]|[12][0-9]|0?[1-9])(?i:st|nd|rd|th|d)?{E}"
    return rf"(?P<{name}>{number})(?![.:/][0-9]|,[0-9](?![0-9]{{3}}))"


_MONTH = rf"{_MARK}(?P<m>{_MONTH_WORD})(?:{_MARK}(?={S}[0-9]))?"
_YEAR = rf"(?P<y>1[0-9]{{3}}|20[0-9]{{2}}){E}(?![.,:/][0-9]){_UNCOUNTED}"
_YEAR_AFTER = rf"(?:(?:,{S}?|{S})\[?{_YEAR}\]?)?"
_OPEN = rf"(?:(?P<open>(?i:from|between)){S})?(?:(?i:the){S})?"
_ORDINAL = rf"(?i:{_any(ORDINAL)})"
_NAMED = rf"(?:(?P<w>{_WEEKDAY_WORD}),?{S}(?:the{S})?)?"
_DAY_OF = rf"(?:{_day('d')}|(?P<dw>{_ORDINAL})(?={S}(?:day{S})?of))"

compiled = re.compile

_THREE_LETTERS = _any(letters for name in MONTH_NUMBER for letters in (name.upper(), name.title()))

# Forms that may be one end of a range, the most telling first.
DATES = tuple(
    map(
        compiled,
        (
            r"(?P<y>[12][0-9]{3})([-/])(?P<mn>0[1-9]|1[0-2])\2(?P<d>3[01]|[12][0-9]|0[1-9])(?![0-9-])",
            rf"(?P<d>[0-3]?[0-9])(?P<dash>-?)(?P<m>{_THREE_LETTERS})"
            rf"(?:(?P=dash)(?P<y>[12][0-9]{{3}}|[0-9]{{2}}))?{E}",
            rf"{_NAMED}{_DAY_OF}(?:{S}(?:day{S})?of)?{S}{_MONTH}{_YEAR_AFTER}",
            rf"{_NAMED}{_MONTH}{S}(?:the{S})?{_day('d')}{_UNCOUNTED}{_YEAR_AFTER}",
            rf"(?P<w>{_WEEKDAY_WORD}),?{S}(?:the{S})?(?P<d>[0-9]{{1,2}}(?:st|nd|rd|th)){E}",
            rf"{_PART}?{_MONTH}(?:,?{S}|{S}of{S})\[?{_YEAR}\]?",
        ),
    )
)
BARE_WEEKDAY = compiled(rf"(?P<w>{_FULL_WEEKDAY})")
BARE_MONTH = compiled(rf"(?P<part>{_PART})?{_MARK}(?P<m>{_FULL_MONTH})")
BARE_YEAR = compiled(
    rf"(?P<part>{_PART})?(?P<era>(?:A\.{S}?D\.|AD|A\.D){S}?)?{_YEAR}(?!-[0-9])(?P<ce>{S}?(?:AD|CE){E})?"
)
ENDS = (*DATES, BARE_WEEKDAY, BARE_MONTH, BARE_YEAR)

OPENING = compiled(rf"(?P<open>(?i:from|between)){S}(?:the{S})?")
JOIN = compiled(_JOIN)
DAYS_OF_MONTH = compiled(
    rf"{_OPEN}{_NAMED}{_day('d')}(?P<join>{_JOIN})(?(w)(?:{_WEEKDAY_WORD},?{S})?){_day('d2')}(?:{S}of)?{S}{_MONTH}{_YEAR_AFTER}"
)
MONTH_WITH_DAYS = compiled(
    rf"{_OPEN}{_MONTH}{S}(?:the{S})?{_day('d')}(?P<join>{_JOIN}){_day('d2')}{_UNCOUNTED}"
    rf"(?!{S}?(?:of{S})?{_MONTH_WORD}){_YEAR_AFTER}"
)
YEAR_SPAN = compiled(
    rf"(?P<y>1[0-9]{{3}}|20[0-9]{{2}})\??(?P<dash>[–—-])(?P<y2>[12][0-9]{{3}}|[0-9]{{2}})"
    rf"{E}(?!-[0-9]){_UNCOUNTED}"
)
NUMERIC = compiled(
    r"(?P<a>[0-3]?[0-9])(?P<sep>[/.-])(?P<b>[0-3]?[0-9])(?P=sep)(?P<y>1[0-9]{3}|20[0-9]{2})(?![0-9/-])"
)
NUMERIC_HEAD = compiled(r"(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])(?![0-9/])(?=\s?[:)–—-]|\s)")

SEASON = compiled(
    rf"{_PART}?(?i:the{S})?(?P<season>(?i:{_any(SEASON_MONTH)}))(?:,?{S}(?:of{S})?(?:the{S}year{S})?)"
    rf"{_YEAR}(?:[–/-](?P<y2>[0-9]{{2}}){E})?"
)
DECADE = compiled(rf"{_PART}?(?P<y>1[0-9]{{2}}0|20[0-9]0)['’]?s{E}")
CENTURY = compiled(
    rf"{_PART}?(?:(?P<c>2[01]|1[0-9]|[1-9])(?:st|nd|rd|th)|(?P<cw>(?i:{_any(list(ORDINAL)[:21])})))"
    rf"{S}century{E}"
)
FEAST = compiled(rf"(?P<feast>{_any(FEASTS)}){E}{_YEAR_AFTER}")
DAY_HEAD = compiled(rf"(?i:day){S}(?P<k>[1-9][0-9]{{0,2}}|(?i:{_any(_ONES)})){E}")

DEICTIC = compiled(
    rf"(?i:(?P<before>the{S}day{S}before{S}yesterday)|(?P<after>the{S}day{S}after{S}tomorrow)"
    rf"|(?:earlier{S}|later{S})?(?:today|to-day)|tonight|to-night"
    rf"|this{S}(?:very{S})?(?:morning|afternoon|evening)"
    rf"|(?:late{S}|early{S})?(?:(?P<back>yesterday)|(?P<forth>tomorrow|to-morrow))"
    rf"(?:{S}(?:{_DAYPART}))?"
    rf"|(?:late{S})?(?P<eve>last{S}(?:night|evening))){E}"
)
AGO = compiled(rf"(?P<n>{_COUNT_WORD}){S}(?P<unit>day|week|month|year)s?{S}ago{E}")
DIRECTED = compiled(
    rf"(?i:(?P<dir>last|next|this)(?:{S}(?P<more>past|coming))?"
    rf"|the{S}(?P<chain>following|next|previous)|(?P<chain2>following))"
    rf"{S}(?:(?P<w>{_FULL_WEEKDAY})(?:{S}(?:{_DAYPART}){E})?|(?P<m>{_FULL_MONTH})(?!{S}[0-9]))"
)
DIRECTED_UNIT = compiled(
    rf"(?:(?i:earlier|later|early|late|the){S})?(?P<dir>(?i:last|next|this)){S}"
    rf"(?:(?P<unit>week|weekend|month|year)|(?P<season>{_any(SEASON_MONTH)})){E}"
)
WEEKDAY = compiled(
    rf"(?:(?i:early|late){S}(?:on{S})?)?(?P<w>{_FULL_WEEKDAY})"
    rf"(?:{S}(?P<dir>last|next)(?={S}?[.,;:)]|{S}?$)|{S}(?:{_DAYPART}){E})?"
)
DAY_NUMBER = compiled(
    rf"(?i:the){S}(?:{_day('d')}|(?P<dw>{_ORDINAL}){E})"
    rf"(?:{S}(?P<inst>inst|ult|instant|ultimo){E}\.?)?"
)
FOLLOWING = compiled(
    rf"(?:(?i:early|late|later|earlier)(?:{S}(?:on|in))?{S})?"
    rf"(?:(?i:the){S}(?:very{S})?(?P<dir>next|following|previous|preceding|same)"
    rf"|(?P<that>(?i:that))(?:{S}(?:same|very))?|(?P<bare>(?i:next)))"
    rf"{S}(?P<unit>{_DAY_UNIT}|week|month|year){E}(?!{S}(?:or|few){E})"
)
DAY_BESIDE = compiled(
    rf"(?i:the){S}(?:{_DAY_UNIT}){S}(?P<dir>before|after|following){E}(?={S}?[.,;:)—]|{S}?$)"
)
LATER = compiled(
    rf"(?P<n>{_COUNT_WORD}){S}(?P<unit>day|night|week|month|year)s?{S}"
    rf"(?:(?P<dir>later|earlier|afterwards?|previously){E}(?!{S}than{E})"
    rf"|(?P<edge>before|after){E}(?={S}?[.,;:)]|{S}?$))"
)
VAGUE = compiled(
    rf"(?i:a{S}few|several|some|many|a{S}couple{S}of|a{S}number{S}of){S}"
    rf"(?:days|nights|weeks|months|years){S}(?:later|after|afterwards){E}"
)
OVERNIGHT = compiled(
    rf"(?i:overnight){E}(?!{S}(?:bus|train|ferry|flight|trip|journey|stay|stop|hike|camp|bag|boat)s?{E})"
)

_LEADS = (
    "this that last next following early mid late later earlier beginning start middle end very "
    "from between today to-day tonight to-night yesterday tomorrow to-morrow several some many "
    "overnight day A.D AD Christmas Boxing New Michaelmas"
).split()
_AFTER_THE = (
    "day night morning evening afternoon forenoon dawn noon very next following previous preceding "
    "same early mid late last beginning start middle end"
).split()
_AFTER_COUNT = "day night week month year few couple number".split()
_AFTER_THE += [*ORDINAL, *SEASON_MONTH, *WEEKDAY_NUMBER]
# Where an expression may begin: a cheap look that spares the patterns nearly all of a text.
TRIGGER = compiled(
    rf"{B}(?<![0-9][.,:/-])(?<![-$£€/+#&@])(?:[0-9]"
    rf"|(?i:{_any([*MONTH_NUMBER, *WEEKDAY_NUMBER])})"
    rf"|(?i:{_any([*_LEADS, *ORDINAL, *SEASON_MONTH])}){E}"
    rf"|(?i:the)(?={S}(?:[0-9]|(?i:{_any(_AFTER_THE)})))"
    rf"|(?i:{_any(COUNT)})(?={S}(?i:{_any(_AFTER_COUNT)})))"
)

# What must stand before a bare year, month or day of the month, and may follow it.
IN = compiled(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Tt]ill|[Tt]hroughout|[Yy]ear|[Cc]irca|ca?\.)_?\s+"
    r"(?:the\s+)?(?:year\s+)?)$"
)
NEAR_TIME = compiled(
    r"(?:\b(?:[Oo]f|[Bb]y|[Ff]rom|[Tt]o|[Bb]efore|[Aa]fter|[Aa]round|[Aa]bout|and|or|for|[Bb]etween|"
    r"[Tt]hrough)\s+(?:the\s+)?|\()$"
)
ON_THE = compiled(
    r"(?:\b(?:[Oo]n|[Bb]y|[Uu]ntil|[Tt]ill|of|[Ss]ince|[Ff]rom|to|[Bb]efore|[Aa]fter|and|week,)\s+)$"
)
_GOES_ON = (
    "or to when he she they the a an in at on by with it was were had has until for as that which "
    "who where after before but from I we because during while his her their is will would not "
    "there under over into near through about and"
)
FREE = compiled(rf"[^\S\n]?(?:[.,;:!?)\]—–\n…\"”]|$)|{S}{_any(_GOES_ON.split())}{E}(?!{S}[0-9])")
PLURAL = compiled(rf"{S}(?!(?:was|has|his|this|its|towards|always|perhaps){E})[a-z]{{3,}}s{E}")
CAPITAL = compiled(rf"{S}[A-Z]")
IN_A_LIST = compiled(r"\b(?:and|or|for)\s+(?:the\s+)?$")
NAMES = frozenset((3, 4, 5, 6, 8))  # months that are also given names or words
# A weekday that is part of a name, or no single day.
NOT_A_DAY_BEFORE = compiled(
    r"\b(?:Black|Good|Easter|Palm|Ash|Holy|Maundy|Bloody|Super|Cyber|Man|Ruby|Fat|Shrove|Billy|Girl|"
    r"[Ee]very|[Ee]ach|[Aa]ny|[Ss]ome|[Mm]ost|[Aa]|[Oo]ne|[Pp]er|[Oo]ther|all)\s+$"
)
NAMED_AFTER_DAY = compiled(
    rf"{S}(?:Islands?|Harbou?r|Bay|Creek|City|Town|Times|Post|School|Night|Club|Market|River|Point|"
    rf"Mountain|Lake|Herald|Telegraph|Express|Mail|Mirror|Street|Road|Valley|Addams)s?{E}"
)
