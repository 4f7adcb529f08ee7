"""Page pictures -> rows and tables with boxes, by tesseract's words and the layout steps of a born-digital page."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from pipeline.errors import ReadError
from pipeline.extract.closer import with_cut_lines_read_again
from pipeline.extract.layout import WIDE, Row, Segment, joined, rows_of
from pipeline.extract.pages import ReadPage
from pipeline.extract.pdf_tables import Frame, find_frames, split_tables
from pipeline.extract.picture import (
    DPI,
    Grey,
    grey_of,
    has_colours,
    ink_of,
    levelled,
    lies_on_its_side,
    rulings_of,
    without,
    without_borders,
)
from pipeline.extract.scan_cells import with_passed_over_cells
from pipeline.extract.scan_head import with_head_looked_at_again
from pipeline.extract.scan_signature import without_strokes
from pipeline.extract.scan_words import tidied
from pipeline.extract.stamp import without_stamp
from pipeline.extract.syllables import WORD, share_of_syllables
from pipeline.extract.tesseract import Word, read_words
from pipeline.settings import Limits
from pipeline.values import Box, Notice, SeenWord

ENGINE = "tesseract"
_POINTS = 72
# Below these a page reads as noise: it may stand on its head.
_SURE, _WELL_FORMED = 65.0, 0.6
# Below this share of well-formed syllables, or of sureness, a record would only mislead.
_LEGIBLE = 0.5
# A picture with fewer words holds no document.
_LEAST_WORDS = 5

# What stands before and after a blank that is left for a figure, and how wide such a blank may be in line heights.
_FORM_BEFORE, _FORM_AFTER = re.compile(r"(?:ngày|tháng|năm|Số)[:.]?$"), re.compile(r"tháng|năm|[/-]\s?[A-ZĐ]|\d")
_FORM_BLANK = 6.0
# Stamped beside a document's title (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.8).
_URGENCY = re.compile(r"(?:THƯỢNG )?KHẨN|H[OỎ][ẢA] TỐC|(?:TUYỆT |TỐI )?MẬT")

# A page as a picture at a resolution (dots per inch), upright or not. It may be called from several threads.
Picture = Callable[[int], Image.Image]


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page read from its picture; `confidence` is the mean of its words (0 to 100), None where it has none.

    `trouble` says why a page was not read.
    """

    page: ReadPage
    seen: tuple[SeenWord, ...] = ()
    confidence: float | None = None
    well_formed: float = 0.0
    trouble: ReadError | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a grey picture, and how far they can be believed."""

    grey: Grey
    words: list[Word] = field(default_factory=list)
    rulings: list[Box] = field(default_factory=list)
    confidence: float = 0.0
    well_formed: float = 0.0

    @property
    def is_noise(self) -> bool:
        """Whether next to no word can be believed."""
        return bool(self.words) and (self.confidence < _SURE or self.well_formed < _WELL_FORMED)


def read_pictures(pictures: Mapping[int, Picture], limits: Limits) -> dict[int, Scanned]:
    """Reads page pictures by their page numbers, as many at a time as there are processors.

    Raises ReadError(ocr_missing) where tesseract is not installed; a page that cannot be read has its trouble told.
    """
    workers = max(1, len(os.sched_getaffinity(0)))
    with ThreadPoolExecutor(workers) as pool:
        read = pool.map(lambda item: _guarded(item[0], item[1], limits), pictures.items())
        return dict(zip(pictures, read, strict=True))


def notices_of(scanned: Scanned, why: str = "no_text_layer") -> list[Notice]:
    """What must be told of a page that was looked at as a picture; `why` is the finding that says why it was."""
    number = scanned.page.number
    if scanned.trouble is not None:
        return [Notice("page_not_read", number)]
    if scanned.confidence is None:
        return []
    poor = scanned.confidence < _SURE or scanned.well_formed < _WELL_FORMED
    return [Notice(why, number), *([Notice("low_ocr_confidence", number)] if poor else [])]


def check_pictures(scanned: Sequence[Scanned]) -> None:
    """Raises ReadError where the pages, all of a file, hold next to no words or nothing but noise."""
    troubles = [one.trouble for one in scanned if one.trouble is not None]
    words = sum(len(one.seen) for one in scanned)
    if troubles and (len(troubles) == len(scanned) or words < _LEAST_WORDS):
        raise troubles[0]
    if words < _LEAST_WORDS:
        raise ReadError("no_text_layer", f"0/{len(scanned)} tr.")
    well_formed = sum(one.well_formed * len(one.seen) for one in scanned) / words
    confidence = sum((one.confidence or 0.0) * len(one.seen) for one in scanned) / words
    if well_formed < _LEGIBLE or confidence < _LEGIBLE * 100:
        raise ReadError("unreadable_scan", f"{confidence:.0f}%")


def _guarded(number: int, picture: Picture, limits: Limits) -> Scanned:
    try:
        return _read_picture(picture(DPI), number, limits)
    except ReadError as error:
        if error.cause == "ocr_missing":
            raise
        return Scanned(ReadPage(number, 0.0, 0.0, []), trouble=error)


def _read_picture(picture: Image.Image, number: int, limits: Limits) -> Scanned:
    read = _upright_words(without_borders(grey_of(picture)), has_colours(picture), limits)
    scale = _POINTS / DPI
    height, width = read.grey.shape
    page = ReadPage(number, width * scale, height * scale, [])
    page.tables, outside = split_tables(_frames(read.rulings), _segments(read.words), number)
    page.rows = without_strokes(list(_laid_out(rows_of(outside, glue=False))), page.width)
    page.words = [Segment(word.text, *_scaled(word.line, scale)) for word in read.words]
    seen = tuple(SeenWord(word.text, number, _scaled(word.box, scale), word.confidence) for word in read.words)
    return Scanned(page, seen, read.confidence if seen else None, read.well_formed)


# ------------------------------------------------------------------ words


def _upright_words(grey: Grey, coloured: bool, limits: Limits) -> _Words:
    """The words of a picture in any quarter turn; one without colours may show a grey stamp."""
    if lies_on_its_side(ink_of(grey[::2, ::2], DPI / 2)):
        grey = np.rot90(grey)
    grey = levelled(grey, DPI)
    read = _words_of(grey if coloured else without_stamp(grey, ink_of(grey, DPI), DPI), limits)
    if not read.is_noise:
        return read
    other = _words_of(np.rot90(read.grey, 2), limits)
    return max(read, other, key=lambda one: one.confidence * one.well_formed)


def _words_of(grey: Grey, limits: Limits) -> _Words:
    rulings = rulings_of(ink_of(grey, DPI), DPI)
    cells = [_scaled(cell, DPI / _POINTS) for frame in _frames(rulings) for cell in frame.cells]
    bare = without(grey, rulings) if cells else grey
    words = read_words(bare, DPI, limits.ocr_seconds)
    read = _Words(grey, words, rulings, *_quality(words))
    if not words or read.is_noise:
        return read
    ink = ink_of(bare, DPI)
    words = with_cut_lines_read_again(words, bare, ink, DPI, limits.ocr_seconds)
    words = with_head_looked_at_again(words, bare, DPI, limits.ocr_seconds)
    if cells:
        words = with_passed_over_cells(words, cells, bare, ink, DPI, limits.ocr_seconds)
    return _Words(grey, tidied(words, ink), rulings, *_quality(words))


def _quality(words: list[Word]) -> tuple[float, float]:
    """The mean confidence of words, and the share of them that are well-formed syllables."""
    confidence = sum(word.confidence for word in words) / max(1, len(words))
    return confidence, share_of_syllables(WORD.findall(" ".join(word.text for word in words)))


def _segments(words: list[Word]) -> list[Segment]:
    """Words as pieces of text in points: those that follow each other on one line of tesseract's as one piece."""
    scale = _POINTS / DPI
    pieces: list[Segment] = []
    above: Word | None = None
    for word in words:
        piece = Segment(word.text, *_scaled(word.line, scale))
        if above is not None and above.number == word.number and _follows(piece, pieces[-1]):
            last = pieces[-1]
            text = f"{last.text} {piece.text}"
            pieces[-1] = Segment(text, last.x0, min(last.top, piece.top), piece.x1, max(last.bottom, piece.bottom))
        else:
            pieces.append(piece)
        above = word
    return pieces


