"""The words that tell a visit from talk.

Plain English: prepositions, tense, doubt, who acts. None of them knows a particular
place or person.
"""

from __future__ import annotations

import re

from mapper import lexicon


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Where a place stands to its verb.
PLACE_PREPOSITIONS = _set(
    "in at to into onto on from through via across around inside outside between within "
    "throughout along aboard"
)
# A place after one of these was not reached …
AWAY_PREPOSITIONS = _set(
    "near off of for toward towards against like than about with without over above beyond "
    "past by behind below under despite including since until as unlike"
)
PREPOSITIONS = PLACE_PREPOSITIONS | AWAY_PREPOSITIONS
# … but who camps near a village or anchors off an island was there.
NEAR = _set("near off outside beside")
# Words that link a name to what stands before them, beside the prepositions of place.
LINKS = NEAR | {"for", "including", "up", "down"}
# "Due to", "according to": no way leads there.
BEFORE_TO = _set("due according thanks owing addition close similar compared respect contrary")
COLONS = _set("- -- – — :")
NEAR_LEMMAS = _set(
    "anchor moor weigh drop cast camp sleep land stop stay lodge crash halt rest shelter night "
    "nights"
)
# Through these places people go without a stay, if they go at all.
PASS_PREPOSITIONS = _set("through via across along")
# "Left Paris for Rome": whoever starts for a place is told to have come there.
DEPARTING_LEMMAS = _set("leave depart set sail board catch head embark withdraw escape flee start")

# "The journey began with a train from Oslo".
BEGINNING_LEMMAS = _set("begin start")
CROSSING_LEMMAS = _set("cross traverse")

CONJUNCTIONS = _set("and or but then nor")
# Words that open a clause of its own: a verb before them does not govern what follows.
CLAUSE_OPENERS = _set(
    "but while whereas although though because that who which whose whom where when if since "
    "unless until so as whether after before what how"
)
CLAUSE_MARKS = _set("; : — -- – ( )")
ARTICLES = _set("the a an his her its their our your my this that these those")
DETERMINERS = ARTICLES | _set(
    "the a an his her its their our my your this that these those another each every first "
    "second third final last next brief short long official state recent previous planned "
    "only whole return one two three several 's bus train boat road land day"
)
# "The city of", "on the outskirts of": what a name may be the name of.
KINDS = _set(
    """
    city cities town towns village villages port hub capital island islands isle region province
    state district hamlet settlement county area country kingdom republic valley resort airport
    harbor harbour outskirts suburb suburbs street streets coast shore shores bank banks centre
    center heart north south east west slums neighbourhood neighborhood gates seaport edge mouth
    foot summit top base tip ruins bay municipality commune parish territory lake hills
    countries states islands provinces ports places stops regions
    temple temples churches mosques museums shrines palace palaces castle castles market markets
    garden gardens beach beaches sights walls canals pyramids battlefield battlefields
    university college monastery abbey cathedral convent fortress citadel church camp fort
    """
)
# "An inlet called the Bay of Whales".
CALLED = _set("called named")
# "The war in": what happens at a place without anybody going there.
EVENTS = _set(
    """
    history part map invasion independence war battle treaty news imports exports aid support
    conflict crisis election elections situation fighting earthquake violence interests
    relations ties policy peace democracy rights
    development investment interest unrest outbreak letters letter report reports
    """
)
# "Officials in": who lives or works there, if nothing is said to have been done there.
GROUPS = _set(
    """
    economy prices university school market markets hospital
    officials people president king queen prince duke bishop government ambassador ministry leader
    leaders minister bank citizens natives students visitors refugees troops experts embassy
    embassies engineers traders analysts analyst residents growers farmers forecasters economist
    researchers professor police diplomats ships companies company firm forces workers voters
    scientists doctors nurses families relatives campaigners critics investors authorities
    terrorists militants rebels fighters soldiers insurgents protesters activists fans customers
    users colleagues victims survivors lawyers judges prosecutors lawmakers editors readers viewers
    judge court official officer spokesman spokeswoman prosecutor lawyer diplomat economists
    lawmaker voter patients farmers fishermen miners dealers buyers shops factories plants offices
    """
)
BORN = _set("born raised educated based headquartered located registered situated native")
UNITS = _set(
    "kilometre kilometres kilometer kilometers km mile miles metre metres meter meters league "
    "leagues hour hours minute minutes nm"
)
BETWEEN_UNIT_AND_FROM = _set(
    "north south east west northeast northwest southeast southwest away drive ride walk flight "
    "far further farther journey by road rail from and up down out about outside"
)
BOUND = _set("bound heading destined route road path toward towards track")

