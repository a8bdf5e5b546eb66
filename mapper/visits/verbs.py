"""The verbs and nouns of motion and presence, in all their forms.

A table rather than patterns: looking a word up costs the same however many there are,
and the form of a verb tells whether it stands for itself ("reached") or hangs on another
("will visit the dam and *return*", "before *reaching*").
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["GOVERNORS", "NEVER_BEFORE", "PARTICLES", "Form", "Governor", "Kind"]


class Kind(enum.StrEnum):
    """What a governor says of the place that hangs on it.

    ACT is whatever people do anywhere: it tells a visit only of a traveller who is named.
    """

    ARRIVE = "arrive"
    PRESENCE = "presence"
    ACT = "act"
    DEPART = "depart"
    PASS = "pass"


class Form(enum.StrEnum):
    """The form of a word; PAST is also the past participle."""

    BASE = "base"
    PRESENT = "present"
    PAST = "past"
    GERUND = "gerund"
    NOUN = "noun"


class Governor(NamedTuple):
    """A word that a place may hang on.

    `direct` verbs take the place as their object, as "reached" does; `noun` says that
    the form is also one of a noun, as "visit" is.
    """

    lemma: str
    kind: Kind
    form: Form
    direct: bool = False
    noun: bool = False


# "!": direct. "~": also a noun. "+": doubles its last letter.
_REGULAR = {
    Kind.ARRIVE: """
        arrive reach! land enter! visit!~ revisit!~ return~ travel+ sail~ walk~ hike~ cycle march~
        move proceed continue dock anchor moor disembark cross! traverse! push steam journey~
        voyage~ cruise~ wander climb! row descend ascend! call head deport escort transfer+ ferry
        extradite evacuate hitchhike trek+~ motor pedal+ paddle crash relocate emigrate advance
        retreat hurry rush race navigate trudge stroll~ limp crawl drift wade carry summit! round!
        circle! rejoin! embark board bike huff bounce drop+
    """,
    Kind.PRESENCE: """
        stay~ stop+~ camp lodge dine attend inspect! tour!~ greet welcome join perform address
        rest winter settle live remain wait explore! arrest start end finish marry bury treat
        hospitalize
        hospitalise load unload preach lecture refuel+ deliver collect
        pause halt~ overnight~ confer+ detain picnic
        lunch~ breakfast rendezvous study shelter volunteer
    """,
    Kind.ACT: """
        capture! sack! raid! besiege! conquer!
        work open look watch hand sign launch unveil play
        celebrate change photograph witness discuss negotiate inaugurate enjoy! sample receive
        serve repair
    """,
    Kind.DEPART: "depart! escape quit! emerge weigh",
    Kind.PASS: "pass! transit! skirt!",
}
# Base, present, past, participle, gerund.
_IRREGULAR = {
    Kind.ARRIVE: """
        come comes came come coming / go goes went gone going / get gets got gotten getting
        fly flies flew flown flying / drive~ drives~ drove driven driving
        ride~ rides~ rode ridden riding / take takes took taken taking
        bring brings brought brought bringing / send sends sent sent sending
        make makes made made making / set sets set set setting / put puts put put putting
        touch touches touched touched touching / pull pulls pulled pulled pulling
        catch catches caught caught catching / lead leads led led leading
        cast casts cast cast casting
    """,
    Kind.PRESENCE: """
        meet meets met met meeting~ / spend spends spent spent spending
        sleep sleeps slept slept sleeping / speak speaks spoke spoke speaking
        wake wakes woke woken waking
        check checks checked checked checking / swim swims swam swum swimming
        begin begins began begun beginning
    """,
    Kind.ACT: """
        eat eats ate eaten eating / hold holds held held holding / see sees saw seen seeing
        buy buys bought bought buying
        sing sings sang sung singing / teach teaches taught taught teaching
        lay lays laid laid laying / drink drinks drank drunk drinking
        die dies died died dying / tell tells told told telling
        find finds found found finding / pick picks picked picked picking
        give gives gave given giving / show shows showed shown showing
    """,
    Kind.DEPART: """
        leave! leaves! left! left! leaving! / flee! flees! fled! fled! fleeing!
        withdraw withdraws withdrew withdrawn withdrawing
    """,
}
_NOUNS = {
    Kind.ARRIVE: """
        arrival flight trip trips expedition pilgrimage landing landfall crossing excursion
        visits tours journeys hop
    """,
    Kind.PRESENCE: """
        stopover layover spell spells sojourn sojourns stint stints
        talks dinner night nights days weeks months stops sightseeing honeymoon
        vacation holiday holidays
    """,
    Kind.DEPART: "departure",
}
_BE = {
    "be": Form.BASE,
    "being": Form.GERUND,
    **dict.fromkeys(("am", "is", "are"), Form.PRESENT),
    **dict.fromkeys(("was", "were", "been"), Form.PAST),
}
# Verbs that mean motion only with one of these words right after them.
PARTICLES = {
    "set": {"out", "off", "sail", "forth", "foot"},
    "put": {"in", "into", "up", "ashore"},
    "pull": {"into", "in", "up"},
    "pick": {"up"},
    "touch": {"down", "at"},
    "check": {"in", "into"},
    "drop": {"anchor"},
    "cast": {"anchor", "off"},
    "weigh": {"anchor"},
    "make": {"it", "his", "her", "their", "our", "my", "its", "landfall", "for"},
}
# "Took place", "went on to say": not motion.
NEVER_BEFORE = {"take": {"place", "part", "over", "advantage"}, "come": {"up", "under"}}

_VOWELS = "aeiou"


def _inflected(base: str, *, doubles: bool) -> Iterator[tuple[str, Form]]:
    """Yield the forms of a regular verb, with the doubled and the single letter."""
    yield base, Form.BASE
    if base.endswith("y") and base[-2] not in _VOWELS:
        yield base[:-1] + "ies", Form.PRESENT
        yield base[:-1] + "ied", Form.PAST
        yield base + "ing", Form.GERUND
        return
    yield base + ("es" if base.endswith(("s", "x", "ch", "sh")) else "s"), Form.PRESENT
    stem = base.removesuffix("e")
    for root in (stem, stem + stem[-1]) if doubles else (stem,):
        yield root + "ed", Form.PAST
        yield root + "ing", Form.GERUND


def _regular() -> Iterator[tuple[str, Governor]]:
    for kind, text in _REGULAR.items():
        for entry in text.split():
            base = entry.rstrip("!~+")
            for word, form in _inflected(base, doubles="+" in entry):
                noun = "~" in entry and form in (Form.BASE, Form.PRESENT)
                yield word, Governor(base, kind, form, "!" in entry, noun)


def _irregular() -> Iterator[tuple[str, Governor]]:
    for word, form in _BE.items():
        yield word, Governor("be", Kind.PRESENCE, form)
    for kind, text in _IRREGULAR.items():
        for row in filter(str.strip, text.replace("\n", "/").split("/")):
            base, present, past, participle, gerund = row.split()
            # The last reading of a form stands: "come" is BASE, "set" and "put" are PAST.
            for entry, form in (
                (participle, Form.PAST),
                (base, Form.BASE),
                (present, Form.PRESENT),
                (past, Form.PAST),
                (gerund, Form.GERUND),
            ):
                lemma = base.rstrip("!~")
                yield entry.rstrip("!~"), Governor(lemma, kind, form, "!" in entry, "~" in entry)


def _nouns() -> Iterator[tuple[str, Governor]]:
    for kind, text in _NOUNS.items():
        for word in text.split():
            yield word, Governor(word, kind, Form.NOUN, noun=True)


GOVERNORS: dict[str, Governor] = dict([*_nouns(), *_regular(), *_irregular()])
