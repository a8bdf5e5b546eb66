"""Which time of the text a place belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.dates import TimeExpression, TimeRole
from mapper.model import Span, When
from mapper.visits import cues
from mapper.visits.scene import Scene, Sentence

__all__ = ["Dates"]

# A date after at most so many words opens its sentence.
OPENING_WORDS = 2
# At most so many characters may stand before a date that heads an entry.
HEAD_MARGIN = 40


class Dates:
    """The times of a text, given to places: one of their own sentence, or the heading's.

    Only a POINT dates what its clause tells; a DEADLINE ("reached Oslo by 22 July") does
    where nothing else dates an arrival.
    """

    def __init__(
        self, scene: Scene, times: Sequence[TimeExpression], routed: Sequence[Span]
    ) -> None:
        self._scene = scene
        self._routed = routed
        self._own: dict[int, list[TimeExpression]] = {}
        for time in times:
            sentence = scene.sentence_at(time.span.start)
            if sentence and sentence.span.contains(time.span):
                self._own.setdefault(sentence.span.start, []).append(time)
        points = [time for time in times if time.role is TimeRole.POINT]
        self._heads = [time.when for time in points if self._is_head(time.span)]

    def of(self, name: Span, sentence: Sentence, *, arrives: bool) -> When | None:
        """Return the time of a place of the journey, None where the text gives none."""
        own = self._own.get(sentence.span.start, [])
        points = [time for time in own if time.role is TimeRole.POINT]
        if points:
            return self._nearest(name, sentence, points)
        deadlines = [time for time in own if time.role is TimeRole.DEADLINE]
        if arrives and deadlines:
            return self._nearest(name, sentence, deadlines)
        return self._above(name)

    def _nearest(
        self, name: Span, sentence: Sentence, times: Sequence[TimeExpression]
    ) -> When | None:
        fit = [time for time in times if self._reaches(name, sentence, time.span)]
        best = min(fit, key=lambda time: _gap(name, time.span), default=None)
        return best.when if best else None

    def _above(self, name: Span) -> When | None:
        above = [when for when in self._heads if _expression(when).end <= name.start]
        return above[-1] if above else None

    def _reaches(self, name: Span, sentence: Sentence, time: Span) -> bool:
        """Whether a date of the sentence reaches a place past other places of the journey.

        A date that opens the sentence holds for all of it.
        """
        part = self._part(sentence.span, time)
        opens = len(self._scene.text[sentence.span.start : time.start].split()) <= OPENING_WORDS
        if opens or part.contains(name):
            return True
        return not any(part.contains(other) for other in self._routed)

    def _part(self, sentence: Span, time: Span) -> Span:
        """Return the part of the sentence around a date, cut where a new statement begins."""
        text = self._scene.text
        edges = [found.start() for found in cues.TIME_EDGE.finditer(text, *_bounds(sentence, time))]
        start = max((edge for edge in edges if edge <= time.start), default=sentence.start)
        end = min((edge for edge in edges if edge >= time.end), default=sentence.end)
        return Span(start, end)

    def _is_head(self, time: Span) -> bool:
        """Whether a date stands over what follows: at the head of an entry of a diary."""
        text = self._scene.text
        before = text[max(0, time.start - HEAD_MARGIN) : time.start]
        line = before[before.rfind("\n") + 1 :]
        above = before[: len(before) - len(line)]
        opens = not line.strip(" \t*#_—–-") and (
            not above.strip() or bool(cues.BLANK.search(above))
        )
        return opens and bool(cues.HEAD_END.match(text, time.end))


def _expression(when: When) -> Span:
    return when.expression or Span(0, 0)


def _bounds(sentence: Span, time: Span, reach: int = 400) -> tuple[int, int]:
    return max(sentence.start, time.start - reach), min(sentence.end, time.end + reach)


def _gap(left: Span, right: Span) -> int:
    return max(left.start, right.start) - min(left.end, right.end)
