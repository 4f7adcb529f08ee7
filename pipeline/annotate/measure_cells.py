"""Measures of tables whose unit stands apart from the number: in a column of units, or in the head of the column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.annotate.measure_lexicon import Lexicon, lexicon
from pipeline.annotate.measures import read_amount
from pipeline.knowledge import Knowledge
from pipeline.knowledge.text import fold
from pipeline.values import CellSpan, MeasureMention, NormalText, TextGrid

CERTAINTY = 0.9
_UNIT_COLUMN = re.compile(r"(?:đơn vị|đv|đ/v)[ \n]*(?:tính|đo|t)?\.?|đvt\.?")
_IN_BRACKETS = re.compile(r"\(\s*(?:đvt|đơn vị tính|đơn vị|tính)?\s*:?\s*([^()]{1,24}?)\s*\)\s*\Z|(?<=\s)(%)\s*\Z")
_NOT_COUNTED = re.compile(r"(?:stt|tt|số tt|ghi chú|thời gian|năm(?! (?:19|20)[0-9]{2})|ngày|mã|số hiệu|điện thoại)\b")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def find_cell_measures(normal: NormalText, knowledge: Knowledge) -> tuple[MeasureMention, ...]:
    """The bare numbers of table cells that have their unit from their row or column, in reading order."""
    words = knowledge.derived(lexicon)
    return tuple(mention for grid in normal.grids for mention in _of_grid(normal.text, grid, words))


def _of_grid(text: str, grid: TextGrid, words: Lexicon) -> Iterator[MeasureMention]:
    heads = _heads(text, grid)
    units = {column: unit for column, head in heads.items() if (unit := _unit_of_head(head, words))}
    named = next((column for column, head in heads.items() if _UNIT_COLUMN.fullmatch(head)), None)
    if not units and named is None:
        return
    for row in grid.rows[grid.header_rows :]:
        of_row = next((text[cell.start : cell.end] for cell in row if cell.column == named), "")
        for cell in row:
            unit = of_row if named is not None and cell.column > named else units.get(cell.column, "")
            if unit and not _NOT_COUNTED.match(heads.get(cell.column, "")):
                yield from _in_cell(text, cell, unit.strip(), words)


def _heads(text: str, grid: TextGrid) -> dict[int, str]:
    """The folded words above each column, those of a cell over several columns once for each."""
    heads: dict[int, list[str]] = {}
    for row in grid.rows[: grid.header_rows]:
        for cell in row:
            for column in range(cell.column, min(cell.column + cell.column_span, grid.columns)):
                heads.setdefault(column, []).append(fold(text[cell.start : cell.end]).strip())
    return {column: " ".join(filter(None, parts)) for column, parts in heads.items()}


def _unit_of_head(head: str, words: Lexicon) -> str | None:
    """The unit that a column's head names behind it: "Kinh phí (triệu đồng)", "Tỷ lệ %"."""
    found = _IN_BRACKETS.search(head)
    unit = (found[1] or found[2]) if found else None
    return unit if unit and read_amount(f"5 {unit}", words) is not None else None


def _in_cell(text: str, cell: CellSpan, unit: str, words: Lexicon) -> Sequence[MeasureMention]:
    """The measure of a cell that holds a number, and its qualifier, alone; as if the unit stood behind it."""
    printed = text[cell.start : cell.end]
    bare = printed.strip()
    if not any(letter.isdigit() for letter in bare) or _YEAR.fullmatch(bare) or len(bare) > 40:
        return ()
    found = read_amount(f"{bare} {unit}", words)
    if found is None or found.start != 0 or found.end != len(bare) + 1 + len(unit):
        return ()
    start = cell.start + len(printed) - len(printed.lstrip())
    return (replace(found, start=start, end=start + len(bare), rule="measure:cell", confidence=CERTAINTY),)


__all__ = ["find_cell_measures"]
