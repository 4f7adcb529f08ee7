"""The sheet `Tệp`: every received file, whatever became of it."""

from __future__ import annotations

from models import PlanRecord
from pipeline.aggregate.rows import day_of
from pipeline.knowledge.causes import cause_named
from pipeline.knowledge.columns import columns_of
from pipeline.report.material import Material, plan_issuer, plan_number
from pipeline.report.workbook_sheet import Book, Cell, Cells, Tone, write_table
from pipeline.values import FileEntry

TITLE = "Tệp"


def write_files(book: Book, material: Material) -> None:
    """Add the sheet."""
    records = {material.path(record): record for record in material.records}
    rows = [_row(material, entry, records.get(entry.duplicate_of or entry.path)) for entry in material.files]
    failed, needs_person = material.name("state", "failed"), material.name("state", "needs_person")

    def tone(key: str, value: Cell) -> Tone:
        if key != "state":
            return "plain"
        return "bad" if value == failed else "warn" if value == needs_person else "plain"

    write_table(book, TITLE, columns_of(material.knowledge, "tep"), rows, tone)


def file_message(material: Material, entry: FileEntry) -> str:
    """Why a file is in its state, in a sentence; "" where all is well."""
    if entry.state == "duplicate":
        return f"Trùng với {entry.duplicate_of}" if entry.duplicate_of else ""
    if entry.state == "opened":
        return f"Đã mở: {material.members[entry.path]} tệp bên trong, mỗi tệp một dòng"
    return cause_named(material.knowledge, entry.cause).message() if entry.cause else ""


def file_hint(material: Material, entry: FileEntry) -> str:
    """What to do about a file; "" where all is well."""
    return cause_named(material.knowledge, entry.cause).hint() if entry.cause else ""


def _row(material: Material, entry: FileEntry, record: PlanRecord | None) -> Cells:
    return {
        "path": entry.path,
        "inside": entry.inside,
        "state": material.name("state", entry.state),
        "number": plan_number(record) if record else None,
        "issuer": plan_issuer(record) if record else None,
        "message": file_message(material, entry),
        "hint": file_hint(material, entry),
        "kilobytes": max(1, round(entry.size_bytes / 1024)) if entry.size_bytes else 0,
        "modified": day_of(entry.modified[:10]),
        "detail": entry.detail,
    }
