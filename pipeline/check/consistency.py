"""What does not fit together: years left over from another plan, impossible dates, deadlines that had passed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator
from operator import attrgetter

from models import Date, PlanRecord, Section
from pipeline.check.found import Found
from pipeline.knowledge.text import fold
from pipeline.values import Frame, Span

_YEARS = re.compile(r"(\d{4})(?:/(\d{4}))?")
_OWN_PLAN = re.compile(r"(?:trên đây là|ban hành|xây dựng|triển khai)\b[^.;\n]{0,60}\bkế hoạch\b[^.;\n]{0,120}$")
_PLAN_OF_YEAR = re.compile(r"(?:thực hiện|triển khai|theo) (?:các nội dung (?:của )?)?kế hoạch $")
_TASK_HEADING = re.compile(r"(?:các |một số )?(?:nhiệm vụ|mục tiêu|chỉ tiêu|nội dung|giải pháp|phương hướng)\b")
_LOOKING_BACK = re.compile(r"(?:tổng kết|sơ kết|kết quả|đánh giá|báo cáo|so với|rút kinh nghiệm|chưa hoàn thành)[^.;]*$")
_BEFORE_THEN = re.compile(r"(?:từ|tồn|tồn đọng|phát sinh|sinh|ban hành|đã \w+)\s$")  # "đơn thư tồn từ trước ngày …"
_AHEAD_ROLES = ("muc_tieu", "noi_dung", "nhiem_vu_giai_phap", "thoi_gian", "kinh_phi", "to_chuc_thuc_hien")


def check_years(record: PlanRecord, frame: Frame) -> Iterator[Found]:
    """A year that the plan gives itself and that is not its own (`Trên đây là Kế hoạch … năm 2024` in a plan for 2025)."""
    years = record.header.plan_years
    if not years:
        return
    zones = [zone for zone in (frame.preamble, frame.closing) if zone is not None]
    for date in record.dates:
        found = _YEARS.fullmatch(date.edtf or "")
        if date.in_reference or date.kind not in ("year", "range") or found is None:
            continue
        zone = next((z for z in zones if date.start in Span(*z)), None)
        first, last = int(found[1]), int(found[2] or found[1])
        # A school year that holds the plan's one year is its own; `2023-2024` in a plan for 2024-2025 is not.
        around = len(years) == 1 and first <= years[0] <= last
        if zone is None or around or (years[0] <= first and last <= years[-1]) or last > years[-1]:
            continue
        before = fold(record.text[max(zone.start, date.start - 220) : date.start])
        if _OWN_PLAN.search(before) and not _cited(record, date):
            yield Found("stale_year", (date.edtf or "").replace("/", "-"), date.start, date.end)


def check_left_over(record: PlanRecord) -> Iterator[Found]:
    """`Kinh phí thực hiện Kế hoạch năm 2024`, `4. Nhiệm vụ trọng tâm năm 2023` in a plan for a later year."""
    years = record.header.plan_years
    if not years:
        return
    innermost = _Innermost(s for s in _walk(record.sections) if s.role in _AHEAD_ROLES)
    for date in record.dates:
        if date.in_reference or date.kind != "year" or not (date.edtf or "").isdigit() or int(date.edtf or 0) >= years[0]:
            continue
        before = fold(record.text[max(0, date.start - 60) : date.start])
        section = innermost.at(date.start)
        if section is None or _LOOKING_BACK.search(before):
            continue
        in_heading = section.kind == "heading" and _TASK_HEADING.match(fold(section.title or ""))
        if _PLAN_OF_YEAR.search(before) or (in_heading and date.end <= section.start + len(section.title or "") + 8):
            yield Found("stale_year", date.edtf or "", date.start, date.end)


def _walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.children)


class _Innermost:
    """The innermost of some sections at places that are asked for in reading order."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self._coming = deque(sections)
        self._open: list[Section] = []

    def at(self, offset: int) -> Section | None:
        """The section that holds an offset, or None."""
        while self._coming and self._coming[0].start <= offset:
            self._open.append(self._coming.popleft())
        while self._open and self._open[-1].end <= offset:
            self._open.pop()
        return self._open[-1] if self._open else None


def _cited(record: PlanRecord, date: Date) -> bool:
    """Whether a citation stands between the plan's announcement and the year: then the year may be the cited one's."""
    before = bisect_left(record.references, date.start, key=attrgetter("start")) - 1
    return before >= 0 and record.references[before].start >= date.start - 160


def check_dates(record: PlanRecord) -> Iterator[Found]:
    """Days that do not exist, and deadlines of tasks that had passed when the plan was issued.

    A month or quarter of the plan's own year may have begun before: annual plans list what January brought.
    """
    for date in record.dates:
        if date.rule.endswith("impossible"):
            yield Found("impossible_date", date.text, date.start, date.end)
    issued = record.header.issue_date.edtf.replace("XX", "01") if record.header.issue_date else ""
    if not issued[:4].isdigit():
        return
    seen: set[str] = set()
    for task in record.tasks:
        deadline = task.deadline
        if deadline is None or deadline.end_date is None or deadline.id in seen or "XXXX" in (deadline.edtf or ""):
            continue
        seen.add(deadline.id)
        if _BEFORE_THEN.search(fold(record.text[max(0, deadline.start - 20) : deadline.start])):
            continue
        is_day = len((deadline.edtf or "").removeprefix("../")) == len("2025-01-15")
        if deadline.end_date.year < int(issued[:4]) or (is_day and deadline.end_date.isoformat() < issued):
            yield Found("deadline_before_issue", deadline.text, deadline.start, deadline.end)