FIRST = _set("i we")
THIRD = _set("he she they")
OBJECTS = _set("us me")
OTHER_OBJECTS = _set("him her them")
SUBJECTS = FIRST | THIRD
POSSESSIVES = {"my": "first", "our": "first", "his": "third", "her": "third", "their": "third"}
RELATIVES = _set("who which that")
# What may stand between a subject and its verb.
AUXILIARIES = _set(
    "am is are was were be been being has have had having do does did will would shall should can "
    "could may might must not never to then also later soon finally eventually already first just "
    "even once again still now currently both all duly safely at last next today yesterday "
    "recently since often ever himself herself themselves each"
)
# Common nouns that travel: who, and what carries them.
PEOPLE = lexicon.TITLES | _set(
    """
    travellers travelers traveller traveler tourist tourists visitor pilgrims pilgrim explorers
    explorer expedition team crew delegation envoy convoy party group couple pair brothers
    sisters friends boys girls men women man woman boy girl teen teenager
    suspect fugitive defendant prisoner army fleet squadron caravan column mission entourage
    candidate torch flame crusade king politician leader artist poet writer author scientist
    journalist journalists
    reporter sailor sailors climbers runner cyclist rider riders driver drivers pastor monk
    missionary husband wife band musician singer athletes torch relay refugees crusaders
    premier statesman naturalist professor pontiff monarch diplomat diplomats officials members
    """
)
BEFORE_SHIPS = _set("the hms ss uss mv rms hmcs hmas")
NUMBERS = _set("two three four five six both trio")
VEHICLES = _set(
    """
    galley fleet force one ship vessel boat yacht ferry steamer schooner train bus coach car
    truck lorry van plane aircraft jet helicopter sledge wagon cutter icebreaker submarine
    frigate carrier balloon taxi bike motorbike canoe
    """
)

# Not yet done; of plans in the past tense the text itself must tell what came of them.
FUTURE = _set("will shall 'll won't due scheduled slated tomorrow upcoming forthcoming")
PLANS = _set(
    "plan plans planned planning expected expects expect set going about intend intends intended "
    "hope hopes hoped hoping want wants wanted aim aims aimed mean means meant scheduled due "
    "slated likely ready preparing prepared"
)
# With a present progressive: "we are flying to … this summer".
_SEASONS = r"(?:spring|summer|autumn|fall|winter)"
TIME_AHEAD = re.compile(
    r"\b(?:(?:(?<!\bthe\s)next|coming)\s+(?:"
    + _SEASONS
    + r"|week(?:end)?|month|year|"
    + "|".join(sorted(lexicon.MONTHS | lexicon.WEEKDAYS))
    + r")|this\s+(?:coming\s+)?(?:"
    + _SEASONS
    + r"|weekend)"
    r"|in\s+(?:the\s+)?" + _SEASONS + r"|tomorrow|tonight"
    r"|in\s+(?:a|two|three|four|five|six|ten|\d+)\s+(?:day|week|month|year)s?)\b",
    re.IGNORECASE,
)
WOULD_AFTER = re.compile(r"[^.;]{0,40}?\b(?:would|could|might)\b")
FUTURE_AFTER = re.compile(
    r"[^.;]{0,40}?\b(?:will|shall|is\s+to|next\s+(?:week|month|year))\b"
    r"|[^.;]{0,140}?\b(?:is|are)\s+(?:also\s+)?(?:planned|scheduled|due|expected)\b",
    re.IGNORECASE,
)
NEGATIONS = _set(
    "not never cannot without unable fail fails failed refuse refused refuses cancel cancelled "
    "cancellation postponement "
    "canceled skip skipped postpone postponed abandon abandoned decline declined avoid avoided "
    "avoiding miss missed missing prevented prevent forbidden unlikely denied deny denies neither "
    "nor hardly don't didn't doesn't couldn't wouldn't can't wasn't weren't hadn't haven't hasn't "
    "isn't aren't no"
)
# Lower case only: "May" is a month.
POSSIBLE = _set("may could might if can should would whether unless ought must")
# With "to": not said to be done.
TRIED = _set(
    "try tried trying attempt attempted attempting attempts wished wish dream dreamed claimed "
    "claim claims asked invited invitation way opportunity chance unable longed longing yearn "
    "yearned"
)
# "Hoped to see": no way leads to what is seen.
WISHES = PLANS | TRIED
# "His last wish was to see Rome".
LONGINGS = _set("wish dream hope aim goal plan intention ambition idea")
# What may stand between an auxiliary and its verb.
ADVERBS = _set(
    "also always already later soon now first just even once again still both all long "
    "originally ever been"
)
BE_OR_HAVE = _set("be am is are was were been being has have had having")
MODALS = FUTURE | _set("would could should can may might must to")

