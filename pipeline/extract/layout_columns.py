"""Two-column blocks on a page: the letterhead and the signature block of an administrative document.

Rows that share a gutter belong together. What follows below a letterhead (the document's type, centred on the page)
and what stands above a signature block (the end of a sentence) must stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from pipeline.extract.layout import Body, Placed, Row, Segment
from pipeline.knowledge.text import fold
from pipeline.values import Side

# The narrowest gutter between two columns, in line heights.
_GUTTER = 0.4
# Shares of the page width: how far off an axis a line may stand and still be centred on it; the least column.
_OFF_AXIS, _OFF_COLUMN, _LEAST_COLUMN = 0.025, 0.06, 0.08
# Rows of several pieces tried as the start of a block, rows of a block, two-piece rows that make a column two.
_MOST_TRIES, _MOST_ROWS, _NESTED_ROWS = 60, 80, 2
# Line heights: the blank for seal and signature, and the blank between other lines of one block.
_SIGNATURE_BLANK, _LINE_BLANK = 14.0, 3.0

# Words of the letterhead and of the signature block, folded: what two columns are for in an administrative document.
_FRAME = re.compile(
    r"cộng h(?:òa|õa|oà) xã|độc lập|đảng cộng sản|nơi nhận|nơi gửi|\b(?:tm|kt|tl|tuq|q)\s?\.|chủ tịch|giám đốc"
    r"|bí thư|trưởng|số\s?:|lưu\s?:"
)
_MOTTO = re.compile(r"cộng h\S{1,2} xã|độc lập|đảng cộng sản")
_NUMBER = re.compile(r"số\b")
# How the name of a board ends that goes on with the number of the decision that set it up.
BY_DECISION = "theo quyết định"
_LIST_MARK = re.compile(r"(?:[-–+*•]|\(?[0-9a-zđivx]{1,4}[.)/]?)(?:\.\d+)*\.?$", re.IGNORECASE)


def place(rows: Sequence[Row], body: Body, page_width: float) -> list[Placed]:
    """The rows of a page in reading order: of a two-column block the left lines before the right ones."""
    placed: list[Placed] = []
    index = block = 0
    starts = {columns.start: columns for columns in _column_blocks(rows, body, page_width)}
    while index < len(rows):
        columns = starts.get(index)
        if columns is None:
            placed.append(Placed(rows[index].whole(), "full", 0))
            index += 1
            continue
        block += 1
        placed.extend(Placed(piece, side, block) for side, piece in _in_order(columns))
        index = columns.end
    return placed


def _in_order(columns: _Columns) -> Iterator[tuple[Side, Segment]]:
    """The lines of a block: left, then right; of a letterhead issuer, motto, number, dateline, as Word has them."""
    left, right = columns.left, columns.right
    mottos = [at for at, piece in enumerate(right) if _MOTTO.search(fold(piece.text))]
    below = max(mottos) + 1 if mottos else len(right)
    number = next((at for at in range(len(left)) if _is_number(left, at)), len(left))
    sides: tuple[tuple[Side, list[Segment]], ...] = (
        ("left", left[:number]),
        ("right", right[:below]),
        ("left", left[number:]),
        ("right", right[below:]),
    )
    return ((side, piece) for side, pieces in (sides if mottos else sides[::2] + sides[1::2]) for piece in pieces)


def _is_number(left: Sequence[Segment], at: int) -> bool:
    """Whether a line on the left is the document's own number; a board may be named by the decision that set it up."""
    named_by_decision = at > 0 and fold(left[at - 1].text).endswith(BY_DECISION)
    return not named_by_decision and _NUMBER.match(fold(left[at].text)) is not None


class _Columns(NamedTuple):
    """A two-column block: rows `start` up to `end`, and the lines of each side."""

    start: int
    end: int
    left: list[Segment]
    right: list[Segment]


def _column_blocks(rows: Sequence[Row], body: Body, page_width: float) -> list[_Columns]:
    blocks: list[_Columns] = []
    index = tries = 0
    while index < len(rows):
        if len(rows[index].pieces) > 1 and tries < _MOST_TRIES:
            tries += 1
            first = blocks[-1].end if blocks else 0
            found = _Gutter(rows, body, page_width).block(index, first)
            if found is not None:
                blocks.append(found)
                index = found.end
                continue
        index += 1
    return blocks


