"""What a page of a PDF holds besides its characters: straight strokes, rectangles and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.errors import ReadError
from pipeline.settings import Limits

UserBox = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

FORM_DEPTH = 8  # how deep forms in forms are looked into
# A stroke or a filled rectangle no thicker than this (points) is a ruling.
THIN = 3.0
_RECTANGLE_SEGMENTS = 6
_PATH_SEGMENTS = 2_000


@dataclass(slots=True)
class PageObjects:
    """The rulings (thin boxes) and pictures of a page in pdfium's coordinates: left, bottom, right, top."""

    rulings: list[UserBox] = field(default_factory=list)
    pictures: list[UserBox] = field(default_factory=list)


def page_objects(page: Any, limits: Limits) -> PageObjects:
    """The rulings and pictures of a raw page, those inside its forms included down to a fixed depth.

    Raises ReadError(too_complex) where the page holds more objects than the limits allow.
    """
    found = PageObjects()
    _Visit(found, limits.page_objects).holder(
        pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, page, None, 0
    )
    return found


class _Visit:
    """A walk over the objects of one page."""

    def __init__(self, found: PageObjects, limit: int) -> None:
        self.found = found
        self.left_over = limit
        self.limit = limit
        self.bounds = tuple(ctypes.c_float() for _ in range(4))

    def holder(self, total: int, item_at: Callable[[Any, int], Any], holder: Any, matrix: Matrix | None, depth: int) -> None:
        """The objects of a page or of a form; `matrix` leads from the form to the page, None where they agree."""
        self.left_over -= total
        if self.left_over < 0:
            raise ReadError("too_complex", f"more than {self.limit} objects on a page")
        kind_of, text, path = pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
        for index in range(total):
            item = item_at(holder, index)
            kind = kind_of(item)
            if kind == text:
                continue
            if kind == path:
                self.path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.found.pictures.append(_moved(self.box(item), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
                count = pdfium.FPDFFormObj_CountObjects(item)
                self.holder(count, pdfium.FPDFFormObj_GetObject, item, _chained(_matrix(item), matrix), depth + 1)

    def box(self, item: Any) -> UserBox:
        left, bottom, right, top = self.bounds
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return (0.0, 0.0, 0.0, 0.0)
        return left.value, bottom.value, right.value, top.value

    def path(self, item: Any, matrix: Matrix | None) -> None:
        """Keeps a path as rulings: a thin one as it is, a stroked rectangle by its sides, a drawn grid by its strokes."""
        box = self.box(item)
        width, height = box[2] - box[0], box[3] - box[1]
        if width <= THIN or height <= THIN:
            if width > THIN or height > THIN:
                self.found.rulings.append(_moved(box, matrix))
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        # A filled rectangle without a stroke is a shade behind words: Word draws one for every highlighted word.
        if not stroke.value:
            return
        segments = pdfium.FPDFPath_CountSegments(item)
        if segments <= _RECTANGLE_SEGMENTS:
            self.found.rulings.extend(_moved(side, matrix) for side in _sides(box))
        elif segments <= _PATH_SEGMENTS:
            self.left_over -= segments
            own = _chained(_matrix(item), matrix)
            self.found.rulings.extend(_moved(stroke_box, own) for stroke_box in _strokes(item, segments))


def _sides(box: UserBox) -> list[UserBox]:
    left, bottom, right, top = box
    return [
        (left, bottom, right, bottom),
        (left, top, right, top),
        (left, bottom, left, top),
        (right, bottom, right, top),
    ]


def _strokes(item: Any, segments: int) -> list[UserBox]:
    """The straight upright strokes of a path of many strokes, in the path's own coordinates."""
    found: list[UserBox] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    here = (0.0, 0.0)
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        there = (x.value, y.value)
        is_line = pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO
        if is_line and (abs(here[0] - there[0]) <= 1 or abs(here[1] - there[1]) <= 1):
            found.append((*map(min, here, there), *map(max, here, there)))  # type: ignore[arg-type]
        here = there
    return found


def hidden_share(page: Any) -> float:
    """The share of the text objects of a raw page that are drawn invisibly: an OCR layer under a picture."""
    texts = hidden = 0
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
            texts += 1
            hidden += pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return hidden / texts if texts else 0.0


def _matrix(item: Any) -> Matrix | None:
    """The matrix of an object, None where it changes nothing."""
    read = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, read):
        return None
    matrix = (read.a, read.b, read.c, read.d, read.e, read.f)
    return None if matrix == (1.0, 0.0, 0.0, 1.0, 0.0, 0.0) else matrix


def _chained(inner: Matrix | None, outer: Matrix | None) -> Matrix | None:
    if inner is None or outer is None:
        return inner or outer
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(box: UserBox, matrix: Matrix | None) -> UserBox:
    if matrix is None:
        return box
    a, b, c, d, e, f = matrix
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
