"""Sentences and words of a text, as spans.

Names, verbs and dates are judged within their sentence, so that every stage
has to cut the text in the same places.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from mapper.model import Section, SectionKind, Span

__all__ = ["SILENT", "sentence_at", "sentences", "word_bounds", "words"]

# Sections that are no text: nothing is recognised in them.
SILENT = frozenset({SectionKind.NAVIGATION, SectionKind.DATE, SectionKind.CREDIT})

# A full stop after one of these does not end a sentence, where it is written with a capital…
ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof rev fr sr jr st ste mt ft pt gen col maj capt cmdr lt sgt adm gov govs sen
    sens rep reps
    pres hon messrs mme mlle sec supt insp no nos vol vols fig art ch p pp ed eds inc ltd
    co corp bros dept univ assn ave blvd rd est jan feb mar apr jun jul aug sep
    sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ala ariz ark calif colo conn del
    fla ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash
    wis wyo n.y n.j n.c s.c n.d s.d n.h n.m w.va d.c r.i u.s u.k u.n b.c
    """.split()
)
# … and after one of these however it is written.
SMALL_ABBREVIATIONS = frozenset("p.m a.m i.e e.g inst ult prox etc vs al approx ca cf viz".split())

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
# A sentence does not end with one of these, whatever space follows: the text was set with gaps.
_NO_END = "".join(
    rf"(?<!\b{word})"
    for word in "the a an of to in at on and or for with from by via into was were his her".split()
)
_BREAK = re.compile(
    # Looked for at the beginning of white space alone, so that a long run of it costs once. A
    # blank line ends no sentence where the next goes on with a small letter and none has ended.
    rf"(?<!\s)(?=[ \t]*\n){_NO_END}(?<!,)(?P<blank>"
    r"(?<=[.!?:;…\"'”’)\]])[ \t]*\n[ \t]*\n\s*|[ \t]*\n[ \t]*\n\s*(?![a-z\s]))"
    # The marks of notes may stand behind the full stop: "He sailed.[3][4]"
    r"|(?P<end>(?<![.!?…])[.!?…]+[\"'”’)\]]*)(?P<notes>(?:\[\w{1,3}\])*)"
    r"(?=\s+[\"'“‘(\[]*[^\W_a-z]|\s*$)"
)
_LAST_WORD = re.compile(r"([\w.]*\w)\.$")


def words(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """Return the words in `span`, or in the whole text, in order.

    Hyphens and apostrophes part words; an initialism keeps its dots.

    >>> [word.of("U.S. envoy at Val-d'Or") for word in words("U.S. envoy at Val-d'Or")]
    ['U.S.', 'envoy', 'at', 'Val', 'd', 'Or']
    """
    span = span or Span(0, len(text))
    return tuple(Span(*bounds) for bounds in word_bounds(text, span))


def word_bounds(text: str, span: Span) -> list[tuple[int, int]]:
    """Return start and end of each of the `words` in `span`, in order: quicker than spans."""
    return [found.span() for found in _WORD.finditer(text, span.start, span.end)]


def sentences(text: str, *, sections: Sequence[Section] = ()) -> tuple[Span, ...]:
    """Return the sentences in text order, without the white space around them.

    A sentence never crosses the edge of a section, but between two of plain text, and a
    blank line only where it does not end there: after "the", before a small letter.

    >>> [s.of("Mr. Bly left. He sailed.") for s in sentences("Mr. Bly left. He sailed.")]
    ['Mr. Bly left.', 'He sailed.']
    """
    spans = list(_stretches(text, sections)) or [Span(0, len(text))]
    cut = (piece for span in spans for piece in _cut(text, span))
    return tuple(piece for piece in (_stripped(text, piece) for piece in cut) if piece)


def _stretches(text: str, sections: Sequence[Section]) -> Iterator[Span]:
    """Yield the sections, plain text that follows plain text as one."""
    edges = [
        at for at in range(1, len(sections)) if not _goes_on(text, sections[at - 1], sections[at])
    ]
    for first, end in itertools.pairwise([0, *edges, len(sections)] if sections else []):
        yield Span(sections[first].span.start, sections[end - 1].span.end)


def _goes_on(text: str, last: Section, section: Section) -> bool:
    both = last.kind is section.kind is SectionKind.BODY
    return both and not text[last.span.end : section.span.start].strip()


def sentence_at(spans: Sequence[Span], position: int) -> Span | None:
    """Return the sentence that holds the character at `position`, if any."""
    return next((span for span in spans if span.start <= position < span.end), None)


def _cut(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for found in _BREAK.finditer(text, span.start, span.end):
        if found["end"] and not found["notes"] and _abbreviated(text[start : found.end("end")]):
            continue
        yield Span(start, found.end() if found["end"] else found.start())
        start = found.end()
    yield Span(start, span.end)


def _abbreviated(piece: str) -> bool:
    last = _LAST_WORD.search(piece[-12:])
    if not last:
        return False
    word = last[1].rpartition(" ")[2]
    if word.lower() in SMALL_ABBREVIATIONS:
        return True
    return word[0].isupper() and (len(word) == 1 or word.lower() in ABBREVIATIONS)


def _stripped(text: str, span: Span) -> Span | None:
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    end = span.end - (len(piece) - len(piece.rstrip()))
    return Span(start, end) if start < end else None
