"""The pages of an open PDF as pictures, drawn when they are asked for."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image

from pipeline.errors import ReadError
from pipeline.extract.pdf_objects import FORM_DEPTH
from pipeline.extract.pdf_page import open_page
from pipeline.extract.scan import Picture
from pipeline.settings import Limits

_POINTS = 72
# A scan may come as several pictures one over the other: its colours, its ink and the masks of both.
_LAYERS = 4


def pictures_of(document: Any, numbers: Sequence[int], limits: Limits) -> dict[int, Picture]:
    """For each page number a call that draws the page; pdfium draws one at a time.

    The call raises ReadError(too_complex) where a page, or a picture on it, has more pixels than the limits allow.
    """
    lock = Lock()

    def drawer(number: int) -> Picture:
        def draw(dpi: int) -> Image.Image:
            with lock:
                return _drawn(document, number, dpi, limits)

        return draw

    return {number: drawer(number) for number in numbers}


def _drawn(document: Any, number: int, dpi: int, limits: Limits) -> Image.Image:
    with open_page(document.raw, number) as page:
        _check_pictures(page, number, limits)
        width, height = (float(side(page)) for side in (pdfium.FPDF_GetPageWidthF, pdfium.FPDF_GetPageHeightF))
    scale = dpi / _POINTS
    if width * height * scale * scale > limits.page_pixels:
        raise ReadError("too_complex", f"page {number} of {width:.0f} x {height:.0f} points")
    picture: Image.Image = document[number - 1].render(scale=scale).to_pil()
    return picture


def _check_pictures(page: Any, number: int, limits: Limits) -> None:
    """Raises ReadError(too_complex) where a picture on a raw page is too large, or all of them are together."""
    whole = 0
    for pixels in _pixels(pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, page, 0):
        whole += pixels
        if pixels > limits.page_pixels or whole > _LAYERS * limits.page_pixels:
            raise ReadError("too_complex", f"pictures of {whole} pixels on page {number}")


def _pixels(total: int, item_at: Callable[[Any, int], Any], holder: Any, depth: int) -> Iterator[int]:
    """The pixels of each picture of a page or form, as often as it is drawn."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    for index in range(total):
        item = item_at(holder, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFImageObj_GetImagePixelSize(item, width, height):
            yield width.value * height.value
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
            yield from _pixels(pdfium.FPDFFormObj_CountObjects(item), pdfium.FPDFFormObj_GetObject, item, depth + 1)
