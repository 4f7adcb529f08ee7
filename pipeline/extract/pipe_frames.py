"""Rows with bars that are no table: letterhead and signature block, read column by column."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.frame_words import (
    DATELINE,
    MOTTO,
    NEXT_PART,
    NUMBER,
    RECIPIENT_ITEM,
    RECIPIENTS,
    SIGNS,
    are_signers,
    head_from_cells,
    in_letterhead_order,
    is_name,
    is_signed,
    opens_in_head,
)
from pipeline.extract.text_rows import is_drawn
from pipeline.values import Line, Side

Cells = tuple[int, list[str]]  # the page of a row, and its cells; a cell's lines are parted by newlines
_FRAME_COLUMNS = 3
_LONGEST_CELL = 75


def lines_of_cells(rows: Sequence[Cells]) -> tuple[Line, ...]:
    """The cells as lines: a letterhead or signature block column by column, other rows one after the other."""
    filled = _filled(rows)
    head = next((at for at, (_, row) in enumerate(rows) if any(MOTTO.search(cell) for cell in row)), None)
    if head is not None:
        return _head(rows, head)
    if len(filled) <= _FRAME_COLUMNS and (has_recipients(rows) or are_signers(_columns(rows, filled))):
        return _foot(rows, filled)
    if any(NUMBER.match(cell) for _, row in rows for cell in row):
        return _two_sided(rows, filled)
    return _in_turn(rows)


def is_frame(rows: Sequence[Cells]) -> bool:
    """Whether rows are a letterhead or a signature block rather than a table."""
    filled = _filled(rows)
    if any(MOTTO.search(cell) for _, row in rows for cell in row):
        return True
    return len(filled) <= _FRAME_COLUMNS and (has_recipients(rows) or are_signers(_columns(rows, filled)))


def has_recipients(rows: Sequence[Cells]) -> bool:
    """Whether `Nơi nhận` heads a column: with a colon, or over the first of two columns."""
    found = (RECIPIENTS.match(cell) for _, row in rows for cell in row)
    return any(match is not None and (match[0].endswith(":") or len(_filled(rows)) <= 2) for match in found)


def goes_on(rows: Sequence[Cells], cells: Sequence[str]) -> bool:
    """Whether a row below others, with rows without bars or blank ones between, belongs to the same frame."""
    texts = [cell for cell in cells if cell]
    if not texts or any(len(text) > _LONGEST_CELL or RECIPIENTS.match(text) for text in texts):
        return False
    if any(MOTTO.search(cell) for _, row in rows for cell in row):
        return any(MOTTO.search(t) or NUMBER.match(t) or DATELINE.search(t) for t in texts)
    return any(RECIPIENT_ITEM.match(t) or SIGNS.match(t) or is_signed(t) or is_name(t) for t in texts)


def _head(rows: Sequence[Cells], motto: int) -> tuple[Line, ...]:
    """A letterhead; rows above it (a portal's) and from the document's type on are no part of its columns."""
    start = motto
    while start and all(not cell or cell.isupper() for cell in rows[start - 1][1]):
        start -= 1
    end = next((at for at in range(motto, len(rows)) if _is_next_part(rows[at][1])), len(rows))
    head = rows[start:end]
    return (*_in_turn(rows[:start]), *_two_sided(head, _filled(head)), *_in_turn(rows[end:]))


def _two_sided(rows: Sequence[Cells], filled: Sequence[int]) -> tuple[Line, ...]:
    if len(filled) != 2:
        return head_from_cells(_in_turn(rows))
    left, right = ([(page, text) for page, row in rows for text in _lines(row, column)] for column in filled)
    return in_letterhead_order(_head_column(left, "left"), _head_column(right, "right"))


def _head_column(cells: Sequence[tuple[int, str]], side: Side) -> list[Line]:
    return [Line(text, page, opens=opens_in_head(text, not at), side=side) for at, (page, text) in enumerate(cells)]


def _is_next_part(row: Sequence[str]) -> bool:
    texts = [cell for cell in row if cell]
    return len(texts) == 1 and bool(NEXT_PART.match(texts[0]))


def _foot(rows: Sequence[Cells], filled: Sequence[int]) -> tuple[Line, ...]:
    return tuple(
        Line(text, page, opens=None if text[0].islower() else True, side="left" if column == 0 else "right")
        for column in filled
        for page, row in rows
        for text in _lines(row, column)
    )


def _in_turn(rows: Sequence[Cells]) -> tuple[Line, ...]:
    return tuple(Line(text, page, opens=True) for page, row in rows for at in range(len(row)) for text in _lines(row, at))


def _columns(rows: Sequence[Cells], filled: Sequence[int]) -> list[list[str]]:
    return [[text for _, row in rows for text in _lines(row, column)] for column in filled]


def _lines(row: Sequence[str], column: int) -> list[str]:
    """The lines of a cell, without drawn ones."""
    cell = row[column] if column < len(row) else ""
    return [line for line in cell.split("\n") if line and not is_drawn(line)]


def _filled(rows: Sequence[Cells]) -> list[int]:
    return sorted({column for _, row in rows for column in range(len(row)) if _lines(row, column)})
