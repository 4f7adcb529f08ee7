"""Tables in a text that was laid out with blanks (`pdftotext -layout`): columns of characters in place of points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from pipeline.extract.aligned_columns import is_serial
from pipeline.extract.aligned_tables import AlignedFinder
from pipeline.extract.grids import continues, make_grid
from pipeline.extract.layout import Row, Segment
from pipeline.extract.pdf_tables import PageTable
from pipeline.extract.table_head import is_serial_title
from pipeline.extract.text_rows import TextRow
from pipeline.knowledge.tasks import TaskColumns
from pipeline.values import Grid

# A character is as wide as one unit; so one blank is no gutter, two are. The step of two lines, in units.
_HEIGHT, _STEP = 3.0, 3.6
_TAB = 8
_PIECE = re.compile(r"\S+(?: \S+)*")
_PAGE_NUMBER = re.compile(r"\s{8,}(?:trang\s)?[-–]?\s?\d{1,3}\s?[-–]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table from one row of a text up to another."""

    end: int
    grid: Grid


class TextTables(NamedTuple):
    """The tables of a text by the row in which each begins, and the pages on which one goes on that is not read there."""

    found: dict[int, TextTable]
    unread: frozenset[int]


def text_tables(rows: Sequence[TextRow], lexicon: TaskColumns) -> TextTables:
    """The tables whose columns stand in line."""
    finder = AlignedFinder(lexicon)
    found: list[tuple[int, int, PageTable]] = []
    unread: set[int] = set()
    for page, numbered in groupby(enumerate(rows), key=lambda pair: pair[1].page):
        lines = _without_page_number(list(numbered))
        laid = [_row(index, row.text) for index, row in lines]
        tables, held = finder.take(page, laid)
        rest = [row for row, taken in zip(laid, held, strict=True) if not taken]
        if found and found[-1][2].page == page - 1 and any(map(_is_table_row, rest)):
            unread.add(page)
        for table in tables:
            inside = [index for index, _ in lines if table.box.top <= index * _STEP < table.box.bottom]
            found.append((inside[0], inside[-1] + 1, table))
    joined = {first: TextTable(end, _bare(make_grid(parts))) for first, end, parts in _joined(rows, found)}
    return TextTables(joined, frozenset(unread))


def _is_table_row(row: Row) -> bool:
    return len(row.pieces) > 2 and is_serial(row.pieces[0].text)


def _without_page_number(lines: list[tuple[int, TextRow]]) -> list[tuple[int, TextRow]]:
    filled = [(index, row) for index, row in lines if not (row.is_blank or row.is_rule)]
    while filled and _PAGE_NUMBER.match(filled[-1][1].text):
        filled.pop()
    while filled and _PAGE_NUMBER.match(filled[0][1].text):
        filled.pop(0)
    return filled


def _row(index: int, text: str) -> Row:
    top = index * _STEP
    pieces = [
        Segment(piece[0], piece.start(), top, piece.end(), top + _HEIGHT) for piece in _PIECE.finditer(text.expandtabs(_TAB))
    ]
    serial, _, title = pieces[0].text.partition(" ")
    if title and is_serial_title(serial):
        # The titles of narrow columns stand one blank apart: the second is taken to begin in the middle of its column.
        x0, _, x1, bottom = pieces[0][1:5]
        end = x0 + len(serial)
        pieces[:1] = [Segment(serial, x0, top, end, bottom), Segment(title, end + 2, top, x1, bottom)]
    return Row(top, top + _HEIGHT, pieces)


def _joined(
    rows: Sequence[TextRow], found: Sequence[tuple[int, int, PageTable]]
) -> Iterator[tuple[int, int, list[PageTable]]]:
    """The parts of each table, over pages where nothing but page numbers stands between them."""
    parts: list[PageTable] = []
    first = end = 0
    for start, stop, table in found:
        between = rows[end:start]
        empty = all(row.is_blank or row.is_rule or _PAGE_NUMBER.match(row.text) for row in between)
        if parts and empty and continues(table, parts[-1]):
            parts.append(table)
        else:
            if parts:
                yield first, end, parts
            first, parts = start, [table]
        end = stop
    if parts:
        yield first, end, parts


def _bare(grid: Grid) -> Grid:
    """A grid without boxes: characters have none."""
    return replace(grid, box=None, rows=tuple(tuple(replace(cell, box=None) for cell in row) for row in grid.rows))
