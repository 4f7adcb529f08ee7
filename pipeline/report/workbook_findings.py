"""The sheet `Cần xem lại`: what a person should look at, the gravest first."""

from __future__ import annotations

from models import Finding, PlanRecord
from pipeline.aggregate.rows import excerpt
from pipeline.knowledge.columns import columns_of
from pipeline.report.material import Material
from pipeline.report.workbook_sheet import Book, Cell, Cells, Tone, write_table

TITLE = "Cần xem lại"
GRAVITY = {"error": 0, "warning": 1, "info": 2}


def write_findings(book: Book, material: Material) -> None:
    """Add the sheet."""
    found = [(finding, record) for record in material.records for finding in record.findings]
    found.sort(key=lambda pair: GRAVITY[pair[0].severity])
    rows = [_row(material, record, finding) for finding, record in found]
    grave = material.name("severity", "error")
    middling = material.name("severity", "warning")

    def tone(key: str, value: Cell) -> Tone:
        if key != "severity":
            return "plain"
        return "bad" if value == grave else "warn" if value == middling else "plain"

    write_table(book, TITLE, columns_of(material.knowledge, "can_xem_lai"), rows, tone)


def _row(material: Material, record: PlanRecord, finding: Finding) -> Cells:
    return material.plan_cells(record) | {
        "severity": material.name("severity", finding.severity),
        "message": finding.message,
        "hint": finding.hint,
        "excerpt": excerpt(record.text, finding.start, finding.end),
        "page": finding.page,
        "code": finding.code,
    }
