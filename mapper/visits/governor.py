"""The verb or noun of motion or presence that a place name hangs on."""

from __future__ import annotations

from typing import NamedTuple

from mapper import lexicon
from mapper.model import Span
from mapper.visits import cues
from mapper.visits.scene import Sentence
from mapper.visits.verbs import GOVERNORS, NEVER_BEFORE, PARTICLES, Form, Governor, Kind

__all__ = ["Found", "find", "find_behind", "find_in_list", "governor_at"]

# A verb further back than this, in tokens, no longer governs the name.
REACH = 18
# A noun governs less far: "a visit with the trade minister to".
NOUN_REACH = 6
# So many words may stand between "the" and the name: "the small northern mining town of".
FILLERS = 5
# A place so far from the beginning of its clause, in tokens, still opens it.
OPENING = 6
# The verb of a clause that a place opens stands within so many tokens after it.
AHEAD = 14
# An item of a list has at most so many words; more are a clause. A list, so many tokens.
LONGEST_ITEM = 5
LONGEST_LIST = 40
# Shorter words in "-ed" are no verbs ("red"), nor are these.
SHORTEST_PARTICIPLE = 5
NO_PARTICIPLE = frozenset("indeed hundred sacred naked wicked speed breed kindred need".split())


_PART_MARKS = cues.CLAUSE_MARKS | {","}


class Found(NamedTuple):
    """A governor where it stands: `at` is its token, `kind` what it says of this place."""

    at: int
    word: Governor
    kind: Kind
    span: Span
    fronted: bool = False


def find(sentence: Sentence, index: int) -> Found | None:
    """Return the governor of the place name at token `index`, if it has one."""
    link = _link(sentence, index)
    return None if link is None else _governor_of(sentence, index, link)


def find_in_list(sentence: Sentence, index: int) -> Found | None:
    """Return the governor of a list of short items: "visits to the old mill and Bergen"."""
    i, item, first = index, 0, max(0, index - LONGEST_LIST)
    if sentence.lower(i - 1) in cues.ARTICLES:
        i -= 1
    if sentence.lower(i - 1) not in (",", "and"):
        return None
    for j in range(i - 1, first - 1, -1):
        token = sentence.lower(j)
        if token in cues.PLACE_PREPOSITIONS or _takes_place(sentence, j):
            return _governor_of(sentence, index, j)
        item = 0 if token in (",", "and") else item + 1
        if item > LONGEST_ITEM or token in cues.CLAUSE_OPENERS or token in cues.CLAUSE_MARKS:
            return None
        if token in cues.FIRST or token in cues.THIRD or governor_at(sentence, j):
            return None
    return None


def _governor_of(sentence: Sentence, index: int, link: int) -> Found | None:
    word = governor_at(sentence, link)
    if word:
        return _found(sentence, link, word, _kind_of_object(word))
    preposition = sentence.lower(link)
    return _to_the_left(sentence, link, preposition) or _to_the_right(sentence, index, link)


def _kind_of_object(word: Governor) -> Kind:
    """Return what a verb says of its object: who crosses a country passes it."""
    return Kind.PASS if word.lemma in cues.CROSSING_LEMMAS else word.kind


def governor_at(sentence: Sentence, index: int) -> Governor | None:
    """Return the verb or noun at a token, if it is read as one of motion or presence."""
    token = sentence.lower(index)
    word = GOVERNORS.get(token)
    if word is None:
        return _unknown_verb(sentence, index)
    if token in lexicon.MONTHS and sentence.tokens[index].text[0].isupper():
        return None
    after = sentence.lower(index + 1)
    if word.lemma == "make" and _is_place(sentence, index + 1):
        return word._replace(direct=True)
    if word.lemma in PARTICLES and after not in PARTICLES[word.lemma]:
        return _unknown_verb(sentence, index)
    if _is_particle(sentence, index):
        return None
    if after in NEVER_BEFORE.get(word.lemma, ()):
        return None
    if word.lemma == "go" and word.form is Form.GERUND and _is_going_to(sentence, index):
        return None
    return _as_read(sentence, index, word)


def _is_place(sentence: Sentence, index: int) -> bool:
    """Whether a place name stands there: "made Table Bay"."""
    return index < len(sentence.tokens) and sentence.tokens[index].mention is not None


def _is_particle(sentence: Sentence, index: int) -> bool:
    """Whether the word belongs to the verb before it: "weighed anchor", "set sail"."""
    before = GOVERNORS.get(sentence.lower(index - 1))
    return before is not None and sentence.lower(index) in PARTICLES.get(before.lemma, ())


def _unknown_verb(sentence: Sentence, index: int) -> Governor | None:
    """Read a past form that is in no table as something done there."""
    token = sentence.lower(index)
    if not token.endswith("ed") or len(token) < SHORTEST_PARTICIPLE or token in NO_PARTICIPLE:
        return None
    text = sentence.tokens[index].text
    if text[0].isupper() or sentence.lower(index - 1) in cues.DETERMINERS:
        return None
    return Governor("", Kind.ACT, Form.PAST)


