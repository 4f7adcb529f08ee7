"""The normalised text and its way back to page and box."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from pipeline.values.extracted import GridOrigin, Loose, Notice, PageInfo, Side
from pipeline.values.places import Box, Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the normalised text: a paragraph, or a table row (`grid`, `row` set; cells parted by a tab)."""

    start: int
    end: int
    page: int
    side: Side = "full"
    hint: bool = False
    grid: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class CellSpan:
    """A cell of a grid in the normalised text; `parts` are its paragraphs."""

    start: int
    end: int
    column: int
    column_span: int
    page: int
    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TextGrid:
    """A grid in the normalised text: rows of cell spans; the first `header_rows` rows are its header."""

    start: int
    end: int
    rows: tuple[tuple[CellSpan, ...], ...]
    columns: int
    header_rows: int
    origin: GridOrigin = "drawn"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a stretch of the normalised text stood: from `start` up to the next anchor."""

    start: int
    page: int
    box: Box | None


@dataclass(frozen=True)
class NormalText:
    """One NFC text that knows its way back. Paragraphs are parted by one newline and carry none inside.

    `doubts` are the words that a reader of pictures was not sure of. `restored` is the text with the marks that headings and
    frame have lost, letter for letter; empty where none has.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    grids: tuple[TextGrid, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    pages: tuple[PageInfo, ...] = ()
    loose: tuple[Loose, ...] = ()
    notices: tuple[Notice, ...] = ()
    doubts: tuple[Span, ...] = ()
    restored: str = ""

    @property
    def reading(self) -> str:
        """The text in which wordings are looked for; every offset is one of `text` too, which alone is quoted."""
        return self.restored or self.text

    @cached_property
    def _anchor_starts(self) -> list[int]:
        return [anchor.start for anchor in self.anchors]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def anchor_at(self, offset: int) -> Anchor | None:
        """Page and box of the line that holds an offset, or None in an empty text."""
        index = bisect_right(self._anchor_starts, offset) - 1
        return self.anchors[index] if index >= 0 else None

    def page_at(self, offset: int) -> int | None:
        """Number of the page that holds an offset."""
        anchor = self.anchor_at(offset)
        return anchor.page if anchor else None

    def paragraph_index(self, offset: int) -> int:
        """Index of the paragraph that holds an offset (the one before it for a newline)."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def boxes(self, span: Span) -> list[tuple[int, Box]]:
        """Page and box of every line that a span touches."""
        first = max(0, bisect_right(self._anchor_starts, span.start) - 1)
        found = []
        for anchor in self.anchors[first:]:
            if anchor.start >= span.end:
                break
            if anchor.box is not None:
                found.append((anchor.page, anchor.box))
        return found
