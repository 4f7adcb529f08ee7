"""The rows of a table in a binary Word file: edges, merged cells and lines ([MS-DOC] 2.9.321, 2.9.325)."""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.extract.office.rough_docx import Paragraph, Table, TableCell
from pipeline.extract.office.word_formats import OLD_TABLE_LINES, ROW_SHAPE, TABLE_LINES, Looks

_CELL_SHAPE = 20  # bytes: flags, width, four lines of four bytes
_SAME_EDGE = 40  # twentieths of a point: rows set by hand differ by less
GOES_ON_LEFT, GOES_ON_ABOVE, STARTS_BELOW = 0x0002, 0x0020, 0x0040
_NO_LINE = (0, 255)
_MOST_CELLS = 63  # Word's own limit


@dataclass
class Row:
    """A row while it is read: its cells, then the edges between them (twentieths of a point) and their flags."""

    cells: list[list[Paragraph]] = field(default_factory=lambda: [[]])
    edges: tuple[int, ...] = ()
    flags: tuple[int, ...] = ()
    ruled: bool = False

    def add(self, paragraph: Paragraph, ends_cell: bool) -> None:
        """Takes a paragraph into the cell that is open."""
        self.cells[-1].append(paragraph)
        if ends_cell:
            self.cells.append([])

    def end(self, edges: Sequence[int], flags: Sequence[int], ruled: bool) -> None:
        """Ends the row; edges that do not fit its cells are left out."""
        self.cells.pop()
        if len(edges) == len(self.cells) + 1 <= _MOST_CELLS + 1:
            self.edges, self.flags, self.ruled = tuple(edges), tuple(flags), ruled

    def end_with(self, looks: Looks) -> None:
        """Ends the row with the shape that its last mark tells."""
        shape = looks.get(ROW_SHAPE, b"")
        count = shape[0] if shape else 0
        if len(shape) < 3 + 2 * count:
            self.end((), (), False)
            return
        edges = struct.unpack_from(f"<{count + 1}h", shape, 1)
        cells = [shape[at : at + _CELL_SHAPE] for at in range(3 + 2 * count, len(shape) - _CELL_SHAPE + 1, _CELL_SHAPE)]
        lines = [cell[at] for cell in cells for at in (5, 9, 13, 17)]
        lines += looks.get(OLD_TABLE_LINES, b"")[1::4]
        lines += looks.get(TABLE_LINES, b"")[5::8]
        flags = [int.from_bytes(cell[:2], "little") for cell in cells]
        self.end(edges, flags, any(kind not in _NO_LINE for kind in lines))


def make_table(rows: Sequence[Row]) -> Table:
    """The table of some rows; columns are the edges that any row has."""
    edges = _columns(rows)
    return Table(tuple(tuple(_cells(row, edges)) for row in rows), any(row.ruled for row in rows))


def _columns(rows: Sequence[Row]) -> list[int]:
    found: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not found or edge - found[-1] > _SAME_EDGE:
            found.append(edge)
    return found


def _cells(row: Row, edges: list[int]) -> list[TableCell]:
    made: list[TableCell] = []
    for number, paragraphs in enumerate(row.cells):
        flags = row.flags[number] if number < len(row.flags) else 0
        span = _span(row, number, edges)
        if flags & GOES_ON_LEFT and made:
            made[-1] = TableCell(made[-1].paragraphs, made[-1].span + span, made[-1].merge)
        else:
            made.append(TableCell(tuple(paragraphs), span, _merge(flags)))
    return made


def _span(row: Row, number: int, edges: list[int]) -> int:
    if not row.edges:
        return 1
    left, right = (bisect_left(edges, row.edges[at] - _SAME_EDGE) for at in (number, number + 1))
    return max(right - left, 1)


def _merge(flags: int) -> Literal["", "restart", "continue"]:
    if flags & STARTS_BELOW:
        return "restart"
    return "continue" if flags & GOES_ON_ABOVE else ""
