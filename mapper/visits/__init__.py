"""Whose journey it is, and what each named place is to it.

A place counts as visited where words say so, or where much else speaks for it: the rules
of the language come first, and what they leave open is weighed.

::

    verbs.py     the verbs and nouns, in all their forms
    cues.py      the other words that decide
    scene.py     sentences as tokens, each place name one of them
    frame.py, governor.py, modality.py, subject.py
                 what the rules look at, one after the other
    rules.py     what they make of it
    evidence.py  what else speaks for a visit
    weigh.py     what that comes to
    times.py     which time of the text a place belongs to
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from mapper.dates import TimeExpression
from mapper.model import Document, Mention, Span, VisitStatus
from mapper.visits import cues
from mapper.visits.evidence import Evidence
from mapper.visits.rules import TALK, Verdict, by_rules, lead_of
from mapper.visits.scene import Scene
from mapper.visits.subject import Lead, Who, lead_named, subject_of
from mapper.visits.times import Dates
from mapper.visits.verbs import Form, Kind
from mapper.visits.weigh import Weights, weighed

__all__ = ["Weights", "evidence", "judge", "traveller"]

# A text in which nobody is seen to travel tells a journey if so many of its places are listed.
LEAST_LISTED = 2
# … or if so large a share of them is told as visited.
TOLD_SHARE = 0.5


def traveller(
    document: Document, mentions: Sequence[Mention], *, name: str | None = None
) -> str | None:
    """Return whose journey the text tells, as the text names them, or None.

    "first person" stands for a writer who travels. A person is the traveller who is
    most often the subject of a verb of motion or presence beside a place, unless `name`
    says who it is.

    Raises
    ------
    InputError
        The text has nobody of that name.
    """
    lead = _lead(Scene(document, mentions), name)
    return lead.name if lead else None


def judge(
    document: Document,
    mentions: Sequence[Mention],
    times: Sequence[TimeExpression],
    *,
    traveller: str | None = None,
    weights: Weights | None = None,
) -> tuple[Mention, ...]:
    """Return the mentions, in the same order, with status, cue and time.

    `mentions` come in text order. Only places that belong to the journey get a time:
    one of their own sentence, or of the dated heading that they stand under.
    `traveller` is a name out of the text, or "first person"; by default whoever travels
    most. `weights` are those inside the package by default.

    Raises
    ------
    InputError
        The text has nobody of that name.
    """
    scene = Scene(document, mentions)
    lead = _lead(scene, traveller)
    verdicts = by_rules(scene, lead)
    considered = Evidence(scene, verdicts, lead, times)
    verdicts = weighed(scene, verdicts, considered, weights or Weights.open())
    dates = Dates(scene, times, _routed(scene, verdicts))
    verdicts = [_ahead(scene, i, verdict, dates) for i, verdict in enumerate(verdicts)]
    verdicts = _fulfilled(scene, verdicts)
    dates = Dates(scene, times, _routed(scene, verdicts))
    judged = tuple(_judged(scene, i, verdict, dates) for i, verdict in enumerate(verdicts))
    travels = (
        (lead is not None and (lead.sure or _places_told(judged) > 1))
        or _writer_goes(scene, verdicts)
        or _is_listed(judged, verdicts)
        or _is_about_travel(judged)
    )
    return judged if travels else tuple(map(_unvisited, judged))


def evidence(
    document: Document,
    mentions: Sequence[Mention],
    times: Sequence[TimeExpression],
    *,
    traveller: str | None = None,
) -> list[frozenset[str]]:
    """Return for each mention what speaks for and against a visit, as `Weights` know it.

    Parameters as in `judge`.
    """
    scene = Scene(document, mentions)
    lead = _lead(scene, traveller)
    considered = Evidence(scene, by_rules(scene, lead), lead, times)
    return [considered.of(index) for index in range(len(mentions))]


def _lead(scene: Scene, name: str | None) -> Lead | None:
    return lead_of(scene) if name is None else lead_named(scene, name)


def _writer_goes(scene: Scene, verdicts: Sequence[Verdict]) -> bool:
    """Whether the writer is told to have come to a place: once is enough."""
    return any(
        verdict.status is VisitStatus.VISITED
        and verdict.found is not None
        and verdict.found.kind is Kind.ARRIVE
        and subject_of(scene.position(index)[0], verdict.found).who is Who.FIRST
        for index, verdict in enumerate(verdicts)
    )


def _is_listed(mentions: Sequence[Mention], verdicts: Sequence[Verdict]) -> bool:
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
    return _places_told(mentions) >= TOLD_SHARE * len(names)


def _places_told(mentions: Iterable[Mention]) -> int:
    """Return how many places are told as places of a journey."""
    return len({m.toponym.normalized for m in mentions if m.status is not VisitStatus.MENTIONED})


def _unvisited(mention: Mention) -> Mention:
    """Return a place as one that nobody is told to have been to."""
    if mention.status is VisitStatus.MENTIONED:
        return mention
    return dataclasses.replace(mention, status=VisitStatus.MENTIONED, cue=None, when=None)


def _routed(scene: Scene, verdicts: Sequence[Verdict]) -> list[Span]:
    return [
        mention.span
        for mention, verdict in zip(scene.mentions, verdicts, strict=True)
        if verdict.status is not VisitStatus.MENTIONED
    ]


def _judged(scene: Scene, index: int, verdict: Verdict, dates: Dates) -> Mention:
    mention, when = scene.mentions[index], None
    if verdict.status is not VisitStatus.MENTIONED:
        when = dates.of(mention.span, scene.position(index)[0], verdict.found)
    return dataclasses.replace(mention, status=verdict.status, cue=verdict.cue, when=when)


def _ahead(scene: Scene, index: int, verdict: Verdict, dates: Dates) -> Verdict:
    """Turn a visit told in the present tense with a date to come into a plan."""
    if verdict.status is not VisitStatus.VISITED or _is_past(verdict):
        return verdict
    if dates.is_ahead(scene.mentions[index].span, scene.position(index)[0]):
        return verdict._replace(status=VisitStatus.PLANNED)
    return verdict


def _is_past(verdict: Verdict) -> bool:
    return verdict.found is not None and verdict.found.word.form is Form.PAST


def _fulfilled(scene: Scene, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Leave out the plans of the past ("planned to visit") that the text tells the outcome of."""
    told = {
        mention.toponym.normalized: index
        for index, (mention, verdict) in enumerate(zip(scene.mentions, verdicts, strict=True))
        if verdict.status.on_route
    }
    return [
        TALK
        if _is_past_plan(scene, verdict)
        and told.get(scene.mentions[index].toponym.normalized, -1) > index
        else verdict
        for index, verdict in enumerate(verdicts)
    ]


def _is_past_plan(scene: Scene, verdict: Verdict) -> bool:
    if verdict.status is not VisitStatus.PLANNED or verdict.cue is None:
        return False
    return verdict.cue.of(scene.text).lower() in cues.PAST_PLANS