def _is_going_to(sentence: Sentence, index: int) -> bool:
    following = GOVERNORS.get(sentence.lower(index + 2))
    return sentence.lower(index + 1) == "to" and bool(following and following.form is Form.BASE)


def _as_read(sentence: Sentence, index: int, word: Governor) -> Governor | None:
    """Tell the noun ("his visit") from the verb ("they visit"); drop what is neither."""
    if word.form is Form.GERUND and word.noun and _is_determined(sentence, index):
        return word._replace(form=Form.NOUN, direct=False)
    if word.form in (Form.PAST, Form.GERUND):
        determined = sentence.lower(index - 1) in ("the", "a", "an")
        return None if determined and not word.noun else word
    if word.form is Form.NOUN:
        return word
    before = sentence.lower(index - 1)
    is_object = word.direct and sentence.lower(index + 1) in cues.PREPOSITIONS
    if word.noun and (is_object or _is_determined(sentence, index)):
        return word._replace(form=Form.NOUN, direct=False)
    if word.form is Form.PRESENT or _licenses_base(before, index):
        return word
    if index > 0 and sentence.tokens[index - 1].text[0].isupper():
        return word
    if _opens_line(sentence, index):
        return word
    return word._replace(form=Form.NOUN, direct=False) if word.noun else None


def _opens_line(sentence: Sentence, index: int) -> bool:
    """Whether a capital and no word before tell a heading's first step: "Day 2 Visit"."""
    return sentence.tokens[index].text[0].isupper() and not sentence.lower(index - 1).isalpha()


def _is_determined(sentence: Sentence, index: int) -> bool:
    before = sentence.lower(index - 1)
    if before in cues.DETERMINERS or before.endswith("'s") or before.endswith("ing"):
        return True
    if before in cues.AUXILIARIES or before.isdigit():
        return False
    return sentence.lower(index - 2) in cues.DETERMINERS


def _licenses_base(before: str, index: int) -> bool:
    if index == 0:
        return True
    return (
        before in cues.MODALS
        or before in cues.FIRST
        or before in cues.AUXILIARIES
        or before in cues.CONJUNCTIONS
        or before in ("they", "you", ",", "-", "not", "n't", "who")
        or before.endswith("ly")
        or before.endswith("'ll")
        or (before.endswith("s") and not before.endswith(("'s", "ss")))
    )


def _link(sentence: Sentence, index: int) -> int | None:
    """Return the preposition before the name, or the verb that takes it as its object."""
    i = index - 1
    determined = False
    for _ in range(FILLERS + 1):
        token = sentence.lower(i)
        if token in cues.PLACE_PREPOSITIONS or token in cues.LINKS or _is_colon(sentence, i):
            return None if sentence.lower(i - 1) in cues.BEFORE_TO else i
        if token == "as" and sentence.lower(i - 1) == "far":
            return i - 2
        if token == "of" and (sentence.lower(i - 2), sentence.lower(i - 1)) == ("by", "way"):
            return i - 2
        if token == "of":
            if sentence.lower(i - 1) not in cues.KINDS:
                return None
            i -= 1
            determined = False
        elif token in cues.CALLED:
            determined = False
        elif (token == "by" and _passes(sentence, i)) or _takes_place(sentence, i):
            return i
        elif determined or not _is_filler(token):
            return None
        determined = determined or token in cues.ARTICLES
        i -= 1
    return None


def _passes(sentence: Sentence, index: int) -> bool:
    """Whether somebody goes by: "the train passed, before dawn, by"."""
    words = (governor_at(sentence, i) for i in range(max(0, index - REACH), index))
    return any(word and word.kind is Kind.PASS for word in words)


def _is_colon(sentence: Sentence, index: int) -> bool:
    """Whether a list of places follows: "four countries - Singapore, …"."""
    return sentence.lower(index) in cues.COLONS and sentence.lower(index - 1) in cues.KINDS


def _takes_place(sentence: Sentence, index: int) -> bool:
    word = governor_at(sentence, index) if sentence.lower(index) in GOVERNORS else None
    return bool(word and word.direct and word.form is not Form.NOUN)


def _is_filler(token: str) -> bool:
    return bool(
        token
        and token[0].isalpha()
        and token not in cues.PREPOSITIONS
        and token not in cues.CONJUNCTIONS
        and token not in cues.CLAUSE_OPENERS
        and token not in cues.FIRST
        and token not in cues.THIRD
        and token not in ("is", "was", "are", "were", "has", "had", "have", "be", "been")
    )


