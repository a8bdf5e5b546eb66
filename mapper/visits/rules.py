"""What the rules of the language say of each place: whether it was visited, and which words say so.

For each mention, in this order:

1. *Frame*: the words that touch the name rule a visit out ("Moscow denied",
   "13 miles from Phoenix") or make it a step of an itinerary ("Day 3: Cusco").
2. *Governor*: the verb or noun of motion or presence that the name hangs on.
3. *Modality*: that verb is negated, merely possible, or still to come.
4. *Subject*: somebody else than the traveller does it.

A name without a governor takes over from the one before it in a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mapper.model import SectionKind, Span, VisitStatus
from mapper.visits import cues
from mapper.visits.frame import framed_in, framed_out
from mapper.visits.governor import Found, find, find_behind, find_in_list
from mapper.visits.modality import doubt
from mapper.visits.scene import Scene, Sentence
from mapper.visits.subject import Lead, Who, find_lead, is_travellers, subject_of
from mapper.visits.verbs import Kind

__all__ = ["TALK", "Verdict", "by_rules", "lead_of"]


class Verdict(NamedTuple):
    """The status of a mention, the words that say so, and the governor if it has one."""

    status: VisitStatus
    cue: Span | None = None
    found: Found | None = None


TALK = Verdict(VisitStatus.MENTIONED)


def lead_of(scene: Scene) -> Lead | None:
    """Return whose journey a text tells, if anybody's."""
    governed = []
    for index in range(len(scene.mentions)):
        sentence, position = scene.position(index)
        if _is_beside_the_story(scene, index) or framed_out(scene, sentence, position):
            continue
        found = find(sentence, position)
        if found:
            governed.append((sentence, found))
    return find_lead(scene, governed)


def _is_beside_the_story(scene: Scene, index: int) -> bool:
    section = scene.section_at(scene.mentions[index].span.start)
    return section is not None and section.kind in (SectionKind.DATELINE, SectionKind.CREDIT)


def by_rules(scene: Scene, lead: Lead | None) -> list[Verdict]:
    """Return the verdict of each mention; a list shares that of its first name."""
    verdicts: list[Verdict] = []
    for index in range(len(scene.mentions)):
        verdicts.append(
            _verdict(scene, index, lead)
            or _from_list(scene, index, verdicts)
            or _in_list(scene, index, lead)
        )
    return verdicts


def _verdict(scene: Scene, index: int, lead: Lead | None) -> Verdict | None:
    """Return what the words around say, or None where they say nothing."""
    if _is_beside_the_story(scene, index):
        return TALK
    sentence, position = scene.position(index)
    out = framed_out(scene, sentence, position)
    if out:
        return Verdict(VisitStatus.MENTIONED, out)
    found = find(sentence, position)
    if found is None or found.word.lemma in ("", "be"):
        step = framed_in(scene, sentence, position)
        if step or found is None:
            return Verdict(*step) if step else _behind(scene, sentence, position, lead)
    return _by_governor(scene, sentence, found, lead)


def _behind(scene: Scene, sentence: Sentence, position: int, lead: Lead | None) -> Verdict | None:
    """Return the verdict of "Fiji, where they met …", if that is one on a visit."""
    found = find_behind(sentence, position)
    verdict = _by_governor(scene, sentence, found, lead) if found else TALK
    return verdict if verdict.status is not VisitStatus.MENTIONED else None


def _by_governor(scene: Scene, sentence: Sentence, found: Found, lead: Lead | None) -> Verdict:
    if not is_travellers(scene, sentence, found, lead):
        # Somebody else goes there: the words are clear, and nothing is left to weigh.
        another = found.kind is not Kind.ACT and subject_of(sentence, found).who is Who.NAMED
        return TALK._replace(found=found) if another else TALK
    doubted = doubt(scene, sentence, found)
    if doubted:
        return Verdict(*doubted, found)
    passed = found.kind is Kind.PASS
    status = VisitStatus.PASSED if passed else VisitStatus.VISITED
    return Verdict(status, found.span, found)


def _from_list(scene: Scene, index: int, verdicts: Sequence[Verdict]) -> Verdict | None:
    if index == 0:
        return None
    start, end = scene.mentions[index - 1].span.end, scene.mentions[index].span.start
    return verdicts[index - 1] if cues.LIST_GAP.fullmatch(scene.text, start, end) else None


def _in_list(scene: Scene, index: int, lead: Lead | None) -> Verdict:
    """Return the verdict of a list in which no known place stands before this one."""
    sentence, position = scene.position(index)
    found = find_in_list(sentence, position)
    return _by_governor(scene, sentence, found, lead) if found else TALK
