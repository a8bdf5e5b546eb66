"""Place names found and located, scored against gold.

A record has `text` and `toponyms`, each with `start`, `end`, `lat` and `lon` (null where
nobody knows); one that is marked `adj`, or whose `type` says that it speaks of a people or
a language, is a don't-care: to find it or to miss it costs nothing.

A found span is right when it has the very characters of a gold span (exact), or shares one
with it (overlap, one to one). A place is right within 161 km (100 miles), the field's
customary distance, or within 25 km.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from mapper.evaluate.estimate import Estimate
from mapper.evaluate.gold import Record, is_ignored, one_to_one
from mapper.gazetteer import Gazetteer, NameKind
from mapper.geodesy import distance_m
from mapper.model import Mention, Point, Span
from mapper.pipeline import Recognizer, locate_places
from mapper.read import read_text

__all__ = [
    "Bin",
    "ToponymScore",
    "find_names",
    "finder",
    "predictions",
    "reliability",
    "toponyms",
]

Predict = Callable[[str], Sequence[Mention]]

NEAR_KM = (161, 25)
BINS = 10


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ToponymScore:
    """The measures of a collection by their names, and how many texts and names they are of."""

    documents: int
    names: int
    measures: Mapping[str, Estimate]


@dataclasses.dataclass(frozen=True, slots=True)
class _Pair:
    """A found name with the gold name that it meets."""

    mention: Mention
    gold: Record


@dataclasses.dataclass(frozen=True, slots=True)
class _Text:
    """What was found in one text, what is to be found, and where they meet."""

    found: Sequence[Mention]
    gold: Sequence[Record]
    pairs: Sequence[_Pair]


def toponyms(
    records: Iterable[Record], *, find: Predict | None = None, countries: bool = True
) -> ToponymScore:
    """Score the names that `find`, by default the whole program, finds in gold texts.

    Without `countries` the names of countries are don't-cares too.
    """
    texts = list(_texts(records, find or find_names, countries))
    counts = [_counts(text) for text in texts]
    measures = {name: _jackknifed(measure, counts) for name, measure in _MEASURES.items()}
    names = sum(len(text.gold) for text in texts)
    return ToponymScore(documents=len(texts), names=names, measures=measures)


def predictions(records: Iterable[Record], *, find: Predict | None = None) -> Iterator[Record]:
    """Yield for each record what was found in its text, in the form of the gold."""
    for record in records:
        found = (find or find_names)(record["text"])
        yield {"id": record.get("id"), "toponyms": list(map(_prediction, found))}


def _prediction(mention: Mention) -> dict[str, Any]:
    place = mention.place
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "name": mention.toponym.text,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "score": mention.score,
    }


def find_names(
    text: str, *, locate: Callable[..., Sequence[Mention]] = locate_places
) -> Sequence[Mention]:
    """Return the names of a text; spans count its characters even where reading mends it."""
    document = read_text(text)
    mentions = locate(document)
    if document.text == text:
        return mentions
    places = _alignment(document.text, text)
    return [_moved(mention, places) for mention in mentions]


def finder(recognizer: str | Recognizer) -> Predict:
    """Return what finds the names of a text with that recognizer, a plugin or a function."""
    return partial(find_names, locate=partial(locate_places, recognizer=recognizer))


def _alignment(read: str, written: str) -> Sequence[int]:
    """Return for each character of the text as read, and its end, where it is written."""
    places = [len(written)] * (len(read) + 1)
    matcher = difflib.SequenceMatcher(None, read, written, autojunk=False)
    for _, read_start, read_end, start, end in matcher.get_opcodes():
        for step in range(read_end - read_start):
            places[read_start + step] = min(start + step, end)
    return places


def _moved(mention: Mention, places: Sequence[int]) -> Mention:
    span = Span(places[mention.span.start], places[mention.span.end])
    return dataclasses.replace(mention, toponym=dataclasses.replace(mention.toponym, span=span))


def _texts(records: Iterable[Record], find: Predict, countries: bool) -> Iterator[_Text]:
    is_country = _never if countries else _country_test()
    for record in records:
        wanted: list[Record] = []
        others: list[Record] = []
        for it in record["toponyms"]:
            if it["end"] > it["start"]:
                (others if is_ignored(it) or is_country(it) else wanted).append(it)
        found = find(record["text"])
        pairs = list(_pairs(found, wanted))
        used = {id(pair.mention) for pair in pairs}
        kept = [m for m in found if id(m) in used or not _meets(m, others)]
        yield _Text(kept, wanted, pairs)


def _never(_: Record) -> bool:
    return False


def _country_test() -> Callable[[Record], bool]:
    gazetteer = Gazetteer.open()

    def is_country(gold: Record) -> bool:
        matches = gazetteer.lookup(gold["name"])
        own = next((it.place for it in matches if it.kind is not NameKind.ALTERNATE), None)
        return bool(gold.get("country_level")) or (own is not None and own.feature_code == "PCLI")

    return is_country


def _meets(mention: Mention, gold: Iterable[Record]) -> bool:
    return any(mention.span.overlaps(Span(it["start"], it["end"])) for it in gold)


def _pairs(mentions: Sequence[Mention], gold: Sequence[Record]) -> Iterator[_Pair]:
    """Pair one to one: equal spans first, then by overlap, then from left to right."""
    spans = [Span(record["start"], record["end"]) for record in gold]
    near = (
        (mention.span != span, -_overlap(mention.span, span), span.start, i, j)
        for i, mention in enumerate(mentions)
        for j, span in enumerate(spans)
        if mention.span.overlaps(span)
    )
    pairs = one_to_one((i, j) for *_, i, j in sorted(near))
    return (_Pair(mentions[i], gold[j]) for i, j in pairs)


def _overlap(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _counts(text: _Text) -> Counter[str]:
    counts = Counter(found=len(text.found), gold=len(text.gold), overlap=len(text.pairs))
    counts["located"] = sum(it["lat"] is not None for it in text.gold)
    for pair in text.pairs:
        span = Span(pair.gold["start"], pair.gold["end"])
        counts["exact"] += pair.mention.span == span
        error_km = _error_km(pair)
        counts["resolved"] += error_km is not None
        for near in NEAR_KM:
            counts[f"within {near}"] += error_km is not None and error_km <= near
    return counts


def _error_km(pair: _Pair) -> float | None:
    """Return how far off a place is; None where it has none, or nobody knows the gold's."""
    if pair.gold["lat"] is None or pair.mention.place is None:
        return None
    gold = Point(lat=pair.gold["lat"], lon=pair.gold["lon"])
    return distance_m(pair.mention.place.point, gold) / 1000


