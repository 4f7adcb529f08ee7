"""Records of the project's own samples against what a person read in them. Floors only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scoring import Score, score

from pipeline import parse_plan
from pipeline.extract import tesseract

ROOT = Path(__file__).parents[1]
ALL_GOLD = sorted((ROOT / "tests" / "gold").glob("*.json"))
SCANS = [path for path in ALL_GOLD if json.loads(path.read_text(encoding="utf-8")).get("scanned")]
GOLD = [path for path in ALL_GOLD if path not in SCANS]
# measure: least share found, least share of the found that is right (where the gold lists everything)
FLOORS = {
    "header": (0.99, 1.0),
    "sections": (0.99, 1.0),
    "roles": (0.99, 1.0),
    "references": (0.99, 0.99),
    "dates": (0.97, 0.98),
    "units": (0.94, 1.0),
    "findings": (1.0, 1.0),
    "tasks": (0.93, 0.97),
}
# The same for the samples that are scans. One has its number and day written by hand, one a stamp over the name in one
# bit a pixel: both are left blank.
SCAN_FLOORS = {
    "header": (0.75, 1.0),
    "sections": (0.95, 1.0),
    "roles": (1.0, 1.0),
    "references": (1.0, 1.0),
    "dates": (0.95, 1.0),
    "units": (0.95, 1.0),
    "tasks": (0.95, 0.95),
}


@pytest.fixture(scope="module")
def total() -> Score:
    return _score(GOLD)


@pytest.fixture(scope="module")
def scans() -> Score:
    return _score(SCANS)


def _score(paths: list[Path]) -> Score:
    found = Score()
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        score(parse_plan(ROOT / "data" / "raw" / gold["file"]), gold, found)
    return found


@pytest.mark.parametrize("measure", FLOORS)
def test_samples_are_read_as_a_person_reads_them(measure: str, total: Score) -> None:
    recall, precision = FLOORS[measure]
    misses = [value for name, value in total.missed if name == measure]
    wrong = [value for name, value in total.wrong if name == measure]
    assert total.recall(measure) >= recall, misses
    assert total.precision(measure) >= precision, wrong


@pytest.mark.skipif(not tesseract.found(), reason="tesseract or its Vietnamese is not installed")
@pytest.mark.parametrize("measure", SCAN_FLOORS)
def test_scanned_samples_are_read_from_their_pictures(measure: str, scans: Score) -> None:
    recall, precision = SCAN_FLOORS[measure]
    assert scans.recall(measure) >= recall, [value for name, value in scans.missed if name == measure]
    assert scans.precision(measure) >= precision, [value for name, value in scans.wrong if name == measure]


def test_every_sample_has_gold() -> None:
    samples = {path.stem for path in (ROOT / "data" / "raw").rglob("*") if path.is_file()}
    assert samples == {path.stem for path in ALL_GOLD}
