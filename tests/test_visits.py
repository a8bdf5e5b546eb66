"""What a place is to a journey, told by whole sentences; [brackets] mark the place names."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from mapper.dates import find_expressions
from mapper.model import (
    Document,
    Mention,
    Outcome,
    Span,
    Toponym,
    VisitStatus,
)
from mapper.visits import judge

NAME = re.compile(r"\[([^\]]+)\]")


def read(marked: str, *, published: dt.date | None = None) -> tuple[Document, list[Mention]]:
    """Return the text without its brackets, and a mention for each pair of them."""
    text, mentions, position = "", [], 0
    for found in NAME.finditer(marked):
        text += marked[position : found.start()]
        mentions.append(named(found[1], len(text), f"m{len(mentions) + 1}"))
        text += found[1]
        position = found.end()
    text += marked[position:]
    return Document(text=text, source="test", published=published), mentions


def named(name: str, start: int, mention_id: str) -> Mention:
    """Return a mention of a name at a place of the text."""
    span = Span(start, start + len(name))
    toponym = Toponym(span=span, text=name, normalized=name, score=1.0, recognizer="test")
    return Mention(
        id=mention_id,
        toponym=toponym,
        place=None,
        candidates=(),
        score=0.0,
        reasons=(),
        outcome=Outcome.UNRESOLVED,
    )


def judged(marked: str, *, published: dt.date | None = None) -> tuple[Document, list[Mention]]:
    """Return the document and its mentions with their verdicts."""
    document, mentions = read(marked, published=published)
    times = find_expressions(document.text, published=published)
    return document, list(judge(document, mentions, times))


def statuses(marked: str, *, published: dt.date | None = None) -> dict[str, str]:
    """Return the status of each name, of its last mention."""
    _, mentions = judged(marked, published=published)
    return {mention.toponym.text: mention.status.value for mention in mentions}


def dates(marked: str, *, published: dt.date | None = None) -> dict[str, str | None]:
    """Return the date of each name, of its last mention."""
    _, mentions = judged(marked, published=published)
    return {m.toponym.text: m.when.start if m.when else None for m in mentions}


VISITED = (
    "We reached [Oslo] at dusk.",
    "She arrived in [Bergen] on foot.",
    "They landed at [Lima] after dark.",
    "He visited [Kyoto] twice.",
    "I flew to [Cairo] with my aunt.",
    "We drove on to [Arica] the same night.",
    "She went back to [Quito].",
    "They walked into [Turin] before noon.",
    "He was taken to [Perth] by ambulance.",
    "The envoy met the premier in [Hanoi].",
    "We spent three nights in [Fez].",
    "I slept in [Nantes].",
    "She stayed with cousins at [Gdynia].",
    "He spoke to students in [Accra].",
    "We were in [Malmö] for a week.",
    "The ship docked at [Valparaíso].",
    "The expedition wintered at [Tromsø].",
    "They camped near [Moab].",
    "The yacht anchored off [Skye].",
    "He entered [Medina] by the north gate.",
    "They crossed the [Rhine] at dawn.",
    "She left [Bari] for [Patras].",
    "We set out from [Leeds].",
    "The train took us to [Omsk].",
    "After two days in [Minsk] we went home.",
    "On his arrival in [Rabat] he was greeted by the mayor.",
    "Upon reaching [Darwin], the crew rested.",
    "At the old mill in [Bergen], she met the miller.",
    "In [Tunis] we bought oranges.",
    "Its first stop was [Arusha], where the drivers slept.",
    "The delegation toured a dam near the city of [Aswan], then inspected [Luxor].",
    "He captured the port of [Callao].",
    "We walked ten miles from [Hexham].",
    "They made their way to [Hobart].",
    "Speaking in [Durban], she thanked the nurses.",
    "The president arrived at the small northern mining town of [Kiruna].",
)


@pytest.mark.parametrize("marked", VISITED)
def test_motion_and_presence_tell_a_visit(marked: str) -> None:
    """A verb or noun of motion or presence that governs a name makes it visited."""
    _, mentions = judged(marked)
    if "near the city" in marked:
        mentions = mentions[1:]
    assert [m.status for m in mentions] == [VisitStatus.VISITED] * len(mentions)


PASSED = (
    "We drove through [Tunduma] without stopping.",
    "He flew to Rome via [Vienna].",
    "They travelled across [Kansas] in a day.",
    "She passed through [Calais] at noon.",
    "The army marched through [Trier].",
)


@pytest.mark.parametrize("marked", PASSED)
def test_who_goes_through_a_place_passes_it(marked: str) -> None:
    """Through, via and across with a verb of motion tell a place that was passed."""
    assert set(statuses(marked).values()) == {"passed"}


PLANNED = (
    "She will travel to [Seattle] next week.",
    "We'll reach [Derby] tomorrow.",
    "The pope is expected to visit [Kigali] in May.",
    "They plan to go to [Busan].",
    "He is due to arrive in [Ankara] on Friday.",
    "We are going to fly to [Malta].",
    "The minister was to meet farmers in [Cork].",
    "He will go to [Lagos] before returning to [Abuja].",
    "She will visit [Basel], meet bankers in [Zürich] and then proceed to [Bern].",
    "His visit to [Tirana] is planned for May.",
    "Next year we are going to [Ecuador].",
    "They hope to reach [Nuuk].",
)


@pytest.mark.parametrize("marked", PLANNED)
def test_what_is_still_to_come_is_planned(marked: str) -> None:
    """Future tense, plans, and all that hangs on them make a place planned."""
    assert set(statuses(marked).values()) == {"planned"}


TALK = {
    "negated": "We never reached [Potosí].",
    "negated verb": "She did not go to [Rome].",
    "failed": "He failed to reach [Lhasa].",
    "without": "They went home without visiting [Delphi].",
    "skipped": "We had to skip [Ghent].",
    "cancelled": "A visit to [Manila] was cancelled because of a storm.",
    "possible": "They might go to [Split].",
    "wished": "I would have liked to see [Santiago].",
    "tried": "He tried to reach [Lhasa].",
    "metonymy": "[Moscow] denied the report.",
    "metonymy asks": "[Papua New Guinea] has asked for a separate deal.",
    "possessive": "[France]'s premier resigned.",
    "attribution": "Officials in [Tokyo] said the talks had failed.",
    "source": "Traders in [Chicago] said the drop reflected hopes.",
    "birthplace": "She was born in [Riga].",
    "seat": "The company is based in [Delft].",
    "distance": "The camp lies 13 miles from [Phoenix].",
    "distance of": "He stopped 40 km north of [Kano].",
    "for": "She longed for [Venice].",
    "headed": "The ship was headed for [Syria].",
    "war": "He criticised the war in [Ukraine].",
    "due to": "Prices rose due to the [Ukraine] conflict.",
    "relations": "The dispute soured relations between [Washington] and [Beijing].",
    "talked about": "We had talked about [Peru] for years.",
    "participle": "Rockets fired from [Sidon] fell in the sea.",
    "thing moves": "The railway crosses [Nebraska] and reaches [Utah].",
    "shares": "Shares fell across [Asia] and [Europe].",
    "plague": "The plague reached [Messina] in autumn.",
    "invitation": "He accepted an invitation to visit [Bolivia].",
}


@pytest.mark.parametrize("marked", TALK.values(), ids=TALK)
def test_talk_is_no_visit(marked: str) -> None:
    """What did not happen, or happened to nobody who travels, is only mentioned."""
    assert set(statuses(marked).values()) == {"mentioned"}


LISTS = (
    ("He visited [Oslo], [Bergen] and [Narvik].", "visited"),
    ("They went to [Oslo] and [Bergen].", "visited"),
    ("We drove through [Lille], [Namur], and [Trier].", "passed"),
    ("She will visit [Oslo], [Bergen] and [Narvik].", "planned"),
    ("She never visited [Oslo] or [Bergen].", "mentioned"),
    ("They sailed to [Oslo], then [Bergen], then [Narvik].", "visited"),
    ("We went to [Dijon], Nowhere, [Geneva], and then back to [Lyons].", "visited"),
    ("Her tour will include visits to the dam, the old mill and [Aswan].", "planned"),
    ("He visited four countries - [Chad], [Niger], [Mali] and [Togo].", "visited"),
    ("The convoy passed through seven countries including [Chad] and [Niger].", "passed"),
)


@pytest.mark.parametrize(("marked", "status"), LISTS)
def test_a_list_shares_the_verdict_of_its_first_name(marked: str, status: str) -> None:
    """All names of a list have the status of the first, past items that are no known place."""
    assert set(statuses(marked).values()) == {status}
