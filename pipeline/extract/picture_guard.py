"""Looks at the packed bytes of a picture before anything unpacks them: how large it says to be, and how often it is drawn."""

from __future__ import annotations

import struct

from pipeline.errors import ReadError
from pipeline.settings import Limits

# A progressive photo is drawn in some ten scans over the whole picture; each costs as much as the picture itself.
_MOST_SCANS = 100
_SCAN = b"\xff\xda"
_JPEG = b"\xff\xd8"
_JPEG_2000 = b"\xff\x4f\xff\x51"  # the codestream's own head, which holds whatever the box around it says
_SIZE = struct.Struct(">LLLL")


def check_packed(data: bytes, limits: Limits) -> None:
    """Raises ReadError(too_complex) where a JPEG is drawn too often, or a JPEG 2000 picture is too large."""
    if data.startswith(_JPEG) and data.count(_SCAN) > _MOST_SCANS:
        raise ReadError("too_complex", f"a picture of {data.count(_SCAN)} scans")
    at = data.find(_JPEG_2000)
    if 0 <= at <= len(data) - 8 - _SIZE.size:
        right, bottom, left, top = _SIZE.unpack_from(data, at + 8)
        if (right - left) * (bottom - top) > limits.page_pixels:
            raise ReadError("too_complex", f"{right - left} x {bottom - top} pixels")
