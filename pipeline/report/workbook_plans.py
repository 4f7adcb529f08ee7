"""The sheet `Kế hoạch`: one row a plan."""

from __future__ import annotations

from collections import Counter

from models import PlanRecord
from pipeline.aggregate.rows import day_of, province_of
from pipeline.knowledge.columns import columns_of
from pipeline.knowledge.topics import topic_name
from pipeline.knowledge.wording import day_words
from pipeline.report.material import Material
from pipeline.report.workbook_sheet import Book, Cell, Cells, Tone, write_table

TITLE = "Kế hoạch"


def write_plans(book: Book, material: Material) -> None:
    """Add the sheet."""
    rows = [_row(material, record) for record in material.records]
    write_table(book, TITLE, columns_of(material.knowledge, "ke_hoach"), rows, _tone)


def day_cell(edtf: str | None) -> Cell:
    """A real date where the day is complete, else its words."""
    return day_of(edtf) or day_words(edtf)


def years_text(years: tuple[int, ...]) -> str:
    """The years a plan is for: `2025`, or first and last of a period."""
    if len(years) > 1:
        return f"{min(years)}–{max(years)}"
    return str(years[0]) if years else ""


def _row(material: Material, record: PlanRecord) -> Cells:
    header = record.header
    severities = Counter(finding.severity for finding in record.findings)
    return material.plan_cells(record) | {
        "doc_type": header.doc_type,
        "signer": "; ".join(signer.name for signer in record.closing.signers if signer.name),
        "issue_date": day_cell(header.issue_date.edtf) if header.issue_date else None,
        "title": header.title,
        "plan_years": years_text(header.plan_years),
        "topic": topic_name(material.knowledge, header.topic),
        "parent_issuer": header.parent_issuer.name if header.parent_issuer else None,
        "province": province_of(record),
        "issuer_code": header.issuer.code if header.issuer else None,
        "references": len(record.references),
        "tasks": len(record.tasks),
        "errors": severities["error"],
        "warnings": severities["warning"],
    }


def _tone(key: str, value: Cell) -> Tone:
    if key == "errors" and value:
        return "bad"
    return "warn" if key == "warnings" and value else "plain"
