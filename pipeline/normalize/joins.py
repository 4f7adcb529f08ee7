"""Decides from the words whether a line continues the paragraph above it.

Used where neither the format nor the geometry knows (`Line.opens is None`): plain text with wraps at a fixed or a
random width, with or without blank lines between. A wrong break cuts a number or a date in two, a wrong join hides a
heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.knowledge.load import load_knowledge
from pipeline.knowledge.signatures import authority_of, built_in_words
from pipeline.knowledge.text import LOWER, UPPER, fold
from pipeline.knowledge.units import domain_halves

MARKER = re.compile(
    r"(?:(?:PHẦN|Phần)\s+(?:THỨ|Thứ|[IVX]+\b|[A-D]\b|\d)"
    r"|[IVXLC]{1,6}\s?(?:[.\-–)]|/\.?)\s?(?=\S)"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}\s?(?:[.)]|/\.?)(?=\s|[^\W\d_]|$)"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\s?[-–]\s(?=[{UPPER}])"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\s+(?=[^\W\d_])"
    r"|[A-DĐ]\s?[.\-–]\s+(?=[^\W\d_])"
    r"|[a-zđ]\s?(?:\)|/|\.(?=\s))\s?(?=\S)"
    rf"|[a-zđ]\s?[,–-]\s(?=[{UPPER}])"
    rf"|[-–—+•*●]\s*(?=[^\W\d_{LOWER}]|[“\"(]|\d|\.{{2}}|…)"
    r"|[-–—+•*●]\s+(?=\S))"
)  # fmt: skip
# A mark that a line break tore from its wording; bullets and bare numbers alone in a line are cells of a shattered table.
_LONE_MARK = re.compile(r"(?:[IVX]{1,5}\s?[.)/–-]|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)/]|[a-zđ]\s?[.)/]|[A-D]\s?[.)/])")
_BULLET = re.compile(r"[-–—+•*●]\s*")
_LONE_NUMBER = re.compile(r"\d{1,3}")
_NUMBERED = re.compile(r"\d{1,2}\s?[.)]")
_SYMBOL = re.compile(r"\d{1,4}\s?/\s?[A-ZĐ][A-Za-zđ]{1,4}[-–/][A-ZĐ]")
# What a Roman number at the next line's start belongs to (`quý` + `II/2023`).
_ROMAN_LEAD = re.compile(r"\b(?:quý|khóa|lần thứ|cấp độ|hạng|loại)$")
_ROMAN = re.compile(r"[IVX]{1,6}\b")
_ROMAN_LINE = re.compile(rf"(?:[IVX]{{1,5}}|\d{{1,2}})\s+(?=[{UPPER}])")
_TERMINATED = re.compile(r"[.;:!?…][”\"’')\]]*$")
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*$")
_EXPECTS_MORE = re.compile(
    r"(?:[,(–—/-]|\b(?:và|của|với|về|theo|tại|cho|các|những|để|từ|đến|do|là|trong|số|ngày|tháng|năm|khoản|điều|điểm|"
    r"quý|lần|thứ|giai đoạn|nhiệm kỳ|khóa|bằng|hoặc|cùng|nhằm|trên|bởi|như|được|không|phải|một|hai|gửi|qua|trước|gồm|"
    r"ít nhất|tối thiểu|khoảng|giữa|vào|vì|khi|nếu|mà))$"
)
_FRAME_OPENER = re.compile(
    r"(?:số\s*:|số\s+\d+\s*[-–/]|cộng h\w{1,3}\s+xã|độc lập\s*[-–]|nơi nhận|kính gửi|đảng cộng sản việt nam$"
    r"|(?:tm|kt|tl|tuq|t/m|k/t|t/l)\s*[./]\s*|v/v\b|trên đây là|lưu\s*:"
    r"|(?:ngày|đăng lúc:?|cập nhật:?|thứ \w+\s*[,-]?|chủ nhật\s*[,-]?)\s*\d{1,2}/\d{1,2}/\d{4}\s+\(?\d{1,2}:\d{2})"
)
_BASIS = re.compile(r"(?:căn cứ|thực hiện|xét|theo đề nghị|thi hành|trên cơ sở)\b")
_BASIS_END = re.compile(r"(?:như sau|sau đây)\s*:?$")
# A level word at a line's end awaits its name, unless something else plainly begins below.
_LEVEL_END = re.compile(r"\b(?:tỉnh|huyện|xã|phường|thị trấn|thị xã|thành phố|quận)$")
_MOTTO = "cộng hòa xã hội chủ nghĩa việt nam độc lập - tự do - hạnh phúc"
_WHOLE_MOTTO = ("chủ nghĩa việt nam", "tự do - hạnh phúc", "tự do – hạnh phúc")
_TABLE_HEAD = re.compile(r"stt|tt|số tt|tháng|quý|ghi chú")
_DATE_TAIL = re.compile(r"\b(?:(?:ngày|tháng)\s*(?:\d{0,2}|[.…]{2,})|\d{1,2}/\d{1,2}/?)$")
_DATE_REST = re.compile(r"(?:tháng\b|năm\b|\d{1,2}/\d|\d{1,2}\s+tháng|\d{4}\b|[.…]{2,})")
_DATELINE = re.compile(r"(?:\*\s*)?[^\W\d_][^,;.:\d]{1,45},?\s+ngày\s*[\d.…]*\s*tháng")
_PLACE_TAIL = re.compile(r"[\w’']+(?: [\w’']+){0,2},\s*(?:ngày|tháng)\b")
_ISSUER_TAIL = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường)\b")
_COMMITTEE = "ủy ban nhân dân"
_BY_DECISION = re.compile(r"theo quyết định$")
_COMMITTEE_HEAD = re.compile(r"(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|đảng ủy)$")
_NUMBER_LEAD = re.compile(r"(?:ngày|tháng|năm|số|khoản|điều|quý|lần|thứ|trên|và|,)$")
_YEAR = re.compile(r"(?:19|20)\d{2}\b")
_YEAR_END = re.compile(r"\b(?:19|20)\d{2}$")  # a year goes on with a year (`2021` + `- 2025`), not with an item (`- 65% …`)
_DOC_TYPE = re.compile(
    r"(?:kế hoạch(?: hành động| liên tịch| phối hợp)?|phương án|thông báo|báo cáo|quyết định|chương trình|đề án|"
    r"chỉ thị|hướng dẫn|công điện|tờ trình|nghị quyết|kết luận|giấy mời)$"
)


_WIDEST_WRAP = 160  # a text with longer lines has a paragraph a line


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a text was wrapped: `width` in characters (None: not wrapped), `double` where a blank follows every line."""

    width: int | None
    double: bool


