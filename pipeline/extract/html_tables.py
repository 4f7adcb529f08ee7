"""The cells of a table on a web page, with their spans; a table that lays the whole page out is read through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.errors import ReadError
from pipeline.extract.cell_tables import MOST_COLUMNS, Blocks, Table, TableCell, blocks_of
from pipeline.extract.docx_package import Element
from pipeline.extract.docx_styles import to_int
from pipeline.extract.frame_words import MOTTO, NEXT_PART, RECIPIENTS
from pipeline.extract.html_tree import is_unread
from pipeline.extract.table_head import is_serial_title
from pipeline.values import Line

_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_PARTS = frozenset(("tr", "col", "colgroup"))
_CELLS = frozenset(("td", "th"))
_PARTS = frozenset(("tr", "col", "colgroup"))
_MOST_BOXES = 200_000
_WIDEST = 4 * MOST_COLUMNS
_PAGE_LINES = 40  # a cell with more paragraphs is a page, not a cell
_NO_LINE = re.compile(r"(?:none|hidden|0(?:px|pt)?)\b|^\s*$", re.IGNORECASE)
_BORDER = re.compile(r"(?:^|;)\s*border(?:-(?:top|left|right|bottom|style|width))*\s*:\s*([^;]*)", re.IGNORECASE)


def read_table(
    table: Element, read_cell: Callable[[Element], Blocks], is_furniture: Callable[[Element], bool]
) -> Blocks:
    """A table as one grid, as lines with their sides, or, where it lays the page out, as the blocks of its cells in turn.

    `read_cell` reads the blocks of a cell, called once for each in document order; `is_furniture` says which cells of a
    page are left out. Raises ReadError(too_complex).
    """
    reader = _Reader(read_cell)
    read = reader.read(table)
    cells = reader.cells
    frames = all(len(row) == 1 for row in read.rows) or any(_holds_page(cell, read.ruled) for _, cell in cells)
    if frames and not (cells and is_serial_title(cells[0][1].text)):
        return [block for element, cell in cells if not is_furniture(element) for block in cell.blocks]
    return blocks_of(read)


def _holds_page(cell: TableCell, ruled: bool) -> bool:
    """Whether a cell holds more than a cell: tables, a letterhead with its document, or a page full of paragraphs.

    Where lines are drawn, a table in a cell is part of the data.
    """
    lines = [block for block in cell.blocks if isinstance(block, Line)]
    if any(line.side != "full" for line in lines) or (len(lines) < len(cell.blocks) and not ruled):
        return True
    if any(MOTTO.search(line.text) for line in lines):
        return any(NEXT_PART.match(line.text) for line in lines)
    return len(lines) > _PAGE_LINES and not RECIPIENTS.match(lines[0].text)


@dataclass
class _Reader:
    """Lays the cells of one table out in columns; a cell that spans rows goes on in those below."""

    read_cell: Callable[[Element], Blocks]
    cells: list[tuple[Element, TableCell]] = field(default_factory=list)
    _open: dict[int, tuple[int, int]] = field(default_factory=dict)  # column -> rows still covered, columns covered
    _boxes: int = 0

    def read(self, table: Element) -> Table:
        """The table; hidden rows and cells are left out."""
        rows: list[list[TableCell]] = []
        marked, ruled = 0, _is_ruled(table)
        for row, in_head in _rows(table):
            cells = [cell for cell in row if cell.tag in _CELLS and not is_unread(cell)]
            if in_head and marked == len(rows):
                marked += 1
            ruled = ruled or any(_is_ruled(cell) for cell in cells)
            made = self._row(cells)
            if made:
                rows.append(made)
        columns = max((cell.column + cell.span for row in rows for cell in row), default=0)
        return Table(rows, columns, ruled, marked if marked < len(rows) else 0)

    def _row(self, cells: list[Element]) -> list[TableCell]:
        made: list[TableCell] = []
        opened: dict[int, tuple[int, int]] = {}
        column = self._continued(0, made)
        for cell in cells:
            span = min(max(to_int(cell.get("colspan"), 1), 1), MOST_COLUMNS)
            down = max(to_int(cell.get("rowspan"), 1), 1)
            made.append(TableCell(column, span, down > 1, False, self.read_cell(cell)))
            self.cells.append((cell, made[-1]))
            if down > 1:
                opened[column] = (down, span)
            column = self._continued(column + span, made)
        made += [TableCell(at, span, False, True, []) for at, (_, span) in sorted(self._open.items()) if at > column]
        self._open = {at: (left - 1, span) for at, (left, span) in {**self._open, **opened}.items() if left > 1}
        self._boxes += len(made)
        if column > _WIDEST or self._boxes > _MOST_BOXES:
            raise ReadError("too_complex", "too many cells")
        return made

    def _continued(self, column: int, made: list[TableCell]) -> int:
        """The next column that no cell from above covers; what goes on there is put down."""
        while column in self._open:
            span = self._open[column][1]
            made.append(TableCell(column, span, False, True, []))
            column += span
        return column


def strays(table: Element) -> Iterator[Element]:
    """What stands in a table outside its rows: a caption, or what a sloppy page left there."""
    for part in table:
        if part.tag in _GROUPS:
            yield from (row for row in part if row.tag != "tr")
        elif part.tag not in _PARTS:
            yield part


def _rows(table: Element) -> Iterator[tuple[Element, bool]]:
    """The rows of a table in their order, and whether each stands in its thead."""
    for part in table:
        if is_unread(part):
            continue
        if part.tag == "tr":
            yield part, False
        elif part.tag in _GROUPS:
            for row in part:
                if row.tag == "tr" and not is_unread(row):
                    yield row, part.tag == "thead"


def _is_ruled(element: Element) -> bool:
    """Whether an attribute or a style of the element's own draws lines."""
    border = element.get("border")
    if border is not None and element.tag == "table":
        return not _NO_LINE.match(border)
    return any(not _NO_LINE.search(value) for value in _BORDER.findall(element.get("style") or ""))
