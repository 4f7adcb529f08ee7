"""What the words around a citation say: the article cited, and why the document is cited."""

from __future__ import annotations

import re
from bisect import bisect_right

from models.mentions import Relation
from pipeline.annotate.reference_reading import Found, Reading

_ARTICLE = re.compile(
    r"(?P<article>(?:(?:tiết|điểm) [a-zđ0-9]{1,3}(?:, ?[a-zđ])*,? )?"
    r"(?:khoản [0-9]+[a-z]?(?:(?:, ?| và )(?:khoản )?[0-9]+[a-z]?){0,6},? )?"
    r"điều [0-9]+[a-z]?(?:(?:, ?| và )(?:điều )?[0-9]+[a-z]?){0,6}(?:,? (?:chương|mục) [ivxlc0-9]+){0,2})(?: của|,)? $"
)
_CHAPTER = re.compile(r"(?P<article>(?:chương|mục|phụ lục) [ivxlc0-9]+)(?: của)? $")
_LEAD = re.compile(
    r"(?:\W|[0-9]+[.)/]|[ivx]+[./)]|[a-zđ][.)])*"
    r"(?:(?P<basis>căn cứ(?! (?:vào )?kế hoạch này))"
    r"|(?P<implements>(?:tiếp tục |tổ chức |nhằm |để )?(?:thực hiện|thi hành|triển khai)))"
)
_JUST_BEFORE = re.compile(
    r"(?P<amends>sửa đổi(?:, | và | )?(?:bổ sung )?(?:một số )?(?:điều |khoản |nội dung )?(?:của |tại )?)$"
    r"|(?P<replaces>thay thế(?: cho)? )$"
    r"|(?P<basis>(?<!\w)căn cứ (?:vào )?)$"
    r"|(?P<implements>(?:thực hiện|thi hành|triển khai|quán triệt|cụ thể hóa|làm tốt)"
    r"(?: có hiệu quả| hiệu quả| tốt| nghiêm| đầy đủ)?(?: nội dung| nội dung của| theo)? )$"
)
_SENTENCE_END = re.compile(r"[.!?](?= [A-ZĐÀ-Ỹ])|[.]$|: *$")
_MARK = re.compile(r"^[^\w\n]*(?P<mark>[IVX]+(?=[.)/ -])|[0-9]+(?:\.[0-9]+)*(?=[.)/])|[a-zđ](?=[.)/]))[.)/ -]*", re.MULTILINE)
_BASIS_HEADING = re.compile(r"(?:các )?căn cứ(?: \w+){0,5}[ :.]*(?:\n|$)")
_LOOK_BACK = 90


def article_before(reading: Reading, start: int) -> str | None:
    """Article, clause or point that is cited of the document at `start` (khoản 2 Điều 9 Luật …), as printed."""
    floor = max(reading.line_start(start), start - _LOOK_BACK)
    window = reading.folded[floor:start]
    if not window.endswith(" "):
        return None
    match = (_ARTICLE.search(window) if "điều" in window else None) or _CHAPTER.search(window)
    return reading.text[floor + match.start("article") : floor + match.end("article")] if match else None


def relation_of(reading: Reading, found: Found, sections: list[tuple[int, int]]) -> Relation:
    """Why a document is cited: by the words right before it, else by the lead of its sentence or its section."""
    start = found.start - (len(found.article) + 1 if found.article else 0)
    floor = max(reading.line_start(found.start), start - _LOOK_BACK)
    near = _JUST_BEFORE.search(reading.folded, floor, start)
    if near is not None:
        return _named(near.lastgroup)
    lead, until = _lead(reading, reading.line_start(found.start))
    if lead and found.start < until:
        return _named(lead)
    if _in_sections(found.start, sections):
        return "basis"
    return "mentions"


def basis_sections(reading: Reading) -> list[tuple[int, int]]:
    """Stretches under a heading such as "I. CĂN CỨ LẬP KẾ HOẠCH", up to the next heading with a mark of its kind."""
    marks = [(found, _mark_kind(found["mark"])) for found in _MARK.finditer(reading.text)]
    following: dict[str, int] = {}
    sections = []
    for found, kind in reversed(marks):
        if _BASIS_HEADING.match(reading.folded, found.end()):
            ends = [following[other] for other in (kind, "roman") if other in following]
            sections.append((found.end(), min(ends, default=len(reading.text))))
        following[kind] = found.start()
    return sections[::-1]


def _mark_kind(mark: str) -> str:
    """Roman, letter, or digits with their depth (1, 1.1): marks of one kind open sections of one level."""
    if mark[0].isdigit():
        return f"digits{mark.count('.')}"
    return "roman" if mark.isupper() else "letter"


def _in_sections(offset: int, sections: list[tuple[int, int]]) -> bool:
    index = bisect_right(sections, (offset, len(sections))) - 1
    return index >= 0 and offset < sections[index][1]


def _lead(reading: Reading, line: int) -> tuple[str, int]:
    """What a line's first words announce, and up to where that holds: its first sentence (all of it for căn cứ)."""
    if line not in reading.leads:
        match = _LEAD.match(reading.folded, line, min(len(reading.text), line + 120))
        end = reading.line_end(line)
        if match is not None:
            stop = _SENTENCE_END.search(reading.text, match.end(), end)
            end = stop.start() if stop else end
        reading.leads[line] = (match.lastgroup or "" if match else "", end)
    return reading.leads[line]


def _named(group: str | None) -> Relation:
    relations: dict[str | None, Relation] = {
        "basis": "basis",
        "implements": "implements",
        "amends": "amends",
        "replaces": "replaces",
    }
    return relations.get(group, "mentions")
