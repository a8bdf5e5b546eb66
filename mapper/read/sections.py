"""Clean text → its sections: what is title, date, navigation, caption, and what is story.

A page copied out of a browser or a file brings more than the story along. The
story is what counts: a line is taken for something else only on a plain sign.

1. Cut the text into the units of its layout.
2. Classify each unit by its own words (address, menu entry, credit, caption).
3. Read the front, everything before the first prose: title, date, kicker.
4. Split a dateline from the paragraph that it opens, a credit from its caption.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mapper.model import Section, SectionKind, Span
from mapper.read import datelines
from mapper.read.layout import Unit, units

__all__ = ["Layout", "lay_out"]

# Headlines run to about 110 characters, the longest seen to 150; prose without
# a full stop at its end is longer.
MAX_TITLE = 160
MAX_TITLE_WORDS = 25
MAX_HEADING = 90
MAX_HEADING_WORDS = 14
# Captions of picture agencies stay within three sentences.
MAX_CAPTION = 450
MAX_CREDIT = 120
MAX_MENU_LINE = 40
# "Sign up for our newsletter today." is a menu entry; a longer sentence may be the story.
MAX_MENU_SENTENCE = 8
# The front of an article: menus may be long, but a title deep inside is a heading.
MAX_FRONT_UNITS = 60

_STATEMENT_END = re.compile(r"[.;,…]['\")\]”’»]*(?:\s*\[\d+\])*$")
_EXCLAIMED_END = re.compile(r"!['\")\]”’»]*$|[.,]\W*[\"”’»]$")
_ABBREVIATED_END = re.compile(r"\b(?:[A-Z]\.)+$|\b(?:Inc|Ltd|Co|Jr|Sr|St|Mt|etc)\.$")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+")
_LETTER = re.compile(r"[^\W\d_]")
_HEADLINE_START = re.compile(r"[\"'“‘«¿¡(]?[^\W_]")
_LIST_ITEM = re.compile(r"(?:[-*+•◦▪–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
_ORDINAL_HEADING = re.compile(
    r"(?:chapter|part|book|day|week|stage|leg|letter|section|canto|act)\s+"
    r"(?:\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|the\s+\w+)\b",
    re.IGNORECASE,
)
_SALUTATION = re.compile(r"(?:my\s+)?(?:own\s+)?(?:very\s+)?dear(?:est)?\b.{0,60}$", re.IGNORECASE)

_RULE = re.compile(r"[\W_]+$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$|\[\w+\]:\s*https?://\S+$", re.IGNORECASE)
_MARKUP = re.compile(r"<[!/a-z][^>]*>$|!\[[^\]]*\]\([^)]*\)$|<!--.*-->$", re.IGNORECASE)
_NUMBERED = re.compile(r"^\(?\d{1,2}[.)]\s+|^[-*+•|]\s+")
_SITES = r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|telegram|instagram|pinterest|youtube|rss)"
_NAVIGATION = re.compile(
    r"skip to\b|jump to (?:main |content|navigation)|go to (?:main |content|navigation|menu)|"
    r"back to (?:top|home|main)\b|(?:read|see|watch|view|show|load) (?:more|also|next|all)\b|"
    r"also read\b|related (?:articles?|topics?|stor(?:y|ies)|content|links?)\b|"
    r"more (?:on this|from|stories|in this series)\b|most (?:read|popular|viewed)\b|"
    r"(?:share|save|print|email|comment|follow)(?: (?:this|on|us|via|article|story|page)\b.*)?\W*$|"
    rf"(?:(?:share|follow us|find us) on )?{_SITES}(?:\W+{_SITES})*\W*$|copy (?:the )?link\b|"
    r"sign (?:in|up|out)\b|log ?(?:in|out)\b|subscribe\b|newsletters?\W*$|register\W*$|"
    r"advertisement\W*$|sponsored(?: content)?\W*$|(?:story|article) continues\b|"
    r"continue reading\b|"
    r"accept (?:all )?cookies|cookie (?:policy|settings|preferences|notice)|"
    r"manage (?:cookies|preferences)|privacy policy|terms (?:of (?:use|service)|and conditions)|"
    r"(?:main )?menu$|search$|home$|contact(?: us)?$|about(?: us)?$|(?:click|tap) here\b|"
    r"view (?:image|gallery|comments)\b|loading\W*$|(?:no |\d+ )?comments?\W*$|"
    r"\d+\s*-?\s*min(?:ute)?s? (?:read|listen)\b|listen to (?:this )?(?:article|story)\b|"
    r"(?:previous|next|older|newer)(?: (?:post|article|page|story|entry))?\W*$|"
    r"(?:tags?|filed under|categor(?:y|ies))\s*:|posted in\b|"
    r"(?:breaking news|live updates|exclusive|watch live|more|close|video)\W*$|"
    r"(?:from|to|cc|reply-to)\s*:.*\S@\S",
    re.IGNORECASE,
)
_COOKIES = re.compile(r"(?:we use|(?:our|this) (?:web)?site uses) cookies\b", re.IGNORECASE)
_PICTURE = re.compile(r"\[(?:illustration|picture|image|photo|map)\b[^\]]*\]$", re.IGNORECASE)
_KEY_AND_VALUE = re.compile(r"[a-z_-]+\s*:")
_TITLE_LABEL = re.compile(r"(?:title|headline|subject)\s*:\s*", re.IGNORECASE)
# What newsrooms call the parts of their sites: a kicker, not a headline.
_NEWSROOM = frozenset(
    "news world politics business economy markets money finance opinion analysis comment editorial "
    "features feature culture arts life lifestyle style society people health science technology "
    "tech environment climate nature sport sports football travel weather education media local "
    "national international regional magazine diplomacy conflicts security defense defence law "
    "crime history religion migration africa americas asia europe oceania australia latest top "
    "stories story live blog photos gallery video audio podcasts home middle east north south "
    "america latin us uk eu un and in pictures &".split()
)
_BREADCRUMB = re.compile(r"[^>›»/|]{1,40}(?:\s*[>›»]\s*[^>›»]{1,60})+$")
# "PoliticsNorth Korea": two links whose gap was lost; names such as MacArthur have three letters.
_GLUED = re.compile(r"[A-Z][a-z]{3,}(?=[A-Z][a-z])")

_AGENCY = (
    r"(?:AFP|AP|Associated Press|Reuters|REUTERS|dpa|DPA|EPA(?:-EFE)?|EFE|ANSA|TASS|Tass|Xinhua|"
    r"PA(?: Media| Wire)?|UPI|Getty(?: Images)?|AAP|ANI|PTI|Kyodo(?: News)?|Yonhap|KCNA|Anadolu|"
    r"Interfax|Bloomberg|NurPhoto|Shutterstock|Alamy|IMAGO|Imago|Zuma(?: Press)?|Sputnik|"
    r"picture[ -]alliance|CNN|BBC|NASA|ESA|Wikimedia(?: Commons)?)"
)
_CREDIT_LABEL = (
    r"(?:Images?|Photos?|Pictures?|Photographs?|Photograph(?:er|y)|Photo [Cc]redit|Image [Cc]redit|"
    r"Picture [Cc]redit|Image [Ss]ource|Credits?|File [Pp]hoto|Illustration|Map|Graphic|Foto|Bild)"
)
_NAME = r"[A-ZÀ-Þ](?:\.|[\w'’-]+)"
# A credit that ends a caption: labelled, bracketed, or "name/agency".
_CAPTION_CREDIT = re.compile(
    rf"(?P<label>{_CREDIT_LABEL}\s*:\s*\S|{_CREDIT_LABEL} (?:by|courtesy of|via)\s+[A-Z]|"
    rf"\((?:{_CREDIT_LABEL}\b|{_AGENCY}\b|[^()]*/{_AGENCY}\b)[^()]*\)$|\[{_CREDIT_LABEL}\b[^\]]*\]$|"
    rf"©|(?:REUTERS|AFP|AP|EPA)/[A-Z]|{_NAME}(?: {_NAME}){{0,3}}\s?/\s?{_AGENCY}\b)"
)
_CREDIT_LINE = re.compile(
    rf"{_CREDIT_LABEL}\s*:\s*\S|\(?{_CREDIT_LABEL} (?:by|courtesy of|via|source|caption)\b|"
    r"(?:©|\(c\)|copyright\b)|all rights reserved|"
    r"(?:words|text|story|reporting|report|writing|photography)(?: and \w+)? by [A-Z]|"
    r"(?:additional|further) reporting (?:by|from)|edited by [A-Z]|editing by [A-Z]|"
    r"(?:compiled|translated) by [A-Z]|(?:sources?|author|contributors?|editor)\s*:\s*\S|"
    rf"[a-zé]{{2,4}}(?:\s?[/,]\s?[a-zé]{{2,4}})*\s*\([^()]*\)\W*$|"
    rf"\W*{_AGENCY}(?:\s*[,/&]\s*(?:{_AGENCY}))*\W*$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:By|BY)\s+(?:[A-ZÀ-Þ][\w.'’-]*|and|AND|&|de|van|von|da|of|the|in|for|,)"
    r"(?:[,;|]?\s+(?:[A-ZÀ-Þ][\w.'’-]*|and|&|de|van|von|da|of|the|in|for|[|·•–-]))*\W*$"
)
_CONTRIBUTED = re.compile(r".{0,200}\bcontributed to this (?:report|article|story)\.?$", re.DOTALL)

# Every rule that a unit's own words decide, the surest first.
_RULES: tuple[tuple[SectionKind, Callable[[str], bool]], ...] = (
    (SectionKind.NAVIGATION, lambda line: bool(_RULE.match(line))),
    (SectionKind.NAVIGATION, lambda line: bool(_ADDRESS.match(line) or _MARKUP.match(line))),
    (SectionKind.NAVIGATION, lambda line: _is_navigation(line)),
    (SectionKind.CAPTION, lambda line: bool(_PICTURE.match(line))),
    (SectionKind.CREDIT, lambda line: _is_credit(line)),
    (SectionKind.CAPTION, lambda line: _credit_start(line) > 0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the layout of a text says about it."""

    sections: tuple[Section, ...]
    title: str | None
    published: dt.date | None
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Line:
    """A unit on its way to a kind; None until one is known."""

    unit: Unit
    kind: SectionKind | None = None

    @property
    def text(self) -> str:
        return self.unit.text


