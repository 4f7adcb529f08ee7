"""Reads one point in time at a given place: a day, month, quarter, half or year, in every spelling met in plans.

All patterns run on lower-case text and only at a place where a time may begin; every repetition in them is bounded, so
that reading is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.annotate.date_lexicon import BLANK, COLON, COMMA, DASH, GAP, Lexicon
from pipeline.annotate.date_slips import mended_day, mended_month
from pipeline.annotate.date_values import Point, is_day

_S = r"[ \xa0]{0,3}"
_END = r"(?![0-9/]|[ \xa0]{1,3}/)"
_YEAR4 = r"(?P<y>[0-9]{4})"
_AFTER_YEAR = r"(?![0-9]|/[^\W_]|[.,][0-9]{3})"
_NAMED = rf"{COMMA}(?:của{GAP})?năm{BLANK}"
_WITH_YEAR = rf"(?:{_NAMED}|{_S}/{_S}|{_S}{DASH}{_S}|\.){_YEAR4}{_AFTER_YEAR}"
_FILL = r"[ \xa0.…_·]"

_DAY_WORD = re.compile(rf"ngày(?![^\W\d_]){COLON}(?:(?:mùng|mồng){GAP})?")
_MUNG = re.compile(rf"(?:mùng|mồng){GAP}(?=[0-9])")
_SLASH = re.compile(
    rf"(?P<d>[0-9]{{1,2}}){_S}/{_S}(?P<m>[0-9]{{1,2}})"
    rf"(?:(?:{_S}/{_S}|{_NAMED}){_YEAR4}{_END}|{_S}/{_S}(?P<short>[0-9]{{2}})(?![0-9/%]|[.,][0-9])|{_END}(?![.,][0-9]))"
)
_LONG = re.compile(
    rf"(?P<d>[0-9]{{1,2}}){BLANK}tháng{BLANK}(?P<m>[0-9]{{1,2}})(?:{_WITH_YEAR}|(?![0-9/]))"
)
_HYPHEN = re.compile(
    rf"(?P<d>[0-9]{{1,2}})(?P<gap>{_S}){DASH}{_S}(?P<m>[0-9]{{1,2}})"
    rf"(?:(?:{_S}{DASH}{_S}|{_NAMED}){_YEAR4}{_END}(?!{DASH}[^\W_])|{_S}{DASH}{_S}(?P<short>[0-9]{{2}}){_END}"
    rf"|{_END}(?!{DASH}[0-9]|{BLANK}tháng))"
)
_DOT = re.compile(
    rf"(?P<d>[0-9]{{1,2}})\.(?P<m>[0-9]{{1,2}})(?:\.{_YEAR4})?(?![0-9/]|[.,][0-9]|{BLANK}%)"
    rf"|(?P<d2>[0-9]{{1,2}})\.[ \xa0]{{1,3}}(?P<m2>[0-9]{{1,2}})\.[ \xa0]{{1,3}}(?P<y2>[0-9]{{4}})(?![0-9/]|[.,][0-9])"
)
_ISO = re.compile(rf"{_YEAR4}-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}})(?![0-9/])")
_DAMAGED = re.compile(rf"[0-9ol]{{1,2}}{_S}[/.-]{_S}[0-9ol]{{1,2}}{_S}[/.-]{_S}[0-9ol]{{4}}(?![0-9/])")
_TIMESTAMP = re.compile(r"[ t]([0-2][0-9]:[0-5][0-9]:[0-5][0-9])(?:[ \xa0]?([+-][01][0-9]:[0-5][0-9]))?(?![0-9:])")
_DAY_ONLY = re.compile(r"(?P<d>[0-9]{1,2})(?![0-9/]|\.[0-9])")
_BLANK_LONG = re.compile(
    rf"ngày{_FILL}{{0,80}}(?:(?P<d>[0-9]{{1,2}}){_FILL}{{0,40}})?tháng{_FILL}{{0,80}}"
    rf"(?:(?P<m>[0-9]{{1,2}}){_FILL}{{0,40}})?,?năm{_FILL}{{0,40}}(?P<y>[0-9]{{4}}|[0-9]{{0,3}}(?=[.…_]))(?![0-9])"
)
_BLANK_SLASH = re.compile(
    rf"(?:ngày)?{_FILL}{{0,80}}/{_FILL}{{0,40}}(?:(?P<m>[0-9]{{1,2}}){_FILL}{{0,40}})?/{_FILL}{{0,40}}{_YEAR4}{_END}"
)
_DECIMALS = rf",[0-9]{{1,2}}(?![0-9/,]|{BLANK}(?:năm{GAP}[0-9]{{4}}|và{GAP}[0-9]))"
_MONTH = re.compile(rf"tháng{BLANK}(?P<m>1[0-2]|0?[1-9])(?:{_WITH_YEAR}|(?![0-9]|[/.][0-9]|{_DECIMALS}))")
_MONTH_NUMBER = re.compile(rf"(?P<m>1[0-2]|0?[1-9])(?:{_WITH_YEAR}|(?![0-9/]|\.[0-9]|{_DECIMALS}))")
_NO_MONTH = re.compile(rf"tháng{BLANK}(?:00|1[3-9]|[2-9][0-9])(?:{_NAMED}|{_S}/{_S}){_YEAR4}{_AFTER_YEAR}")
_MONTH_WORD = re.compile(rf"tháng{BLANK}")
_SHORT_MONTH = re.compile(rf"t\.?(?P<m>1[0-2]|0?[1-9])/{_YEAR4}{_AFTER_YEAR}")
_QUARTER = re.compile(
    rf"(?:q[uú][ýíyi]{BLANK})?(?P<q>iv|i{{1,3}}|[1-4]|một|hai|ba|bốn|tư)(?![^\W_])"
    rf"(?:{_WITH_YEAR}|(?!/[0-9]|\.[0-9]|,[0-9](?![0-9/])))"
)
_SHORT_QUARTER = re.compile(rf"q\.?(?P<q>iv|i{{1,3}}|[1-4])/{_YEAR4}{_AFTER_YEAR}")
_NO_QUARTER = re.compile(rf"quý{BLANK}(?:v|vi|[05-9])(?:{_NAMED}|{_S}/{_S}){_YEAR4}{_AFTER_YEAR}")
_MONTHS = re.compile(
    rf"(?:0?(?P<n>[1-9]|1[01])|(?P<w>ba|sáu|chín)){BLANK}tháng{GAP}(?P<side>đầu|cuối){GAP}(?:của{GAP})?năm"
    rf"(?!{BLANK}học)(?:{BLANK}{_YEAR4}(?![0-9]))?(?!\w)"
)
_HALF = re.compile(rf"nửa{GAP}(?:năm{GAP})?(?P<side>đầu|cuối){GAP}(?:của{GAP})?năm(?:{BLANK}{_YEAR4}(?![0-9]))?(?!\w)")
_YEAR = re.compile(rf"năm{COLON}{_YEAR4}(?![0-9/]|[.,][0-9])")
_YEAR_NUMBER = re.compile(rf"{_YEAR4}(?![0-9/]|[.,][0-9]|{DASH}[^\W_])")
_CLOCK_CORE = (
    r"(?:[01]?[0-9]|2[0-4])[ \xa0]{0,3}(?:(?:h|g(?=[0-9])|giờ)(?:[ \xa0]{0,3}[0-5][0-9](?![0-9/]))?"
    r"(?:[ \xa0]{0,3}(?:phút|p(?!\w)|['’′]))?|:[0-5][0-9])"
)
_CLOCK = re.compile(
    rf"(?P<first>{_CLOCK_CORE})(?P<second>{_S}(?:đến|tới|{DASH}){_S}{_CLOCK_CORE})?"
    rf"(?:{COMMA}(?:buổi{GAP})?(?P<side>sáng|trưa|chiều|tối|đêm)(?!\w))?"
    rf"(?:{COMMA}(?:vào{GAP})?(?:thứ{GAP}\w{{1,4}}|chủ{GAP}nhật))?{COMMA}"
)
_HOUR = re.compile(r"([0-9]{1,2})\D*([0-9]{2})?")
_QUARTERS = {
    "i": 1, "1": 1, "một": 1, "ii": 2, "2": 2, "hai": 2, "iii": 3, "3": 3, "ba": 3, "iv": 4, "4": 4, "bốn": 4, "tư": 4,
}  # fmt: skip
_DAY_PATTERNS = (
    ("exact_slash", _SLASH), ("exact_long", _LONG), ("exact_iso", _ISO), ("exact_hyphen", _HYPHEN), ("exact_dot", _DOT),
)  # fmt: skip
_WORDED_QUARTERS = frozenset(("một", "hai", "ba", "bốn", "tư"))
_MONTH_COUNTS = {"ba": 3, "sáu": 6, "chín": 9}
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIRST_DATED_YEAR = 1000
_PIVOT = 50


def read_point(low: str, position: int, words: Lexicon) -> Point | None:
    """The time printed at a place of lower-case text, or None; numbers alone are read by `read_number_as`."""
    head = low[position : position + 1]
    if head.isdigit():
        return _clocked(low, position, words) or _counted_months(low, position) or read_day(low, position)
    if head == "n":
        return _day_with_word(low, position, words) or _half(low, position) or _year(low, position)
    if head == "t":
        named = _named_month(low, position, words) or _month(_SHORT_MONTH, low, position, words, "month_short")
        return named or _vague(low, position, words)
    if head == "q":
        return _quarter(low, position, words) or _short_quarter(low, position) or _wrong(_NO_QUARTER, low, position)
    if head == "m":
        return _mung(low, position)
    return _counted_months(low, position) or _vague(low, position, words)


def read_number_as(unit: str, low: str, position: int, words: Lexicon) -> Point | None:
    """A number without its own word where a point of that unit has gone before: "tháng 5 - 6/2025", "quý I, II"."""
    if unit == "month":
        return _month(_MONTH_NUMBER, low, position, words)
    if unit == "quarter":
        return _quarter(low, position, words)
    if unit == "year":
        return year_number(low, position, words)
    return read_day(low, position)


def read_day(low: str, position: int, *, after_word: bool = False) -> Point | None:
    """A day in figures; `after_word` where "ngày" stands before it, which allows hyphens, dots and short years."""
    for rule, pattern in _DAY_PATTERNS:
        if (match := pattern.match(low, position)) and (point := _day(match, rule, after_word=after_word)):
            return _stamped(low, point) if point.year else point
    return _mended_day(low, position, after_word=after_word)


def _mended_day(low: str, position: int, *, after_word: bool) -> Point | None:
    """A day with letters for figures; without "ngày" before it only where its year is printed."""
    mended = mended_day(low, position)
    point = read_day(mended, 0, after_word=True) if mended else None
    if point is None or point.unit != "day" or not (after_word or point.year):
        return None
    return replace(point, start=position, end=position + point.end, rule="misread", confidence=0.6)


def _stamped(low: str, point: Point) -> Point:
    """The day with the time of day that a portal or a signature prints after it, to the second."""
    match = _TIMESTAMP.match(low, point.end)
    if match is None or point.unit != "day":
        return point
    return replace(point, end=match.end(), clock=match[1] + (match[2] or ""), rule="timestamp")


def day_number(low: str, position: int) -> Point | None:
    """A day of the month alone: only part of a list, a range or a recurrence."""
    match = _DAY_ONLY.match(low, position)
    if match is None or not 1 <= int(match["d"]) <= 31:
        return None
    return Point(position, match.end(), "day", "day_list", day=f"{int(match['d']):02}", firm=False)


def year_number(low: str, position: int, words: Lexicon) -> Point | None:
    """Four figures that can be a year and count nothing; never firm."""
    match = _YEAR_NUMBER.match(low, position)
    if match is None or not _plausible(match["y"]) or words.measure.match(low, match.end()):
        return None
    return Point(position, match.end(), "year", "year", year=match["y"], firm=False, confidence=0.8)


def month_of_year(low: str, position: int, words: Lexicon) -> Point | None:
    """"6/2025" without a word: never firm, for it may begin a document's number."""
    point = _month(_MONTH_NUMBER, low, position, words)
    return replace(point, firm=False, confidence=0.8) if point and point.year and "/" in low[position : point.end] else None


