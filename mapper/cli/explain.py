"""`mapper explain`: why each place is what it is, from its name to its place in the order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from mapper.cli.common import (
    examples,
    input_argument,
    published_option,
    read_document,
    recognizer_option,
    title_option,
    traveller_option,
)
from mapper.cli.table import printable
from mapper.errors import InputError

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer
    from mapper.model import Candidate, Itinerary, Mention, Place, Reason, Stop

__all__ = ["explain"]

# So many candidates of a name, and reasons of each, are shown.
CANDIDATES = 3
REASONS = 5
# A sentence is shown this far to either side of the name, in characters.
AROUND = 110
INDENT = "    "


@click.command(
    epilog=examples(
        "mapper explain article.txt",
        "mapper explain article.txt Oslo Lima",
    )
)
@input_argument
@click.argument("names", metavar="[NAME]...", nargs=-1)
@traveller_option
@title_option
@published_option
@recognizer_option
def explain(
    source: str,
    names: Sequence[str],
    traveller: str | None,
    title: str | None,
    published: dt.date | None,
    recognizer: str,
) -> None:
    """Say for each place name in INPUT, or for each NAME, what was made of it and why.

    The whole chain: the sentence, the places that the name may mean with what speaks for
    each, what makes it a place of the journey or mere talk, its date, and its stop.
    """
    from mapper.gazetteer import Gazetteer
    from mapper.pipeline import map_document

    document = read_document(source, title=title, published=published)
    journey = map_document(document, recognizer=recognizer, traveller=traveller)
    explained = _Explained(journey, traveller, Gazetteer.open())
    lines = [*explained.head(), *explained.of(_asked_for(journey, names))]
    click.echo("\n".join(map(printable, lines)))


def _asked_for(journey: Itinerary, names: Sequence[str]) -> list[Mention]:
    if not names:
        return list(journey.mentions)
    wanted = {name.casefold() for name in names}
    known = {mention.toponym.normalized.casefold() for mention in journey.mentions}
    if unknown := sorted(wanted - known):
        there = ", ".join(dict.fromkeys(it.toponym.normalized for it in journey.mentions))
        raise InputError(f"The text has no place called {unknown[0]!r}. It names {there}.")
    return [it for it in journey.mentions if it.toponym.normalized.casefold() in wanted]


class _Explained:
    """A journey in words."""

    def __init__(self, journey: Itinerary, traveller: str | None, gazetteer: Gazetteer) -> None:
        from mapper.pipeline import visit_evidence
        from mapper.visits import Weights

        self._journey, self._gazetteer, self._weights = journey, gazetteer, Weights.open()
        self._stop_of = {mention: stop for stop in journey.stops for mention in stop.mentions}
        found = visit_evidence(journey.document, journey.mentions, traveller=traveller)
        self._evidence = dict(zip((it.id for it in journey.mentions), found, strict=True))

    def head(self) -> Iterator[str]:
        """Yield whose journey it is."""
        who = self._journey.traveller or "nobody whom the text names"
        published = self._journey.document.published
        yield f"Traveller: {who}. Published: {published or 'the text does not say'}."

    def of(self, mentions: Sequence[Mention]) -> Iterator[str]:
        """Yield what became of each mention."""
        for mention in mentions:
            yield ""
            yield f"{mention.toponym.normalized}  ({mention.span.start}-{mention.span.end})"
            yield f"{INDENT}“{self._sentence(mention)}”"
            yield f"{INDENT}name: a place's with a chance of {mention.toponym.score:.2f}"
            yield from self._places(mention)
            yield f"{INDENT}journey: {self._status(mention)}"
            if mention.when and mention.when.expression:
                said = mention.when.expression.of(self._journey.document.text)
                yield f"{INDENT}date: {mention.when.start}, from “{' '.join(said.split())}”"
            yield f"{INDENT}stop: {self._stop(mention)}"

    def _sentence(self, mention: Mention) -> str:
        text, span = self._journey.document.text, mention.span
        return " ".join(text[max(span.start - AROUND, 0) : span.end + AROUND].split())

    def _places(self, mention: Mention) -> Iterator[str]:
        if not mention.candidates:
            yield f"{INDENT}place: none of that name is known"
        for candidate in mention.candidates[:CANDIDATES]:
            chosen = mention.place is not None and candidate.place.id == mention.place.id
            mark = mention.outcome.value if chosen else "not chosen"
            yield f"{INDENT}place: {self._where(candidate.place)} – {mark}, {_share(candidate)}"
            yield f"{INDENT * 2}{_why(candidate.reasons)}"
        if (rest := len(mention.candidates) - CANDIDATES) > 0:
            yield f"{INDENT * 2}and {rest} more"

    def _where(self, place: Place) -> str:
        from mapper.locate import containers

        return ", ".join((place.name, *containers(place, self._gazetteer)))

    def _status(self, mention: Mention) -> str:
        said = ""
        if mention.cue:
            words = " ".join(mention.cue.of(self._journey.document.text).split())
            said = f", by “{words}”"
        elif mention.status.value != "mentioned":
            said = ", as the evidence is strong enough"
        evidence = self._evidence[mention.id]
        chance = self._weights.chance(evidence)
        weighed = "; ".join(
            f"{it.detail} {it.value:+.1f}" for it in self._weights.reasons(evidence)
        )
        return f"{mention.status}{said} (chance of a visit {chance:.2f}: {weighed})"

    def _stop(self, mention: Mention) -> str:
        stop = self._stop_of.get(mention.id)
        if stop is None:
            return "none"
        return f"number {stop.number} of {len(self._journey.stops)}{_placed(stop)}"


def _share(candidate: Candidate) -> str:
    return f"{candidate.score:.2f} of all that it may mean"


def _why(reasons: Sequence[Reason]) -> str:
    weighty = sorted(reasons, key=lambda reason: -abs(reason.value))[:REASONS]
    return "; ".join(
        f"{it.name} {it.value:+.1f}" + (f" ({it.detail})" if it.detail else "") for it in weighty
    )


def _placed(stop: Stop) -> str:
    time = stop.arrival or stop.departure
    moved = [reason.detail for reason in stop.reasons if reason.name == "order"]
    way = "; ".join(dict.fromkeys(moved)) or "where the text tells it"
    return f", {stop.status}{f', {time.start}' if time else ''}; order: {way}"