def lay_out(text: str) -> Layout:
    """Return the sections, the title and the date of publication of a clean text."""
    lines = [_Line(unit, _kind_by_words(unit.text)) for unit in units(text)]
    _mark_descriptions(lines)
    diary = _mark_day_headings(lines)
    front = _front(lines)
    _mark_front_matter(front)
    _mark_menus(front)
    title = None if _is_letter(lines) else _mark_title(lines, front)
    published, warnings = (None, ()) if diary else _mark_dates(front)
    _mark_headings(lines, front)
    sections = tuple(_sections(text, lines))
    return Layout(
        sections=sections,
        title=title,
        published=published or (None if diary else _dateline_date(text, sections)),
        warnings=warnings,
    )


def _kind_by_words(line: str) -> SectionKind | None:
    return next((kind for kind, holds in _RULES if holds(line)), None)


def _is_navigation(line: str) -> bool:
    entry = _NUMBERED.sub("", line).strip()
    if _COOKIES.match(entry):
        return True
    sentence = entry.endswith(".") and len(entry.split()) > MAX_MENU_SENTENCE
    return len(entry) <= MAX_TITLE and not sentence and _NAVIGATION.match(entry) is not None


def _is_credit(line: str) -> bool:
    if len(line) > MAX_CREDIT:
        return bool(_CONTRIBUTED.match(line))
    return bool(_BYLINE.match(line) or _CREDIT_LINE.match(line) or _CONTRIBUTED.match(line))


