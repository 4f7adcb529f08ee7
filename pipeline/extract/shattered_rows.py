"""The lines of one row of a shattered table, dealt out to its columns again.

Nothing but words tells where a cell ends: a time is a line of its own, an actor's name begins with a capital and is no
sentence, everything before is what is to be done. Where two readings are possible the row stays undealt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.paragraphs import starts_lower
from pipeline.extract.pdf_tables import linked
from pipeline.knowledge.cells import CellLines
from pipeline.knowledge.tasks import ColumnRole

_BULLET = re.compile(r"[-–—+•*]\s?")
_EITHER = -1
_ACTORS = ("lead", "support")
# A line this long beside the longest one of its column may have been wrapped; a shorter one ended its cell.
_FULL_LINE = 0.85
_MOST_LINES = 200


class Dealt(NamedTuple):
    """The cells of a row, its number left out, and how many of its lines they hold."""

    cells: tuple[str, ...]
    used: int


class Dealer:
    """Deals lines out to columns of known roles, in order; the first one is that of the content, or of the time."""

    def __init__(self, roles: Sequence[ColumnRole], words: CellLines, widest: int) -> None:
        self._roles = roles
        self._words = words
        self._widest = widest

    def deal(self, lines: Sequence[str], is_last: bool) -> Dealt | None:
        """The cells of a row; None where they are not sure. The lines of the last row may run on into other text."""
        if len(lines) > _MOST_LINES:
            return None
        held: list[list[str]] = [[] for _ in self._roles]
        at = 0
        for number, line in enumerate(lines):
            column = self._column(line, at, held)
            if column == _EITHER:
                return None
            if column is None:
                if is_last and self._is_whole(held):
                    return Dealt(tuple(map(self._joined, held)), number)
                return None
            held[column].append(line)
            at = column
        return Dealt(tuple(map(self._joined, held)), len(lines)) if self._is_whole(held) else None

    def _column(self, line: str, at: int, held: Sequence[Sequence[str]]) -> int | None:
        """The column that a line belongs to when the line before stood in column `at`.

        None where it fits nowhere, _EITHER where two columns may hold it.
        """
        last = held[at][-1] if held[at] else ""
        role = self._roles[at]
        if not last:
            return at if role == "content" or (role == "time" and self._words.is_time(line)) else None
        if role == "time":
            return at if self._words.is_time(line) else self._after(line, at)
        if self._words.is_open(last) and not _BULLET.match(line):
            return at
        if role in _ACTORS and self._words.is_unit(line):
            return self._of_actors(line, at, held)
        later = self._after(line, at)
        if later is not None or role == "content":
            return at if later is None else later
        return at if starts_lower(line) and not self._words.is_time(line) else None

    def _after(self, line: str, at: int) -> int | None:
        """The first later column that can begin with a line."""
        for column in range(at + 1, len(self._roles)):
            role = self._roles[column]
            if role == "content":
                return column
            if role == "time" and self._words.is_time(line) and not starts_lower(line):
                return column
            if role in _ACTORS and self._words.is_unit(line):
                return column
        return None

    def _of_actors(self, line: str, at: int, held: Sequence[Sequence[str]]) -> int:
        """The column of another actor: who leads and who supports stand in two cells that nothing parts."""
        other = next((c for c in range(at + 1, len(self._roles)) if self._roles[c] in _ACTORS), None)
        listed = bool(_BULLET.match(line))
        goes_on = held[at][-1].endswith(";") or (listed and bool(_BULLET.match(held[at][0])))
        if other is None:
            is_second = any(self._roles[column] in _ACTORS and held[column] for column in range(at))
            return at if goes_on or not is_second else _EITHER
        # A list may end, and the next cell's begin, anywhere.
        return _EITHER if listed else at if goes_on else other

    def _is_whole(self, held: Sequence[Sequence[str]]) -> bool:
        """Whether the row has what it must: words of the content, and who or when."""
        by_role = dict(zip(self._roles, held, strict=True))
        if not by_role["content"] or not by_role.get("lead", by_role.get("time")):
            return False
        if by_role.get("time") == [] and self._words.is_time(by_role["content"][-1]):
            return False
        actors = by_role.get("lead", [])
        named = sum(self._words.is_unit(line) and not _BULLET.match(line) for line in actors)
        return "support" in by_role or named < 2 or len(by_role["content"][-1]) < _FULL_LINE * self._widest

    def _joined(self, lines: Sequence[str]) -> str:
        """The lines of a cell as its text, a newline before each paragraph."""
        text = ""
        for line in lines:
            opens = _BULLET.match(line) or (self._words.is_unit(line) and not self._words.is_open(text))
            text = f"{text}\n{line}" if text and opens else linked(text, line)
        return text
