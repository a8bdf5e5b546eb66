"""`mapper train`: make the models that the program carries, from anyone's annotated texts."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mapper.cli.common import check_output, examples, force_option, note

if TYPE_CHECKING:
    from mapper.evaluate.itineraries import ItineraryScore
    from mapper.evaluate.toponyms import ToponymScore
    from mapper.gazetteer import Gazetteer
    from mapper.recognize.tagger import Tagger
    from mapper.train import Case, Sample

__all__ = ["train"]

MANIFEST_SUFFIX = ".json"
GOLD = click.Path(exists=True, path_type=Path)
CORPUS = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(
    epilog=examples(
        "mapper train recognizer news.jsonl -o places.crf",
        "mapper train visits cases/ -o weights.json",
    )
)
def train() -> None:
    """Train models on annotated texts; that of the recognizer needs the extra `train`."""


@train.command(
    epilog=examples(
        "mapper train recognizer news.jsonl letters.jsonl -o places.crf",
        "mapper train recognizer a.jsonl b.jsonl -o places.crf --test c.jsonl --folds-of b.jsonl",
    )
)
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=CORPUS)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the model; its manifest is written beside it.",
)
@click.option(
    "--swaps",
    type=click.IntRange(0, 10),
    default=2,
    show_default=True,
    help="Copies of each text with other names, learnt from too.",
)
@click.option("--test", "tests", multiple=True, type=CORPUS, help="Gold texts to measure on.")
@click.option(
    "--folds-of",
    "folded",
    multiple=True,
    type=CORPUS,
    help="A CORPUS to measure on by cross-validation over its texts, as it has gold places.",
)
@click.option("--folds", type=click.IntRange(2, 20), default=3, show_default=True)
@force_option
def recognizer(
    corpora: Sequence[Path],
    output: Path,
    swaps: int,
    tests: Sequence[Path],
    folded: Sequence[Path],
    folds: int,
    force: bool,
) -> None:
    """Train the recognizer of place names on CORPUS files, and measure it.

    A corpus is a JSONL file, one object a line: `text`, and `spans` (`start`, `end`,
    `type`: place, person, organization, other) or `toponyms` (`start`, `end`). The same
    files give the same model.
    """
    from mapper.files import write_text
    from mapper.gazetteer import Gazetteer
    from mapper.train import read_corpus, with_swaps
    from mapper.train import train as learn

    described = output.with_suffix(MANIFEST_SUFFIX)
    for target in (output, described):
        check_output(target, *corpora, force=force)
    gazetteer = Gazetteer.open()
    texts = {path: list(read_corpus(path)) for path in corpora}
    if unknown := [path.name for path in folded if path not in texts]:
        raise click.UsageError(f"{unknown[0]} of --folds-of is none of the CORPUS files.")
    samples = [sample for path in corpora for sample in texts[path]]
    tagger = learn(with_swaps(samples, gazetteer=gazetteer, swaps=swaps), gazetteer=gazetteer)
    scores = {f"{path.name}, not learnt from": _measured(path, tagger) for path in tests}
    for path in folded:
        score = _folded(path, samples, texts[path], gazetteer, folds=folds, swaps=swaps)
        scores[f"{path.name}, {folds} folds by text"] = score
    tagger.save(output)
    manifest = _manifest(corpora, tagger, swaps=swaps, scores=scores)
    write_text(described, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", force=True)
    note([f"{output}: {len(tagger.weights):,} features of {len(samples):,} texts"])


@train.command(
    epilog=examples(
        "mapper train visits cases/ -o weights.json",
        "mapper train visits cases/ own/ -o weights.json --folds-of cases/",
    )
)
@click.argument("gold", metavar="GOLD...", nargs=-1, required=True, type=GOLD)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the weights.",
)
@click.option(
    "--folds-of",
    "folded",
    multiple=True,
    type=GOLD,
    help="A GOLD to measure on by cross-validation over its texts.",
)
@click.option("--folds", type=click.IntRange(2, 50), default=5, show_default=True)
@force_option
def visits(
    gold: Sequence[Path], output: Path, folded: Sequence[Path], folds: int, force: bool
) -> None:
    """Learn from GOLD texts which places are on a journey where no rule says so.

    GOLD is a folder of JSON files, or a JSONL file, as `mapper evaluate itineraries` reads
    it. The same texts give the same weights.
    """
    from mapper.evaluate import check_itinerary, read_gold
    from mapper.files import write_text
    from mapper.train import cases, fit

    check_output(output, *gold, force=force)
    learnt = {path: list(cases(read_gold(path, check=check_itinerary))) for path in gold}
    if unknown := [path.name for path in folded if path not in learnt]:
        raise click.UsageError(f"{unknown[0]} of --folds-of is none of the GOLD.")
    everything = [case for path in gold for case in learnt[path]]
    weights = fit(everything)
    scores = {
        f"{path.name}, {folds} folds by text": _values(_journeys(everything, learnt[path], folds))
        for path in folded
    }
    described = {
        "model": "places of a journey, logistic regression",
        "command": f"mapper train visits {' '.join(path.name for path in gold)}",
        "corpora": [_counted(path, read) for path, read in learnt.items()],
        "scores": scores,
        "base": weights.base,
        "weights": weights.weights,
    }
    write_text(output, json.dumps(described, indent=2, ensure_ascii=False) + "\n", force=True)
    note([f"{output}: {len(weights.weights)} weights of {len(everything)} texts"])


def _journeys(learnt: Sequence[Case], held: Sequence[Case], count: int) -> ItineraryScore:
    """Measure each text of a collection by weights that have not learnt from it."""
    from mapper.evaluate import itineraries
    from mapper.evaluate.itineraries import made, travel
    from mapper.train import folds

    make = made(
        (case.record, travel(case.record, weights=weights))
        for weights, aside in folds(learnt, held, count=count)
        for case in aside
    )
    return itineraries((case.record for case in held), make=make)


def _counted(path: Path, read: Sequence[Case]) -> dict[str, Any]:
    """Describe a collection of journeys: its name, its texts, and a hash of them."""
    texts = [case.record["text"] for case in read]
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    return {"name": path.name, "sha256": digest, "texts": len(texts)}


def _values(score: ToponymScore | ItineraryScore) -> dict[str, str]:
    return {measure: str(it) for measure, it in score.measures.items()}


def _measured(path: Path, tagger: Tagger) -> ToponymScore:
    from functools import partial

    from mapper.evaluate import check_toponyms, finder, read_gold, toponyms
    from mapper.recognize import recognize

    gold = read_gold(path, check=check_toponyms)
    return toponyms(gold, find=finder(partial(recognize, tagger=tagger)))


def _folded(
    path: Path,
    samples: Sequence[Sample],
    held: Sequence[Sample],
    gazetteer: Gazetteer,
    *,
    folds: int,
    swaps: int,
) -> ToponymScore:
    """Measure each text of a corpus by a tagger that has not learnt from it."""
    from functools import partial

    from mapper.evaluate import finder, read_gold, toponyms
    from mapper.model import Mention
    from mapper.recognize import recognize
    from mapper.train import cross_validated

    found: dict[str, Sequence[Mention]] = {}
    for tagger, aside in cross_validated(
        samples, held, gazetteer=gazetteer, folds=folds, swaps=swaps
    ):
        find = finder(partial(recognize, tagger=tagger))
        found.update((sample.text, find(sample.text)) for sample in aside)
    return toponyms(read_gold(path), find=found.__getitem__)


def _manifest(
    corpora: Sequence[Path], tagger: Tagger, *, swaps: int, scores: dict[str, ToponymScore]
) -> dict[str, Any]:
    return {
        "model": "place names, linear-chain conditional random field",
        "command": " ".join(
            ["mapper train recognizer", *(path.name for path in corpora), f"--swaps {swaps}"]
        ),
        "corpora": [_described(path) for path in corpora],
        "features": len(tagger.weights),
        "scores": {name: _values(score) for name, score in scores.items()},
    }


def _described(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    records = [json.loads(line) for line in data.splitlines() if line.strip()]
    licences = Counter(str(it.get("license") or "not stated in the file") for it in records)
    return {
        "name": path.name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "texts": len(records),
        "licences": dict(sorted(licences.items())),
    }
