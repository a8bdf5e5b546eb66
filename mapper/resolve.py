"""Which place each name means, judged by the document around it.

Every distinct name is decided once, in the order of these passes:

1. What the gazetteer says alone (`geocode`).
2. A container right behind the name: "Paris, Texas", "Kilis in Turkey".
3. In rounds, each with the shares of the one before: the countries and regions that the
   other names lie in, and the nearest place that another name surely means.

The sums become shares: a candidate's score is its part of all candidates and of
a rest, "none of these".
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from mapper.geodesy import rough_distance_m
from mapper.lexicon import INSTITUTION_HEADS, SITE_HEADS
from mapper.model import Candidate, Document, Mention, Outcome, Place, Reason, Toponym

__all__ = ["resolve"]

# Log-odds; calibrated by coordinate search on local and world news, see `geocode`.
CONTAINER_WEIGHT = 8.0
# The same where the second name is a town's as well, so that both may be of a list.
LIST_WEIGHT = 1.5
# For a region that shares its name with its own town.
TOWN_WEIGHT = -4.0
# For each e-fold of the names that lie in the candidate's region, or country.
REGION_WEIGHT = 2.5
COUNTRY_WEIGHT = 1.3
# A region or country that is named itself counts as this many names in it; a second-level
# area, which only those name who are near it, for more.
NAMED_AREA = 3.0
NAMED_COUNTY = 8.0
# Less than this comes to nothing when it is rounded.
LEAST_MASS = 1e-4
NEARNESS_WEIGHT = 5.0
NEARNESS_SCALE_M = 60_000.0
# A place that a name means less surely helps with this power of its share.
NEARNESS_POWER = 0.3
LEAST_SHARE = 0.02
# Degrees; a place further off than the next cell helps nobody.
CELL = 2.0
# The first round hears the most famous places only; later ones have heard each other.
ROUNDS = 3
# The sum at which a candidate is as likely as that none is meant.
NOBODY = 1.0
# A name and its place that are right less often than this are uncertain.
RESOLVED_SCORE = 0.5
# Nothing is surer than this, or less sure, when probabilities are joined.
LEAST_DOUBT = 1e-4


class _Calibration(NamedTuple):
    """Weights of the log-odds of a place's share and of a name's chance, and what is added."""

    share: float
    name: float
    base: float


# Logistic regression on half of local and world news, whose recognizer had not seen it; on the
# other half, and on travel pages, nine of ten names scored 0.9 are right.
CALIBRATION = _Calibration(share=0.213, name=0.208, base=-1.131)

_COUNTRY_CODES = frozenset({"PCLI", "PCL", "PCLD", "PCLF", "PCLS", "PCLIX", "TERR"})
_REGION_CODES = frozenset({"ADM1"})
_WIDE_CODES = _COUNTRY_CODES | {"CONT", "OCN", "RGN"}
_CONTAINER_GAP = re.compile(r",\s+|\s+in\s+(?:the\s+)?|\s+\(|,\s+in\s+(?:the\s+)?")


@dataclasses.dataclass(frozen=True, slots=True)
class _Name:
    """A distinct name with the names that hold it: the key of one decision."""

    text: str
    container: str | None


def resolve(
    document: Document,
    toponyms: Sequence[Toponym],
    candidates: Mapping[str, Sequence[Candidate]],
) -> tuple[Mention, ...]:
    """Return one mention for each toponym, in the same order.

    `candidates` has those of every normalised name. A mention's score is the chance that
    the name is a place's and the place is right, 0 to 1, made of the toponym's own score and
    the share of the chosen candidate. Where none is likelier than that nobody knows the
    place, the mention has no place.
    """
    candidates = {name.casefold(): found for name, found in candidates.items()}
    names = _names(document, toponyms, candidates)
    alone = {name: _alone(name, candidates) for name in dict.fromkeys(names)}
    shares = {name: _normalised(found) for name, found in alone.items()}
    for _ in range(ROUNDS):
        context = _Context(shares)
        shares = {name: _normalised(context.heard(name, found)) for name, found in alone.items()}
    return tuple(
        _mention(index, toponym, shares[name])
        for index, (toponym, name) in enumerate(zip(toponyms, names, strict=True), start=1)
    )


def _names(
    document: Document,
    toponyms: Sequence[Toponym],
    candidates: Mapping[str, Sequence[Candidate]],
) -> list[_Name]:
    """Return the name of each toponym; the first container given holds for the whole text."""
    own = _containers(document, toponyms, candidates)
    first: dict[str, str] = {}
    for toponym, container in zip(toponyms, own, strict=True):
        if container:
            first.setdefault(_key(toponym), container)
    return [
        _Name(_key(toponym), container or first.get(_key(toponym)))
        for toponym, container in zip(toponyms, own, strict=True)
    ]


def _key(toponym: Toponym) -> str:
    """Return what tells names apart: "PARIS" of a dateline is the "Paris" of the text."""
    return toponym.normalized.casefold()


def _containers(
    document: Document,
    toponyms: Sequence[Toponym],
    candidates: Mapping[str, Sequence[Candidate]],
) -> list[str | None]:
    """Return for each toponym the name right behind it where that may hold it."""

    @functools.cache
    def may_hold(container: str, name: str) -> bool:
        holders = [c.place for c in candidates[container] if c.place.feature_class == "A"]
        return any(_holds(holder, c.place) for holder in holders for c in candidates[name])

    found: list[str | None] = [None] * len(toponyms)
    for index, (toponym, following) in enumerate(itertools.pairwise(toponyms)):
        between = document.text[toponym.span.end : following.span.start]
        if _CONTAINER_GAP.fullmatch(between) and may_hold(_key(following), _key(toponym)):
            found[index] = _key(following)
    return found


def _holds(container: Place, place: Place) -> bool:
    if container.id == place.id or container.country_code != place.country_code:
        return False
    if container.feature_code in _COUNTRY_CODES:
        return bool(place.country_code)
    return bool(container.admin1_code) and container.admin1_code == place.admin1_code


def _alone(name: _Name, candidates: Mapping[str, Sequence[Candidate]]) -> list[Candidate]:
    """Return what a name may mean, with its container and without other names."""
    held = [c for c in candidates[name.text] if _fits_head(name.text, c.place)]
    towns = _regions_of_towns(held)
    held = [_with(c, (_beside_town(c.place, towns),)) for c in held]
    if not name.container:
        return held
    holders = [c.place for c in candidates[name.container] if c.place.feature_class == "A"]
    listed = _regions_of_towns(candidates[name.container])
    return [_with(c, (_contained(c.place, holders, listed),)) for c in held]


def _regions_of_towns(candidates: Sequence[Candidate]) -> Set[str]:
    return {_region(c.place) for c in candidates if c.place.feature_class == "P"}


def _fits_head(name: str, place: Place) -> bool:
    """Whether a name such as "X Airport" can mean the place: a site is never its town."""
    last = name.rpartition(" ")[2].lower()
    if last not in SITE_HEADS | INSTITUTION_HEADS:
        return True
    return place.feature_class not in ("P", "A") or last in place.name.lower()


def _beside_town(place: Place, regions: Set[str]) -> Reason:
    """Take from a region whose own town has its name: "New York" is the city."""
    beside = place.feature_code == "ADM1" and _region(place) in regions
    return Reason(name="own town", value=TOWN_WEIGHT if beside else 0.0, detail=place.admin1_code)


def _contained(place: Place, holders: Sequence[Place], towns: Set[str]) -> Reason:
    holder = next((h for h in holders if _holds(h, place)), None)
    if holder is None:
        return Reason(name="container", value=0.0)
    is_town = bool(_beside_town(holder, towns).value)
    value = LIST_WEIGHT if is_town else CONTAINER_WEIGHT
    return Reason(name="container", value=value, detail=holder.name)


class _Context:
    """What all names of a text say about each: where its places lie."""

    def __init__(self, shares: Mapping[_Name, Sequence[Candidate]]) -> None:
        self._masses = {name: _masses(found) for name, found in shares.items()}
        self._total: dict[str, float] = defaultdict(float)
        for masses in self._masses.values():
            for key, mass in masses.items():
                self._total[key] += mass
        self._neighbours = _Neighbours(shares)

    def heard(self, name: _Name, found: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates of a name with what the other names say about them."""
        own = self._masses[name]
        return [_with(c, self._reasons(c.place, own, name.text)) for c in found]

    def _reasons(self, place: Place, own: Mapping[str, float], name: str) -> Iterator[Reason]:
        areas = (
            ("region", _region(place), REGION_WEIGHT),
            ("country", place.country_code, COUNTRY_WEIGHT),
        )
        for kind, key, weight in areas:
            mass = self._total.get(key, 0.0) - own.get(key, 0.0) if key else 0.0
            if mass > LEAST_MASS:
                value = round(weight * math.log1p(mass), 3)
                yield Reason(name=kind, value=value, detail=f"{mass:.1f} names in {key}")
        yield self._neighbours.nearness(place, name)


