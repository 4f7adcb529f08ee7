"""Ruled tables: rulings -> frames of cells (pdfplumber's table finder) -> the text of their cells.

The rulings may come from any engine. A frame that only lays out a page (letterhead, signature block, a box around
words) is no table; its words stay in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.extract.layout import Segment, rows_of
from pipeline.extract.paragraphs import CLOSED, MARK, starts_lower, word_fits
from pipeline.knowledge.text import fold
from pipeline.values import Box, GridOrigin

# Points: what counts as a stroke, how far strokes may miss each other, the least side of a cell.
_THIN, _TOLERANCE, _LEAST_SIDE = 3.0, 3.0, 3.5
# The finder compares every crossing with every other: beyond these a page is a drawing, not a table.
_MOST_RULINGS, _MOST_CROSSINGS = 4_000, 1_500
# Words of letterheads and signature blocks, folded.
_LAYOUT = re.compile(r"cộng h\S{1,2} xã hội chủ nghĩa|độc lập\s?-\s?tự do|đảng cộng sản việt nam|nơi nhận\s?:")
_LAYOUT_ROWS = 6
_DASH = re.compile(r"[-–—+]")
_WRAPPED_HYPHEN = re.compile(r"\w-$")


class Part(NamedTuple):
    """A cell on one page: its box, and its text with paragraphs parted by newlines."""

    text: str
    box: Box
    page: int


@dataclass(slots=True)
class PageTable:
    """A table as it stands on one page: the x of its column edges, and for each row the cells that begin in it."""

    page: int
    box: Box
    edges: list[float]
    rows: list[list[Part]]
    origin: GridOrigin = "drawn"


class Frame(NamedTuple):
    """Cells that hang together, as boxes on the upright page."""

    box: Box
    cells: tuple[Box, ...]

    @property
    def edges(self) -> list[float]:
        """The x of the edges of its columns, from left to right."""
        return sorted({x for cell in self.cells for x in (cell.x0, cell.x1)})


# ------------------------------------------------------------------ frames


def find_frames(rulings: Sequence[Box]) -> list[Frame]:
    """The frames of at least two cells that the rulings of a page draw, from top to bottom."""
    edges = [edge for edge in map(_edge, rulings) if edge is not None][: _MOST_RULINGS + 1]
    across = sum(edge["orientation"] == "h" for edge in edges)
    if across < 2 or len(edges) - across < 2 or len(edges) > _MOST_RULINGS:
        return []
    # pdfplumber is loaded only by a document that has rulings.
    from pdfplumber import table  # noqa: PLC0415

    merged = table.merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    if len(merged) ** 2 > 100 * _MOST_CROSSINGS:
        return []
    crossings = table.edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    groups = table.cells_to_tables(table.intersections_to_cells(crossings))
    return [_frame(group) for group in groups]


def _edge(box: Box) -> dict[str, Any] | None:
    """A ruling in the form pdfplumber's table finder reads; None where it is a dot."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    if width > _THIN and height <= _THIN:
        middle = (box.top + box.bottom) / 2
        return {"x0": box.x0, "x1": box.x1, "top": middle, "bottom": middle, "width": width, "orientation": "h"}
    if height > _THIN and width <= _THIN:
        middle = (box.x0 + box.x1) / 2
        return {"x0": middle, "x1": middle, "top": box.top, "bottom": box.bottom, "height": height, "orientation": "v"}
    return None


def _frame(cells: Sequence[tuple[float, float, float, float]]) -> Frame:
    wide = [
        Box(*map(float, cell)) for cell in cells if cell[2] - cell[0] > _LEAST_SIDE and cell[3] - cell[1] > _LEAST_SIDE
    ]
    boxes = wide or [Box(*map(float, cell)) for cell in cells]
    whole = Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
    return Frame(whole, tuple(boxes))


# ------------------------------------------------------------------ text


def split_tables(
    frames: Sequence[Frame], segments: Sequence[Segment], page: int
) -> tuple[list[PageTable], list[Segment]]:
    """The tables of a page with their text, and the pieces of text that stand in none of them."""
    tables: list[PageTable] = []
    for frame in frames:
        inside, outside = _parted(segments, frame.box)
        table = _page_table(frame, inside, page)
        if table is not None:
            tables.append(table)
            segments = outside
    return tables, list(segments)


