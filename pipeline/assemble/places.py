"""Where things stand: the section and page of an offset, and evidence for a span."""

from __future__ import annotations

from bisect import bisect_right

from models import Evidence
from pipeline.values import Node, NormalText, Outline, Span


class Places:
    """Looks up the innermost section and the page of an offset."""

    def __init__(self, normal: NormalText, outline: Outline) -> None:
        self._normal = normal
        self._nodes: list[Node] = []
        self._parents: list[int] = []
        for node in outline.nodes:
            self._add(node, -1)
        self._starts = [node.start for node in self._nodes]

    def _add(self, node: Node, parent: int) -> None:
        index = len(self._nodes)
        self._nodes.append(node)
        self._parents.append(parent)
        for child in node.children:
            self._add(child, index)

    def section(self, offset: int) -> Node | None:
        """The innermost section that holds an offset."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0 and self._nodes[index].end <= offset:
            index = self._parents[index]
        return self._nodes[index] if index >= 0 else None

    def section_id(self, offset: int) -> str | None:
        """Id of the innermost section that holds an offset."""
        node = self.section(offset)
        return node.id if node else None

    def page(self, offset: int) -> int | None:
        """Page of an offset, from 1."""
        return self._normal.page_at(offset)

    def evidence(self, span: Span, rule: str, confidence: float = 1.0) -> Evidence:
        """Evidence for a value that was read from a span."""
        return Evidence(start=span.start, end=span.end, page=self.page(span.start), rule=rule, confidence=confidence)
