"""Persons of tables: a column of names, with their office and duty in the columns beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from pipeline.annotate.people import USUAL, shown_name
from pipeline.annotate.person_lexicon import Lexicon, lexicon
from pipeline.knowledge import Knowledge
from pipeline.knowledge.text import fold
from pipeline.values import CellSpan, NormalText, PersonMention, TextGrid

_NAMES = re.compile(r"họ(?:,| và)? tên\b|họ tên\b|tên (?:thành viên|cán bộ|công chức)\b")
_ROLE = re.compile(r"chức (?:vụ|danh)\b|đơn vị công tác\b|cơ quan\b|đơn vị\b")
_DUTY = re.compile(r"nhiệm vụ\b|phân công\b|vai trò\b|chức danh trong\b|tham gia\b")


class _Columns(NamedTuple):
    """Which column holds the names, the offices and the duties; None where a table has none."""

    name: int
    role: int | None
    duty: int | None


def find_cell_people(normal: NormalText, knowledge: Knowledge) -> tuple[PersonMention, ...]:
    """The persons of the tables that have a column of names, in reading order."""
    if not normal.grids:
        return ()
    words, low = knowledge.derived(lexicon), fold(normal.text)
    return tuple(person for grid in normal.grids for person in _of_grid(normal.text, low, grid, words))


def _of_grid(text: str, low: str, grid: TextGrid, words: Lexicon) -> Iterator[PersonMention]:
    columns = _columns(low, grid)
    if columns is None:
        return
    for row in grid.rows[grid.header_rows :]:
        cells = {cell.column: cell for cell in row}
        cell = cells.get(columns.name)
        found = _name(text, low, cell, words) if cell else None
        if found is not None:
            role, duty = (_cell_words(text, cells.get(at)) if at else None for at in (columns.role, columns.duty))
            yield replace(found, role=role, duty=duty)


def _columns(low: str, grid: TextGrid) -> _Columns | None:
    """The columns of a table of persons, None where it is no such table."""
    heads = {cell.column: low[cell.start : cell.end].strip() for row in grid.rows[: grid.header_rows] for cell in row}
    name = next((column for column, head in heads.items() if _NAMES.search(head)), None)
    if name is None:
        return None
    duty = next((column for column, head in heads.items() if column > name and _DUTY.search(head)), None)
    role = next((c for c, head in heads.items() if c > name and c != duty and _ROLE.search(head)), None)
    return _Columns(name, role, duty)


def _name(text: str, low: str, cell: CellSpan, words: Lexicon) -> PersonMention | None:
    """The person of a cell with a name and nothing else but a form of address or a rank."""
    printed = text[cell.start : cell.end]
    start = cell.start + len(printed) - len(printed.lstrip(" \n-"))
    call = words.called.match(low, start, cell.end)
    rank = words.rank.match(low, start, cell.end)
    begins = call.end() if call else rank.end() if rank else start
    end = words.name_at(text, low, begins)
    if end is None or end > cell.end or text[end : cell.end].strip(" .,\n"):
        return None
    honorific = words.honorifics[call[1]] if call else None
    return PersonMention(begins, end, shown_name(text[begins:end]), "person:cell", honorific=honorific, confidence=USUAL)


def _cell_words(text: str, cell: CellSpan | None) -> str | None:
    return (" ".join(text[cell.start : cell.end].split()).strip(" .;,-") or None) if cell else None