def _credit_start(line: str) -> int:
    """Return where the credit of a caption begins, 0 where the line is no caption."""
    if len(line) > MAX_CAPTION:
        return 0
    starts = [found.start() for found in _CAPTION_CREDIT.finditer(line)]
    fitting = (at for at in starts if at and len(line) - at <= MAX_CREDIT)
    return next((at for at in fitting if _ends_as_credit(line[at:])), 0)


def _ends_as_credit(credit: str) -> bool:
    """Whether nothing but names follows: a sentence after it would make it prose."""
    return not re.search(r"[.!?]\s+[A-Z]\w+ [a-z]", credit) and not credit.endswith((".", "?"))


def _mark_descriptions(lines: Sequence[_Line]) -> None:
    """Mark the description of a picture: a line glued above its caption."""
    for line, following in itertools.pairwise(lines):
        same = line.unit.block == following.unit.block
        if same and line.kind is None and following.kind is SectionKind.CAPTION:
            line.kind = SectionKind.CAPTION


def _mark_day_headings(lines: Sequence[_Line]) -> bool:
    """Mark the dated headings of a diary; whether the text is one."""
    days = [line for line in lines if line.kind is None and datelines.is_day_heading(line.text)]
    if len({line.text for line in days}) < 2:
        return False
    for line in days:
        line.kind = SectionKind.HEADING
    return True


