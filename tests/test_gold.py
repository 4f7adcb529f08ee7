"""Records of the project's own samples against what a person read in them. Floors only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scoring import Score, score

from pipeline import parse_plan

ROOT = Path(__file__).parents[1]
TEXTS = {path.stem for path in (ROOT / "tests" / "gold" / "texts").iterdir()}
ALL_GOLD = sorted(path for path in (ROOT / "tests" / "gold").glob("*.json") if path.stem not in TEXTS)
GOLD = [path for path in ALL_GOLD if not json.loads(path.read_text(encoding="utf-8")).get("scanned")]
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


@pytest.fixture(scope="module")
def total() -> Score:
    found = Score()
    for path in GOLD:
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


def test_every_sample_has_gold() -> None:
    samples = {path.stem for path in (ROOT / "data" / "raw").rglob("*") if path.is_file()}
    assert samples == {path.stem for path in ALL_GOLD}
