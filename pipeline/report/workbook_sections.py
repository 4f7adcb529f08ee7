"""The sheet `Mục bắt buộc`: which plan has which of the parts that every plan needs, with the heading as printed."""

from __future__ import annotations

from models import PlanRecord, Role, Section
from pipeline.aggregate.rows import flat_sections
from pipeline.knowledge.columns import Column, columns_of
from pipeline.knowledge.headings import REQUIRED_ROLES
from pipeline.knowledge.text import fold
from pipeline.report.material import Material
from pipeline.report.workbook_sheet import Book, Cell, Cells, Tone, write_table

TITLE = "Mục bắt buộc"
MISSING = "thiếu"
PRESENT = "có"
ROLE_WIDTH = 34
PLAN = "kế hoạch"


def write_sections(book: Book, material: Material) -> None:
    """Add the sheet: one column for each family of roles that every plan needs; other types of document are not asked."""
    fixed = {column.key: column for column in columns_of(material.knowledge, "muc_bat_buoc")}
    roles = [_role_column(material, role) for role in REQUIRED_ROLES]
    columns = [fixed["number"], fixed["issuer"], *roles, fixed["missing"], fixed["file"]]
    rows = [_row(material, record) for record in material.records if _is_plan(record)]
    write_table(book, TITLE, columns, rows, _tone)


def _is_plan(record: PlanRecord) -> bool:
    """Whether the document calls itself a plan, or its type was not read."""
    return record.header.doc_type is None or fold(record.header.doc_type).startswith(PLAN)


def _role_column(material: Material, role: Role) -> Column:
    title = material.name("role", role)
    return Column(f"muc_bat_buoc.{role}", (PRESENT, MISSING), (), title, ROLE_WIDTH, "text")


def _row(material: Material, record: PlanRecord) -> Cells:
    parts = {role: _part(record, accepted) for role, accepted in REQUIRED_ROLES.items()}
    missing = sum(part == MISSING for part in parts.values())
    return material.plan_cells(record) | parts | {"missing": missing}


def _part(record: PlanRecord, accepted: frozenset[Role]) -> str:
    """"có" and the topmost headings of these roles, or "thiếu"."""
    sections = [pair for pair in flat_sections(record.sections) if pair[0].role in accepted]
    if not sections:
        return MISSING
    top = [
        _heading(section)
        for section, above in sections
        if section.kind == "heading" and not any(part.role in accepted for part in above)
    ]
    headings = "; ".join(heading for heading in top if heading)
    return f"{PRESENT}: {headings}" if headings else PRESENT


def _heading(section: Section) -> str:
    if section.marker and section.title:
        return f"{section.marker}. {section.title}"
    return section.title or ""


def _tone(key: str, value: Cell) -> Tone:
    return "bad" if value == MISSING else "plain"