def wrapping_of(lines: Sequence[str]) -> Wrapping:
    """Estimates the wrapping from the lines of a text (blank ones included)."""
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return Wrapping(None, False)
    followed = sum(1 for a, b in pairwise(lines) if a and not b)
    double = len(lengths) > 2 and followed > 0.85 * (len(lengths) - 1)
    longest = lengths[int(len(lengths) * 0.98) - 1] if len(lengths) > 50 else lengths[-1]
    return Wrapping(longest if longest <= _WIDEST_WRAP else None, double and longest <= _WIDEST_WRAP)


def is_capitals(text: str) -> bool:
    """Whether a line is set in capitals (a small letter among many is damage)."""
    letters = sum(map(str.isalpha, text))
    if text.isupper():
        return letters > 1
    return letters > 9 and sum(map(str.isupper, text)) > 0.9 * letters


def continues(paragraph: str, last: str, line: str, gap: int, wrapping: Wrapping) -> bool:
    """Whether `line` continues a paragraph whose last line is `last`; `gap` counts the blank lines between."""
    if wrapping.double:
        gap = max(0, gap - 1)
    folded_last, folded = fold(last), fold(line)
    column_head = _TABLE_HEAD.fullmatch(folded) and line[0].isupper()
    if not column_head and _continues_frame(fold(paragraph), folded_last, folded, last, line):
        return True
    if folded_last.endswith(_WHOLE_MOTTO) or _TABLE_HEAD.fullmatch(folded):
        return False
    if is_capitals(last) and _SIGNATURE.is_position(last):
        return False
    torn = _torn_in_two(paragraph, last, line)
    if torn is not None:
        return torn and gap == 0
    heading = bool(MARKER.match(paragraph))
    if _opens_frame(line, folded) or (_DOC_TYPE.match(folded_last) and not heading):
        return False
    if is_capitals(line) and _DOC_TYPE.match(folded) and not (heading and is_capitals(last) and not gap):
        return False
    unfinished = not _TERMINATED.search(last)
    cut = gap == 0 and _wide(last, line, wrapping) and _awaits_name(paragraph, folded_last, line)
    expects = unfinished and not _label(paragraph) and (cut or bool(_EXPECTS_MORE.search(folded_last)))
    if _LONE_NUMBER.fullmatch(line) or _LONE_NUMBER.fullmatch(last):
        return expects and gap == 0
    if MARKER.match(line) or (_ROMAN_LINE.match(line) and is_capitals(line)):
        torn_name = unfinished and gap == 0 and _wide(last, line, wrapping) and _cut_domain(folded_last, folded)
        return torn_name or (_false_marker(line, last, gap) and unfinished and (expects or line[0] in "-–"))
    if _BASIS.match(folded) and line[0].isupper() and not expects:
        return False
    small = line[0].islower() or line[0] in ",;.)”" or (line[0] == "(" and line[1:2].islower())
    if gap:
        return unfinished and (small or expects) and not _heading_like(paragraph)
    if small:
        return not last.endswith(":")
    return expects or _fits_no_more(paragraph, last, line, wrapping)


