"""Knowledge about times: the forms that are recognised, the words that open or refuse them, lunar years.

An example in these tables reads `text => edtf`; several mentions are parted by ` & `, a mention without EDTF is `-`, and a
text that holds no mention at all has nothing after the arrow. A not_example is a text in which the row finds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipeline.knowledge.load import Row


@dataclass(frozen=True, slots=True)
class DateForm(Row):
    """A form of time; `id` is the rule name that a mention found by it carries."""

    TABLE: ClassVar[str] = "date_forms"
    description: str


@dataclass(frozen=True, slots=True)
class DateWord(Row):
    """A word that plays a part in times, in all its spellings (`forms`, lower case).

    `group` is the part: `deadline`, `since`, `until`, `period` and `season` open a mention, `crop` is a season where a word
    for one stands before it, `vague` blurs a mention (its `value` says to which side), `cue` stands before a lone day/month
    and `occasion` somewhere before it, `status` turns "đến ngày" into a plain day, `measure` follows a number that is a
    quantity, `ordinal` stands before a number of its own ("đợt 3 tháng 9"), `compound` before a "hàng" that means goods;
    `allowance` opens a time counted from another, `origin` says from where it is counted, `anchor` or `event` names what it
    is counted from, up to a word of `event_end`; `weekday` and `number` have a `value`.
    """

    TABLE: ClassVar[str] = "date_words"
    group: str
    forms: tuple[str, ...]
    value: str | None


@dataclass(frozen=True, slots=True)
class LunarYear(Row):
    """A year of the Vietnamese lunar calendar; `id` is the Gregorian year in which it begins.

    `name` is its can-chi name, `new_year` the day of Tết, `lengths` the days of its months in order, `leap` the number of
    the month that is repeated (its repetition follows it in `lengths`), or null.
    """

    TABLE: ClassVar[str] = "lunar_years"
    name: str
    new_year: date
    leap: int | None
    lengths: tuple[str, ...]
