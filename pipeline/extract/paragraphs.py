"""Which lines open a paragraph, from their geometry: indents, blanks between lines, and whether a word still fitted.

A line breaks where the next word no longer fits. So a line after which the next line's first word would have fitted
is the last one of its paragraph, whatever its words are. Words decide only where geometry is silent (a dash at the
start of a line is a list mark or the middle of `kinh tế - xã hội`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.layout import Body, Placed, Segment, is_centred, step
from pipeline.extract.layout_columns import BY_DECISION
from pipeline.knowledge.text import fold
from pipeline.values import Side

# A line's own mark: a dash or bullet, I. 1. 1.1. a) with or without closing sign, or a division word.
MARK = re.compile(
    r"(?:[-–—+*•·▪●○◦\uf0b7\uf02d\uf0a7]\s?|(?:[IVXLC]{1,6}|[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}|[a-zđA-ZĐ])\s?[.)/:](?![0-9])"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){1,4}\s|(?:phần|chương|mục|điều|phụ lục)\s+(?:[ivxlc0-9]|thứ)|\([a-zđ0-9ivx]{1,3}\))",
    re.IGNORECASE,
)
# A number or letter before a sentence of its own, and what stands in brackets below a title.
_NUMBERED = re.compile(r"[^\W_]{1,6}(?:\.[0-9]{1,2}){0,4}\s?[.)/]\s?[“\"(]?(?=\w)[^\Wa-zà-ỹđ0-9_]")
_ENCLOSED = re.compile(r"\((?:kèm|ban hành|đính)\b", re.IGNORECASE)
_DASH = re.compile(r"[-–—+]")
# A line that ends a sentence, a clause or a list item.
CLOSED = re.compile(r"[.:;!?…]['\"”’)]*$")
# Line heights: a different indent, a blank above a paragraph, the deepest hanging indent.
_INDENT, _BLANK, _HANGING = 0.8, 0.2, 4.0
# What a capital is wider, and a blank narrower, than a small letter.
_CAPITAL, _BLANK_SPACE = 0.5, 0.4
# A centred line narrower than this share of the text area is no line that ran full.
_NARROW = 0.3
_FIT_SLACK, _OTHER_SIZE = 0.15, 0.08


class Laid(NamedTuple):
    """A line in the reading order of the whole document, with its page and the text area of that page."""

    placed: Placed
    page: int
    body: Body

    @property
    def piece(self) -> Segment:
        """The line's text and box."""
        return self.placed.piece


def openings(lines: Sequence[Laid]) -> list[bool | None]:
    """For each line of one flow (no table in between) whether it opens a paragraph; None where only words can tell."""
    found: list[bool | None] = []
    widths, letterheads = _column_widths(lines), _letterheads(lines)
    for index, line in enumerate(lines):
        if index == 0:
            found.append(True)
            continue
        above = lines[index - 1]
        if above.placed[1:] != line.placed[1:] or (line.placed.block and above.page != line.page):
            found.append(True)
        elif line.placed.block:
            width = widths[line.page, line.placed.block, line.placed.side]
            is_letterhead = (line.page, line.placed.block) in letterheads
            found.append(_opens_in_column(line.piece, above.piece, width, is_letterhead))
        else:
            below = lines[index + 1] if index + 1 < len(lines) else None
            found.append(_opens(line, above, below, bool(found[-1])))
    return found


def starts_lower(text: str) -> bool:
    """Whether the first letter or digit of a text is a small letter."""
    return next((sign.islower() for sign in text if sign.isalnum()), False)


def word_fits(word_of: Segment, above: Segment, right: float) -> bool:
    """Whether the first word of a line would still have stood at the end of the line above, left of `right`."""
    width = (word_of.x1 - word_of.x0) / max(1.0, _letters(word_of.text))
    word = word_of.text.split(" ", 1)[0]
    return above.x1 + width * _letters(f" {word}") + _FIT_SLACK * word_of.height < right


def _letters(text: str) -> float:
    """The length of a text in small letters."""
    return len(text) + _CAPITAL * sum(map(str.isupper, text)) - _BLANK_SPACE * text.count(" ")


# ------------------------------------------------------------------ one column


def _opens(line: Laid, above: Laid, below: Laid | None, above_opened: bool) -> bool | None:
    piece, last, body = line.piece, above.piece, line.body
    if is_centred(piece, body) and _is_on_axis(last, above.body):
        return _opens_centred(line, above)
    if is_centred(piece, body) or is_centred(last, above.body) or _ENCLOSED.match(piece.text):
        # A title's line that fills the text area stands on its middle, too.
        return CLOSED.search(last.text) is not None or not (starts_lower(piece.text) and _is_on_axis(piece, body))
    shift = (piece.x0 - body.left) - (last.x0 - above.body.left)
    indent = _INDENT * piece.height
    marked = MARK.match(piece.text) is not None
    runs_on = starts_lower(piece.text) and not marked and not CLOSED.search(last.text)
    if runs_on and shift < indent:
        return False
    if _has_blank_above(line, above, below) or word_fits(piece, last, above.body.right):
        return True
    if shift > indent:
        hangs = above_opened and not marked and shift < _HANGING * piece.height and MARK.match(last.text) is not None
        return not hangs
    if last.bold and not piece.bold and above_opened and not starts_lower(piece.text) and MARK.match(last.text):
        return True
    if marked:
        return _mark_opens(piece, last, body)
    flush = piece.x0 < body.left + indent
    if flush or not above_opened:
        return False
    if abs(shift) < indent and body.indent is not None:
        return abs(piece.x0 - body.left - body.indent) < indent
    return False