def _day(match: re.Match[str], rule: str, *, after_word: bool) -> Point | None:
    """A day from figures, an impossible day, or None where the figures are no date at all."""
    found = match.groupdict()
    if found.get("d2"):
        found |= {name: found[f"{name}2"] for name in "dmy"}
    day, month, start = int(found["d"]), int(found["m"]), match.start()
    year, short = found["y"], found.get("short")
    loose = rule in ("exact_hyphen", "exact_dot")
    if loose and not after_word and (not year or found.get("gap")):
        return None
    if year and not (_FIRST_YEAR if loose else _FIRST_DATED_YEAR) <= int(year) <= _LAST_YEAR:
        return None
    if loose and not year and not short and not _shaped_like_date(found["d"], found["m"]):
        return None
    if short:
        year = str(2000 + int(short) if int(short) <= _PIVOT else 1900 + int(short))
    if not is_day(day, month, int(year) if year else None):
        meant = after_word or (bool(year) and not loose and not short)
        return _impossible(start, match.end()) if meant and day <= 31 and month <= 31 else None
    firm = after_word or bool(year and not short)
    rule = rule if year else "day_month"
    sure = 0.7 if short else 1.0
    return Point(start, match.end(), "day", rule, year, f"{month:02}", f"{day:02}", firm=firm, confidence=sure)


