"""The sheet `Chỉ tiêu`: the targets and amounts of all plans, each with the words it stands in."""

from __future__ import annotations

import re

from models import Measure, PlanRecord
from pipeline.aggregate.rows import excerpt, flat_sections
from pipeline.knowledge.columns import columns_of
from pipeline.report.material import Material
from pipeline.report.workbook_sheet import Book, Cell, Cells, Tone, write_table

TITLE = "Chỉ tiêu"
DOUBTFUL = 0.8
REACH = 160  # characters of context on each side
_CELL_RULE = "measure:cell"
_SENTENCE = re.compile(r"[;\n\t]|[.](?=\s)")


def write_measures(book: Book, material: Material) -> None:
    """Add the sheet."""
    rows = [row for record in material.records for row in _rows(material, record)]
    write_table(book, TITLE, columns_of(material.knowledge, "chi_tieu"), rows, _tone)


def _rows(material: Material, record: PlanRecord) -> list[Cells]:
    roles = {section.id: section.role for section, _ in flat_sections(record.sections)}
    plan = material.plan_cells(record)
    return [
        plan
        | {
            "section": material.name("role", roles.get(measure.section_id or "")),
            "context": context_of(record.text, measure),
            "text": " ".join(measure.text.split()),
            "qualifier": material.name("qualifier", measure.qualifier),
            "value": measure.value,
            "value_to": measure.value_to,
            "out_of": measure.out_of,
            "unit": measure.unit,
            "page": measure.page,
            "confidence": measure.confidence,
        }
        for measure in record.measures
    ]


def context_of(text: str, measure: Measure) -> str | None:
    """The sentence or table cell in which a measure stands; of a bare number in a table, its whole row."""
    before, after = text[max(0, measure.start - REACH) : measure.start], text[measure.end : measure.end + REACH]
    if measure.rule == _CELL_RULE:
        row = before.rpartition("\n")[2] + measure.text + after.partition("\n")[0]
        return " | ".join(" ".join(cell.split()) for cell in row.split("\t") if cell.strip())
    cuts = [cut.end() for cut in _SENTENCE.finditer(before)]
    cut = _SENTENCE.search(after)
    start = measure.start - len(before) + (cuts[-1] if cuts else 0)
    return excerpt(text, start, measure.end + (cut.start() if cut else len(after)))


def _tone(key: str, value: Cell) -> Tone:
    doubtful = key == "confidence" and isinstance(value, float) and value < DOUBTFUL
    return "warn" if doubtful else "plain"


__all__ = ["context_of", "write_measures"]
