"""Which lines below a head belong to a table without ruling lines, and which of them stand for a row.

The table goes on as long as its lines leave the columns apart and nothing but numbers stands in the column of numbers.
A group's title (`A. NHIỆM VỤ CHUNG`) may run over the columns where the numbers go on below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.extract.aligned_columns import Columns, Head, is_group, is_serial, may_stand_above
from pipeline.extract.aligned_rows import middle_of
from pipeline.extract.frame_words import RECIPIENTS, SIGNS
from pipeline.extract.layout import Row
from pipeline.extract.paragraphs import starts_lower
from pipeline.extract.table_head import is_period

# Line heights: the widest blank within a table, the step of two lines of one title.
_WIDEST_BLANK, _TITLE_STEP = 4.0, 1.4
# A group's title that runs over the columns: its lines, its length, how far below the next number stands.
_GROUP_LINES, _LONGEST_GROUP, _LINES_TO_NUMBER = 2, 120, 6
_HEADING = re.compile(r"(?:[IVXL]{1,5}|\d{1,2}(?:\.\d{1,2})?)\s?[.)/]\s?[^\W\d_]")
# No table of one page has more rows of text, no row more pieces.
_MOST_LINES, _MOST_PIECES = 1_000, 60
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?(?:\s?=.{1,12})?")


@dataclass(slots=True)
class Body:
    """The rows of one table on one page: `first` up to `end`; those that name a group over all columns."""

    columns: Columns
    first: int
    end: int
    across: set[int] = field(default_factory=set)

    def plain(self, rows: Sequence[Row]) -> list[Row]:
        """Its rows that leave the columns apart."""
        return [rows[index] for index in range(self.first, self.end) if index not in self.across]


class Anchors(NamedTuple):
    """The lines that stand for one row each: its number, or a group's title; the last number, 0 where any may follow."""

    rows: list[Row]
    last: int


def body_below(rows: Sequence[Row], head: Head, columns: Columns) -> Body | None:
    """The rows of the table that a head begins, its head with them.

    None where the head's own lines do not fit, a title more seems to stand above them, or the lines leave the columns in
    the middle of a row.
    """
    for row in rows[head.first : head.row + 1]:
        if not columns.takes(row, in_head=True):
            return None
    body = grown(rows, head.row + 1, columns, head.has_serials, head.end)
    first = _head_start(rows, head, columns)
    if first is None or is_torn(rows, body):
        return None
    body.first = first
    return body


def is_torn(rows: Sequence[Row], body: Body) -> bool:
    """Whether the line at which a body ends goes on with its last row, or with the next one."""
    if not 0 < body.end < len(rows):
        return False
    row, columns = rows[body.end], body.columns
    if row.top - rows[body.end - 1].bottom > columns.height:
        return False
    first = row.pieces[0]
    if columns.stands_first(first):
        return is_serial(first.text) and len(row.pieces) > 2
    begun = sum(columns.begins(piece.x0) for piece in row.pieces)
    return starts_lower(first.text) or begun > 1


def grown(rows: Sequence[Row], start: int, columns: Columns, has_serials: bool, head_end: int = 0) -> Body:
    """The rows from `start` on that leave the columns apart; those before `head_end` are still of the head."""
    body = Body(columns, start, start)
    while body.end < len(rows):
        row = rows[body.end]
        if body.end > start and row.top - rows[body.end - 1].bottom > _WIDEST_BLANK * columns.height:
            break
        if body.end - start > _MOST_LINES or len(row.pieces) > _MOST_PIECES:
            break
        fits = not _ends(row, columns) and _is_numbered(row, columns, has_serials) and columns.takes(row, body.end < head_end)
        after = body.end + 1 if fits else _after_group(rows, body.end, columns) if has_serials else None
        if after is None:
            break
        if not fits:
            body.across.update(range(body.end, after))
        body.end = after
    return body


def _ends(row: Row, columns: Columns) -> bool:
    """Whether recipients, a signature or a section begin."""
    first = row.pieces[0]
    if len(row.pieces) == 1 and _HEADING.match(first.text) and (first.bold or first.text.isupper()):
        return not columns.stands_first(first)
    return any(SIGNS.match(piece.text) or RECIPIENTS.match(piece.text) for piece in row.pieces)


