"""What a place is to a journey, told by whole sentences; [brackets] mark the place names."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.dates import find_expressions
from mapper.model import (
    Document,
    Mention,
    Outcome,
    Section,
    SectionKind,
    Span,
    Toponym,
    VisitStatus,
)
from mapper.visits import judge, traveller
from tests.hang import no_hang

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
    "She left [Bari] for [Patras].",
    "We set out from [Leeds].",
    "The train took us to [Omsk].",
    "The journey took us from [Lusaka] to [Harare].",
    "The galley touched at [Pola] and [Corfu].",
    "He walked as far as [Sens].",
    "From [Dover] they crossed to [Calais].",
    "They boarded a ship for [Genoa].",
    "Her tour ended in [Agra].",
    "I found a room in [Sucre].",
    "Left [Keswick] at nine.",
    "After [Bern], we drove south.",
    "We stood on for the cape, and came to anchor in [Praia].",
    "On the 2nd of May we made [Simonstown], and lay there.",
    "They arrived at the shelf (then called the barrier), at an inlet called the [Bay].",
    "Our journey began with a train from [Derby].",
    "They then left, going to [Genoa] and arriving at [Parma].",
    "We saw the islands; we came to [Suva], where we met the premier.",
    "We visited the old mill and [Ghent] camps.",
    "Day 3: [Cusco]",
    "3 May – [Bergen]",
    "Then back to [Quito].",
    "[Oslo] → [Bergen] → [Narvik]",
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
    "We took the night train from [Izmir].",
    "[Luanda] was our last stop.",
    "We weighed anchor off [Levuka] and dropped anchor in [Nukualofa].",
    "Weighed anchor at [Levuka].",
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
    "They crossed the [Rhine] at dawn.",
    "She crossed [Bolivia] on horseback.",
)


@pytest.mark.parametrize("marked", PASSED)
def test_who_goes_through_a_place_passes_it(marked: str) -> None:
    """Through, via and across with a verb of motion, or crossing, tell a place that was passed."""
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
    "Next spring we are going to [Ecuador].",
    "This summer we're travelling to [Nepal].",
    "In two weeks she is flying to [Baku].",
    "[Tallinn] will be our last stop.",
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
    "conquest": "Rebels captured [Goma] on Tuesday, the army said.",
    "storm": "The storm hit [Havana] and moved on to [Florida].",
    "arrest": "Police arrested three men in [Leeds].",
    "firm": "The company opened a plant in [Brno].",
    "en route": "On the way to [Oslo] we saw a bear.",
    "invitation": "He accepted an invitation to visit [Bolivia].",
    "wanted": "I had wanted to see [Hobart].",
    "had hoped": "We had always hoped to visit [Nuuk].",
    "had meant": "He had meant to go to [Nuuk].",
    "longed": "She longed to see [Ravenna].",
    "if under way": "Ask them whether we are going to [Nepal] next spring.",
    "under way and negated": "We are not going to [Nepal] next spring.",
}


@pytest.mark.parametrize("marked", TALK.values(), ids=TALK)
def test_talk_is_no_visit(marked: str) -> None:
    """What did not happen, or happened to nobody who travels, is only mentioned."""
    assert set(statuses(marked).values()) == {"mentioned"}


STANDING = (
    ("We skipped [Bern] and flew to [Suva].", "visited"),
    ("She did not stop in [Bern] and later drove to [Suva].", "visited"),
    ("They never reached [Bern] and we sailed to [Suva].", "visited"),
    ("We did not reach [Bern] or visit [Suva].", "mentioned"),
    ("He will be met in [Bern] and taken to [Suva].", "planned"),
)


@pytest.mark.parametrize(("marked", "status"), STANDING)
def test_a_new_finite_verb_stands_for_itself(marked: str, status: str) -> None:
    """What denies or plans one verb does not reach a finite one after "and"."""
    assert statuses(marked)["Suva"] == status


def test_a_present_progressive_without_a_time_to_come_is_under_way() -> None:
    """Who "is travelling" with no word of the future is on the way now."""
    assert statuses("We are walking to [Pisa] next to the river.") == {"Pisa": "visited"}


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


FRONTED = (
    "At the old mill in [Bergen], she met the miller.",
    "Speaking in [Durban], she thanked the nurses.",
    "From [Dover] they crossed the Channel.",
)


@pytest.mark.parametrize("marked", FRONTED)
def test_a_place_may_stand_before_its_verb(marked: str) -> None:
    """A place that opens its clause hangs on the verb after it."""
    assert set(statuses(marked).values()) == {"visited"}


CUES = (
    ("They sailed to [Oslo] in May.", "sailed"),
    ("She never reached [Potosí].", "never"),
    ("She will travel to [Seattle].", "will"),
    ("[Moscow] denied the report.", " denied"),
    ("She lives 13 miles from [Phoenix].", "miles from"),
    ("Officials in [Tokyo] were not told.", "Officials in"),
    ("A visit to [Manila] was cancelled.", " was cancelled"),
    ("Nothing is known of [Ys].", None),
)


@pytest.mark.parametrize(("marked", "words"), CUES)
def test_the_cue_is_the_words_that_decide(marked: str, words: str | None) -> None:
    """The cue spans the deciding words; where nothing speaks, there is none."""
    document, mentions = judged(marked)
    cue = mentions[0].cue
    assert (cue.of(document.text).lower() if cue else None) == (words.lower() if words else None)


def test_a_dateline_is_no_visit() -> None:
    """The town of a dateline is where the story was filed, whatever follows it."""
    document, mentions = read("[NAIROBI] — They drove to [Lusaka].")
    sections = (
        Section(span=Span(0, 9), kind=SectionKind.DATELINE),
        Section(span=Span(10, len(document.text)), kind=SectionKind.BODY),
    )
    document = Document(text=document.text, source="test", sections=sections)
    found = [mention.status.value for mention in judge(document, mentions, ())]
    assert found == ["mentioned", "visited"]


ENVOY = "Envoy Teresa Vik flew to [Suva]. She went on to [Apia]. Vik visited [Nadi]. "
WRITER = "I flew to [Suva]. We went on to [Apia]. I slept in [Nadi]. "
OTHERS = (
    (ENVOY + "Mr Holm left for [Rome].", "mentioned"),
    (ENVOY + "Ana Holm, who had arrived in [Rome], wrote to her.", "mentioned"),
    (ENVOY + 'Holm said: "I was in [Rome] as a child."', "mentioned"),
    (ENVOY + "Holm's visit to [Rome] was short.", "mentioned"),
    (ENVOY + "The premier met Vik in [Rome].", "visited"),
    (ENVOY + "The plane landed in [Rome].", "visited"),
    (ENVOY + "Her visit to [Rome] was short.", "visited"),
    (WRITER + "She lives in [Rome].", "mentioned"),
    (WRITER + "He had come by way of [Rome].", "mentioned"),
    (WRITER + "Anna flew to [Rome].", "mentioned"),
    (WRITER + '"We met in [Rome]," she said.', "mentioned"),
    (WRITER + "The bus took us to [Rome].", "visited"),
    (WRITER + "I mended my boots in [Rome].", "visited"),
    (WRITER + "I dropped my keys in [Rome].", "visited"),
    (ENVOY + "The ministry denied that its troops had entered [Rome].", "mentioned"),
    (ENVOY + "The Vega left [Oslo]. The Vega reached [Rome].", "visited"),
    (WRITER + "The Vega left [Oslo]. The Vega reached [Rome].", "visited"),
    (
        ENVOY + "The Stella Polaris left [Oslo]. In May the Stella Polaris reached [Rome].",
        "visited",
    ),
    (ENVOY + "The Vega reached [Rome].", "mentioned"),
    (ENVOY + "Holm left [Oslo]. Holm reached [Rome].", "mentioned"),
)


@pytest.mark.parametrize(("marked", "status"), OTHERS)
def test_only_the_traveller_visits(marked: str, status: str) -> None:
    """The way of somebody else, or of whoever is quoted, is not the journey told."""
    assert statuses(marked)["Rome"] == status


TRAVELLERS = (
    (ENVOY, "Teresa Vik"),
    (WRITER, "first person"),
    (ENVOY + "Holm left [Rome].", "Teresa Vik"),
    (WRITER + "Anna flew to [Rome].", "first person"),
    ("The railway crosses [Nebraska]. It was built by thousands.", None),
    ("American tourists flew to [Rome]. American tourists left [Rome].", None),
    ('Vik flew to [Rome]. Vik said: "I like it. I do. We were in [Pisa]. I left [Pisa]."', "Vik"),
)


@pytest.mark.parametrize(("marked", "name"), TRAVELLERS)
def test_the_traveller_is_who_moves_most(marked: str, name: str | None) -> None:
    """The traveller is the writer or the recurring name that moves most, or nobody."""
    assert traveller(*read(marked)) == name


DAYS = """Day 1
Arrive in [Busan]. Dinner in [Ulsan].