def _front(lines: list[_Line]) -> list[_Line]:
    """Return the lines before the first prose."""
    for index, line in enumerate(lines[:MAX_FRONT_UNITS]):
        if line.kind is None and _is_prose(line.text):
            return lines[:index]
    return lines[:MAX_FRONT_UNITS]


def _is_prose(line: str) -> bool:
    if datelines.date_line(line) or _MARKDOWN_HEADING.match(line):
        return False
    if line[0].islower() and not _KEY_AND_VALUE.match(line):
        return True
    if datelines.dateline_end(line) and len(line) > MAX_HEADING:
        return True
    ended = _STATEMENT_END.search(line) and not _ABBREVIATED_END.search(line)
    return len(line) > MAX_TITLE or bool(ended and len(line.split()) > 3)


def _mark_front_matter(front: Sequence[_Line]) -> None:
    """Mark the keys between two rules at the top, title and date aside."""
    rules = [index for index, line in enumerate(front) if line.text == "---"]
    if len(rules) < 2 or rules[0] != 0:
        return
    for line in front[: rules[1]]:
        line.kind = line.kind if _is_told(line) else SectionKind.NAVIGATION


def _is_told(line: _Line) -> bool:
    """Whether the line says outright what the title or the date is."""
    labelled = _TITLE_LABEL.match(line.text)
    return labelled is not None or datelines.date_line(line.text) is not None


def _mark_menus(front: Sequence[_Line]) -> None:
    """Mark what stands among menu entries, breadcrumbs and kickers above the headline."""
    for index, line in enumerate(front):
        if line.kind is None and _is_kicker(line.text, front[index + 1 :]):
            line.kind = SectionKind.NAVIGATION
    for block in {line.unit.block for line in front}:
        entries = [line for line in front if line.unit.block == block]
        marked = [line for line in entries if line.kind is SectionKind.NAVIGATION]
        short = all(len(line.text) <= MAX_MENU_LINE for line in entries)
        if short and len(entries) > 2 and 2 * len(marked) >= len(entries):
            for line in entries:
                line.kind = line.kind or (None if _is_told(line) else SectionKind.NAVIGATION)


def _is_kicker(line: str, following: Sequence[_Line]) -> bool:
    if not any(other.kind is None and _is_headline(other.text) for other in following):
        return False
    if all(word.strip(".,|/").lower() in _NEWSROOM for word in line.split()):
        return True
    if _BREADCRUMB.match(line) and "->" not in line:
        return len(line) <= MAX_HEADING
    return len(line) <= MAX_MENU_LINE and bool(_GLUED.match(line))


def _is_headline(line: str) -> bool:
    bare = _bare_title(line)
    if len(bare) > MAX_TITLE or not _HEADLINE_START.match(bare) or datelines.date_line(bare):
        return False
    if _LIST_ITEM.match(bare) or bare[0].islower() or len(_LETTER.findall(bare)) < 3:
        return False
    ended = _STATEMENT_END.search(bare) or bare.endswith(":")
    return len(bare.split()) <= MAX_TITLE_WORDS and (
        not ended or bool(_ABBREVIATED_END.search(bare))
    )


def _bare_title(line: str) -> str:
    bare = _TITLE_LABEL.sub("", _MARKDOWN_HEADING.sub("", line).rstrip("# "), count=1)
    quoted = bare != line and len(bare) > 2 and bare[0] == bare[-1] and bare[0] in "\"'"
    return " ".join((bare[1:-1] if quoted else bare).split())


def _is_letter(lines: Sequence[_Line]) -> bool:
    return any(_SALUTATION.match(line.text) and len(line.text) < 80 for line in lines[:12])


