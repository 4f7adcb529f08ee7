"""A Word table: a grid of cells, or, where it only lays letterhead and signature out, lines.

Nghị định 30/2020/NĐ-CP sets letterhead and signature block in two columns; in Word that is a table without lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pipeline.extract.docx_inline import shown_content
from pipeline.extract.docx_package import VAL, Element, child, w
from pipeline.extract.docx_styles import Styles, is_on, is_ruled, to_int
from pipeline.extract.frame_words import MOTTO, RECIPIENTS, SIGNS, opens_in_head
from pipeline.extract.table_head import head_rows, is_serial_title
from pipeline.values import Cell, Grid, Line, Side

Blocks = list[Line | Grid]

_ROW, _CELL, _CONTROL = w("tr"), w("tc"), w("sdt")
_ROW_PROPERTIES, _CELL_PROPERTIES = w("trPr"), w("tcPr")
_WIDE, _MERGE, _CELL_BORDERS = w("gridSpan"), w("vMerge"), w("tcBorders")
_WRAPPERS = frozenset(w(name) for name in ("customXml", "ins", "moveTo", "smartTag"))
_MOST_COLUMNS = 63  # Word's own limit
_ADDRESSES = re.compile(rf"{RECIPIENTS.pattern}\s*(?:\n|[-:])", re.IGNORECASE)  # a list, not the title of a column
_HEAD_ROWS = 8
_FOOT_ROWS = 8
_FEW_ROWS = 3
_FEW_COLUMNS = 3


@dataclass(slots=True)
class _Box:
    """One cell as it stands in the file; `goes_on` where it continues the cell above (vertical merge)."""

    column: int
    span: int
    starts_merge: bool
    goes_on: bool
    blocks: Blocks

    @property
    def text(self) -> str:
        return "\n".join(_texts(self.blocks))


@dataclass(slots=True)
class _Table:
    rows: list[list[_Box]]
    columns: int
    ruled: bool
    marked_head: int

    def texts(self) -> Iterator[str]:
        return (box.text for row in self.rows for box in row)


def read_table(table: Element, styles: Styles, read_cell: Callable[[Element], Blocks]) -> Blocks:
    """A w:tbl as one grid, or as lines with their sides where it is a layout table.

    `read_cell` reads the blocks of a cell; it is called for every cell once, in document order.
    """
    read = _read(table, styles, read_cell)
    if not any(text.strip() for text in read.texts()):
        return []
    return _as_lines(read) if _is_layout(read) else [_as_grid(read)]


def _read(table: Element, styles: Styles, read_cell: Callable[[Element], Blocks]) -> _Table:
    rows: list[list[_Box]] = []
    marked = 0
    ruled = _table_is_ruled(table, styles)
    for row in _through(table, _ROW):
        properties = child(row, _ROW_PROPERTIES)
        if properties is not None and (child(properties, w("del")) is not None or is_on(child(properties, w("hidden")))):
            continue
        if properties is not None and marked == len(rows) and is_on(child(properties, w("tblHeader"))):
            marked += 1
        boxes, lined = _read_row(row, properties, read_cell)
        rows.append(boxes)
        ruled = ruled or lined
    columns = max((box.column + box.span for row in rows for box in row), default=0)
    return _Table(rows, columns, ruled, marked if marked < len(rows) else 0)


def _read_row(row: Element, properties: Element | None, read_cell: Callable[[Element], Blocks]) -> tuple[list[_Box], bool]:
    before = child(properties, w("gridBefore")) if properties is not None else None
    column = to_int(before.get(VAL), 0) if before is not None else 0
    boxes, lined = [], False
    for cell in _through(row, _CELL):
        look = child(cell, _CELL_PROPERTIES)
        span, merge = 1, None
        if look is not None:
            wide, merge = child(look, _WIDE), child(look, _MERGE)
            span = min(max(to_int(wide.get(VAL), 1), 1), _MOST_COLUMNS) if wide is not None else 1
            lined = lined or bool(is_ruled(child(look, _CELL_BORDERS)))
        starts = merge is not None and merge.get(VAL) == "restart"
        boxes.append(_Box(column, span, starts, merge is not None and not starts, read_cell(cell)))
        column += span
    return boxes, lined


def _through(parent: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through content controls and revisions."""
    for part in parent:
        if part.tag == wanted:
            yield part
        elif part.tag == _CONTROL:
            content = shown_content(part)
            if content is not None:
                yield from _through(content, wanted)
        elif part.tag in _WRAPPERS:
            yield from _through(part, wanted)


def _table_is_ruled(table: Element, styles: Styles) -> bool:
    properties = child(table, w("tblPr"))
    if properties is None:
        return False
    own = is_ruled(child(properties, w("tblBorders")))
    if own is not None:
        return own
    named = child(properties, w("tblStyle"))
    return bool(named is not None and styles.get(named.get(VAL)).ruled)


def _is_layout(table: _Table) -> bool:
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


def _filled_columns(table: _Table) -> list[int]:
    return sorted({box.column for row in table.rows for box in row if box.text.strip()})


def _as_lines(table: _Table) -> Blocks:
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


def _side(box: _Box, table: _Table, filled: list[int]) -> Side:
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


def _as_grid(table: _Table) -> Grid:
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


def _row_span(table: _Table, index: int, box: _Box) -> int:
    span = 1
    if box.starts_merge:
        for row in table.rows[index + 1 :]:
            if not any(other.goes_on and other.column == box.column for other in row):
                break
            span += 1
    return span


def _page(box: _Box) -> int:
    return next((block.page for block in box.blocks), 1)


def _texts(blocks: Blocks) -> Iterator[str]:
    """The paragraphs of a cell; a table inside it gives one a row."""
    for block in blocks:
        if isinstance(block, Line):
            yield block.text.replace("\t", " ").strip()
        else:
            for row in block.rows:
                yield " ".join(cell.text.replace("\n", " ") for cell in row if cell.text)
