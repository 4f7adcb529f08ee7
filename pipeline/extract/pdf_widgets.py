"""Words that stand only in form fields, signature fields and stamps of a PDF.

Government offices stamp a plan's number and day through signature fields: the page's own text then reads
`Số:      /KH-UBND`. The way to them: draw the page's annotations into the page (flatten), take its own objects out,
read what is left. That changes the document, so it works on a handle of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Literal, NamedTuple

import pypdfium2 as pypdfium
import pypdfium2.raw as pdfium

from pipeline.extract.layout import Segment
from pipeline.extract.pdf_page import PageText, open_page, open_text
from pipeline.extract.pdf_trust import SIGNATURE_LABEL
from pipeline.knowledge.text import fold
from pipeline.settings import Limits
from pipeline.values import Box, Loose

_STAMPS = (pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT)
_KINDS = (pdfium.FPDF_ANNOT_WIDGET, *_STAMPS)
_MOST_ANNOTATIONS = 1_000
_DOTS = re.compile(r"[.…_]{2,}|…")


class WidgetText(NamedTuple):
    """The words of one page's widgets: all of them, and those that belong to the printed text."""

    loose: tuple[Loose, ...] = ()
    printed: tuple[Segment, ...] = ()


def has_widgets(page: Any) -> bool:
    """Whether a raw page carries form fields, signature fields, stamps or typed-on text."""
    return next(_annotations(page), None) is not None


class WidgetReader:
    """Reads the widgets of single pages; opens its own handle of the document when first asked."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._document: Any = None

    def __enter__(self) -> WidgetReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._document is not None:
            self._document.close()

    def read(self, number: int, turned: int) -> WidgetText:
        """The words in the widgets of page `number`, whose text is turned by so many quarters."""
        if self._document is None:
            self._document = pypdfium.PdfDocument(self._data)
            if self._document.get_formtype() != pdfium.FORMTYPE_NONE:
                self._document.init_forms()
        with open_page(self._document.raw, number) as page:
            marks = list(_annotations(page))
            own = pdfium.FPDFPage_CountObjects(page)
            if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
                return WidgetText()
        with open_page(self._document.raw, number) as page:
            for index in range(own - 1, -1, -1):
                item = pdfium.FPDFPage_GetObject(page, index)
                if item and pdfium.FPDFPage_RemoveObject(page, item):
                    pdfium.FPDFPageObj_Destroy(item)
            with open_text(page, self._limits, turned) as text:
                return _sorted_out(text, number, marks)


def _annotations(page: Any) -> Iterator[tuple[Literal["widget", "stamp"], tuple[float, float, float, float]]]:
    """Kind and rectangle (pdfium's coordinates) of the annotations that can carry printed words."""
    rect = pdfium.FS_RECTF()
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        mark = pdfium.FPDFPage_GetAnnot(page, index)
        if not mark:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(mark)
            if kind in _KINDS and pdfium.FPDFAnnot_GetRect(mark, rect):
                yield ("stamp" if kind in _STAMPS else "widget"), (rect.left, rect.bottom, rect.right, rect.top)
        finally:
            pdfium.FPDFPage_CloseAnnot(mark)


def _sorted_out(
    text: PageText, number: int, marks: Sequence[tuple[Literal["widget", "stamp"], tuple[float, float, float, float]]]
) -> WidgetText:
    """The words of each annotation; those of a signature's label stay out of the printed text."""
    loose: list[Loose] = []
    printed: list[Segment] = []
    left_over = text.segments()
    for kind, rect in marks:
        box = Box(*text.upright(*rect))
        held = [piece for piece in left_over if _holds(box, piece)]
        left_over = [piece for piece in left_over if not _holds(box, piece)]
        loose.extend(Loose(piece.text, number, Box(*piece[1:5]), kind) for piece in held)
        if not SIGNATURE_LABEL.search(fold(" ".join(piece.text for piece in held))):
            printed.extend(held)
    return WidgetText(tuple(loose), tuple(printed))


def _holds(box: Box, piece: Segment) -> bool:
    return box.x0 <= piece.centre <= box.x1 and box.top <= (piece.top + piece.bottom) / 2 <= box.bottom


def with_widgets(pieces: Sequence[Segment], printed: Sequence[Segment]) -> list[Segment]:
    """The pieces of a page with the printed words of its widgets among them.

    A word over a dotted blank takes the place of the dots; one over other printed words (a stamp on the typed number)
    stays out, for it cannot be told which of the two holds.
    """
    merged = list(pieces)
    for word in printed:
        under = [at for at, piece in enumerate(merged) if _covers(word, piece)]
        dotted = [at for at in under if _DOTS.search(merged[at].text)]
        if not under:
            merged.append(word)
        elif len(under) == 1 and dotted:
            piece = merged[under[0]]
            filled = _DOTS.sub(f" {word.text} ", piece.text, count=1)
            merged[under[0]] = piece._replace(text=" ".join(filled.split()))
    return merged


def _covers(word: Segment, piece: Segment) -> bool:
    """Whether a word stands over a good part of itself or of a piece of the same line."""
    shared = min(word.x1, piece.x1) - max(word.x0, piece.x0)
    if abs(word.top + word.bottom - piece.top - piece.bottom) > max(word.height, piece.height):
        return False
    return shared > 0.3 * min(word.x1 - word.x0, piece.x1 - piece.x0)
