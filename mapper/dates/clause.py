"""What the words around a time expression say of it: its role, its tense, its fitness.

All of it looks at a bounded number of characters on either side.
"""

from __future__ import annotations

import enum
import re

BEFORE = 120  # characters looked at on either side: a clause or two of English prose
AFTER = 90


class TimeRole(enum.StrEnum):
    """What a time expression is to the clause around it.

    POINT dates what the clause tells. BEGINNING ("began on", "since", "after",
    "born in") and END ("until", "ended on") date only an edge of a period,
    DEADLINE ("by", "before") a bound, STATEMENT ("said on") the speaking.
    """

    POINT = "point"
    BEGINNING = "beginning"
    END = "end"
    DEADLINE = "deadline"
    STATEMENT = "statement"


class Tense(enum.Enum):
    """What the verb nearest to the expression speaks of."""

    PAST = enum.auto()
    FUTURE = enum.auto()
    UNKNOWN = enum.auto()


_PREPOSITION = r"(?:(?:on|in|at|early|late|from|again)\s+){0,2}(?:the\s+)?$"
# "Started from Eton on 27 March" tells a departure, not the beginning of a period.
_OBJECT = r"(?:(?!(?:from|for|out|off|up|back|down|to|and|with|when|that)\b)[\w'’-]+\s+)"
_ROLES = (
    (
        TimeRole.STATEMENT,
        re.compile(
            r"\b(?:said|says|told|tells|announced|reported|stated|added|clarified|confirmed|wrote|"
            r"tweeted|warned|denied|insisted|disclosed|acknowledged)\s+"
            r"(?:(?!that\b|he\b|she\b|they\b|it\b|we\b|I\b|the\s+\w+\s+\w+ed\b|[a-z]+ed\b|would\b|"
            r"will\b|was\b|were\b|is\b|has\b|had\b)[\w'’.-]+\s+){0,5}?(?:on\s+|early\s+|late\s+)?$"
        ),
    ),
    (
        TimeRole.BEGINNING,
        re.compile(
            r"\b(?:[Bb]egan|[Bb]egins?|[Bb]egun|[Bb]eginning|[Ss]tarted|[Ss]tarts?|[Ss]tarting|"
            r"launched|opened|opens|commenced|commences|commencing|kicked\s+off|kicks\s+off|"
            r"born|founded|established|inaugurated|created|built|dating|dates)\s+"
            + _OBJECT
            + r"{0,3}?"
            + _PREPOSITION
        ),
    ),
    (
        TimeRole.BEGINNING,
        re.compile(r"\b(?:[Ss]ince|[Aa]s\s+(?:of|from)|[Aa]fter|[Ff]rom)\s+(?:the\s+)?$"),
    ),
    (
        TimeRole.END,
        re.compile(
            r"\b(?:(?:ended|ends|ending|finished|finishes|concluded|concludes|closed|closes)\s+"
            + _OBJECT
            + r"{0,3}?"
            + _PREPOSITION
            + r"|(?:[Uu]ntil|[Tt]ill|[Uu]p\s+to|[Tt]hrough)\s+(?:the\s+)?$)"
        ),
    ),
    (
        TimeRole.DEADLINE,
        re.compile(r"\b(?:[Bb]y|[Nn]o\s+later\s+than|[Bb]efore|[Pp]rior\s+to)\s+(?:the\s+)?$"),
    ),
)
_ONWARDS = re.compile(r"\s+(?:onwards?\b|on(?=\s*[.,;:)]|\s*$))")

_TENSE = re.compile(
    r"\b(?:(?P<either>(?:was|were)\s+(?:also\s+)?(?:to|due|expected|scheduled|set|planned)\b)"
    r"|(?P<future>(?:(?:will|shall|won['’]t|would(?!\s+have\b)|(?:is|are)\s+"
    r"(?:also\s+)?(?:to|due|expected|scheduled|set|planned|slated|likely|planning)|"
    r"expected|scheduled|due|slated|poised|plans?|planned|planning|hopes?|hoping|intends?|"
    r"(?:is|are|am|was|were)\s+going(?=\s+to\s+[a-z]))"
    r"(?:\s+(?:to|for)\b)?(?:\s+(?:be|also|then|have)\b)?(?:\s+[a-z]+ed\b)?)"
    r"|upcoming|forthcoming|[Ss]tarting|(?:is|are|am)\s+[a-z]+ing)"
    r"|(?P<past>was|were|had|did|began|came|went|met|left|took|made|said|told|saw|spoke|flew|held|"
    r"gave|got|led|set|drove|rode|ran|sailed|became|brought|found|kept|stood|won|lost|fell|broke|"
    r"(?!(?:need|speed|indeed|hundred|breed|exceed|proceed|succeed)\b)[a-z]{2,}ed))\b"
)
_AHEAD = re.compile(r"['’]ll\s|\b(?:ahead|in\s+advance)\s+of\s+$")
BREAK = re.compile(r"[.!?;]\s|\n\s{0,8}\n")

_ASIDE = re.compile(
    r"\b(?:born|died|founded|established|built|published|circa|ca|c|about|around|copyright)\.?_?"
    r"\s*(?:on|in|at)?\s*(?:the\s+)?$|©\s*$"
)


def before(text: str, start: int, size: int = BEFORE) -> str:
    """Return the words of the sentence up to `start`, at most `size` characters."""
    words = text[max(0, start - size) : start]
    *_, last = (0, *(match.end() for match in BREAK.finditer(words)))
    return words[last:]


def after(text: str, end: int, size: int = AFTER) -> str:
    """Return the words of the sentence from `end` on, at most `size` characters."""
    words = text[end : end + size]
    stop = BREAK.search(words)
    return words[: stop.start()] if stop else words


def role_at(text: str, start: int, end: int) -> TimeRole:
    """Return the role of the expression at text[start:end]."""
    words = before(text, start)
    for role, pattern in _ROLES:
        if pattern.search(words):
            return role
    return TimeRole.BEGINNING if _ONWARDS.match(text, end) else TimeRole.POINT


def tense_at(text: str, start: int, end: int) -> Tense:
    """Return the tense of the verb nearest before the expression, else nearest after."""
    words = before(text, start)
    *_, verb = (None, *_TENSE.finditer(words))
    if _AHEAD.search(words):
        return Tense.FUTURE
    verb = verb or _TENSE.search(after(text, end))
    if verb is None or verb["either"]:  # "was to arrive on Monday" may lie on either side
        return Tense.UNKNOWN
    return Tense.FUTURE if verb["future"] else Tense.PAST


def is_aside(text: str, start: int) -> bool:
    """Whether the time stands beside the story: a birth, a founding, a guess."""
    return bool(_ASIDE.search(before(text, start, 30)))


def line_head(text: str, start: int) -> str | None:
    """Return what stands before `start` in its line, None if it is more than marks and "Day 3"."""
    near = max(0, start - HEAD)
    line_start = text.rfind("\n", near, start) + 1
    if not line_start and near:
        return None
    head = text[line_start:start]
    return head if _HEAD.fullmatch(head) else None


HEAD = 40  # characters: the longest that may stand before the date of an entry
_HEAD = re.compile(r"[\s#*_>•|(\[-]{0,10}(?:[Dd]ay\s[\w-]{1,12}[\s:,.(–—-]{1,4})?")
