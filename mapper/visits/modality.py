"""Whether a verb is done, still to come, denied, or merely possible."""

from __future__ import annotations

from mapper.model import Span, VisitStatus
from mapper.visits import cues
from mapper.visits.governor import Found, governor_at
from mapper.visits.scene import Scene, Sentence
from mapper.visits.verbs import Form

__all__ = ["doubt"]

# "Will", "never" and the like stand so near to a verb that stands for itself, in tokens …
NEAR = 7
# … and may stand so far from one that hangs on another: "will go to Oslo and, if …, return".
FAR = 45
# The time of a verb stands within so many characters of it.
TIME_REACH = 80
# "Tried to reach", with an adverb at most.
TRIED_REACH = 3
_STOPS = frozenset({",", ";", ":", "—", "--", "–", "(", ")"})
_PRESENT_BE = frozenset({"is", "are", "am"})
_FINITE_BE = frozenset({"is", "was", "are", "were", "am", "has", "had", "have"})


def doubt(scene: Scene, sentence: Sentence, found: Found) -> tuple[VisitStatus, Span] | None:
    """Return planned, or mentioned where the verb is denied or merely possible; and the words."""
    hangs = found.word.form is not Form.PAST
    before = sentence.lower(_past_adverbs(sentence, found.at - 1))
    if found.word.lemma == "head" and before in cues.BE_OR_HAVE:
        return VisitStatus.MENTIONED, found.span
    if found.word.form is Form.NOUN:
        for pattern, status in (
            (cues.FUTURE_AFTER, VisitStatus.PLANNED),
            (cues.WOULD_AFTER, VisitStatus.MENTIONED),
        ):
            ahead = pattern.match(scene.text, found.span.end, sentence.span.end)
            if ahead:
                return status, Span(*ahead.span())
    return (
        _near(sentence, found)
        or _under_way(scene, sentence, found)
        or (_far(sentence, found.at) if hangs else None)
    )


def _under_way(scene: Scene, sentence: Sentence, found: Found) -> tuple[VisitStatus, Span] | None:
    """Look for a time to come beside a present progressive: "are going … in spring"."""
    if found.word.form is not Form.GERUND or not _is_progressive(sentence, found.at):
        return None
    start = max(sentence.span.start, found.span.start - TIME_REACH)
    time = cues.TIME_AHEAD.search(
        scene.text, start, min(sentence.span.end, found.span.end + TIME_REACH)
    )
    return (VisitStatus.PLANNED, Span(*time.span())) if time else None


def _is_progressive(sentence: Sentence, index: int) -> bool:
    before = _past_adverbs(sentence, index - 1)
    token = sentence.lower(before)
    return token in _PRESENT_BE or token.endswith(("'m", "'re", "he's", "she's"))


def _past_adverbs(sentence: Sentence, index: int) -> int:
    """Return the first token leftwards that is no adverb between an auxiliary and its verb."""
    while sentence.lower(index) in cues.ADVERBS or sentence.lower(index).endswith("ly"):
        index -= 1
    return index


def _near(sentence: Sentence, found: Found) -> tuple[VisitStatus, Span] | None:
    """Look at the words from the verb back to the beginning of its part of the sentence."""
    seen = []
    index = found.at
    for i in range(index - 1, max(_beginning(sentence, found), index - 1 - NEAR), -1):
        token = sentence.lower(i)
        if token in _STOPS:
            break
        verdict = _verdict(sentence, i, index)
        if verdict:
            seen.append((verdict, sentence.tokens[i].span))
        if token in cues.CLAUSE_OPENERS:
            break
    for wanted in (VisitStatus.MENTIONED, VisitStatus.PLANNED):
        spans = [span for verdict, span in seen if verdict is wanted]
        if spans:
            return wanted, spans[0]
    return None


def _beginning(sentence: Sentence, found: Found) -> int:
    """Return the "and" from which a finite verb stands on its own: "skipped it and flew"; or -1.

    After a form of "be" or "have" it may be a participle: "will be met and taken".
    """
    if found.word.noun or found.word.form not in (Form.PAST, Form.PRESENT):
        return -1
    i = _past_adverbs(sentence, found.at - 1)
    if sentence.lower(i) in cues.SUBJECTS:
        i = _past_adverbs(sentence, i - 1)
    before = {sentence.lower(j) for j in range(max(0, i - NEAR), i)}
    stands = sentence.lower(i) in ("and", "but", "then") and before.isdisjoint(cues.BE_OR_HAVE)
    return i if stands else -1


def _far(sentence: Sentence, index: int) -> tuple[VisitStatus, Span] | None:
    """Look back to the verb that this one hangs on; a past one is done, and so is this."""
    for i in range(index - 1, max(-1, index - 1 - FAR), -1):
        verdict = _verdict(sentence, i, index)
        if verdict:
            return verdict, sentence.tokens[i].span
        word = governor_at(sentence, i)
        if word and word.form in (Form.PAST, Form.PRESENT) and not word.noun:
            return None
        if sentence.lower(i) in _FINITE_BE or sentence.lower(i) == ";":
            return None
    return None


def _verdict(sentence: Sentence, index: int, verb: int) -> VisitStatus | None:
    token = sentence.lower(index)
    if token in cues.NEGATIONS:
        return VisitStatus.MENTIONED
    if token in cues.FUTURE or token.endswith("'ll"):
        dropped = token in cues.PLANS and _is_after_had(sentence, index)
        return VisitStatus.MENTIONED if dropped else VisitStatus.PLANNED
    after = sentence.lower(index + 1)
    if token == "going" and not sentence.lower(index + 2):
        # "Then going to Genoa": the way there, no plan.
        return None
    if token in cues.PLANS and after in ("to", "on", "for", "a"):
        unfulfilled = token in cues.PAST_PLANS and _is_after_had(sentence, index)
        return VisitStatus.MENTIONED if unfulfilled else VisitStatus.PLANNED
    if token in ("is", "are", "am", "was", "were") and _is_to(sentence, index):
        longed = sentence.lower(index - 1) in cues.LONGINGS
        return VisitStatus.MENTIONED if longed else VisitStatus.PLANNED
    if token == "next" and after in ("week", "month", "year"):
        return VisitStatus.PLANNED
    if token in cues.TRIED and after == "to" and verb - index <= TRIED_REACH:
        return VisitStatus.MENTIONED
    if token in cues.POSSIBLE and sentence.tokens[index].text != "May":
        return VisitStatus.MENTIONED
    return None


def _is_to(sentence: Sentence, index: int) -> bool:
    """Whether "to" follows, past an adverb: "were then to cross"."""
    step = index + 1
    while sentence.lower(step) in cues.ADVERBS | {"then"}:
        step += 1
    return sentence.lower(step) == "to"


def _is_after_had(sentence: Sentence, index: int) -> bool:
    """Whether a plan is one that came to nothing: "had been due to"."""
    return sentence.lower(_past_adverbs(sentence, index - 1)) == "had"
