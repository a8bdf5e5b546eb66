"""The normalised key of a place name, one and the same for the build and for lookup.

The exact key takes away how a name is written: case, accents, hyphens, full stops,
apostrophes, a leading "the", "St." for "Saint". The tolerant key takes away what
kind of thing it says the place is ("Clarke County", "Primorsky Krai") and how a
Slavic ending is transliterated; it is for names that the exact key does not find.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["exact_key", "generic_class", "one_edit_away", "tolerant_key"]

# The longest name of GeoNames' populated places has 193 characters; a longer query is no name.
LONGEST_NAME = 200

_APOSTROPHES = "'`´‘’‛ʹʻʼʽʾʿˈ′＇"
# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i",
    "ŧ": "t", "ŋ": "n", "ə": "a", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ǝ": "e", "&": " and ",
}  # fmt: skip
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "mt": "mount", "mtn": "mountain", "ft": "fort"}
# Combining marks of Latin, Greek and Cyrillic; those of other scripts are letters of their own.
_MARKS = range(0x300, 0x370)

# Words that say what a place is, with the GeoNames feature classes of such places.
_GENERIC = {
    "A": """
        county parish borough district municipality prefecture province provincia provincie
        state estado departamento department departement canton region regione governorate
        oblast krai kray raion rayon okrug republic respublika voivodeship powiat gmina kreis
        landkreis regierungsbezirk bezirk wilaya emirate territory autonomous division
        subdistrict regency commune comune municipio municipiul comuna judet zupanija opstina
        shire ilcesi township census area
        """,
    "P": "city town village settlement gorod hamlet urban metropolitan",
    "S": """
        airport airfield aerodrome airstrip airpark airbase heliport seaplane international
        regional municipal aeroport aeropuerto aeroporto flughafen domestic executive
        """,
    "T": "island islands isle isles islet atoll archipelago",
}  # fmt: skip
_CLASS_OF = {word: kind for kind, words in _GENERIC.items() for word in words.split()}
_ALPHABET = "abcdefghijklmnopqrstuvwxyz "
# What English texts leave out of foreign names, or add.
_ARTICLES = frozenset("le la les el los las il lo al".split())
_CONNECTIVES = frozenset({"of", "the"})
# Without their noun these name nothing: "Central Province", "Northern Region".
_INDISTINCT = frozenset(
    """
    north south east west northern southern eastern western central center centre new old upper
    lower inner outer northeast northwest southeast southwest great greater capital national
    federal and air base field
    """.split()
)
_SLAVIC_ADJECTIVE = re.compile(r"(?<=sk)(?:[iyj]+|aya|aia|oye|oe)$")
_SLAVIC_ENDING = re.compile(r"(?<=[^iyj]{2})[iyj]{2,}$")


class _Fold(dict[int, str]):
    """A translation table that works out a character when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character in _APOSTROPHES:
        return ""
    if (letters := _LETTERS.get(character)) is not None:
        return letters
    decomposed = unicodedata.normalize("NFKD", character.casefold()).casefold()
    if decomposed != character:
        return "".join(map(_fold_character, decomposed))
    if ord(character) in _MARKS:
        return ""
    return character if unicodedata.category(character)[0] in "LMN" else " "


_FOLD = _Fold()


def exact_key(name: str) -> str:
    """Return the key under which `name` is filed, empty if nothing of it is a letter or digit.

    Single letters in a row are one word, so that an initialism has one key
    however it is written.

    >>> exact_key("The St. Louis"), exact_key("Zürich"), exact_key("Val-d’Or")
    ('saint louis', 'zurich', 'val dor')
    >>> exact_key("Washington, D. C.") == exact_key("Washington DC")
    True
    """
    words = name.translate(_FOLD).split()
    if any(len(word) == 1 for word in words):
        words = _join_initials(words)
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join([_ABBREVIATIONS.get(word, word) for word in words])


def tolerant_key(name: str) -> str:
    """Return the key without generic nouns; the exact key if nothing distinct would be left.

    >>> tolerant_key("Clarke County"), tolerant_key("Province of Ontario"), tolerant_key("Le Puy")
    ('clarke', 'ontario', 'puy')
    >>> tolerant_key("Primorskiy Kray") == tolerant_key("Primorsky Krai")
    True
    """
    key = exact_key(name)
    words = key.split()
    kept = [word for word in map(_fold_ending, words) if word not in _CLASS_OF]
    if len(kept) < len(words):
        kept = [word for word in kept if word not in _CONNECTIVES]
    if len(kept) > 1 and kept[0] in _ARTICLES:
        del kept[0]
    if all(word in _INDISTINCT or len(word) < 3 for word in kept):
        return key
    return exact_key(" ".join(kept))


def generic_class(name: str) -> str:
    """Return the feature class that a generic noun in `name` speaks for, or nothing.

    The last such noun decides: an "island airport" is an airport.

    >>> generic_class("Clarke County"), generic_class("Long Island Airport"), generic_class("Oslo")
    ('A', 'S', '')
    """
    words = exact_key(name).split()
    return next((_CLASS_OF[word] for word in reversed(words) if word in _CLASS_OF), "")


def one_edit_away(key: str) -> set[str]:
    """Return the keys that one letter less, more, changed or swapped with the next makes.

    >>> sorted(it for it in one_edit_away("osl") if it in ("oslo", "os", "ols", "osa"))
    ['ols', 'os', 'osa', 'oslo']
    """
    parts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    less = {head + tail[1:] for head, tail in parts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1}
    changed = {head + letter + tail[1:] for head, tail in parts if tail for letter in _ALPHABET}
    more = {head + letter + tail for head, tail in parts for letter in _ALPHABET}
    return (less | swapped | changed | more) - {key}


def _join_initials(words: list[str]) -> list[str]:
    joined: list[str] = []
    initials = False
    for word in words:
        if initials and len(word) == 1:
            joined[-1] += word
        else:
            joined.append(word)
        initials = len(word) == 1
    return joined


def _fold_ending(word: str) -> str:
    adjective = _SLAVIC_ADJECTIVE.sub("", word)
    return adjective if adjective != word else _SLAVIC_ENDING.sub("y", word)
