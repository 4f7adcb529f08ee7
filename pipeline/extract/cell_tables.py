"""A table of cells, whatever format it was read from: a grid, or, where it only lays letterhead and signature out, lines.

Nghị định 30/2020/NĐ-CP sets letterhead and signature block in two columns; in Word and on web pages that is a table
without lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.extract.frame_words import MOTTO, RECIPIENTS, SIGNS, opens_in_head
from pipeline.extract.table_head import head_rows, is_serial_title
from pipeline.values import Cell, Grid, Line, Side

Blocks = list[Line | Grid]

MOST_COLUMNS = 63  # Word's own limit
_ADDRESSES = re.compile(rf"{RECIPIENTS.pattern}\s*(?:\n|[-:])", re.IGNORECASE)  # a list, not the title of a column
_HEAD_ROWS = 8
_FOOT_ROWS = 8
_FEW_ROWS = 3
_FEW_COLUMNS = 3


@dataclass(slots=True)
class TableCell:
    """One cell as it stands in the file; `goes_on` where it continues the cell above (vertical merge)."""

    column: int
    span: int
    starts_merge: bool
    goes_on: bool
    blocks: Blocks

    @property
    def text(self) -> str:
        """The paragraphs of the cell, a line each."""
        return "\n".join(_texts(self.blocks))


@dataclass(slots=True)
class Table:
    """A table as it stands in the file: `ruled` where lines are drawn, `marked_head` rows that the format calls a head."""

    rows: list[list[TableCell]]
    columns: int
    ruled: bool
    marked_head: int

    def texts(self) -> Iterator[str]:
        """The texts of the cells, row by row."""
        return (box.text for row in self.rows for box in row)


def blocks_of(table: Table) -> Blocks:
    """The table as one grid, or as lines with their sides where it is a layout table; nothing where it is empty."""
    if not any(text.strip() for text in table.texts()):
        return []
    return _as_lines(table) if is_layout(table) else [_as_grid(table)]


def is_layout(table: Table) -> bool:
    """Letterhead, signature block, addressees or a frame: by the words, and for the rest by the lack of lines."""
    rows = len(table.rows)
    if rows <= _HEAD_ROWS and any(MOTTO.search(box.text) for row in table.rows[:_FEW_ROWS] for box in row):
        return True
    if table.rows[0] and is_serial_title(table.rows[0][0].text):
        return False
    if rows <= _FOOT_ROWS and any(_ADDRESSES.match(text.strip()) for text in table.texts()):
        return True
    if table.columns == 1:
        return True
    if table.ruled:
        return False
    if rows <= _FOOT_ROWS and any(SIGNS.match(text.strip()) for text in table.texts()):
        return True
    return rows <= _FEW_ROWS and len(_filled_columns(table)) <= _FEW_COLUMNS


def _filled_columns(table: Table) -> list[int]:
    return sorted({box.column for row in table.rows for box in row if box.text.strip()})


def _as_lines(table: Table) -> Blocks:
    """Row by row, the cells from left to right. In a letterhead the words decide what a cell's next line continues."""
    filled = _filled_columns(table)
    is_head = any(MOTTO.search(text) for text in table.texts())
    found: Blocks = []
    for row in table.rows:
        for box in row:
            if box.goes_on:
                continue
            side = _side(box, table, filled)
            lines = [_on_side(block, side) for block in box.blocks]
            found.extend(_in_head(lines) if is_head else lines)
    return found


def _on_side(block: Line | Grid, side: Side) -> Line | Grid:
    """A line of a layout cell; the lines above a name and those of the recipients each stand alone."""
    if isinstance(block, Grid):
        return block
    return replace(block, side=side, opens=True if block.opens or SIGNS.match(block.text) else block.opens)


def _side(box: TableCell, table: Table, filled: list[int]) -> Side:
    if box.span >= table.columns > 1 or table.columns == 1:
        return "full"
    if len(filled) == 1:
        return "right" if box.column else "full"
    return "left" if box.column == filled[0] else "right"


def _in_head(blocks: Blocks) -> Blocks:
    """Lines of a letterhead cell: issuer lines set bold and plain are one name, so boldness says nothing."""
    made: Blocks = []
    for block in blocks:
        if isinstance(block, Line):
            made.append(replace(block, opens=opens_in_head(block.text, first=not made), hint=False))
        else:
            made.append(block)
    return made


def _as_grid(table: Table) -> Grid:
    rows = []
    for index, row in enumerate(table.rows):
        cells = (
            Cell(box.text, box.column, _row_span(table, index, box), box.span, _page(box)) for box in row if not box.goes_on
        )
        rows.append(tuple(cells))
    first = rows[0][0].row_span if rows[0] else 1
    texts = [[cell.text for cell in row] for row in rows]
    head = head_rows(texts, table.marked_head, first)
    return Grid(tuple(rows), table.columns, _page(table.rows[0][0]) if table.rows[0] else 1, head)


def _row_span(table: Table, index: int, box: TableCell) -> int:
    span = 1
    if box.starts_merge:
        for row in table.rows[index + 1 :]:
            if not any(other.goes_on and other.column == box.column for other in row):
                break
            span += 1
    return span


def _page(box: TableCell) -> int:
    return next((block.page for block in box.blocks), 1)


def _texts(blocks: Blocks) -> Iterator[str]:
    """The paragraphs of a cell; a table inside it gives one a row."""
    for block in blocks:
        if isinstance(block, Line):
            yield block.text.replace("\t", " ").strip()
        else:
            for row in block.rows:
                yield " ".join(cell.text.replace("\n", " ") for cell in row if cell.text)