class _Gutter:
    """The search for the rows that share one gutter with a given row."""

    def __init__(self, rows: Sequence[Row], body: Body, page_width: float) -> None:
        self.rows = rows
        self.body = body
        self.page_width = page_width
        self.left: list[Segment] = []
        self.right: list[Segment] = []
        self.edges = (0.0, 0.0)

    def block(self, index: int, first: int) -> _Columns | None:
        """The block around a row of several pieces, not reaching above row `first`; None where it is no block."""
        pieces = self.rows[index].pieces
        widest = max(range(1, len(pieces)), key=lambda at: pieces[at].x0 - pieces[at - 1].x1)
        self.edges = (pieces[widest - 1].x1, pieces[widest].x0)
        self._take(index)
        end = index + 1
        while end < min(len(self.rows), index + _MOST_ROWS) and self._follows(end):
            self._take(end)
            end += 1
        start = index
        while start > first and self._leads(start - 1):
            start -= 1
            self._take(start)
        found = _Columns(start, end, self._lines(start, end, True), self._lines(start, end, False))
        return found if self._is_frame(found) else None

    def _is_left(self, piece: Segment) -> bool:
        return piece.centre < sum(self.edges) / 2

    def _take(self, index: int) -> None:
        for piece in self.rows[index].pieces:
            (self.left if self._is_left(piece) else self.right).append(piece)
        self.edges = self._narrowed(index)

    def _narrowed(self, index: int) -> tuple[float, float]:
        """The gutter that is left between the edges when a row joins."""
        low, high = self.edges
        for piece in self.rows[index].pieces:
            if self._is_left(piece):
                low = max(low, piece.x1)
            else:
                high = min(high, piece.x0)
        return low, high

    def _fits(self, index: int) -> bool:
        """Whether a row leaves the gutter open and, if one-sided, stands in its column rather than on the page."""
        row = self.rows[index]
        low, high = self._narrowed(index)
        if high - low < _GUTTER * row.height:
            return False
        if len(row.pieces) > 1 and any(map(self._is_left, row.pieces)) and not all(map(self._is_left, row.pieces)):
            return True
        piece = row.whole()
        peers = self.left if self._is_left(piece) else self.right
        off_column = abs(piece.centre - median(peer.centre for peer in peers)) / self.page_width
        off_page = min(abs(piece.centre - self.body.centre), abs(piece.centre - self.page_width / 2)) / self.page_width
        if off_page < _OFF_AXIS and off_column > off_page:
            return False
        return off_column < _OFF_COLUMN or any(abs(piece.x0 - peer.x0) < row.height / 2 for peer in peers)

    def _follows(self, index: int) -> bool:
        above, row = self.rows[index - 1], self.rows[index]
        # Room for seal and signature stands above a name, which is on the right or on both sides.
        limit = _LINE_BLANK if all(map(self._is_left, row.pieces)) else _SIGNATURE_BLANK
        return row.top - above.bottom < limit * row.height and self._fits(index)

    def _leads(self, index: int) -> bool:
        """Whether a row above the first one belongs too: the right column may begin higher, in a letterhead any."""
        row, below = self.rows[index], self.rows[index + 1]
        if len(row.pieces) > 1 or below.top - row.bottom > _LINE_BLANK * row.height or not self._fits(index):
            return False
        if not self._is_left(row.pieces[0]):
            return True
        return any(_MOTTO.search(fold(piece.text)) for piece in self.right)

    def _lines(self, start: int, end: int, left: bool) -> list[Segment]:
        pieces = ([p for p in row.pieces if self._is_left(p) == left] for row in self.rows[start:end])
        rows = [Row(held[0].top, held[0].bottom, held) for held in pieces if held]
        if sum(len(row.pieces) > 1 for row in rows) < _NESTED_ROWS:
            return [row.whole() for row in rows]
        # Signatures of three offices side by side: the columns of one side are read one after the other too.
        return [line.piece for line in place(rows, self.body, self.page_width)]

    def _is_frame(self, found: _Columns) -> bool:
        """Whether two columns are a letterhead or a signature block, not a list with wide marks or a table."""
        least = _LEAST_COLUMN * self.page_width
        if not found.left or not found.right:
            return False
        for side in (found.left, found.right):
            if max(piece.x1 for piece in side) - min(piece.x0 for piece in side) < least:
                return False
        if all(_LIST_MARK.match(piece.text) for piece in found.left):
            return False
        words = fold(" ".join(piece.text for piece in (*found.left, *found.right)))
        is_frame = _FRAME.search(words) is not None
        if len(found.left) + len(found.right) > 2:
            return is_frame or found.start == 0
        # The last recipient beside the name, below a page break.
        return is_frame and self.edges[1] - self.edges[0] > _LINE_BLANK * found.left[0].height
