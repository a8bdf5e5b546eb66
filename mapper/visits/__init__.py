"""Whose journey it is, and what each named place is to it.

A place counts as visited only where words say so. For each mention, in this order:

1. *Frame*: the words that touch the name rule a visit out ("Moscow denied",
   "13 miles from Phoenix", "the Oslo-based firm").
2. *Governor*: the verb or noun of motion or presence that the name hangs on.
3. *Modality*: that verb is negated, merely possible, or still to come.
4. *Subject*: somebody else than the traveller does it.

A name without a governor takes over from the one before it in a list.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mapper.dates import TimeExpression, TimeRole
from mapper.model import Document, Mention, Section, SectionKind, Span, VisitStatus, When
from mapper.text import sentences, words
from mapper.visits import cues

__all__ = ["judge", "traveller"]

# A verb further back than this, in words, no longer governs the name.
GOVERNOR_REACH = 14
# How far before its verb, in characters, "will" or "never" may stand.
MODALITY_REACH = 48
# From this many first-person subjects outside quotations on, the writer travels.
FIRST_PERSON_SUBJECTS = 3
FIRST_PERSON = "first person"
# More capitalised words than this in a row are a headline, not somebody's name.
LONGEST_NAME = 4
# A date after at most so many words opens its sentence.
OPENING_WORDS = 2
# An item of a list has at most so many words; more are a clause.
LONGEST_ITEM = 5


@dataclasses.dataclass(frozen=True, slots=True)
class _Verdict:
    status: VisitStatus
    cue: Span | None = None


_TALK = _Verdict(VisitStatus.MENTIONED)


@dataclasses.dataclass(frozen=True, slots=True)
class _Governor:
    """The word that a name hangs on, where it stands, and what it does."""

    span: Span
    kind: str


def traveller(document: Document, mentions: Sequence[Mention]) -> str | None:
    """Return whose journey the text tells, as the text names them, or None.

    "first person" stands for a writer who travels. A person is the traveller who is
    most often the subject of a verb of motion or presence beside a place.
    """
    scene = _Scene(document, mentions)
    return scene.lead.name if scene.lead else None


def judge(
    document: Document, mentions: Sequence[Mention], times: Sequence[TimeExpression]
) -> tuple[Mention, ...]:
    """Return the mentions, in the same order, with status, cue and time.

    Only places that belong to the journey get a time: one of their own sentence, or
    of the dated heading that they stand under.
    """
    scene = _Scene(document, mentions)
    verdicts = scene.verdicts()
    whens = _whens(scene, verdicts, times)
    return tuple(
        dataclasses.replace(mention, status=verdict.status, cue=verdict.cue, when=when)
        for mention, verdict, when in zip(mentions, verdicts, whens, strict=True)
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Lead:
    """The traveller: the name as first written, and the words of it."""

    name: str
    words: frozenset[str]


class _Scene:
    """The document cut into sentences, with the mentions in each."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self.document = document
        self.text = document.text
        self.mentions = mentions
        self.sentences = sentences(document.text, sections=document.sections)
        self._starts = [sentence.start for sentence in self.sentences]
        self._quotes = [Span(*found.span()) for found in cues.QUOTED.finditer(self.text)]
        self.lead = self._find_lead()

    def sentence(self, span: Span) -> Span:
        """Return the sentence that holds `span`."""
        index = bisect.bisect_right(self._starts, span.start) - 1
        return self.sentences[index] if index >= 0 else Span(0, len(self.text))

    def section(self, span: Span) -> Section | None:
        return self.document.section_at(span.start)

    def verdicts(self) -> list[_Verdict]:
        """Return status and cue of each mention; lists share those of their first name."""
        verdicts: list[_Verdict] = []
        for index, mention in enumerate(self.mentions):
            verdict = self._verdict(mention)
            if verdict is None:
                verdict = self._from_list(index, verdicts) or _TALK
            verdicts.append(verdict)
        return verdicts

    def _verdict(self, mention: Mention) -> _Verdict | None:
        """Return what the words around say, or None where they say nothing."""
        section = self.section(mention.span)
        if section and section.kind in (SectionKind.DATELINE, SectionKind.CREDIT):
            return _TALK
        sentence = self.sentence(mention.span)
        framed = self._framed_out(mention, sentence)
        if framed:
            return framed
        governor = self.governor(mention, sentence)
        if governor is None:
            return self._headed(mention, sentence)
        return self._weighed(mention, sentence, governor)

    def _weighed(self, mention: Mention, sentence: Span, governor: _Governor) -> _Verdict:
        doubt = self._modality(sentence, governor)
        if doubt:
            planned = doubt.status is VisitStatus.PLANNED
            return _TALK if planned and self._is_other(sentence, governor) else doubt
        if self._is_other(sentence, governor):
            return _TALK
        passed = governor.kind == "pass"
        return _Verdict(VisitStatus.PASSED if passed else VisitStatus.VISITED, governor.span)

    def _framed_out(self, mention: Mention, sentence: Span) -> _Verdict | None:
        before = self.text[sentence.start : mention.span.start]
        after = self.text[mention.span.end : sentence.end]
        denied = cues.SPEAKS.match(after) or cues.CANCELLED.match(after)
        if denied:
            return _Verdict(VisitStatus.MENTIONED, _moved(denied.span(), mention.span.end))
        ruled_out = cues.NO_VISIT_BEFORE.search(before)
        if ruled_out:
            return _Verdict(VisitStatus.MENTIONED, _moved(ruled_out.span(), sentence.start))
        located = cues.PREPOSITION.search(before)
        if located and located["prep"].lower() in cues.PLACE_PREPOSITIONS:
            return None
        follows = cues.NO_VISIT_AFTER.match(after)
        if follows and not cues.DIRECT.search(before.rstrip()):
            return _Verdict(VisitStatus.MENTIONED, _moved(follows.span(), mention.span.end))
        return None

    def governor(self, mention: Mention, sentence: Span) -> _Governor | None:
        """Return the verb or noun of motion or presence that the name hangs on."""
        before = self.text[sentence.start : mention.span.start]
        prep = self._preposition(before)
        if prep is None and not _is_object(before) and not _is_enumerated(before):
            return None
        found = self._left_governor(before, sentence.start, prep)
        if found or prep is None:
            return found
        return self._right_governor(mention, sentence, before)

    def _preposition(self, before: str) -> str | None:
        """Return the preposition of place before the name, past "the port city of"."""
        kind = cues.KIND_OF.search(before)
        found = (
            cues.OUTER.search(before[: kind.start()]) if kind else cues.PREPOSITION.search(before)
        )
        prep = found["prep"].lower() if found else None
        return prep if prep in cues.PLACE_PREPOSITIONS else None

    def _left_governor(self, before: str, offset: int, prep: str | None) -> _Governor | None:
        edge = max((found.end() for found in cues.CLAUSE_EDGE.finditer(before)), default=0)
        verbs = list(cues.GOVERNOR.finditer(before, edge))
        if not verbs or len(before[verbs[-1].end() :].split()) > GOVERNOR_REACH:
            return None
        found, kind = verbs[-1], str(verbs[-1].lastgroup)
        if prep == "from" and kind == "presence":
            return None
        return _Governor(_moved(found.span(), offset), "depart" if prep == "from" else kind)

    def _right_governor(self, mention: Mention, sentence: Span, before: str) -> _Governor | None:
        """Find the verb after a place that opens its clause: "At Oslo, she met …"."""
        opening = cues.PART_EDGE.split(before)[-1].split()
        if len(opening) > 6 or not opening or opening[0].lower() not in cues.PLACE_PREPOSITIONS:
            return None
        found = cues.GOVERNOR.search(self.text, mention.span.end, sentence.end)
        if not found or found.lastgroup == "pass":
            return None
        return _Governor(Span(*found.span()), "presence")

    def _modality(self, sentence: Span, governor: _Governor) -> _Verdict | None:
        """Return planned, or mentioned where the verb is denied or merely possible."""
        start = max(sentence.start, governor.span.start - MODALITY_REACH)
        before = self.text[start : governor.span.start]
        edge = max((found.end() for found in cues.PART_EDGE.finditer(before)), default=0)
        for pattern, status in (
            (cues.NEGATED, VisitStatus.MENTIONED),
            (cues.PLANNED, VisitStatus.PLANNED),
            (cues.POSSIBLE, VisitStatus.MENTIONED),
        ):
            found = pattern.search(before, edge)
            if found:
                return _Verdict(status, _moved(found.span(), start))
        return None

    def _is_other(self, sentence: Span, governor: _Governor) -> bool:
        """Whether somebody is named as the subject who is not the traveller."""
        if self.lead is None:
            return False
        subject = self._clause_start(sentence, governor)
        if self.lead.name == FIRST_PERSON:
            return self._is_not_the_writer(Span(subject, governor.span.start))
        names = set(self._names(Span(subject, governor.span.start)))
        if not names or names & self.lead.words:
            return False
        around = self.text[subject : sentence.end]
        named = set(self._names(Span(governor.span.start, sentence.end)))
        return not (named & self.lead.words or cues.PRONOUN.search(around))

    def _is_not_the_writer(self, subject: Span) -> bool:
        before = subject.of(self.text)
        return bool(cues.OTHERS.search(before)) and not cues.WRITER.search(before)

    def _clause_start(self, sentence: Span, governor: _Governor) -> int:
        """Return where the last part between commas begins that names somebody."""
        before = self.text[sentence.start : governor.span.start]
        edges = [sentence.start + found.end() for found in cues.PART_EDGE.finditer(before)]
        named = [e for e in edges if any(self._names(Span(e, governor.span.start)))]
        return named[-1] if named else sentence.start

    def _names(self, span: Span) -> Iterator[str]:
        """Yield the capitalised words in `span` that are no place and no common word."""
        for word in words(self.text, span):
            text = word.of(self.text)
            if (
                text[0].isupper()
                and text.lower() not in cues.NOT_A_NAME
                and not self._in_mention(word)
            ):
                yield text.lower()

    def _in_mention(self, word: Span) -> bool:
        return any(mention.span.overlaps(word) for mention in self.mentions)

    def _headed(self, mention: Mention, sentence: Span) -> _Verdict | None:
        """Take a place in a heading such as "Day 3: Cusco" for visited."""
        section = self.section(mention.span)
        if section and section.kind is SectionKind.HEADING:
            found = cues.DAY_HEAD.match(self.text, sentence.start)
            if found:
                return _Verdict(VisitStatus.VISITED, Span(*found.span()))
        return None

    def _from_list(self, index: int, verdicts: Sequence[_Verdict]) -> _Verdict | None:
        if index == 0:
            return None
        between = self.text[self.mentions[index - 1].span.end : self.mentions[index].span.start]
        return verdicts[index - 1] if cues.LIST_GAP.fullmatch(between) else None

    def _find_lead(self) -> _Lead | None:
        self.lead = None
        firsts = [
            f for f in cues.FIRST_PERSON.finditer(self.text) if not self._is_quoted(f.start())
        ]
        if len(firsts) >= FIRST_PERSON_SUBJECTS:
            return _Lead(FIRST_PERSON, frozenset({"i", "we"}))
        counts = Counter(name for names in self._subjects() for name in set(names))
        counts = Counter({name: n for name, n in counts.items() if self._is_recurring(name)})
        if not counts:
            return None
        best = max(counts, key=lambda name: (counts[name], -self.text.lower().find(name)))
        return _Lead(*self._full_name(best))

    def _is_recurring(self, name: str) -> bool:
        """Whether a text names somebody twice: a main figure is not named in passing."""
        return len(re.findall(rf"\b{re.escape(name)}\b", self.text, re.IGNORECASE)) > 1

    def _is_quoted(self, position: int) -> bool:
        return any(quote.start <= position < quote.end for quote in self._quotes)

    def _subjects(self) -> Iterator[list[str]]:
        for mention in self.mentions:
            sentence = self.sentence(mention.span)
            if self._framed_out(mention, sentence):
                continue
            governor = self.governor(mention, sentence)
            if governor:
                start = self._clause_start(sentence, governor)
                yield list(self._names(Span(start, governor.span.start)))

    def _full_name(self, word: str) -> tuple[str, frozenset[str]]:
        """Return the longest run of capitalised words that holds `word`, and its words."""
        runs = (run for sentence in self.sentences for run in self._name_runs(sentence))
        held = [run for run in runs if word in map(str.lower, run)]
        best = max(held, key=lambda run: len(run) if len(run) <= LONGEST_NAME else 0)
        return " ".join(best), frozenset(part.lower() for part in best)

    def _name_runs(self, sentence: Span) -> Iterator[tuple[str, ...]]:
        """Yield the capitalised words that stand together as a name."""
        names = [w for w in words(self.text, sentence) if any(self._names(w))]
        start = 0
        for i in range(1, len(names) + 1):
            if i == len(names) or not self._is_one_name(names[i - 1], names[i]):
                yield tuple(name.of(self.text) for name in names[start:i])
                start = i

    def _is_one_name(self, left: Span, right: Span) -> bool:
        gap = self.text[left.end : right.start]
        return gap in ("-", "'", "’", ". ") or (not gap.strip() and "\n\n" not in gap)