def _is_numbered(row: Row, columns: Columns, has_serials: bool) -> bool:
    """Whether nothing but a number stands in the column of the serial numbers."""
    first = row.pieces[0]
    return not has_serials or not columns.stands_first(first) or is_serial(first.text) or _are_column_numbers(row)


def _are_column_numbers(row: Row) -> bool:
    """The row `(1) (2) (3)` below the titles."""
    return len(row.pieces) > 2 and all(_COLUMN_NUMBER.fullmatch(piece.text) for piece in row.pieces)


def _after_group(rows: Sequence[Row], at: int, columns: Columns) -> int | None:
    """The row below a group's title that runs over the columns, where the numbers go on there; None where they do not."""
    text = " ".join(piece.text for piece in rows[at].pieces)
    if len(text) > _LONGEST_GROUP or not (is_group(text) or all(piece.bold for piece in rows[at].pieces)):
        return None
    for after in range(at + 1, min(len(rows), at + 1 + _GROUP_LINES)):
        if rows[after].top - rows[after - 1].bottom > _WIDEST_BLANK * columns.height:
            return None
        if _leads_to_number(rows, after, columns.same()):
            return after
    return None


def _leads_to_number(rows: Sequence[Row], at: int, columns: Columns) -> bool:
    """Whether a row, or the first numbered one below it, counts on and has words in the columns beyond the second."""
    seen: list[Row] = []
    for row in rows[at : at + _LINES_TO_NUMBER]:
        if not columns.takes(row) or not _is_numbered(row, columns, has_serials=True):
            break
        seen.append(row)
    beyond = columns.free[1][-1][0]
    has_number = any(columns.stands_first(row.pieces[0]) for row in seen)
    return has_number and any(piece.x0 >= beyond for row in seen for piece in row.pieces)


def _head_start(rows: Sequence[Row], head: Head, columns: Columns) -> int | None:
    """The first row of the head: lines of the titles may stand as far above the serial's title as others below it.

    None where the words right above stand beside the titles: the head is not known whole.
    """
    start, reach = head.first, head.row
    if not head.has_serials:
        return start
    while reach + 1 < head.end:
        reach += 1
    low = 2 * middle_of(rows[head.row]) - middle_of(rows[reach]) - _TITLE_STEP * columns.height
    while start > 0 and middle_of(rows[start - 1]) > low:
        above, row = rows[start - 1], rows[start]
        over = [len(columns.over(piece)) for piece in above.pieces]
        if 0 in over and above.pieces[0].x0 > columns.titles[0][1]:
            return None
        if set(over) != {1} or not may_stand_above(above, row, rows[head.row].pieces[0]) or not columns.takes(above):
            break
        start -= 1
    return start


# ------------------------------------------------------------------ which lines stand for a row


def anchors_of(rows: Sequence[Row], body: Body, head: int | None, last: int = 0) -> Anchors | None:
    """The anchors of a table, its head's row the first; None where its numbers do not count up from `last`."""
    found = [rows[head]] if head is not None else []
    restarts = False
    for index in range(body.first if head is None else head + 1, body.end):
        row = rows[index]
        if index not in body.across and not body.columns.stands_first(row.pieces[0]):
            if not _is_period_row(rows, index, body):
                continue
            number = None
        else:
            number = None if index in body.across or _are_column_numbers(row) else count_of(row.pieces[0].text)
        if number is not None and last and number != last + 1 and not (restarts and number == 1):
            return None
        last, restarts = (last if number is None else number), number is None
        found.append(row)
    # A group's title is one line: more below the last one are of a row whose number is not there.
    if restarts and last and rows[body.end - 1] is not found[-1]:
        return None
    return Anchors(found, 0 if restarts else last)


def count_of(text: str) -> int | None:
    """The number that a row counts, None where it is a group's (I, A) or a part's (1.1)."""
    digits = text.strip(" .)")
    return int(digits) if digits.isdigit() else None


def _is_period_row(rows: Sequence[Row], at: int, body: Body) -> bool:
    """Whether a row without a number names a period, and the numbers begin anew below it."""
    if len(rows[at].pieces) > 1 or not is_period(rows[at].pieces[0].text):
        return False
    below = next((row for row in rows[at + 1 : body.end] if body.columns.stands_first(row.pieces[0])), None)
    return below is None or count_of(below.pieces[0].text) == 1
