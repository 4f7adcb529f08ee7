"""Records put together: tidy tables for analysts, and two years of plans compared."""

from pipeline.aggregate.compare import compare_folders, compare_plans
from pipeline.aggregate.comparison import Comparison, FolderComparison
from pipeline.aggregate.tables import make_tables, read_tables, write_tables

__all__ = [
    "Comparison",
    "FolderComparison",
    "compare_folders",
    "compare_plans",
    "make_tables",
    "read_tables",
    "write_tables",
]
