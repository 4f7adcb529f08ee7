"""The words of letterhead and signature block, and the order in which their two columns are read.

Nghị định 30/2020/NĐ-CP, Phụ lục I, sets issuer and number at the left, motto and place with date at the right, and at
the end the recipients at the left, the signature at the right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.values import Line

MOTTO = re.compile(
    r"C[ỘÔO]NG\s+H(?:[ÒOÓ]A|O[ÀA]|[ÀA])\s+X[ÃÂA]\s+H[ỘÔO]I|Độc\s*lập\s*[-–—]|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT|(?-i:ĐOÀN\s+TNCS)",
    re.IGNORECASE,
)
DATELINE = re.compile(r"ngày\s*[\d.…_\s]{0,20}tháng\s*[\d.…_\s]{0,20}năm", re.IGNORECASE)
NUMBER = re.compile(r"Số\s*:?\s*[\d.…_/\s]", re.IGNORECASE)
STANDS_ALONE = re.compile(r"(?:Số|SỐ)\s*:|Số\s+[\d.…]|V/v\b|Về việc\b|\*+$")
RECIPIENTS = re.compile(r"N[ơo]i\s+(?:nh[ậâa]n|gửi)\s*:?", re.IGNORECASE)
RECIPIENT_ITEM = re.compile(r"[-–—+•*]\s*\S|Như\s|Lưu\s*:")
SIGNS = re.compile(
    r"(?:T/?M|K/?T|T/?L|TUQ|T/ỦY QUYỀN|Q)\s*[./]\s*[^\W\d_]"
    r"|(?:(?:PHÓ|QUYỀN|P\.)\s*)?(?:CHỦ TỊCH|GIÁM ĐỐC|HIỆU TRƯỞNG|BÍ THƯ|TRƯỞNG|CHÁNH|CHỈ HUY|THỦ TRƯỞNG|CỤC TRƯỞNG|BỘ TRƯỞNG"
    r"|(?:TỔ|ĐỘI|LIÊN ĐỘI|CHI CỤC|VIỆN|HẠT|ĐỒN|TRẠM) TRƯỞNG|CHỦ NHIỆM)"
    r"|(?:PHÊ )?DUYỆT\b|XÁC NHẬN\b|NGƯỜI (?:LẬP|XÂY DỰNG|VIẾT)\b"
)
NEXT_PART = re.compile(r"(?:PHỤ LỤC|Phụ lục|DANH MỤC|DANH SÁCH|BIỂU|Mẫu số|KẾ HOẠCH|QUYẾT ĐỊNH|BÁO CÁO|ĐỀ CƯƠNG)\b")
_SIGNED = re.compile(r"[(\[]\s?(?:đã ký|ký|chữ ký)", re.IGNORECASE)
_NO_NAME = re.compile(r"[\d;:!?|/\"“”]")
_LONGEST_NAME = 45
_NAME_WORDS = range(2, 8)


def opens_in_head(text: str, first: bool) -> bool | None:
    """Whether a letterhead line opens: the first, number, subject and dateline do; the words decide on the rest."""
    return True if first or STANDS_ALONE.match(text) or DATELINE.search(text) else None


def in_letterhead_order(left: Sequence[Line], right: Sequence[Line]) -> tuple[Line, ...]:
    """Issuer, motto, number, dateline; without a motto the left lines, then the right ones."""
    mottos = [at for at, line in enumerate(right) if MOTTO.search(line.text)]
    if not mottos:
        return (*left, *right)
    number = next((at for at, line in enumerate(left) if STANDS_ALONE.match(line.text)), len(left))
    below = mottos[-1] + 1
    return (*left[:number], *right[:below], *left[number:], *right[below:])


def head_from_cells(cells: Sequence[Line]) -> tuple[Line, ...]:
    """A letterhead whose cells follow each other in one line, in its order; what stands behind it stays as it is."""
    last = max((at for at, cell in enumerate(cells) if _is_head_cell(cell.text)), default=-1)
    end = next((at for at, cell in enumerate(cells) if NEXT_PART.match(cell.text)), last + 1)
    head = cells[: min(end, last + 1)]
    left = [replace(cell, side="left") for cell in head if not _stands_right(cell.text)]
    right = [replace(cell, side="right") for cell in head if _stands_right(cell.text)]
    return (*in_letterhead_order(left, right), *cells[len(head) :])


def _is_head_cell(text: str) -> bool:
    return bool(MOTTO.match(text) or NUMBER.match(text) or DATELINE.search(text[:80]))


def _stands_right(text: str) -> bool:
    return not NUMBER.match(text) and bool(MOTTO.match(text) or DATELINE.search(text))


def is_signed(text: str) -> bool:
    """`(Đã ký)`, `(Ký, đóng dấu)`: what stands where the signature was."""
    return bool(_SIGNED.match(text))


def is_name(text: str) -> bool:
    """Whether a line can be the name under a signature, with rank or degree before it, in capitals or not."""
    words = text.split()
    if len(words) not in _NAME_WORDS or len(text) > _LONGEST_NAME or _NO_NAME.search(text) or SIGNS.match(text):
        return False
    small = sum(word[0].islower() for word in words)
    return small <= 1 and all(word[0].isupper() for word in words[-2:]) and text[-1].isalpha()


def are_signers(columns: Sequence[Sequence[str]]) -> bool:
    """Whether each column is a signature: authority or office in capitals above, marks between, a name below."""
    if not columns or not any(SIGNS.match(column[0]) for column in columns if column):
        return False
    return all(len(c) > 1 and c[0].isupper() and is_name(c[-1]) and all(map(is_signature_line, c)) for c in columns)


def is_signature_line(text: str) -> bool:
    """A line of a signature: in capitals, a mark in place of the signature, or a name."""
    short = len(text) <= 2 * _LONGEST_NAME
    return short and (text.isupper() or is_signed(text) or bool(SIGNS.match(text)) or is_name(text))
