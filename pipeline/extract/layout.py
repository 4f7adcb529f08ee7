"""Geometry of a read page: pieces of text with boxes -> visual rows -> two-column blocks in reading order.

Nothing here knows an engine: a text layer and OCR feed the same steps. Boxes are points from the top left of the
upright page. `paragraphs` decides afterwards which lines open a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.knowledge.text import fold
from pipeline.values import Side

# Blanks in line heights: below GLUED two pieces are one word, from WIDE on they stand in different columns.
GLUED, WIDE = 0.06, 0.8
# How far two middles may lie apart, in half line heights: on one line of text; in one row, side by side.
_SAME_LINE, _ONE_ROW = 0.3, 1.0
# The narrowest gutter between two columns, in line heights.
_GUTTER = 0.4
# Shares of the page width: how far off an axis a line may stand and still be centred on it; the least column.
_OFF_AXIS, _OFF_COLUMN, _LEAST_COLUMN = 0.025, 0.06, 0.08
# Points: how exactly lines that begin at one indent do so.
_SAME_EDGE = 1.0
# Rows of several pieces tried as the start of a block, rows of a block, two-piece rows that make a column two.
_MOST_TRIES, _MOST_ROWS, _NESTED_ROWS = 60, 80, 2
# Line heights: the blank for seal and signature, and the blank between other lines of one block.
_SIGNATURE_BLANK, _LINE_BLANK = 14.0, 3.0


class Segment(NamedTuple):
    """A piece of text on one visual line, and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool = False

    @property
    def height(self) -> float:
        """The line height in points."""
        return self.bottom - self.top

    @property
    def centre(self) -> float:
        """The x of its middle."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Row:
    """A visual line: its pieces from left to right, parted by wide blanks."""

    top: float
    bottom: float
    pieces: list[Segment]

    @property
    def height(self) -> float:
        """The height of its tallest piece's line in points."""
        return self.bottom - self.top

    def whole(self) -> Segment:
        """All its pieces as one, joined by blanks."""
        return joined(self.pieces)


