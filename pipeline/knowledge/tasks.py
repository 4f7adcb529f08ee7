"""How plans say who does what: the columns of task tables, and the words around an actor in prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Literal

from pipeline.knowledge.load import Knowledge, Row
from pipeline.knowledge.text import squash

ColumnRole = Literal["number", "content", "lead", "support", "time", "product", "note"]


@dataclass(frozen=True, slots=True)
class TaskColumn(Row):
    """A wording of a table's head cell and what the column holds; `pattern` is searched in the folded cell."""

    TABLE: ClassVar[str] = "task_columns"
    role: ColumnRole
    pattern: str


@dataclass(frozen=True, slots=True)
class TaskColumns:
    """The table `task_columns`, ready to use."""

    rows: tuple[tuple[re.Pattern[str], TaskColumn], ...]

    def role(self, head: str) -> ColumnRole | None:
        """What a column holds by its head cell, or None."""
        row = self.match(head)
        return row.role if row else None

    def match(self, head: str) -> TaskColumn | None:
        """The first row whose wording stands in a head cell."""
        key = squash(head)
        return next((row for pattern, row in self.rows if pattern.search(key)), None)


def task_columns(knowledge: Knowledge) -> TaskColumns:
    """Compiles the table `task_columns`."""
    return TaskColumns(tuple((re.compile(row.pattern), row) for row in knowledge.rows(TaskColumn)))


@dataclass(frozen=True, slots=True)
class TaskWord(Row):
    """A word of prose tasks: `verb` what an actor is told to do, `no_actor` what begins a label that names no actor."""

    TABLE: ClassVar[str] = "task_words"
    use: Literal["verb", "no_actor"]
    words: str


@dataclass(frozen=True, slots=True)
class TaskWords:
    """The table `task_words`, ready to use on folded text."""

    verb: re.Pattern[str]
    no_actor: re.Pattern[str]


def task_words(knowledge: Knowledge) -> TaskWords:
    """Compiles the table `task_words`."""
    either = {use: "|".join(row.words for row in knowledge.rows(TaskWord) if row.use == use) for use in ("verb", "no_actor")}
    return TaskWords(
        verb=re.compile(rf"\s*[,-]?\s*(?:{either['verb']})\b"),
        no_actor=re.compile(rf"(?:(?:các|những|mọi|tất cả|một số)\s+)?(?:{either['no_actor']})\b"),
    )
