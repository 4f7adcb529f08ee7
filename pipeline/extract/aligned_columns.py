"""Columns without ruling lines: the words of a table's head tell where they are, the blanks below where they part.

A column's title stands within its column. So the blank between two columns lies somewhere between the end of one title
and the beginning of the next, and every line of the table leaves it free. Lengths are in line heights: pages read by a
text layer, by OCR (boxes that jitter) and texts laid out with blanks feed the same steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.layout import Row, Segment, parted_coarsely
from pipeline.extract.table_head import is_serial_title
from pipeline.knowledge.tasks import TaskColumns

# Line heights: the narrowest blank that parts columns (more than one between words), what boxes miss each other by,
# how far above or below the serial number's title another title's line may stand.
GUTTER, JITTER, _NEXT_LINE = 0.45, 0.08, 1.4
# How exactly the lines of a column begin at one x.
_ALIGNED = 0.3
# A blank within a column this wide, with words on both sides in so many lines, is a column that the head did not tell.
_HIDDEN, _HIDDEN_ROWS = 0.6, 3
_LONGEST_TITLE, _LONGEST_SERIAL_TITLE = 60, 14
_LEAST_COLUMNS, _MOST_COLUMNS, _MOST_TITLE_PIECES = 3, 12, 40
_TITLE_LINES_ABOVE, _TITLE_LINES_BELOW, _TITLE_LINES_UNNUMBERED = 3, 8, 3
_SERIAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,2}|[IVXL]{1,5}|[A-ZĐ])\s?[.)]?$")
_GROUP = re.compile(r"(?:[IVXL]{1,5}|[A-ZĐ]|\d{1,2})\s?[./)]\s?[^\W\d_]|(?:Quý|QUÝ|Tháng|THÁNG)\s\w")
_LIST_MARK = re.compile(r"[-–—+*•]$")

Stretch = tuple[float, float]


class Head(NamedTuple):
    """A head's titles from left to right as stretches of x, in rows `first` up to `end`.

    `row` is the row of the serial number's title, or of all titles where there is none. `numbered` says whether the rows
    are told by their numbers, `has_serials` whether the first column is theirs.
    """

    first: int
    row: int
    end: int
    titles: tuple[Stretch, ...]
    numbered: bool
    has_serials: bool


def is_head_row(row: Row, lexicon: TaskColumns) -> bool:
    """Whether a row can belong to the head of a table: it has a title of the serial numbers, or known titles only."""
    pieces = row.pieces
    first = pieces[0].text
    if len(pieces) > _MOST_TITLE_PIECES:
        return False
    if len(pieces) > 1 or len(first) <= _LONGEST_SERIAL_TITLE:
        serial = first.split(" ", 1)[0] if len(pieces) > 1 else first
        if is_serial_title(serial):
            return True
    if not _LEAST_COLUMNS <= len(pieces) <= _MOST_COLUMNS or any(len(piece.text) > _LONGEST_TITLE for piece in pieces):
        return False
    roles = {lexicon.role(piece.text) for piece in pieces}
    return "content" in roles and bool(roles & {"lead", "support", "time"})


def is_serial(text: str) -> bool:
    """Whether a text is a row's number: 1, 1.1, II, A, with or without a closing sign."""
    return _SERIAL.match(text) is not None


def is_group(text: str) -> bool:
    """Whether a line that runs over the columns can name a group of rows: numbered, a period, or in capitals."""
    return _GROUP.match(text) is not None or text.isupper()


def heads(rows: Sequence[Row], at: int, numbered: bool) -> Iterator[Head]:
    """What the titles of a table with its head at row `at` can be, as far as lines above and below belong to them.

    The title of the serial numbers stands in the middle of titles of several lines, so some begin above it. `numbered`
    asks for the heads of tables whose rows are told by their numbers; OCR passes over lone digits.
    """
    has_serials = is_serial_title(rows[at].pieces[0].text)
    below: int | None = min(len(rows), at + (_TITLE_LINES_UNNUMBERED if has_serials else 1))
    if numbered:
        below = _first_serial(rows, at) if has_serials else None
    if below is None:
        return
    tried: set[tuple[Stretch, ...]] = set()
    for end in sorted({below, min(at + 2, below), at + 1}, reverse=True):
        for start in range(at, max(-1, at - _TITLE_LINES_ABOVE - 1), -1):
            if start < at and not may_stand_above(rows[start], rows[start + 1], rows[at].pieces[0]):
                break
            lines = rows[start:end]
            # Words of one title stand apart like narrow columns, narrow columns like words of one title.
            wide = [parted_coarsely(row, int(has_serials and row is rows[at])) for row in lines]
            for read in (wide, lines):
                titles = _titles(read)
                if titles not in tried and _LEAST_COLUMNS <= len(titles) <= _MOST_COLUMNS:
                    tried.add(titles)
                    yield Head(start, at, below, titles, numbered, has_serials)


def leads_to_numbers(rows: Sequence[Row], at: int) -> bool:
    """Whether numbers of rows follow below the title of the serial numbers in row `at`, other titles beside it."""
    below = _first_serial(rows, at) if is_serial_title(rows[at].pieces[0].text) else None
    return below is not None and len(rows[at].pieces) > 1 and is_serial(rows[below].pieces[0].text)


def _first_serial(rows: Sequence[Row], at: int) -> int | None:
    """The first row below the title of the serial numbers that has one of them or names a group."""
    title = rows[at].pieces[0]
    for index in range(at + 1, min(len(rows), at + 1 + _TITLE_LINES_BELOW)):
        first = rows[index].pieces[0]
        if first.x0 < title.x1:
            words = " ".join(piece.text for piece in rows[index].pieces)
            return index if is_serial(first.text.strip("() ")) or is_group(words) else None
    return None


