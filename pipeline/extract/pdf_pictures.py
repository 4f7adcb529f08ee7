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
from pipeline.extract.picture_guard import check_packed
from pipeline.extract.scan import Picture
from pipeline.settings import Limits

_POINTS = 72
# A scan may come as several pictures one over the other: its colours, its ink and the masks of both.
_LAYERS = 4
_PHOTOS = (b"DCTDecode", b"DCT", b"JPXDecode")
_FILTER_BYTES = 32


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
    for item in _pictures(pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, page, 0):
        pixels = _pixels(item)
        whole += pixels
        if pixels > limits.page_pixels or whole > _LAYERS * limits.page_pixels:
            raise ReadError("too_complex", f"pictures of {whole} pixels on page {number}")
        if _is_photo(item):
            check_packed(_packed(item), limits)


def _pictures(total: int, item_at: Callable[[Any, int], Any], holder: Any, depth: int) -> Iterator[Any]:
    """The pictures of a page or form, each as often as it is drawn."""
    for index in range(total):
        item = item_at(holder, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
            yield from _pictures(pdfium.FPDFFormObj_CountObjects(item), pdfium.FPDFFormObj_GetObject, item, depth + 1)


def _pixels(item: Any) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    return width.value * height.value if pdfium.FPDFImageObj_GetImagePixelSize(item, width, height) else 0


def _is_photo(item: Any) -> bool:
    """Whether a picture is packed as JPEG or JPEG 2000, whose own head may differ from what the PDF says."""
    last = pdfium.FPDFImageObj_GetImageFilterCount(item) - 1
    name = ctypes.create_string_buffer(_FILTER_BYTES)
    return last >= 0 and pdfium.FPDFImageObj_GetImageFilter(item, last, name, _FILTER_BYTES) > 0 and name.value in _PHOTOS


def _packed(item: Any) -> bytes:
    length = pdfium.FPDFImageObj_GetImageDataRaw(item, None, 0)
    buffer = ctypes.create_string_buffer(max(1, length))
    pdfium.FPDFImageObj_GetImageDataRaw(item, buffer, length)
    return buffer.raw
