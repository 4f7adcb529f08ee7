"""Records put together: tidy tables for analysts, and two years of plans compared."""

from pipeline.aggregate.tables import make_tables, read_tables, write_tables

__all__ = ["make_tables", "read_tables", "write_tables"]
