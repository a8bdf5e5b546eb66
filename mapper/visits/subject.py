"""Who does what a verb says, and whose journey the text tells."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mapper import lexicon
from mapper.errors import InputError
from mapper.visits import cues
from mapper.visits.governor import Found, governor_at
from mapper.visits.scene import Scene, Sentence
from mapper.visits.verbs import GOVERNORS, Form, Kind

__all__ = [
    "FIRST_PERSON",
    "Lead",
    "Subject",
    "Who",
    "find_lead",
    "is_travellers",
    "lead_named",
    "subject_of",
]

FIRST_PERSON = "first person"
# A subject stands at most so many tokens before its verb.
REACH = 40
# A past verb without a subject within so many tokens opens a diary's "Left Oslo at nine".
TELEGRAM = 3
# The subject of the next clause stands within so many tokens, if a noun, after its comma.
AHEAD = 15
NOUN_AHEAD = 3
# Verbs that the writer must be the subject of, at least, to be the traveller.
FIRST_PERSON_VERBS = 2
# So many verbs of motion make a traveller of whom the text does not name.
UNNAMED_VERBS = 3
_MOTION = frozenset({Kind.ARRIVE, Kind.DEPART, Kind.PASS})
# More capitalised words than this in a row are a headline, not somebody's name.
LONGEST_NAME = 4
# "The two then planned to leave".
_BEFORE_VERBS = cues.AUXILIARIES | cues.WISHES
# "The Vega crew then left".
_AFTER_SHIPS = cues.AUXILIARIES | cues.PEOPLE | cues.VEHICLES
# A longer word all in capitals belongs to a headline.
SHORTEST_SHOUT = 3


class Who(enum.Enum):
    """What kind of word the subject is."""

    FIRST = enum.auto()
    THIRD = enum.auto()
    NAMED = enum.auto()
    PERSON = enum.auto()
    VEHICLE = enum.auto()
    IT = enum.auto()
    THING = enum.auto()
    UNSAID = enum.auto()


class Subject(NamedTuple):
    """The subject of a verb: its kind, the lower-case words of its names, and its noun."""

    who: Who
    names: frozenset[str] = frozenset()
    noun: str = ""


class Lead(NamedTuple):
    """The traveller: the name as written, and its words in lower case.

    `carriers` are the words of the ships that go the same way. `sure` is whether it is
    somebody: named as people are, or told more than once to be on the way.
    """

    name: str
    words: frozenset[str] = frozenset()
    carriers: frozenset[str] = frozenset()
    sure: bool = True

    @property
    def writes(self) -> bool:
        """Whether the writer travels."""
        return self.name == FIRST_PERSON


def subject_of(sentence: Sentence, found: Found) -> Subject:
    """Return the subject of a governor; of a noun, whoever it belongs to."""
    if found.word.form is Form.NOUN:
        owner = _owner(sentence, found.at)
        if owner:
            return owner
    end = found.at
    while end > 0:
        start = _part_start(sentence, end)
        subject = _subject_in(sentence, start, end, found)
        if subject or sentence.lower(start - 1) == "who":
            return subject or _antecedent(sentence, start - 2)
        if found.at - start > REACH:
            break
        end = start - 1
    if found.word.form is Form.PAST and found.at <= TELEGRAM and not _is_passive(sentence, found):
        return Subject(Who.FIRST)
    return _subject_ahead(sentence, found) or Subject(Who.UNSAID)


def _antecedent(sentence: Sentence, index: int) -> Subject:
    """Return whom "who" stands for: the noun or name before it."""
    if sentence.lower(index) == ",":
        index -= 1
    names = frozenset(name.lower() for name in names_in(sentence, index, index + 1))
    if names:
        return Subject(Who.NAMED, names)
    noun = sentence.lower(index)
    if noun in cues.FIRST | cues.OBJECTS:
        return Subject(Who.FIRST)
    if noun in cues.THIRD | cues.OTHER_OBJECTS:
        return Subject(Who.THIRD)
    return _common_noun([noun]) or Subject(Who.THING)


def _is_passive(sentence: Sentence, found: Found) -> bool:
    """Whether "is", "was" and the like stand before the verb."""
    return any(sentence.lower(i) in cues.BE_OR_HAVE for i in range(found.at))


def _subject_ahead(sentence: Sentence, found: Found) -> Subject | None:
    """Return the subject of the clause that follows: "Upon reaching Oslo, the crew rested"."""
    if found.word.form not in (Form.GERUND, Form.NOUN):
        return None
    end = min(len(sentence.tokens), found.at + 1 + AHEAD)
    ahead = [sentence.lower(i) for i in range(found.at + 1, end)]
    if not cues.FIRST.isdisjoint(ahead):
        return Subject(Who.FIRST)
    if not cues.THIRD.isdisjoint(ahead):
        return Subject(Who.THIRD)
    if "," not in ahead:
        return None
    start = found.at + 2 + ahead.index(",")
    names = frozenset(name.lower() for name in names_in(sentence, start, end))
    if names and not any(word in lexicon.SPEECH_VERBS for word in ahead):
        return Subject(Who.NAMED, names)
    return _common_noun([word for word in ahead[ahead.index(",") + 1 :][:NOUN_AHEAD] if word])


def _part_start(sentence: Sentence, end: int) -> int:
    """Return where the part between two marks or openers of clauses begins."""
    for i in range(end - 1, max(-1, end - 1 - REACH), -1):
        token = sentence.lower(i)
        if token == "," or token in cues.CLAUSE_MARKS:
            return i + 1
        if token in cues.CLAUSE_OPENERS and token not in cues.RELATIVES:
            return i + 1
        if token in ("who", "which"):
            return i + 1
    return max(0, end - 1 - REACH)


def _subject_in(sentence: Sentence, start: int, end: int, found: Found) -> Subject | None:
    tokens = [sentence.lower(i) for i in range(start, end)]
    if not cues.FIRST.isdisjoint(tokens) or any(t.startswith(("i'", "we'")) for t in tokens):
        return Subject(Who.FIRST)
    if any(t in cues.THIRD or t.startswith(("he'", "she'", "they'")) for t in tokens):
        return Subject(Who.THIRD)
    names = frozenset(
        name.lower()
        for i in range(start, end)
        for name in names_in(sentence, i, i + 1)
        # "The bank of the Platte": no subject.
        if (sentence.lower(i - 2), sentence.lower(i - 1)) != ("of", "the")
    )
    if names:
        return Subject(Who.NAMED, names)
    if found.word.form is Form.NOUN:
        owners = [cues.POSSESSIVES[token] for token in tokens if token in cues.POSSESSIVES]
        if owners:
            return Subject(Who.FIRST if owners[-1] == "first" else Who.THIRD)
    noun = _common_noun(tokens)
    stands = end == found.at and found.word.form not in (Form.GERUND, Form.NOUN)
    return noun if noun and (stands or noun.who is not Who.THING) else None


def _common_noun(tokens: Sequence[str]) -> Subject | None:
    """Return the kind of the noun right before the verb, if one stands there."""
    for who, nouns in ((Who.PERSON, cues.PEOPLE), (Who.VEHICLE, cues.VEHICLES)):
        noun = next((it for it in tokens if it in nouns or it.removesuffix("s") in nouns), None)
        if noun:
            return Subject(who, noun=noun)
    if any(token.startswith("_") for token in tokens):
        return Subject(Who.VEHICLE)
    if "there" in tokens:
        return Subject(Who.THING)
    if "it" in tokens:
        return Subject(Who.IT)
    rest = list(tokens)
    while rest and (rest[-1] in _BEFORE_VERBS or rest[-1].endswith("ly")):
        rest.pop()
    if not rest or not rest[-1] or not rest[-1][0].isalpha():
        return None
    if rest[-1] in cues.CONJUNCTIONS or rest[-1] in cues.PREPOSITIONS or rest[-1] in cues.MODALS:
        return None
    if rest[-1] in cues.NUMBERS:
        return Subject(Who.PERSON)
    word = GOVERNORS.get(rest[-1])
    if word and not word.noun and word.form is Form.PAST:
        # "And came to anchor": a verb, and its subject stands before it.
        return None
    return Subject(Who.VEHICLE if word and word.noun else Who.THING)


def _owner(sentence: Sentence, index: int) -> Subject | None:
    """Return whose visit it is: "his visit", "Halvorsen's second visit"."""
    for i in range(index - 1, max(-1, index - 5), -1):
        token = sentence.lower(i)
        if token in cues.POSSESSIVES:
            first = cues.POSSESSIVES[token] == "first"
            return Subject(Who.FIRST if first else Who.THIRD)
        if token.endswith("'s"):
            names = frozenset(name.lower() for name in names_in(sentence, i, i + 1))
            return Subject(Who.NAMED, names) if names else _common_noun([token[:-2]])
    return None


def names_in(sentence: Sentence, start: int, end: int) -> Iterator[str]:
    """Yield the capitalised words that are no place and no common word."""
    for i in range(start, end):
        token = sentence.tokens[i]
        word = token.text.removesuffix("'s").removesuffix("’s")
        if token.mention is None and word[0].isupper() and _is_name(sentence, i, word.lower()):
            yield word


def _is_name(sentence: Sentence, index: int, word: str) -> bool:
    if word in cues.NEVER_A_NAME or word in cues.COMMON_ALWAYS:
        return False
    text = sentence.tokens[index].text
    if len(text) > SHORTEST_SHOUT and text.isupper():
        return False
    if index > 0:
        return not word.endswith(cues.ADJECTIVE_ENDINGS) or _may_follow_a_name(sentence, index + 1)
    if word in cues.COMMON or word in sentence.common or _is_plural(word):
        return False
    return _may_follow_a_name(sentence, index + 1)


def _is_plural(word: str) -> bool:
    """Whether a word that opens its sentence is rather things than somebody: "Prices"."""
    ends = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return ends and word not in lexicon.GIVEN_NAMES


def _may_follow_a_name(sentence: Sentence, index: int) -> bool:
    """Whether what follows may follow a name: "Bly went", not "Big ships"."""
    after = sentence.lower(index)
    if not after or sentence.tokens[index].text[0].isupper() or not after[0].isalpha():
        return True
    return after in cues.AUXILIARIES or after == "and" or governor_at(sentence, index) is not None


def is_travellers(scene: Scene, sentence: Sentence, found: Found, lead: Lead | None) -> bool:
    """Whether the traveller may be the one who does it."""
    subject = subject_of(sentence, found)
    if subject.who is Who.UNSAID and scene.is_in_day_list(found.span.start):
        return bool(found.word.lemma)
    if found.kind is Kind.ACT:
        return _is_surely(scene, sentence, found, subject, lead)
    if subject.who is Who.FIRST:
        return (lead is None or lead.writes) and not scene.is_quoted(found.span.start)
    if subject.who in (Who.THING, Who.NAMED):
        return _is_object(sentence, found, lead) or _is_lead(subject, lead)
    if lead is not None and lead.writes:
        rides = subject.who in (Who.VEHICLE, Who.IT, Who.UNSAID)
        return rides and not scene.is_quoted(found.span.start)
    return lead is not None or subject.who not in (Who.UNSAID, Who.IT)


def _is_surely(
    scene: Scene, sentence: Sentence, found: Found, subject: Subject, lead: Lead | None
) -> bool:
    if _is_object(sentence, found, lead):
        return bool(found.word.lemma)
    if lead is None:
        if subject.who is Who.FIRST:
            return not scene.is_quoted(found.span.start)
        return bool(found.word.lemma) and subject.who in (Who.THIRD, Who.PERSON)
    if lead.writes:
        return subject.who is Who.FIRST
    if not found.word.lemma:
        return False
    return subject.who is Who.THIRD or bool(subject.names & lead.words)


def _is_lead(subject: Subject, lead: Lead | None) -> bool:
    if subject.who is Who.THING:
        return False
    if lead is None or not (lead.words or lead.writes):
        return True
    return bool(subject.names & (lead.words | lead.carriers))


def _is_object(sentence: Sentence, found: Found, lead: Lead | None) -> bool:
    """Whether the traveller is whom the verb happens to: "the train took us to"."""
    after = range(found.at + 1, min(found.at + 6, len(sentence.tokens)))
    tokens = {sentence.lower(i) for i in after}
    if lead is not None and lead.writes:
        return not tokens.isdisjoint(cues.OBJECTS)
    if not tokens.isdisjoint(cues.OTHER_OBJECTS if lead else cues.OTHER_OBJECTS | cues.OBJECTS):
        return True
    end = min(found.at + REACH, len(sentence.tokens))
    named = {name.lower() for name in names_in(sentence, found.at, end)}
    return lead is not None and bool(named & lead.words)


def find_lead(scene: Scene, governed: Iterable[tuple[Sentence, Found]]) -> Lead | None:
    """Return the traveller: who is most often the subject of verbs of motion or presence.

    Where nobody is named and the writer does not travel, it is the noun or pronoun that
    moves most often: "the ship", "they".
    """
    firsts = 0
    names: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    ships: set[str] = set()
    for sentence, found in governed:
        subject = subject_of(sentence, found)
        if subject.who is Who.FIRST and not scene.is_quoted(found.span.start):
            firsts += 1
        names.update(subject.names)
        nouns.update(_noun_of(subject, found))
        ships |= _ship(sentence, found)
    words: Counter[str] = Counter()
    for word, times in scene.words.items():
        words[word.lower().replace("’", "'").removesuffix("'s")] += times
    counts = {name: n for name, n in names.items() if words[name] > 1}
    best = max(counts, key=lambda name: (counts[name], words[name], name), default=None)
    carriers = frozenset(name for name, n in names.items() if n > 1 and name in ships)
    if firsts >= FIRST_PERSON_VERBS and (best is None or firsts >= counts[best]):
        return Lead(FIRST_PERSON, carriers=carriers)
    if best is None:
        if nouns.total() < UNNAMED_VERBS:
            return None
        return Lead(max(nouns, key=lambda noun: (nouns[noun], noun)), carriers=carriers)
    lead = _full_name(scene, best)
    sure = counts[best] > 1 or bool(lead.words & (lexicon.GIVEN_NAMES | carriers))
    return lead._replace(carriers=carriers, sure=sure)


def lead_named(scene: Scene, name: str) -> Lead:
    """Return the traveller of that name, who need not travel most.

    Raises
    ------
    InputError
        The text does not have the name.
    """
    if name.lower() in (FIRST_PERSON, *cues.FIRST):
        return Lead(FIRST_PERSON)
    words = frozenset(name.lower().split())
    tokens = (token for sentence in scene.sentences for token in sentence.tokens)
    known = {token.lower.removesuffix("'s") for token in tokens if token.mention is None}
    if not words or not words <= known:
        raise InputError(
            f"The text has nobody called {name!r}: name a traveller as the text does, or"
            f" {FIRST_PERSON!r} for its writer."
        )
    return Lead(name, words)


def _noun_of(subject: Subject, found: Found) -> Iterator[str]:
    """Yield what to call an unnamed traveller who moves."""
    if found.kind in _MOTION:
        if subject.noun:
            yield f"the {subject.noun}"
        elif subject.who is Who.THIRD:
            yield "they"


def _ship(sentence: Sentence, found: Found) -> set[str]:
    """Return the words of the name right before a verb if it bears an article: "the Vega"."""
    i = found.at - 1
    while sentence.lower(i) in _AFTER_SHIPS:
        i -= 1
    words = set()
    while i > 0 and any(names_in(sentence, i, i + 1)):
        words.add(sentence.lower(i))
        i -= 1
    return words if sentence.lower(i) in cues.BEFORE_SHIPS else set()


def _full_name(scene: Scene, word: str) -> Lead:
    """Return the longest name that holds `word`, and its words."""
    best: tuple[str, ...] = ()
    for run in (run for sentence in scene.sentences for run in _name_runs(scene, sentence)):
        if word in map(str.lower, run) and len(best) < len(run) <= LONGEST_NAME:
            best = run
    return Lead(" ".join(best or (word.title(),)), frozenset(map(str.lower, best or (word,))))


def _name_runs(scene: Scene, sentence: Sentence) -> Iterator[tuple[str, ...]]:
    """Yield the capitalised words that stand together as a name."""
    run: list[str] = []
    end = 0
    for i in range(len(sentence.tokens)):
        token = sentence.tokens[i]
        name = next(names_in(sentence, i, i + 1), None)
        apart = (
            scene.text[end : token.span.start].strip(" .\n")
            or "\n\n" in scene.text[end : token.span.start]
        )
        if run and (name is None or apart):
            yield tuple(run)
            run = []
        if name:
            run.append(name)
            end = token.span.end
    if run:
        yield tuple(run)