def _shaped_like_date(day: str, month: str) -> bool:
    """Whether figures look like a day and month, not like a ratio, a decimal or a score."""
    return day.startswith("0") or month.startswith("0") or int(day) > int(month) or day == month == "10"


def looks_like_day_month(low: str, point: Point) -> bool:
    """Whether a lone "10/6" has the shape of a date rather than of a ratio such as 2/3."""
    figures = re.findall("[0-9]+", low[point.start : point.end])
    return len(figures) >= 2 and _shaped_like_date(figures[0], figures[1])


def _impossible(start: int, end: int) -> Point:
    return Point(start, end, "impossible", "impossible", confidence=0.3)


def _day_with_word(low: str, position: int, words: Lexicon) -> Point | None:
    """What "ngày" opens: a day in figures or words, one left blank, an unreadable one, or a day without its month."""
    lead = _DAY_WORD.match(low, position)
    if lead is None:
        return None
    at = lead.end()
    point = read_day(low, at, after_word=True) or _blank_day(low, position) or _worded_day(low, at, words)
    if point is None and (match := _DAMAGED.match(low, at)):
        point = _impossible(position, match.end())
    if point is None and (alone := day_number(low, at)):
        point = replace(alone, firm=True)
    return replace(point, start=position) if point else None


def _mung(low: str, position: int) -> Point | None:
    """"mùng 2/9", "mùng 2 tháng 9": a day of the calendar unless the lunar reader took it first."""
    lead = _MUNG.match(low, position)
    point = read_day(low, lead.end(), after_word=True) if lead else None
    return replace(point, start=position) if point else None


