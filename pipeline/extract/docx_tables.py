"""The cells of a Word table as they stand in the XML, with their merges and lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.extract.cell_tables import MOST_COLUMNS, Blocks, Table, TableCell, blocks_of
from pipeline.extract.docx_inline import shown_content
from pipeline.extract.docx_package import VAL, Element, child, w
from pipeline.extract.docx_styles import Styles, is_on, is_ruled, to_int

_ROW, _CELL, _CONTROL = w("tr"), w("tc"), w("sdt")
_ROW_PROPERTIES, _CELL_PROPERTIES = w("trPr"), w("tcPr")
_WIDE, _MERGE, _CELL_BORDERS = w("gridSpan"), w("vMerge"), w("tcBorders")
_WRAPPERS = frozenset(w(name) for name in ("customXml", "ins", "moveTo", "smartTag"))


def read_table(table: Element, styles: Styles, read_cell: Callable[[Element], Blocks]) -> Blocks:
    """A w:tbl as one grid, or as lines with their sides where it is a layout table.

    `read_cell` reads the blocks of a cell; it is called for every cell once, in document order.
    """
    return blocks_of(_read(table, styles, read_cell))


def _read(table: Element, styles: Styles, read_cell: Callable[[Element], Blocks]) -> Table:
    rows: list[list[TableCell]] = []
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
    return Table(rows, columns, ruled, marked if marked < len(rows) else 0)


def _read_row(
    row: Element, properties: Element | None, read_cell: Callable[[Element], Blocks]
) -> tuple[list[TableCell], bool]:
    before = child(properties, w("gridBefore")) if properties is not None else None
    column = to_int(before.get(VAL), 0) if before is not None else 0
    boxes, lined = [], False
    for cell in _through(row, _CELL):
        look = child(cell, _CELL_PROPERTIES)
        span, merge = 1, None
        if look is not None:
            wide, merge = child(look, _WIDE), child(look, _MERGE)
            span = min(max(to_int(wide.get(VAL), 1), 1), MOST_COLUMNS) if wide is not None else 1
            lined = lined or bool(is_ruled(child(look, _CELL_BORDERS)))
        starts = merge is not None and merge.get(VAL) == "restart"
        boxes.append(TableCell(column, span, starts, merge is not None and not starts, read_cell(cell)))
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
