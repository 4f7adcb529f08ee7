"""Tables without ruling lines: rows of text that share columns below a head of known titles.

A head begins a table, nothing else does: letterheads, signatures, lists and tab-aligned text have none. The table goes
on as long as the lines leave its columns apart, over pages too, with the head repeated or not. Rows come from any
engine, their pieces parted at blanks as narrow as `aligned_columns.GUTTER`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.extract.aligned_body import Anchors, Body, anchors_of, body_below, count_of, grown, is_torn
from pipeline.extract.aligned_columns import Columns, Head, Stretch, heads, is_group, is_head_row
from pipeline.extract.aligned_rows import Cut, cuts_of, middle_of, number_middle, other_cuts, part_by_blanks, part_numbered
from pipeline.extract.layout import Row, Segment
from pipeline.extract.paragraphs import starts_lower
from pipeline.extract.pdf_tables import PageTable, Part, cell_text
from pipeline.extract.table_head import is_period
from pipeline.knowledge.tasks import TaskColumns
from pipeline.values import Box

# Line heights: what the blanks between columns may miss each other by on two pages, and how far they may move.
_SAME_EDGE, _MOVED = 0.5, 1.2
# The first rows of a page in which a repeated head shows; the least rows of a table with numbers, without, and of its rest.
_HEAD_ROWS, _LEAST_NUMBERED, _LEAST_UNNUMBERED, _LEAST_REST = 4, 2, 3, 1
# The share of rows that may begin in small letters.
_FEW, _MOST = 0.1, 0.5
_LINES_FOR_HEIGHT = 12
# Heads of a page that may turn out to be none.
_MOST_TRIES = 12


class _Layout(NamedTuple):
    """The columns of a table that was read, and their edges; where its numbers stand in their rows."""

    columns: Columns
    edges: list[float]
    numbered: bool
    at_top: bool


class _Found(NamedTuple):
    """A table, the rows that it took, the last number that it counted to."""

    table: PageTable
    first: int
    end: int
    layout: _Layout
    last: int


@dataclass(slots=True)
class _Open:
    """A table that reached the end of its page."""

    page: int
    layout: _Layout
    last: int
    unclosed: bool


class AlignedFinder:
    """Finds the tables of a document page by page, in order."""

    def __init__(self, lexicon: TaskColumns) -> None:
        self._lexicon = lexicon
        self._open: _Open | None = None

    @property
    def goes_on(self) -> bool:
        """Whether a table reached the end of the last page taken."""
        return self._open is not None

    def take(self, page: int, rows: Sequence[Row]) -> tuple[list[PageTable], list[bool]]:
        """The tables of the next page, and for each of its rows whether a table holds it now."""
        before = self._open if self._open is not None and self._open.page == page - 1 else None
        self._open = None
        tables: list[PageTable] = []
        held = [False] * len(rows)
        at = tries = 0
        while at < len(rows):
            found = None
            if at == 0 and before is not None and not any(is_head_row(row, self._lexicon) for row in rows[:_HEAD_ROWS]):
                found = _continued(page, rows, before)
            elif tries < _MOST_TRIES and is_head_row(rows[at], self._lexicon):
                found = self._begun(page, rows, at, before)
                tries += found is None
            if found is None or any(held[found.first : at]):
                at += 1
                continue
            tables.append(found.table)
            held[found.first : found.end] = [True] * (found.end - found.first)
            at = found.end
            if at == len(rows):
                at_top = found.layout.at_top and (before is None or found.first > 0 or before.layout.at_top)
                layout = found.layout._replace(at_top=at_top)
                self._open = _Open(page, layout, found.last, _is_unclosed(found.table))
        return tables, held

    def _begun(self, page: int, rows: Sequence[Row], at: int, before: _Open | None) -> _Found | None:
        """The table whose head stands around row `at`, in the best of all readings of the head."""
        found: list[_Found] = []
        for numbered in (True, False):
            readings = (_read(page, rows, head, before is not None) for head in heads(rows, at, numbered))
            found = found or [table for table in readings if table is not None]
        best = max(found, key=self._fitness, default=None)
        return best if best is None or before is None else _aligned(best, before.layout)

    def _fitness(self, found: _Found) -> tuple[int, int, int]:
        """How many rows a reading has, how many of its titles are known beside those that are not, how many columns."""
        titles = [part.text for part in found.table.rows[0] if part.text]
        known = sum(self._lexicon.role(title) is not None for title in titles)
        return len(found.table.rows), 2 * known - len(titles), len(found.table.edges)


def _read(page: int, rows: Sequence[Row], head: Head, is_rest: bool) -> _Found | None:
    columns = Columns(head.titles, median(row.height for row in rows[head.row : head.row + _LINES_FOR_HEIGHT]))
    body = body_below(rows, head, columns) if columns.is_open else None
    if body is None:
        return None
    if not head.numbered:
        return _finished_by_blanks(page, rows, body, head)
    anchors = anchors_of(rows, body, head.row)
    if anchors is None or len(anchors.rows) <= (_LEAST_REST if is_rest else _LEAST_NUMBERED):
        return None
    return _finished(page, rows, body, anchors, has_head=True)


# ------------------------------------------------------------------ rows


def _finished(
    page: int, rows: Sequence[Row], body: Body, anchors: Anchors, has_head: bool, cut_row: bool = False
) -> _Found | None:
    """The table of numbered rows; None where its lines cannot be parted into rows or its columns are not all told.

    `cut_row`: what stands above the first number is the rest of a row that began on the page before.
    """
    lines, plain = rows[body.first : body.end], body.plain(rows)
    edges = body.columns.edges(plain)
    parting = part_numbered(lines, anchors.rows, body.columns.height)
    if parting is None or body.columns.has_hidden(plain, edges):
        return None
    if has_head and _head_runs_on(parting.cuts[0], lines, anchors, edges):
        return None
    cuts = [*parting.cuts]
    if cut_row:
        above = [cut for cut in cuts_of(lines, body.columns.height) if cut.middle < number_middle(anchors.rows[0])]
        cuts += [cut for cut in above[-1:] if not _tears(cut, lines, edges)]
    first, last = number_middle(anchors.rows[0]), number_middle(anchors.rows[-1])
    for cut in other_cuts(lines, parting.cuts, body.columns.height):
        if _tears(cut, lines, edges) or (has_head and cut.middle < first):
            continue
        if first < cut.middle < last:
            return None  # A row between two numbers: one was lost.
        if cut.middle > last and body.end < len(rows):
            # Below the last row of a table that ends on this page other text begins.
            body.end = next(index for index in range(body.first, body.end) if middle_of(rows[index]) > cut.middle)
            break
        cuts.append(cut)
    layout = _Layout(body.columns, edges, True, parting.at_top)
    found = _made(page, rows, body, sorted(set(cuts)), layout, anchors.last, has_head)
    return found if _rows_begin_anew(found.table, parting.sure) else None


def _tears(cut: Cut, rows: Sequence[Row], edges: Sequence[float]) -> bool:
    """Whether a sentence of some column goes on below a cut."""
    below: dict[float, str] = {}
    for row in rows:
        for piece in row.pieces:
            if (piece.top + piece.bottom) / 2 > cut.middle:
                below.setdefault(_column(piece, edges), piece.text)
    return any(map(starts_lower, below.values()))


def _head_runs_on(cut: Cut, rows: Sequence[Row], anchors: Anchors, edges: Sequence[float]) -> bool:
    """Whether what stands below the serial's title in the head goes on below the cut: it is the first row's."""
    title = anchors.rows[0].pieces[0]
    columns = {
        _column(piece, edges) for row in rows for piece in row.pieces if piece.top > title.top and piece.bottom < cut.bottom
    }
    own = [Row(row.top, row.bottom, [piece for piece in row.pieces if _column(piece, edges) in columns]) for row in rows]
    return _tears(cut, own, edges)


def _rows_begin_anew(table: PageTable, sure: bool) -> bool:
    """Whether the rows begin where sentences do: nearly no cell of the widest column goes on in small letters.

    Where it is not sure how the rows part, no cell may, unless most of its column do.
    """
    wide = _widest(table)
    rows = [row for row in table.rows[1:] if len(row) == len(table.edges) - 1]
    for column in range(len(table.edges) - 1):
        torn = sum(starts_lower(row[column].text) for row in rows)
        if torn > _FEW * len(rows) if sure and column == wide else not sure and 0 < torn < _MOST * len(rows):
            return False
    return True


def _widest(table: PageTable) -> int:
    """The widest column: that of what is to be done."""
    return max(range(len(table.edges) - 1), key=lambda at: table.edges[at + 1] - table.edges[at])


def _finished_by_blanks(page: int, rows: Sequence[Row], body: Body, head: Head) -> _Found | None:
    """The table of rows that are not told by numbers: blanks part them, and each has what a row must have."""
    lines = rows[body.first : body.end]
    edges = body.columns.edges(body.plain(rows))
    if body.columns.has_hidden(body.plain(rows), edges):
        return None
    for candidates in part_by_blanks(lines, body.columns.height):
        cuts = candidates
        own = Body(body.columns, body.first, body.end, body.across)
        while cuts and own.end < len(rows) and _is_lone(cuts[-1], rows[own.first : own.end], edges):
            # A heading below the table stands in one of its columns.
            own.end = next(at for at in range(own.first, own.end) if middle_of(rows[at]) > cuts[-1].middle)
            cuts = cuts[:-1]
        if len(cuts) < _LEAST_UNNUMBERED:
            continue
        layout = _Layout(body.columns, edges, False, False)
        found = _made(page, rows, own, cuts, layout, 0, has_head=True)
        if _are_rows(found.table, head.has_serials) and _rows_begin_anew(found.table, sure=False):
            return found
    return None


def _are_rows(table: PageTable, has_serials: bool) -> bool:
    """Whether every row has words in its main column and in another, or names a group; numbers count its rows."""
    last: int | None = None
    main = _widest(table) if has_serials else 0
    for row in table.rows[1:]:
        texts = [part.text for part in row]
        number = count_of(texts[0]) if has_serials else None
        filled = sum(map(bool, texts[has_serials:]))
        if filled == 1 and (is_period(texts[min(main, len(texts) - 1)]) or is_group(texts[-1])):
            last = None
            continue
        if filled < 2 or not texts[main]:
            return False
        counted = None if last is None else last + 1
        if None not in (number, counted) and number != counted:
            return False
        last = counted if number is None else number
    return True


def _is_lone(cut: Cut, rows: Sequence[Row], edges: Sequence[float]) -> bool:
    """Whether words stand in one column only below a cut."""
    return len({_column(piece, edges) for row in rows if middle_of(row) > cut.middle for piece in row.pieces}) < 2


def _made(
    page: int, rows: Sequence[Row], body: Body, cuts: Sequence[Cut], layout: _Layout, last: int, has_head: bool
) -> _Found:
    lines = rows[body.first : body.end]
    pieces = [piece for row in lines for piece in row.pieces]
    top, bottom = min(piece.top for piece in pieces), max(piece.bottom for piece in pieces)
    ys = [top, *(cut.middle for cut in cuts if cut.middle < bottom), bottom]
    across = {id(rows[index]) for index in body.across}
    writer = _Writer(page, layout, pieces)
    table_rows: list[list[Part]] = []
    for number, (above, below) in enumerate(pairwise(ys)):
        held = [row for row in lines if above <= middle_of(row) < below]
        if has_head and number == 0:
            table_rows.extend(writer.head(held, above, below))
        elif held and all(id(row) in across for row in held):
            table_rows.append([writer.across(held, above, below)])
        elif held:
            table_rows.append(list(writer.row(held, above, below)))
    box = Box(layout.edges[0], top, layout.edges[-1], bottom)
    return _Found(PageTable(page, box, layout.edges, table_rows, "aligned"), body.first, body.end, layout, last)


class _Writer:
    """Makes the cells of one table on one page."""

    def __init__(self, page: int, layout: _Layout, pieces: Sequence[Segment]) -> None:
        self.page = page
        self.layout = layout
        edges = layout.edges
        # How far the lines of each column reach.
        self.reach = [
            max((piece.x1 for piece in pieces if low < piece.centre < high), default=high) for low, high in pairwise(edges)
        ]

    def part(self, pieces: Sequence[Segment], first: int, end: int, top: float, bottom: float) -> Part:
        """The cell over columns `first` up to `end`."""
        edges = self.layout.edges
        box = Box(edges[first], top, edges[end], bottom)
        return Part(cell_text(pieces, max(self.reach[first:end]) + 1), box, self.page)

    def across(self, rows: Sequence[Row], top: float, bottom: float) -> Part:
        """The one cell of a row that names a group."""
        return self.part([piece for row in rows for piece in row.pieces], 0, len(self.reach), top, bottom)

    def row(self, rows: Sequence[Row], top: float, bottom: float) -> Iterator[Part]:
        """The cells of one row, empty ones too."""
        edges = self.layout.edges
        pieces = [piece for row in rows for piece in row.pieces]
        for column, left in enumerate(edges[:-1]):
            held = [piece for piece in pieces if _column(piece, edges) == left]
            yield self.part(held, column, column + 1, top, bottom)

    def head(self, rows: Sequence[Row], top: float, bottom: float) -> Iterator[list[Part]]:
        """The titles: one row, or two where a title stands over the titles of several columns."""
        pieces = [piece for row in rows for piece in row.pieces]
        over = {piece: self.layout.columns.over(piece) for piece in pieces}
        wide = [piece for piece in pieces if len(over[piece]) > 1]
        if not wide:
            yield list(self.row(rows, top, bottom))
            return
        step = max(piece.bottom for piece in wide)
        below = {column for piece in wide for column in over[piece]}
        own = [Row(row.top, row.bottom, [piece for piece in row.pieces if piece not in wide]) for row in rows]
        titles = list(enumerate(self.row(own, top, bottom)))
        upper = [part for column, part in titles if column not in below]
        upper += [self.part([piece], over[piece][0], over[piece][-1] + 1, top, step) for piece in wide]
        yield sorted(upper, key=lambda part: part.box.x0)
        yield [part._replace(box=part.box._replace(top=step)) for column, part in titles if column in below]


def _column(piece: Segment, edges: Sequence[float]) -> float:
    """The left edge of the column in which a piece stands."""
    return edges[min(max(bisect_right(edges, piece.centre) - 1, 0), len(edges) - 2)]


# ------------------------------------------------------------------ over pages


def _continued(page: int, rows: Sequence[Row], before: _Open) -> _Found | None:
    """The rest of a table that reached the end of the page before, its head not repeated."""
    if not before.layout.numbered:
        return None
    return _rest(page, rows, before, 0.0) or _rest(page, rows, before, _MOVED)


def _rest(page: int, rows: Sequence[Row], before: _Open, moved: float) -> _Found | None:
    layout = before.layout._replace(columns=before.layout.columns.same(moved))
    body = grown(rows, 0, layout.columns, has_serials=True)
    anchors = anchors_of(rows, body, None, before.last) if body.end else None
    if anchors is None or is_torn(rows, body):
        return None
    if not anchors.rows:
        runs_on = before.unclosed and starts_lower(rows[0].pieces[0].text)
        return _made(page, rows, body, [], layout, before.last, has_head=False) if runs_on else None
    found = _finished(page, rows, body, anchors, has_head=False, cut_row=layout.at_top)
    return None if found is None else _aligned(found, before.layout)


def _aligned(found: _Found, before: _Layout) -> _Found:
    """A part with the columns of the part before where they are the same, so that both join."""
    edges = found.table.edges
    if len(edges) != len(before.edges):
        return found
    # The outer edges are as far apart as the words reach; the inner ones stand anywhere in the blanks.
    blanks = list(zip(before.columns.free, found.layout.columns.free, strict=True))
    slack = _SAME_EDGE * before.columns.height
    for shift in (0.0, median(x - y for x, y in list(zip(edges, before.edges, strict=True))[1:-1])):
        if all(_share(one, other, shift, slack) for one, other in blanks):
            moved = [x + shift for x in before.edges]
            _move(found.table, moved)
            return found._replace(layout=found.layout._replace(edges=moved))
    return found


def _share(one: Sequence[Stretch], other: Sequence[Stretch], shift: float, slack: float) -> bool:
    """Whether a blank between two columns is free on both pages, the first page moved by `shift`."""
    return any(low + shift - slack < end and start < high + shift + slack for low, high in one for start, end in other)


def _move(table: PageTable, edges: list[float]) -> None:
    places = dict(zip(table.edges, edges, strict=True))
    table.rows = [
        [part._replace(box=part.box._replace(x0=places[part.box.x0], x1=places[part.box.x1])) for part in row]
        for row in table.rows
    ]
    table.box = table.box._replace(x0=edges[0], x1=edges[-1])
    table.edges = edges


def _is_unclosed(table: PageTable) -> bool:
    return any(part.text and part.text[-1] not in ".;:!?" for part in table.rows[-1])
