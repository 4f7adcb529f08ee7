"""Results for people: the district's workbook and the comparison on the terminal."""

from pipeline.report.comparison_text import render_comparison
from pipeline.report.workbook import write_workbook

__all__ = ["render_comparison", "write_workbook"]