def _share(part: str, whole: str) -> Callable[[Mapping[str, int]], float]:
    return lambda counts: counts[part] / counts[whole] if counts[whole] else 1.0


def _f1(right: str) -> Callable[[Mapping[str, int]], float]:
    def measure(counts: Mapping[str, int]) -> float:
        total = counts["found"] + counts["gold"]
        return 2 * counts[right] / total if total else 1.0

    return measure


_MEASURES = {
    **{
        f"{kind} {name}": measure
        for kind in ("exact", "overlap")
        for name, measure in (
            ("precision", _share(kind, "found")),
            ("recall", _share(kind, "gold")),
            ("f1", _f1(kind)),
        )
    },
    **{
        f"{name} within {near} km": _share(f"within {near}", whole)
        for name, whole in (("resolved", "resolved"), ("end to end", "located"))
        for near in NEAR_KM
    },
}


def _jackknifed(
    measure: Callable[[Mapping[str, int]], float], counts: Sequence[Counter[str]]
) -> Estimate:
    total: Counter[str] = Counter()
    for of_text in counts:
        total.update(of_text)
    without = (Counter({key: total[key] - of_text[key] for key in total}) for of_text in counts)
    return Estimate.of(measure(total), list(map(measure, without)))


@dataclasses.dataclass(frozen=True, slots=True)
class Bin:
    """Names with a score from `low` to `high`: how many, their mean score, the share right."""

    low: float
    high: float
    names: int
    score: float
    right: float


def reliability(records: Iterable[Record], *, find: Predict | None = None) -> tuple[Bin, ...]:
    """Return what the scores are worth: names by their score in ten bins, empty ones left out.

    A name is right when it meets a gold name and lies within 161 km of its place.
    """
    scored: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for text in _texts(records, find or find_names, True):
        right = {id(pair.mention): _is_right(pair) for pair in text.pairs}
        for mention in text.found:
            rank = min(int(mention.score * BINS), BINS - 1)
            scored[rank].append((mention.score, right.get(id(mention), False)))
    return tuple(_bin(rank, names) for rank, names in enumerate(scored) if names)


def _is_right(pair: _Pair) -> bool:
    error_km = _error_km(pair)
    return error_km is not None and error_km <= NEAR_KM[0]


def _bin(rank: int, names: Sequence[tuple[float, bool]]) -> Bin:
    score = sum(it for it, _ in names) / len(names)
    right = sum(it for _, it in names) / len(names)
    return Bin(rank / BINS, (rank + 1) / BINS, len(names), score, right)