def _blank_day(low: str, position: int) -> Point | None:
    """A day with blanks or dots where figures belong; None where nothing is blank."""
    match = _BLANK_LONG.match(low, position)
    if match is None:
        return blank_slash(low, position)
    day, month, year = match["d"], match["m"], match["y"]
    if len(year) < 4:
        dotted = any(mark in low[position : match.end() + 1] for mark in ".…_")
        return replace(_impossible(position, match.end()), rule="blank_date", confidence=0.5) if dotted else None
    return _blanked(position, match.end(), day, month, year)


def blank_slash(low: str, position: int) -> Point | None:
    """"ngày    /7/2023", or the same from its first slash on."""
    match = _BLANK_SLASH.match(low, position)
    return _blanked(position, match.end(), None, match["m"], match["y"]) if match else None


def _blanked(start: int, end: int, day: str | None, month: str | None, year: str) -> Point | None:
    if not _plausible(year) or not is_day(int(day or 1), int(month or 1), None):
        return None
    part, number = f"{int(month):02}" if month else "XX", f"{int(day):02}" if day else "XX"
    return Point(start, end, "day", "blank_date", year, part, number, confidence=0.9)


def _worded_day(low: str, position: int, words: Lexicon) -> Point | None:
    match = words.worded_day.match(low, position)
    if match is None:
        return None
    value = {name: words.numbers.get(" ".join((word or "").split()), 0) for name, word in match.groupdict().items()}
    year = match["y"] or str(value["k"] * 1000 + value["h"] * 100 + value["r"])
    day, month = value["d"], value["m"]
    if not _plausible(year) or not is_day(day, month, int(year)):
        return None
    return Point(position, match.end(), "day", "exact_words", year, f"{month:02}", f"{day:02}", confidence=0.9)


def _named_month(low: str, position: int, words: Lexicon) -> Point | None:
    """What "tháng" opens: a month in figures or, with its year, in words; a month that no year has."""
    point = _month(_MONTH, low, position, words)
    if point is None and (match := words.worded_month.match(low, position)):
        number = words.numbers[" ".join(match["m"].split())]
        named = number <= 12 and _plausible(match["y"])
        return Point(position, match.end(), "month", "month_words", match["y"], f"{number:02}") if named else None
    if point is None and (lead := _MONTH_WORD.match(low, position)) and (mended := mended_month(low, lead.end())):
        point = _month(_MONTH, lead[0] + mended, 0, words)
        shift = position
        return replace(point, start=shift, end=shift + point.end, rule="misread", confidence=0.6) if point else None
    return point or _wrong(_NO_MONTH, low, position)


