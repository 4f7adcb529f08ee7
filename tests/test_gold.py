"""Records of the project's own samples and texts against what a person read in them. Floors only rise.

The samples of `data/raw` were at hand when rules were written; the texts of `tests/gold/texts` were read by a person before
the program saw them, and show what it does with plans it does not know.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scoring import Score, join_tasks, score

from pipeline import parse_plan

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
TEXTS = sorted((GOLD / "texts").iterdir())
ALL_GOLD = sorted(path for path in GOLD.glob("*.json") if path.stem not in {text.stem for text in TEXTS})
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
    "task_rows": (0.99, 1.0),
    "task_assignees": (0.98, 0.99),
    "task_deadlines": (0.97, 0.97),
    "task_coordinators": (0.97, 1.0),
}
TEXT_FLOORS = {
    "header": (0.98, 1.0),
    "sections": (0.99, 0.97),
    "roles": (0.97, 1.0),
    "references": (0.96, 0.98),
    "dates": (0.99, 0.99),
    "units": (0.90, 0.94),
    "findings": (1.0, 1.0),
    "tasks": (0.61, 0.87),
    "task_rows": (0.70, 1.0),
    "task_assignees": (0.66, 0.93),
    "task_deadlines": (0.61, 0.94),
    "task_coordinators": (0.48, 0.96),
}


@pytest.fixture(scope="module")
def samples() -> Score:
    found = Score()
    for path in ALL_GOLD:
        gold = json.loads(path.read_text(encoding="utf-8"))
        if not gold.get("scanned"):
            score(parse_plan(ROOT / "data" / "raw" / gold["file"]), gold, found)
    return found


@pytest.fixture(scope="module")
def texts() -> Score:
    found = Score()
    for path in TEXTS:
        score(parse_plan(path), json.loads((GOLD / f"{path.stem}.json").read_text(encoding="utf-8")), found)
    return found


def assert_reaches(measure: str, floor: tuple[float, float], total: Score) -> None:
    recall, precision = floor
    misses = [value for name, value in total.missed if name == measure]
    wrong = [value for name, value in total.wrong if name == measure]
    assert total.recall(measure) >= recall, misses
    assert total.precision(measure) >= precision, wrong


@pytest.mark.parametrize("measure", FLOORS)
def test_samples_are_read_as_a_person_reads_them(measure: str, samples: Score) -> None:
    assert_reaches(measure, FLOORS[measure], samples)


@pytest.mark.parametrize("measure", TEXT_FLOORS)
def test_unknown_texts_are_read_no_worse_than_before(measure: str, texts: Score) -> None:
    assert_reaches(measure, TEXT_FLOORS[measure], texts)


def test_every_sample_has_gold() -> None:
    samples = {path.stem for path in (ROOT / "data" / "raw").rglob("*") if path.is_file()}
    assert samples == {path.stem for path in ALL_GOLD}


@pytest.mark.parametrize(
    ("found", "gold", "joined"),
    [
        pytest.param(["Công an xã: tuần tra đêm"], ["Tuần tra đêm"], {0: 0}, id="a label in front makes no other task"),
        pytest.param(["Tuần tra đêm"], ["Phát thanh lịch tiêm"], {}, id="other words are another task"),
        pytest.param(["Tuần tra đêm", "Tuần tra"], ["Tuần tra đêm"], {0: 0}, id="a task of gold is joined once, to the likest"),
        pytest.param(["Lập danh sách hộ nghèo trước 30/6"], ["Lập danh sách hộ nghèo", "Báo cáo"], {0: 0}, id="the rest is missed"),
    ],
)
def test_found_tasks_are_joined_to_those_of_gold(found: list[str], gold: list[str], joined: dict[int, int]) -> None:
    assert join_tasks(found, gold) == joined