def _is_object(before: str) -> bool:
    """Whether a verb such as "reached" takes the name as its object."""
    bare = cues.ARTICLE.sub("", cues.KIND_OF.sub("", before).rstrip())
    return bool(cues.DIRECT.search(bare))


def _is_enumerated(before: str) -> bool:
    """Whether the name stands in a list of short items: "visits to the dam, the old mill and"."""
    items = cues.ITEM_EDGE.split(before)
    if items[-1].strip() or len(items) < 2:
        return False
    first, *rest = items[:-1]
    opened = cues.LIST_OPENING.search(first)
    if opened is None:
        return False
    return all(len(item.split()) <= LONGEST_ITEM for item in (opened[1], *rest))


def _moved(span: tuple[int, int], offset: int) -> Span:
    return Span(span[0] + offset, span[1] + offset)


def _whens(
    scene: _Scene, verdicts: Sequence[_Verdict], times: Sequence[TimeExpression]
) -> list[When | None]:
    """Return the time of each place of the journey, None for every other."""
    points = [time.when for time in times if time.role is TimeRole.POINT]
    heads = [when for when in points if _is_head(scene, when)]
    routed = [
        mention.span
        for mention, verdict in zip(scene.mentions, verdicts, strict=True)
        if verdict.status is not VisitStatus.MENTIONED
    ]
    return [
        _when(scene, mention, points, heads, routed)
        if verdict.status is not VisitStatus.MENTIONED
        else None
        for mention, verdict in zip(scene.mentions, verdicts, strict=True)
    ]