def _wrong(pattern: re.Pattern[str], low: str, position: int) -> Point | None:
    """A month or quarter that no year has."""
    match = pattern.match(low, position)
    return _impossible(position, match.end()) if match else None


def _month(pattern: re.Pattern[str], low: str, position: int, words: Lexicon, rule: str = "month") -> Point | None:
    match = pattern.match(low, position)
    if match is None or (match["y"] is None and words.measure.match(low, match.end())):
        return None
    if match["y"] and not _plausible(match["y"]):
        return None
    firm, sure = low.startswith("t", position), 1.0 if match["y"] else 0.9
    return Point(position, match.end(), "month", rule, match["y"], f"{int(match['m']):02}", firm=firm, confidence=sure)


def _quarter(low: str, position: int, words: Lexicon) -> Point | None:
    match = _QUARTER.match(low, position)
    if match is None or (match["y"] is not None and not _plausible(match["y"])):
        return None
    number, year = match["q"], match["y"]
    if year is None and (number in _WORDED_QUARTERS or words.measure.match(low, match.end())):
        return None
    part, firm = str(32 + _QUARTERS[number]), low.startswith("q", position)
    sure = 1.0 if year else 0.9
    return Point(position, match.end(), "quarter", "quarter", year, part, firm=firm, confidence=sure)


def _short_quarter(low: str, position: int) -> Point | None:
    """"QI/2025", "Q.3/2025": with its year alone, for Q.3 is a district too."""
    match = _SHORT_QUARTER.match(low, position)
    if match is None or not _plausible(match["y"]):
        return None
    part = str(32 + _QUARTERS[match["q"]])
    return Point(position, match.end(), "quarter", "quarter_short", match["y"], part, confidence=0.9)


def _counted_months(low: str, position: int) -> Point | None:
    """"6 tháng đầu năm" is a half, "9 tháng đầu năm" a stretch of months."""
    match = _MONTHS.match(low, position)
    if match is None or (match["y"] and not _plausible(match["y"])):
        return None
    count = _MONTH_COUNTS[match["w"]] if match["w"] else int(match["n"])
    if count == 6:
        return _as_half(match, position)
    first, last = (1, count) if match["side"] == "đầu" else (13 - count, 12)
    return Point(position, match.end(), "months", "months", match["y"], f"{first:02}", last=f"{last:02}")


def _half(low: str, position: int) -> Point | None:
    match = _HALF.match(low, position)
    return _as_half(match, position) if match and (not match["y"] or _plausible(match["y"])) else None


def _as_half(match: re.Match[str], position: int) -> Point:
    return Point(position, match.end(), "half", "half", match["y"], "40" if match["side"] == "đầu" else "41")


def _year(low: str, position: int) -> Point | None:
    match = _YEAR.match(low, position)
    return Point(position, match.end(), "year", "year", match["y"]) if match and _plausible(match["y"]) else None


def _vague(low: str, position: int, words: Lexicon) -> Point | None:
    """"cuối tháng 5/2025": the month, less sure; "cuối tháng" alone is no time."""
    lead = words.vague.match(low, position)
    if lead is None or low[lead.end() : lead.end() + 1] not in ("t", "q", "n"):
        return None
    point = read_point(low, lead.end(), words)
    if point is None or point.unit not in ("month", "quarter", "year"):
        return None
    rule = f"vague_{words.sides[' '.join(lead['word'].split())]}"
    return replace(point, start=position, rule=rule, confidence=0.6 if point.unit == "year" else 0.8)


def _clocked(low: str, position: int, words: Lexicon) -> Point | None:
    """A day with the clock time before it; a stretch of hours leaves the day alone, for EDTF has no hours of a day."""
    match = _CLOCK.match(low, position)
    if match is None:
        return None
    point = _day_with_word(low, match.end(), words) or read_day(low, match.end(), after_word=True)
    if point is None or point.unit != "day" or point.part is None:
        return None
    clock = None if match["second"] else _hour(match["first"], match["side"])
    return replace(point, start=position, clock=clock, rule="clock", firm=True)


def _hour(clock: str, side: str | None) -> str | None:
    match = _HOUR.match(clock)
    if match is None:
        return None
    hour = int(match[1]) + (12 if side in ("chiều", "tối") and int(match[1]) < 12 else 0)
    return f"{hour:02}:{match[2] or '00'}:00" if hour < 24 else None


def _plausible(year: str) -> bool:
    return _FIRST_YEAR <= int(year) <= _LAST_YEAR