def _follows(piece: Segment, last: Segment) -> bool:
    return -0.5 * last.height < piece.x0 - last.x1 < WIDE * max(piece.height, last.height)


def _laid_out(rows: list[Row]) -> Iterator[Row]:
    """Rows with the parts of a form joined over the blanks left in it (`ngày … tháng …`), urgency marks apart."""
    for row in rows:
        marks = [piece for piece in row.pieces if _URGENCY.fullmatch(piece.text)]
        others = [piece for piece in row.pieces if piece not in marks]
        if marks and others:
            yield Row(row.top, row.bottom, marks)
        pieces: list[Segment] = []
        for piece in others or marks:
            if pieces and _is_form(pieces[-1], piece):
                pieces[-1] = joined([pieces[-1], piece])
            else:
                pieces.append(piece)
        yield Row(row.top, row.bottom, pieces)


def _is_form(last: Segment, piece: Segment) -> bool:
    blank = (piece.x0 - last.x1) / max(piece.height, last.height)
    return blank < _FORM_BLANK and bool(_FORM_BEFORE.search(last.text)) and bool(_FORM_AFTER.match(piece.text))


# ------------------------------------------------------------------ rulings


def _frames(rulings: list[Box]) -> list[Frame]:
    return find_frames([_thin(_scaled(ruling, _POINTS / DPI)) for ruling in rulings])


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(edge * scale for edge in box))


def _thin(ruling: Box) -> Box:
    """A ruling without thickness."""
    x0, top, x1, bottom = ruling
    if x1 - x0 > bottom - top:
        return Box(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    return Box((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