class Body(NamedTuple):
    """The text area of a page: its margins, the usual distance of two lines, and the first-line indent or None."""

    left: float
    right: float
    leading: float
    indent: float | None

    @property
    def centre(self) -> float:
        """The x of its middle."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """From margin to margin."""
        return self.right - self.left


class Placed(NamedTuple):
    """A line in reading order. `block` numbers the two-column blocks of a page from 1; 0 is the single column."""

    piece: Segment
    side: Side
    block: int


def joined(pieces: Sequence[Segment]) -> Segment:
    """Pieces of one line as one piece, with blanks between them."""
    if len(pieces) == 1:
        return pieces[0]
    return Segment(
        " ".join(piece.text for piece in pieces),
        min(piece.x0 for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.x1 for piece in pieces),
        max(piece.bottom for piece in pieces),
        all(piece.bold for piece in pieces),
    )


# ------------------------------------------------------------------ rows


def rows_of(segments: Iterable[Segment]) -> list[Row]:
    """Pieces in any order as visual rows from top to bottom; pieces without a wide blank between them are merged."""
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda piece: piece.top + piece.bottom):
        row = _row_for(segment, rows)
        if row is None:
            rows.append(Row(segment.top, segment.bottom, [segment]))
            continue
        row.pieces.append(segment)
        if segment.height > row.height:
            row.top, row.bottom = segment.top, segment.bottom
    for row in rows:
        if len(row.pieces) > 1:
            row.pieces = _merged(sorted(row.pieces, key=lambda piece: piece.x0))
    rows.sort(key=lambda row: row.top + row.bottom)
    return rows


def _row_for(segment: Segment, rows: list[Row]) -> Row | None:
    """The row among the last ones whose middle a piece shares, without standing above or below a piece of it."""
    middle = segment.top + segment.bottom
    for row in reversed(rows[-4:]):
        off = abs(middle - row.top - row.bottom) / max(segment.height, row.height, 0.1)
        if off < _SAME_LINE or (off < _ONE_ROW and not any(_overlap(segment, piece) for piece in row.pieces)):
            return row
    return None


def _overlap(one: Segment, other: Segment) -> bool:
    return one.x0 < other.x1 - 1 and other.x0 < one.x1 - 1


def _merged(pieces: list[Segment]) -> list[Segment]:
    """Neighbours without a wide blank between them as one piece."""
    out = [pieces[0]]
    for piece in pieces[1:]:
        last = out[-1]
        height = max(last.height, piece.height)
        blank = piece.x0 - last.x1
        if blank >= WIDE * height:
            out.append(piece)
            continue
        link = "" if blank < GLUED * height and _may_touch(last.text[-1], piece.text[0]) else " "
        out[-1] = Segment(
            last.text + link + piece.text,
            last.x0,
            min(last.top, piece.top),
            max(last.x1, piece.x1),
            max(last.bottom, piece.bottom),
            last.bold and piece.bold,
        )
    return out


def _may_touch(end: str, start: str) -> bool:
    """Whether two signs may stand in one word: a stamped number after a printed word may not, however close."""
    return not ((end.isalpha() and start.isdigit()) or (end.isdigit() and start.isalpha()))


# ------------------------------------------------------------------ text area


def measure(rows: Sequence[Sequence[Row]], width: float) -> Body:
    """The text area that pages of one width (points) share, from the rows of each page."""
    singles = [row.pieces[0] for page in rows for row in page if len(row.pieces) == 1]
    long = [piece for piece in singles if piece.x1 - piece.x0 > width * 0.5]
    lines = long or [row.whole() for page in rows for row in page]
    if not lines:
        return Body(width * 0.1, width * 0.9, 16.0, None)
    left = _share([piece.x0 for piece in lines], 0.1)
    # Where no line is long, the right margin is taken to be as wide as the left one.
    right = _right_margin([piece.x1 for piece in long]) if long else max(width - left, width * 0.6)
    height = median(piece.height for piece in lines)
    full = right - 2 * height
    steps = [
        step(above, below)
        for page in rows
        for above, below in pairwise(page)
        if above.pieces[-1].x1 > full and below.pieces[0].x0 < left + height and below.top - above.top < 4 * height
    ]
    leading = median(steps) if steps else 1.2 * height
    return Body(left, right, leading, _indent(singles, left, height))


def step(above: Row | Segment, below: Row | Segment) -> float:
    """The distance of two lines in points: the lesser of tops and bottoms, for accents and fonts raise only one."""
    return min(below.top - above.top, below.bottom - above.bottom)


def _right_margin(ends: list[float]) -> float:
    """Where full lines end: of justified lines the common end, of ragged ones the end of the longest few."""
    common = _share(ends, 0.85)
    justified = sum(abs(end - common) < _SAME_EDGE * 2 for end in ends)
    return common if justified >= 0.4 * len(ends) else _share(ends, 0.97)


def _share(values: list[float], share: float) -> float:
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _indent(pieces: Sequence[Segment], left: float, height: float) -> float | None:
    """The first-line indent (points from the left margin) that a tenth of the lines share, or None."""
    shifts = sorted(piece.x0 - left for piece in pieces if height * 0.8 < piece.x0 - left < height * 5)
    best, count = None, 0
    start = 0
    for stop, shift in enumerate(shifts):
        while shift - shifts[start] > height * 0.3:
            start += 1
        if stop - start + 1 > count:
            best, count = shifts[(start + stop) // 2], stop - start + 1
    return best if count >= max(2, len(pieces) // 12) else None


def is_centred(piece: Segment, body: Body) -> bool:
    """Whether a line stands on the middle of the text area, away from both margins."""
    room = 1.2 * piece.height
    if piece.x0 < body.left + room or piece.x1 > body.right - room:
        return False
    if body.indent is not None and abs(piece.x0 - body.left - body.indent) < _SAME_EDGE:
        return False
    return abs(piece.centre - body.centre) < max(_OFF_AXIS * body.width, 0.6 * piece.height)


# ------------------------------------------------------------------ columns

# Words of the letterhead and of the signature block, folded: what two columns are for in an administrative document.
_FRAME = re.compile(
    r"cộng h(?:òa|õa|oà) xã|độc lập|đảng cộng sản|nơi nhận|nơi gửi|\b(?:tm|kt|tl|tuq|q)\s?\.|chủ tịch|giám đốc"
    r"|bí thư|trưởng|số\s?:|lưu\s?:"
)
_MOTTO = re.compile(r"cộng h\S{1,2} xã|độc lập|đảng cộng sản")
_LIST_MARK = re.compile(r"(?:[-–+*•]|\(?[0-9a-zđivx]{1,4}[.)/]?)(?:\.\d+)*\.?$", re.IGNORECASE)


def place(rows: Sequence[Row], body: Body, page_width: float) -> list[Placed]:
    """The rows of a page in reading order: of a two-column block first the left lines, then the right ones."""
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
        placed.extend(Placed(piece, "left", block) for piece in columns.left)
        placed.extend(Placed(piece, "right", block) for piece in columns.right)
        index = columns.end
    return placed


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
        if not found.left or not found.right or len(found.left) + len(found.right) < 3:
            return False
        for side in (found.left, found.right):
            if max(piece.x1 for piece in side) - min(piece.x0 for piece in side) < least:
                return False
        if all(_LIST_MARK.match(piece.text) for piece in found.left):
            return False
        words = fold(" ".join(piece.text for piece in (*found.left, *found.right)))
        return _FRAME.search(words) is not None or found.start == 0
