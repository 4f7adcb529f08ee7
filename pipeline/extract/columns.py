"""Two columns set side by side with blanks or tabs: letterhead and signature block, taken apart into left and right.

Nghị định 30/2020/NĐ-CP, Phụ lục I, sets issuer and number at the left, motto and place with date at the right, and at
the end the recipients at the left, the signature at the right. Text extraction keeps such rows as one line with a wide
gap; read along the lines, the issuer and the motto interleave.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.values import Line, Side

MOTTO = re.compile(
    r"C[ỘÔO]NG\s+H(?:[ÒOÓ]A|O[ÀA]|[ÀA])\s+X[ÃÂA]\s+H[ỘÔO]I|Độc\s*lập\s*[-–—]|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT|ĐOÀN\s+TNCS",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"ngày\s*[\d.…_\s]{0,20}tháng\s*[\d.…_\s]{0,20}năm", re.IGNORECASE)
_NUMBER = re.compile(r"Số\s*:?\s*[\d.…_/\s]", re.IGNORECASE)
_STANDS_ALONE = re.compile(r"(?:Số|SỐ)\s*:|Số\s+[\d.…]|V/v\b|Về việc\b|\*+$")
RECIPIENTS = re.compile(r"N[ơo]i\s+(?:nh[ậâa]n|gửi)\s*:?", re.IGNORECASE)
SIGNS = re.compile(
    r"(?:T/?M|K/?T|T/?L|TUQ|T/ỦY QUYỀN|Q)\s*[./]\s*[^\W\d_]"
    r"|(?:PHÓ\s+|QUYỀN\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|HIỆU TRƯỞNG|BÍ THƯ|TRƯỞNG|CHÁNH|CHỈ HUY|THỦ TRƯỞNG|CỤC TRƯỞNG|BỘ TRƯỞNG)"
)
_NEXT_PART = re.compile(r"(?:PHỤ LỤC|Phụ lục|DANH MỤC|DANH SÁCH|BIỂU|Mẫu số|KẾ HOẠCH|QUYẾT ĐỊNH|BÁO CÁO|ĐỀ CƯƠNG)\b")
_GAP = re.compile(r"(?<=\S)(?: {4,}| ?\t[ \t]*)(?=\S)")
_RECIPIENT_ITEM = re.compile(r"[-–—+•*]\s*\S|Như\s|Lưu\s*:")
_FAR_IN = 20  # blanks before a line that stands in the right column on its own
_LONGEST_CELL = 75
_LONGEST_REGION = 60
_HEAD_ROWS = 14
_GUARDED_BLANKS = 2
_NO_EDGE = 10_000


@dataclass(frozen=True, slots=True)
class Region:
    """Rows `first` up to `end` of the input, as left and right column, each in reading order."""

    first: int
    end: int
    lines: tuple[Line, ...]


@dataclass(slots=True)
class _Row:
    """One row: what stands left and what stands right, and the columns (in characters) of the gap between."""

    left: str
    right: str
    ends: int
    begins: int

    @property
    def paired(self) -> bool:
        return bool(self.left and self.right)


@dataclass(slots=True)
class _Columns:
    """The rows gathered so far, and the gutter that all of them leave free."""

    low: int = 0
    high: int = _NO_EDGE
    left: list[tuple[int, str]] = field(default_factory=list)
    right: list[tuple[int, str]] = field(default_factory=list)

    def takes(self, row: _Row, index: int) -> bool:
        """Takes a row that leaves the gutter free; False where it crosses it."""
        low, high = max(self.low, row.ends), min(self.high, row.begins)
        if low >= high or (row.left and not row.right and len(row.left) > _LONGEST_CELL):
            return False
        self.low, self.high = low, high
        if row.left:
            self.left.append((index, row.left))
        if row.right:
            self.right.append((index, row.right))
        return True


def regions(rows: Sequence[str], pages: Sequence[int]) -> list[Region]:
    """The letterhead and signature regions among rows of text (leading blanks and tabs kept), in order.

    `pages` gives each row's page, which its lines keep; a region ends with its page.
    """
    found: list[Region] = []
    at = 0
    while at < len(rows):
        region = _head(rows, pages, at) or _foot(rows, pages, at)
        if region:
            found.append(region)
            at = region.end
        else:
            at += 1
    return found


def parted(row: str, low: int = 0) -> _Row:
    """A row cut at its widest gap. A row without one stands right where it is set in far, or behind column `low`.

    Tab stops are not known, so rows with tabs say nothing about where the gutter lies.
    """
    tabs = "\t" in row.strip() or row.startswith("\t")
    gaps = list(_GAP.finditer(row.rstrip()))
    if gaps:
        gap = max(gaps, key=lambda g: len(g[0].expandtabs(8)))
        left, right = row[: gap.start()].strip(), row[gap.end() :].strip()
        ends, begins = (0, _NO_EDGE) if tabs else (gap.start(), gap.end())
        return _Row(_one_blank(left), _one_blank(right), ends, begins)
    text, indent = _one_blank(row.strip()), len(row) - len(row.lstrip())
    if tabs:
        return _Row("", text, 0, _NO_EDGE)
    if indent >= max(_FAR_IN, low):
        return _Row("", text, 0, indent)
    return _Row(text, "", len(row.rstrip()), _NO_EDGE)


def _one_blank(text: str) -> str:
    return re.sub(r"\s{2,}|\t", " ", text)


def _head(rows: Sequence[str], pages: Sequence[int], at: int) -> Region | None:
    """A letterhead that begins with the paired row `at`: the motto or the dateline stands at the right."""
    if "    " not in rows[at].strip() and "\t" not in rows[at].strip():
        return None
    first = parted(rows[at])
    if not (first.paired and len(first.left) <= _LONGEST_CELL and _heads(first)):
        return None
    columns, end, blanks = _Columns(), at, 0
    for index in range(at, min(at + _HEAD_ROWS, len(rows))):
        if not rows[index].strip():
            blanks += 1
            continue
        row = parted(rows[index], columns.low)
        if pages[index] != pages[at] or (end > at and _leaves_head(row, blanks)) or not columns.takes(row, index):
            break
        end, blanks = index + 1, 0
    return Region(at, end, _lines(columns, pages, opens=opens_in_head))


def _heads(row: _Row) -> bool:
    if MOTTO.search(row.right) or MOTTO.search(row.left):
        return True
    return bool(_NUMBER.match(row.left) and _DATELINE.search(row.right))


def _leaves_head(row: _Row, blanks: int) -> bool:
    """A row below the letterhead: the title in the middle of the page, or prose."""
    if row.paired:
        return False
    alone = row.left or row.right
    if _NEXT_PART.match(alone) or blanks > _GUARDED_BLANKS:
        return True
    if row.right:
        return not (_DATELINE.search(row.right) or MOTTO.search(row.right))
    return blanks > 0 and not _STANDS_ALONE.match(row.left)


def opens_in_head(text: str, first: bool) -> bool | None:
    """Whether a letterhead line opens: the first, number, subject and dateline do; the words decide on the rest."""
    return True if first or _STANDS_ALONE.match(text) or _DATELINE.search(text) else None


def _foot(rows: Sequence[str], pages: Sequence[int], at: int) -> Region | None:
    """A signature block that begins with row `at`: the recipients stand left, who signs stands right."""
    text = rows[at].strip()
    if not (RECIPIENTS.match(text) or SIGNS.match(text)):
        return None
    columns, end = _Columns(), at
    paired = False
    for index in range(at, min(at + _LONGEST_REGION, len(rows))):
        if not rows[index].strip():
            continue
        row = parted(rows[index], columns.low)
        if pages[index] != pages[at] or _NEXT_PART.match(row.left or row.right) or not columns.takes(row, index):
            break
        paired = paired or row.paired
        end = index + 1
    if not (paired and columns.left and RECIPIENTS.match(columns.left[0][1])):
        return None
    return Region(at, end, _lines(columns, pages, opens=_opens_in_foot))


def _opens_in_foot(text: str, first: bool) -> bool | None:
    return True if first or _RECIPIENT_ITEM.match(text) or SIGNS.match(text) else None


def _lines(columns: _Columns, pages: Sequence[int], opens: Callable[[str, bool], bool | None]) -> tuple[Line, ...]:
    """Left column, then right; a blank line between rows that had one between them."""
    made: list[Line] = []
    sides: tuple[tuple[Side, list[tuple[int, str]]], ...] = (("left", columns.left), ("right", columns.right))
    for side, cells in sides:
        before: int | None = None
        for index, text in cells:
            if before is not None and index > before + _GUARDED_BLANKS:
                made.append(Line("", page=pages[index], side=side))
            made.append(Line(text, page=pages[index], side=side, opens=opens(text, before is None)))
            before = index
    return tuple(made)
