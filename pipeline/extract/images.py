"""A picture file (JPEG, PNG, TIFF with its pages, …) as lines and grids, by the same steps as a scanned page of a PDF."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from PIL import Image, ImageOps

from pipeline.errors import ReadError
from pipeline.extract.pages import blocks_of
from pipeline.extract.picture import resolution
from pipeline.extract.picture_guard import check_packed
from pipeline.extract.scan import ENGINE, Picture, check_pictures, notices_of, read_pictures
from pipeline.knowledge import Knowledge
from pipeline.settings import Limits
from pipeline.values import Extracted, PageInfo

# What Pillow raises on broken bytes, by format and place.
_Broken = (OSError, SyntaxError, ValueError, struct.error, EOFError, IndexError, KeyError, TypeError)
_CUT = "truncated"  # a word of Pillow's messages about files that end too early
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF")


def read_image(data: bytes, media_type: str, limits: Limits, knowledge: Knowledge | None = None) -> Extracted:
    """Reads a picture file: the frames of a TIFF are its pages, of an animation the first frame is read.

    `knowledge` has the titles of tables' columns, the program's own unless given.

    Raises ReadError: too_complex and too_many_pages beyond the limits, damaged_file, truncated_file, and what
    `read_pictures` and `check_pictures` raise.
    """
    image = _opened(data, limits)
    count = _frames(image, limits)
    lock = Lock()
    scanned = read_pictures({number: _picture(image, number, lock, limits) for number in range(1, count + 1)}, limits)
    pages = list(scanned.values())
    check_pictures(pages)
    return Extracted(
        media_type=media_type,
        blocks=tuple(blocks_of([page.page for page in pages], knowledge)),
        pages=tuple(PageInfo(p.page.number, p.page.width, p.page.height, ENGINE, p.confidence) for p in pages),
        seen=tuple(word for page in pages for word in page.seen),
        notices=tuple(notice for page in pages for notice in notices_of(page)),
    )


def _opened(data: bytes, limits: Limits) -> Image.Image:
    """The open file; nothing is unpacked before its declared size has been looked at."""
    check_packed(data, limits)
    with _told("picture"), warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
        # Our own limit is told instead of Pillow's warning.
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    _guard(image, limits)
    return image


def _frames(image: Image.Image, limits: Limits) -> int:
    """How many pages a file has; of a TIFF no more are counted than are allowed, for its list of pages may be endless."""
    if image.format != "TIFF":
        return 1
    with _told("list of pages"):
        for number in range(1, limits.pages + 1):
            try:
                image.seek(number)
            except EOFError:
                return number
    raise ReadError("too_many_pages", f"more than {limits.pages} frames")


@contextmanager
def _told(part: str) -> Iterator[None]:
    """Turns what Pillow raises while it reads a part of a file into a ReadError."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise ReadError("too_complex", f"{part}: {error}") from error
    except _Broken as error:
        cause = "truncated_file" if _CUT in str(error).lower() else "damaged_file"
        raise ReadError(cause, f"{part}: {type(error).__name__}") from error


def _guard(image: Image.Image, limits: Limits) -> None:
    width, height = image.size
    if width * height > limits.page_pixels:
        raise ReadError("too_complex", f"{width} x {height} pixels")


def _picture(image: Image.Image, number: int, lock: Lock, limits: Limits) -> Picture:
    """A call that gives one frame at a resolution; one at a time, for the frames share the open file."""

    def draw(dpi: int) -> Image.Image:
        with lock:
            frame = _frame(image, number, limits)
        told = frame.info.get("dpi", (None,))[0]
        scale = dpi / resolution(*frame.size, float(told) if told else None)
        size = (max(1, round(frame.width * scale)), max(1, round(frame.height * scale)))
        if size[0] * size[1] > limits.page_pixels:
            raise ReadError("too_complex", f"{size[0]} x {size[1]} pixels")
        return frame if abs(scale - 1) < 0.02 else frame.resize(size, Image.Resampling.LANCZOS)

    return draw


def _frame(image: Image.Image, number: int, limits: Limits) -> Image.Image:
    """One frame, upright as its camera says, in grey or colours."""
    with _told(f"frame {number}"):
        image.seek(number - 1)
        _guard(image, limits)
        mode = "L" if image.mode in ("1", "L", "I;16", "I", "F") else "RGBA" if image.has_transparency_data else "RGB"
        return ImageOps.exif_transpose(image.convert(mode))