def _to_the_left(sentence: Sentence, link: int, preposition: str) -> Found | None:
    first = max(0, link - REACH)
    inside = 0
    for i in range(link - 1, first - 1, -1):
        token = sentence.lower(i)
        inside += (token == ")") - (token == "(" and inside > 0)
        if inside or (token == "(" and _is_closed(sentence, i, link)):
            continue
        if token in cues.CLAUSE_MARKS or token in cues.CLAUSE_OPENERS:
            return None
        word = governor_at(sentence, i) if token else None
        if word is None or (word.form is Form.NOUN and link - i > NOUN_REACH):
            continue
        if preposition == "from" and word.form is Form.NOUN and word.kind is Kind.PRESENCE:
            continue
        if word.lemma == "be" and not _is_beside(sentence, i, link):
            continue
        if preposition == "to" and not word.lemma and token in cues.WISHES:
            return None
        return _checked(sentence, i, word, preposition)
    return None


def _is_closed(sentence: Sentence, opened: int, end: int) -> bool:
    """Whether a parenthesis closes again before a token."""
    return any(sentence.lower(i) == ")" for i in range(opened, end))


def _is_beside(sentence: Sentence, index: int, link: int) -> bool:
    """Whether only adverbs stand between "was" and "in"."""
    between = [sentence.lower(i) for i in range(index + 1, link)]
    return len(between) <= 3 and all(
        word in cues.AUXILIARIES or word.endswith("ly") or word in ("back", "here", "up", "out")
        for word in between
    )


def _checked(sentence: Sentence, index: int, word: Governor, preposition: str) -> Found | None:
    """Return the governor unless verb and preposition say that the place was not reached."""
    kind = word.kind
    if preposition in cues.NEAR - cues.PLACE_PREPOSITIONS and word.lemma not in cues.NEAR_LEMMAS:
        return None
    if preposition == "for":
        if word.lemma not in cues.DEPARTING_LEMMAS:
            return None
        kind = Kind.ARRIVE
    if preposition == "from":
        begins = word.lemma in cues.BEGINNING_LEMMAS
        if kind in (Kind.PRESENCE, Kind.ACT) and not begins:
            return None
        kind = Kind.DEPART
    if preposition in cues.PASS_PREPOSITIONS | {"by"} and kind in (Kind.ARRIVE, Kind.DEPART):
        kind = Kind.PASS
    return _found(sentence, index, word, kind)


def _to_the_right(sentence: Sentence, index: int, link: int) -> Found | None:
    """Return the verb after a place that opens its clause: "At Oslo, she met …"."""
    preposition = sentence.lower(link)
    if preposition not in cues.PLACE_PREPOSITIONS - {"to", "into"}:
        return None
    if not _opens(sentence, link):
        return None
    for i in range(index + 1, min(index + 1 + AHEAD, len(sentence.tokens))):
        if sentence.lower(i) in cues.CLAUSE_MARKS or sentence.lower(i) in cues.CLAUSE_OPENERS:
            return None
        word = governor_at(sentence, i)
        if word is None or word.lemma == "be":
            continue
        if preposition == "from":
            motion = word.kind in (Kind.ARRIVE, Kind.DEPART)
            return _found(sentence, i, word, Kind.DEPART, fronted=True) if motion else None
        if word.form is not Form.NOUN and word.kind is not Kind.PASS:
            return _found(sentence, i, word, _presence(word), fronted=True)
    return None


def find_behind(sentence: Sentence, index: int) -> Found | None:
    """Return the verb of a clause about the place: "Fiji, where they met", "which they left"."""
    where = index + 1
    while sentence.lower(where) in (",", ")"):
        where += 1
    opener = sentence.lower(where)
    if opener not in ("where", "which"):
        return None
    for i in range(where + 1, min(where + 1 + AHEAD, len(sentence.tokens))):
        if sentence.lower(i) in _PART_MARKS or sentence.lower(i) in cues.CLAUSE_OPENERS:
            return None
        word = governor_at(sentence, i)
        if word and word.lemma != "be" and word.form is not Form.NOUN:
            if opener == "which":
                return _found(sentence, i, word, word.kind) if word.direct else None
            return _found(sentence, i, word, _presence(word), fronted=True)
    return None


def _opens(sentence: Sentence, link: int) -> bool:
    """Whether the clause begins with a preposition of place, here or a few words before."""
    for i in range(link, max(-1, link - OPENING), -1):
        before = sentence.lower(i - 1)
        if i == 0 or before in _PART_MARKS or before in cues.CONJUNCTIONS:
            return sentence.lower(i) in cues.PLACE_PREPOSITIONS
    return False


def _presence(word: Governor) -> Kind:
    return Kind.ACT if word.kind is Kind.ACT else Kind.PRESENCE


def _found(
    sentence: Sentence, index: int, word: Governor, kind: Kind, *, fronted: bool = False
) -> Found:
    return Found(index, word, kind, sentence.tokens[index].span, fronted)
