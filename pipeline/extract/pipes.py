"""Rows whose cells are parted by `|`: a flattened letterhead becomes lines, a table becomes a grid."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.extract.aligned_columns import is_serial
from pipeline.extract.columns import Region, regions
from pipeline.extract.frame_words import NEXT_PART, RECIPIENT_ITEM
from pipeline.extract.pipe_frames import Cells, goes_on, has_recipients, is_frame, lines_of_cells
from pipeline.extract.table_head import head_rows
from pipeline.extract.text_rows import TextRow
from pipeline.values import Cell, Grid, Line

_BAR = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"[\s|:-]+$")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_ADDRESSES = re.compile(r"N[ơo]i\s+(?:nh[ậâa]n|gửi)\s*:$", re.IGNORECASE | re.MULTILINE)  # a list begins, a table has ended
_LEAST_COLUMNS = 3
_BARRED = 0  # no page of its own: it ends the region above
_MOST_BARE_ROWS = 8
_LONGEST_BARE_ROW = 75


@dataclass(frozen=True, slots=True)
class PipeBlock:
    """Consecutive rows with bars, from the given one up to `end`, read as lines or as one grid."""

    end: int
    blocks: tuple[Line | Grid, ...]


def has_bar(row: TextRow) -> bool:
    """Whether a row has cells: a bar between or behind texts."""
    return "|" in row.text and not row.is_rule


def regions_without_bars(rows: Sequence[TextRow], texts: Sequence[str]) -> dict[int, Region]:
    """The two-column regions among rows, by their first row; a row with bars, whatever its blanks, is in none."""
    pages = [_BARRED if has_bar(row) else row.page for row in rows]
    return {region.first: region for region in regions(texts, pages) if pages[region.first] != _BARRED}


def read_pipes(rows: Sequence[TextRow], at: int, clean: Callable[[str], str]) -> PipeBlock:
    """Reads the rows with bars from `at` on; `clean` takes a cell's own marks off."""
    reader = _Reader(rows, clean, fenced=rows[at].text.lstrip().startswith("|"))
    end, ruled = at, False
    table: list[Cells] = []
    while end < len(rows) and rows[end].page == rows[at].page and (has_bar(rows[end]) or _is_separator(rows[end])):
        if _is_separator(rows[end]):
            ruled = True
        else:
            cells = reader.cells(rows[end].text)
            if table and _ADDRESSES.match(cells[0]):
                break
            table.append((rows[end].page, cells))
        end += 1
    if is_frame(table):
        end = reader.rest_of_frame(table, end)
        return PipeBlock(end, lines_of_cells(table))
    return PipeBlock(end, _as_grid(table) if _is_table(table, ruled) else lines_of_cells(table))


def _is_separator(row: TextRow) -> bool:
    return "|" in row.text and "-" in row.text and bool(_SEPARATOR.match(row.text))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Cuts rows into cells; `fenced` rows have a bar before the first cell too."""

    rows: Sequence[TextRow]
    clean: Callable[[str], str]
    fenced: bool

    def cells(self, text: str) -> list[str]:
        """The cells of a row, without the bars around it."""
        bare = text.strip()
        if self.fenced:
            bare = bare.removeprefix("|")
        if bare.endswith("|") and not bare.endswith("\\|"):
            bare = bare[:-1]
        return ["\n".join(self.clean(part).strip() for part in _BREAK.split(cell)) for cell in _BAR.split(bare)]

    def rest_of_frame(self, table: list[Cells], end: int) -> int:
        """Adds the rows of a frame that follow below blank or drawn ones, or with a left cell alone and so no bar."""
        page, recipients = table[0][0], has_recipients(table)
        bare: list[Cells] = []
        for index in range(end, len(self.rows)):
            row = self.rows[index]
            if row.page != page or index - end > _MOST_BARE_ROWS:
                break
            if has_bar(row):
                cells = self.cells(row.text)
                if not goes_on(table, cells):
                    break
                table.extend((*bare, (page, cells)))
                end, bare = index + 1, []
            elif not (row.is_blank or row.is_rule):
                text = self.clean(row.text).strip()
                item = recipients and bool(RECIPIENT_ITEM.match(text))
                if not item and not self._may_stand_left(text):
                    break
                bare.append((page, [text]))
                if item and index == end + len(bare) - 1:
                    table.extend(bare)
                    end, bare = index + 1, []
        return end

    @staticmethod
    def _may_stand_left(text: str) -> bool:
        return text.isupper() and len(text) <= _LONGEST_BARE_ROW and not NEXT_PART.match(text)


def _is_table(table: Sequence[Cells], ruled: bool) -> bool:
    """A Markdown table, or rows of as many cells each; a group's row (`I | Quý I`) may leave out its empty cells."""
    widest = max((len(row) for _, row in table), default=0)
    if ruled:
        return widest >= 2
    whole = sum(len(row) == widest for _, row in table)
    return whole >= 2 and widest >= _LEAST_COLUMNS and all(len(row) == widest or _is_group(row) for _, row in table)


def _is_group(row: Sequence[str]) -> bool:
    """A serial number and a title, or a title alone."""
    return len(row) == 1 or (len(row) == 2 and is_serial(row[0]))


def _as_grid(table: Sequence[Cells]) -> tuple[Grid, ...]:
    columns = max(len(row) for _, row in table)
    rows = tuple(
        tuple(Cell(text, column, page=page) for column, text in enumerate(row + [""] * (columns - len(row))))
        for page, row in table
    )
    return (Grid(rows, columns, page=table[0][0], header_rows=head_rows([row for _, row in table])),)
