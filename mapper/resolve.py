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

import functools
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from mapper.geodesy import rough_distance_m
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
# Candidates of one name within this distance differ in kind rather than in place.
SAME_PLACE_M = 50_000.0
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


class _Name(NamedTuple):
    """A distinct name with the names that hold it: the key of one decision."""

    text: str
    container: str | None


class _Option:
    """A place that a name may mean, with what speaks for it whatever the other names mean."""

    __slots__ = ("areas", "own", "place", "point", "reasons")

    def __init__(self, place: Place, reasons: tuple[Reason, ...]) -> None:
        self.place, self.reasons, self.point = place, reasons, place.point
        self.own = math.fsum(reason.value for reason in reasons)
        areas = (
            ("region", _region(place), REGION_WEIGHT),
            ("country", place.country_code, COUNTRY_WEIGHT),
        )
        self.areas = tuple(area for area in areas if area[1])


class _Seat(NamedTuple):
    """An option by its name and rank."""

    name: _Name
    rank: int
    option: _Option


class _Neighbour(NamedTuple):
    """A place near by that another name may mean, with its metres away and a factor of them."""

    seat: _Seat
    distance: float
    nearness: float

    def __str__(self) -> str:
        return f"{self.distance / 1000:.0f} km to {self.seat.option.place.name}"


# What each name may mean, and in the same order how likely it means it.
Options = Mapping[_Name, Sequence[_Option]]
Shares = Mapping[_Name, Sequence[float]]


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
    found = _judged({name: _options(name, candidates) for name in dict.fromkeys(names)})
    return tuple(
        _mention(index, toponym, found[name])
        for index, (toponym, name) in enumerate(zip(toponyms, names, strict=True), start=1)
    )


def _judged(options: Options) -> dict[_Name, tuple[Candidate, ...]]:
    """Return the candidates of each name, best first, after all names have heard each other."""
    company = _Company(options)
    shares = {name: _shares([option.own for option in own]) for name, own in options.items()}
    for _ in range(ROUNDS):
        said = _Said(company, shares)
        shares = {name: _shares(said.sums(name)) for name in options}
    return {name: said.candidates(name, shares[name]) for name in options}


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


def _options(name: _Name, candidates: Mapping[str, Sequence[Candidate]]) -> list[_Option]:
    """Return what a name may mean, with its container and without other names."""
    found = candidates[name.text]
    holders: Sequence[Place] = ()
    listed: Set[str] = frozenset()
    if name.container:
        holders = [c.place for c in candidates[name.container] if c.place.feature_class == "A"]
        listed = _regions_of_towns(candidates[name.container])
    towns = _regions_of_towns(found)
    return [
        _Option(c.place, (*c.reasons, *_own_town(c.place, towns), *_held(c.place, holders, listed)))
        for c in found
    ]


def _audible(reasons: Iterable[Reason]) -> Iterator[Reason]:
    return (reason for reason in reasons if reason.value)


def _regions_of_towns(candidates: Sequence[Candidate]) -> Set[str]:
    return {_region(c.place) for c in candidates if c.place.feature_class == "P"}


def _own_town(place: Place, regions: Set[str]) -> Iterator[Reason]:
    """Take from a region whose own town has its name: "New York" is the city."""
    if _has_town(place, regions):
        yield Reason(name="own town", value=TOWN_WEIGHT, detail=place.admin1_code)


def _has_town(place: Place, regions: Set[str]) -> bool:
    return place.feature_code == "ADM1" and _region(place) in regions


def _held(place: Place, holders: Iterable[Place], towns: Set[str]) -> Iterator[Reason]:
    """Give to a place in the container; less where that may be a town of the same list."""
    holder = next((h for h in holders if _holds(h, place)), None)
    if holder is not None:
        value = LIST_WEIGHT if _has_town(holder, towns) else CONTAINER_WEIGHT
        yield Reason(name="container", value=value, detail=holder.name)


class _Company:
    """How the names of a text bear on each other, whatever each may mean."""

    def __init__(self, options: Options) -> None:
        self.options = options
        cells: dict[tuple[int, int], list[_Seat]] = defaultdict(list)
        for name, own in options.items():
            for rank, option in enumerate(own):
                if option.place.feature_code not in _WIDE_CODES:
                    cells[_cell(option.place)].append(_Seat(name, rank, option))
        self.near = {
            name: [list(_near(name.text, option, cells)) for option in own]
            for name, own in options.items()
        }


def _near(
    name: str, option: _Option, cells: Mapping[tuple[int, int], Sequence[_Seat]]
) -> Iterator[_Neighbour]:
    """Yield the places near by that other names may mean."""
    row, column = _cell(option.place)
    for down, across in _STEPS:
        for seat in cells.get((row + down, column + across), ()):
            if seat.name.text != name and seat.option.place.id != option.place.id:
                distance = rough_distance_m(option.point, seat.option.point)
                yield _Neighbour(seat, distance, math.exp(-distance / NEARNESS_SCALE_M))


