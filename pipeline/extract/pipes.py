"""Rows whose cells are parted by `|`: a flattened letterhead becomes lines, a table becomes a grid."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.extract.columns import MOTTO, RECIPIENTS
from pipeline.extract.table_head import head_rows
from pipeline.extract.text_rows import TextRow
from pipeline.values import Cell, Grid, Line

_BAR = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"[\s|:-]+$")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_LEAST_COLUMNS = 3
_NUMBER_CELL = re.compile(r"Số\s*:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PipeBlock:
    """Consecutive rows with bars, from the given one up to `end`, read as lines or as one grid."""

    end: int
    blocks: tuple[Line | Grid, ...]


def has_bar(row: TextRow) -> bool:
    """Whether a row has cells: a bar between or behind texts."""
    return "|" in row.text and not row.is_rule


def read_pipes(rows: Sequence[TextRow], at: int, clean: Callable[[str], str]) -> PipeBlock:
    """Reads the rows with bars from `at` on; `clean` takes a cell's own marks off."""
    end, ruled = at, False
    table: list[tuple[int, list[str]]] = []
    while end < len(rows) and rows[end].page == rows[at].page and (has_bar(rows[end]) or _is_separator(rows[end])):
        if _is_separator(rows[end]):
            ruled = True
        else:
            table.append((rows[end].page, _cells(rows[end].text, clean)))
        end += 1
    return PipeBlock(end, _as_grid(table) if _is_table(table, ruled) else _as_lines(table))


def _is_separator(row: TextRow) -> bool:
    return "|" in row.text and "-" in row.text and bool(_SEPARATOR.match(row.text))


def _cells(text: str, clean: Callable[[str], str]) -> list[str]:
    bare = text.strip()
    bare = bare.removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return ["\n".join(clean(part).strip() for part in _BREAK.split(cell)) for cell in _BAR.split(bare)]


def _is_table(table: list[tuple[int, list[str]]], ruled: bool) -> bool:
    """A Markdown table, or rows of as many cells each; never a letterhead or a signature block."""
    cells = [cell for _, row in table for cell in row]
    if any(MOTTO.search(cell) or RECIPIENTS.match(cell) for cell in cells):
        return False
    widths = {len(row) for _, row in table}
    if ruled:
        return max(widths, default=0) >= 2
    return len(table) >= 2 and len(widths) == 1 and min(widths) >= _LEAST_COLUMNS


def _as_grid(table: list[tuple[int, list[str]]]) -> tuple[Grid, ...]:
    columns = max(len(row) for _, row in table)
    rows = tuple(
        tuple(Cell(text, column, page=page) for column, text in enumerate(row + [""] * (columns - len(row))))
        for page, row in table
    )
    return (Grid(rows, columns, page=table[0][0], header_rows=head_rows([row for _, row in table])),)


def _as_lines(table: list[tuple[int, list[str]]]) -> tuple[Line, ...]:
    """Every cell a line that opens; two cells of a letterhead or signature row stand left and right."""
    texts = [cell for _, row in table for cell in row]
    framed = any(MOTTO.search(t) or RECIPIENTS.match(t) or _NUMBER_CELL.match(t) for t in texts)
    lines: list[Line] = []
    for page, row in table:
        paired = framed and len(row) == 2
        for column, cell in enumerate(row):
            side = ("left", "right")[column] if paired else "full"
            lines.extend(Line(part, page, opens=True, side=side) for part in cell.split("\n") if part)  # type: ignore[arg-type]
    return tuple(lines)
