"""The words of the command line in Vietnamese and English; `{name}` marks where a value goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.knowledge.causes import Language
from pipeline.knowledge.load import Knowledge, Row


@dataclass(frozen=True, slots=True)
class UiMessage(Row):
    """One message; its examples are the Vietnamese text as a user may see it."""

    TABLE: ClassVar[str] = "ui_messages"
    vi: str
    en: str

    def template(self, lang: Language) -> str:
        """The message with its places for values."""
        return self.en if lang == "en" else self.vi


class Words:
    """All messages in one language: `words("summary_read", count=3)`."""

    def __init__(self, knowledge: Knowledge, lang: Language) -> None:
        self.lang: Language = lang
        self.knowledge = knowledge
        self.rows = {row.id: row for row in knowledge.rows(UiMessage)}

    def __call__(self, message: str, /, **values: object) -> str:
        """The message with its values filled in. Raises KeyError for a message or value that is not there."""
        return self.rows[message].template(self.lang).format(**values)
