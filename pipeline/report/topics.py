"""What the topics of plans are called."""

from __future__ import annotations

from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.topics import Topic


def topic_name(knowledge: Knowledge, topic: str | None) -> str:
    """The Vietnamese name of a topic, "" for none; a topic without a row is shown by its slug."""
    if topic is None:
        return ""
    return knowledge.derived(_names).get(topic) or topic.replace("_", " ")


def _names(knowledge: Knowledge) -> dict[str, str]:
    return {row.id: row.label for row in knowledge.rows(Topic)}
