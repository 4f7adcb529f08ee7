"""Tasks from tables: one for each row, with the period of the group row above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from models import Actor, Date, Product, Task, TaskTable
from pipeline.assemble.actors import cut_cell
from pipeline.assemble.mentions import Mentions
from pipeline.assemble.places import Places
from pipeline.assemble.task_fields import deadline_in
from pipeline.assemble.task_text import TaskText
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.tasks import ColumnRole, TaskColumns, TaskWords, task_columns, task_words
from pipeline.values import CellSpan, GridOrigin, NormalText, Span, TextGrid

_FILLED = 0.5  # the share of a cell that a time takes where the cell says nothing else
_NUMBERING_CELL = re.compile(r"\(?\d{1,2}\)?")
# How sure a task is by how its table was told: with the actor of its row, and without one.
_CONFIDENCE: dict[GridOrigin, tuple[float, float]] = {
    "drawn": (0.95, 0.7),
    "aligned": (0.85, 0.6),
    "shattered": (0.75, 0.5),
}


@dataclass(slots=True)
class _Table:
    """A task table while it is read."""

    grid: TextGrid
    roles: dict[int, ColumnRole]
    columns: tuple[str, ...]
    words: TaskWords
    first_row: int
    period: str | None = None
    tasks: list[Task] = field(default_factory=list)


def tasks_from_tables(
    normal: NormalText, given: TaskText, mentions: Mentions, places: Places, knowledge: Knowledge
) -> list[Task]:
    """The tasks of all tables whose head names a content column and an actor or time column; ids are given later."""
    lexicon, words = knowledge.derived(task_columns), knowledge.derived(task_words)
    found: list[Task] = []
    for grid in normal.grids:
        table = _open(normal.text, grid, lexicon, words)
        if table is not None:
            for number in range(table.first_row, len(grid.rows)):
                _read_row(given, table, number, mentions, places)
            found.extend(table.tasks)
    return found


def _open(text: str, grid: TextGrid, lexicon: TaskColumns, words: TaskWords) -> _Table | None:
    head_rows = max(1, grid.header_rows)
    roles: dict[int, ColumnRole] = {}
    names: dict[int, str] = {}
    for row in grid.rows[:head_rows]:
        for cell in row:
            head = " ".join(text[cell.start : cell.end].split())
            role = lexicon.role(head) if head else None
            if role is not None and (role not in roles.values() or role in ("note", "time")):
                roles[cell.column] = role
            if head and not _NUMBERING_CELL.fullmatch(head):
                names[cell.column] = head
    if "content" not in roles.values() and "lead" in roles.values():
        # What stands first, before who is in charge of it, is what is to be done, whatever its title.
        first_other = min((column for column in names if column not in roles), default=None)
        if first_other is not None and first_other < min(column for column, role in roles.items() if role == "lead"):
            roles[first_other] = "content"
    held = set(roles.values())
    if "content" not in held or not held & {"lead", "support", "time"}:
        return None
    first = head_rows
    while first < len(grid.rows) and _is_numbering(text, grid.rows[first]):
        first += 1
    return _Table(grid, roles, tuple(names[column] for column in sorted(names)), words, first)


def _is_numbering(text: str, row: tuple[CellSpan, ...]) -> bool:
    """`(1) (2) (3)` under the head."""
    filled = [text[c.start : c.end].strip() for c in row if c.end > c.start]
    return len(filled) > 1 and all(_NUMBERING_CELL.fullmatch(words) for words in filled)


def _read_row(given: TaskText, table: _Table, number: int, mentions: Mentions, places: Places) -> None:
    cells = {cell.column: cell for cell in table.grid.rows[number] if cell.end > cell.start}
    by_role: dict[ColumnRole, CellSpan] = {}
    for column, cell in cells.items():
        role = table.roles.get(column)
        if role is not None and role not in by_role:
            by_role[role] = cell
    content = by_role.get("content")
    if not by_role.keys() & {"lead", "support", "time"}:
        heading = content or _merged_heading(table, cells)
        if heading is not None and (number_is_group(given.text, by_role.get("number")) or content is None):
            table.period = _period_of(heading, mentions)
            return
    if content is None or _is_undealt(table.grid, content):
        return
    lead, support = _actors(given, by_role, mentions, table.words)
    deadline = _deadline(by_role, content, mentions)
    task = Task(
        id="",
        text=given.text[content.start : content.end],
        start=content.start,
        end=content.end,
        page=content.page,
        section_id=places.section_id(content.start),
        assignees=tuple(lead),
        coordinators=tuple(support),
        deadline=deadline,
        period=table.period,
        product=_product(given.text, by_role.get("product")),
        origin="table",
        table=TaskTable(page=content.page, row=number + 1, columns=table.columns),
        rule="task_table",
        confidence=_CONFIDENCE[table.grid.origin][0 if lead else 1],
    )
    table.tasks.append(task)


def _is_undealt(grid: TextGrid, content: CellSpan) -> bool:
    """Whether the cells of a row could not be told apart: who does it stands among the words of what is to be done."""
    return grid.origin == "shattered" and content.column_span > 1


def number_is_group(text: str, cell: CellSpan | None) -> bool:
    """Whether a row's number marks a group (`I`, `A`, empty) and not a task (`1`)."""
    return cell is None or not text[cell.start : cell.end].strip(" .").isdigit()


def _merged_heading(table: _Table, cells: dict[int, CellSpan]) -> CellSpan | None:
    """A row that is one cell over several columns (`Quý II`)."""
    filled = list(cells.values())
    wide = [c for c in filled if c.column_span > 1]
    if wide and len(filled) <= 2:
        return wide[0]
    return filled[0] if len(filled) == 1 else None


def _period_of(cell: CellSpan, mentions: Mentions) -> str | None:
    """The period that a group row gives to the rows below it; another group row without a time ends it."""
    dates = [d for d in mentions.dates_in(_span(cell)) if d.kind not in ("anniversary", "recurring")]
    return next((d.edtf for d in dates if d.edtf), None)


def _actors(
    given: TaskText, by_role: dict[ColumnRole, CellSpan], mentions: Mentions, words: TaskWords
) -> tuple[list[Actor], list[Actor]]:
    lead: list[Actor] = []
    support: list[Actor] = []
    if "lead" in by_role:
        lead, support = cut_cell(given, by_role["lead"].parts, mentions.units_in(_span(by_role["lead"])), words)
    if "support" in by_role:
        named, more = cut_cell(given, by_role["support"].parts, mentions.units_in(_span(by_role["support"])), words)
        support = [*support, *named, *more]
    return lead, support


def _span(cell: CellSpan) -> Span:
    return Span(cell.start, cell.end)


def _deadline(by_role: dict[ColumnRole, CellSpan], content: CellSpan, mentions: Mentions) -> Date | None:
    """What the time column says, be it a day, a quarter or so long after an event; else a deadline that the task names.

    Where a table has no time column, its notes may be nothing but a time.
    """
    cell = by_role.get("time")
    if cell is not None:
        return deadline_in(_span(cell), mentions)
    named = next((d for d in mentions.dates_in(_span(content)) if d.kind == "deadline"), None)
    note = by_role.get("note")
    noted = deadline_in(_span(note), mentions) if note is not None and named is None else None
    return noted if noted is not None and note is not None and _fills(noted, note) else named


def _product(text: str, cell: CellSpan | None) -> Product | None:
    if cell is None:
        return None
    return Product(text=text[cell.start : cell.end], start=cell.start, end=cell.end, page=cell.page)


def _fills(date: Date, cell: CellSpan) -> bool:
    return date.end - date.start >= _FILLED * (cell.end - cell.start)
