"""What a person should look at: one row for each finding code, with its severity, message and hint for a clerk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.record import Severity
from pipeline.knowledge.load import Row


@dataclass(frozen=True, slots=True)
class FindingRow(Row):
    """A finding code (`id`), met in the room `stage`; `message` may hold `{detail}`, and `{pages}` for " (trang 1, 2)"."""

    TABLE: ClassVar[str] = "findings"
    severity: Severity
    stage: str
    message: str
    hint: str
