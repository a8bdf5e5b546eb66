"""Which time of the text a place belongs to."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from mapper.dates import TimeExpression, TimeRole
from mapper.model import Span, When
from mapper.visits import cues
from mapper.visits.governor import Found
from mapper.visits.scene import Scene, Sentence
from mapper.visits.verbs import Kind

__all__ = ["Dates"]

# A date after at most so many words opens its sentence.
OPENING_WORDS = 2
# A date and what it dates stand within so many characters: a long sentence of English prose.
REACH = 400
# At most so many characters may stand before a date that heads an entry.
HEAD_MARGIN = 40
# The edge of a period dates the place where it lies: "the tour began on 5 March in".
_EDGES = {
    **dict.fromkeys(("begin", "start", "open", "launch"), TimeRole.BEGINNING),
    **dict.fromkeys(("end", "finish"), TimeRole.END),
}


class Dates:
    """The times of a text, given to places: one of their own sentence, or the heading's.

    Only a POINT dates what its clause tells; a BEGINNING or END does for what begins or
    ends there, a DEADLINE ("reached Oslo by 22 July") where nothing else dates an arrival.
    """

    def __init__(
        self, scene: Scene, times: Sequence[TimeExpression], routed: Sequence[Span]
    ) -> None:
        self._scene = scene
        self._routed = routed
        self._routed_starts = [span.start for span in routed]
        self._own: dict[int, list[TimeExpression]] = {}
        for time in times:
            sentence = scene.sentence_at(time.span.start)
            if sentence and sentence.span.contains(time.span):
                self._own.setdefault(sentence.span.start, []).append(time)
        points = [time for time in times if time.role is TimeRole.POINT]
        self._heads = [time.when for time in points if self._is_head(time.span)]

    def of(self, name: Span, sentence: Sentence, found: Found | None) -> When | None:
        """Return the time of a place of the journey, None where the text gives none.

        `found` is what the place hangs on.
        """
        near = self._told_near(name, sentence)
        edge = _EDGES.get(found.word.lemma) if found else None
        for roles in ((TimeRole.POINT, edge), (TimeRole.DEADLINE,) if _arrives(found) else ()):
            times = [time for time in near if time.role in roles]
            if times:
                return self._nearest(name, sentence, times)
        return self._above(name)

    def is_ahead(self, name: Span, sentence: Sentence) -> bool:
        """Whether the times told with a place, of whatever role, are all still to come."""
        near = self._told_near(name, sentence)
        told = [time.future for time in near if self._reaches(name, sentence, time.span)]
        return bool(told) and all(told)

    def _told_near(self, name: Span, sentence: Sentence) -> list[TimeExpression]:
        """Return the times around a place in its sentence, and the one that may open it."""
        own = self._own.get(sentence.span.start, [])
        first = bisect.bisect_left(own, name.start - REACH, key=_start)
        last = bisect.bisect_right(own, name.end + REACH, key=_start)
        return [*own[: min(first, 1)], *own[first:last]]

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

        A date that opens the sentence holds until the next date; one within what somebody
        says or hopes, only for that.
        """
        claims = [found.end() for found in self._edges(cues.CLAIM_EDGE, sentence.span, time)]
        if any(name.start < claim <= time.start for claim in claims):
            return False
        part = self._part(sentence.span, time)
        if cues.RELATIVE_EDGE.match(self._scene.text, part.start):
            # "Oslo, where on Sunday she had met …": the date is that of the place right before.
            between = (name.end, part.start)
            held = name.end <= part.start and cues.CONTAINER.fullmatch(self._scene.text, *between)
            return part.contains(name) or bool(held)
        before = self._scene.text[sentence.span.start : time.start]
        opens = len(before.split(maxsplit=OPENING_WORDS)) <= OPENING_WORDS
        earlier = cues.EARLIER.search(self._scene.text, time.end, max(time.end, name.start))
        opens = opens and not earlier and not self._is_superseded(sentence.span, time, name)
        if part.contains(name) or opens:
            return True
        following = bisect.bisect_left(self._routed_starts, part.start)
        return not any(part.contains(other) for other in self._routed[following : following + 1])

    def _is_superseded(self, sentence: Span, time: Span, name: Span) -> bool:
        """Whether another date stands between a date and a place that follows it."""
        own = self._own.get(sentence.start, [])
        return any(time.end <= it.span.start < name.start for it in own)

    def _part(self, sentence: Span, time: Span) -> Span:
        """Return the part of the sentence around a date, cut where a new statement begins."""
        edges = [found.start() for found in self._edges(cues.TIME_EDGE, sentence, time)]
        start = max((edge for edge in edges if edge <= time.start), default=sentence.start)
        end = min((edge for edge in edges if edge >= time.end), default=sentence.end)
        return Span(start, end)

    def _edges(self, edge: re.Pattern[str], sentence: Span, time: Span) -> Iterator[re.Match[str]]:
        return edge.finditer(self._scene.text, *_bounds(sentence, time))

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


def _start(time: TimeExpression) -> int:
    return time.span.start


def _arrives(found: Found | None) -> bool:
    return found is not None and found.kind is Kind.ARRIVE


def _expression(when: When) -> Span:
    return when.expression or Span(0, 0)


def _bounds(sentence: Span, time: Span) -> tuple[int, int]:
    return max(sentence.start, time.start - REACH), min(sentence.end, time.end + REACH)


def _gap(left: Span, right: Span) -> int:
    return max(left.start, right.start) - min(left.end, right.end)
