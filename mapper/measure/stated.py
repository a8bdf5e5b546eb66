"""Distances that the text states, each with the two places it lies between.

The words after a distance name one end, "from Oslo", "north of Oslo", "to Oslo"; the
other is what the sentence has just been about: the place named before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mapper.geodesy import distance_m
from mapper.measure.quantities import Quantity, quantities
from mapper.model import Document, Mention, Span, StatedDistance, Stop
from mapper.text import sentence_at, sentences

__all__ = ["stated_distances"]

_DIRECTION = (
    r"(?:(?:due\s+)?(?:north|south|east|west)(?:[\s-]?(?:north|south)?[\s-]?(?:east|west))?"
    r"|upstream|downstream|upriver|downriver|inland|short|outside|ahead|left|right|clear)"
)
# At most four words between a distance and its preposition, none that starts another clause.
_FILLER = (
    r"(?:(?!(?:and|but|or|then|before|after|when|where|which|that|who|he|she|we|they|i|it|was"
    r"|were|is|are|had|has|from|to|between|of)\b)[a-z][\w'’-]*[\s-]+){0,4}?"
)
# What may stand between a preposition and the name.
_ARTICLE = (
    r"\s+(?:the\s+)?(?:(?:nearby|downtown|central|old|modern|ancient|present-day)\s+)?"
    r"(?:(?:city|town|village|port|island|capital|centre|center)(?:\s+of)?,?\s+)?"
)
_LINK = re.compile(
    rf"[\s-]*{_FILLER}"
    rf"(?:(?P<between>between)|(?P<to>to)"
    rf"|(?P<away>from|off|outside|past|beyond|{_DIRECTION}\s+(?:of|from)))"
    rf"{_ARTICLE}",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"[\s-]*of" + _ARTICLE, re.IGNORECASE)
_TO = re.compile(r",?\s+(?:up\s+|down\s+|on\s+)?to" + _ARTICLE, re.IGNORECASE)
_FROM = re.compile(r"\s+from" + _ARTICLE, re.IGNORECASE)
_AND = re.compile(r"\s+and" + _ARTICLE, re.IGNORECASE)
# Not the place itself but an edge of it.
_EDGE = re.compile(
    r"(?:['’]s?)?[\s-]+(?:border|frontier|coast|coastline|shore|shoreline|boundary|line|suburb)\b"
)
# "from A to B is 40 miles", "A–B: 40 miles": two names, then at most these signs.
_PAIR = re.compile(r"\s+(?:to|and)" + _ARTICLE + r"|\s?[–—]\s?", re.IGNORECASE)
_OPENS_PAIR = re.compile(r"\b(?:from|between)" + _ARTICLE + r"$", re.IGNORECASE)
_AFTER_PAIR = re.compile(r"[^.;!?\d]{0,40}")
# "A lies …", after a distance with which the sentence began.
_INVERTED = re.compile(
    r",?\s+(?:lies|lay|is|was|stands|stood|sits|sat)\s+(?:the\s+)?(?:[a-z]+\s+(?:of\s+)?){0,4}"
)
# "Tempe, Arizona": what contains a place is not what the sentence is about.
_APPOSITION = re.compile(r",\s*(?:the\s+)?|\s\(")


@dataclass(frozen=True, slots=True)
class _Ends:
    origin: Mention | None = None
    destination: Mention | None = None


def stated_distances(
    document: Document, mentions: Sequence[Mention], stops: Sequence[Stop] = ()
) -> tuple[StatedDistance, ...]:
    """Return the distances that a text states, in text order.

    Parameters
    ----------
    document
        The text.
    mentions
        The places named in it, in any order.
    stops
        The journey: where a sentence names only what is gone to, the stop before is
        where from.

    Returns
    -------
    tuple of StatedDistance
        "A is 8 km from B" goes from B to A. Where an end is not named there is None,
        and without both places no geodesic to compare with.
    """
    spans = sentences(document.text, sections=document.sections)
    ordered = sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end))
    stated = []
    for quantity in quantities(document.text):
        sentence = sentence_at(spans, quantity.span.start)
        if sentence and not any(quantity.span.overlaps(mention.span) for mention in ordered):
            named = [mention for mention in ordered if sentence.contains(mention.span)]
            ends = _Reader(document.text, sentence, named, quantity.span).ends()
            stated.append(_stated(quantity, _from_the_stop_before(ends, ordered, stops)))
    return tuple(stated)


def _stated(quantity: Quantity, ends: _Ends) -> StatedDistance:
    named = (ends.origin, ends.destination)
    points = [mention.place.point for mention in named if mention and mention.place]
    return StatedDistance(
        span=quantity.span,
        distance_m=quantity.metres,
        origin=ends.origin.id if ends.origin else None,
        destination=ends.destination.id if ends.destination else None,
        geodesic_m=distance_m(*points) if len(points) == 2 else None,
    )


def _from_the_stop_before(ends: _Ends, mentions: Sequence[Mention], stops: Sequence[Stop]) -> _Ends:
    """Return the ends, with the stop before as the origin where only a goal is named."""
    if ends.origin or not ends.destination:
        return ends
    by_id = {mention.id: mention for mention in mentions}
    goal = ends.destination.id
    numbers = [number for number, stop in enumerate(stops) if goal in stop.mentions]
    if not numbers or numbers[0] == 0:
        return ends
    before = stops[numbers[0] - 1].mentions
    return _Ends(by_id.get(before[0]) if before else None, ends.destination)


class _Reader:
    """Reads the two ends of one distance from its sentence."""

    def __init__(
        self, text: str, sentence: Span, mentions: Sequence[Mention], quantity: Span
    ) -> None:
        self.text = text
        self.sentence = sentence
        self.quantity = quantity
        self.before = [mention for mention in mentions if mention.span.end <= quantity.start]
        self.after = [mention for mention in mentions if mention.span.start >= quantity.end]

    def ends(self) -> _Ends:
        """Return what the words after the distance say, or else those before it."""
        return self._named_after() or self._named_before() or _Ends()

    def _named_after(self) -> _Ends | None:
        if not self.after:
            return None
        first, second = self.after[0], self.after[1] if self.after[1:] else None
        link = self._link(first)
        if link is None or _EDGE.match(self.text, first.span.end):
            return None
        if link == "between":
            return _Ends(first, second) if second and self._joined(first, _AND, second) else None
        if link == "to":
            backwards = second if second and self._joined(first, _FROM, second) else None
            return _Ends(backwards or self._subject(first), first)
        if second and self._joined(first, _TO, second):
            return _Ends(first, second)
        return _Ends(first, self._subject(first) or self._inverted(first, second))

    def _link(self, mention: Mention) -> str | None:
        """Return which kind of preposition joins the distance to `mention`."""
        end = mention.span.start
        found = _LINK.fullmatch(self.text, self.quantity.end, end)
        if found:
            return found.lastgroup
        lead = self.text[self.sentence.start : self.quantity.start]
        within = re.search(r"\bwithin\b[\w\s]{0,20}$", lead, re.IGNORECASE)
        return "away" if within and _WITHIN.fullmatch(self.text, self.quantity.end, end) else None

    def _subject(self, other: Mention) -> Mention | None:
        """Return the place that the sentence is about: the nearest before, other than `other`."""
        named = [mention for mention in self.before if not _same_place(mention, other)]
        while len(named) > 1 and self._contains(named[-1], named[-2]):
            named.pop()
        return named[-1] if named else None

    def _contains(self, whole: Mention, part: Mention) -> bool:
        gap = self.text[part.span.end : whole.span.start]
        area = whole.place is not None and whole.place.feature_class == "A"
        return area and _APPOSITION.fullmatch(gap) is not None

    def _inverted(self, first: Mention, second: Mention | None) -> Mention | None:
        return second if second and self._joined(first, _INVERTED, second) else None

    def _named_before(self) -> _Ends | None:
        """Return the two places of "from A to B is 40 miles" or of "A–B 40 miles"."""
        if len(self.before) < 2:
            return None
        first, second = self.before[-2:]
        gap = self.text[first.span.end : second.span.start]
        opening = self.text[self.sentence.start : first.span.start]
        paired = _PAIR.fullmatch(gap) and (_OPENS_PAIR.search(opening) or gap.strip() in "–—")
        near = _AFTER_PAIR.fullmatch(self.text, second.span.end, self.quantity.start)
        return _Ends(first, second) if paired and near else None

    def _joined(self, first: Mention, words: re.Pattern[str], second: Mention) -> bool:
        return words.fullmatch(self.text, first.span.end, second.span.start) is not None


def _same_place(a: Mention, b: Mention) -> bool:
    return a.place is not None and b.place is not None and a.place.id == b.place.id
