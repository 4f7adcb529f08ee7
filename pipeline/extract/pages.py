"""Read pages -> lines and grids of the whole document, in reading order.

Here the pages meet: page numbers and running heads go, a paragraph or a table that runs over a page break is joined,
footnotes leave the sentence that they interrupt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.extract.aligned_columns import GUTTER, is_head_row, leads_to_numbers
from pipeline.extract.aligned_tables import AlignedFinder
from pipeline.extract.grids import continues, make_grid
from pipeline.extract.layout import Body, Placed, Row, Segment, measure, parted_finely
from pipeline.extract.layout_columns import place
from pipeline.extract.paragraphs import Laid, openings
from pipeline.extract.pdf_tables import PageTable
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.knowledge.tasks import TaskColumns, task_columns
from pipeline.values import Box, Grid, Line

_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–—]?\s*(\d{1,3})\s*[-–—]?(?:\s*[/|]\s*\d{1,3})?$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?:\[?\(?(\d{1,2})[\])]?|\*{1,3})\s?[^\W\d_“\"(]")
# Lines drawn with the keyboard below a letterhead or above footnotes.
_DRAWN = re.compile(r"[_\-–—=*]{4,}$")
_DIGITS = re.compile(r"\d+")
# The share of the page height at top and bottom where running lines stand, and how many rows deep.
_MARGIN, _DEPTH = 0.12, 3
_LEAST_REPEATS, _MOST_PAGES, _SAME_HEIGHT = 3, 0.6, 6.0
_LONG_LINES, _FEW_LINES = 10, 4
_FOOTNOTE_SIZE, _FULL = 0.87, 0.95
# Line heights: how far from a head's row other lines of its titles may stand.
_HEAD_DEPTH = 2.5


@dataclass(slots=True)
class ReadPage:
    """A page as an engine read it: its number, its upright size in points, its rows outside tables and its tables.

    `words` are the single words of the rows, where an engine has them: columns of a table may stand closer together than
    the pieces of a row tell.
    """

    number: int
    width: float
    height: float
    rows: list[Row]
    tables: list[PageTable] = field(default_factory=list)
    words: Sequence[Segment] = ()


def blocks_of(pages: Sequence[ReadPage], knowledge: Knowledge | None = None) -> list[Line | Grid]:
    """The lines and grids of a document in reading order; the tables' words are the program's own unless given."""
    lexicon = (knowledge or load_knowledge()).derived(task_columns)
    for page in pages:
        page.rows = [row for row in page.rows if not all(_DRAWN.match(piece.text) for piece in row.pieces)]
    heads = {page.number: _heads(page, lexicon) for page in pages}
    drop_running_lines(pages, heads)
    _take_aligned_tables(pages, heads, lexicon)
    flow = _Flow(_tells_by_bold(pages))
    for page, body in zip(pages, _bodies(pages), strict=True):
        notes = _take_footnotes(page)
        for item in _items(page):
            if isinstance(item, PageTable):
                flow.add_table(item)
            else:
                flow.add_lines([Laid(line, page.number, body) for line in place(item, body, page.width)])
        flow.add_notes([Laid(Placed(row.whole(), "full", 0), page.number, body) for row in notes])
    return flow.finished()


def wants_words(page: ReadPage, before: ReadPage | None, knowledge: Knowledge | None = None) -> bool:
    """Whether a page may hold a table without ruling lines, or the rest of one, and so needs its single words."""
    lexicon = (knowledge or load_knowledge()).derived(task_columns)
    goes_on = before is not None and bool(before.words) and any(len(row.pieces) > 1 for row in page.rows)
    return goes_on or bool(_heads(page, lexicon))


def unread_tables(pages: Sequence[ReadPage], knowledge: Knowledge | None = None) -> list[int]:
    """The pages on which the head of a table, numbers below it, was left among the lines: its columns are not sure."""
    lexicon = (knowledge or load_knowledge()).derived(task_columns)
    return [page.number for page in pages if page.words and _has_unread_table(page.rows, lexicon)]


def _has_unread_table(rows: Sequence[Row], lexicon: TaskColumns) -> bool:
    return any(is_head_row(row, lexicon) and leads_to_numbers(rows, at) for at, row in enumerate(rows))


def _heads(page: ReadPage, lexicon: TaskColumns) -> list[Row]:
    return [row for row in page.rows if is_head_row(row, lexicon)]


def _take_aligned_tables(
    pages: Sequence[ReadPage], heads: Mapping[int, Sequence[Row]], lexicon: TaskColumns
) -> None:
    """Takes tables without ruling lines out of the rows of the pages."""
    finder = AlignedFinder(lexicon)
    for page in pages:
        if not (finder.goes_on or heads[page.number]):
            continue
        rows = [parted_finely(row, page.words, GUTTER) for row in page.rows] if page.words else page.rows
        tables, held = finder.take(page.number, rows)
        page.rows = [row for row, taken in zip(page.rows, held, strict=True) if not taken]
        page.tables.extend(tables)


def _bodies(pages: Sequence[ReadPage]) -> list[Body]:
    """The text area of each page: its own where it has enough long lines, else that of the pages of its width."""
    by_width: dict[int, list[ReadPage]] = {}
    for page in pages:
        by_width.setdefault(round(page.width / 10), []).append(page)
    shared = {key: measure([page.rows for page in same], same[0].width) for key, same in by_width.items()}
    bodies = []
    for page in pages:
        body = shared[round(page.width / 10)]
        long = sum(row.pieces[-1].x1 - row.pieces[0].x0 > 0.6 * page.width for row in page.rows)
        if long >= _LONG_LINES:
            own = measure([page.rows], page.width)
            body = body._replace(left=own.left, right=own.right)
        elif page.tables and long < _FEW_LINES:
            # Of a page that is nearly all table the table shows the margins.
            left, right = min(table.box.x0 for table in page.tables), max(table.box.x1 for table in page.tables)
            body = body._replace(left=min(left, body.left), right=max(right, body.right))
        bodies.append(body)
    return bodies


def _items(page: ReadPage) -> Iterator[list[Row] | PageTable]:
    """The tables of a page and the rows between them, from top to bottom."""
    rest = page.rows
    for table in sorted(page.tables, key=lambda one: one.box.top):
        above = [row for row in rest if (row.top + row.bottom) / 2 < table.box.top]
        rest = rest[len(above) :]
        if above:
            yield above
        yield table
    if rest:
        yield rest


class _Flow:
    """Collects lines and tables; a run of lines is closed by a table, a table by lines or by another table."""

    def __init__(self, bold_tells: bool) -> None:
        self.bold_tells = bold_tells
        self.blocks: list[Line | Grid] = []
        self.lines: list[Laid] = []
        self.notes: list[tuple[int, list[Laid]]] = []
        self.parts: list[PageTable] = []

    def add_lines(self, lines: Sequence[Laid]) -> None:
        if lines:
            self._close_table()
            self.lines.extend(lines)

    def add_notes(self, notes: list[Laid]) -> None:
        """Footnotes of a page: they come after the paragraph that the page break interrupts."""
        if notes:
            self.notes.append((len(self.lines), notes))

    def add_table(self, table: PageTable) -> None:
        if self.parts and continues(table, self.parts[-1]):
            self.parts.append(table)
            return
        self._close_table()
        self._close_lines()
        self.parts = [table]

    def finished(self) -> list[Line | Grid]:
        self._close_table()
        self._close_lines()
        return self.blocks

    def _close_table(self) -> None:
        if self.parts:
            self.blocks.append(make_grid(self.parts))
            self.parts = []

    def _close_lines(self) -> None:
        opens = openings(self.lines)
        waiting = self.notes
        for index, (line, opening) in enumerate(zip(self.lines, opens, strict=True)):
            while waiting and waiting[0][0] <= index and opening is not False:
                self._put_notes(waiting.pop(0)[1])
            self.blocks.append(self._line(line, opening))
        for _, notes in waiting:
            self._put_notes(notes)
        self.lines, self.notes = [], []

    def _put_notes(self, notes: Sequence[Laid]) -> None:
        last = 0
        for index, note in enumerate(notes):
            found = _FOOTNOTE.match(note.piece.text)
            number = int(found[1] or 0) if found else 0
            opens = index == 0 or (found is not None and (number == last + 1 or not number))
            last = number if opens else last
            self.blocks.append(self._line(note, opens))

    def _line(self, line: Laid, opens: bool | None) -> Line:
        piece = line.piece
        short = piece.x1 - piece.x0 < _FULL * line.body.width
        hint = self.bold_tells and line.placed.block == 0 and piece.bold and short
        return Line(piece.text, line.page, Box(*piece[1:5]), opens, line.placed.side, hint)


def _tells_by_bold(pages: Sequence[ReadPage]) -> bool:
    """Whether bold marks headings in a document: not where most of its lines are bold."""
    bold = [piece.bold for page in pages for row in page.rows for piece in row.pieces]
    return sum(bold) < 0.5 * len(bold)


# ------------------------------------------------------------------ running lines


def drop_running_lines(pages: Sequence[ReadPage], heads: Mapping[int, Sequence[Row]] | None = None) -> None:
    """Takes page numbers, and lines that stand at the top or bottom of most pages, out of the rows of the pages.

    `heads` are rows of a table's head by page: they and the lines around them stay, on however many pages they stand.
    """
    heads = heads or {}
    for at_top in (True, False):
        for _ in range(_DEPTH):
            texts = {page.number: _edge_row(page, at_top, heads.get(page.number, ())) for page in pages}
            counts = Counter(_shape(row) for row in texts.values() if row is not None)
            least = max(_LEAST_REPEATS, _MOST_PAGES * len(pages))
            common = {shape for shape, count in counts.items() if count >= least}
            for page in pages:
                row = texts[page.number]
                if row is not None and (_is_page_number(row, page) or _shape(row) in common):
                    page.rows.remove(row)


def _edge_row(page: ReadPage, at_top: bool, heads: Sequence[Row]) -> Row | None:
    """The first or last row of a page where it stands in the margin and no table stands beyond it."""
    if not page.rows:
        return None
    row = page.rows[0 if at_top else -1]
    if any(abs(row.top - head.top) < _HEAD_DEPTH * head.height for head in heads):
        return row if _is_page_number(row, page) else None
    if at_top:
        beyond = any(table.box.bottom < row.top for table in page.tables)
        return row if row.top < _MARGIN * page.height and not beyond else None
    beyond = any(table.box.top > row.bottom for table in page.tables)
    return row if row.bottom > (1 - _MARGIN) * page.height and not beyond else None


def _shape(row: Row) -> tuple[str, int]:
    """What a running line shares on all pages: its words, every number as one sign, and its height on the page."""
    return _DIGITS.sub("#", " ".join(piece.text for piece in row.pieces)), round(row.bottom / _SAME_HEIGHT)


def _is_page_number(row: Row, page: ReadPage) -> bool:
    """Whether a row is nothing but a page number, in the middle or in a corner."""
    if len(row.pieces) > 1 or not _PAGE_NUMBER.match(row.pieces[0].text):
        return False
    piece = row.pieces[0]
    return abs(piece.centre - page.width / 2) < 0.08 * page.width or piece.x0 > 0.8 * page.width


def _take_footnotes(page: ReadPage) -> list[Row]:
    """Takes the footnotes out of a page's rows: the last rows in small print, from the first that bears a number."""
    if len(page.rows) < 4:
        return []
    size = sorted(row.height for row in page.rows)[len(page.rows) // 2] * _FOOTNOTE_SIZE
    first = len(page.rows)
    while first > 1 and page.rows[first - 1].height < size and len(page.rows[first - 1].pieces) == 1:
        first -= 1
    while first < len(page.rows) and not _FOOTNOTE.match(page.rows[first].pieces[0].text):
        first += 1
    if any(table.box.top > page.rows[first].bottom for table in page.tables if first < len(page.rows)):
        return []
    notes = page.rows[first:]
    del page.rows[first:]
    return notes
