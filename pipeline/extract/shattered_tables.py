"""Tables that an earlier text extraction shattered: a cell, or a line of one, stands on each line of the text.

The head is known by its titles, the rows by numbers that count up by one, groups by the numbers that begin anew below
them. What is not sure stays as lines, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.extract.frame_words import NEXT_PART, RECIPIENTS, SIGNS
from pipeline.extract.shattered_rows import Dealer, Dealt
from pipeline.extract.table_head import is_period, is_serial_title
from pipeline.knowledge import Knowledge
from pipeline.knowledge.cells import cell_lines
from pipeline.knowledge.tasks import ColumnRole, task_columns
from pipeline.knowledge.text import LOWER, UPPER
from pipeline.values import Cell, Grid

_TITLE = re.compile(rf"\s+(?=[{UPPER}][{LOWER}])")
_NUMBER = re.compile(r"(\d{1,3})([.)]?)(?:\s+(\S.*))?$")
_GROUP = re.compile(r"([IVXL]{1,5}|[A-ZĐ])([.)]?)(?:\s+(\S.*))?$")
_COLUMN_NUMBER = re.compile(r"\(\d{1,2}\)$")
_HEADING = re.compile(rf"[IVXL]{{1,5}}\s?[.)/]\s*[{UPPER}]|(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|ĐIỀU|Điều)\s+[IVXL\d]")
_LEAST_COLUMNS, _MOST_TITLE_LINES, _LONGEST_TITLE = 3, 12, 60
_LEAST_ROWS = 2
_LEAST_EVEN_ROWS = 3
# The share of rows whose time must look like one before lines are dealt out by their place alone.
_EVEN_TIMES = 0.75
# The share of rows that may stay undealt in a table that is read.
_UNDEALT = 0.25
_DEALT_ROLES = frozenset(("content", "lead", "support", "time", "note"))


class TextLine(NamedTuple):
    """A line with words in it: its row in the text, its page."""

    text: str
    row: int
    page: int


class ShatteredTable(NamedTuple):
    """A table from one row of a text up to another; rows whose cells are not sure stand in it as one cell."""

    first: int
    end: int
    grid: Grid
    is_whole: bool


class Shattered(NamedTuple):
    """The tables of a text, and the pages on which one stands that is not read, or not all of it."""

    tables: list[ShatteredTable]
    unread: frozenset[int]


class _Head(NamedTuple):
    titles: list[str]
    roles: list[ColumnRole]
    end: int
    is_known: bool


@dataclass(slots=True)
class _Row:
    """A row while it is read: a group where it has a title in place of a number that counts."""

    number: str
    group: str | None
    page: int
    start: int
    lines: list[str] = field(default_factory=list)


def shattered_tables(lines: Sequence[TextLine], knowledge: Knowledge) -> Shattered:
    """Finds the tables whose head begins with the title of the serial numbers on a line of its own or before others."""
    found: list[ShatteredTable] = []
    unread: set[int] = set()
    at = 0
    while at < len(lines):
        head = _head(lines, at, knowledge) if _may_begin(lines[at].text) else None
        if head is None:
            at += 1
            continue
        table = _Reader(lines, head, knowledge).table(at) if head.is_known else None
        if table is None or not table[0].is_whole:
            unread.add(lines[at].page)
        if table is None:
            at = head.end
        else:
            found.append(table[0])
            at = table[1]
    return Shattered(found, frozenset(unread))


def _may_begin(text: str) -> bool:
    return is_serial_title(text.split(" ", 1)[0])


def _head(lines: Sequence[TextLine], at: int, knowledge: Knowledge) -> _Head | None:
    """The head that begins with a line: titles that stand one a line, wrapped or in one line; None where it is none."""
    lexicon = knowledge.derived(task_columns)
    titles: list[str] = []
    end = at
    while end < min(len(lines), at + _MOST_TITLE_LINES) and not _begins_body(lines, end):
        for number, title in enumerate(_titles(lines[end].text)):
            if number == 0 and titles and title[0].islower():
                titles[-1] += f" {title}"
            else:
                titles.append(title)
        end += 1
    if end == len(lines) or len(titles) < _LEAST_COLUMNS or any(len(title) > _LONGEST_TITLE for title in titles):
        return None
    roles = [lexicon.role(title) for title in titles]
    known = {role for role in roles if role is not None}
    if roles[0] != "number" or "content" not in known or not known & {"lead", "support", "time"}:
        return None
    kept = [role for role in roles if role is not None]
    return _Head(titles, kept, end, len(kept) == len(roles) and _can_be_dealt(kept[1:]))


def _titles(line: str) -> list[str]:
    """The titles in one line: each begins with a capital, after that of the serial numbers."""
    first, _, rest = line.partition(" ")
    if is_serial_title(first) and rest:
        return [first, *_TITLE.split(rest)]
    return [first] if is_serial_title(line) else _TITLE.split(line)


def _begins_body(lines: Sequence[TextLine], at: int) -> bool:
    text = lines[at].text
    number, group = _NUMBER.match(text), _GROUP.match(text)
    return bool(number or _COLUMN_NUMBER.match(text) or is_period(text) or (group and (not group[3] or is_period(group[3]))))


def _can_be_dealt(roles: Sequence[ColumnRole]) -> bool:
    """Whether words tell the columns apart: each once, the content first or behind the time, a note at the end."""
    if len(set(roles)) < len(roles) or not set(roles) <= _DEALT_ROLES or not set(roles) & {"lead", "time"}:
        return False
    before = roles[: roles.index("content")]
    return list(before) in ([], ["time"]) and ("note" not in roles or roles[-1] == "note")


class _Reader:
    """Reads the rows below one head."""

    def __init__(self, lines: Sequence[TextLine], head: _Head, knowledge: Knowledge) -> None:
        self.lines = lines
        self.head = head
        self.words = knowledge.derived(cell_lines)
        self.rows: list[_Row] = []
        self.last = 0
        self.sign: str | None = None
        self.groups: tuple[bool, str, bool] | None = None
        self.body = head.end

    def table(self, first: int) -> tuple[ShatteredTable, int] | None:
        """The table, and the first line below it; None where its rows are not sure."""
        end = self._read()
        if end is None or sum(row.group is None for row in self.rows) < _LEAST_ROWS:
            return None
        roles = [role for role in self.head.roles[1:] if role != "note"]
        widest = max((len(line) for row in self.rows for line in row.lines), default=0)
        dealer = Dealer(roles, self.words, widest)
        dealt = self._by_position() or [
            None if row.group is not None else dealer.deal(row.lines, row is self.rows[-1]) for row in self.rows
        ]
        closing = dealt[-1]
        if closing is None:
            # Without its cells nobody knows where the last row ends.
            end = self.rows.pop().start
            dealt.pop()
        else:
            end -= len(self.rows[-1].lines) - closing.used
        counted = [cells for row, cells in zip(self.rows, dealt, strict=True) if row.group is None]
        undealt = sum(cells is None for cells in counted)
        if len(counted) - undealt < _LEAST_ROWS or undealt > _UNDEALT * len(counted):
            return None
        is_whole = not undealt and closing is not None
        grid = self._grid(first, dealt)
        return ShatteredTable(self.lines[first].row, self.lines[end - 1].row + 1, grid, is_whole), end

    def _by_position(self) -> list[Dealt | None] | None:
        """A line a cell where every row has as many lines as the table has columns and its times stand in their column."""
        roles = self.head.roles[1:]
        rows = [row for row in self.rows if row.group is None]
        even = all(len(row.lines) == len(roles) for row in rows[:-1])
        if len(rows) < _LEAST_EVEN_ROWS or not even or len(rows[-1].lines) < len(roles):
            return None
        times = [row.lines[roles.index("time")] for row in rows] if "time" in roles else []
        if not times or sum(map(self.words.is_time, times)) < _EVEN_TIMES * len(times):
            return None
        kept = [at for at, role in enumerate(roles) if role != "note"]
        return [
            None if row.group is not None else Dealt(tuple(row.lines[at] for at in kept), len(roles)) for row in self.rows
        ]

    def _read(self) -> int | None:
        """Reads the rows; gives the line below them, None where the numbers do not count up."""
        at = self.head.end
        while at < len(self.lines) and _COLUMN_NUMBER.match(self.lines[at].text):
            at += 1
        self.body = at
        while at < len(self.lines) and not self._ends(at):
            step = self._take(at)
            if step is None:
                return None
            at += step
        return at

    def _take(self, at: int) -> int | None:
        """Takes the line `at`; gives how many lines were taken, None where it is a number that does not count."""
        line = self.lines[at]
        taken = self._group(at)
        if taken:
            return taken
        number = _NUMBER.match(line.text)
        if number and int(number[1]) == self.last + 1 and self._is_row(number):
            self.last += 1
            self.sign = number[2]
            self.rows.append(_Row(number[1] + number[2], None, line.page, at, [number[3]] if number[3] else []))
            return 1
        if (number and not number[3]) or not self.rows or self.rows[-1].group is not None:
            return None
        self.rows[-1].lines.append(line.text)
        return 1

    def _is_row(self, number: re.Match[str]) -> bool:
        alike = self.sign is None or number[2] == self.sign
        return alike and (not number[3] or number[3][0].isupper())

    def _group(self, at: int) -> int:
        """How many lines a group's title has that begins here, 0 where none does; it is taken."""
        line = self.lines[at]
        found = _GROUP.match(line.text)
        number, sign, title = (found[1], found[2], found[3]) if found else ("", "", line.text)
        taken = 1
        if found and not title and at + 1 < len(self.lines):
            title, taken = self.lines[at + 1].text, 2
        if not title or not (found or is_period(title)):
            return 0
        kind = (bool(number), sign, is_period(title))
        below = _NUMBER.match(self.lines[at + taken].text) if at + taken < len(self.lines) else None
        if not number and ("time" in self.head.roles or below is None or below[1] != "1"):
            return 0
        starts = below is not None and int(below[1]) in (1, self.last + 1) and self._is_row(below)
        may_be_first = self.groups is None and (not self.rows or kind[2])
        if not starts or below is None or not (kind == self.groups or may_be_first):
            return 0
        self.groups = kind
        self.last = int(below[1]) - 1
        self.rows.append(_Row(number + sign, title, line.page, at))
        return taken

    def _ends(self, at: int) -> bool:
        """Whether other text begins: a heading, a signature, another head."""
        text = self.lines[at].text
        if RECIPIENTS.match(text) or SIGNS.match(text) or NEXT_PART.match(text) or _may_begin(text):
            return True
        return bool(_HEADING.match(text)) and not self._is_group_below(at)

    def _is_group_below(self, at: int) -> bool:
        found = _GROUP.match(self.lines[at].text)
        if found is None or not found[3]:
            return False
        return is_period(found[3]) or not self.rows or self.groups == (True, found[2], False)

    def _grid(self, first: int, dealt: Sequence[Dealt | None]) -> Grid:
        columns = len(self.head.titles)
        page = self.lines[first].page
        rows = [tuple(Cell(title, column, page=page) for column, title in enumerate(self.head.titles))]
        if self.body > self.head.end:
            numbers = [line.text for line in self.lines[self.head.end : self.body]]
            rows.append(tuple(Cell(text, min(column, columns - 1), page=page) for column, text in enumerate(numbers)))
        rows += [tuple(self._cells(row, cells)) for row, cells in zip(self.rows, dealt, strict=True)]
        header = 2 if self.body > self.head.end else 1
        return Grid(tuple(rows), columns, page, header, origin="shattered")

    def _cells(self, row: _Row, dealt: Dealt | None) -> Iterator[Cell]:
        columns = len(self.head.titles)
        if row.group is not None and not row.number:
            yield Cell(row.group, 0, 1, columns, row.page)
            return
        yield Cell(row.number, 0, page=row.page)
        if row.group is not None:
            content = self.head.roles.index("content")
            texts = ["" if column != content else row.group for column in range(1, columns)]
        elif dealt is None:
            yield Cell("\n".join(row.lines), 1, 1, columns - 1, row.page)
            return
        else:
            texts = [*dealt.cells, ""][: columns - 1]
        yield from (Cell(text, column, page=row.page) for column, text in enumerate(texts, start=1))
