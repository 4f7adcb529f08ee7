"""How plans say who does what: the columns of task tables, and the words around an actor in prose."""

from __future__ import annotations

import re
from collections import defaultdict
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


_OFFICE = re.compile(r"(?:các )?(?:đơn vị|cơ quan|bộ phận|người|lực lượng|cá nhân|tổ chức) ")


@dataclass(frozen=True, slots=True)
class TaskColumns:
    """The table `task_columns`, ready to use."""

    rows: tuple[tuple[re.Pattern[str], TaskColumn], ...]

    def role(self, head: str) -> ColumnRole | None:
        """What a column holds by its head cell, or None."""
        row = self.match(head)
        return row.role if row else None

    def field(self, name: str) -> ColumnRole | None:
        """What a field below an item holds by its name (`Đơn vị chủ trì`), which says that and nothing else."""
        whole = squash(name)
        key = _OFFICE.sub("", whole)
        return next((row.role for pattern, row in self.rows if pattern.match(key) or pattern.match(whole)), None)

    def match(self, head: str) -> TaskColumn | None:
        """The row whose wording comes first in a head cell (`Nhiệm vụ, sản phẩm` holds tasks), at one place the upper row."""
        key = squash(head)
        found = [(match.start(), row) for pattern, row in self.rows if (match := pattern.search(key))]
        return min(found, key=lambda pair: pair[0])[1] if found else None


def task_columns(knowledge: Knowledge) -> TaskColumns:
    """Compiles the table `task_columns`."""
    return TaskColumns(tuple((re.compile(row.pattern), row) for row in knowledge.rows(TaskColumn)))


@dataclass(frozen=True, slots=True)
class TaskWord(Row):
    """A word of prose tasks; `words` is a pattern for folded text, which counts unless one of `unless` follows.

    `verb` is what an actor is told to do, `orders` how one actor tells another, `actor` how the name of an actor begins
    that is no office of its own (people, groups, households), `no_actor` what begins a label that names none.
    """

    TABLE: ClassVar[str] = "task_words"
    use: Literal["verb", "orders", "actor", "no_actor"]
    words: str
    unless: str


@dataclass(frozen=True, slots=True)
class TaskWords:
    """The table `task_words`, ready to use on folded text; every pattern is for the beginning of a text."""

    verb: re.Pattern[str]
    orders: re.Pattern[str]
    actor: re.Pattern[str]
    no_actor: re.Pattern[str]


_MANY = r"(?:(?:các|những|mọi|mỗi|từng|toàn thể|tất cả|một số|đồng chí|các đồng chí|đ/c|ông|bà)\s+)*"
# Words between an actor and what it does.
_MODAL = (
    r"(?:(?:phải|cần|sẽ|được|tự|cùng|đều|thì|chủ động|trực tiếp|tiếp tục|thường xuyên|kịp thời|tích cực|nghiêm túc|"
    r"tăng cường)(?:,\s*|\s+))*"
)


def task_words(knowledge: Knowledge) -> TaskWords:
    """Compiles the table `task_words`."""
    either: dict[str, list[str]] = defaultdict(list)
    for row in knowledge.rows(TaskWord):
        either[row.use].append(rf"{row.words}(?!,? (?:{row.unless})\b)" if row.unless else row.words)
    verb, orders, actor, no_actor = ("|".join(either[use]) for use in ("verb", "orders", "actor", "no_actor"))
    return TaskWords(
        verb=re.compile(rf"\s*[,-]?\s*{_MODAL}(?:{verb})\b"),
        orders=re.compile(rf"\s*(?:trực tiếp\s+|xem xét,?\s+)?(?:{orders})\s+"),
        actor=re.compile(rf"{_MANY}(?:{actor})\b"),
        no_actor=re.compile(rf"(?:(?:các|những|mọi|tất cả|một số)\s+)?(?:{no_actor})\b"),
    )