def _parted(segments: Sequence[Segment], box: Box) -> tuple[list[Segment], list[Segment]]:
    inside: list[Segment] = []
    outside: list[Segment] = []
    for piece in segments:
        middle = (piece.top + piece.bottom) / 2
        within = box.x0 - 1 <= piece.centre <= box.x1 + 1 and box.top - 1 <= middle <= box.bottom + 1
        (inside if within else outside).append(piece)
    return inside, outside


def _page_table(frame: Frame, pieces: Sequence[Segment], page: int) -> PageTable | None:
    """The table in a frame; None where the frame only lays out the page."""
    xs = frame.edges
    ys = sorted({cell.top for cell in frame.cells} | {cell.bottom for cell in frame.cells})
    if len(xs) < 3 or len(frame.cells) < 2:
        return None
    held = _assigned(frame, pieces, xs, ys)
    if sum(1 for words in held if words) < 2 or _is_layout(pieces, len(ys) - 1):
        return None
    pads = _paddings(frame, held)
    rows: dict[float, list[Part]] = {}
    for cell, words in sorted(zip(frame.cells, held, strict=True), key=lambda pair: (pair[0].top, pair[0].x0)):
        text = cell_text(words, cell.x1 - pads.get(cell.x0, _LEAST_SIDE))
        rows.setdefault(cell.top, []).append(Part(text, cell, page))
    kept = [row for row in rows.values() if any(part.text for part in row)]
    return PageTable(page, frame.box, xs, kept)


def _assigned(frame: Frame, pieces: Sequence[Segment], xs: list[float], ys: list[float]) -> list[list[Segment]]:
    """For each cell of a frame the pieces whose middle lies in it."""
    slots: dict[tuple[int, int], int] = {}
    for number, cell in enumerate(frame.cells):
        for column in range(bisect_right(xs, cell.x0) - 1, bisect_right(xs, cell.x1) - 1):
            for row in range(bisect_right(ys, cell.top) - 1, bisect_right(ys, cell.bottom) - 1):
                slots[column, row] = number
    held: list[list[Segment]] = [[] for _ in frame.cells]
    for piece in pieces:
        column = min(max(bisect_right(xs, piece.centre) - 1, 0), len(xs) - 2)
        row = min(max(bisect_right(ys, (piece.top + piece.bottom) / 2) - 1, 0), len(ys) - 2)
        number = slots.get((column, row), -1)
        if number >= 0:
            held[number].append(piece)
    return held


def _is_layout(pieces: Sequence[Segment], rows: int) -> bool:
    """Whether a frame holds a letterhead or a signature block."""
    if rows > _LAYOUT_ROWS:
        return False
    words = " ".join(row.whole().text for row in rows_of(pieces))
    return _LAYOUT.search(fold(words)) is not None


def _paddings(frame: Frame, held: Sequence[Sequence[Segment]]) -> dict[float, float]:
    """By the left edge of a column, the blank its text keeps from that edge (and, so, from the right one)."""
    pads: dict[float, float] = {}
    for cell, pieces in zip(frame.cells, held, strict=True):
        if pieces:
            pad = min(piece.x0 for piece in pieces) - cell.x0
            pads[cell.x0] = min(pads.get(cell.x0, 8.0), max(pad, 1.0))
    return pads


def cell_text(pieces: Sequence[Segment], right: float) -> str:
    """The text of a cell whose lines reach as far as x = `right`, its paragraphs parted by newlines."""
    if not pieces:
        return ""
    lines = [row.whole() for row in rows_of(pieces)]
    listed = _DASH.match(lines[0].text) is not None
    text = lines[0].text
    for above, line in pairwise(lines):
        text = text + "\n" + line.text if _opens(line, above, right, listed) else linked(text, line.text)
    return text


def _opens(line: Segment, above: Segment, right: float, listed: bool) -> bool:
    """Whether a line of a cell opens a paragraph; `listed` where the cell's first line bears a dash."""
    if _DASH.match(line.text):
        return listed or CLOSED.search(above.text) is not None or word_fits(line, above, right)
    if MARK.match(line.text):
        return True
    if starts_lower(line.text) and not CLOSED.search(above.text):
        return False
    return word_fits(line, above, right)


def linked(text: str, rest: str) -> str:
    """A text and its continuation on the next line: a blank between them, none after a hyphen inside a word."""
    if not text or not rest:
        return text or rest
    glued = _WRAPPED_HYPHEN.search(text) and (rest[0].isalnum())
    return text + rest if glued else f"{text} {rest}"
