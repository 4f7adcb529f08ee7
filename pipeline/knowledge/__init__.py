"""What we know, as tables. Each domain's row types stand in a module of this room; `load_knowledge` reads them."""

from pipeline.knowledge.load import Knowledge, Row, load_knowledge

__all__ = ["Knowledge", "Row", "load_knowledge"]