def _awaits_name(paragraph: str, folded_last: str, line: str) -> bool:
    """A level word at the line's end and a name's two capitals at the next one's start."""
    if is_capitals(line) or not _LEVEL_END.search(folded_last) or (MARKER.match(paragraph) and len(paragraph) < 60):
        return False
    second = line.split(" ", 2)[1:2]
    return bool(second) and second[0][:1].isupper() and not _SIGNATURE.person(line)


def _wide(last: str, line: str, wrapping: Wrapping) -> bool:
    """Whether the next word would hardly have fitted on the line."""
    return wrapping.width is not None and len(last) + 1 + len(line.split(" ", 1)[0]) > 0.8 * wrapping.width


def _opens_frame(line: str, folded: str) -> bool:
    """Lines that always stand alone: number, dateline, motto, addressees, authority and position above a name."""
    if _FRAME_OPENER.match(folded) or authority_of(line) or (is_capitals(line) and _SIGNATURE.is_position(line)):
        return True
    return not line[0].islower() and bool(_DATELINE.match(folded))


def continues_issuer(last: str, line: str) -> bool:
    """`ỦY BAN NHÂN DÂN` + `XÃ SƠN HẠ`: one name over two lines, whatever the format says about paragraphs.

    `ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH` + `SỐ 15/QĐ-STP` is one name too: that number is the decision's, not the document's own.
    """
    if not (is_capitals(last) and is_capitals(line)):
        return False
    if _BY_DECISION.search(fold(last)) and fold(line).startswith("số "):
        return True
    return bool(_ISSUER_TAIL.match(fold(line)) and _COMMITTEE_HEAD.search(fold(last))) and len(last) < 60


def glue(before: str, after: str) -> str:
    """What stands between two joined lines: nothing after a hyphen or slash inside a word, one blank else."""
    if re.search(r"\w[-/]$", before) and after[:1].isalnum():
        return ""
    if _cut_syllable(before, after):
        return ""
    return " "


def _continues_frame(paragraph: str, folded_last: str, folded: str, last: str, line: str) -> bool:
    """Letterhead lines that belong together whatever stands at their ends: motto, issuer, number, dateline."""
    if len(paragraph) < len(_MOTTO) and _MOTTO.startswith((paragraph + " " + folded)[: len(_MOTTO)]):
        return True
    if paragraph == _MOTTO[:34] and folded.startswith("độc lập"):
        return True
    if folded_last in ("số:", "số", "số :") and re.match(r"[\d./…]", folded):
        return True
    if _DATE_TAIL.search(folded_last) and _DATE_REST.match(folded):
        return True
    if _PLACE_TAIL.match(folded) and re.fullmatch(r"[\w’']+(?: [\w’']+)?", folded_last) and last.istitle():
        return True
    if not (is_capitals(last) and is_capitals(line)):
        return False
    whole = f"{folded_last} {folded}"
    if folded_last != _COMMITTEE and _COMMITTEE.startswith(folded_last) and whole.startswith(_COMMITTEE):
        return True
    return continues_issuer(last, line)


