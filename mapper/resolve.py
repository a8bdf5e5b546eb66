"""Which place each name means, judged by the document around it.

Every distinct name is decided once, in the order of these passes:

1. What the gazetteer says alone (`geocode`).
2. A container right behind the name: "Paris, Texas", "Kilis in Turkey".
3. Countries and regions that the document names.
4. Nearness to the places that the document surely means.

The sums become shares: a candidate's score is its part of all candidates and of
a rest, "none of these".
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from mapper.geodesy import rough_distance_m
from mapper.lexicon import INSTITUTION_HEADS, SITE_HEADS
from mapper.model import Candidate, Document, Mention, Outcome, Place, Reason, Toponym

__all__ = ["resolve"]

# Log-odds, by judgement on news and travel texts; see `geocode`.
CONTAINER_WEIGHT = 8.0
REGION_WEIGHT = 3.0
COUNTRY_WEIGHT = 1.5
NEARNESS_WEIGHT = 3.0
NEARNESS_SCALE_M = 300_000.0
# The sum at which a candidate is as likely as that none is meant.
NOBODY = 1.0
# A share from which on a place is held for sure, and may help its neighbours.
SURE_SHARE = 0.8
RESOLVED_SHARE = 0.6

_COUNTRY_CODES = frozenset({"PCLI", "PCL", "PCLD", "PCLF", "PCLS", "PCLIX", "TERR"})
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
    names = _names(document, toponyms, candidates)
    shares = {name: _shares(name, candidates) for name in names}
    shares = {name: _in_context(found, name, shares) for name, found in shares.items()}
    shares = {name: _near_others(found, name, shares) for name, found in shares.items()}
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
    own = [_container(document, toponyms, index, candidates) for index in range(len(toponyms))]
    first: dict[str, str] = {}
    for toponym, container in zip(toponyms, own, strict=True):
        if container:
            first.setdefault(toponym.normalized, container)
    return [
        _Name(toponym.normalized, container or first.get(toponym.normalized))
        for toponym, container in zip(toponyms, own, strict=True)
    ]


def _container(
    document: Document,
    toponyms: Sequence[Toponym],
    index: int,
    candidates: Mapping[str, Sequence[Candidate]],
) -> str | None:
    """Return the name right behind a toponym where it may hold it."""
    if index + 1 >= len(toponyms):
        return None
    toponym, following = toponyms[index], toponyms[index + 1]
    between = document.text[toponym.span.end : following.span.start]
    if not _CONTAINER_GAP.fullmatch(between):
        return None
    holders = [c.place for c in candidates[following.normalized] if c.place.feature_class == "A"]
    held = [c.place for c in candidates[toponym.normalized]]
    holds = any(_holds(holder, place) for holder in holders for place in held)
    return following.normalized if holds else None


def _holds(container: Place, place: Place) -> bool:
    if container.id == place.id or container.country_code != place.country_code:
        return False
    if container.feature_code in _COUNTRY_CODES:
        return bool(place.country_code)
    return bool(container.admin1_code) and container.admin1_code == place.admin1_code


def _shares(name: _Name, candidates: Mapping[str, Sequence[Candidate]]) -> tuple[Candidate, ...]:
    held = [c for c in candidates[name.text] if _fits_head(name.text, c.place)]
    if name.container:
        holders = [c.place for c in candidates[name.container] if c.place.feature_class == "A"]
        held = [_with(c, _contained(c.place, holders)) for c in held]
    return _normalised(held)


def _fits_head(name: str, place: Place) -> bool:
    """Whether a name such as "X Airport" can mean the place: a site is never its town."""
    last = name.rpartition(" ")[2].lower()
    if last not in SITE_HEADS | INSTITUTION_HEADS:
        return True
    return place.feature_class not in ("P", "A") or last in place.name.lower()


def _contained(place: Place, holders: Sequence[Place]) -> Reason:
    holder = next((h for h in holders if _holds(h, place)), None)
    value = CONTAINER_WEIGHT if holder else 0.0
    return Reason(name="container", value=value, detail=holder.name if holder else "")


def _in_context(
    found: tuple[Candidate, ...], name: _Name, shares: Mapping[_Name, tuple[Candidate, ...]]
) -> tuple[Candidate, ...]:
    """Weigh each candidate by the countries and regions that other names mean."""
    others = [s[0].place for n, s in shares.items() if n.text != name.text and _is_sure(s)]
    countries = Counter(p.country_code for p in others if p.feature_code in _COUNTRY_CODES)
    regions = {(p.country_code, p.admin1_code) for p in others if p.feature_code == "ADM1"}
    return _normalised([_with(c, _named_area(c.place, countries, regions)) for c in found])


def _named_area(place: Place, countries: Counter[str], regions: set[tuple[str, str]]) -> Reason:
    if place.feature_class != "A" and (place.country_code, place.admin1_code) in regions:
        return Reason(name="named region", value=REGION_WEIGHT, detail=place.admin1_code)
    if place.feature_code not in _COUNTRY_CODES and countries[place.country_code]:
        return Reason(name="named country", value=COUNTRY_WEIGHT, detail=place.country_code)
    return Reason(name="named country", value=0.0)


def _near_others(
    found: tuple[Candidate, ...], name: _Name, shares: Mapping[_Name, tuple[Candidate, ...]]
) -> tuple[Candidate, ...]:
    """Weigh each candidate by the nearest place that another name surely means."""
    others = [
        s[0].place
        for n, s in shares.items()
        if n.text != name.text and _is_sure(s) and s[0].place.feature_code not in _COUNTRY_CODES
    ]
    if len(found) < 2 or not others:
        return found
    return _normalised([_with(c, _nearness(c.place, others)) for c in found])


def _nearness(place: Place, others: Sequence[Place]) -> Reason:
    nearest = min(others, key=lambda other: (rough_distance_m(place.point, other.point), other.id))
    distance = rough_distance_m(place.point, nearest.point)
    value = round(NEARNESS_WEIGHT * math.exp(-distance / NEARNESS_SCALE_M), 3)
    return Reason(
        name="nearness", value=value, detail=f"{distance / 1000:.0f} km to {nearest.name}"
    )


def _is_sure(found: tuple[Candidate, ...]) -> bool:
    return bool(found) and found[0].score >= SURE_SHARE


def _with(candidate: Candidate, reason: Reason) -> Candidate:
    if not reason.value:
        return candidate
    return dataclasses.replace(candidate, reasons=(*candidate.reasons, reason))


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
