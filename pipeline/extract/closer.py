"""A closer look at lines that tesseract cut out too tightly.

tesseract bounds a line by the letters it takes for sure: marks that stand free above them (ế, ổ in clear print) and
the full stop at the end may be left outside, and are then not read. Such a line shows ink just beyond its box, and is
read again with room around it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipeline.extract.picture import Grey, Ink
from pipeline.extract.tesseract import Word, read_lines
from pipeline.values import Box

# In line heights: a blank between two words of one line, the strip above and after it where ink was cut off, and the
# room given above, below, before and after it.
_SAME_LINE, _ABOVE, _AFTER = 2.5, 0.14, 0.4
_ROOM_ABOVE, _ROOM_BELOW, _ROOM_BEFORE, _ROOM_AFTER = 0.18, 0.08, 0.3, 0.45
# The share of ink in the strip above, and the pixels after the line, that tell cut-off marks from specks.
_INK_ABOVE, _INK_AFTER = 0.002, 8
_EDGE = 6
# How much less sure the second reading may be.
_LESS_SURE = 3.0


class SeenLine(NamedTuple):
    """Words that follow one another on one line, and the pixels they stand on."""

    words: list[Word]
    box: Box

    @property
    def height(self) -> float:
        """The height of its type in pixels."""
        return self.words[0].line.bottom - self.words[0].line.top

    @property
    def sureness(self) -> float:
        """The mean confidence of its words."""
        return _sureness(self.words)


def with_cut_lines_read_again(words: list[Word], grey: Grey, ink: Ink, dpi: int, seconds: float) -> list[Word]:
    """The words of a page, those of lines that were cut out too tightly read again."""
    lines = lines_of(words)
    cut = [index for index, line in enumerate(lines) if _is_cut(line, ink)]
    again = read_lines([_with_room(lines[index], grey)[0] for index in cut], dpi, seconds)
    for index, read in zip(cut, again, strict=True):
        line = lines[index]
        if read and _sureness(read) >= line.sureness - _LESS_SURE:
            lines[index] = line._replace(words=_moved(read, line, grey))
    return [word for line in lines for word in line.words]


def lines_of(words: list[Word]) -> list[SeenLine]:
    """Words in tesseract's order as the lines they stand on, parted where a wide blank parts two columns."""
    parts: list[list[Word]] = []
    for word in words:
        last = parts[-1][-1] if parts else None
        near = last is not None and word.box.x0 - last.box.x1 < _SAME_LINE * (word.line.bottom - word.line.top)
        if last is not None and last.number == word.number and near:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [SeenLine(part, _around(part)) for part in parts]


def _around(words: list[Word]) -> Box:
    return Box(
        min(word.box.x0 for word in words),
        min(min(word.box.top, word.line.top) for word in words),
        max(word.box.x1 for word in words),
        max(max(word.box.bottom, word.line.bottom) for word in words),
    )


def _is_cut(line: SeenLine, ink: Ink) -> bool:
    """Whether ink stands right above a line's box, or a speck as of a full stop right after it."""
    x0, top, x1, bottom = map(int, line.box)
    above = ink[max(0, round(top - _ABOVE * line.height)) : max(0, top - 1), x0:x1]
    after = ink[top:bottom, x1 + 1 : round(x1 + _AFTER * line.height)]
    return bool(above.size and above.mean() > _INK_ABOVE) or int(after.sum()) >= _INK_AFTER


def _with_room(line: SeenLine, grey: Grey) -> tuple[Grey, int, int]:
    """The picture of a line with room around it, and where its top left corner is on the page."""
    height, width = grey.shape
    left = max(0, int(line.box.x0 - _ROOM_BEFORE * line.height))
    top = max(0, int(line.box.top - _ROOM_ABOVE * line.height))
    right = min(width, int(line.box.x1 + _ROOM_AFTER * line.height))
    bottom = min(height, int(line.box.bottom + _ROOM_BELOW * line.height))
    return np.pad(grey[top:bottom, left:right], _EDGE, constant_values=255), left - _EDGE, top - _EDGE


def _moved(read: list[Word], line: SeenLine, grey: Grey) -> list[Word]:
    """Words of a line's own picture, put where the line is on the page."""
    _, left, top = _with_room(line, grey)
    old = line.words[0]
    return [
        Word(
            word.text,
            Box(word.box.x0 + left, word.box.top + top, word.box.x1 + left, word.box.bottom + top),
            Box(word.box.x0 + left, old.line.top, word.box.x1 + left, old.line.bottom),
            old.number,
            word.confidence,
        )
        for word in read
    ]


def _sureness(words: list[Word]) -> float:
    return sum(word.confidence for word in words) / len(words)
