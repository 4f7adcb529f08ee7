"""Records of the project's own samples against what a person read in them. Floors only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import parse_plan
from pipeline.evaluate import Evaluation, evaluate, read_gold

ROOT = Path(__file__).parents[1]
ALL_GOLD = sorted((ROOT / "tests" / "gold").glob("*.json"))
GOLD = [path for path in ALL_GOLD if not json.loads(path.read_text(encoding="utf-8")).get("scanned")]
# measure: least share found, least share of the found that is right (where the gold lists everything), strictly
FLOORS = {
    "header": (0.99, 1.0),
    "sections": (0.99, 1.0),
    "sections.role": (0.99, 0.99),
    "references": (0.99, 1.0),
    "references.number": (1.0, 1.0),
    "references.date": (1.0, 1.0),
    "references.issuer": (0.95, 1.0),
    "dates": (0.99, 0.98),
    "units": (0.94, 0.92),
    "tasks": (0.97, 0.98),
    "tasks.assignees": (0.98, 1.0),
    "tasks.coordinators": (0.97, 1.0),
    "tasks.deadline": (0.98, 0.98),
    "tasks.period": (1.0, 1.0),
    "recipients.count": (1.0, 1.0),
    "signers": (1.0, 1.0),
    "findings": (1.0, None),
}


@pytest.fixture(scope="module")
def found() -> Evaluation:
    read = []
    for path in GOLD:
        gold = read_gold(path.read_bytes())
        read.append((path.stem, parse_plan(ROOT / "data" / "raw" / str(gold.file)), gold))
    return evaluate(read)


@pytest.mark.parametrize("measure", FLOORS)
def test_samples_are_read_as_a_person_reads_them(measure: str, found: Evaluation) -> None:
    least_recall, least_precision = FLOORS[measure]
    score = found.measures[measure]
    errors = [(e.document, e.verdict, e.expected, e.found) for e in found.errors if e.measure.startswith(measure)]
    recall, precision = score.recall(), score.precision()
    assert recall is not None and recall >= least_recall, errors
    assert least_precision is None or (precision is not None and precision >= least_precision), errors


def test_every_sample_has_gold() -> None:
    samples = {path.stem for path in (ROOT / "data" / "raw").rglob("*") if path.is_file()}
    assert samples == {path.stem for path in ALL_GOLD}
