"""Times that come back: "hằng năm", "ngày 20 hằng tháng", "trước ngày 25 tháng cuối quý", "định kỳ 6 tháng".

The rule of recurrence is written as RFC 5545 has it (RRULE).
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.annotate.date_lexicon import BLANK, COMMA, DASH, GAP, Lexicon, preceded_by
from pipeline.annotate.date_points import read_point
from pipeline.annotate.date_values import NO_YEAR, Point
from pipeline.values import DateMention

_EVERY = r"(?:hằng|hàng|mỗi)"
_UNIT = r"(?P<unit>ngày|tuần|tháng|quý|năm)(?!\w)"
_NUMBER = r"(?P<n>[0-9]{1,2}|một|hai|ba|bốn|sáu|chín)"
_COUNTS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "chín": 9}
_FREQUENCIES = {
    "ngày": ("DAILY", 1), "tuần": ("WEEKLY", 1), "tháng": ("MONTHLY", 1), "quý": ("MONTHLY", 3), "năm": ("YEARLY", 1),
}  # fmt: skip
_NEXT = rf"(?:sau|kế{GAP}tiếp|tiếp{GAP}theo)"
_ONCE = rf"(?:{BLANK}/{BLANK}lần|{GAP}(?:một|1|01){GAP}lần)?"
_PLAIN = re.compile(rf"(?:định{GAP}k[ỳì]{GAP})?{_EVERY}{GAP}{_UNIT}(?!{BLANK}[:]?{BLANK}(?:[0-9]{{4}}|học(?!\w))){_ONCE}")
_SPACED = re.compile(
    rf"(?:(?P<lead>định{GAP}k[ỳì]{GAP}){_NUMBER}{GAP}{_UNIT}(?!{GAP}(?:đầu|cuối)){_ONCE}"
    rf"|định{GAP}k[ỳì]{GAP}(?P<bare>tuần|tháng|quý|năm)(?!\w))"
)
_TIMES = re.compile(rf"{_NUMBER}{GAP}{_UNIT}(?:{BLANK}/{BLANK}(?:01{GAP}|1{GAP})?lần|{GAP}(?:một|1|01){GAP}lần)(?!\w)")
_DAYS = re.compile(
    rf"(?:(?:chậm|muộn){GAP}nhất{GAP})?(?:(?:là|vào|trước){GAP}){{0,2}}(?:từ{GAP})?ngày{GAP}"
    rf"(?P<days>[0-9]{{1,2}}(?:{BLANK}(?:,|;|và|đến|tới|{DASH}){BLANK}(?:ngày{GAP})?[0-9]{{1,2}}(?![0-9/])){{0,9}}){COMMA}"
    rf"(?:(?:của{GAP})?(?:{_EVERY}{GAP}tháng|(?P<quarter>tháng{GAP}(?P<side>đầu|cuối){GAP}(?:cùng{GAP}|tiên{GAP})?(?:của{GAP})?(?:{_EVERY}{GAP})?"
    rf"quý(?:{GAP}sau)?))(?!\w)"
    rf"|(?:của{GAP})?(?P<each>{_EVERY}){GAP}quý(?!\w)"
    rf"|(?:(?:của{GAP})?các{GAP}tháng|của{GAP}tháng|(?:của{GAP})?tháng{GAP}{_NEXT})(?!\w|{GAP}(?:[0-9]|đầu|cuối|thứ)))"
)
_LAST_DAY = re.compile(
    rf"ngày{GAP}(?:(?P<work>làm{GAP}việc){GAP})?cuối{GAP}cùng{GAP}(?:(?:của{GAP})?(?:{_EVERY}{GAP})?tháng|{_EVERY}{GAP}tháng)"
    rf"(?!\w|{GAP}[0-9])"
)
_OF_MONTH = rf"{GAP}(?:của{GAP})?(?:{_EVERY}{GAP})?tháng(?!\w|{GAP}[0-9])"
_NTH_WEEK = re.compile(
    rf"{GAP}(?:của{GAP})?(?:tuần{GAP}(?:lễ{GAP})?)?"
    rf"(?P<nth>đầu(?:{GAP}tiên)?|thứ{GAP}(?:nhất|hai|ba|tư)|cuối(?:{GAP}cùng)?){_OF_MONTH}"
)
_NTH = {"đầu": "1", "nhất": "1", "hai": "2", "ba": "3", "tư": "4", "cuối": "-1"}
_ON_WEEK_DAYS = re.compile(rf"{COMMA}(?:vào{GAP})?(?:(?:các|sáng|chiều|buổi|ngày){GAP}){{0,3}}")
_WORKING_DAYS = "MO,TU,WE,TH,FR"
_DAYS_OF_WEEK = f"{_WORKING_DAYS},SA,SU".split(",")
_YEARLY = re.compile(rf"{COMMA}(?:của{GAP})?{_EVERY}{GAP}năm(?!\w|{GAP}[0-9])")
_WEEKLY = re.compile(rf"{COMMA}(?:của{GAP})?{_EVERY}{GAP}tuần(?!\w)")
_AND = re.compile(rf"{BLANK}(?:,|và){BLANK}")
_AND_BEFORE = re.compile(rf"{BLANK}(?:,|và){BLANK}(?P<lead>trước{GAP})?")
_FIRST_LETTERS = frozenset("hmđtcn")
_COUNT_LETTERS = frozenset("hmbsc")
_QUARTER_MONTHS = {"đầu": "1,4,7,10", "cuối": "3,6,9,12"}


def read_cycle(low: str, position: int, words: Lexicon) -> DateMention | None:
    """A recurrence that begins at a place of lower-case text and tells no month of its own, or None."""
    head = low[position]
    if (head.isdigit() or head in _COUNT_LETTERS) and (match := _TIMES.match(low, position)):
        return _cycle(position, match.end(), match["unit"], _count(match["n"]))
    if head.isdigit():
        return None
    if match := _DAYS.match(low, position):
        return _days_of_month(match, position)
    if head not in _FIRST_LETTERS:
        return None
    if match := _LAST_DAY.match(low, position):
        by_day = f"BYDAY={_WORKING_DAYS};BYSETPOS=-1" if match["work"] else "BYMONTHDAY=-1"
        return _recurring(position, match.end(), "recurring_day", f"FREQ=MONTHLY;{by_day}")
    if match := _PLAIN.match(low, position):
        if low.startswith("hàng", position) and preceded_by(low, position, words.compounds):
            return None
        if match["unit"] == "tuần" and (named := _days_after(low, position, match.end(), words)):
            return named
        return _cycle(position, match.end(), match["unit"], 1)
    if match := _SPACED.match(low, position):
        return _cycle(position, match.end(), match["bare"] or match["unit"], _count(match["n"]) if match["n"] else 1)
    return _week_days(low, position, words)


def read_yearly(low: str, start: int, point: Point, words: Lexicon) -> list[DateMention]:
    """The point as a day, month or quarter of every year where "hằng năm" follows it or the next point in its row."""
    if point.year or point.unit not in ("day", "month", "quarter", "half") or (point.unit == "day" and not point.part):
        return []
    if after := _YEARLY.match(low, point.end):
        return [_of_every_year(start, after.end(), point)]
    joint = _AND_BEFORE.match(low, point.end)
    other = read_point(low, joint.end(), words) if joint else None
    if other is None or other.year or other.unit != point.unit or not other.part:
        return []
    after = _YEARLY.match(low, other.end)
    if after is None or joint is None:
        return []
    second = other.start if joint["lead"] is None else joint.start("lead")
    return [_of_every_year(start, point.end, point), _of_every_year(second, after.end(), other)]


def read_yearly_range(low: str, whole: DateMention) -> list[DateMention]:
    """A range of days or months without a year as one of every year where "hằng năm" follows it; empty where not."""
    after = _YEARLY.match(low, whole.end)
    if after is None or whole.edtf is None or not whole.edtf.startswith(NO_YEAR):
        return []
    return [replace(whole, end=after.end(), kind="recurring", rule="recurring_yearly", recurrence="FREQ=YEARLY")]


def _of_every_year(start: int, end: int, point: Point) -> DateMention:
    months = range(int(point.first_month[-2:]), int(point.last_month[-2:]) + 1)
    by_day = f";BYMONTHDAY={int(point.day)}" if point.day else ""
    edtf = point.edtf if point.unit in ("day", "month") else None
    rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}{by_day}"
    return DateMention(start, end, edtf, "recurring", "recurring_yearly", recurrence=rule)


def _count(number: str) -> int:
    return _COUNTS.get(number) or int(number)


def _cycle(start: int, end: int, unit: str, count: int) -> DateMention | None:
    """Every `count` units; None for a count of nothing."""
    if count == 0:
        return None
    frequency, months = _FREQUENCIES[unit]
    interval = f";INTERVAL={count * months}" if count * months > 1 else ""
    return DateMention(start, end, None, "recurring", "recurring", recurrence=f"FREQ={frequency}{interval}")


def _days_of_month(match: re.Match[str], position: int) -> DateMention | None:
    days = [int(day) for day in re.findall("[0-9]+", match["days"])]
    if re.search(rf"đến|tới|{DASH}", match["days"]):
        days = list(range(days[0], days[-1] + 1))
    if not days or not all(1 <= day <= 31 for day in days):
        return None
    every = f";BYMONTH={_QUARTER_MONTHS[match['side']]}" if match["quarter"] else ";INTERVAL=3" if match["each"] else ""
    return _recurring(position, match.end(), "recurring_day", f"FREQ=MONTHLY{every};BYMONTHDAY={','.join(map(str, days))}")


def _recurring(start: int, end: int, name: str, rule: str) -> DateMention:
    return DateMention(start, end, None, "recurring", name, recurrence=rule)


def _week_days(low: str, position: int, words: Lexicon) -> DateMention | None:
    """"thứ Hai, thứ Sáu hằng tuần", "thứ Sáu tuần cuối cùng của tháng"."""
    days, end = _named_days(low, position, words)
    if not days:
        return None
    if every := _WEEKLY.match(low, end):
        return _recurring(position, every.end(), "recurring_week", f"FREQ=WEEKLY;BYDAY={','.join(days)}")
    nth = _NTH_WEEK.match(low, end)
    if nth is None:
        return None
    which = _NTH[nth["nth"].split()[-1] if nth["nth"].startswith("thứ") else nth["nth"].split()[0]]
    by_day = ",".join(f"{which}{day}" for day in days)
    return _recurring(position, nth.end(), "recurring_week", f"FREQ=MONTHLY;BYDAY={by_day}")


def _days_after(low: str, position: int, end: int, words: Lexicon) -> DateMention | None:
    """"hằng tuần vào thứ Sáu": the days named after their week."""
    joint = _ON_WEEK_DAYS.match(low, end)
    days, last = _named_days(low, joint.end(), words) if joint else ([], end)
    return _recurring(position, last, "recurring_week", f"FREQ=WEEKLY;BYDAY={','.join(days)}") if days else None


def _named_days(low: str, position: int, words: Lexicon) -> tuple[list[str], int]:
    """The week days in a row from a place on, as RFC 5545 has them, and where the last one ends."""
    days: list[str] = []
    end = position
    while len(days) < len(_DAYS_OF_WEEK) and (match := words.weekday.match(low, position)):
        days.append(words.weekdays[" ".join(match[0].split())])
        end = match.end()
        joint = _AND.match(low, end)
        if joint is None:
            break
        position = joint.end()
    return days, end