def may_stand_above(above: Row, below: Row, serial: Segment) -> bool:
    """Whether a line can hold titles' first lines: next to the line below, and nothing but `Số` over the serial's title."""
    step = below.top + below.bottom - above.top - above.bottom
    if step >= 2 * _NEXT_LINE * max(above.height, below.height):
        return False
    return above.pieces[0].x0 > serial.x1 or len(above.pieces[0].text) <= len("Số")


def _titles(rows: Sequence[Row]) -> tuple[Stretch, ...]:
    """The titles as stretches: lines that stand over each other are one; a line over several of them names a group."""
    found: list[Stretch] = []
    for row in reversed(rows):
        for piece in row.pieces:
            under = [one for one in found if one[0] < piece.x1 - 1 and piece.x0 < one[1] - 1]
            if len(under) > 1:
                continue
            for one in under:
                found.remove(one)
            found.append((min(piece.x0, *(x for x, _ in under), piece.x1), max(piece.x1, *(x for _, x in under), piece.x0)))
    return tuple(sorted(found))


class Columns:
    """The columns of one table while its lines are read: what is still free between each two of them."""

    def __init__(self, titles: Sequence[Stretch], height: float) -> None:
        self.titles = tuple(titles)
        self.height = height
        self.free: list[list[Stretch]] = [[(one[1], other[0])] for one, other in pairwise(self.titles)]
        self.starts: list[float] = []

    @property
    def is_open(self) -> bool:
        """Whether there is a blank between all neighbours."""
        return all(any(high - low >= GUTTER * self.height for low, high in gaps) for gaps in self.free)

    def stands_first(self, piece: Segment) -> bool:
        """Whether a piece stands in the first column; a number may stand a little right of the title above it."""
        room = self.height if is_serial(piece.text) else 0.0
        return piece.x0 < self.titles[0][1] + room

    def begins(self, x: float) -> bool:
        """Whether a column's lines begin at an x: a blank between two columns ends there."""
        return any(abs(high - x) < GUTTER * self.height for gaps in self.free for _, high in gaps)

    def same(self, moved: float = 0.0) -> Columns:
        """The same columns for other lines, which may stand so many line heights to the left or right."""
        room = moved * self.height
        twin = Columns(self.titles, self.height)
        twin.starts = [] if moved else list(self.starts)
        twin.free = [
            [(max(low - room, min(low, (x0 + x1) / 2)), high + room) for low, high in gaps]
            for gaps, (x0, x1) in zip(self.free, self.titles[:-1], strict=True)
        ]
        return twin

    def over(self, piece: Segment) -> list[int]:
        """The columns over whose titles a piece stands."""
        return [at for at, (x0, x1) in enumerate(self.titles) if x0 < piece.x1 - 1 and piece.x0 < x1 - 1]

    def takes(self, row: Row, in_head: bool = False) -> bool:
        """Takes a line that leaves a blank between all columns; False, and nothing taken, where it does not.

        In a head a title may stand over several columns.
        """
        slack = JITTER * self.height
        narrower = self.free
        for piece in row.pieces:
            if in_head and len(self.over(piece)) > 1:
                continue
            narrower = [self._without(gaps, piece.x0 + slack, piece.x1 - slack) for gaps in narrower]
        if not all(narrower) or (not in_head and self._is_off(row)):
            return False
        self.free = narrower
        if not in_head:
            self.starts.extend(piece.x0 for piece in row.pieces)
        return True

    def _is_off(self, row: Row) -> bool:
        """Whether a piece begins left of where the lines of its column began so far: the text area's own indent."""
        slack = _ALIGNED * self.height
        for gaps in self.free:
            low, high = gaps[-1]
            if any(low < piece.x0 < high - slack for piece in row.pieces):
                return sum(abs(x - high) <= slack for x in self.starts) >= _HIDDEN_ROWS
        return False

    def _without(self, gaps: Sequence[Stretch], x0: float, x1: float) -> list[Stretch]:
        parts = [part for low, high in gaps for part in ((low, min(high, x0)), (max(low, x1), high))]
        return [(low, high) for low, high in dict.fromkeys(parts) if high - low >= GUTTER * self.height]

    def edges(self, rows: Sequence[Row]) -> list[float]:
        """The x of the columns' edges: their outer ends and the middle of each blank between two columns."""
        starts = [piece.x0 for row in rows for piece in row.pieces]
        ends = [piece.x1 for row in rows for piece in row.pieces]
        inner = [(low + high) / 2 for low, high in (self._blank(gaps, starts) for gaps in self.free)]
        return [min(starts) - 1, *inner, max(ends) + 1]

    def _blank(self, gaps: Sequence[Stretch], starts: Sequence[float]) -> Stretch:
        """Of several blanks the one before which most lines begin: a column is aligned at its left edge."""

        def begun(gap: Stretch) -> int:
            return sum(abs(x - gap[1]) < 0.3 * self.height for x in starts)

        most = max(map(begun, gaps))
        return next(gap for gap in gaps if begun(gap) >= 0.8 * most)

    def has_hidden(self, rows: Sequence[Row], edges: Sequence[float]) -> bool:
        """Whether words side by side within one column say that it is two: in several lines they begin at one x."""
        least = min(_HIDDEN_ROWS, max(2, len(rows) // 3))
        for low, high in pairwise(edges[1:]):
            starts = sorted(
                piece.x0
                for row in rows
                for last, piece in pairwise(piece for piece in row.pieces if low < piece.centre < high)
                if piece.x0 - last.x1 >= _HIDDEN * self.height and not _LIST_MARK.match(last.text)
            )
            together = zip(starts, starts[least - 1 :], strict=False)
            if any(last - first < _HIDDEN * self.height for first, last in together):
                return True
        return False
