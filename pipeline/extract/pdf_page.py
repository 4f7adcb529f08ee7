"""One page of a PDF as pdfium sees it: its pieces of text with upright boxes, its rulings and its picture cover.

A page is turned by the direction of its characters, never by its /Rotate entry alone: all boxes are points from the
top left of the page as its text is read. pdfium is not thread-safe, and a page that is not closed keeps its memory.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.errors import ReadError
from pipeline.extract.layout import Segment
from pipeline.knowledge.legacy import FontReading, reading_of_font
from pipeline.settings import Limits
from pipeline.values import Box

# pdfium gives the hyphen at the end of a line as U+FFFE (U+0002 by character) and swallows the line break after it.
_BREAK = re.compile("([\ufffe\x02])?\r\n|([\ufffe\x02])")
_WORD = re.compile(r"[^\s\x00-\x1f]+")
# A figure at the end of a word: the mark of a footnote where it is raised, unless the word is a unit (m2, km2).
_FIGURE = re.compile(r"\d{1,2}(?=[\s,.;:)]|$)")
_UNIT = re.compile(r"(?:^|[\s\d(])(?:m|km|cm|dm|mm|ha)$", re.IGNORECASE)
_CLOSING = ("%", "”", '"', ")")
_NOT_TEXT = re.compile("[\x00-\x1f\ufeff\uffff]+")
_BOLD_NAME = re.compile(rb"bold|black|heavy|-bd|,b\b", re.IGNORECASE)
_BOLD_WEIGHT = 600
_ANGLE_SAMPLES = 16
# A blank this wide (in line heights) parts two pieces; the blanks of a justified line stay below it.
_WIDE_BLANK = 0.8
# Mean width of a letter and what a capital adds, in line heights: a line that comes as one box and is this much wider
# than its letters holds a wide blank inside.
_LETTER, _CAPITAL, _STRETCH = 0.42, 0.2, 1.3

# A raised sign: its size against that of the sign before it, and how much higher it ends, in line heights.
_RAISED_SIZE, _RAISED = 0.8, 0.12

# A box this many times the page is damage.
_OVERSIZE = 3.0

UserBox = tuple[float, float, float, float]
UprightBox = tuple[float, float, float, float]


class Apart(NamedTuple):
    """A place where lines are taken apart: a box on the upright page, and for a table the x of its columns' edges."""

    box: Box
    edges: Sequence[float] | None = None


