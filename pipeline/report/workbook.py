"""The district's workbook `tong-hop.xlsx`: all plans of a run on one set of sheets, in Vietnamese."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from models import PlanRecord
from pipeline.atomic import write_atomic
from pipeline.knowledge.load import Knowledge
from pipeline.report.material import Material
from pipeline.report.workbook_citations import write_citations
from pipeline.report.workbook_files import write_files
from pipeline.report.workbook_findings import write_findings
from pipeline.report.workbook_measures import write_measures
from pipeline.report.workbook_plans import write_plans
from pipeline.report.workbook_sections import write_sections
from pipeline.report.workbook_sheet import Book, new_workbook
from pipeline.report.workbook_summary import write_summary
from pipeline.report.workbook_tasks import write_tasks
from pipeline.values import FileEntry

SHEETS = (
    write_summary, write_plans, write_tasks, write_measures, write_citations, write_sections, write_findings, write_files,
)  # fmt: skip
# The day Nghị định 30/2020/NĐ-CP came into force: a fixed day keeps the bytes of a re-run the same.
CREATED = datetime(2020, 3, 5, tzinfo=UTC)


def write_workbook(
    records: Sequence[PlanRecord], files: Sequence[FileEntry], path: Path, knowledge: Knowledge
) -> None:
    """Write the workbook in one step; the same records and files, in any order, give the same bytes.

    Raises OSError where the file cannot be written (on Windows also while it is open in Excel).
    """
    material = Material.of(records, files, knowledge)
    stream = io.BytesIO()
    workbook = new_workbook(stream)
    workbook.set_properties({"title": "Tổng hợp kế hoạch", "author": "kehoach", "created": CREATED})
    book = Book(workbook)
    for write_sheet in SHEETS:
        write_sheet(book, material)
    workbook.close()
    write_atomic(path, stream.getvalue(), durable=True)
