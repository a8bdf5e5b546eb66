"""A document as sentences of tokens, in which every place name is one token."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from mapper.model import Document, Mention, Section, Span
from mapper.text import sentences
from mapper.visits import cues

__all__ = ["Scene", "Sentence", "Token"]

# Words with their hyphens and apostrophes; marks that part clauses; arrows of an itinerary.
_TOKEN = re.compile(r"_?[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d+|[,;:()—→&]|--?>?|–")
# The steps of one day take at most so many characters.
ENTRY = 2000
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_QUOTED = re.compile(r"[\"“][^\"“”]{0,2000}[\"”]")


class Token(NamedTuple):
    """A word, a mark, or a whole place name (`mention` is then its index)."""

    span: Span
    text: str
    lower: str
    mention: int | None = None


class Sentence(NamedTuple):
    """The tokens of one sentence; `common` are words of the text that are written small."""

    span: Span
    tokens: tuple[Token, ...]
    common: Container[str] = ()

    def lower(self, index: int) -> str:
        """Return the lower-case token at `index`, "" outside the sentence or at a place name."""
        if not 0 <= index < len(self.tokens) or self.tokens[index].mention is not None:
            return ""
        return self.tokens[index].lower


class Scene:
    """The document cut into sentences; each mention stands in one of them."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self.document = document
        self.text = document.text
        self.mentions = mentions
        self.words = Counter(found[0] for found in _WORD.finditer(self.text))
        self._sections = [section.span.start for section in document.sections]
        self._quotes = [found.span() for found in _QUOTED.finditer(self.text)]
        self._entries = [found.start() for found in cues.ENTRY_HEAD.finditer(self.text)]
        self.sentences = tuple(self._parsed())
        self._starts = [sentence.span.start for sentence in self.sentences]
        self._positions = {
            token.mention: (sentence, index)
            for sentence in self.sentences
            for index, token in enumerate(sentence.tokens)
            if token.mention is not None
        }

    def position(self, mention: int) -> tuple[Sentence, int]:
        """Return the sentence that holds a mention, and the index of its token there."""
        return self._positions[mention]

    def sentence_at(self, position: int) -> Sentence | None:
        """Return the last sentence that begins at or before a character."""
        index = bisect.bisect_right(self._starts, position) - 1
        return self.sentences[index] if index >= 0 else None

    def section_at(self, position: int) -> Section | None:
        """Return the section that holds a character."""
        index = bisect.bisect_right(self._sections, position) - 1
        section = self.document.sections[index] if index >= 0 else None
        return section if section and position < section.span.end else None

    def is_quoted(self, position: int) -> bool:
        """Whether a character stands between quotation marks."""
        index = bisect.bisect_right(self._quotes, (position, len(self.text) + 1)) - 1
        return index >= 0 and position < self._quotes[index][1]

    def is_in_day_list(self, position: int) -> bool:
        """Whether a character stands under "Day 3" in a list of days."""
        index = bisect.bisect_right(self._entries, position) - 1
        return len(self._entries) > 1 and index >= 0 and position - self._entries[index] < ENTRY

    def _parsed(self) -> Iterator[Sentence]:
        """Yield the sentences; one that a name runs out of ends with the name."""
        cuts = sentences(self.text, sections=self.document.sections)
        first = 0
        for i, span in enumerate(cuts):
            last = first
            following = cuts[i + 1].start if i + 1 < len(cuts) else len(self.text) + 1
            while last < len(self.mentions) and self.mentions[last].span.start < following:
                last += 1
            yield Sentence(span, tuple(self._tokens(span, range(first, last))), self.words)
            first = last

    def _tokens(self, span: Span, mentions: range) -> Iterator[Token]:
        position = span.start
        for index in mentions:
            name = self.mentions[index].span
            yield from self._words(position, name.start)
            yield Token(name, name.of(self.text), name.of(self.text).lower(), index)
            position = max(position, name.end)
        yield from self._words(position, span.end)

    def _words(self, start: int, end: int) -> Iterator[Token]:
        for found in _TOKEN.finditer(self.text, start, max(start, end)):
            yield Token(Span(*found.span()), found[0], found[0].lower().replace("’", "'"))
