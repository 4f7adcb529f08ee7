"""What plans are about: the topics under which an office files and compares them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from pipeline.knowledge.load import Knowledge, Row
from pipeline.knowledge.text import squash


@dataclass(frozen=True, slots=True)
class Topic(Row):
    """A topic: `words` are patterns over the folded title, the first row with a match wins; `label` is for people."""

    TABLE: ClassVar[str] = "topics"
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Topics:
    """The topic table, ready to use."""

    rows: tuple[tuple[re.Pattern[str], Topic], ...]

    def of(self, title: str) -> Topic | None:
        """The topic of a title, or None."""
        key = squash(title)
        return next((topic for pattern, topic in self.rows if pattern.search(key)), None)


def topic_name(knowledge: Knowledge, topic: str | None) -> str:
    """The Vietnamese name of a topic, "" for none; a topic without a row is shown by its slug."""
    if topic is None:
        return ""
    return knowledge.derived(_names).get(topic) or topic.replace("_", " ")


def _names(knowledge: Knowledge) -> dict[str, str]:
    return {row.id: row.label for row in knowledge.rows(Topic)}


def topics(knowledge: Knowledge) -> Topics:
    """Compiles the table `topics`."""
    return Topics(tuple((re.compile(rf"(?<!\w)(?:{row.words})(?!\w)"), row) for row in knowledge.rows(Topic)))
