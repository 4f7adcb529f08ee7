"""What portals print around a document: counters, menus, posting times, a box of the document's data, lists of news.

Lines copied from a portal mean nothing for the document; a wrong one costs it its number or date. So a line counts only
where the whole of it is made of such words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Literal

from pipeline.knowledge.load import Knowledge, Row
from pipeline.knowledge.text import fold

_LONGEST = 400  # characters; longer lines are prose
_BETWEEN = re.compile(r"[\s|•·*»›>,;:/()\[\]–—-]*")


@dataclass(frozen=True, slots=True)
class ResidueRow(Row):
    """A kind of line; `pattern` is matched in the folded line, where several kinds may follow one another.

    `place`: `above` the document, `below` it (the document has ended, signed or not), `both`, or `behind` its signature.
    `takes`: `line` nothing more, `number` a number in the next line, `value` its value in this line or the next (a label
    of the data box).
    """

    TABLE: ClassVar[str] = "residue"
    place: Literal["above", "below", "both", "behind"]
    takes: Literal["line", "number", "value"]
    pattern: str


@dataclass(frozen=True, slots=True)
class ResidueWords:
    """The table, ready to use."""

    rows: tuple[tuple[re.Pattern[str], ResidueRow], ...]

    def read(self, line: str) -> tuple[ResidueRow, ...]:
        """The kinds that a line is made of, from its first word to its last; nothing where other words are in it."""
        if len(line) > _LONGEST:
            return ()
        folded = fold(line)
        found: list[ResidueRow] = []
        at = self._after_marks(folded, 0)
        while at < len(folded):
            row, end = self._longest(folded, at)
            if row is None:
                return ()
            found.append(row)
            at = self._after_marks(folded, end)
        return tuple(found)

    def _longest(self, folded: str, at: int) -> tuple[ResidueRow | None, int]:
        best, end = None, at
        for pattern, row in self.rows:
            match = pattern.match(folded, at)
            if match and match.end() > end:
                best, end = row, match.end()
        return best, end

    @staticmethod
    def _after_marks(folded: str, at: int) -> int:
        marks = _BETWEEN.match(folded, at)
        return marks.end() if marks else at


def residue_words(knowledge: Knowledge) -> ResidueWords:
    """Compiles the table `residue`; a pattern ends with a word."""
    rows = knowledge.rows(ResidueRow)
    return ResidueWords(tuple((re.compile(rf"(?:{row.pattern})(?![^\W_])"), row) for row in rows))