Day 2
Visit the temples of [Gyeongju]. Overnight in [Daegu].

Day 3
Fly home from [Jeju].
"""


def test_the_steps_of_a_list_of_days_are_visits() -> None:
    """Under "Day 1", "Day 2" the traveller is whoever follows the list."""
    assert set(statuses(DAYS).values()) == {"visited"}


def test_an_order_outside_a_list_of_days_is_no_visit() -> None:
    """Advice to anybody is nobody's journey."""
    assert statuses("Visit the temples of [Gyeongju].") == {"Gyeongju": "mentioned"}


def test_a_past_plan_is_dropped_where_the_text_tells_its_outcome() -> None:
    """What was planned and then done is a visit once, not a plan as well."""
    _, mentions = judged("We planned to visit [Paraty]. On Monday we reached [Paraty].")
    assert [m.status.value for m in mentions] == ["mentioned", "visited"]


DATED = (
    ("On 3 May 1911 we left [Oslo].", {"Oslo": "1911-05-03"}),
    ("We left [Oslo] on 3 May 1911.", {"Oslo": "1911-05-03"}),
    (
        "We left [Oslo] on 3 May 1911 and reached [Bergen] on 5 May.",
        {"Oslo": "1911-05-03", "Bergen": "1911-05-05"},
    ),
    (
        "On 3 May 1911 we left [Oslo] and reached [Bergen].",
        {"Oslo": "1911-05-03", "Bergen": "1911-05-03"},
    ),
    ("We reached [Bergen] by 22 July 1911.", {"Bergen": "1911-07-22"}),
    ("The tour began on 3 May 1911. We reached [Bergen].", {"Bergen": None}),
    ("Her tour began on 3 March 1911 in [Bergen].", {"Bergen": "1911-03-03"}),
    ("Her tour ended in [Bergen] on 3 May 1911.", {"Bergen": "1911-05-03"}),
    ("Since 3 May 1911 we were in [Bergen].", {"Bergen": None}),
    ("We left [Oslo]. It rained on 3 May 1911.", {"Oslo": None}),
    ("On 3 May 1911 [Moscow] denied it.", {"Moscow": None}),
    (
        "3 May 1911. Rain.\n\nWe slept in [Oslo].\n\n5 May 1911. Sun.\n\nWe reached [Bergen].",
        {"Oslo": "1911-05-03", "Bergen": "1911-05-05"},
    ),
    (
        "3 May 1911\n\nWe slept in [Oslo].\n\n5 May 1911\n\nWe reached [Bergen].",
        {"Oslo": "1911-05-03", "Bergen": "1911-05-05"},
    ),
)


