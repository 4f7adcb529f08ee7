"""The text that tasks are read from, beside its folded form: made once, so that words are looked for where they stand."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.knowledge.text import fold


class TaskText(NamedTuple):
    """A document's text and the same folded, letter for letter: an offset holds in both."""

    text: str
    folded: str


def task_text(text: str) -> TaskText:
    """A text with its folded form."""
    return TaskText(text, fold(text))
