"""What a name may mean: the candidates of the embedded gazetteer, without context.

The parts of a score are in units of log-odds: one unit more makes a candidate
2.7 times as likely as it was beside the others. `resolve` adds what the document
says and turns the sums into shares.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mapper.gazetteer import NameKind
from mapper.lexicon import GENERIC_HEADS, INSTITUTION_HEADS, SITE_HEADS, STREET_HEADS
from mapper.model import Candidate, Place, Reason

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer, Match

__all__ = ["geocode"]

# Calibrated by coordinate search on one half of the place names of local news, world
# news and travel pages, and kept where texts of our own did not suffer from it.
NAME_WEIGHTS = {
    NameKind.PREFERRED: 0.0,
    NameKind.ALIAS: 1.0,
    NameKind.ALTERNATE: -3.0,
    NameKind.TOLERANT: -4.0,
    NameKind.SIMILAR: -6.0,
}
POPULATION_WEIGHT = 0.65
FAME_WEIGHT = 0.6
COUNTRY_WEIGHT = 4.0
LANDMARK_WEIGHT = 10.0
FEATURE_WEIGHTS = {
    "CONT": 6.0,
    "OCN": 14.0,
    "SEA": 14.0,
    "PCLI": COUNTRY_WEIGHT,
    "PCL": COUNTRY_WEIGHT,
    "PCLD": COUNTRY_WEIGHT,
    "PCLF": COUNTRY_WEIGHT,
    "PCLS": COUNTRY_WEIGHT,
    "PCLIX": COUNTRY_WEIGHT,
    "TERR": COUNTRY_WEIGHT,
    "ADM1": 3.0,
    "ADM2": -2.0,
    "PPLC": 4.5,
    "PPLA": 0.5,
    "PPLX": -1.5,
    "PPLH": -3.0,
    "PPLQ": -3.0,
    "PPLW": -3.0,
    "AIRP": 1.0,
}
# So much speaks against the town that a site is named after, before its company is heard.
NAMED_AFTER_WEIGHT = -4.0
LANDMARK_SOURCE = "mapper"
_SITES = SITE_HEADS | INSTITUTION_HEADS
_HEADS = GENERIC_HEADS | INSTITUTION_HEADS | STREET_HEADS
# More than this many namesakes tell nobody anything.
MAX_CANDIDATES = 25
# So many names are remembered from text to text.
REMEMBERED = 2_000


@functools.lru_cache(maxsize=REMEMBERED)
def geocode(name: str, *, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return what `name` may mean, best first; empty where nobody knows it.

    The score of a candidate is its share, 0 to 1, before any context.
    """
    matches = gazetteer.lookup(name) or _similar(name, gazetteer)
    fitting = tuple(match for match in matches if _fits_head(name, match.place))
    candidates = [_candidate(match) for match in _one_for_each_place(fitting)]
    candidates = candidates or list(_namegivers(name, gazetteer))
    candidates.sort(key=lambda candidate: (-candidate.score, candidate.place.id))
    return tuple(candidates[:MAX_CANDIDATES])


def _fits_head(name: str, place: Place) -> bool:
    """Whether a name such as "X Airport" can mean the place: a site is never its town."""
    head = _head(name)
    if head not in _SITES:
        return True
    return place.feature_class not in ("P", "A") or head in place.name.lower()


def _head(name: str) -> str:
    return name.rpartition(" ")[2].lower()


def _namegivers(name: str, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Yield the towns that an unknown site may be named after: it is not far from one of them.

    Nothing speaks for any of them by itself, however large it is; the other names of a
    text may.
    """
    words = name.split()
    if _head(name) in _SITES:
        shorter = (" ".join(words[:end]) for end in range(len(words) - 1, 0, -1))
        matches = next(filter(None, (_towns(it, gazetteer) for it in shorter)), ())
        for match in _one_for_each_place(matches):
            reason = Reason(name="named after", value=NAMED_AFTER_WEIGHT, detail=match.place.name)
            yield Candidate(place=match.place, score=_score([reason]), reasons=(reason,))


def _towns(name: str, gazetteer: Gazetteer) -> tuple[Match, ...]:
    """Return the towns that have exactly that name."""
    return tuple(
        match
        for match in gazetteer.lookup(name)
        if match.place.feature_class == "P" and match.kind is not NameKind.TOLERANT
    )


def _similar(name: str, gazetteer: Gazetteer) -> tuple[Match, ...]:
    """Return places of almost that name; a head noun's site is unknown, not misspelt."""
    return () if _head(name) in _HEADS else gazetteer.similar(name)


def _one_for_each_place(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    best: dict[str, Match] = {}
    for match in matches:
        held = best.get(match.place.id)
        if held is None or NAME_WEIGHTS[match.kind] > NAME_WEIGHTS[held.kind]:
            best[match.place.id] = match
    return tuple(best.values())


def _candidate(match: Match) -> Candidate:
    reasons = tuple(reason for reason in _reasons(match) if reason.value)
    return Candidate(place=match.place, score=_score(reasons), reasons=reasons)


def _score(reasons: Iterable[Reason]) -> float:
    return 1 / (1 + math.exp(-math.fsum(reason.value for reason in reasons) / 4))


def _reasons(match: Match) -> tuple[Reason, ...]:
    place = match.place
    return (
        Reason(name="name", value=NAME_WEIGHTS[match.kind], detail=f"{match.kind}: {match.name}"),
        Reason(
            name="population",
            value=round(POPULATION_WEIGHT * math.log1p(place.population), 3),
            detail=f"{place.population}",
        ),
        Reason(
            name="fame",
            value=round(FAME_WEIGHT * math.log1p(match.alternates), 3),
            detail=f"{match.alternates} other names",
        ),
        _kind(place),
    )


def _kind(place: Place) -> Reason:
    weight = FEATURE_WEIGHTS.get(place.feature_code, 0.0)
    if place.source == LANDMARK_SOURCE and place.feature_class not in ("A", "P"):
        weight = max(weight, LANDMARK_WEIGHT)
    return Reason(name="kind", value=weight, detail=f"{place.feature_class}.{place.feature_code}")
