"""What a line of a table's cell is when its column is lost: a time, the name of an actor, or the middle of a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

from pipeline.knowledge.load import Knowledge, Row
from pipeline.knowledge.tasks import TaskWord
from pipeline.knowledge.text import squash, words
from pipeline.knowledge.units import UnitField, UnitGroup, UnitHead, UnitLevelWord

CellUse = Literal["time", "unit", "open_end"]
_LONGEST_TIME, _LONGEST_UNIT = 60, 120
_EDGE = " .,;:-–—+•*"
# The parts that actors play in a cell; any other verb makes its line a sentence.
_PARTS = ("chủ trì", "phối hợp", "tham mưu", "thực hiện", "phụ trách")
_MANY = ("các", "những", "toàn thể", "lãnh đạo", "đại diện", "trưởng", "phó")

Syllables = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellLine(Row):
    """A wording of a cell's line; `pattern` is for the squashed line.

    `use`: `time` the whole line is a time, `unit` an actor's name begins here (besides those of the unit tables),
    `open_end` the sentence goes on behind the end of the line.
    """

    TABLE: ClassVar[str] = "cell_lines"
    use: CellUse
    pattern: str


class _Names:
    """Phrases by their syllables, found at the beginning of others."""

    def __init__(self, phrases: Iterable[Syllables]) -> None:
        self._by_first: dict[str, set[Syllables]] = defaultdict(set)
        for phrase in phrases:
            if phrase:
                self._by_first[phrase[0]].add(phrase)

    def after(self, line: Syllables) -> int:
        """How many syllables the longest phrase at the beginning of a line has; 0 where none stands there."""
        found = self._by_first.get(line[0], ()) if line else ()
        return max((len(phrase) for phrase in found if line[: len(phrase)] == phrase), default=0)


@dataclass(frozen=True)
class CellLines:
    """The table `cell_lines` with the names of the unit tables, ready to use."""

    patterns: dict[CellUse, re.Pattern[str]]
    names: _Names
    short_heads: frozenset[str]
    fields: _Names
    levels: _Names
    offices: frozenset[Syllables]
    work: _Names

    def is_time(self, line: str) -> bool:
        """Whether a line is a time and nothing else."""
        text = squash(line[: 2 * _LONGEST_TIME]).strip(_EDGE)
        return 0 < len(text) <= _LONGEST_TIME and self.patterns["time"].fullmatch(text) is not None

    def is_unit(self, line: str) -> bool:
        """Whether a line begins with the name of an actor, and is no sentence about what it does."""
        text = line[: 2 * _LONGEST_UNIT].strip(_EDGE)
        if not text or not text[0].isupper() or len(text) > _LONGEST_UNIT:
            return False
        syllables = words(text)
        if syllables in self.offices:
            return True
        begins = self._named(syllables) > 0 or self.patterns["unit"].match(squash(text)) is not None
        return begins and not self._is_sentence(syllables)

    def is_open(self, line: str) -> bool:
        """Whether the sentence of a line goes on in the next one, whatever that begins with."""
        return self.patterns["open_end"].search(squash(line[-_LONGEST_TIME:])) is not None

    def _named(self, line: Syllables) -> int:
        """How many syllables of a line's beginning name a unit; 0 where they do not."""
        short = bool(line) and line[0] in self.short_heads
        field = max(self.fields.after(line[1:]), self.levels.after(line[1:])) if short else 0
        return max(self.names.after(line), field + 1 if field else 0)

    def _is_sentence(self, line: Syllables) -> bool:
        """Whether a verb of tasks stands outside the names of units and their domains."""
        at, in_name = 0, False
        while at < len(line):
            rest = line[at:]
            name = max(self._named(rest), self.fields.after(rest) if in_name else 0)
            if not name and at and self.work.after(rest):
                return True
            at, in_name = at + max(1, name), name > 0
        return False


def cell_lines(knowledge: Knowledge) -> CellLines:
    """Compiles the table `cell_lines` and the beginnings of units' names."""
    rows = knowledge.rows(CellLine)
    uses: tuple[CellUse, ...] = ("time", "unit", "open_end")
    patterns = {use: re.compile("|".join(f"(?:{row.pattern})" for row in rows if row.use == use)) for use in uses}
    heads = [words(form) for head in knowledge.rows(UnitHead) for form in head.forms]
    abbreviations = {words(form) for head in knowledge.rows(UnitHead) for form in head.forms if form.isupper()}
    groups = [words(form) for group in knowledge.rows(UnitGroup) for form in group.forms]
    many = [(*words(lead), *form) for lead in _MANY for form in (*groups, *heads)]
    long = [form for form in (*heads, *groups) if len(form) > 1]
    fields = knowledge.rows(UnitField)
    verbs = [words(word.words) for word in knowledge.rows(TaskWord) if word.use == "verb" and word.words not in _PARTS]
    return CellLines(
        patterns=patterns,
        names=_Names([*long, *many, *abbreviations]),
        short_heads=frozenset(form[0] for form in heads if len(form) == 1),
        fields=_Names(words(form) for field in fields for form in field.forms),
        levels=_Names(words(form) for level in knowledge.rows(UnitLevelWord) for form in level.forms),
        offices=frozenset(words(form) for field in fields if "role" in field.used_by for form in field.forms),
        work=_Names(verb for verb in verbs if len(verb) > 1),
    )