class _Neighbours:
    """The places that the names of a text may mean, by where they lie."""

    def __init__(self, shares: Mapping[_Name, Sequence[Candidate]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[str, Candidate]]] = defaultdict(list)
        for name, found in shares.items():
            for candidate in found:
                if candidate.score >= LEAST_SHARE and not _is_wide(candidate.place):
                    self._cells[_cell(candidate.place)].append((name.text, candidate))

    def nearness(self, place: Place, name: str) -> Reason:
        """Weigh a place by the nearest that another name may mean, and how surely it does."""
        best, detail = 0.0, ""
        for other in self._around(place, name):
            distance = rough_distance_m(place.point, other.place.point)
            value = other.score**NEARNESS_POWER * math.exp(-distance / NEARNESS_SCALE_M)
            if value > best:
                best, detail = value, f"{distance / 1000:.0f} km to {other.place.name}"
        return Reason(name="nearness", value=round(NEARNESS_WEIGHT * best, 3), detail=detail)

    def _around(self, place: Place, name: str) -> Iterator[Candidate]:
        row, column = _cell(place)
        for cell in itertools.product((row - 1, row, row + 1), (column - 1, column, column + 1)):
            for of_name, candidate in self._cells.get(cell, ()):
                if of_name != name and candidate.place.id != place.id:
                    yield candidate