def _false_marker(line: str, last: str, gap: int) -> bool:
    """A line that only looks as if it began with a marker: the rest of a date, a number, a dash inside a phrase."""
    bullet = _BULLET.match(line)
    if bullet:
        rest = line[bullet.end() :]
        on = bool(_YEAR.match(rest)) if _YEAR_END.search(last) else last[-1:].isdigit() and rest[:1].isdigit()
        return gap == 0 and (rest[:1].islower() or on)
    if _ROMAN_LEAD.search(fold(last)) and _ROMAN.match(line):
        return True
    return bool((_NUMBERED.match(line) or _SYMBOL.match(line)) and _NUMBER_LEAD.search(fold(last)))


def _label(paragraph: str) -> bool:
    """A heading with its marker: what it ends in says nothing about a continuation, unless it is a comma or a dash."""
    return bool(MARKER.match(paragraph)) and len(paragraph) < 40 and not re.search(r"[,–-]$", paragraph)


def _heading_like(paragraph: str) -> bool:
    return len(paragraph) < 60 and (is_capitals(paragraph) or bool(MARKER.match(paragraph)))


def _fits_no_more(paragraph: str, last: str, line: str, wrapping: Wrapping) -> bool:
    """Capital after an unclosed line: joined where the next word would not have fitted, or inside open prose."""
    if is_capitals(last) != is_capitals(line):
        return False
    if is_capitals(last) and fold(last) == "đảng cộng sản việt nam":
        return False
    if is_capitals(last):
        return not last.endswith((".", ";", ":")) and not _PHAN.match(fold(last))
    if last.endswith(":") or wrapping.width is None:
        return False
    full = len(last) + 1 + len(line.split(" ", 1)[0]) > wrapping.width * 0.97
    if last.endswith(";") or _SENTENCE_END.search(last):
        return full
    long_enough = 100 if MARKER.match(paragraph) else 45
    prose = len(paragraph) > long_enough and len(last) > 0.75 * wrapping.width
    # A short line without end mark is no paragraph of prose: it is what is left of the heading above.
    heading_rest = len(last) > 0.8 * wrapping.width and len(line) < 0.75 * wrapping.width and not _TERMINATED.search(line)
    return full or heading_rest or (prose and not _BASIS_END.search(fold(last)))


_SIGNATURE = built_in_words()
_HALVES = load_knowledge().derived(domain_halves)
_NAME_END = re.compile(rf"[{UPPER}][{LOWER}]{{1,6}}")
_PHAN = re.compile(r"phần (?:thứ )?\w+$")
_CONSONANT_END = re.compile(r"(?:^|\s)[BCDĐGHKLMNPRSTVX]$")
_VOWEL_START = re.compile(rf"(?![BCDĐGHKLMNPQRSTVX])[{UPPER}][{UPPER}]")


def _torn_in_two(paragraph: str, last: str, line: str) -> bool | None:
    """Whether a mark and its wording, or two parts of a name, stand on two lines; None where neither line is so short."""
    if _LONE_MARK.fullmatch(paragraph):
        return not MARKER.match(line) and not _opens_frame(line, fold(line))
    if _LONE_MARK.fullmatch(line):
        return line[0].isdigit() and bool(_NUMBER_LEAD.search(fold(last)))
    return True if _cut_name(last, line) else None


def _cut_name(last: str, line: str) -> bool:
    """`Phạm Văn` + `Thuận`: family and middle name alone are nobody, and a syllable alone is no line."""
    words = last.split()
    return len(words) == 2 and bool(_NAME_END.fullmatch(line)) and _SIGNATURE.is_family_name(words[0]) and last.istitle()


def _cut_domain(folded_last: str, folded: str) -> bool:
    """`… của Bộ Văn hóa` + `- Thông tin; …`: the dash of an office's name came to stand at the line's start."""
    bullet = _BULLET.match(folded)
    if bullet is None:
        return False
    rest = folded[bullet.end() :]
    return any(
        rest.startswith(after) and not rest[len(after) : len(after) + 1].isalnum() and folded_last.endswith(f" {before}")
        for before, after in _HALVES
    )


def _cut_syllable(before: str, after: str) -> bool:
    """`KHÁNH S` + `ƠN`: a lone consonant cannot end a line, a lone vowel cannot begin one."""
    return bool(_CONSONANT_END.search(before) and _VOWEL_START.match(after)) and is_capitals(before)
