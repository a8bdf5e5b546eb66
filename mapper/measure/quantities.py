"""Find distances in running text: a number and a unit of the road or the sea.

Speeds, areas, heights, widths and radii are none. Of a range, "10 to 15 miles", the
middle counts. Vague numbers, "several hundred miles", are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from mapper.model import Span

__all__ = ["Quantity", "quantities"]

# Metres. Mile and nautical mile: NIST Handbook 44, Appendix C. Verst: 500 sazhens of
# seven feet. Leagues had too many lengths to be read.
UNITS_M = {"kilometre": 1000.0, "mile": 1609.344, "sea": 1852.0, "verst": 1066.8}

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {word: float(value) for value, word in enumerate(_SMALL, start=1)} | {
    word: 10.0 * value for value, word in enumerate(_TENS, start=2)
}
_FACTORS = {"dozen": 12.0, "hundred": 100.0, "thousand": 1000.0}
_PARTS = {"half": 0.5, "quarter": 0.25, "quarters": 0.25}
_FILLERS = frozenset({"a", "an", "and", "of"})

_WORD = "|".join([*_VALUES, *_FACTORS, *_PARTS, *_FILLERS])
_GAP = "[\u00a0\u202f\u2009 ]"
_FRACTION = rf"(?:{_GAP}?[½¼¾⅓⅔]|{_GAP}\d/[1-9])"
# Every repeat is bounded, so that a match takes constant time whatever the text.
_DIGITS = (
    rf"(?:\d{{1,3}}(?:(?:,|{_GAP})\d{{3}}){{1,4}}|\d{{1,12}})(?:\.\d{{1,6}})?{_FRACTION}?|[½¼¾⅓⅔]"
)
_SPELT = rf"(?!(?:and|of)\b)(?:{_WORD})(?:[\s-]{{1,3}}(?:{_WORD})){{0,7}}"
_UNIT = (
    r"(?P<sea>nautical[\s-]+miles?|sea[\s-]miles?|nmi)"
    r"|(?P<kilometre>(?i:kms?)|kilomet(?:re|er)s?)"
    r"|(?P<mile>miles?|mi)"
    r"|(?P<verst>versts?)"
)
_QUANTITY = re.compile(
    rf"(?<![\w.,$€£/])(?:(?P<low>{_DIGITS})(?:\s?[-–—]\s?|\s(?:to|or)\s))?"
    rf"(?:(?P<digits>{_DIGITS})|(?P<spelt>(?i:{_SPELT})))"
    rf"[\s-]{{0,3}}(?:{_UNIT})\b(?P<more>\s+and\s+a\s+(?:half|quarter)\b)?"
)
# What follows a speed, a frequency, an area, a height, a width…
_NO_DISTANCE_AFTER = re.compile(
    r"[²³/^]|\d"
    r"|[\s-]*(?:per|an?|each|every)[\s-](?:hour|second|minute|day|night|week|month|year|gallon|lit)"
    r"|[\s-]*(?:square|squared|wide|high|tall|deep|thick|broad|across|radius|diameter|altitude)\b"
    r"|\s+in\s+(?:width|height|depth|diameter|circumference|radius|altitude|elevation|breadth)\b"
    r"|\s+(?:above|below)\s+(?:sea|the\s+(?:sea|ground|surface|earth))\b"
)
# … and what stands before one, or before a number that is none.
_NO_DISTANCE_BEFORE = re.compile(
    r"(?:\b(?:several|few|many|radius\s+of|diameter\s+of|altitude\s+of|height\s+of|depth\s+of"
    r"|width\s+of|speed\s+of|elevation\s+of)(?:\s+(?:a|about|some|up\s+to|over|nearly))?\s+)$",
    re.IGNORECASE,
)
# As much text as the expressions above may take.
_BEFORE_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A distance in the text: where it stands and how many metres it is."""

    span: Span
    metres: float


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the distances in a text, in order.

    >>> [(q.span.of(t), round(q.metres)) for t in ["a 40-mile drive"] for q in quantities(t)]
    [('40-mile', 64374)]
    """
    for found in _QUANTITY.finditer(text):
        before = text[max(0, found.start() - _BEFORE_LENGTH) : found.start()]
        number = _number(found)
        something_else = _NO_DISTANCE_AFTER.match(text, found.end())
        if number and not something_else and not _NO_DISTANCE_BEFORE.search(before):
            unit = next(unit for unit in UNITS_M if found[unit])
            yield Quantity(span=Span(*found.span()), metres=number * UNITS_M[unit])


def _number(found: re.Match[str]) -> float | None:
    number = _of_digits(found["digits"]) if found["digits"] else _of_words(found["spelt"])
    if number and found["low"]:
        number = (_of_digits(found["low"]) + number) / 2
    if number and found["more"]:
        number += _PARTS[found["more"].split()[-1]]
    return number


def _of_digits(text: str) -> float:
    """Return the value of digits with separators, and a fraction if there is one.

    >>> _of_digits("8,000"), _of_digits("2½"), _of_digits("2 1/2")
    (8000.0, 2.5, 2.5)
    """
    if "/" in text:
        whole, fraction = text[:-3], text[-3:]
        return _of_digits(whole.strip()) + int(fraction[0]) / int(fraction[2])
    if text[-1] in "½¼¾⅓⅔":
        return unicodedata.numeric(text[-1]) + (_of_digits(text[:-1]) if text[:-1] else 0.0)
    return float(re.sub(r"[^\d.]", "", text))


def _of_words(text: str) -> float | None:
    """Return the value of a number in words, None where they are none.

    >>> _of_words("two hundred and fifty"), _of_words("a dozen"), _of_words("half a")
    (250.0, 12.0, 0.5)
    """
    total, group, seen = 0.0, 0.0, False
    for word in re.split(r"[\s-]+", text.lower()):
        if word in _PARTS:
            return _with_part(total + group, _PARTS[word], text)
        if word in _FACTORS:
            group = max(group, 1.0) * _FACTORS[word]
            if word == "thousand":
                total, group = total + group, 0.0
        elif word not in _FILLERS:
            group += _VALUES[word]
        seen = seen or word not in ("and", "of")
    return (total + group or 1.0) if seen else None


def _with_part(whole: float, part: float, text: str) -> float:
    """Return "two and a half" as 2.5, "three quarters" and "half" as parts of one."""
    if re.search(r"\band\b", text.lower()):
        return whole + part
    return max(whole, 1.0) * part
