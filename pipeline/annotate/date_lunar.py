"""Times of the lunar calendar: "rằm tháng Giêng năm Ất Tỵ", "ngày 10/3 âm lịch", "14 đến 17 tháng Chạp", "mùng 2 Tết".

A lunar day becomes a day of the common calendar only where its lunar year is certain; else it has no EDTF value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from pipeline.annotate.date_lexicon import BLANK, COMMA, DASH, GAP, Lexicon
from pipeline.knowledge.dates import LunarYear
from pipeline.knowledge.load import Knowledge
from pipeline.values import DateMention

_FIFTEENTH = "15"
_LONGEST_MONTH = 30
_NAMED_MONTHS = {"giêng": 1, "chạp": 12}
_YEAR_END_MONTHS = (11, 12)
_OTHER_Y = dict(zip("ýỵỷ", "íịỉ", strict=True))
_SPELLINGS = str.maketrans("íịỉ", "ýỵỷ")
_Y = re.compile("[ýỵỷ]")


@dataclass(frozen=True)
class LunarCalendar:
    """The years of the table by number and by can-chi name (a name that two years share is absent), and the patterns."""

    years: Mapping[int, LunarYear]
    named: Mapping[str, int]
    day: re.Pattern[str]
    tet: re.Pattern[str]


def lunar_calendar(knowledge: Knowledge) -> LunarCalendar:
    """The calendar of the table, compiled; meant for `Knowledge.derived`."""
    rows = knowledge.rows(LunarYear)
    names = [row.name.lower() for row in rows]
    name = "|".join(_loose(each) for each in sorted(set(names)))
    year = rf"(?:{COMMA}\(?năm{GAP}(?P<year>[0-9]{{4}}|{name})(?!\w))"
    suffix = rf"{COMMA}(?:\((?:âm{GAP}lịch|âl)\)|âm{GAP}lịch(?!\w)|[aâ]l(?!\w))"
    mung, number = rf"(?:(?:mùng|mồng){GAP})?", r"(?:[0-9]{1,2}|mười(?:[ \xa0]\w{2,3})?)"
    word = r"giêng|chạp|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?:[ \xa0](?:một|hai))?"
    tet_day = rf"(?:(?:mùng|mồng|ngày){GAP}){{1,2}}[0-9]{{1,2}}"
    return LunarCalendar(
        years={int(row.id): row for row in rows},
        named={row.name.lower(): int(row.id) for row in rows if names.count(row.name.lower()) == 1},
        day=re.compile(
            rf"(?:từ{GAP})?(?:ngày{GAP})?(?:(?P<full>rằm)|{mung}(?P<d>{number})"
            rf"(?P<more>{BLANK}(?:đến|tới|và|,|{DASH}){BLANK}(?:ngày{GAP})?{mung}[0-9]{{1,2}}){{0,6}})"
            rf"(?:{GAP}tháng{GAP}|{BLANK}/{BLANK})(?P<m>{word}|[0-9]{{1,2}})(?![^\W_])(?P<slashed>/[0-9]{{4}})?"
            rf"(?P<early>{suffix})?{year}?(?P<late>{suffix})?"
        ),
        tet=re.compile(
            rf"tết{GAP}(?:nguyên{GAP}đán{GAP})?(?:xuân{GAP})?(?:năm{GAP})?(?P<name>{name})(?!\w)"
            rf"(?:(?:{BLANK}[-–(]{BLANK}|{COMMA}(?P<called>năm{GAP})?)(?P<year>[0-9]{{4}})(?![0-9/]))?"
            rf"|(?:29|30){GAP}tết(?!\w)|(?:từ{GAP})?{tet_day}(?:{BLANK}(?:đến|tới|và|,|{DASH}){BLANK}{tet_day}){{0,3}}{GAP}tết(?!\w)"
        ),
    )


def read_lunar(
    low: str, position: int, words: Lexicon, calendar: LunarCalendar, *, led: bool = False
) -> DateMention | None:
    """A lunar time that begins at a place of lower-case text, or None; `led` where a deadline's word stands before it.

    "đón Tết Nguyên đán Bính Ngọ năm 2026" speaks of the year, which is a mention of its own; "trước Tết …" of a day.
    """
    match = calendar.tet.match(low, position)
    if match is not None:
        return _tet(match, calendar) if led or match["called"] is None else None
    match = calendar.day.match(low, position)
    if match is None:
        return None
    cyclic = match["year"] is not None and not match["year"].isdigit()
    lunar = match["full"] or match["m"] in _NAMED_MONTHS or match["early"] or match["late"] or cyclic
    if not lunar:
        return None
    month = _month(match["m"], words)
    day = _number(_FIFTEENTH if match["full"] else match["d"], words)
    if month is None or day is None or not 1 <= day <= _LONGEST_MONTH:
        return None
    year = match["slashed"][1:] if match["slashed"] else match["year"]
    exact = None if match["more"] or year is None else _convert(calendar, year, month, day)
    return _mention(match.start(), match.end(), exact)


def _tet(match: re.Match[str], calendar: LunarCalendar) -> DateMention | None:
    """Tết of a year whose name and number do not disagree; "mùng 2 Tết" has no year of its own."""
    if match["name"] is None:
        return _mention(match.start(), match.end(), None)
    number = calendar.named.get(_plain(match["name"]))
    agree = match["year"] is None or number == int(match["year"])
    return _mention(match.start(), match.end(), calendar.years[number].new_year if number and agree else None)


def _mention(start: int, end: int, day: date | None) -> DateMention:
    edtf = day.isoformat() if day else None
    return DateMention(start, end, edtf, "exact", "lunar", day, day, calendar="lunar", confidence=0.9 if day else 0.7)


def _number(word: str, words: Lexicon) -> int | None:
    return int(word) if word.isdigit() else words.numbers.get(" ".join(word.split()))


def _month(word: str, words: Lexicon) -> int | None:
    number = _NAMED_MONTHS.get(word) or _number(word, words)
    return number if number and 1 <= number <= 12 else None


def _convert(calendar: LunarCalendar, year: str, month: int, day: int) -> date | None:
    """The common day; None for a month that comes twice, and for a late month of a year given only as a number."""
    number = int(year) if year.isdigit() else calendar.named.get(_plain(year))
    row = calendar.years.get(number) if number else None
    if row is None or month == row.leap or (year.isdigit() and month in _YEAR_END_MONTHS):
        return None
    starts = [0]
    for length in row.lengths:
        starts.append(starts[-1] + int(length))
    index = month - 1 + (row.leap is not None and month > row.leap)
    first, after = list(pairwise(starts))[index]
    return row.new_year + timedelta(days=first + day - 1) if day <= after - first else None


def _loose(name: str) -> str:
    """A can-chi name as a pattern for both spellings of its y (Tỵ, Tị)."""
    return GAP.join(_Y.sub(lambda y: f"[{y[0]}{_OTHER_Y[y[0]]}]", part) for part in name.split())


def _plain(name: str) -> str:
    """A can-chi name as the table has it: single blanks and y."""
    return " ".join(part.translate(_SPELLINGS) if part in ("kỉ", "quí", "tí", "tị") else part for part in name.split())
