"""Which years a plan is for: from its title, else from its time section; never from anniversaries or cited documents."""

from __future__ import annotations

import re

from models import Date, Evidence
from pipeline.assemble.mentions import Mentions
from pipeline.assemble.places import Places
from pipeline.knowledge.text import fold
from pipeline.values import NormalText, Outline, Span

_YEARS = re.compile(r"(\d{4})(?:/(\d{4}))?")
_TERM = re.compile(r"(?:nhiệm kỳ|khóa)\b")
_OWN_PLAN = re.compile(r"(?:kế hoạch|phương án)\b[^.;]{0,160}$")
_LONGEST_PERIOD = 30


def plan_years(
    normal: NormalText, outline: Outline, mentions: Mentions, places: Places
) -> tuple[tuple[int, ...], Evidence | None]:
    """First and last year of the plan (one year: just that one) and where they were read; empty where nothing says it."""
    frame = outline.frame
    if frame.title is not None:
        found = _first(_usable(mentions, frame.title)) or _dated(mentions, frame.title)
        if found is not None:
            return _answer(found, "title", 1.0, places)
    for node in outline.walk():
        if node.role == "thoi_gian" and node.level <= 2:
            found = _first(_usable(mentions, Span(node.start, node.end)))
            if found is not None:
                return _answer(found, "time_section", 0.7, places)
    if frame.preamble is not None:
        for date in _usable(mentions, frame.preamble):
            before = fold(normal.text[max(frame.preamble.start, date.start - 170) : date.start])
            if frame.title is None or (_OWN_PLAN.search(before[before.rfind("\n") + 1 :]) and "ban hành" in before):
                return _answer(date, "preamble", 0.6, places)
    return (), None


def _usable(mentions: Mentions, span: Span) -> list[Date]:
    """Years and periods of years; a term of office or an anniversary is not the plan's time."""
    return [
        date
        for date in mentions.dates_in(span)
        if date.kind in ("year", "range") and date.edtf and _YEARS.fullmatch(date.edtf) and not _TERM.match(fold(date.text))
    ]


def _dated(mentions: Mentions, title: Span) -> Date | None:
    """A half, quarter, month or day in the title says the year too (`6 tháng cuối năm 2025`, `đón Tết Bính Ngọ`)."""
    for date in mentions.dates_in(title):
        if date.kind not in ("anniversary", "recurring") and re.match(r"\d{4}-", date.edtf or ""):
            return date
    return None


def _first(dates: list[Date]) -> Date | None:
    """A period counts before a single year (`giai đoạn 2021-2025, định hướng đến năm 2030`)."""
    periods = [d for d in dates if d.edtf and "/" in d.edtf]
    return next(iter(periods or dates), None)


def _answer(date: Date, rule: str, confidence: float, places: Places) -> tuple[tuple[int, ...], Evidence | None]:
    found = _YEARS.match(date.edtf or "")
    if found is None:
        return (), None
    first, last = int(found[1]), int(found[2] or found[1])
    if not 0 <= last - first <= _LONGEST_PERIOD:
        return (), None
    years = (first,) if first == last else (first, last)
    return years, places.evidence(Span(date.start, date.end), rule, confidence)
