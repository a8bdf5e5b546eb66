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
# A region or country that is named itself counts as this many names in it.
NAMED_AREA = 3.0
NEARNESS_WEIGHT = 4.0
NEARNESS_SCALE_M = 150_000.0
# Farther off than this many degrees of latitude a place helps nobody.
NEARNESS_REACH = 8.0
# The first round hears the most famous places only; later ones have heard each other.
ROUNDS = 3
# The sum at which a candidate is as likely as that none is meant.
NOBODY = 1.0
# A share from which on a place is held for sure, and may help its neighbours.
SURE_SHARE = 0.5
RESOLVED_SHARE = 0.6

_COUNTRY_CODES = frozenset({"PCLI", "PCL", "PCLD", "PCLF", "PCLS", "PCLIX", "TERR"})
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

    `candidates` has those of every normalised name. A mention's score is the share
    of its chosen candidate times the toponym's own score, 0 to 1.
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
        self._sure = [(n, s[0].place) for n, s in shares.items() if s and _is_anchor(s[0])]

    def heard(self, name: _Name, found: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates of a name with what the other names say about them."""
        own = self._masses[name]
        others = [place for n, place in self._sure if n.text != name.text]
        return [_with(c, self._reasons(c.place, own, others)) for c in found]

    def _reasons(
        self, place: Place, own: Mapping[str, float], others: Sequence[Place]
    ) -> Iterator[Reason]:
        areas = (
            ("region", _region(place), REGION_WEIGHT),
            ("country", place.country_code, COUNTRY_WEIGHT),
        )
        for kind, key, weight in areas:
            mass = max(self._total.get(key, 0.0) - own.get(key, 0.0), 0.0) if key else 0.0
            value = round(weight * math.log1p(mass), 3)
            yield Reason(name=kind, value=value, detail=f"{mass:.1f} names in {key}")
        yield _nearness(place, others)


def _region(place: Place) -> str:
    return f"{place.country_code}.{place.admin1_code}" if place.admin1_code else ""


def _masses(found: Iterable[Candidate]) -> Mapping[str, float]:
    """Return how much of a name lies in each country and region."""
    masses: dict[str, float] = defaultdict(float)
    for candidate in found:
        place = candidate.place
        is_country = place.feature_code in _COUNTRY_CODES
        is_region = place.feature_code == "ADM1"
        masses[place.country_code] += candidate.score * (NAMED_AREA if is_country else 1.0)
        masses[_region(place)] += candidate.score * (NAMED_AREA if is_region else 1.0)
    return masses


def _is_anchor(candidate: Candidate) -> bool:
    """Whether a place is sure, and small enough to say what is near it."""
    is_wide = candidate.place.feature_code in _WIDE_CODES
    return candidate.score >= SURE_SHARE and not is_wide


def _nearness(place: Place, others: Sequence[Place]) -> Reason:
    """Weigh a candidate by the nearest of the other places."""
    near = (
        (rough_distance_m(place.point, other.point), other.id, other.name)
        for other in others
        if abs(place.lat - other.lat) < NEARNESS_REACH
    )
    distance, _, name = min(near, default=(math.inf, "", ""))
    value = round(NEARNESS_WEIGHT * math.exp(-distance / NEARNESS_SCALE_M), 3)
    detail = f"{distance / 1000:.0f} km to {name}" if name else ""
    return Reason(name="nearness", value=value, detail=detail)


def _with(candidate: Candidate, reasons: Iterable[Reason]) -> Candidate:
    said = tuple(reason for reason in reasons if reason.value)
    return dataclasses.replace(candidate, reasons=(*candidate.reasons, *said))


def _normalised(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates best first, each score its share of all and of nobody."""
    sums = [math.fsum(reason.value for reason in c.reasons) for c in candidates]
    top = max([*sums, NOBODY])
    weights = [math.exp(value - top) for value in sums]
    rest = math.fsum(weights) + math.exp(NOBODY - top)
    shared = [
        dataclasses.replace(candidate, score=round(weight / rest, 6))
        for candidate, weight in zip(candidates, weights, strict=True)
    ]
    return tuple(sorted(shared, key=lambda c: (-c.score, c.place.id)))


def _mention(index: int, toponym: Toponym, found: tuple[Candidate, ...]) -> Mention:
    best = found[0] if found else None
    return Mention(
        id=f"m{index}",
        toponym=toponym,
        place=best.place if best else None,
        candidates=found,
        score=round(best.score * toponym.score, 6) if best else 0.0,
        reasons=best.reasons if best else (),
        outcome=_outcome(best),
    )


def _outcome(best: Candidate | None) -> Outcome:
    if best is None:
        return Outcome.UNRESOLVED
    return Outcome.RESOLVED if best.score >= RESOLVED_SHARE else Outcome.UNCERTAIN
