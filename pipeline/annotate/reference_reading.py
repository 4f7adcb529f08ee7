"""What the parts of the reference finder share: one document with its type words, dates and units at hand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812 - `date` is a field here
from typing import NamedTuple

from pipeline.knowledge.documents import DocTypeRow, DocTypes
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.numbers import DocumentNumber
from pipeline.knowledge.text import fold
from pipeline.values import DateMention, Span, UnitMention

_BREAK = re.compile(r"[\n\t]")
_DATED_KINDS = frozenset({"exact", "month", "year"})
_BEFORE_DATE = re.compile(r"(?:[ ,]|(?:được )?ban hành|ký)*\(?")
_EDTF_DAY = re.compile(r"(?P<year>[0-9]{4})(?:-(?:(?P<month>[0-9]{2})|XX)(?:-(?:(?P<day>[0-9]{2})|XX))?)?")
_LONGEST_GAP = 24


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """What the plan is itself, so that it is never found as a reference.

    `canonical`: its number, or None where it has none (blank serials as `/KH-UBND`); `spans`: the header zone, where
    nothing is cited; `date`: its issue date (EDTF, a year is enough), which also says which law of a name was in force;
    `province`: the name of its province, which completes "UBND tỉnh" in keys.
    """

    canonical: str | None = None
    spans: tuple[Span, ...] = ()
    date: str | None = None
    doc_type: str = "Kế hoạch"
    province: str | None = None


class TypeWord(NamedTuple):
    """A type of document named in the text."""

    start: int
    end: int
    row: DocTypeRow


@dataclass(frozen=True, slots=True)
class Found:
    """A citation while it is being put together; `after` is where its title may begin."""

    start: int
    end: int
    doc_type: str
    rule: str
    number: DocumentNumber | None = None
    printed_number: str | None = None
    date: str | None = None
    issuer: str | None = None
    issuer_name: str | None = None
    after: int = 0
    article: str | None = None
    title: str | None = None
    key: str | None = None
    candidates: tuple[str, ...] = ()
    confidence: float = 1.0


def day_range(edtf: str | None) -> tuple[Day, Day] | None:
    """First and last day that an EDTF date may mean (2025, 2025-01-XX, 2025-01-10), or None where it is no such date."""
    match = _EDTF_DAY.fullmatch(edtf or "")
    if match is None:
        return None
    year, month, day = int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)
    try:
        first = Day(year, month or 1, day or 1)
        last = first if month and day else Day(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return first, last


@dataclass(frozen=True)
class Reading:
    """A text with everything that was found in it before, ready for look-ups by offset."""

    text: str
    folded: str
    knowledge: Knowledge
    types: tuple[TypeWord, ...]
    dates: tuple[DateMention, ...]
    units: tuple[UnitMention, ...]
    issued: tuple[Day, Day] | None
    _breaks: list[int]
    _type_ends: list[int]
    _date_starts: list[int]
    _units_at: dict[int, UnitMention]
    _units_ending: dict[int, UnitMention]
    leads: dict[int, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        text: str,
        dates: Sequence[DateMention],
        units: Sequence[UnitMention],
        knowledge: Knowledge,
        own: OwnNumber | None = None,
    ) -> Reading:
        """Reads type words and line ends once."""
        folded = fold(text)
        index = knowledge.derived(DocTypes.of)
        types = tuple(
            TypeWord(match.start(), match.end(), index.by_words[match[0]])
            for match in index.pattern.finditer(folded)
            if match.start() == 0 or not folded[match.start() - 1].isalnum()
        )
        longest: dict[int, UnitMention] = {}
        for unit in units:
            if unit.start not in longest or unit.end > longest[unit.start].end:
                longest[unit.start] = unit
        return cls(
            text=text,
            folded=folded,
            knowledge=knowledge,
            types=types,
            dates=tuple(dates),
            units=tuple(units),
            issued=day_range(own.date) if own else None,
            _breaks=[match.start() for match in _BREAK.finditer(text)],
            _type_ends=[word.end for word in types],
            _date_starts=[date.start for date in dates],
            _units_at=longest,
            _units_ending={unit.end: unit for unit in units},
        )

    def lines(self) -> list[int]:
        """Where each line or cell begins."""
        return [0, *(offset + 1 for offset in self._breaks)]

    def line_start(self, offset: int) -> int:
        """Where the line or cell of an offset begins."""
        index = bisect_right(self._breaks, offset - 1) - 1
        return self._breaks[index] + 1 if index >= 0 else 0

    def line_end(self, offset: int) -> int:
        """Where the line or cell of an offset ends."""
        index = bisect_left(self._breaks, offset)
        return self._breaks[index] if index < len(self._breaks) else len(self.text)

    def types_before(self, offset: int, most: int) -> list[TypeWord]:
        """The last type words that end at or before an offset, the nearest first."""
        index = bisect_right(self._type_ends, offset)
        return list(reversed(self.types[max(0, index - most) : index]))

    def date_at(self, offset: int) -> DateMention | None:
        """The date that a citation ending at an offset carries: only a comma, blanks, "ban hành", "ký" or "(" between."""
        index = bisect_left(self._date_starts, offset)
        if index == len(self.dates):
            return None
        date = self.dates[index]
        gap = date.start - offset
        if gap > _LONGEST_GAP or date.kind not in _DATED_KINDS or date.edtf is None:
            return None
        whole = _BEFORE_DATE.fullmatch(self.folded, offset, date.start)
        # "Kế hoạch số 35/KH-UBND, năm 2025 …": after a comma or in a bracket a year is the sentence's own.
        return date if whole and not (date.kind == "year" and set(whole[0]) & {",", "("}) else None

    def unit_at(self, offset: int) -> UnitMention | None:
        """The unit whose mention begins at an offset."""
        return self._units_at.get(offset)

    def unit_ending(self, offset: int) -> UnitMention | None:
        """The unit whose mention ends at an offset."""
        return self._units_ending.get(offset)
