"""The sheet `Nhiệm vụ`: who does what by when."""

from __future__ import annotations

from collections.abc import Sequence

from models import Actor, PlanRecord, Task
from pipeline.knowledge.columns import columns_of
from pipeline.knowledge.wording import day_words, period_words
from pipeline.report.material import Material
from pipeline.report.workbook_sheet import Book, Cell, Cells, Tone, write_table

TITLE = "Nhiệm vụ"
DOUBTFUL = 0.6


def write_tasks(book: Book, material: Material) -> None:
    """Add the sheet."""
    rows = [_row(material, record, task) for record in material.records for task in record.tasks]
    write_table(book, TITLE, columns_of(material.knowledge, "nhiem_vu"), rows, _tone)


def actor_names(actors: Sequence[Actor]) -> str:
    """Names joined by "; ", each once."""
    return "; ".join(dict.fromkeys(actor.name for actor in actors))


def last_day(task: Task) -> Cell:
    """The last day of a task: a real date where one follows from the text, else the words of its deadline."""
    if task.deadline is None:
        return None
    if task.deadline.end_date is not None:
        return task.deadline.end_date
    return day_words((task.deadline.edtf or "").removeprefix("../"))


def _row(material: Material, record: PlanRecord, task: Task) -> Cells:
    return material.plan_cells(record) | {
        "text": task.text,
        "assignees": actor_names(task.assignees),
        "coordinators": actor_names(task.coordinators),
        "reports_to": actor_names(task.reports_to),
        "deadline": " ".join(task.deadline.text.split()) if task.deadline else None,
        "deadline_day": last_day(task),
        "period": period_words(task.period),
        "product": task.product.text if task.product else None,
        "origin": material.name("origin", task.origin),
        "page": task.page,
        "confidence": task.confidence,
    }


def _tone(key: str, value: Cell) -> Tone:
    doubtful = key == "confidence" and isinstance(value, float) and value < DOUBTFUL
    return "warn" if doubtful else "plain"
