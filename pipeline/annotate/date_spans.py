"""Joins single times: "từ … đến …", "15 - 20/5/2025", "27,28/6/2019", "quý I, II/2025", "giai đoạn 2021-2025"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from models.mentions import DateKind
from pipeline.annotate.date_lexicon import BLANK, DASH, GAP, Lexicon
from pipeline.annotate.date_points import (
    day_number,
    looks_like_day_month,
    read_day,
    read_number_as,
    read_point,
    year_number,
)
from pipeline.annotate.date_values import NO_YEAR, Point, bounds, month_end
from pipeline.values import DateMention

_TO = re.compile(
    rf"(?:{BLANK},)?{BLANK}(?:(?P<word>(?:cho{GAP})?(?:đến|tới)(?:{GAP}(?P<end>hết))?)(?![^\W\d_])|{DASH}|÷){BLANK}"
)
_AND = re.compile(rf"{BLANK}(?:[,&+]|và(?!\w)){BLANK}")
_YEAR_AND = re.compile(rf"{BLANK}(?:[,;&]|và(?!\w)){BLANK}")
_YEARS = re.compile(
    rf"(?P<from>[0-9]{{4}})"
    rf"(?:[ \xa0]{{0,3}}(?P<sign>(?:{DASH}|÷|/|(?:đến|tới)[ \xa0])(?:[ \xa0]?năm[ \xa0])?)[ \xa0]{{0,3}})?"
    rf"(?P<to>[0-9]{{4}}|[0-9]{{2}})(?![0-9/]|[.,][0-9]|{DASH}[^\W_])"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LONGEST_PERIOD = 100
_LONGEST_BARE_PERIOD = 30
_ANNIVERSARY_YEARS = 5
_ANNIVERSARY_PERIOD = 20
_FIRST_PLANNED_YEAR = 1995  # a plan of the years from 1995 on may look 20 years ahead; one from before is history
_CELEBRATION_REACH = 160
_COUNTED_YEARS = re.compile(r"k[ỷỉ] niệm[^0-9;\n\t]{0,40}(?P<n>[0-9]{1,3}) năm(?!\w)[^;()\n\t]{0,100}\(\Z")
_MOST_ITEMS = 10
_SURELY_MANY = 3
_TIGHT_MONTH = re.compile(r"(?<=[0-9],)(?:1[0-2]|0?[1-9])(?=,[0-9])")  # the 2 of "1,2,3", no decimal after a comma
_PAIRS = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_LEAP_YEAR = "2024"
_MONTHS_OF_YEAR = 12
_KINDS: dict[str, DateKind] = {
    "day": "exact", "month": "month", "quarter": "quarter", "half": "half", "months": "range", "year": "year",
    "impossible": "exact",
}  # fmt: skip


def mention_of(point: Point, start: int | None = None, rule: str | None = None) -> DateMention:
    """A single point as a mention of its own."""
    edtf = point.edtf
    first, last = bounds(edtf)
    return DateMention(
        point.start if start is None else start, point.end, edtf, _KINDS[point.unit], rule or point.rule, first, last,
        confidence=point.confidence,
    )  # fmt: skip


def read_period(low: str, position: int, words: Lexicon) -> DateMention | None:
    """A period of years, with its lead word or bare; None where the figures count something else."""
    lead = words.period.match(low, position)
    if lead and lead["lead"] == "năm" and "(" in lead[0]:
        return None  # "80 năm (1945-2025)" counts years
    match = _YEARS.match(low, lead.end() if lead else position)
    if match is None and lead and lead["season"]:
        point = year_number(low, lead.end(), words)
        return mention_of(replace(point, start=position, rule="season", confidence=0.9)) if point else None
    if match is None or (lead is None and (match["sign"] in (None, "/") or not re.match(DASH, match["sign"]))):
        return None
    first, last = int(match["from"]), int(match["to"])
    if len(match["to"]) == 2:
        last += first - first % 100
        if lead is None or match["sign"] is None:
            return None
    longest = _LONGEST_PERIOD if lead or low[position - 1 : position] == "(" else _LONGEST_BARE_PERIOD
    if not (_FIRST_YEAR <= first < last <= min(_LAST_YEAR, first + longest)) or words.measure.match(low, match.end()):
        return None
    if match["sign"] == "/" and last != first + 1:
        return None
    bare = lead is None
    anniversary = bare and _celebrated(low, position, first, last)
    rule = "anniversary_years" if anniversary else "period_bare" if bare else "period" if match["sign"] else "period_joined"
    edtf = f"{first}/{last}"
    kind: DateKind = "anniversary" if anniversary else "range"
    sure = 1.0 if rule == "period" else 0.9 if match["sign"] else 0.7
    end = match.end() + (lead is not None and "(" in lead[0] and low.startswith(")", match.end()))
    return DateMention(position, end, edtf, kind, rule, *bounds(edtf), confidence=sure)


def _celebrated(low: str, position: int, first: int, last: int) -> bool:
    """Whether years in brackets are those of an anniversary: the words count as many years, or they reach far back."""
    if low[position - 1 : position] != "(":
        return False
    counted = _COUNTED_YEARS.search(low, max(0, position - _CELEBRATION_REACH), position)
    if counted and int(counted["n"]) == last - first:
        return True
    return last - first >= _ANNIVERSARY_PERIOD and first < _FIRST_PLANNED_YEAR


def read_range(
    low: str, start: int, left: Point, words: Lexicon, *, vouched: bool = False, celebrated: bool = False
) -> DateMention | None:
    """What runs from the point on the left to one on the right; `start` is where the mention begins.

    `vouched` says that the words before make lone figures times, `celebrated` that they name something to be celebrated.
    """
    link = _TO.match(low, left.end)
    if link is None or left.unit in ("impossible", "months"):
        return None
    right = _right(low, link, left, words)
    if right is None or right.unit in ("impossible", "months") or (right.unit == "day" and right.part is None):
        return None
    if not (link["word"] or right.unit == left.unit):
        return None
    ends = _filled(left, right)
    if ends is None:
        return None
    if not (vouched or _trusted(low, left, right)):
        return None
    days_kept = celebrated or link["word"] is None
    return _range_mention(start, *ends, to_end=bool(link["end"]), days_kept=days_kept)


def _right(low: str, link: re.Match[str], left: Point, words: Lexicon) -> Point | None:
    at = link.end()
    if left.unit == "year":
        return read_point(low, at, words) or year_number(low, at, words)
    return read_point(low, at, words) or read_number_as(left.unit, low, at, words)


def _trusted(low: str, left: Point, right: Point) -> bool:
    """Whether two lone day/months are dates and no ratios: one of them says so, or both have the shape."""
    if left.firm or right.firm or left.year or right.year or left.unit != "day":
        return True
    if left.part and any(map(_is_surely_a_day, _PAIRS.findall(low[left.start : right.end]))):
        return True
    return looks_like_day_month(low, right) and (left.part is None or looks_like_day_month(low, left))


def is_surely_a_range(low: str, left: Point, right_end: int, words: Lexicon) -> bool:
    """Whether two lone day/months, "15/5 - 15/6", cannot be ratios or scores: neither of them can."""
    pairs = _PAIRS.findall(low[left.start : right_end])
    counts = words.measure.match(low, right_end) is not None
    return len(pairs) == 2 and not counts and all(map(_is_surely_a_day, pairs))


def is_surely_a_day(low: str, point: Point) -> bool:
    """Whether a lone "15/5" or "01/7" can be no ratio and no score."""
    pair = _PAIRS.match(low, point.start)
    return pair is not None and _is_surely_a_day((pair[1], pair[2]))


def _is_surely_a_day(pair: tuple[str, str]) -> bool:
    """Whether "15/5" can only be a day and its month: more than twelve of them, or a zero in front."""
    day, month = pair
    return int(day) > _MONTHS_OF_YEAR or "0" in (day[0], month[0])


def _filled(left: Point, right: Point) -> tuple[Point, Point] | None:
    """Both ends, each with what the other one says for both; None where they do not follow each other."""
    left, right = replace(left, clock=None), replace(right, clock=None)
    if left.unit == "day" and left.part is None:
        if right.unit != "day" or right.part == "XX":
            return None
        left = replace(left, part=right.part, year=right.year)
    turned = _turned(left, right)
    if left.year is None and right.year:
        left = left.of_year(str(int(right.year) - turned))
    elif right.year is None and left.year:
        right = right.of_year(str(int(left.year) + turned))
    known = [(point.edtf or "").replace(NO_YEAR, _LEAP_YEAR) for point in (left, right)]
    first, last = bounds(known[0])[0], bounds(known[1])[1]
    return (left, right) if first and last and first <= last else None


def _turned(left: Point, right: Point) -> bool:
    """Whether the year turns between a month on the left and an earlier one on the right."""
    return "year" not in (left.unit, right.unit) and left.first_month[-2:] > right.last_month[-2:]


def _range_mention(start: int, left: Point, right: Point, *, to_end: bool, days_kept: bool) -> DateMention | None:
    """The range; the same day of two years is an anniversary where a dash or the words before say so (`days_kept`)."""
    if left.unit == right.unit == "day" and left.edtf == right.edtf:
        return mention_of(replace(right, rule="clock"), start)
    first = left.first_month if left.unit in ("quarter", "half") else left.edtf
    last = right.last_month if right.unit in ("quarter", "half") else right.edtf or ""
    if to_end and left.unit == "day":
        last = month_end(last)
    edtf, sure = f"{first}/{last}", min(left.confidence, right.confidence)
    same_day = left.unit == right.unit == "day" and (left.part, left.day) == (right.part, right.day)
    if days_kept and same_day and int(right.year or 0) - int(left.year or 0) >= _ANNIVERSARY_YEARS:
        return DateMention(start, right.end, edtf, "anniversary", "anniversary", *bounds(edtf), confidence=sure)
    return DateMention(start, right.end, edtf, "range", "range", *bounds(edtf), confidence=sure)


def read_list(low: str, start: int, left: Point, words: Lexicon) -> list[DateMention]:
    """Times in a row of which only the last is printed in full; empty where the point stands alone."""
    if left.unit == "year":
        return _year_list(low, start, left, words)
    if left.year is not None or left.unit not in ("day", "month", "quarter"):
        return []
    points = [left]
    while len(points) < _MOST_ITEMS and (link := _AND.match(low, points[-1].end)):
        item = read_point(low, link.end(), words) or _bare_item(low, link.end(), left, words)
        if item is None or item.unit != left.unit or item.rule == "clock":
            break
        if left.part and low[left.start].isdigit() and not low[item.start].isdigit():
            break  # "10/10, ngày 06/10/2022": the second has its own word and so its own year
        points.append(item)
        if item.year or (left.part is None and item.part):
            break
    said = low.startswith("các ", max(0, start - 4)) or len(points) >= _SURELY_MANY
    plural = left.unit == "quarter" or (left.unit == "month" and said)
    return _list_mentions(points, start, plural=plural)


def _bare_item(low: str, position: int, left: Point, words: Lexicon) -> Point | None:
    if left.unit == "day":
        return read_day(low, position) or (day_number(low, position) if left.part is None else None)
    item = read_number_as(left.unit, low, position, words)
    if item is None and left.unit == "month" and (match := _TIGHT_MONTH.match(low, position)):
        return Point(position, match.end(), "month", "list", part=f"{int(match[0]):02}", firm=False, confidence=0.9)
    return item


def _list_mentions(points: list[Point], start: int, *, plural: bool) -> list[DateMention]:
    """`plural` where a row is one even without a year at its end."""
    last = points[-1]
    if len(points) == 1:
        return []
    if last.part is None or (last.year is None and points[0].part is not None and not plural):
        return []
    filled = [replace(point, part=point.part or last.part, year=last.year) for point in points]
    if any(bounds((point.edtf or "").replace(NO_YEAR, _LEAP_YEAR))[0] is None for point in filled):
        return []
    elliptic = points[0].part is None or any(not point.firm for point in points[1:])
    if (elliptic or last.unit == "day") and (merged := _merged(filled, start)):
        return [merged]
    if last.year is None and last.unit == "quarter" and not elliptic:
        return []
    return [mention_of(point, start if index == 0 else None) for index, point in enumerate(filled)]


def _merged(points: list[Point], start: int) -> DateMention | None:
    """One stretch, where each point follows the one before it without a gap."""
    first, last = points[0], points[-1]
    if any(not _adjoin(left, right) for left, right in pairwise(points)):
        return None
    whole = first.unit == "quarter"
    edtf = f"{first.first_month if whole else first.edtf}/{last.last_month if whole else last.edtf}"
    rule = "day_list" if first.unit == "day" else "list"
    return DateMention(start, last.end, edtf, "range", rule, *bounds(edtf), confidence=0.9)


def _adjoin(left: Point, right: Point) -> bool:
    """Whether one point begins the day after the other ends."""
    ends = [bounds((point.edtf or "").replace(NO_YEAR, _LEAP_YEAR)) for point in (left, right)]
    before, after = ends[0][1], ends[1][0]
    return before is not None and after is not None and before + timedelta(days=1) == after


def _year_list(low: str, start: int, left: Point, words: Lexicon) -> list[DateMention]:
    """"năm 2017, 2024 và 2025": years that share one word."""
    found = [mention_of(left, start)]
    while len(found) < _MOST_ITEMS and (link := _YEAR_AND.match(low, found[-1].end)):
        item = year_number(low, link.end(), words)
        if item is None:
            break
        found.append(mention_of(item))
    return found if len(found) > 1 else []