def _mark_opens(piece: Segment, last: Segment, body: Body) -> bool:
    """A line that begins like a list item below a full line: the item, or a dash or number that was wrapped there."""
    closed = CLOSED.search(last.text) is not None
    numbered = _NUMBERED.match(piece.text) is not None
    if body.indent is not None:
        if piece.x0 >= body.left + _INDENT * piece.height:
            return True
        return numbered and (closed or piece.bold or last.text.isupper())
    if _DASH.match(piece.text) or piece.text[0].islower():
        return closed or not starts_lower(piece.text)
    return closed or numbered or piece.x0 < last.x0


def _has_blank_above(line: Laid, above: Laid, below: Laid | None) -> bool:
    """Whether the blank above a line is more than the distance of lines there."""
    if line.page != above.page:
        return False
    usual = line.body.leading
    if below is not None and below.page == line.page and below.placed.block == 0:
        usual = max(usual, min(step(line.piece, below.piece), 2 * usual))
    return step(above.piece, line.piece) > usual + max(_BLANK * line.piece.height, 2.0)


def _is_on_axis(piece: Segment, body: Body) -> bool:
    return is_centred(piece, body) or abs(piece.centre - body.centre) < 0.3 * piece.height


def _opens_centred(line: Laid, above: Laid) -> bool | None:
    """A centred line below another: the rest of a title that ran over, or the next title."""
    piece, last = line.piece, above.piece
    if MARK.match(piece.text) or piece.text.startswith("("):
        return True
    if line.page != above.page or step(last, piece) > 1.35 * line.body.leading:
        return True
    if starts_lower(piece.text) and not last.text.isupper():
        return False
    if piece.bold != last.bold or abs(piece.height - last.height) > _OTHER_SIZE * piece.height:
        return True
    if last.x1 - last.x0 < _NARROW * line.body.width:
        return True
    if last.text.isupper() != piece.text.isupper():
        return None
    return False


# ------------------------------------------------------------------ two columns

_LETTERHEAD = re.compile(r"cộng h\S{1,2} xã hội|độc lập\s?-|đảng cộng sản|^số\s?:")
_OWN_LINE = re.compile(
    r"(?:số|v/v|nơi nhận|nơi gửi|lưu)\b|\*|(?:tm|kt|tl|tuq|q|thay mặt)\b"
    r"|(?:phó |thứ |quyền )?(?:chủ tịch|chủ nhiệm|bí thư|giám đốc|chánh|tổng|viện trưởng|hiệu trưởng|cục trưởng"
    r"|bộ trưởng|trưởng)\b"
)
_DATELINE = re.compile(r".{0,60}\bngày\s.{0,12}\btháng\b")


def _opens_in_column(piece: Segment, last: Segment, width: float, letterhead: bool) -> bool | None:
    """A line of a two-column block; `width` is that of its column in points."""
    words, before = fold(piece.text), fold(last.text)
    if last.text.endswith(("-", "/")) or before.endswith(BY_DECISION):
        return False
    if MARK.match(piece.text) or _OWN_LINE.match(words) or _DATELINE.match(words) or words.startswith("("):
        return True
    if before.endswith((":", ";", "./.")) or step(last, piece) > 1.9 * max(piece.height, last.height):
        return True
    if letterhead:
        return False
    if MARK.match(last.text):
        return CLOSED.search(last.text) is not None
    runs_over = last.x1 - last.x0 > 0.9 * width and piece.text.isupper() == last.text.isupper()
    return None if runs_over else True


def _letterheads(lines: Sequence[Laid]) -> set[tuple[int, int]]:
    """Page and number of the two-column blocks that are letterheads."""
    return {
        (line.page, line.placed.block)
        for line in lines
        if line.placed.block and _LETTERHEAD.search(fold(line.piece.text))
    }


def _column_widths(lines: Sequence[Laid]) -> dict[tuple[int, int, Side], float]:
    """The width in points of each side of each two-column block, by page, block and side."""
    edges: dict[tuple[int, int, Side], tuple[float, float]] = {}
    for line in lines:
        if line.placed.block:
            key = (line.page, line.placed.block, line.placed.side)
            low, high = edges.get(key, (line.piece.x0, line.piece.x1))
            edges[key] = (min(low, line.piece.x0), max(high, line.piece.x1))
    return {key: high - low for key, (low, high) in edges.items()}
