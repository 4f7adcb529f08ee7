"""Two columns set side by side with blanks or tabs: letterhead and signature block, taken apart into left and right.

Nghị định 30/2020/NĐ-CP, Phụ lục I, sets issuer and number at the left, motto and place with date at the right, and at
the end the recipients at the left, the signature at the right. Text extraction keeps such rows as one line with a wide
gap; read along the lines, the issuer and the motto interleave.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.extract.flat_rows import column_gaps, flat_foot, flat_head, signers
from pipeline.extract.frame_words import (
    DATELINE,
    MOTTO,
    NEXT_PART,
    NUMBER,
    RECIPIENT_ITEM,
    RECIPIENTS,
    SIGNS,
    STANDS_ALONE,
    in_letterhead_order,
    opens_in_head,
)
from pipeline.values import Line, Side

_FAR_IN = 20  # blanks before a line that stands in the right column on its own
_LONGEST_CELL = 75
_LONGEST_REGION = 60
_HEAD_ROWS = 14
_GUARDED_BLANKS = 2
_NO_EDGE = 10_000

_Opens = Callable[[str, bool], bool | None]


@dataclass(frozen=True, slots=True)
class Region:
    """Rows `first` up to `end` of the input, as left and right column, each in reading order."""

    first: int
    end: int
    lines: tuple[Line, ...]


@dataclass(slots=True)
class _Row:
    """One row: what stands left and what stands right, and the columns (in characters) of the gap between."""

    left: str
    right: str
    ends: int
    begins: int

    @property
    def paired(self) -> bool:
        return bool(self.left and self.right)


@dataclass(slots=True)
class _Columns:
    """The rows gathered so far, and the gutter that all of them leave free."""

    low: int = 0
    high: int = _NO_EDGE
    left: list[tuple[int, str]] = field(default_factory=list)
    right: list[tuple[int, str]] = field(default_factory=list)

    def takes(self, row: _Row, index: int) -> bool:
        """Takes a row that leaves the gutter free; False where it crosses it."""
        low, high = max(self.low, row.ends), min(self.high, row.begins)
        if low >= high or (row.left and not row.right and len(row.left) > _LONGEST_CELL):
            return False
        self.low, self.high = low, high
        if row.left:
            self.left.append((index, row.left))
        if row.right:
            self.right.append((index, row.right))
        return True


def regions(rows: Sequence[str], pages: Sequence[int]) -> list[Region]:
    """The letterhead and signature regions among rows of text (leading blanks and tabs kept), in order.

    `pages` gives each row's page, which its lines keep; a region ends with its page.
    """
    found: list[Region] = []
    at = 0
    while at < len(rows):
        region = _region(rows, pages, at)
        if region:
            found.append(region)
            at = region.end
        else:
            at += 1
    return found


def _region(rows: Sequence[str], pages: Sequence[int], at: int) -> Region | None:
    row = rows[at].strip()
    if "    " in row or "\t" in row:
        if flat := flat_head(row, pages[at]):
            return Region(at, at + 1, flat)
        if head := _head(rows, pages, at):
            return head
        if side_by_side := signers(rows, pages, at):
            return Region(at, *side_by_side)
        if flat := flat_foot(row, pages[at]):
            return Region(at, at + 1, flat)
    return _foot(rows, pages, at)


def parted(row: str, low: int = 0) -> _Row:
    """A row cut at its widest gap. A row without one stands right where it is set in far, or behind column `low`.

    Tab stops are not known, so rows with tabs say nothing about where the gutter lies.
    """
    tabs = "\t" in row.strip() or row.startswith("\t")
    gaps = column_gaps(row)
    if gaps:
        gap = max(gaps, key=lambda g: len(g[0].expandtabs(8)))
        left, right = row[: gap.start()].strip(), row[gap.end() :].strip()
        ends, begins = (0, _NO_EDGE) if tabs else (gap.start(), gap.end())
        return _Row(_one_blank(left), _one_blank(right), ends, begins)
    text, indent = _one_blank(row.strip()), len(row) - len(row.lstrip())
    if tabs:
        return _Row("", text, 0, _NO_EDGE)
    if indent >= max(_FAR_IN, low):
        return _Row("", text, 0, indent)
    return _Row(text, "", len(row.rstrip()), _NO_EDGE)


def _one_blank(text: str) -> str:
    return re.sub(r"\s{2,}|\t", " ", text)


def _head(rows: Sequence[str], pages: Sequence[int], at: int) -> Region | None:
    """A letterhead that begins with the paired row `at`: the motto or the dateline stands at the right."""
    first = parted(rows[at])
    if not (first.paired and len(first.left) <= _LONGEST_CELL and _heads(first)):
        return None
    columns, end, blanks = _Columns(), at, 0
    for index in range(at, min(at + _HEAD_ROWS, len(rows))):
        if not rows[index].strip():
            blanks += 1
            continue
        row = parted(rows[index], columns.low)
        if pages[index] != pages[at] or (end > at and _leaves_head(row, blanks)) or not columns.takes(row, index):
            break
        end, blanks = index + 1, 0
    left = _lines(columns.left, "left", pages, opens_in_head)
    return Region(at, end, in_letterhead_order(left, _lines(columns.right, "right", pages, opens_in_head)))


def _heads(row: _Row) -> bool:
    if MOTTO.search(row.right) or MOTTO.search(row.left):
        return True
    return bool(NUMBER.match(row.left) and DATELINE.search(row.right))


def _leaves_head(row: _Row, blanks: int) -> bool:
    """A row below the letterhead: the title in the middle of the page, or prose."""
    if row.paired:
        return False
    alone = row.left or row.right
    if NEXT_PART.match(alone) or blanks > _GUARDED_BLANKS:
        return True
    if row.right:
        return not (DATELINE.search(row.right) or MOTTO.search(row.right))
    return blanks > 0 and not STANDS_ALONE.match(row.left)


def _foot(rows: Sequence[str], pages: Sequence[int], at: int) -> Region | None:
    """A signature block that begins with row `at`: the recipients stand left, who signs stands right."""
    text = rows[at].strip()
    if not (RECIPIENTS.match(text) or SIGNS.match(text)):
        return None
    columns, end = _Columns(), at
    paired = False
    for index in range(at, min(at + _LONGEST_REGION, len(rows))):
        if not rows[index].strip():
            continue
        row = parted(rows[index], columns.low)
        if not paired and row.paired and signers(rows, pages, index):
            break
        if pages[index] != pages[at] or NEXT_PART.match(row.left or row.right) or not columns.takes(row, index):
            break
        paired = paired or row.paired
        end = index + 1
    if not (paired and columns.left and RECIPIENTS.match(columns.left[0][1])):
        return None
    left = _lines(columns.left, "left", pages, _opens_in_foot)
    return Region(at, end, (*left, *_lines(columns.right, "right", pages, _opens_in_foot)))


def _opens_in_foot(text: str, first: bool) -> bool | None:
    return True if first or RECIPIENT_ITEM.match(text) or SIGNS.match(text) else None


def _lines(column: list[tuple[int, str]], side: Side, pages: Sequence[int], opens: _Opens) -> list[Line]:
    """One column; a blank line between rows that had some between them."""
    made: list[Line] = []
    before: int | None = None
    for index, text in column:
        if before is not None and index > before + _GUARDED_BLANKS:
            made.append(Line("", page=pages[index], side=side))
        made.append(Line(text, page=pages[index], side=side, opens=opens(text, before is None)))
        before = index
    return made
