"""What the words of a task say beside its actor: with whom, to whom it is reported, and by when."""

from __future__ import annotations

import re
from collections.abc import Callable

from models import Actor, Date, Unit
from pipeline.assemble.mentions import Mentions
from pipeline.knowledge.text import fold
from pipeline.values import Span

_SUPPORT = re.compile(r"(?:phối hợp(?: chặt chẽ)?(?: với| cùng)?|cùng với|cùng)\s+(?:các\s+)?$")
_SUPPORT_LIST = re.compile(r"phối hợp(?: chặt chẽ)? (?:với|cùng) ([^.;:()]{2,90}?)(?:,|\s+và|,\s*và)\s*$")
_REPORT = re.compile(
    r"(?:báo cáo(?:[^.;:()]{0,60}?\s(?:về|gửi|cho|với|lên))?|gửi(?:[^.;:()]{0,40}?\s(?:về|cho|lên))?|trình|\bqua)"
    r"\s+(?:các\s+)?$"
)
_FOR_ANOTHER = re.compile(r"\bđể\s[^.;]{0,40}$")
_LIST = (",", "và", ", và", ";", "và các", ", các")
_HORIZONS = ("until",)  # `đến năm 2030` is where a programme looks, not when a task is due
_DUE = re.compile(r"(?:trong|hoàn thành|xong|vào|chậm nhất|thời hạn)\s*:?\s*(?:vào |trong )?$")
_DUE_INSIDE = re.compile(r"(?:trong|từ)\s")
_BY = re.compile(r"(?:xong |hoàn thành )?(?:trước|chậm nhất|muộn nhất|không quá)")
_BEFORE = 110


def can_act(unit: Unit) -> bool:
    """A place does nothing, but "các thôn" are told to."""
    return unit.kind != "don_vi_hanh_chinh" or fold(unit.text).startswith(("các ", "những ", "mọi ", "từng ", "toàn thể "))


def coordinators(text: str, span: Span, mentions: Mentions, verb: re.Pattern[str]) -> tuple[Actor, ...]:
    """Units that stand behind "phối hợp với", and those listed on from them; who is only advised is none."""
    return _listed(text, span, mentions, lambda before: _is_support(before, verb))


def reports_to(text: str, span: Span, mentions: Mentions) -> tuple[Actor, ...]:
    """Units that a report goes to or through; not those to which its receiver reports in turn (`để … báo cáo …`)."""
    return _listed(text, span, mentions, _is_report)


def _is_support(before: str, verb: re.Pattern[str]) -> bool:
    if _SUPPORT.search(before):
        return True
    listed = _SUPPORT_LIST.search(before)
    return listed is not None and not any(verb.match(part) for part in re.split(r",|\bvà\b", listed[1])[1:])


def _is_report(before: str) -> bool:
    found = _REPORT.search(before)
    return found is not None and not _FOR_ANOTHER.search(before[: found.start()])


def _listed(
    text: str, span: Span, mentions: Mentions, leads: Callable[[str], bool]
) -> tuple[Actor, ...]:
    found: list[Actor] = []
    last = -1
    for unit in mentions.units_in(span):
        if not can_act(unit):
            continue
        before = fold(text[max(span.start, unit.start - _BEFORE) : unit.start])
        in_list = last >= 0 and text[last : unit.start].strip() in _LIST
        if in_list or leads(before):
            found.append(Actor(text=unit.text, name=unit.name, unit_id=unit.id))
            last = unit.end
    return tuple(found)


def deadline(text: str, span: Span, mentions: Mentions) -> Date | None:
    """`trước ngày …`, yearly ones too; else the time by which something is to be done (`xong trong quý II`)."""
    dates = mentions.dates_in(span)
    once = next((d for d in dates if d.kind == "deadline" and d.rule not in _HORIZONS), None)
    often = next((d for d in dates if d.kind == "recurring" and _BY.match(fold(d.text))), None)
    return once or often or next((date for date in dates if date.edtf and _is_due(text, span, date)), None)


def _is_due(text: str, span: Span, date: Date) -> bool:
    if date.kind not in ("exact", "month", "quarter", "half", "range"):
        return False
    before = fold(text[span.start : date.start])
    return bool(_DUE.search(before)) or bool(_DUE_INSIDE.match(fold(date.text)))
