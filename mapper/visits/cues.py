"""The words that tell a visit from talk, as patterns.

Plain English: verbs of motion and presence, prepositions, tense and doubt. Not one
of them knows a particular place or person.
"""

from __future__ import annotations

import re

from mapper import lexicon


def _forms(*stems: str) -> str:
    return r"\b(?:" + "|".join(stems) + r")\b"


# Verbs that bring somebody to the place that follows (with its preposition).
ARRIVE = _forms(
    r"arriv(?:e[sd]?|ing|al)",
    r"reach(?:e[sd]|ing)?",
    r"land(?:s|ed|ing)?",
    r"enter(?:s|ed|ing)?",
    r"visit(?:s|ed|ing)?",
    r"re-?visit(?:s|ed|ing)?",
    r"return(?:s|ed|ing)?",
    r"c[ao]m(?:e|es|ing)",
    r"went",
    r"go(?:es|ing|ne)?",
    r"got",
    r"gets?",
    r"travel(?:s|l?ed|l?ing)?",
    r"fl(?:y|ies|ew|ying|own)",
    r"sail(?:s|ed|ing)?",
    r"dr(?:ive|ives|ove|iving|iven)",
    r"rid(?:e|es|ing|den)",
    r"rode",
    r"walk(?:s|ed|ing)?",
    r"hik(?:e[sd]?|ing)",
    r"cycl(?:e[sd]?|ing)",
    r"bik(?:e[sd]|ing)",
    r"march(?:e[sd]|ing)",
    r"mov(?:e[sd]?|ing)",
    r"proceed(?:s|ed|ing)?",
    r"continu(?:e[sd]?|ing)",
    r"dock(?:s|ed|ing)?",
    r"anchor(?:s|ed|ing)?",
    r"disembark(?:s|ed|ing)?",
    r"touch(?:es|ed|ing)?\s+down",
    r"pull(?:s|ed|ing)?\s+into",
    r"cross(?:es|ed|ing)?",
    r"set\s+foot",
    r"tak(?:en|es|ing)",
    r"took",
    r"flown",
    r"brought",
    r"sent",
    r"transferred",
    r"deported",
    r"escorted",
    r"moored",
    r"put\s+in",
    r"push(?:ed)?\s+on",
    r"made\s+(?:it|(?:his|her|their|our|my)\s+way)",
    r"steam(?:s|ed|ing)",
    r"journey(?:s|ed|ing)",
    r"wander(?:s|ed|ing)?",
    r"climb(?:s|ed|ing)?",
    r"rowed",
    r"row(?:s|ing)",
    r"call(?:s|ed|ing)?\s+(?:in\s+)?at",
    r"descend(?:s|ed|ing)?",
    r"ascend(?:s|ed|ing)?",
)
# Verbs of being or doing something at a place.
PRESENCE = _forms(
    r"me[et]t?s?",
    r"meeting",
    r"stay(?:s|ed|ing)?",
    r"spen(?:d|ds|t|ding)",
    r"sle(?:ep|eps|pt|eping)",
    r"stop(?:s|ped|ping)?",
    r"stopover",
    r"camp(?:s|ed|ing)?",
    r"lodg(?:e[sd]?|ing)",
    r"din(?:e[sd]?|ing)",
    r"ate",
    r"attend(?:s|ed|ing)?",
    r"spoke",
    r"speaks?",
    r"speaking",
    r"address(?:es|ed|ing)?",
    r"inspect(?:s|ed|ing)?",
    r"tour(?:s|ed|ing)?",
    r"show(?:s|ed|n|ing)?",
    r"held",
    r"hold(?:s|ing)?",
    r"talks",
    r"received",
    r"greet(?:s|ed|ing)?",
    r"welcomed?",
    r"join(?:s|ed|ing)?",
    r"performed",
    r"open(?:s|ed|ing)?",
    r"laid",
    r"board(?:s|ed|ing)?",
    r"rest(?:s|ed|ing)",
    r"was",
    r"were",
    r"am",
    r"wintered",
    r"settled",
    r"lived",
    r"work(?:ed|ing)",
    r"remain(?:s|ed|ing)?",
    r"wait(?:s|ed|ing)?",
    r"based",
    r"explor(?:e[sd]?|ing)",
    r"found",
    r"saw",
    r"looked",
    r"watched",
    r"began",
    r"begin(?:s|ning)?",
    r"start(?:s|ed|ing)?",
    r"end(?:s|ed|ing)?",
    r"finish(?:es|ed|ing)?",
    r"visit",
    r"trip",
    r"journey",
    r"stay",
    r"landing",
    r"captured",
    r"arrested",
    r"married",
    r"died",
    r"buried",
    r"treated",
    r"hospitalized",
    r"bought",
    r"collected",
    r"loaded",
    r"unloaded",
    r"picked\s+up",
    r"swam",
    r"deliver(?:s|ed|ing)?",
    r"handed",
    r"signed",
    r"launched",
    r"unveiled",
    r"play(?:s|ed|ing)",
    r"sang",
    r"preached",
    r"lectured",
    r"taught",
    r"studied",
    r"refuel(?:s|l?ed|l?ing)",
    r"repaired",
    r"celebrated",
    r"paus(?:e[sd]|ing)",
    r"halt(?:s|ed|ing)?",
    r"overnighted",
    r"chang(?:e[sd]|ing)",
    r"check(?:s|ed|ing)\s+in",
    r"drank",
    r"photographed",
    r"witnessed",
    r"discussed",
    r"negotiated",
    r"conferred",
)
DEPART = _forms(
    r"le(?:ft|ave|aves|aving)",
    r"depart(?:s|ed|ing|ure)?",
    r"set(?:s|ting)?\s+(?:out|off|sail|forth)",
    r"embark(?:s|ed|ing)?",
    r"fled",
    r"flee(?:s|ing)?",
    r"escap(?:e[sd]?|ing)",
    r"took\s+off",
    r"tak(?:es|ing)\s+off",
    r"weighed\s+anchor",
    r"start(?:s|ed|ing)?\s+(?:out|off)?",
    r"quit(?:ted)?",
    r"withdrew",
)
PASS = _forms(
    r"pass(?:es|ed|ing)?(?:\s+(?:through|by\s+way\s+of))",
    r"via",
    r"by\s+way\s+of",
    r"through",
    r"transit(?:s|ed|ing)?",
    r"across",
)
GOVERNOR = re.compile(
    rf"(?P<depart>{DEPART})|(?P<pass>{PASS})|(?P<arrive>{ARRIVE})|(?P<presence>{PRESENCE})",
    re.IGNORECASE,
)

