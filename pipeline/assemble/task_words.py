"""What the words of a task say beside its actor: with whom, to whom it is reported, and by when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from operator import itemgetter

from models import Actor, Date, Unit
from pipeline.assemble.mentions import Mentions
from pipeline.assemble.task_text import TaskText
from pipeline.knowledge.tasks import TaskWords
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
_WITH = re.compile(r"(?<!hội đồng )phối hợp(?: chặt chẽ)?\s+(?P<with>(?:với|cùng)(?: với)?\s+)?")
_NAME_END = re.compile(r"[,.;:()]|\s(?:và|để|trong|tại)\s|$")
_NEXT = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+")
_SYLLABLE = re.compile(r"[^\s,.;:()]+")
# What a body does may be a part of its name: `đơn vị tư vấn`.
ATTRIBUTE = re.compile(
    r"(?:tư vấn|thi công|quản lý|cung cấp|thẩm định|giám sát|thông tin|báo chí|kiểm tra|khảo sát|sản xuất|kinh doanh|"
    r"tham mưu)\b"
)
# What groups do is a part of their name: `tổ khảo sát`.
GROUP = re.compile(r"lực lượng|tổ|đội|nhóm|tiểu ban|bộ phận|câu lạc bộ")
UNNAMED = re.compile(rf"cơ quan|đơn vị|ngành|địa phương|thành viên|cơ sở|hộ|trưởng|phó|lãnh đạo|{GROUP.pattern}")
_MORE_KINDS = re.compile(
    r"(?:(?:, (?:và )?| và )(?:ban|ngành|phòng|đơn vị|cơ quan|đoàn thể|bộ phận|địa phương|tổ chức)(?: liên quan)?\b)+"
)
_LONGEST_NAME = 9
_HORIZON = "until"  # `đến năm 2030` is where a programme looks, not when a task is due; `đến hết ngày 30/6` is
_TIMES = ("exact", "month", "quarter", "half", "range")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|XXXX-\d{2}-\d{2}")
_YEARS = re.compile(r"(?:\d{4}|\.\.)(?:/(?:\d{4}|\.\.))?")
_DUE = re.compile(
    r"(?:trong|hoàn thành|xong|vào|chậm nhất|thời hạn|thời gian)\s*:?\s*(?:vào |trong |tuần (?:\w+ )?|đầu |giữa |cuối )*$"
)
_DUE_INSIDE = re.compile(r"(?:trong|từ)\s")
_DONE = re.compile(r"(?:xong|hoàn thành|chậm nhất|muộn nhất|thời hạn)\s*:?\s*(?:là\s*|trong\s*|vào\s*)?$")
_DONE_WITHIN = re.compile(r"(?:xong|hoàn thành)\s+trong\s+$")
_DONE_INSIDE = re.compile(r"(?:xong|hoàn thành|chậm nhất|muộn nhất)")
# What happened or holds from a day on is not done on that day (`tồn từ trước ngày …`, `hiệu lực từ ngày …`).
# (Branches begin with letters, and look back from behind the first: a search skips to where one may begin.)
_NOT_DUE = re.compile(
    r"(?:t(?<!\wt)(?:ừ|ính|ồn)|hiệu lực|thi hành|s(?<!học s)(?<!vệ s)(?<!\ws)inh)(?: đến| từ)?\s*$"
)
_NO_DAY_OF_WORK = re.compile(r"(?:số liệu|thời điểm|ban hành|được cấp|thành lập)(?: đến| từ)?\s*$")
_FINISHED_THEN = re.compile(r",?\s*(?:phải\s+)?(?:hoàn thành|xong)\b")
_AT_THE_END = re.compile(r"[,;–-]\s*$")
_ON_DAY = re.compile(
    r"(?:(?:sáng|chiều|tối|đêm|vào|lúc)\s+)*(?:các\s+)?(?:ngày|từ ngày|từ \d|trong|\d{1,2} giờ|\d{1,2}h|đêm|sáng|chiều)"
)
_BY = re.compile(r"(?:xong |hoàn thành )?(?:trước|chậm nhất|muộn nhất|không quá)")
_BEFORE = 110


def can_act(unit: Unit) -> bool:
    """A place does nothing, but "các thôn" are told to."""
    return unit.kind != "don_vi_hanh_chinh" or fold(unit.text).startswith(("các ", "những ", "mọi ", "từng ", "toàn thể "))


def coordinators(given: TaskText, span: Span, mentions: Mentions, words: TaskWords) -> tuple[Actor, ...]:
    """Those who stand behind "phối hợp với", and units listed on from them; who is only advised is none."""
    text = given.text
    units = _listed(given, span, mentions, lambda before: _is_support(given.folded, before, words.verb))
    found = [(unit.start, Actor(text=unit.text, name=unit.name, unit_id=unit.id)) for unit in units]
    known = mentions.units_in(span)
    for name in _unknown_helpers(given, span, words, known):
        if not any(unit.start <= name.start < unit.end for unit in known):
            found = [one for one in found if not name.start < one[0] < name.end]  # `Trưởng các thôn`, not `các thôn`
            found.append((name.start, Actor(text=text[name.start : name.end], name=text[name.start : name.end])))
    return tuple(one for _, one in sorted(found, key=itemgetter(0)))


def _unknown_helpers(given: TaskText, span: Span, words: TaskWords, known: Sequence[Unit]) -> Iterator[Span]:
    """People and groups behind "phối hợp với" that are no known office, and those listed on from it.

    A name goes from its first word, or a capital letter, up to the verb or mark behind it.
    """
    text, folded = given
    offices = {unit.start: unit.end for unit in known}
    for lead in _WITH.finditer(folded, span.start, span.end):
        joint: re.Match[str] | None = lead
        while joint is not None:
            start = joint.end()
            head = words.actor.match(folded, start, span.end)
            if start in offices:
                last = offices[start]
            elif head is not None or (joint is lead and lead["with"] and _opens_name(text, start)):
                last = _end_of_name(folded, Span(head.end() if head else start, span.end), words)
                if folded.startswith("các ", start) and (more := _MORE_KINDS.match(folded, last, span.end)):
                    last = more.end()
                if not UNNAMED.fullmatch(folded, start, last):
                    yield Span(start, last)
            else:
                break
            joint = _NEXT.match(folded, last, span.end)


def _opens_name(text: str, start: int) -> bool:
    return text[start].isupper() or text.startswith("các ", start)


def _end_of_name(folded: str, rest: Span, words: TaskWords) -> int:
    """Where a name ends whose first word ends where `rest` begins: before what it does, or at a mark."""
    stop = _NAME_END.search(folded, rest.start, rest.end)
    last = rest.start
    for number, syllable in enumerate(_SYLLABLE.finditer(folded, rest.start, stop.start() if stop else rest.end)):
        at = syllable.start()
        acts = words.verb.match(folded, at, rest.end) and (number or not ATTRIBUTE.match(folded, at, rest.end))
        if number == _LONGEST_NAME or acts:
            break
        last = syllable.end()
    return last


def reports_to(given: TaskText, span: Span, mentions: Mentions) -> tuple[Actor, ...]:
    """Units that a report goes to or through; not those to which its receiver reports in turn (`để … báo cáo …`)."""
    units = _listed(given, span, mentions, lambda before: _is_report(given.folded, before))
    return tuple(Actor(text=unit.text, name=unit.name, unit_id=unit.id) for unit in units)


def _is_support(folded: str, before: Span, verb: re.Pattern[str]) -> bool:
    if _SUPPORT.search(folded, before.start, before.end):
        return True
    listed = _SUPPORT_LIST.search(folded, before.start, before.end)
    return listed is not None and not any(verb.match(part) for part in re.split(r",|\bvà\b", listed[1])[1:])


def _is_report(folded: str, before: Span) -> bool:
    found = _REPORT.search(folded, before.start, before.end)
    return found is not None and not _FOR_ANOTHER.search(folded, before.start, found.start())


def _listed(given: TaskText, span: Span, mentions: Mentions, leads: Callable[[Span], bool]) -> list[Unit]:
    found: list[Unit] = []
    for unit in mentions.units_in(span):
        if not can_act(unit):
            continue
        listed = found and given.text[found[-1].end : unit.start].strip() in _LIST
        if listed or leads(_before(span, unit)):
            found.append(unit)
    return found


def deadline(given: TaskText, span: Span, mentions: Mentions) -> Date | None:
    """The time by which a task is to be done, else the time at which.

    The first deadline, day, or time that `trong`, `vào`, `xong` lead in; else a yearly or relative one.
    """
    folded = given.folded
    dates = [date for date in mentions.dates_in(span) if not _stands_behind(_NOT_DUE, folded, span, date)]
    due = [d for d in dates if d.kind == "deadline" and (d.rule != _HORIZON or _DAY.search(d.edtf or ""))]
    timed = [d for d in dates if d.edtf and d.kind in _TIMES and not _YEARS.fullmatch(d.edtf)]
    # A year is when a plan is for, and due only where something is to be finished within it.
    timed += [d for d in dates if d.kind == "year" and d.edtf and _stands_behind(_DONE_WITHIN, folded, span, d)]
    often = (d for d in dates if d.kind == "recurring" and _BY.match(folded, d.start, d.end))
    relative = (d for d in dates if d.kind == "relative")
    on_time = (d for d in dates if d in due or (d in timed and _is_day_of_work(given, span, d)))
    return next(chain(on_time, often, relative), None)


def must_end(given: TaskText, span: Span, mentions: Mentions) -> bool:
    """Whether a text says by when something must be done: a deadline, or a time by which it is finished."""
    found = deadline(given, span, mentions)
    return found is not None and (found.kind == "deadline" or _is_finished(given.folded, span, found))


def is_finished_by(given: TaskText, span: Span, mentions: Mentions) -> bool:
    """Whether a text says by when a thing is to be finished (`xong trước …`, `hoàn thành trong quý II`)."""
    found = deadline(given, span, mentions)
    return found is not None and _is_finished(given.folded, span, found)


def _is_finished(folded: str, span: Span, date: Date) -> bool:
    said = _DONE_INSIDE.match(folded, date.start, date.end) or _stands_behind(_DONE, folded, span, date)
    return bool(said or _FINISHED_THEN.match(folded, date.end, span.end))


def _is_day_of_work(given: TaskText, span: Span, date: Date) -> bool:
    """A time that leads in what is done then (`trong quý II`), or ends the words, or a day that stands in no brackets."""
    text, folded = given
    if _stands_behind(_NO_DAY_OF_WORK, folded, span, date):
        return False
    if _stands_behind(_AT_THE_END, folded, span, date) and not text[date.end : span.end].strip(" .;)]"):
        return True
    if _stands_behind(_DUE, folded, span, date) or _DUE_INSIDE.match(folded, date.start, date.end):
        return True
    before = _before(span, date)
    in_brackets = folded.rfind("(", before.start, before.end) > folded.rfind(")", before.start, before.end)
    return date.kind in ("exact", "range") and not in_brackets and bool(_ON_DAY.match(folded, date.start, date.end))


def _stands_behind(words: re.Pattern[str], folded: str, span: Span, date: Date) -> bool:
    """Whether a time stands behind such words, within its span."""
    before = _before(span, date)
    return words.search(folded, before.start, before.end) is not None


def _before(span: Span, mention: Date | Unit) -> Span:
    return Span(max(span.start, mention.start - _BEFORE), mention.start)