def _cell(place: Place) -> tuple[int, int]:
    return math.floor(place.lat / CELL), math.floor(place.lon / CELL)


def _region(place: Place) -> str:
    return f"{place.country_code}.{place.admin1_code}" if place.admin1_code else ""


def _masses(found: Iterable[Candidate]) -> Mapping[str, float]:
    """Return how much of a name lies in each country and region."""
    masses: dict[str, float] = defaultdict(float)
    for candidate in found:
        place = candidate.place
        for key, own_code in (
            (place.country_code, _COUNTRY_CODES),
            (_region(place), _REGION_CODES),
        ):
            masses[key] += candidate.score * _importance(place, own_code)
    return masses


def _importance(place: Place, own_codes: Set[str]) -> float:
    """Return how many names a name counts for in its country, or region, of those codes."""
    if place.feature_code in own_codes:
        return NAMED_AREA
    return NAMED_COUNTY if place.feature_code == "ADM2" else 1.0


def _is_wide(place: Place) -> bool:
    """Whether a place is too large to say what is near it."""
    return place.feature_code in _WIDE_CODES


def _with(candidate: Candidate, reasons: Iterable[Reason]) -> Candidate:
    said = tuple(reason for reason in reasons if reason.value)
    reasons = (*candidate.reasons, *said)
    return Candidate(place=candidate.place, score=candidate.score, reasons=reasons)


def _normalised(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates best first, each score its share of all and of nobody."""
    sums = [math.fsum(reason.value for reason in c.reasons) for c in candidates]
    top = max([*sums, NOBODY])
    weights = [math.exp(value - top) for value in sums]
    rest = math.fsum(weights) + math.exp(NOBODY - top)
    shared = [
        Candidate(place=candidate.place, score=round(weight / rest, 6), reasons=candidate.reasons)
        for candidate, weight in zip(candidates, weights, strict=True)
    ]
    return tuple(sorted(shared, key=lambda c: (-c.score, c.place.id)))


def _mention(index: int, toponym: Toponym, found: tuple[Candidate, ...]) -> Mention:
    best = found[0] if found and found[0].score >= _nobody(found) else None
    score = _calibrated(best.score, toponym.score) if best else 0.0
    return Mention(
        id=f"m{index}",
        toponym=toponym,
        place=best.place if best else None,
        candidates=found,
        score=score,
        reasons=best.reasons if best else (),
        outcome=_outcome(best, score),
    )


def _nobody(found: Sequence[Candidate]) -> float:
    """Return the share of "none of these"."""
    return 1 - math.fsum(candidate.score for candidate in found)


def _calibrated(share: float, chance: float) -> float:
    """Return how often a place of that share, under a name of that chance, is right."""
    odds = CALIBRATION.share * _log_odds(share) + CALIBRATION.name * _log_odds(chance)
    return round(1 / (1 + math.exp(-odds - CALIBRATION.base)), 6)


def _log_odds(probability: float) -> float:
    kept = min(max(probability, LEAST_DOUBT), 1 - LEAST_DOUBT)
    return math.log(kept / (1 - kept))


def _outcome(best: Candidate | None, score: float) -> Outcome:
    if best is None:
        return Outcome.UNRESOLVED
    return Outcome.RESOLVED if score >= RESOLVED_SCORE else Outcome.UNCERTAIN
