"""Whose journey it is, and what each named place is to it.

A place counts as visited only where words say so. For each mention, in this order:

1. *Frame*: the words that touch the name rule a visit out ("Moscow denied",
   "13 miles from Phoenix") or make it a step of an itinerary ("Day 3: Cusco").
2. *Governor*: the verb or noun of motion or presence that the name hangs on.
3. *Modality*: that verb is negated, merely possible, or still to come.
4. *Subject*: somebody else than the traveller does it.

A name without a governor takes over from the one before it in a list.

::

    verbs.py     the verbs and nouns, in all their forms
    cues.py      the other words that decide
    scene.py     sentences as tokens, each place name one of them
    frame.py     1    governor.py  2    modality.py  3    subject.py  4
    times.py     which time of the text a place belongs to
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import NamedTuple

from mapper.dates import TimeExpression
from mapper.model import Document, Mention, SectionKind, Span, VisitStatus
from mapper.visits import cues
from mapper.visits.frame import framed_in, framed_out
from mapper.visits.governor import Found, find, find_in_list
from mapper.visits.modality import doubt
from mapper.visits.scene import Scene, Sentence
from mapper.visits.subject import Lead, find_lead, is_travellers
from mapper.visits.times import Dates
from mapper.visits.verbs import Form, Kind

__all__ = ["judge", "traveller"]


# A text in which nobody is seen to travel tells a journey if so many of its places are listed.
LEAST_LISTED = 2
# … or if so large a share of them is told as visited.
TOLD_SHARE = 0.5


class _Verdict(NamedTuple):
    """The status of a mention, the words that say so, and the governor if it has one."""

    status: VisitStatus
    cue: Span | None = None
    found: Found | None = None


_TALK = _Verdict(VisitStatus.MENTIONED)


def traveller(document: Document, mentions: Sequence[Mention]) -> str | None:
    """Return whose journey the text tells, as the text names them, or None.

    "first person" stands for a writer who travels. A person is the traveller who is
    most often the subject of a verb of motion or presence beside a place.
    """
    lead = _lead(Scene(document, mentions))
    return lead.name if lead else None


def judge(
    document: Document, mentions: Sequence[Mention], times: Sequence[TimeExpression]
) -> tuple[Mention, ...]:
    """Return the mentions, in the same order, with status, cue and time.

    `mentions` come in text order. Only places that belong to the journey get a time:
    one of their own sentence, or of the dated heading that they stand under.
    """
    scene = Scene(document, mentions)
    lead = _lead(scene)
    verdicts = _verdicts(scene, lead)
    dates = Dates(scene, times, _routed(scene, verdicts))
    verdicts = [_ahead(scene, i, verdict, dates) for i, verdict in enumerate(verdicts)]
    verdicts = _fulfilled(scene, verdicts)
    dates = Dates(scene, times, _routed(scene, verdicts))
    judged = tuple(_judged(scene, i, verdict, dates) for i, verdict in enumerate(verdicts))
    travels = lead or _is_listed(judged, verdicts) or _is_about_travel(judged)
    return judged if travels else tuple(map(_unvisited, judged))


def _is_listed(mentions: Sequence[Mention], verdicts: Sequence[_Verdict]) -> bool:
    """Whether the places of a journey without a traveller have dates, or are steps of a list."""
    listed = {
        mention.toponym.normalized
        for mention, verdict in zip(mentions, verdicts, strict=True)
        if mention.when or (verdict.cue and verdict.status.on_route and not verdict.found)
    }
    return len(listed) >= LEAST_LISTED


def _is_about_travel(mentions: Sequence[Mention]) -> bool:
    """Whether most of the places of a text are told as places of a journey."""
    names = {mention.toponym.normalized for mention in mentions}
    told = {m.toponym.normalized for m in mentions if m.status is not VisitStatus.MENTIONED}
    return len(told) >= TOLD_SHARE * len(names)


def _unvisited(mention: Mention) -> Mention:
    """Return a place as one that nobody is told to have been to."""
    if mention.status is VisitStatus.MENTIONED:
        return mention
    return dataclasses.replace(mention, status=VisitStatus.MENTIONED, cue=None, when=None)


def _routed(scene: Scene, verdicts: Sequence[_Verdict]) -> list[Span]:
    return [
        mention.span
        for mention, verdict in zip(scene.mentions, verdicts, strict=True)
        if verdict.status is not VisitStatus.MENTIONED
    ]


def _judged(scene: Scene, index: int, verdict: _Verdict, dates: Dates) -> Mention:
    mention, when = scene.mentions[index], None
    if verdict.status is not VisitStatus.MENTIONED:
        when = dates.of(mention.span, scene.position(index)[0], verdict.found)
    return dataclasses.replace(mention, status=verdict.status, cue=verdict.cue, when=when)


def _lead(scene: Scene) -> Lead | None:
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


def _verdicts(scene: Scene, lead: Lead | None) -> list[_Verdict]:
    """Return the verdict of each mention; a list shares that of its first name."""
    verdicts: list[_Verdict] = []
    for index in range(len(scene.mentions)):
        verdicts.append(
            _verdict(scene, index, lead)
            or _from_list(scene, index, verdicts)
            or _in_list(scene, index, lead)
        )
    return verdicts


def _verdict(scene: Scene, index: int, lead: Lead | None) -> _Verdict | None:
    """Return what the words around say, or None where they say nothing."""
    if _is_beside_the_story(scene, index):
        return _TALK
    sentence, position = scene.position(index)
    out = framed_out(scene, sentence, position)
    if out:
        return _Verdict(VisitStatus.MENTIONED, out)
    found = find(sentence, position)
    if found is None:
        step = framed_in(scene, sentence, position)
        return _Verdict(*step) if step else None
    return _weighed(scene, sentence, found, lead)


def _weighed(scene: Scene, sentence: Sentence, found: Found, lead: Lead | None) -> _Verdict:
    if not is_travellers(scene, sentence, found, lead):
        return _TALK
    doubted = doubt(scene, sentence, found)
    if doubted:
        return _Verdict(*doubted, found)
    passed = found.kind is Kind.PASS
    status = VisitStatus.PASSED if passed else VisitStatus.VISITED
    return _Verdict(status, found.span, found)


def _from_list(scene: Scene, index: int, verdicts: Sequence[_Verdict]) -> _Verdict | None:
    if index == 0:
        return None
    start, end = scene.mentions[index - 1].span.end, scene.mentions[index].span.start
    return verdicts[index - 1] if cues.LIST_GAP.fullmatch(scene.text, start, end) else None


def _in_list(scene: Scene, index: int, lead: Lead | None) -> _Verdict:
    """Return the verdict of a list in which no known place stands before this one."""
    sentence, position = scene.position(index)
    found = find_in_list(sentence, position)
    return _weighed(scene, sentence, found, lead) if found else _TALK


def _ahead(scene: Scene, index: int, verdict: _Verdict, dates: Dates) -> _Verdict:
    """Turn a visit told in the present tense with a date to come into a plan."""
    if verdict.status is not VisitStatus.VISITED:
        return verdict
    if verdict.found and verdict.found.word.form is Form.PAST:
        return verdict
    if dates.is_ahead(scene.mentions[index].span, scene.position(index)[0]):
        return verdict._replace(status=VisitStatus.PLANNED)
    return verdict


def _fulfilled(scene: Scene, verdicts: Sequence[_Verdict]) -> list[_Verdict]:
    """Leave out the plans of the past ("planned to visit") that the text tells the outcome of."""
    told = {
        mention.toponym.normalized: index
        for index, (mention, verdict) in enumerate(zip(scene.mentions, verdicts, strict=True))
        if verdict.status.on_route
    }
    return [
        _TALK
        if _is_past_plan(scene, verdict)
        and told.get(scene.mentions[index].toponym.normalized, -1) > index
        else verdict
        for index, verdict in enumerate(verdicts)
    ]


def _is_past_plan(scene: Scene, verdict: _Verdict) -> bool:
    if verdict.status is not VisitStatus.PLANNED or verdict.cue is None:
        return False
    return verdict.cue.of(scene.text).lower() in cues.PAST_PLANS
