"""Results for people: the district's workbook, comparisons and scores on the terminal, tables as files."""

from pipeline.report.changes_text import changes_sheets, render_changes
from pipeline.report.comparison_text import render_comparison
from pipeline.report.evaluation_text import evaluation_sheets, render_evaluation
from pipeline.report.sheet_files import sheet_format, write_sheets
from pipeline.report.workbook import write_workbook

__all__ = [
    "changes_sheets",
    "evaluation_sheets",
    "render_changes",
    "render_comparison",
    "render_evaluation",
    "sheet_format",
    "write_sheets",
    "write_workbook",
]