_STEPS = tuple(itertools.product((-1, 0, 1), repeat=2))


class _Said:
    """What the names say about each other where they mean places with these shares."""

    def __init__(self, company: _Company, shares: Shares) -> None:
        self._company, self._shares = company, shares
        options = company.options
        self._masses = {name: _masses(own, shares[name]) for name, own in options.items()}
        self._total: dict[str, float] = defaultdict(float)
        for masses in self._masses.values():
            for key, mass in masses.items():
                self._total[key] += mass

    def sums(self, name: _Name) -> list[float]:
        """Return what speaks for each option of a name, all in all."""
        masses = self._masses[name]
        return [
            option.own
            + sum([_said_by(self._total[key] - masses[key], by) for _, key, by in option.areas])
            + self._nearest(near)[0]
            for option, near in self._of(name)
        ]

    def candidates(self, name: _Name, shares: Sequence[float]) -> tuple[Candidate, ...]:
        """Return the options of a name, best first, with all their reasons."""
        found = [
            Candidate(
                place=option.place,
                score=round(share, 6),
                reasons=(*option.reasons, *_audible(self._reasons(option, near, name))),
            )
            for (option, near), share in zip(self._of(name), shares, strict=True)
        ]
        return tuple(sorted(found, key=lambda c: (-c.score, c.place.id)))

    def _of(self, name: _Name) -> Iterator[tuple[_Option, Sequence[_Neighbour]]]:
        return zip(self._company.options[name], self._company.near[name], strict=True)

    def _reasons(
        self, option: _Option, near: Sequence[_Neighbour], name: _Name
    ) -> Iterator[Reason]:
        for kind, key, by in option.areas:
            mass = self._total[key] - self._masses[name][key]
            yield Reason(name=kind, value=_said_by(mass, by), detail=f"{mass:.1f} names in {key}")
        value, neighbour = self._nearest(near)
        yield Reason(name="nearness", value=value, detail=str(neighbour or ""))

    def _nearest(self, near: Iterable[_Neighbour]) -> tuple[float, _Neighbour | None]:
        """Weigh a place by the nearest that another name may mean, and how surely it does."""
        best, nearest = 0.0, None
        for neighbour in near:
            share = self._shares[neighbour.seat.name][neighbour.seat.rank]
            value = share**NEARNESS_POWER * neighbour.nearness
            if value > best and share >= LEAST_SHARE:
                best, nearest = value, neighbour
        return round(NEARNESS_WEIGHT * best, 3), nearest


def _said_by(mass: float, weight: float) -> float:
    """Return what so many other names in a candidate's area say for it."""
    return round(weight * math.log1p(mass), 3) if mass > LEAST_MASS else 0.0


def _cell(place: Place) -> tuple[int, int]:
    return math.floor(place.lat / CELL), math.floor(place.lon / CELL)


def _region(place: Place) -> str:
    return f"{place.country_code}.{place.admin1_code}" if place.admin1_code else ""


def _masses(options: Iterable[_Option], shares: Iterable[float]) -> Mapping[str, float]:
    """Return how much of a name lies in each country and region."""
    masses: dict[str, float] = defaultdict(float)
    for option, share in zip(options, shares, strict=True):
        place = option.place
        masses[place.country_code] += share * _importance(place, _COUNTRY_CODES)
        masses[_region(place)] += share * _importance(place, _REGION_CODES)
    return masses


def _importance(place: Place, own_codes: Set[str]) -> float:
    """Return how many names a name counts for in its country, or region, of those codes."""
    if place.feature_code in own_codes:
        return NAMED_AREA
    return NAMED_COUNTY if place.feature_code == "ADM2" else 1.0


def _shares(sums: Sequence[float]) -> list[float]:
    """Return the part of each of all and of nobody."""
    top = max([*sums, NOBODY])
    weights = [math.exp(value - top) for value in sums]
    rest = math.fsum(weights) + math.exp(NOBODY - top)
    return [weight / rest for weight in weights]


def _mention(index: int, toponym: Toponym, found: tuple[Candidate, ...]) -> Mention:
    best = found[0] if found and found[0].score >= _nobody(found) else None
    score = _calibrated(_share_around(best, found), toponym.score) if best else 0.0
    return Mention(
        id=f"m{index}",
        toponym=toponym,
        place=best.place if best else None,
        candidates=found,
        score=score,
        reasons=best.reasons if best else (),
        outcome=_outcome(best, score),
    )


def _share_around(best: Candidate, found: Iterable[Candidate]) -> float:
    """Return the share of a place and of others that are all but it: a province and its seat."""
    point = best.place.point
    return min(
        math.fsum(
            it.score
            for it in found
            if it is best or rough_distance_m(it.place.point, point) <= SAME_PLACE_M
        ),
        1.0,
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
