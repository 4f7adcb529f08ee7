"""What follows a cited number: its date, its issuer and its title."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.annotate.reference_reading import Reading
from pipeline.values import UnitMention

_OF = re.compile(r" ?,? ?(?:của|do) ")
_CONCLUDED = re.compile(r" ?,? ?(?:ý kiến )?kết luận của ")  # what the Party's committees decide in a Thông báo
_BLANK = re.compile(r" ?")
_ORDINAL = (
    r"(?:[0-9]{1,2}|[ivx]{1,5}|nhất|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín"
    r"|mười(?: (?:một|hai|ba|bốn|tư|lăm|năm|sáu|bảy|tám|chín))?)"
)
# A meeting that decided: of a body named behind it, or the Central Committee's, which is called by its number.
_MEETING_OF = re.compile(rf"(?:hội nghị|đại hội|kỳ họp) (?:đại biểu )?(?:toàn quốc )?lần thứ {_ORDINAL},? (?:của )?(?=\S)")
_MEETINGS = ("hội nghị", " hội nghị", "(hội nghị", " (hội nghị", "đại hội", "kỳ họp")
_TERM_WORDS = r"(?:,? \(?kh(?:óa|oá) [ivx]{1,6})"
_CENTRAL_MEETING = re.compile(
    r" ?\(?(?P<meeting>hội nghị "
    rf"(?:trung ương (?:lần thứ )?{_ORDINAL}{_TERM_WORDS}?|lần thứ {_ORDINAL}{_TERM_WORDS}))(?! ?[0-9])(?!\w)"
)
_ISSUED = re.compile(r"(?: đã| vừa| mới)? (?:ban hành(?: kèm theo| tại)?|(?:phê duyệt|thông qua|công nhận) tại) $")
_IN = re.compile(r" tại $")
_OF_WHOM = re.compile(r"(?:của|do) $")
_TERM = re.compile(r",? kh(?:óa|oá) [IVXLC]{1,6}\b")
# Where an issuer ends that is no known unit: a mark, or a word with which the title or the sentence goes on.
_ISSUER_END = re.compile(
    r"(?= ?[,;.:()\n\t“”\"]| (?:về|phê|ban hành|quy|hướng|sửa|triển|thực|thành lập|công|và [a-zđ]|ngày|đã|được|tại|có|cùng"
    r"|theo|trong|trên|giao|yêu|nhằm|để|phát|kèm|năm|số|gửi|thay|bổ|khóa|với|khi|mà|là|đối|cho)(?!\w)|$)"
)
_AFTER_ISSUER = re.compile(r" ?(?:$|[,;.)\n\t]|(?:về|phê duyệt|hướng dẫn|quy định|ban hành|v/v)(?!\w))")
_TITLE_LEAD = re.compile(
    r" ?,? ?(?:(?P<about>về việc|về|v/v) ?:? ?(?=\S)|(?=(?:phê duyệt|ban hành|quy định|hướng dẫn|sửa đổi|bổ sung|triển khai"
    r"|thực hiện|thành lập|công nhận|giao|kiện toàn|phát động|tổ chức|thay thế|tiếp tục|đẩy mạnh|tăng cường)(?!\w)))"
)
_TITLE_END = re.compile(r"[;\n\t]|\.(?=\s|$|/)| ?\((?=(?:sau đây|gọi tắt|viết tắt|kèm))|:(?=\s*$)")
_LONGEST_ISSUER = 90
_LONGEST_TITLE = 400


class Issuer(NamedTuple):
    """An issuer as printed, its full name where a unit mention gives one, and where it ends."""

    text: str
    name: str | None
    end: int


class Tail(NamedTuple):
    """What stands after a cited number: `end` closes the citation's span, `after` is where a title may begin."""

    end: int
    date: str | None
    issuer: Issuer | None
    after: int


def read_tail(reading: Reading, end: int) -> Tail:
    """Date and issuer after the number that ends at `end`, in either order."""
    date = reading.date_at(end)
    if date is not None:
        closed = "(" in reading.text[end : date.start] and reading.text.startswith(")", date.end)
        after = date.end + closed
        issuer = issuer_at(reading, after, bare=True)
        return Tail(after, date.edtf, issuer, issuer.end if issuer else after)
    issuer = issuer_at(reading, end)
    if issuer is None:
        return Tail(end, None, None, end)
    late = reading.date_at(issuer.end)
    if late is not None and late.kind == "exact":
        return Tail(late.end, late.edtf, issuer, late.end)
    return Tail(end, None, issuer, issuer.end)


