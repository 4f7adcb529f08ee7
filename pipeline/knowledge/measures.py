"""Knowledge about targets and amounts: what is counted and measured, and the words that say how much of it.

An example in these tables is a text in which the row finds a measure, a not_example one in which it finds none; the
words that make a number something else (`none`, `label`, `name`) have it the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pipeline.knowledge.load import Row

UnitKind = Literal["percent", "money", "size", "count", "place", "time", "none"]
WordGroup = Literal["before", "after", "plain", "filler", "scale", "label", "name", "each"]


@dataclass(frozen=True, slots=True)
class MeasureUnit(Row):
    """What follows a number, in all its spellings (`forms`, lower case); `name` is one for all of them, else the form.

    `kind`: `count` and `place` hold whole numbers only, and "trên" before a place is a preposition; `time` is a measure
    only with a qualifier ("không quá 05 ngày"), since a bare "90 năm" is an anniversary; `none` are words that begin
    like a unit and are none ("tổ chức").
    """

    TABLE: ClassVar[str] = "measure_units"
    name: str | None
    kind: UnitKind
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureWord(Row):
    """A word around a number.

    `group`: `before` and `after` qualify (`value` is the qualifier), `plain` stands before a number and says nothing of
    it, `filler` may stand between, `scale` multiplies (`value`). A `label` makes the number behind it a name ("Điều 9";
    `value` is the largest such number), a `name` does so unless the number is padded ("tổ 5", but "tổ 05 người"), and
    an `each` before such a word takes that back ("mỗi tháng 02 bài").
    """

    TABLE: ClassVar[str] = "measure_words"
    group: WordGroup
    forms: tuple[str, ...]
    value: str | None
