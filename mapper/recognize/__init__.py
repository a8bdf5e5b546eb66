"""Place names in a document: a dictionary kept in check by the words around.

1. Every capitalised sequence that the gazetteer knows becomes a *unit*; units and
   other capitalised words that stand together form a *run*: "President Jane Doe",
   "Lake Station", "Bank of America" (`lines`).
2. A run is a person, an organisation, a site, or a bare place, or has a place at
   its head: "Ohio Supreme Court" (`runs`). Words of a person's name count as names
   wherever they stand alone, so that a surname is no town.
3. A bare place that is small, or whose name is a common word, must be asked for by
   its context: a preposition of place, a list, or the region after it (`context`).
4. An unknown name right after a verb of motion, or "the village of", is a place too:
   it is better to show it unresolved than to lose it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.model import Document, SectionKind, Toponym
from mapper.recognize.context import Census, Context, Hit
from mapper.recognize.lines import Line, Reader
from mapper.recognize.runs import parts
from mapper.text import sentences

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

__all__ = ["recognize"]

RECOGNIZER = "rules"

_SILENT = frozenset({SectionKind.NAVIGATION, SectionKind.DATE, SectionKind.CREDIT})


def recognize(document: Document, *, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the place names of `document` in text order, none overlapping another.

    Navigation, date lines and credits are left out: they are no text. The score
    is 0 to 1: how much the gazetteer and the context say for a place name.
    """
    kept = [section for section in document.sections if section.kind not in _SILENT]
    if document.sections and not kept:
        return ()
    reader = Reader(document.text, gazetteer)
    lines = [Line(reader, span) for span in sentences(document.text, sections=kept)]
    contexts = [Context(line, tuple(parts(line))) for line in lines]
    census = Census(contexts)
    return tuple(
        _toponym(document.text, hit) for context in contexts for hit in context.hits(census)
    )


def _toponym(text: str, hit: Hit) -> Toponym:
    name = hit.span.of(text)
    return Toponym(
        span=hit.span,
        text=name,
        normalized=" ".join(name.split()),
        score=hit.score,
        recognizer=RECOGNIZER,
    )
