"""Geometry of a read page: pieces of text with boxes -> visual rows, and the text area that they fill.

Nothing here knows an engine: a text layer and OCR feed the same steps. Boxes are points from the top left of the
upright page. `layout_columns` puts the rows into reading order, `paragraphs` tells which lines open a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.knowledge.legacy import FontReading
from pipeline.values import Side

# Blanks in line heights: below GLUED two pieces are one word, from WIDE on they stand in different columns.
GLUED, WIDE = 0.06, 0.8
# How far two middles may lie apart, in half line heights: on one line of text; in one row, side by side.
_SAME_LINE, _ONE_ROW = 0.3, 1.0
# Share of the text area: how far off its middle a line may stand and still be centred.
_OFF_AXIS = 0.025
# Points: how exactly lines that begin at one indent do so.
_SAME_EDGE = 1.0


class Segment(NamedTuple):
    """A piece of text on one visual line, and its box; `font` where it was asked for and is one of before Unicode."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool = False
    font: FontReading | None = None

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


def rows_of(segments: Iterable[Segment], glue: bool = True) -> list[Row]:
    """Pieces in any order as visual rows from top to bottom; pieces without a wide blank between them are merged.

    `glue`: pieces that touch are parts of one word, as in a text layer; a reader of pictures gives whole words.
    """
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
            row.pieces = _merged(sorted(row.pieces, key=lambda piece: piece.x0), glue=glue)
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


def parted_finely(row: Row, words: Iterable[Segment], blank: float) -> Row:
    """A row parted at blanks of so many line heights and more, from the words of its page.

    The row as it is where the words are not exactly its own.
    """
    held = [word for word in words if any(_holds(piece, word) for piece in row.pieces)]
    pieces = _merged(sorted(held, key=lambda word: word.x0), blank) if held else []
    same = "".join("".join(piece.text.split()) for piece in pieces) == "".join("".join(p.text.split()) for p in row.pieces)
    return Row(row.top, row.bottom, pieces) if same else row


def parted_coarsely(row: Row, apart: int) -> Row:
    """A row parted at wide blanks only; its first pieces, `apart` of them, stay as they are."""
    return Row(row.top, row.bottom, [*row.pieces[:apart], *_merged(row.pieces[apart:])])


def _holds(piece: Segment, word: Segment) -> bool:
    return piece.x0 - 1 <= word.centre <= piece.x1 + 1 and piece.top <= (word.top + word.bottom) / 2 <= piece.bottom


def _merged(pieces: Sequence[Segment], wide: float = WIDE, glue: bool = True) -> list[Segment]:
    """Neighbours without a wide blank (in line heights) between them as one piece."""
    out = list(pieces[:1])
    for piece in pieces[1:]:
        last = out[-1]
        height = max(last.height, piece.height)
        blank = piece.x0 - last.x1
        if blank >= wide * height:
            out.append(piece)
            continue
        link = "" if glue and blank < GLUED * height and _may_touch(last.text[-1], piece.text[0]) else " "
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