def issuer_at(reading: Reading, offset: int, bare: bool = False) -> Issuer | None:
    """The issuer after "của" at an offset; `bare` also takes a unit without "của" where the citation goes on after it."""
    of = _OF.match(reading.folded, offset)
    meeting = _meeting(reading, of.end() if of else offset)
    if meeting is not None:
        return meeting
    if of is not None:
        unit = reading.unit_at(of.end())
        if unit is not None:
            return _known_issuer(reading, unit)
        return _unknown_issuer(reading, of.end()) if "của" in of[0] else None
    concluded = _CONCLUDED.match(reading.folded, offset)
    unit = reading.unit_at(concluded.end()) if concluded else None
    if unit is not None and unit.kind == "dang":
        return Issuer(reading.text[unit.start : unit.end], unit.name, unit.end)
    blank = _BLANK.match(reading.folded, offset)
    unit = reading.unit_at(blank.end()) if blank and bare else None
    if unit is None or unit.kind == "don_vi_hanh_chinh" or not _AFTER_ISSUER.match(reading.folded, unit.end):
        return None
    return Issuer(reading.text[unit.start : unit.end], unit.name, unit.end)


def _known_issuer(reading: Reading, unit: UnitMention) -> Issuer:
    """A unit as issuer, with its term ("Hội đồng nhân dân xã khóa XX")."""
    term = _TERM.match(reading.text, unit.end)
    end = term.end() if term else unit.end
    return Issuer(reading.text[unit.start : end], unit.name, end)


def _meeting(reading: Reading, start: int) -> Issuer | None:
    """The meeting that issued a resolution: "Hội nghị lần thứ năm Ban Chấp hành …", "(Hội nghị Trung ương 4 khóa XII)"."""
    if not reading.folded.startswith(_MEETINGS, start):
        return None
    central = _CENTRAL_MEETING.match(reading.folded, start)
    if central is not None:
        return Issuer(reading.text[central.start("meeting") : central.end()], None, central.end())
    found = _MEETING_OF.match(reading.folded, start)
    unit = reading.unit_at(found.end()) if found else None
    if unit is None or unit.kind == "don_vi_hanh_chinh":
        return None
    known = _known_issuer(reading, unit)
    return Issuer(reading.text[start : known.end], known.name, known.end)


def issuer_before(reading: Reading, start: int) -> Issuer | None:
    """The unit that is said to have issued the document: "UBND xã A ban hành …", "được UBND tỉnh phê duyệt tại …".

    "đề nghị của Phòng B tại Tờ trình số …" names it too; without "của" or "do" a unit before "tại" is only near.
    """
    floor = max(reading.line_start(start), start - 24)
    issued = _ISSUED.search(reading.folded, floor, start)
    lead = issued or _IN.search(reading.folded, floor, start)
    unit = reading.unit_ending(lead.start()) if lead else None
    if unit is None or not (issued or _OF_WHOM.search(reading.folded, max(0, unit.start - 8), unit.start)):
        return None
    return Issuer(reading.text[unit.start : unit.end], unit.name, unit.end)


def _unknown_issuer(reading: Reading, start: int) -> Issuer | None:
    limit = min(len(reading.text), start + _LONGEST_ISSUER)
    stop = _ISSUER_END.search(reading.folded, start, limit)
    if stop is None or stop.start() == start:
        return None
    return Issuer(reading.text[start : stop.start()], None, stop.start())


def title_at(reading: Reading, offset: int, limit: int, identified: bool) -> str | None:
    """The title that begins at an offset ("về …", "phê duyệt …"), up to the end of its clause or to `limit`.

    After a short mention without date and issuer (`identified` is false) a verb is the sentence's own, not a title.
    """
    lead = _TITLE_LEAD.match(reading.folded, offset)
    if lead is None or not (identified or lead["about"]):
        return None
    limit = min(limit, lead.end() + _LONGEST_TITLE, len(reading.text))
    stop = _TITLE_END.search(reading.folded, lead.end(), limit)
    end = stop.start() if stop else limit
    title = _without_next_clause(reading, lead.end(), end)
    return title.strip(" ,.;:-–(") or None


def _without_next_clause(reading: Reading, start: int, end: int) -> str:
    """The title without a main clause after a comma (", UBND xã ban hành …") and without a bracket it did not open."""
    comma = reading.text.find(", ", start, end)
    while comma >= 0:
        unit = reading.unit_at(comma + 2)
        if unit is not None and unit.kind not in ("don_vi_hanh_chinh", "chuc_danh"):
            end = comma
            break
        comma = reading.text.find(", ", comma + 2, end)
    title = reading.text[start:end]
    depth = 0
    for index, mark in enumerate(title):
        depth += (mark == "(") - (mark == ")")
        if depth < 0:
            return title[:index]
    return title
