"""Words of the English language that decide what a name is.

Plain lists, written from general knowledge: they know kinds of words, never
a particular place or person.
"""

from __future__ import annotations

__all__ = [
    "AREA_HEADS",
    "BRAND_HEADS",
    "COMMON_WORDS",
    "CONNECTORS",
    "DIRECTIONS",
    "GENERIC_HEADS",
    "GIVEN_NAMES",
    "INSTITUTION_HEADS",
    "LEADING_HEADS",
    "LOCALS",
    "LOCATIVES",
    "MONTHS",
    "MOTION_OPENERS",
    "NOBLE_TITLES",
    "ORGANIZATION_HEADS",
    "SITE_HEADS",
    "SPEECH_VERBS",
    "STEPS",
    "STREET_HEADS",
    "TITLES",
    "WEEKDAYS",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MONTHS = _set(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
WEEKDAYS = _set("monday tuesday wednesday thursday friday saturday sunday")

# Words that may stand uncapitalised inside a name: "Rio de Janeiro", "Stoke-on-Trent".
CONNECTORS = _set(
    "of the de da do dos das del della di du des la le les los las el al on upon an am auf im in "
    "van von der den bei ob nad na y e i sur sous en aux es by under"
)

# Prepositions that put something somewhere: a name right after one is likely a place.
LOCATIVES = _set(
    "in at to from near into through via around across throughout toward towards beyond off "
    "outside inside within between reach reached leaving left visit visited visiting entered "
    "entering approaching nearing departed crossed crossing toured touring above below along "
    "over past for until till onto aboard"
)

# "A Dover man", "Dover firefighters": after a town's name, those who belong to it.
LOCALS = _set(
    """
    man woman men women boy girl boys girls teen teenager mother father couple family families
    resident residents native natives student students teacher police firefighters officials
    officer officers council councilman councilwoman mayor home homes house apartment
    neighborhood neighbourhood suburb area district based born businessman farmer farmers
    """
)

DIRECTIONS = _set(
    "north south east west northern southern eastern western central upper lower northeast "
    "northwest southeast southwest northeastern northwestern southeastern southwestern downtown "
    "mid inner outer greater far nearby old new"
)

# "X Airport", "Mount X", "Isle of X": a head noun that makes a place of whatever stands by it.
SITE_HEADS = _set(
    """
    airport aerodrome airfield airbase airstrip cosmodrome spaceport harbor harbour port seaport
    station terminal bridge tunnel dam castle palace cathedral abbey monastery convent church
    mosque temple shrine basilica chapel museum stadium arena theatre theater opera library
    hospital prison camp fort fortress barracks lighthouse observatory cemetery tower gate square
    plaza market park garden gardens zoo resort hotel hostel inn lodge hut ranch farm mine quarry
    factory shipyard dockyard wharf pier marina courthouse clinic refuge reserve monument
    memorial ruins base pagoda mausoleum tomb gallery aquarium mansion manor caves synagogue priory
    citadel embassy
    """
)
NATURAL_HEADS = _set(
    """
    sea ocean gulf bay strait straits channel sound fjord lagoon lake loch river creek brook
    stream falls rapids canal reservoir glacier island islands isle isles islet atoll reef
    archipelago peninsula cape point head beach coast mountain mountains mount peak hill hills
    range ridge pass valley canyon gorge desert plain plains plateau steppe forest jungle swamp
    marsh oasis crater volcano cave caves spring springs
    """
)
# What a step of a plan begins with: "Day 2: Train to Bergen".
STEPS = _set(
    "train bus ferry flight drive boat car coach transfer excursion tour trip hike walk visit "
    "breakfast lunch dinner overnight arrival departure return rest free check morning evening"
)
AREA_HEADS = _set(
    """
    county province region state oblast krai kray district prefecture governorate parish borough
    canton territory republic kingdom emirate sultanate municipality township village town city
    shire
    """
)
LEADING_HEADS = _set(
    "lake loch mount mt cape fort ft port lough "
    "river camp villa piazza plaza rue via puerto porto monte san santa saint st sainte ste sao"
)
STREET_HEADS = _set(
    "street road avenue lane drive boulevard highway freeway parkway expressway way terrace "
    "crescent close alley turnpike interstate ave blvd rd"
)
INSTITUTION_HEADS = _set("university college school academy institute polytechnic seminary")
GENERIC_HEADS = SITE_HEADS | NATURAL_HEADS | AREA_HEADS

# A capitalised run that ends in, or holds, one of these is an organisation or a thing.
ORGANIZATION_HEADS = _set(
    """
    ministry agency bank company corporation corp inc ltd llc plc co group holdings party union
    association federation council committee commission congress parliament senate assembly
    government administration bureau office department service services police army navy force
    forces fleet guard corps brigade division regiment battalion squadron cabinet court tribunal
    times post herald tribune gazette journal news press radio television tv network magazine
    review united fc rovers wanderers albion athletic club team league cup championship olympics
    games festival conference summit treaty accord act agreement pact convention declaration
    protocol resolution war battle revolution crisis airlines airways railways railroad railway
    motors industries foundation trust fund society institution league movement front brotherhood
    alliance organization organisation bulletin observer guardian chronicle star sun mirror
    express mail globe examiner standard register championships prize award awards doctrine plan
    project program programme initiative dynasty empire hurricane typhoon cyclone flight
    health board schools commissioners sheriff attorney judicial circuit patrol voice
    """
)

# Of these, those that bear the name of a place as their own: in "Washington Post"
# nobody speaks of Washington, in "Washington police department" one does.
BRAND_HEADS = _set(
    """
    bank company corporation corp inc ltd llc plc co group holdings times post herald tribune
    gazette journal news press radio television tv network magazine review bulletin observer
    guardian chronicle star sun mirror express mail globe examiner standard register united fc
    rovers wanderers albion athletic club team league cup championship championships olympics
    games airlines airways motors industries treaty accord act agreement pact convention
    declaration protocol resolution war battle revolution crisis conference summit prize award
    awards doctrine plan project program programme initiative dynasty empire hurricane typhoon
    cyclone flight voice
    """
)

TITLES = _set(
    """
    mr mrs ms miss dr doctor prof professor sir lady lord dame madam madame president premier
    chancellor minister secretary senator governor mayor ambassador king queen prince princess
    emperor empress tsar czar sultan sheikh pope bishop archbishop cardinal father sister brother
    reverend rev captain capt colonel col general gen major maj lieutenant lt sergeant sgt admiral
    commander cmdr commodore marshal judge justice chairman chairwoman chief spokesman spokeswoman
    spokesperson director coach manager leader congressman congresswoman representative rep sen
    gov pres messrs mme mlle herr frau monsieur señor senor don doña count countess duke duchess
    baron baroness earl marquess marquis viscount uncle aunt comrade citizen officer inspector
    detective private corporal sens reps govs profs drs presidents ministers senators governors
    mayors
    """
)

# "Duke of X" was hardly ever in X, and "Empress of X" is a ship.
NOBLE_TITLES = _set(
    "duke duchess earl count countess viscount baron baroness marquess marquis prince princess "
    "emperor empress lord lady"
)

# In logs and diaries a line may begin with the verb: "Reached X at noon".
MOTION_OPENERS = _set(
    "arrived reached left departed sailed sighted visited entered passed crossed rounded landed "
    "returned anchored docked cleared camped climbed toured explored arrive reach leave depart "
    "visit enter return fly drive walk cycle explore tour cross"
)

SPEECH_VERBS = _set(
    """
    said says say told tells tell added adds announced announces warned warns denied denies
    insisted insists argued argues claimed claims stated states confirmed confirms declared
    replied asked asks noted notes explained explains thinks thought believes believed wrote
    writes laughed smiled nodded shouted sighed vowed pledged accused accuses blamed hopes wants
    expects condemned condemns urged urges called agreed agrees rejected rejects
    """
)

# First names so common that what follows is a surname, whatever the gazetteer says.
GIVEN_NAMES = _set(
    """
    james john robert michael william david richard joseph thomas charles christopher daniel
    matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy
    ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott
    brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron
    jose henry adam douglas nathan peter zachary kyle walter harold jeremy ethan carl keith roger
    gerald christian terry sean arthur austin noah lawrence jesse joe bryan billy jordan albert
    dylan bruce willie gabriel alan juan logan wayne ralph roy eugene randy vincent russell louis
    philip bobby johnny bradley mary patricia jennifer linda elizabeth barbara susan jessica sarah
    karen nancy lisa margaret betty sandra ashley dorothy kimberly emily donna michelle carol
    amanda melissa deborah stephanie rebecca laura helen sharon cynthia kathleen amy angela
    shirley anna ruth brenda pamela nicole katherine samantha christine catherine virginia debra
    rachel carolyn janet maria heather diane olivia julie joyce victoria kelly christina joan
    evelyn lauren judith megan cheryl andrea hannah martha jacqueline frances gloria teresa sara
    janice jean alice madison doris abigail julia grace amber denise danielle marilyn beverly
    charlotte natalie sophia diana isabella kayla alexis tony bill bob jim tom mike dave steve
    chris dan matt ben sam ted fred ed ken ron don tim greg vladimir sergei dmitry ivan mikhail
    nikolai boris igor oleg yuri alexei andrei pavel viktor mohammed muhammad mohamed ahmed ahmad
    ali hassan hussein omar abdul ibrahim yusuf khalid hans karl heinrich friedrich wilhelm otto
    jürgen klaus wolfgang pierre jacques françois michel jean-pierre henri marie antoine luigi
    giovanni giuseppe marco paolo francesco carlos luis jorge pedro miguel antonio manuel fernando
    diego pablo rafael wei ming li wang zhang hiroshi kenji takashi yuki akira rajesh sanjay amit
    anil priya ravi kofi kwame nelson winston hillary barack tony gordon theresa angela emmanuel
    silvio benito adolf josef leon lech václav slobodan paris brooklyn chelsea florence sydney
    savannah dakota carolina
    """
)

# Words that open a sentence or a headline far more often than they name a town,
# although a town of that name exists somewhere.
COMMON_WORDS = (
    _set(
        """
    a an the this that these those he she it we you they i me him her us them his its our your
    their my mine who whom whose which what when where why how all any both each every few many
    more most much neither nor none no not one two three four five six seven eight nine ten some
    such other another same so than too very can could may might must shall should will would do
    does did done be am is are was were been being have has had having and but or if because as
    until while of at by for with about against between into through during before after above
    below to from up down in out on off over under again further then once here there now just
    also only own well still even ever never yet already soon later earlier today tomorrow
    yesterday tonight upon since though although unless despite like unlike along amid among
    around behind beyond near off onto per plus via within without according additionally
    meanwhile however moreover therefore thus hence indeed instead perhaps maybe nearly almost
    about across toward towards both either next last first second third finally eventually
    originally recently currently previously former latter late early new old good great big small
    long high low best worst better young little large major minor key top full free open real
    true live living dead public private local national international general special common
    police officials people man men woman women children family friends home house street road
    avenue lane drive court place square park university college school church hall center centre
    city town village county state country nation world sea ocean river lake mountain island bay
    beach port north south east west spring summer autumn fall winter morning afternoon evening
    night day week month year time life death love hope peace war battle victory union liberty
    freedom justice faith grace mercy joy independence president king queen prince captain doctor
    mother father brother sister son daughter god lord saint st mobile reading nice bath deal
    sandwich orange lemon rose lily ivy jasmine iris olive violet buy sell see look come go going
    get got let make made take taken give given find found keep kept call called ask asked say
    said tell told think know believe want need use used work working try trying play show turn
    start stop run walk talk move follow following read write watch wait stay leave arrive bring
    hold stand sit set put pay meet lead learn change help lost born left right back front side
    part end begin half police army navy air force court law bill act house senate congress party
    media press times post star sun moon earth sky fire water ice snow rain wind storm gold silver
    iron steel stone wood coal oil gas salt sugar tea coffee black white red green blue brown gray
    grey pink purple yellow dog cat horse bear wolf fox lion eagle bull bird fish buffalo many
    much most several various certain total ready sure able economy business company market bank
    industry energy nuclear normal progress success eureka enterprise paradise eden none nothing
    something anything everything someone anyone everyone okay ok yes please thanks sorry hello
    alliance colony metro lot mon outback superior olympic christmas easter delta dear sincerely
    experience sport sports health education science culture weather travel photo
    video read related share print email comments subscribe
    """
    )
    | MONTHS
    | WEEKDAYS
)