@pytest.mark.parametrize(("marked", "wanted"), DATED)
def test_a_place_has_the_date_of_its_clause(marked: str, wanted: dict[str, str | None]) -> None:
    """A date of the own clause or of the heading above, and none from thin air."""
    assert dates(marked) == wanted


@pytest.mark.parametrize("claim", ["that he hoped", "he planned"])
def test_the_time_of_a_claim_dates_nothing_outside_it(claim: str) -> None:
    """When somebody hopes to go somewhere is not when it was said."""
    marked = f"On the flight back to [Turin] he told reporters {claim} to go to [Perth] next year."
    friday = dt.date(2026, 11, 20)
    assert dates(marked, published=friday) == {"Turin": None, "Perth": "2027"}
    assert statuses(marked, published=friday) == {"Turin": "visited", "Perth": "planned"}


def test_the_present_tense_with_a_date_to_come_is_a_plan() -> None:
    """What "arrives on Sunday", told on Friday, has not happened."""
    friday = dt.date(2026, 11, 20)
    assert statuses("Mr Kerr arrives in [Rome] on 22 November 2026.", published=friday) == {
        "Rome": "planned"
    }


WORDS = st.sampled_from(
    "we she reached visited never will to in from Oslo , . \n\n and the 3 May 1911 – “ ” ( the of "
    "[Bergen] [Oslo] [Narvik]".split(" ")
)