# What makes the name a mere attribute.
ATTRIBUTE = re.compile(
    r"[-‐](?:based|born|led|backed|bound|style|made|educated|trained)\b"
    r"|\s+(?:officials?|governments?|spokes\w+|police|ambassador|authorities|troops|forces"
    r"|state\s+department|leaders?|presidents?|minist\w+|residents?|citizens?|newspapers?|conflict"
    r"|war|crisis|dollars?|time)\b",
    re.IGNORECASE,
)
# Said of a place right after its name, where no preposition of place stands before it.
NO_VISIT_AFTER = re.compile(
    r"['’]s?\s"
    r"|\s+(?:has|have|had)?\s*(?:"
    + "|".join(sorted(lexicon.SPEECH_VERBS))
    + r"|seeks?|raised|might|may|could|should)\b",
    re.IGNORECASE,
)
SPEAKS = re.compile(
    r"\s+(?:has\s+|have\s+|had\s+)?(?:" + "|".join(sorted(lexicon.SPEECH_VERBS)) + r")\b"
)
CANCELLED = re.compile(
    r"[^.;,]{0,60}?\b(?:was|were|is|are|been|being)\s+(?:\w+\s+)?"
    r"(?:cancel\w*|postponed|called\s+off|abandoned|scrapped|ruled\s+out|put\s+off|dropped)\b",
    re.IGNORECASE,
)
# "First stop: Oslo", "their next port of call was Malta".
IS_STOP = re.compile(
    r"\b(?:(?:stop|halt|stopover|port\s+of\s+call|destination|ports|stops)\s*(?:was|is|were|:)"
    r"|,\s+(?:now|currently)\s+(?:in|at))\s*(?:the\s+)?$",
    re.IGNORECASE,
)
# "Oslo was our last stop".
WAS_STOP = re.compile(
    r"\s+(?:was|is|were|are|(?P<ahead>will\s+be))\s+"
    r"(?:my|our|his|her|their|its|the(?=\s+(?:first|next|last|final|second|third)\b))\s+"
    r"(?:\w+\s+){0,2}(?:stop|halt|stopover|port\s+of\s+call|destination)s?\b"
)
# Between two names of one list, with at most two short items that are no known place.
_ITEM = r"(?:the\s+)?[^\W\d_a-z][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*){0,2}"
LIST_GAP = re.compile(
    r"\s*(?:\([^()]{0,80}\))?\s*(?:(?:,\s*" + _ITEM + r"\s*){0,2}"
    r"(?:,|;|\s+and|\s+or|\s+&|\s+[-–]|→|->|/)\s*(?:and\s+|or\s+)?"
    r"(?:then\s+|finally\s+|later\s+|on\s+|lastly\s+)?(?:back\s+)?(?:to\s+|in\s+|at\s+)?(?:the\s+)?"
    rf"(?:(?:[a-z-]+\s+){{0,2}}(?:{'|'.join(sorted(KINDS))})\s+of\s+(?:the\s+)?)?)",
)
# An item may be dated: "Singapore, June 14, Surabaya, June 18".
ARROW = re.compile(r"\s*(?:→|->|-->|–>)\s*")
# Over an entry of a diary or a plan.
DAY_HEAD = re.compile(
    r"[\s*#_•–-]*(?:(?:days?|week|stage|leg|stop)\s+\d+\b[^.\n]{0,60}"
    r"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:(?:" + "|".join(sorted(lexicon.MONTHS)) + r")\b\.?\s*)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?)?(?:,?\s+\d{4})?\s*(?::|–|—|\s-)\s*"
    r"(?:[\w'’ ]{1,40}(?:→|->|–|—|\s-|\sto)\s*){0,3})",
    re.IGNORECASE,
)
# Over the steps of one day: "Day 3".
ENTRY_HEAD = re.compile(
    r"^[\s*#_•–-]{0,10}(?:days?|week|stage)\s+\d+\b", re.IGNORECASE | re.MULTILINE
)
# A verbless step: "On to Cusco.", "Back in Lima".
STEP = re.compile(
    r"(?:^|[.;,]\s+|\bthen\s+|\band\s+)(?:on|back|off|over|down|up|out|across|home|onwards?)\s+"
    r"(?:to|in|into)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "He is expected in Oslo", "the last concert will be in Oslo".
EXPECTED = re.compile(
    r"\b(?:(?:is|are)\s+(?:also\s+)?(?:expected|due)\s+(?:back\s+)?"
    r"|(?:concert|show|gig|performance|appearance|stop|stage|talk|reading|lecture|speech|rally"
    r"|match|game)s?\s+(?:will\s+be|is\s+to\s+be)\s+(?:held\s+)?"
    r"|(?:will|is\s+to|are\s+to)\s+take\s+place\s+)"
    r"(?:in|at)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "After Paris, we …": what comes first is done.
AFTER = re.compile(r"(?:^|[.;,]\s+)after\s+(?:the\s+)?$", re.IGNORECASE)
# Plans in the past tense, of which the text may tell what came of them.
PAST_PLANS = _set("planned hoped wanted intended was were expected scheduled aimed meant")
# What was done before that which the sentence dates: "… after visits to".
_EARLIER = r"\safter\s+(?:[\w-]+\s+){0,3}?(?:visits?|stops?|trips?|tours?|talks|stays?)\b"
EARLIER = re.compile(_EARLIER, re.IGNORECASE)
# Where the date of one part of a sentence ends.
TIME_EDGE = re.compile(
    r"[,;]\s+(?:and|then|but|before|after|where|while)\b|;\s|\s(?:before|and\s+then)\s|" + _EARLIER,
    re.IGNORECASE,
)
RELATIVE_EDGE = re.compile(r",\s+(?:where|which)\b", re.IGNORECASE)
# What may stand behind a town's name: ", Antigua".
CONTAINER = re.compile(r"(?:,\s+[^\W\d_a-z][\w.]*(?:\s+[^\W\d_a-z][\w.]*)*)?")
# Where what somebody says, hopes or plans begins: a time in there is none of the saying.
_SAYING = r"(?:" + "|".join(sorted(lexicon.SPEECH_VERBS)) + r")\s+(?:[\w'’]+\s+){0,4}?"
CLAIM_EDGE = re.compile(
    r"\b" + _SAYING + r"(?:that\b|(?:he|she|they|it|we|i)\s+"
    r"(?:hope|plan|want|intend|expect|would|will|might|may|could)[a-z]*\b)",
    re.IGNORECASE,
)
BLANK = re.compile(r"\n[ \t]*\n?$")
# What closes a date that heads an entry.
HEAD_END = re.compile(r"[*_]*\s*(?:[.:;—–-]|\n|$)")

# Capitalised words that name nobody; those of the first kind only where a sentence begins.
COMMON = lexicon.COMMON_WORDS | lexicon.GENERIC_HEADS | lexicon.DIRECTIONS
NEVER_A_NAME = (
    lexicon.TITLES
    | lexicon.MONTHS
    | lexicon.WEEKDAYS
    | lexicon.ORGANIZATION_HEADS
    | lexicon.INSTITUTION_HEADS
    | lexicon.GENERIC_HEADS
    | FIRST
    | THIRD
    | PEOPLE
    | _set("us u.s u.k uk it prime foreign vice deputy assistant acting mp the a an this that")
)
# Capitalised in a title or after a full stop, but never somebody.
COMMON_ALWAYS = lexicon.COMMON_WORDS - _set(
    "brown green black white gray grey rose lily ivy iris olive violet grace faith hope joy king "
    "bishop church bird fish fox wolf bear star moon march may june april august mark wood stone"
)
# "American", "Chinese": no name where a common noun follows.
ADJECTIVE_ENDINGS = ("ian", "ese", "ish", "ean", "can", "eli", "ani", "qi", "ch", "nch", "flagged")
