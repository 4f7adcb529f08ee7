"""The sheet `Mục bắt buộc`: which plan has which of the parts that every plan needs, with the heading as printed."""

from __future__ import annotations

from models import PlanRecord, Role, Section
from pipeline.aggregate.rows import flat_sections
from pipeline.knowledge.columns import Column, columns_of
from pipeline.report.material import Material
from pipeline.report.workbook_sheet import Book, Cell, Cells, Tone, write_table

TITLE = "Mục bắt buộc"
MISSING = "thiếu"
PRESENT = "có"
ROLE_WIDTH = 34
# A part counts as there under any of these roles: practice parts purpose from requirements, or calls the content tasks.
REQUIRED: dict[Role, frozenset[Role]] = {
    "can_cu": frozenset({"can_cu"}),
    "muc_dich_yeu_cau": frozenset({"muc_dich_yeu_cau", "muc_dich", "yeu_cau", "muc_tieu"}),
    "noi_dung": frozenset({"noi_dung", "nhiem_vu_giai_phap"}),
    "to_chuc_thuc_hien": frozenset({"to_chuc_thuc_hien"}),
}


def write_sections(book: Book, material: Material) -> None:
    """Add the sheet."""
    fixed = {column.key: column for column in columns_of(material.knowledge, "muc_bat_buoc")}
    roles = [_role_column(material, role) for role in REQUIRED]
    columns = [fixed["number"], fixed["issuer"], *roles, fixed["missing"], fixed["file"]]
    write_table(book, TITLE, columns, [_row(material, record) for record in material.records], _tone)


def missing_parts(record: PlanRecord) -> list[Role]:
    """The parts every plan needs that a plan lacks."""
    roles = {section.role for section, _ in flat_sections(record.sections)}
    return [role for role, accepted in REQUIRED.items() if not roles & accepted]


def _role_column(material: Material, role: Role) -> Column:
    title = material.name("role", role)
    return Column(f"muc_bat_buoc.{role}", (PRESENT, MISSING), (), title, ROLE_WIDTH, "text")


def _row(material: Material, record: PlanRecord) -> Cells:
    missing = missing_parts(record)
    parts = {role: MISSING if role in missing else _as_printed(record, REQUIRED[role]) for role in REQUIRED}
    return material.plan_cells(record) | parts | {"missing": len(missing)}


def _as_printed(record: PlanRecord, accepted: frozenset[Role]) -> str:
    """"có" and the topmost headings of these roles."""
    found = [
        _heading(section)
        for section, above in flat_sections(record.sections)
        if section.role in accepted and section.kind == "heading" and not any(part.role in accepted for part in above)
    ]
    headings = "; ".join(heading for heading in found if heading)
    return f"{PRESENT}: {headings}" if headings else PRESENT


def _heading(section: Section) -> str:
    if section.marker and section.title:
        return f"{section.marker}. {section.title}"
    return section.title or ""


def _tone(key: str, value: Cell) -> Tone:
    return "bad" if value == MISSING else "plain"