@given(st.lists(WORDS, max_size=60))
def test_every_mention_is_judged_whatever_the_text(parts: list[str]) -> None:
    """Mentions keep number, order and names; a cue lies in the text; talk has no time."""
    marked = " ".join(parts)
    document, before = read(marked)
    _, after = judged(marked)
    assert [m.toponym for m in after] == [m.toponym for m in before]
    assert all(m.cue is None or m.cue.of(document.text) for m in after)
    assert all(m.when is None for m in after if m.status is VisitStatus.MENTIONED)
    assert judged(marked)[1] == after


HOSTILE = {
    "no full stop": "we went to [Oslo] and ",
    "names only": "[Oslo], ",
    "capitals": "Foo Bar Baz ",
    "open brackets": "[Oslo] (",
    "open quotes": '"we [Oslo] ',
    "dashes": "– - ",
    "articles": "the ",
    "one word": "a",
    "blanks": " ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_judged(piece: str) -> None:
    """300 kB of anything without a full stop do not make judging it hang."""
    document, mentions = read(piece * (300_000 // len(piece)) + " [Oslo].")
    with no_hang():
        judge(document, mentions, ())


def test_what_lay_ahead_is_planned() -> None:
    """A plan told in the past, whose outcome the text does not tell, is one still."""
    assert statuses("The two planned to drive to [Aleppo].") == {"Aleppo": "planned"}
    assert statuses("They were then to cross to [Homs].") == {"Homs": "planned"}
    headed = "They said they were headed for the cities of [Byblos] and [Homs]."
    assert set(statuses(headed).values()) == {"mentioned"}


def test_a_judge_in_a_town_takes_nobody_there() -> None:
    """Who speaks from a place says nothing of the traveller's being there."""
    text = "He will be sent to [Olympia] on Monday, a federal judge in [Miami] ruled."
    assert statuses(text)["Miami"] == "mentioned"


def test_a_date_holds_until_the_next() -> None:
    """What comes after a second date is not of the first."""
    text = "In October they left for [Turin], reaching [Genoa] in November, then going to [Parma]."
    assert dates(text)["Parma"] != "--10"
    assert dates(text)["Genoa"] == "--11"


def test_a_train_passes_by() -> None:
    """What one goes by is passed through."""
    assert statuses(
        "The train passed rapidly across the plain, by [Reno]. We slept in [Elko]."
    ) == {
        "Reno": "passed",
        "Elko": "visited",
    }


def test_a_date_in_a_clause_about_a_place_is_that_places() -> None:
    """What was done in Bergen on Sunday says nothing of when Oslo was reached."""
    text = "She arrived in [Oslo] from [Bergen], [Norway], where on 3 May 1911 she had met him."
    assert dates(text)["Oslo"] is None
    assert dates(text)["Bergen"] == "1911-05-03"


def test_a_plan_that_had_been_is_none() -> None:
    """Who had been due somewhere did not go, and who is expected somewhere may."""
    text = "He had been due to travel to [Doha]. He is expected in [Rome] next week."
    assert statuses(text) == {"Doha": "mentioned", "Rome": "planned"}
    assert statuses("The last concert will be in [Bonn] in May.") == {"Bonn": "planned"}


def test_a_way_is_told_behind_its_end() -> None:
    """The town which one reached by way of another."""
    text = "We are at home in [Jena], which we reached by way of [Bonn]."
    assert statuses(text) == {"Jena": "visited", "Bonn": "passed"}


def test_who_stands_for_the_noun_before_it() -> None:
    """What the consul did is not what those did who dined with him."""
    text = "We left [Hull]. I dined with the consul, who had lately returned from [Lisbon]."
    assert statuses(text) == {"Hull": "visited", "Lisbon": "mentioned"}