# The preposition before a name, past articles and "the northern city of".
PREPOSITION = re.compile(
    r"\b(?P<prep>in|at|to|into|onto|on|from|through|via|across|around|for|towards?|near|off|of"
    r"|outside|inside|between|past|by|over|above|against|with|about|like|than|beyond|aboard|within"
    r"|throughout|along|as)"
    r"\s+(?:(?:the|a|an|his|her|their|our|its|this|that|nearby|central|downtown|old|ancient"
    r"|beautiful|small|tiny|little|remote|bustling|historic|northern|southern|eastern|western"
    r"|(?:north|south)(?:east|west)(?:ern)?|port|capital|coastal|border|industrial)\s+)*$",
    re.IGNORECASE,
)
KIND_OF = re.compile(
    r"\b(?:city|town|village|port|hub|capital|island|region|province|state|district|district|hamlet"
    r"|settlement|county|area|country|kingdom|republic|valley|resort|airport|harbou?r|outskirts"
    r"|suburbs?|streets?|coast|shores?|banks?|centre|center|heart|north|south|east|west|slums?"
    r"|neighbou?rhood|gates?|port\s+city|seaport|edge|mouth|foot|summit|top|base|tip|ruins)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# The preposition before "the engineering hub of".
OUTER = re.compile(
    r".*\b(?P<prep>in|at|to|into|on|from|through|via|across|inside|outside|visit\w*|reach\w*)"
    r"\s+(?:[\w'’-]+\s+){0,4}$",
    re.IGNORECASE | re.DOTALL,
)
ITEM_EDGE = re.compile(r",\s+(?:and\s+)?(?:the\s+)?|\s+and\s+(?:the\s+)?", re.IGNORECASE)
# The verb or noun and its preposition, before the first item of a list.
LIST_OPENING = re.compile(r".*\b(?:in|at|to)\s+(.*)", re.DOTALL)
PART_EDGE = re.compile(r"[,;:]\s")
NO_VISIT_BEFORE = re.compile(
    r"(?:\b(?:kilomet(?:er|re)s?|km|miles?|metres?|meters?|leagues?|hours?|minutes?|days?)\b[^.;]{0,25}"
    r"\b(?:from|of|to|off)"
    r"|\b(?:near|close\s+to|north|south|east|west|far\s+from|north-?\w+|south-?\w+)(?:\s+of)?"
    r"|\b(?:bound|headed|heading|destined|sailed|left|leaving|leaves|making|made|steered|departed|set\s+out|set\s+off)\s+for"
    r"|\b(?:towards?|against|like|than|about|en\s+route\s+to|on\s+(?:the|his|her|their|our)\s+way\s+to|with)"
    r"|\b(?:born|raised|educated|based|headquartered|located|registered)\s+(?:in|at|near)"
    r"|\b(?:president|king|queen|prince|duke|bishop|government|people|history|ambassador|university|ministry"
    r"|leader|minister|republic|bank|citizens?|natives?|part|map|invasion|independence|war|battle|treaty)"
    r"\s+(?:of|to|from|in)"
    r"|\b(?:students?|people|visitors?|refugees|letters?|news|imports?|exports?|aid|troops|help|support|experts?)\s+(?:from|of|to)"
    r"|\b(?:conflict|war|crisis|election|elections|situation|fighting|earthquake|violence|interests)\s+in"
    r"|\b(?:saw|sighted|overlooking|facing|off|above|over|beyond|including))"
    r"\s+(?:the\s+)?(?:\w+\s+(?:city|town|port|capital|coast)\s+of\s+)?$",
    re.IGNORECASE,
)
NO_VISIT_AFTER = re.compile(
    r"[-‐](?:based|born|led|backed|bound|style|made|educated|trained)\b"
    r"|['’]s\b"
    r"|\s+(?:officials?|governments?|spokes\w+|police|ambassador|embassy|authorities|troops|forces|state\s+department"
    r"|leaders?|presidents?|minist\w+|residents?|citizens?|newspapers?|conflict|war|crisis|dollars?|time)\b"
    r"|\s+(?:has|have|had)?\s*(?:"
    + "|".join(sorted(lexicon.SPEECH_VERBS))
    + r"|seeks?|raised|might|may|could|should)\b",
    re.IGNORECASE,
)
PLACE_PREPOSITIONS = frozenset(
    "in at to into onto on from through via across around inside outside between within "
    "throughout along".split()
)
DIRECT = re.compile(
    r"\b(?:(?:stop|halt|stopover|port\s+of\s+call)\s+(?:was|is)|visit|reach|enter|leave|left|tour|inspect|cross|explor|quit|depart|fle|pass|transit|via|through)\w*$",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"\b(?:will|shall|['’]ll|won['’]t|(?:is|are|am|was|were)\s+(?:also\s+)?(?:to|due|set|scheduled|expected|slated|going|about)"
    r"(?:\s+to)?|plan(?:s|ned|ning)?(?:\s+(?:to|for|on))?|expect(?:s|ed|ing)?\s+(?:also\s+)?to|intend(?:s|ed|ing)?"
    r"|hop(?:e[sd]?|ing)\s+to|want(?:s|ed)?\s+to|aim(?:s|ed)?\s+to|invit(?:ation|ed|es?)|upcoming|next\s+stop|scheduled"
    r"|tomorrow|next\s+(?:week|month|year)|looking\s+forward|itinerary)\b",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"\b(?:not|never|cannot|without|unable|fail(?:s|ed)?|refus\w+|cancel\w*|skip\w*|instead\s+of|rather\s+than|no\s+plans?"
    r"|abandon\w*|postpon\w*|declin\w+|before\s+reaching|avoid\w*|miss(?:ed|ing)|prevented)\b|n['’]t\b",
    re.IGNORECASE,
)
# "May" with a capital is a month.
POSSIBLE = re.compile(r"\b(?:may|(?i:could|might|if|can|should|would|whether|unless|ought))\b")
CANCELLED = re.compile(
    r"[^.;,]{0,60}?\b(?:was|were|is|are|been|being)\s+(?:\w+\s+)?"
    r"(?:cancel\w*|postponed|called\s+off|abandoned|scrapped|ruled\s+out|put\s+off|dropped)\b",
    re.IGNORECASE,
)
# "officials in Tokyo said": where a source sits.
SPEAKS = re.compile(
    r"\s+(?:has\s+|have\s+|had\s+)?(?:" + "|".join(sorted(lexicon.SPEECH_VERBS)) + r")\b"
)
CLAUSE_EDGE = re.compile(
    r"[;:]|\s[-–—]+\s|—|,?\s+(?:but|while|whereas|although|because|that|who|which|whose)\s",
    re.IGNORECASE,
)
LIST_GAP = re.compile(
    r"\s*(?:,\s*(?:then\s+)?(?:and\s+|or\s+)?(?:then\s+)?|\s+and\s+(?:then\s+)?(?:to\s+|in\s+|at\s+)?|\s+or\s+|→|->|–|-|/|;\s*)\s*(?:the\s+|in\s+|at\s+)?",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"\s+(?:the|a|an)(?:\s+\w+)?$", re.IGNORECASE)
PRONOUN = re.compile(r"\b(?:he|she|they|we|i|him|them|us|me|who)\b", re.IGNORECASE)
OTHERS = re.compile(r"\b(?:he|she|they|it)\b", re.IGNORECASE)
WRITER = re.compile(r"\b(?:I|me|my|[Ww]e|us|[Oo]ur)\b")
# Where the date of one part of a sentence ends.
TIME_EDGE = re.compile(
    r"[,;]\s+(?:and|then|but|before|after|where|while)\b|;\s|\s(?:before|and\s+then)\s",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e)\b")
QUOTED = re.compile(r"[\"“][^\"“”]{0,2000}[\"”]")
BLANK = re.compile(r"\n[ \t]*\n?$")
# What closes a date that heads an entry.
HEAD_END = re.compile(r"[*_]*\s*(?:[.:;—–-]|\n|$)")
DAY_HEAD = re.compile(r"\s*(?:day|week|stage|leg|stop)\s+\d+", re.IGNORECASE)


NOT_A_NAME = (
    lexicon.COMMON_WORDS
    | lexicon.TITLES
    | lexicon.MONTHS
    | lexicon.WEEKDAYS
    | lexicon.DIRECTIONS
    | lexicon.ORGANIZATION_HEADS
    | lexicon.GENERIC_HEADS
    | lexicon.INSTITUTION_HEADS
)
