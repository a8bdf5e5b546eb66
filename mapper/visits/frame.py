"""What rules a visit out, or in, without a verb: the words that touch the name."""

from __future__ import annotations

from mapper.model import Span, VisitStatus
from mapper.visits import cues
from mapper.visits.governor import governor_at
from mapper.visits.scene import Scene, Sentence
from mapper.visits.verbs import GOVERNORS, Kind

__all__ = ["framed_in", "framed_out", "preposition_of"]

# So much text after a name is looked at, in characters, and so much before it.
AFTER = 100
BEFORE = 80
# A longer line before a name is no heading of a day.
LONGEST_HEAD = 120
# A verb so few words before "officials in" tells what was done there.
GROUP_REACH = 6
_AFTER = (cues.SPEAKS, cues.CANCELLED, cues.ATTRIBUTE)
# "US", "U.K.", "UAE".
LONGEST_INITIALS = 3
_NO_NOUN = (
    cues.PREPOSITIONS | cues.CONJUNCTIONS | cues.CLAUSE_OPENERS | cues.AUXILIARIES | cues.MODALS
)
# Words that may stand between a distance and its "from": "13 miles by road north-east from".
DISTANCE_REACH = 7


def framed_out(scene: Scene, sentence: Sentence, index: int) -> Span | None:
    """Return the words that make the place talk, if any."""
    return (
        _said_after(scene, sentence, index)
        or _attributed(sentence, index)
        or _held_before(sentence, index)
        or _far_from(sentence, index)
    )


def _said_after(scene: Scene, sentence: Sentence, index: int) -> Span | None:
    end = sentence.tokens[index].span.end
    edge = min(sentence.span.end, end + AFTER)
    found = next(
        filter(None, (p.match(scene.text, end, edge) for p in _AFTER)),
        None,
    )
    if found is None and preposition_of(sentence, index) not in cues.PLACE_PREPOSITIONS:
        before = GOVERNORS.get(sentence.lower(index - 1))
        if not (before and before.direct):
            found = cues.NO_VISIT_AFTER.match(scene.text, end, edge)
    return Span(*found.span()) if found else None


def _attributed(sentence: Sentence, index: int) -> Span | None:
    """Return the noun behind initials that only say whose it is: "visited U.S. air bases"."""
    name, after = sentence.tokens[index].text.replace(".", ""), sentence.lower(index + 1)
    initials = name.isupper() and len(name) <= LONGEST_INITIALS
    if not (initials and after.isalpha()) or after in _NO_NOUN or after.endswith("ly"):
        return None
    behind = sentence.tokens[index + 1]
    return behind.span if behind.text.islower() else None


def preposition_of(sentence: Sentence, index: int) -> str:
    """Return the preposition before the name, past articles and adjectives, or nothing."""
    found = sentence.lower(_preposition_index(sentence, index))
    return found if found in cues.PREPOSITIONS else ""


def _preposition_index(sentence: Sentence, index: int) -> int:
    i = index - 1
    while i > index - 4 and (token := sentence.lower(i)):
        if token in cues.PREPOSITIONS or not token[0].isalpha() or token in GOVERNORS:
            break
        i -= 1
    return i


def _held_before(sentence: Sentence, index: int) -> Span | None:
    """Return "officials in", "born in", "bound for" before the name."""
    i = _preposition_index(sentence, index)
    if sentence.lower(i) not in cues.PREPOSITIONS:
        return None
    holder = sentence.lower(i - 1)
    if holder in cues.BORN or holder in cues.EVENTS or _belongs(sentence, i, holder):
        return Span(sentence.tokens[i - 1].span.start, sentence.tokens[i].span.end)
    if holder == "headed" and sentence.lower(i - 2) in ("is", "was", "are", "were", "be"):
        return Span(sentence.tokens[i - 1].span.start, sentence.tokens[i].span.end)
    if sentence.lower(i) in ("for", "to", "towards", "toward") and holder in cues.BOUND:
        return Span(sentence.tokens[i - 1].span.start, sentence.tokens[i].span.end)
    return None


def _belongs(sentence: Sentence, preposition: int, holder: str) -> bool:
    """Whether "officials in" are at home there, and nobody spoke to them there."""
    if holder == "way":
        return sentence.lower(preposition - 3) == "on"
    if holder not in cues.GROUPS:
        return False
    if sentence.lower(preposition) not in ("in", "at"):
        return True
    before = range(max(0, preposition - 1 - GROUP_REACH), preposition - 1)
    return not any(governor_at(sentence, i) for i in before)


def _far_from(sentence: Sentence, index: int) -> Span | None:
    """Return "13 miles from" before the name, unless somebody goes these miles."""
    i = _preposition_index(sentence, index)
    if sentence.lower(i) not in ("from", "of", "to", "off"):
        return None
    for j in range(i - 1, max(-1, i - 1 - DISTANCE_REACH), -1):
        if sentence.lower(j) in cues.UNITS:
            return (
                None
                if _is_gone(sentence, j)
                else Span(sentence.tokens[j].span.start, sentence.tokens[i].span.end)
            )
        if sentence.lower(j) not in cues.BETWEEN_UNIT_AND_FROM:
            return None
    return None


def _is_gone(sentence: Sentence, unit: int) -> bool:
    """Whether a verb of motion stands right before the distance."""
    for i in range(unit - 1, max(-1, unit - 5), -1):
        word = GOVERNORS.get(sentence.lower(i))
        if word:
            return word.kind is Kind.ARRIVE and not word.noun
    return False


def framed_in(scene: Scene, sentence: Sentence, index: int) -> tuple[VisitStatus, Span] | None:
    """Return the status of a step of an itinerary: "Day 3: Cusco", "Oslo → Lima", "On to Lima"."""
    name = sentence.tokens[index].span
    line = max(scene.text.rfind("\n", 0, name.start) + 1, name.start - LONGEST_HEAD)
    head = cues.DAY_HEAD.fullmatch(scene.text, line, name.start)
    if head and any(char.isdigit() or char.isalpha() for char in head[0]):
        return VisitStatus.VISITED, Span(*head.span())
    before = scene.text[max(sentence.span.start, name.start - BEFORE) : name.start]
    for pattern in (cues.STEP, cues.IS_STOP):
        found = pattern.search(before)
        if found:
            return VisitStatus.VISITED, Span(name.start - len(before) + found.start(), name.start)
    expected = cues.EXPECTED.search(before)
    if expected:
        return VisitStatus.PLANNED, Span(name.start - len(before) + expected.start(), name.start)
    if scene.text[name.end : name.end + 1] == "," and cues.AFTER.search(before):
        return VisitStatus.VISITED, Span(name.start - len(before.split()[-1]) - 1, name.start)
    stop = cues.WAS_STOP.match(scene.text, name.end, min(sentence.span.end, name.end + AFTER))
    if stop:
        status = VisitStatus.PLANNED if stop["ahead"] else VisitStatus.VISITED
        return status, Span(*stop.span())
    arrow = cues.ARROW.match(scene.text, name.end, min(sentence.span.end, name.end + 8))
    return (VisitStatus.VISITED, Span(*arrow.span())) if arrow else None