def _when(
    scene: _Scene,
    mention: Mention,
    points: Sequence[When],
    heads: Sequence[When],
    routed: Sequence[Span],
) -> When | None:
    sentence = scene.sentence(mention.span)
    own = [when for when in points if sentence.contains(_expression(when))]
    if own:
        fit = [when for when in own if _is_shared(scene, sentence, mention, when, routed)]
        return min(fit, key=lambda when: _gap(mention.span, _expression(when)), default=None)
    above = [when for when in heads if _expression(when).end <= mention.span.start]
    return above[-1] if above else None


def _is_shared(
    scene: _Scene, sentence: Span, mention: Mention, when: When, routed: Sequence[Span]
) -> bool:
    """Whether a date of the sentence reaches the mention past other places of the journey.

    A date that opens the sentence holds for all of it.
    """
    span = _expression(when)
    part = _part(scene, sentence, span)
    opens = len(scene.text[sentence.start : span.start].split()) <= OPENING_WORDS
    if opens or part.contains(mention.span):
        return True
    return not any(part.contains(other) for other in routed)


def _part(scene: _Scene, sentence: Span, span: Span) -> Span:
    """Return the part of the sentence around `span`, cut where a new statement begins."""
    edges = [
        found.start() for found in cues.TIME_EDGE.finditer(scene.text, sentence.start, sentence.end)
    ]
    start = max((edge for edge in edges if edge <= span.start), default=sentence.start)
    end = min((edge for edge in edges if edge >= span.end), default=sentence.end)
    return Span(start, end)


def _expression(when: When) -> Span:
    return when.expression or Span(0, 0)


def _gap(left: Span, right: Span) -> int:
    return max(left.start, right.start) - min(left.end, right.end)


def _is_head(scene: _Scene, when: When) -> bool:
    """Whether a date stands over what follows: at the head of an entry of a diary."""
    span = _expression(when)
    before = scene.text[: span.start]
    line = before[before.rfind("\n") + 1 :]
    above = before[: len(before) - len(line)]
    opens = not line.strip(" \t*#_—–-") and (not above.strip() or bool(cues.BLANK.search(above)))
    return opens and bool(cues.HEAD_END.match(scene.text, span.end))
