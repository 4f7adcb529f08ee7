"""Gold of the texts in tests/gold/texts is true to its text: what it says was read stands there. The program takes no part."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).parents[1] / "gold"
TEXTS = sorted(path for path in (GOLD / "texts").iterdir() if path.is_file())
EVERY_GOLD: dict[str, dict[str, Any]] = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))}
TASK_FIELDS = {"text", "assignees", "coordinators", "reports_to", "deadline", "period", "origin"}

each_text = pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem[:30])


def plain(text: str) -> str:
    """Text in composed letters (NFC) without the marks of Markdown, on one line."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("*", "").replace("#", " "))


def mentions(gold: dict[str, Any]) -> list[str]:
    """Every stretch of text that the gold claims to have read in the document."""
    found = [mention[0] for name in ("references", "dates", "dates_optional") for mention in gold.get(name, [])]
    found += gold["units"] + gold["references_optional"]
    for task in gold.get("tasks", []):
        found += [task["text"], *task["assignees"], *task["coordinators"], *task["reports_to"]]
    return found


@each_text
def test_every_mention_of_gold_stands_in_its_text(text: Path) -> None:
    gold = EVERY_GOLD[text.stem]
    content = plain(text.read_text(encoding="utf-8"))
    assert gold["file"] == text.name
    assert [raw for raw in mentions(gold) if plain(raw) not in content] == []


@each_text
def test_deadlines_and_assignees_of_tasks_are_listed(text: Path) -> None:
    gold = EVERY_GOLD[text.stem]
    dates = {edtf for _, edtf in gold["dates"]}
    tasks = gold.get("tasks", [])
    assert all(set(task) == TASK_FIELDS for task in tasks)
    assert {task["deadline"] for task in tasks} - {None} <= dates
    assert {name for task in tasks for name in task["assignees"]} == set(gold["assignees"])


def test_there_is_gold_of_sixty_documents_and_two_hundred_tasks_of_twenty_five_plans() -> None:
    whole = [EVERY_GOLD[text.stem] for text in TEXTS if EVERY_GOLD[text.stem].get("tasks")]
    assert len(EVERY_GOLD) >= 60
    assert len(whole) >= 25
    assert sum(len(gold["tasks"]) for gold in whole) >= 200


def test_every_text_has_gold_and_no_sample_shares_its_name() -> None:
    stems = {path.stem for path in TEXTS}
    assert len(stems) == len(TEXTS)
    assert {stem for stem, gold in EVERY_GOLD.items() if "/" not in gold["file"]} == stems