@contextmanager
def open_page(document: Any, number: int) -> Iterator[Any]:
    """A raw page handle (pages count from 1), closed at the end. Raises ReadError(damaged_file)."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise ReadError("damaged_file", f"page {number}")
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


@contextmanager
def open_text(page: Any, limits: Limits, turned: int | None = None) -> Iterator[PageText]:
    """The text of a raw page, closed at the end; `turned` sets its quarter turn where it is known already.

    Raises ReadError (damaged_file, too_complex).
    """
    handle = pdfium.FPDFText_LoadPage(page)
    if not handle:
        raise ReadError("damaged_file", "the text of a page cannot be loaded")
    try:
        yield PageText(page, handle, limits, turned)
    finally:
        pdfium.FPDFText_ClosePage(handle)


class PageText:
    """The characters of an open page: the whole text at once, boxes only where they are asked for.

    `width` and `height` are those of the upright page in points; `turned` is the quarter turn of its text (0 to 3).
    """

    def __init__(self, page: Any, handle: Any, limits: Limits, turned: int | None = None) -> None:
        self._handle = handle
        self._rect = pdfium.FS_RECTF()
        self._rect_at = ctypes.byref(self._rect)
        self._tells_fonts = False
        count = pdfium.FPDFText_CountChars(handle)
        if count > limits.page_characters:
            raise ReadError("too_complex", f"{count} characters on a page")
        self.text = self._read_text(count)
        self._indexes = None if len(self.text) == count else self._aligned(count)
        self.turned = self._direction(count) if turned is None else turned
        self._bounds = _page_bounds(page, self._rect)
        left, bottom, right, top = self._bounds
        size = (right - left, top - bottom)
        self.width, self.height = (size[1], size[0]) if self.turned % 2 else size

    def upright(self, left: float, bottom: float, right: float, top: float) -> UprightBox:
        """A box in pdfium's coordinates as x0, top, x1, bottom on the upright page."""
        page_left, page_bottom, page_right, page_top = self._bounds
        if self.turned == 0:
            return (left - page_left, page_top - top, right - page_left, page_top - bottom)
        if self.turned == 1:
            return (bottom - page_bottom, left - page_left, top - page_bottom, right - page_left)
        if self.turned == 2:
            return (page_right - right, bottom - page_bottom, page_right - left, top - page_bottom)
        return (page_top - top, page_right - right, page_top - bottom, page_right - left)

    def shows(self, box: UprightBox) -> bool:
        """Whether a box stands on the page at least in part; damaged files have boxes without bounds."""
        x0, top, x1, bottom = box
        inside = x1 > 0 and x0 < self.width and bottom > 0 and top < self.height
        return inside and x1 - x0 < _OVERSIZE * self.width and bottom - top < _OVERSIZE * self.height

    def segments(self, apart: Sequence[Apart] = (), fonts: bool = False) -> list[Segment]:
        """The pieces of text with their boxes, in the order of the file; lines that `apart` cuts come word by word.

        With `fonts` the pieces tell of the old fonts that they are set in, and a line that changes them is cut too.
        """
        self._tells_fonts = fonts
        found: list[Segment] = []
        start = 0
        for stop in _BREAK.finditer(self.text):
            self._add_line(found, start, stop.start(), bool(stop[1] or stop[2]), apart)
            start = stop.end()
        self._add_line(found, start, len(self.text), False, apart)
        return [piece for piece in found if piece.text and self.shows(piece[1:5])]

    def _add_line(self, found: list[Segment], start: int, end: int, hyphen: bool, apart: Sequence[Apart]) -> None:
        """One line of pdfium's: whole where it is one unbroken line on the page, else word by word."""
        line = self.text[start:end].rstrip()
        end = start + len(line)
        line = line.lstrip()
        start = end - len(line)
        if not line:
            return
        bold = self._is_bold(start) and self._is_bold(end - 1)
        box = self._plain_box(line, start, end)
        fonts = {self._old_font(start + word.start()) for word in _WORD.finditer(line)} if self._tells_fonts else {None}
        if box is not None and len(fonts) == 1 and not any(_cuts(one, box) for one in apart):
            found.append(Segment(_clean(self._without_notes(line, start), hyphen), *box, bold, fonts.pop()))
            return
        for word in _WORD.finditer(line):
            first, last = start + word.start(), start + word.end()
            text = _clean(word[0], hyphen and last == end)
            if self._is_one_word(first, last):
                found.append(Segment(text, *self._span_box(first, last), bold, self._old_font(first)))
            else:
                font = self._old_font(first)
                found.extend(Segment(self.text[at], *self._char_box(at), bold, font) for at in range(first, last))

    def _is_one_word(self, start: int, end: int) -> bool:
        """Whether the first and the last sign of a word stand on one line; pdfium runs turned lines together."""
        if end - start == 1:
            return True
        x0, top, _, bottom = self._char_box(start)
        _, last_top, x1, last_bottom = self._char_box(end - 1)
        off = abs(top + bottom - last_top - last_bottom) / 2
        return x0 <= x1 and off < 0.7 * max(bottom - top, last_bottom - last_top)

    def _without_notes(self, line: str, start: int) -> str:
        """A line without the raised figures that point to footnotes: `khoáng sản1` is no other word."""
        for figure in reversed(list(_FIGURE.finditer(line))):
            at = figure.start()
            before = line[at - 1 : at]
            if not (before.isalpha() or before in _CLOSING) or _UNIT.search(line[max(0, at - 4) : at]):
                continue
            if at and self._is_raised(start + at, start + at - 1):
                line = line[:at] + line[figure.end() :]
        return line

    def _is_raised(self, offset: int, before: int) -> bool:
        """Whether a sign is smaller than the one before it and stands higher."""
        size = pdfium.FPDFText_GetFontSize(self._handle, self._index(offset))
        if size > _RAISED_SIZE * pdfium.FPDFText_GetFontSize(self._handle, self._index(before)):
            return False
        _, top, _, bottom = self._char_box(before)
        return self._char_box(offset)[3] < bottom - _RAISED * (bottom - top)

    def _plain_box(self, line: str, start: int, end: int) -> UprightBox | None:
        """The box of a line whose pieces follow one another without a wide blank; None where they do not."""
        x0, top, x1, bottom = self._span_box(start, end)
        first = self._index(start)
        count = pdfium.FPDFText_CountRects(self._handle, first, self._index(end - 1) + 1 - first)
        pieces = [self._rect_box(index) for index in range(count)]
        # Where a font tells no height, boxes are as high as the letters in them: the line's is that of its highest.
        height = max([bottom - top, *(piece[3] - piece[1] for piece in pieces)])
        width = _LETTER * len(line) + _CAPITAL * sum(map(str.isupper, line)) + 1
        if x1 <= x0 or height <= 0 or (count == 1 and x1 - x0 > height * _STRETCH * width):
            return None
        reach, wide, middle = x0, _WIDE_BLANK * height, (top + bottom) / 2
        for left, piece_top, right, piece_bottom in pieces:
            if not (left - reach < wide and reach - left < height):
                return None
            if abs((piece_top + piece_bottom) / 2 - middle) > height / 2:
                return None
            top, bottom, reach = min(top, piece_top), max(bottom, piece_bottom), right
        return (x0, top, x1, bottom)

    def _rect_box(self, index: int) -> UprightBox:
        """One of the boxes that pdfium counted for a stretch of text."""
        pdfium.FPDFText_GetRect(self._handle, index, *_DOUBLES_AT)
        left, top, right, bottom = _DOUBLES
        return self.upright(left.value, bottom.value, right.value, top.value)

    def _span_box(self, start: int, end: int) -> UprightBox:
        """The box of a stretch of text on one line, from its first and its last character."""
        x0, top, x1, bottom = self._char_box(start)
        if end - start > 1:
            _, last_top, x1, last_bottom = self._char_box(end - 1)
            top, bottom = min(top, last_top), max(bottom, last_bottom)
        return (x0, top, x1, bottom)

    def _char_box(self, offset: int) -> UprightBox:
        """The box of one character, as high as its font: its baseline does not show."""
        rect = self._rect
        pdfium.FPDFText_GetLooseCharBox(self._handle, self._index(offset), self._rect_at)
        return self.upright(rect.left, rect.bottom, rect.right, rect.top)

    def _is_bold(self, offset: int) -> bool:
        index = self._index(offset)
        if pdfium.FPDFText_GetFontWeight(self._handle, index) >= _BOLD_WEIGHT:
            return True
        return _BOLD_NAME.search(self._font_name(index)) is not None

    def _font_name(self, index: int) -> bytes:
        """The name of the font of the character that pdfium counts as `index`."""
        length = pdfium.FPDFText_GetFontInfo(self._handle, index, _NAME, len(_NAME), None)
        return _NAME.raw[: min(length, len(_NAME))]

    def _old_font(self, offset: int) -> FontReading | None:
        """How the font of a character of before Unicode reads it, where that was asked for."""
        if not self._tells_fonts:
            return None
        return reading_of_font(self._font_name(self._index(offset)).rstrip(b"\0").decode("utf-8", "replace"))

    def _index(self, offset: int) -> int:
        """pdfium's index of the character at an offset of the text."""
        return offset if self._indexes is None else self._indexes[offset]

    def _read_text(self, count: int) -> str:
        buffer = (ctypes.c_ushort * (count + 1))()
        units = pdfium.FPDFText_GetText(self._handle, 0, count, buffer)
        return bytes(buffer)[: 2 * max(0, units - 1)].decode("utf-16-le", "replace")

    def _aligned(self, count: int) -> list[int]:
        """The index of the character at every offset of the text, where pdfium left characters out of its text."""
        indexes: list[int] = []
        for index in range(count):
            if len(indexes) == len(self.text):
                break
            unicode = pdfium.FPDFText_GetUnicode(self._handle, index)
            here = self.text[len(indexes)]
            if unicode == ord(here) or (unicode == 2 and here == "\ufffe"):
                indexes.append(index)
        return indexes + [max(0, count - 1)] * (len(self.text) - len(indexes))

    def _direction(self, count: int) -> int:
        """The quarter turn most characters are drawn at; the horizontal one where there are none."""
        turns: Counter[int] = Counter()
        for index in range(0, count, max(1, count // _ANGLE_SAMPLES)):
            if pdfium.FPDFText_GetUnicode(self._handle, index) > 32:
                angle = pdfium.FPDFText_GetCharAngle(self._handle, index)
                turns[-round(angle / (math.pi / 2)) % 4] += angle >= 0
        return turns.most_common(1)[0][0] if turns else 0


_DOUBLES = tuple(ctypes.c_double() for _ in range(4))
_DOUBLES_AT = tuple(map(ctypes.byref, _DOUBLES))
_NAME = ctypes.create_string_buffer(96)


def _page_bounds(page: Any, rect: Any) -> UserBox:
    if not pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect)):
        raise ReadError("damaged_file", "a page without a size")
    width, height = rect.right - rect.left, rect.top - rect.bottom
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise ReadError("damaged_file", "a page without a size")
    return rect.left, rect.bottom, rect.right, rect.top


def _cuts(apart: Apart, box: UprightBox) -> bool:
    """Whether a line touches a box and, where the box has edges inside, runs over one of them."""
    x0, top, x1, bottom = box
    held = apart.box
    if not (x0 < held.x1 and held.x0 < x1 and top < held.bottom and held.top < bottom):
        return False
    if apart.edges is None or x0 < held.x0 or x1 > held.x1:
        return True
    return bisect_right(apart.edges, x0 + 1) < bisect_left(apart.edges, x1 - 1)


def _clean(text: str, hyphen: bool) -> str:
    """A piece of text as NFC without control characters, with the hyphen that pdfium took from its end."""
    if not text.isprintable():
        text = _NOT_TEXT.sub("", text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text + "-" if hyphen else text
