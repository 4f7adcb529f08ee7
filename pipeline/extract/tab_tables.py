"""Tables of a text whose cells are parted by tabs, as they come out of a sheet or a Word table copied as text.

A table begins with a row of titles that name what is to be done and who or when; its rows have as many cells as the head,
a group's row (`I`, `Quý I`) may leave out its empty ones. A row of fewer cells ends it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.aligned_columns import is_serial
from pipeline.extract.table_head import head_rows, is_period
from pipeline.extract.text_rows import TextRow
from pipeline.extract.text_tables import TextTable
from pipeline.knowledge.tasks import TaskColumns
from pipeline.values import Cell, Grid

_LEAST_COLUMNS, _LEAST_ROWS = 3, 2
_NEEDED = frozenset(("lead", "support", "time"))


def tab_tables(rows: Sequence[TextRow], lexicon: TaskColumns) -> dict[int, TextTable]:
    """The tables of a text by the row in which each begins."""
    found: dict[int, TextTable] = {}
    at = 0
    while at < len(rows):
        table = _table(rows, at, lexicon) if rows[at].text.count("\t") >= _LEAST_COLUMNS - 1 else None
        if table is not None:
            found[at] = table
        at = table.end if table is not None else at + 1
    return found


def _table(rows: Sequence[TextRow], first: int, lexicon: TaskColumns) -> TextTable | None:
    titles = _cells(rows[first].text)
    roles = {lexicon.role(title) for title in titles if title}
    if len(titles) < _LEAST_COLUMNS or "content" not in roles or not roles & _NEEDED:
        return None
    taken = [(rows[first].page, titles)]
    at = first + 1
    while at < len(rows):
        cells = _cells(rows[at].text)
        if len(cells) != len(titles) and not _is_group(cells):
            break
        taken.append((rows[at].page, cells))
        at += 1
    if sum(len(cells) == len(titles) for _, cells in taken) <= _LEAST_ROWS:
        return None
    return TextTable(at, _grid(taken, len(titles)))


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.split("\t")]


def _is_group(cells: Sequence[str]) -> bool:
    """A serial number and a title, or a period alone."""
    return (len(cells) == 2 and is_serial(cells[0])) or (len(cells) == 1 and is_period(cells[0]))


def _grid(rows: Sequence[tuple[int, list[str]]], columns: int) -> Grid:
    made = tuple(
        tuple(Cell(text, column, page=page) for column, text in enumerate([*cells, *[""] * (columns - len(cells))]))
        for page, cells in rows
    )
    return Grid(made, columns, rows[0][0], header_rows=head_rows([cells for _, cells in rows]))
