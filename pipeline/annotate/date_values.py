"""Points in time as read from the text, and the small part of EDTF (ISO 8601-2) that a plan needs."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

Unit = Literal["day", "month", "quarter", "half", "months", "year", "impossible"]
NO_YEAR = "XXXX"
KEPT = 4_096  # values whose days are remembered: plans name the same few over and over
_SEASON_MONTHS = {"33": (1, 3), "34": (4, 6), "35": (7, 9), "36": (10, 12), "40": (1, 6), "41": (7, 12)}


@dataclass(frozen=True, slots=True)
class Point:
    """One time as printed at `start:end`; a field that is not printed is None, one left blank is `XX`.

    `part` is the month, or the EDTF number of a quarter or half; `last` the last month of "9 tháng đầu năm". `clock` is
    `HH:MM:SS`, in a time stamp with the zone. `firm` tells whether the words alone make it a time, or only what
    stands around it.
    """

    start: int
    end: int
    unit: Unit
    rule: str
    year: str | None = None
    part: str | None = None
    day: str | None = None
    last: str | None = None
    clock: str | None = None
    firm: bool = True
    confidence: float = 1.0

    @property
    def edtf(self) -> str | None:
        """The point as EDTF, `XXXX` for a year that is not printed; None for a day without month or an impossible day."""
        year = self.year or NO_YEAR
        if self.unit == "impossible" or (self.unit == "day" and self.part is None):
            return None
        if self.unit == "months":
            return f"{year}-{self.part}/{year}-{self.last}"
        pieces = [year, *(piece for piece in (self.part, self.day) if piece)]
        return "-".join(pieces) + (f"T{self.clock}" if self.clock and self.year else "")

    @property
    def vague(self) -> bool:
        """Whether only the beginning, middle or end of it is meant."""
        return self.rule.startswith("vague_")

    @property
    def first_month(self) -> str:
        """The year and its month in which the point begins, as EDTF."""
        return f"{self.year or NO_YEAR}-{_months(self.part)[0]:02}"

    @property
    def last_month(self) -> str:
        """The year and its month in which the point ends, as EDTF."""
        return f"{self.year or NO_YEAR}-{_months(self.last or self.part)[1]:02}"

    def of_year(self, year: str | None) -> Point:
        """The same point with the year filled in where it has none."""
        return replace(self, year=self.year or year)


def _months(part: str | None) -> tuple[int, int]:
    """First and last month of a month, quarter or half of a year."""
    if part is None or part == "XX":
        return (1, 12)
    return _SEASON_MONTHS.get(part) or (int(part), int(part))


@lru_cache(maxsize=KEPT)
def bounds(edtf: str | None) -> tuple[date | None, date | None]:
    """First and last day of an EDTF value; None on a side that is open, year-less or no day of the calendar."""
    if edtf is None:
        return (None, None)
    left, _, right = edtf.partition("/")
    first = _extent(left)[0]
    last = _extent(right or left)[1]
    return (first, last)


def _extent(edtf: str) -> tuple[date | None, date | None]:
    if edtf == ".." or "X" in edtf[:4]:
        return (None, None)
    pieces = edtf.partition("T")[0].split("-")
    year, day = int(pieces[0]), pieces[2] if len(pieces) > 2 else "XX"
    first, last = _months(pieces[1] if len(pieces) > 1 else None)
    try:
        if day == "XX":
            return (date(year, first, 1), date(year, last, monthrange(year, last)[1]))
        return (date(year, first, int(day)), date(year, last, int(day)))
    except ValueError:
        return (None, None)


def is_day(day: int, month: int, year: int | None) -> bool:
    """Whether the calendar has this day (in a leap year, where the year is unknown)."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]


def month_end(edtf: str) -> str:
    """The last day of a period as EDTF, where its year is known; else the period itself."""
    last = bounds(edtf)[1]
    return last.isoformat() if last else edtf


def open_side(edtf: str, *, before: bool) -> str:
    """An interval that ends (`before`) or begins with a value; a quarter or half gives its last or first month."""
    year, _, part = edtf.partition("-")
    if part in _SEASON_MONTHS:
        edtf = f"{year}-{_SEASON_MONTHS[part][1 if before else 0]:02}"
    return f"../{edtf}" if before else f"{edtf}/.."


def without_quarter(edtf: str, kind: str) -> str:
    """A quarter or half of no known year, which EDTF cannot say, as its months: those of its open side for a deadline."""
    year, _, part = edtf.partition("-")
    if part not in _SEASON_MONTHS:
        return edtf
    first, last = (f"{year}-{month:02}" for month in _SEASON_MONTHS[part])
    return {"deadline": last, "range": first}.get(kind, f"{first}/{last}")
