"""The small set of causes why a file was not read, or a whole run stopped: what happened, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pipeline.knowledge.load import Knowledge, Row

Language = Literal["vi", "en"]
UNEXPECTED = "internal_error"


@dataclass(frozen=True, slots=True)
class Cause(Row):
    """One cause; `examples` are details as they come with it.

    `state` is what becomes of the file (`needs_person`, `failed`, `set_aside`), or `stops_run` where the whole run
    cannot go on.
    """

    TABLE: ClassVar[str] = "causes"
    state: Literal["needs_person", "failed", "set_aside", "stops_run"]
    message_vi: str
    message_en: str
    hint_vi: str
    hint_en: str

    @property
    def outcome(self) -> Literal["needs_person", "failed", "set_aside"]:
        """The state of a file that meets this cause."""
        return "failed" if self.state == "stops_run" else self.state

    def message(self, lang: Language = "vi", detail: str = "") -> str:
        """What happened, with the detail in brackets where there is one."""
        message = self.message_en if lang == "en" else self.message_vi
        return f"{message} ({detail})" if detail else message

    def hint(self, lang: Language = "vi") -> str:
        """What the user can do."""
        return self.hint_en if lang == "en" else self.hint_vi


def cause_named(knowledge: Knowledge, cause_id: str) -> Cause:
    """The row of a cause; one that the table does not know is told as an unexpected error, never passed over."""
    causes = knowledge.derived(_by_id)
    return causes.get(cause_id) or causes[UNEXPECTED]


def _by_id(knowledge: Knowledge) -> dict[str, Cause]:
    return {cause.id: cause for cause in knowledge.rows(Cause)}
