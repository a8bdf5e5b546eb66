"""What speaks for a place being on the journey, and against it, beyond the rules.

All that is known of a mention is put as short strings, its *evidence*: what the rules make
of it and of its neighbours, the words around it, what kind of place it is, and how much
the text tells of travel. `weigh` has learnt what each is worth.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from mapper.dates import TimeExpression
from mapper.model import Mention, Place, VisitStatus
from mapper.visits import cues
from mapper.visits.frame import framed_out, preposition_of
from mapper.visits.governor import find
from mapper.visits.rules import Verdict
from mapper.visits.scene import Scene, Sentence
from mapper.visits.subject import Lead, is_travellers
from mapper.visits.verbs import GOVERNORS, Kind

__all__ = ["Evidence", "place_key"]

# Where one amount is told from the next: shares of a text's places that the rules put on the
# journey, verbs of motion in a thousand characters, mentions of one place.
SHARES = (0.05, 0.15, 0.3, 0.5, 0.7)
MOTIONS = (0.7, 1.5, 2.6, 4.0)
MENTIONS = (2, 3, 5)
MOST_VISITS = 2
_MOTION = frozenset({Kind.ARRIVE, Kind.DEPART, Kind.PASS})
# Places of these codes are told apart from others of their class.
_CODES = frozenset({"CONT", "OCN", "SEA", "RGN", "RGNH", "STM"})
_MARKS = frozenset(",(-–—:")
_SIGNS = frozenset(",.;:()'’-")


class Evidence:
    """A text's mentions with what the rules make of them."""

    def __init__(
        self,
        scene: Scene,
        verdicts: Sequence[Verdict],
        lead: Lead | None,
        times: Sequence[TimeExpression],
    ) -> None:
        self._scene, self._verdicts, self._lead = scene, verdicts, lead
        self._dated = [time.span.start for time in times]
        keys = list(map(place_key, scene.mentions))
        self._told = Counter(keys)
        self._visits = Counter(
            key for key, verdict in zip(keys, verdicts, strict=True) if _is_told(verdict)
        )
        self._stops = self._stops_by_country()
        self._of_text = tuple(self._about_the_text())

    def of(self, index: int) -> frozenset[str]:
        """Return the evidence of a mention."""
        mention, (sentence, position) = self._scene.mentions[index], self._scene.position(index)
        return frozenset(
            [
                *self._of_text,
                *self._of_rules(index, sentence, position),
                *self._of_neighbours(index, sentence),
                *self._of_words(mention, sentence, position),
                *self._of_place(mention, _is_told(self._verdicts[index])),
            ]
        )

    def _about_the_text(self) -> Iterator[str]:
        told = sum(map(_is_told, self._verdicts))
        yield f"share {bisect.bisect(SHARES, told / max(len(self._verdicts), 1))}"
        moves = sum(map(_moves, self._scene.sentences))
        yield f"motion {bisect.bisect(MOTIONS, 1000 * moves / max(len(self._scene.text), 1))}"
        lead = self._lead
        yield f"lead {'none' if lead is None else 'writes' if lead.writes else 'named'}"

    def _of_rules(self, index: int, sentence: Sentence, position: int) -> Iterator[str]:
        yield f"rule {self._verdicts[index].status}"
        if framed_out(self._scene, sentence, position):
            yield "framed out"
        found = find(sentence, position)
        if found is None:
            yield "no governor"
            return
        travels = is_travellers(self._scene, sentence, found, self._lead)
        yield f"kind {found.kind}"
        yield f"kind {found.kind} {'of the traveller' if travels else 'of another'}"

    def _of_neighbours(self, index: int, sentence: Sentence) -> Iterator[str]:
        text, mentions = self._scene.text, self._scene.mentions
        for side, name, other in (("before", "list", index - 1), ("after", "list on", index + 1)):
            if not 0 <= other < len(mentions):
                continue
            status = self._verdicts[other].status
            left, right = sorted((index, other))
            gap = mentions[left].span.end, mentions[right].span.start
            if cues.LIST_GAP.fullmatch(text, *gap):
                yield f"{name} {status}"
            if self._scene.position(other)[0] is sentence:
                yield f"beside {side} {status}"

    def _of_words(self, mention: Mention, sentence: Sentence, position: int) -> Iterator[str]:
        yield f"preposition {preposition_of(sentence, position) or 'none'}"
        before = sentence.lower(position - 1)
        word = before if before in _MARKS or before == "and" else "word" if before else "none"
        yield f"after {word}"
        sign = self._scene.text[mention.span.end : mention.span.end + 2].strip()[:1]
        yield f"before {sign if sign in _SIGNS and sign else 'word'}"
        first = bisect.bisect_left(self._dated, sentence.span.start)
        if first < bisect.bisect_left(self._dated, sentence.span.end):
            yield "date in the sentence"

    def _of_place(self, mention: Mention, told: bool) -> Iterator[str]:
        key = place_key(mention)
        yield f"mentions {bisect.bisect(MENTIONS, self._told[key])}"
        yield f"other visits {min(self._visits[key] - told, MOST_VISITS)}"
        place = mention.place
        if place is None:
            yield "no place"
            return
        yield f"class {place.feature_class}"
        if place.feature_class == "A" or place.feature_code in _CODES:
            yield f"code {place.feature_code}"
        if place.feature_class == "A" and self._stops[place.country_code] - {place.id}:
            yield "holds a stop"

    def _stops_by_country(self) -> dict[str, set[str]]:
        stops: dict[str, set[str]] = defaultdict(set)
        for mention, verdict in zip(self._scene.mentions, self._verdicts, strict=True):
            if mention.place and _is_told(verdict):
                stops[mention.place.country_code].add(mention.place.id)
        return stops


def place_key(mention: Mention) -> str:
    """Return what mentions of one place have in common."""
    place: Place | None = mention.place
    return place.id if place else mention.toponym.normalized.lower()


def _is_told(verdict: Verdict) -> bool:
    return verdict.status is not VisitStatus.MENTIONED


def _moves(sentence: Sentence) -> int:
    """Return how many words of motion a sentence has."""
    words = (GOVERNORS.get(token.lower) for token in sentence.tokens)
    return sum(word is not None and word.kind in _MOTION for word in words)
