"""The cells of a scanned table that tesseract passed over: it does not look for a figure that stands alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.extract.picture import Grey, Ink
from pipeline.extract.tesseract import Word, read_lines
from pipeline.values import Box

# Pixels: inside the rulings of a cell; around the ink; and the least ink that is no speck.
_INSIDE, _ROOM, _SPECK = 4, 10, 12
# Line heights: a cell's ink that is no higher than this is one line.
_ONE_LINE = 1.5


def with_passed_over_cells(
    words: Sequence[Word], cells: Sequence[Box], grey: Grey, ink: Ink, dpi: int, seconds: float
) -> list[Word]:
    """The words of a page and those of the cells (boxes in pixels) that have ink and no word in them."""
    heights = [word.line.bottom - word.line.top for word in words]
    usual = float(np.median(heights)) if heights else 0.0
    empty = [cell for cell in cells if not any(_holds(cell, word.box) for word in words)]
    inked = [box for box in (_ink_box(cell, ink) for cell in empty) if box and box.bottom - box.top < _ONE_LINE * usual]
    pictures = [np.pad(_cut(grey, box), _ROOM, constant_values=255) for box in inked]
    read = read_lines(pictures, dpi, seconds)
    last = max((word.number for word in words), default=0)
    found = list(words)
    for number, (box, seen) in enumerate(zip(inked, read, strict=True), start=last + 1):
        line = Box(box.x0, box.bottom - usual, box.x1, box.bottom)
        found.extend(_placed(word, box, line, number) for word in seen)
    return found


def _holds(cell: Box, box: Box) -> bool:
    return cell.x0 < (box.x0 + box.x1) / 2 < cell.x1 and cell.top < (box.top + box.bottom) / 2 < cell.bottom


def _ink_box(cell: Box, ink: Ink) -> Box | None:
    """The box around the ink of a cell, None where there is none."""
    left, top = int(cell.x0) + _INSIDE, int(cell.top) + _INSIDE
    inside = ink[top : max(top, int(cell.bottom) - _INSIDE), left : max(left, int(cell.x1) - _INSIDE)]
    if np.count_nonzero(inside) < _SPECK:
        return None
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    return Box(left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1)


def _cut(grey: Grey, box: Box) -> Grey:
    x0, top, x1, bottom = map(int, box)
    return grey[top:bottom, x0:x1]


def _placed(word: Word, box: Box, line: Box, number: int) -> Word:
    """A word of a cell's own picture, put where the cell is on the page."""
    left, top = box.x0 - _ROOM, box.top - _ROOM
    seen = Box(word.box.x0 + left, word.box.top + top, word.box.x1 + left, word.box.bottom + top)
    return Word(word.text, seen, Box(seen.x0, line.top, seen.x1, line.bottom), number, word.confidence)
