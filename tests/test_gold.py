"""Records of the project's own samples and texts against what a person read in them. Floors only rise.

The samples of `data/raw` were at hand when rules were written; the texts of `tests/gold/texts` were read by a person before
the program saw them, and show what it does with plans it does not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline import parse_plan
from pipeline.evaluate import Evaluation, evaluate, read_gold
from pipeline.extract import tesseract

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
TEXTS = sorted((GOLD / "texts").iterdir())
SAMPLES = sorted(path for path in GOLD.glob("*.json") if path.stem not in {text.stem for text in TEXTS})
SCANS = [path for path in SAMPLES if json.loads(path.read_text(encoding="utf-8")).get("scanned")]
Floors = dict[str, tuple[float, float | None]]
# measure: least share found, least share of the found that is right (where the gold lists everything), strictly
FLOORS: Floors = {
    "header": (0.99, 1.0),
    "sections": (0.99, 1.0),
    "sections.role": (0.99, 0.99),
    "references": (0.99, 1.0),
    "references.number": (1.0, 1.0),
    "references.date": (1.0, 1.0),
    "references.issuer": (0.95, 1.0),
    "dates": (0.99, 0.98),
    "units": (0.94, 0.92),
    "tasks": (1.0, 1.0),
    "tasks.assignees": (1.0, 1.0),
    "tasks.coordinators": (1.0, 1.0),
    "tasks.deadline": (1.0, 1.0),
    "tasks.period": (1.0, 1.0),
    "recipients.count": (1.0, 1.0),
    "signers": (1.0, 1.0),
    "findings": (1.0, None),
}
TEXT_FLOORS: Floors = {
    "header": (0.98, 0.99),
    "header.issuer": (0.95, 0.95),
    "sections": (0.99, 0.98),
    "sections.role": (0.99, 0.99),
    "references": (0.99, 1.0),
    "references.number": (0.99, 1.0),
    "references.date": (0.99, 1.0),
    "references.issuer": (0.96, 0.98),
    "dates": (0.99, 0.99),
    "units": (0.97, 0.97),
    "tasks": (0.95, 0.95),
    "tasks.assignees": (0.96, 0.98),
    "tasks.coordinators": (0.96, 0.98),
    "tasks.deadline": (0.98, 0.98),
    "tasks.period": (1.0, 1.0),
    "recipients.count": (1.0, 1.0),
    "signers": (0.99, 1.0),
    "findings": (1.0, None),
}
# One scan has its number and day written by hand, one a stamp over the name in one bit a pixel: both are left blank.
SCAN_FLOORS: Floors = {
    "header": (0.85, 0.90),
    "sections": (0.96, None),
    "sections.role": (1.0, 1.0),
    "references": (1.0, 1.0),
    "dates": (0.97, None),
    "units": (0.96, None),
    "tasks": (0.95, 0.95),
    "tasks.assignees": (1.0, 1.0),
    "tasks.deadline": (1.0, 1.0),
}


@pytest.fixture(scope="module")
def samples() -> Evaluation:
    return read_all((ROOT / "data" / "raw", path) for path in SAMPLES if path not in SCANS)


@pytest.fixture(scope="module")
def scans() -> Evaluation:
    return read_all((ROOT / "data" / "raw", path) for path in SCANS)


@pytest.fixture(scope="module")
def texts() -> Evaluation:
    return read_all((GOLD / "texts", GOLD / f"{text.stem}.json") for text in TEXTS)


def read_all(cases: Iterable[tuple[Path, Path]]) -> Evaluation:
    read = []
    for folder, path in cases:
        gold = read_gold(path.read_bytes())
        read.append((path.stem, parse_plan(folder / str(gold.file)), gold))
    return evaluate(read)


def assert_reaches(measure: str, floors: Floors, found: Evaluation) -> None:
    least_recall, least_precision = floors[measure]
    score = found.measures[measure]
    errors = [(e.document, e.verdict, e.expected, e.found) for e in found.errors if e.measure.startswith(measure)]
    recall, precision = score.recall(), score.precision()
    assert recall is not None and recall >= least_recall, errors
    assert least_precision is None or (precision is not None and precision >= least_precision), errors


@pytest.mark.parametrize("measure", FLOORS)
def test_samples_are_read_as_a_person_reads_them(measure: str, samples: Evaluation) -> None:
    assert_reaches(measure, FLOORS, samples)


@pytest.mark.skipif(not tesseract.found(), reason="tesseract or its Vietnamese is not installed")
@pytest.mark.parametrize("measure", SCAN_FLOORS)
def test_scanned_samples_are_read_from_their_pictures(measure: str, scans: Evaluation) -> None:
    assert_reaches(measure, SCAN_FLOORS, scans)


@pytest.mark.parametrize("measure", TEXT_FLOORS)
def test_unknown_texts_are_read_no_worse_than_before(measure: str, texts: Evaluation) -> None:
    assert_reaches(measure, TEXT_FLOORS, texts)


def test_every_sample_has_gold() -> None:
    samples = {path.stem for path in (ROOT / "data" / "raw").rglob("*") if path.is_file()}
    assert samples == {path.stem for path in SAMPLES}
