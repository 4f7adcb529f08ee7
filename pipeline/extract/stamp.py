"""The round stamp on a scan without colours: where it is, and the page without it.

In colours a stamp goes by its red. On a grey scan it is paler than print; inside its circle everything that pale is
taken out, so that the words under it can be read. On a one-bit scan nothing tells it from print, and it stays.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.picture import Grey, Ink

# The diameter of an office's stamp in millimetres (36 and 42; a scanner is off by some).
_DIAMETERS = np.arange(33.0, 44.5, 0.75)
_MILLIMETRES = 25.4
# The picture is looked at this many times smaller; a ring is there where so much of its circle is inked.
_SMALLER, _RING = 4, 0.7
# Levels of grey: how much paler than print a stamp must be to be told from it, and how wide its edge is in pixels.
_PALER, _EDGE = 40, 6
_PRINT = 10


class Ring(NamedTuple):
    """A circle in pixels, and the share of it that is inked."""

    x: float
    y: float
    radius: float
    share: float


def without_stamp(grey: Grey, ink: Ink, dpi: int) -> Grey:
    """A grey picture without its stamp, or the picture itself where it has none or none that is paler than print."""
    levels = grey[ink]
    ring = find_ring(ink, dpi) if len(levels) else None
    if ring is None:
        return grey
    across, down = np.ogrid[: grey.shape[0], : grey.shape[1]]
    distance = np.hypot(across - ring.y, down - ring.x)
    edge = grey[(np.abs(distance - ring.radius) < _EDGE) & ink]
    printed = float(np.percentile(levels, _PRINT))
    stamped = float(np.median(edge)) if len(edge) else 0.0
    if stamped - printed < _PALER:
        return grey
    clean = grey.copy()
    clean[(distance < ring.radius + 2 * _EDGE) & (grey > (printed + stamped) / 2)] = 255
    return clean


def find_ring(ink: Ink, dpi: int) -> Ring | None:
    """The circle of a stamp's size that is inked most, or None where no circle is."""
    height, width = (side // _SMALLER * _SMALLER for side in ink.shape)
    small = ink[:height, :width].reshape(height // _SMALLER, _SMALLER, width // _SMALLER, _SMALLER).any(axis=(1, 3))
    if min(small.shape) < 2 * _DIAMETERS[-1] / _MILLIMETRES * dpi / _SMALLER / 2:
        return None
    found = max(_rings(np.asarray(small, np.float32), dpi / _SMALLER), key=lambda ring: ring.share)
    if found.share < _RING:
        return None
    return Ring(found.x * _SMALLER, found.y * _SMALLER, found.radius * _SMALLER, found.share)


def _rings(ink: NDArray[np.floating], dpi: float) -> list[Ring]:
    """For each diameter the place where its circle meets most ink, found for all places at once by convolution."""
    reach = int(_DIAMETERS[-1] / _MILLIMETRES * dpi / 2) + 2
    size = (ink.shape[0] + 2 * reach, ink.shape[1] + 2 * reach)
    spectrum = np.fft.rfft2(ink, size)
    across, down = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    distance = np.hypot(across, down)
    found = []
    for diameter in _DIAMETERS:
        radius = diameter / _MILLIMETRES * dpi / 2
        circle = (np.abs(distance - radius) < 0.75).astype(np.float32)
        met = np.fft.irfft2(spectrum * np.fft.rfft2(circle / circle.sum(), size), size)
        y, x = np.unravel_index(int(met.argmax()), met.shape)
        found.append(Ring(float(x) - reach, float(y) - reach, float(radius), float(met[y, x])))
    return found
