"""Place names as spaCy finds them: a second opinion, for whoever has it installed.

spaCy and its models are no part of this package, and nothing here fetches them.
The text is read sentence by sentence, in the sections that the built-in reads too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mapper.errors import PluginError
from mapper.model import Document, Span, Toponym
from mapper.text import SILENT, sentences

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

__all__ = ["recognize"]

# Of these the first that is installed serves, unless one is named.
MODELS = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")
# Places as OntoNotes labels them; LOC is also what WikiNER and CoNLL call any place.
LABELS = frozenset({"FAC", "GPE", "LOC"})
# spaCy does not say how sure it is of a name. This is about the share of names that its
# English models get right in their makers' tests, and says nothing of the single name.
SCORE = 0.85
# Characters that spaCy is given at a time; its memory grows with them.
LONGEST = 100_000

_SPACE = re.compile(r"\s")
# OntoNotes counts an article and a genitive ending to the name; the other stages do not.
_NAME = re.compile(r"(?:the\s+)?(?P<name>.+?)(?:['’]s?)?", re.DOTALL)


def recognize(
    document: Document, *, gazetteer: Gazetteer, model: str | None = None
) -> tuple[Toponym, ...]:
    """Return the place names of `document` in text order, none overlapping another.

    Navigation, date lines and credits are left out: they are no text. The score is one
    and the same for every name. `model` is an installed package or a folder; by default
    the first of spaCy's English models that is installed. The gazetteer is not asked.

    Raises
    ------
    PluginError
        spaCy is not installed, or no model is, or `model` does not load.
    """
    nlp = _pipeline(model or _installed())
    recognizer = f"spacy:{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    pieces = list(_pieces(document))
    # A name may go over the end of a line; spaCy is shown a space there.
    read = nlp.pipe(_SPACE.sub(" ", piece.of(document.text)) for piece in pieces)
    return tuple(
        _toponym(document.text, piece.start + entity.start_char, entity.text, recognizer)
        for piece, found in zip(pieces, read, strict=True)
        for entity in found.ents
        if entity.label_ in LABELS
    )


def _pieces(document: Document) -> Iterator[Span]:
    """Yield the sentences to read, one that is too long in parts."""
    kept = [section for section in document.sections if section.kind not in SILENT]
    if document.sections and not kept:
        return
    for sentence in sentences(document.text, sections=kept):
        for start in range(sentence.start, sentence.end, LONGEST):
            yield Span(start, min(start + LONGEST, sentence.end))


def _toponym(text: str, start: int, entity: str, recognizer: str) -> Toponym:
    found = _NAME.fullmatch(entity)
    begin, end = found.span("name") if found else (0, len(entity))
    span = Span(start + begin, start + end)
    name = span.of(text)
    return Toponym(
        span=span,
        text=name,
        normalized=" ".join(name.split()),
        score=SCORE,
        recognizer=recognizer,
    )


def _spacy() -> Any:
    try:
        import spacy
    except ImportError as error:
        raise PluginError(
            "The recognizer spacy needs spaCy, which is not installed: pip install spacy."
        ) from error
    return spacy


def _installed() -> str:
    spacy = _spacy()
    for model in MODELS:
        if spacy.util.is_package(model):
            return model
    raise PluginError(
        "The recognizer spacy needs an English model, and none is installed: "
        f"python -m spacy download {MODELS[0]}."
    )


@functools.cache
def _pipeline(model: str) -> Any:
    spacy = _spacy()
    try:
        return spacy.load(model)
    # A model is a package or a folder of someone else, and fails as it likes.
    except Exception as error:
        why = " ".join(str(error).split()).rstrip(".")
        raise PluginError(f"The spaCy model {model} does not load: {why}.") from error
