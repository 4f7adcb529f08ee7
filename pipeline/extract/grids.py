"""Tables over pages: the parts of one table joined into one grid, its header counted, its merged cells kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.paragraphs import CLOSED, MARK, starts_lower
from pipeline.extract.pdf_tables import PageTable, Part, linked
from pipeline.extract.table_head import is_period
from pipeline.knowledge.text import fold, squash
from pipeline.values import Cell, Grid, GridOrigin

# Points: how far the same column edge may lie apart on two pages, and two parts of a table on one page.
_SAME_EDGE, _SAME_PAGE_GAP = 5.0, 6.0
_NUMBER = re.compile(r"(?:\d{1,4}|[IVXLC]{1,6}|[A-ZĐa-zđ]|\d{1,2}(?:\.\d{1,2}){1,3})\s?[.)]?$")
_COLUMN_NUMBER = re.compile(r"\(?\s?(?:\d{1,2}|[A-ZĐ])\s?(?:=.{0,20})?\)?$")
_ORDER_HEADING = re.compile(r"(?:s\s?tt|tt|số tt|số thứ tự|số|no)\.?$")


def continues(table: PageTable, before: PageTable) -> bool:
    """Whether a table that follows another with nothing in between is its continuation."""
    if table.origin != before.origin:
        return False
    if table.page == before.page:
        if not -1 < table.box.top - before.box.bottom < _SAME_PAGE_GAP:
            return False
    elif table.page != before.page + 1:
        return False
    return _shared_edges(before.edges, table.edges) is not None


def _shared_edges(one: list[float], other: list[float]) -> list[float] | None:
    """The finer of two sets of column edges (from their left edge) where the coarser one lies within it."""
    fine, coarse = sorted(([x - xs[0] for x in xs] for xs in (one, other)), key=len, reverse=True)
    for edge in coarse:
        if not any(abs(edge - x) <= _SAME_EDGE for x in fine):
            return None
    return fine if abs(fine[-1] - coarse[-1]) <= _SAME_EDGE else None


def make_grid(parts: Sequence[PageTable]) -> Grid:
    """The parts of one table as one grid: repeated headers dropped, rows cut by a page joined."""
    edges = [x - parts[0].edges[0] for x in parts[0].edges]
    for part in parts[1:]:
        edges = _shared_edges(edges, part.edges) or edges
    shifted = [_Rows(part, edges).cells() for part in parts]
    rows = shifted[0]
    header = _header_rows(rows)
    for more in shifted[1:]:
        fresh = more[_repeated(rows[:header], more) :]
        if fresh and _continues_row(fresh[0], rows, header, parts[0].origin):
            _append(rows, fresh[0])
            fresh = fresh[1:]
        rows.extend(fresh)
    return Grid(
        rows=tuple(tuple(row) for row in rows),
        columns=len(edges) - 1,
        page=parts[0].page,
        header_rows=header,
        box=parts[0].box,
        origin=parts[0].origin,
    )


class _Rows:
    """The rows of one part as cells of the joined grid."""

    def __init__(self, part: PageTable, edges: list[float]) -> None:
        self.part = part
        self.edges = edges

    def cells(self) -> list[list[Cell]]:
        tops = [row[0].box.top for row in self.part.rows]
        return [[self._cell(part, tops) for part in row] for row in self.part.rows]

    def _cell(self, part: Part, tops: list[float]) -> Cell:
        left = self.part.edges[0]
        first, last = self._nearest(part.box.x0 - left), self._nearest(part.box.x1 - left)
        rows = sum(part.box.top - 1 < top < part.box.bottom - 1 for top in tops)
        return Cell(part.text, first, max(1, rows), max(1, last - first), part.page, part.box)

    def _nearest(self, x: float) -> int:
        return min(range(len(self.edges)), key=lambda at: abs(self.edges[at] - x))


def _header_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """How many of the first rows are the header: none where the first row counts 1, more where its cells are merged."""
    first = next((cell.text for cell in rows[0] if cell.text), "")
    if not _ORDER_HEADING.match(fold(first)) and rows[0][0].column == 0 and _NUMBER.match(rows[0][0].text or "x x"):
        return 0
    count = max((cell.row_span for cell in rows[0] if _ORDER_HEADING.match(fold(cell.text))), default=1)
    if count == 1 and any(cell.column_span > 1 for cell in rows[0]) and len(rows[0]) > 1:
        count = max(cell.row_span for cell in rows[0])
    count = min(count, len(rows))
    if count < len(rows):
        texts = [cell.text for cell in rows[count] if cell.text]
        if len(texts) > 2 and all(_COLUMN_NUMBER.match(text) for text in texts):
            count += 1
    return count


def _repeated(header: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]]) -> int:
    """How many first rows of a later part repeat the header."""
    count = 0
    for row, head in zip(rows, header, strict=False):
        if [squash(cell.text) for cell in row if cell.text] != [squash(cell.text) for cell in head if cell.text]:
            break
        count += 1
    return count


def _continues_row(row: Sequence[Cell], rows: Sequence[Sequence[Cell]], header: int, origin: GridOrigin) -> bool:
    """Whether the first row of a page is the rest of the row that the page break cut; a group's title is whole."""
    if _is_period_row(row) or _is_period_row(rows[-1]):
        return False
    runs_on = any(cell.text and starts_lower(cell.text) and _unclosed(rows, cell.column) for cell in row)
    if not _lacks_number(row):
        return runs_on and _lacks_number(rows[-1])
    body = rows[header:]
    numbered = sum(bool(_NUMBER.match(other[0].text)) for other in body if other[0].column == 0)
    if not body or runs_on or numbered >= 0.7 * len(body):
        return runs_on or bool(body)
    # Without lines and without numbers nothing but a sentence that goes on tells that a row does.
    loose = any(cell.text and not MARK.match(cell.text) and _unclosed(rows, cell.column) for cell in row)
    return loose and origin == "drawn"


def _is_period_row(row: Sequence[Cell]) -> bool:
    filled = [cell.text for cell in row if cell.text and not _NUMBER.match(cell.text)]
    return len(filled) == 1 and is_period(filled[0])


def _lacks_number(row: Sequence[Cell]) -> bool:
    return row[0].column > 0 or not row[0].text


def _unclosed(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    above = _above(rows, column)
    return above is not None and bool(above.text) and not CLOSED.search(above.text)


def _above(rows: Sequence[Sequence[Cell]], column: int) -> Cell | None:
    """The lowest cell that covers a column."""
    for row in reversed(rows):
        for cell in row:
            if cell.column <= column < cell.column + cell.column_span:
                return cell
    return None


def _append(rows: list[list[Cell]], row: Sequence[Cell]) -> None:
    """Joins a row to the last row: cell by cell, as new paragraphs where they begin as such."""
    for cell in row:
        if not cell.text:
            continue
        above = _above(rows, cell.column)
        if above is None:
            rows[-1].append(cell)
            continue
        opens = MARK.match(cell.text) or (CLOSED.search(above.text) and not starts_lower(cell.text))
        text = f"{above.text}\n{cell.text}" if above.text and opens else linked(above.text, cell.text)
        for line in rows:
            for at, other in enumerate(line):
                if other is above:
                    line[at] = Cell(text, above.column, above.row_span, above.column_span, above.page, above.box)