def _mark_title(lines: Sequence[_Line], front: Sequence[_Line]) -> str | None:
    """Mark the first headline of the front and return its words."""
    found = next((line for line in front if line.kind is None and _may_title(line.text)), None)
    if found is None or not _heads_something(found, lines, front):
        return None
    found.kind = SectionKind.TITLE
    return _bare_title(found.text)


def _may_title(line: str) -> bool:
    return _is_headline(line) and not _ORDINAL_HEADING.match(line)


def _heads_something(title: _Line, lines: Sequence[_Line], front: Sequence[_Line]) -> bool:
    """Whether prose follows, or a list below a line that stands alone."""
    if len(front) < len(lines):
        return True
    after = [line for line in lines if line.unit.span.start > title.unit.span.start]
    in_blocks = any(not line.unit.alone for line in after) or any(
        _LIST_ITEM.match(line.text) or line.text.endswith((".", "!")) for line in after
    )
    return title.unit.alone and in_blocks


def _mark_dates(front: Sequence[_Line]) -> tuple[dt.date | None, tuple[str, ...]]:
    """Mark the lines of publication, and return the date that they give."""
    dated = [(line, datelines.date_line(line.text)) for line in front]
    known = [(line, found) for line, found in dated if found and _may_date(line)]
    for line, found in known:
        line.kind = SectionKind.DATELINE if found.placed else SectionKind.DATE
    dates = sorted((found for _, found in known), key=lambda found: found.later)
    if not dates:
        return None, ()
    if dates[0].date is None:
        return None, (
            f"The date {dates[0].expression} can be read in two ways, so it was not used: "
            "give the date of publication.",
        )
    return dates[0].date, ()


def _may_date(line: _Line) -> bool:
    return line.kind in (None, SectionKind.CREDIT)


def _mark_headings(lines: Sequence[_Line], front: Sequence[_Line]) -> None:
    last = max((index for index, line in enumerate(lines) if _is_body(line)), default=-1)
    for index, line in enumerate(lines[: max(last, 0)]):
        apart = line.unit.alone or index < len(front)
        continued = lines[index + 1].text[0].islower()
        if line.kind is None and apart and not continued and _is_heading(line.text):
            line.kind = SectionKind.HEADING


def _is_body(line: _Line) -> bool:
    return line.kind is None and not _is_heading(line.text)


def _is_heading(line: str) -> bool:
    if _MARKDOWN_HEADING.match(line) or _ORDINAL_HEADING.fullmatch(line.rstrip(".:")):
        return True
    short = len(line) <= MAX_HEADING and len(line.split()) <= MAX_HEADING_WORDS
    return short and _is_headline(line) and not _EXCLAIMED_END.search(line)


def _sections(text: str, lines: Sequence[_Line]) -> Iterator[Section]:
    for run in _runs(lines):
        span = Span(run[0].unit.span.start, run[-1].unit.span.end)
        yield from _split(text, span, run[0].kind or SectionKind.BODY)


def _runs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines of one section: short lines of one block of the story belong together."""
    run: list[_Line] = []
    for line in lines:
        if run and not _continues(run[-1], line):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _continues(line: _Line, following: _Line) -> bool:
    same = line.unit.block == following.unit.block and not following.unit.alone
    return same and line.kind is None and following.kind is None


def _split(text: str, span: Span, kind: SectionKind) -> Iterator[Section]:
    """Yield the section, cut in two where it holds a dateline or a credit as well."""
    words = span.of(text)
    if kind is SectionKind.BODY:
        first, cut = SectionKind.DATELINE, datelines.dateline_end(words)
    elif kind is SectionKind.CAPTION:
        first, cut = SectionKind.CAPTION, _credit_start(words)
        kind = SectionKind.CREDIT if cut else kind
    else:
        first, cut = kind, 0
    if cut:
        head = words[:cut].rstrip()
        yield Section(span=Span(span.start, span.start + len(head)), kind=first)
    yield Section(span=Span(span.start + cut, span.end), kind=kind)


def _dateline_date(text: str, sections: Sequence[Section]) -> dt.date | None:
    """Return the date of the first dateline, such as "Paris, 4 May 1911 (Reuters) -"."""
    lines = (part.span.of(text) for part in sections if part.kind is SectionKind.DATELINE)
    return next((date for line in lines if (date := datelines.full_date(line))), None)
