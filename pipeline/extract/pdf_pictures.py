"""The pages of an open PDF as pictures, drawn when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image

from pipeline.errors import ReadError
from pipeline.extract.pdf_page import open_page
from pipeline.extract.scan import Picture
from pipeline.settings import Limits

_POINTS = 72


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
        if _pixels(page) > limits.page_pixels:
            raise ReadError("too_complex", f"a picture of {_pixels(page)} pixels on page {number}")
        width, height = (float(side(page)) for side in (pdfium.FPDF_GetPageWidthF, pdfium.FPDF_GetPageHeightF))
    scale = dpi / _POINTS
    if width * height * scale * scale > limits.page_pixels:
        raise ReadError("too_complex", f"page {number} of {width:.0f} x {height:.0f} points")
    picture: Image.Image = document[number - 1].render(scale=scale).to_pil()
    return picture


def _pixels(page: Any) -> int:
    """The pixels of the largest picture on a raw page."""
    most = 0
    width, height = pdfium.c_uint(), pdfium.c_uint()
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFImageObj_GetImagePixelSize(
            item, width, height
        ):
            most = max(most, width.value * height.value)
    return most
