"""A page picture made fit for reading: stamp ink off, upright, level, at one resolution; and the rulings drawn on it.

Everything is numpy over Pillow pictures; coordinates are pixels from the top left.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.values import Box

Grey = NDArray[np.uint8]
Ink = NDArray[np.bool_]

# The resolution that tesseract reads best for its time: 14-point letters stand some 38 pixels high.
DPI = 200
# A picture that says nothing of its size is taken to be as wide as an A4 sheet (inches).
_SHEET_WIDTH, _SHEET_HEIGHT = 8.27, 11.69
# Degrees: the steepest slant looked for, coarse and fine steps, and what is not worth turning.
_STEEPEST, _COARSE, _FINE, _LEVEL = 8.0, 0.5, 0.05, 0.1
_STRIPS = 48
_SKEW_DPI = 100
# Inches: the shortest ruling across and down, and the thickest.
_ACROSS, _DOWN, _THICK = 0.45, 0.3, 0.05
# The share of a stroke that must be ink.
_UNBROKEN = 0.9
# How much light a level of red more than of the other colours counts for.
_RED_AS_LIGHT = 2
# A colour: so many levels between the strongest and the weakest of the three, on such a share of a copy so much smaller.
_COLOURED, _COLOURED_SHARE, _COARSELY = 40, 0.0002, 4
# A border: levels of grey below this on so much of a row, within this share of the sheet from its edge.
_DARK, _BORDER_SHARE, _BORDER = 90, 0.5, 0.06
# How much darker than its surroundings ink is.
_INK, _SURROUNDINGS = 24, 0.12


class Turned(NamedTuple):
    """A grey picture, and the whole quarter turns counter-clockwise that made it so."""

    grey: Grey
    quarters: int


def grey_of(picture: Image.Image) -> Grey:
    """A picture as grey levels without its red ink: the strongest colour of each pixel counts, and red as light.

    A stamp is bright in its red alone, so it goes white; black print under it is dark in all three and stays.
    """
    if picture.mode in ("1", "L"):
        return np.asarray(picture.convert("L"))
    if picture.mode == "RGBA":
        backed = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(backed, picture)
    red, green, blue = (np.asarray(band, np.int16) for band in picture.convert("RGB").split())
    others = np.maximum(green, blue)
    redness = np.maximum(red - others, 0)
    grey: Grey = np.minimum(np.maximum(red, others) + _RED_AS_LIGHT * redness, 255).astype(np.uint8)
    return grey


def has_colours(picture: Image.Image) -> bool:
    """Whether a picture shows colours, so that a stamp could be told by its red; looked at on a small copy."""
    if picture.mode in ("1", "L"):
        return False
    red, green, blue = (np.asarray(band, np.int16) for band in picture.convert("RGB").reduce(_COARSELY).split())
    spread = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    return bool((spread > _COLOURED).mean() > _COLOURED_SHARE)


def resolution(width: int, height: int, told: float | None) -> float:
    """The dots per inch of a page picture: what it says where a sheet of paper can be so large, else as of A4."""
    if told and 3.5 <= width / told <= 24 and 3.5 <= height / told <= 24:
        return told
    short, long = sorted((width, height))
    return max(short / _SHEET_WIDTH, long / _SHEET_HEIGHT)


def resized(grey: Grey, scale: float) -> Grey:
    """A picture made larger or smaller."""
    if abs(scale - 1) < 0.02:
        return grey
    height, width = grey.shape
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.LANCZOS))


def without_borders(grey: Grey) -> Grey:
    """A picture whose dark borders (the lid of the scanner beside the sheet) are painted white."""
    dark = grey < _DARK
    clean = grey
    for axis, size in ((0, grey.shape[0]), (1, grey.shape[1])):
        shares = dark.mean(axis=1 - axis)
        most = int(_BORDER * size)
        for edge in (slice(0, most), slice(size - most, size)):
            rows = np.flatnonzero(shares[edge] > _BORDER_SHARE)
            if not len(rows):
                continue
            clean = clean.copy() if clean is grey else clean
            whole = slice(0, edge.start + rows[-1] + 3) if edge.start == 0 else slice(edge.start + max(0, rows[0] - 2), size)
            clean[(whole, slice(None)) if axis == 0 else (slice(None), whole)] = 255
    return clean


def ink_of(grey: Grey, dpi: float) -> Ink:
    """Where ink is: pixels darker than the mean of their surroundings."""
    reach = max(3, int(_SURROUNDINGS * dpi)) | 1
    return grey.astype(np.int16) + _INK < _mean_around(grey, reach)


def _mean_around(grey: Grey, reach: int) -> NDArray[np.int16]:
    """The mean of the square of `reach` pixels around each pixel."""
    half = reach // 2
    padded = np.pad(grey, ((half + 1, half), (half + 1, half)), mode="edge")
    sums = padded.cumsum(axis=0, dtype=np.int64).cumsum(axis=1, dtype=np.int64)
    total: NDArray[np.int64] = sums[reach:, reach:] - sums[:-reach, reach:] - sums[reach:, :-reach] + sums[:-reach, :-reach]
    return (total // (reach * reach)).astype(np.int16)


# ------------------------------------------------------------------ turning


class Slant(NamedTuple):
    """The angle in degrees by which to turn a picture clockwise so that its lines are level, and how sharp they are."""

    angle: float
    sharpness: float


def lies_on_its_side(ink: Ink) -> bool:
    """Whether the lines of text run up or down: ink and blank part more sharply along lines than across them."""
    return slant_of(ink.T).sharpness > slant_of(ink).sharpness


def slant_of(ink: Ink) -> Slant:
    """How much the lines of a picture slant, found by sliding its upright strips along each other."""
    height, width = ink.shape
    edges = np.linspace(0, width, _STRIPS + 1).astype(int)
    strips = [ink[:, left:right].sum(axis=1) for left, right in pairwise(edges)]
    middles = (edges[:-1] + edges[1:]) / 2 - width / 2

    def at(angle: float) -> Slant:
        shifts = np.round(np.tan(np.radians(angle)) * middles).astype(int)
        room = int(np.abs(shifts).max())
        total = np.zeros(height + 2 * room)
        for strip, shift in zip(strips, shifts, strict=True):
            total[room + shift : room + shift + height] += strip
        return Slant(float(angle), float(np.square(np.diff(total)).sum()) / max(1.0, float(total.sum())))

    def best(first: float, last: float, step: float) -> Slant:
        return max(map(at, np.arange(first, last + step, step)), key=lambda slant: slant.sharpness)

    coarse = best(-_STEEPEST, _STEEPEST, _COARSE).angle
    return best(coarse - _COARSE, coarse + _COARSE, _FINE)


def levelled(grey: Grey, dpi: float) -> Grey:
    """A picture turned so that its lines are level."""
    small = resized(grey, _SKEW_DPI / dpi)
    angle = slant_of(ink_of(small, _SKEW_DPI)).angle
    if abs(angle) < _LEVEL:
        return grey
    turned = Image.fromarray(grey).rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(turned)


# ------------------------------------------------------------------ rulings


def rulings_of(ink: Ink, dpi: float) -> list[Box]:
    """The straight strokes of a level picture as thin boxes in pixels: those across first, then those down."""
    thick = max(3.0, _THICK * dpi)
    across = _strokes(ink, round(_ACROSS * dpi), thick)
    down = _strokes(ink.T, round(_DOWN * dpi), thick)
    return across + [Box(box.top, box.x0, box.bottom, box.x1) for box in down]


def _strokes(ink: Ink, least: int, thick: float) -> list[Box]:
    """The strokes along the rows of a picture that are at least so long and at most so thick (pixels)."""
    open_boxes: list[list[float]] = []
    found: list[list[float]] = []
    long = _long_runs(ink, least)
    for y in np.flatnonzero(long.any(axis=1)).tolist():
        touching = []
        for start, end in _runs(long[y]):
            box = next((one for one in open_boxes if one[3] >= y - 1 and start < one[2] and one[0] < end), None)
            if box is None:
                box = [start, y, end, y + 1]
                found.append(box)
            else:
                box[0], box[2], box[3] = min(box[0], start), max(box[2], end), y + 1
            touching.append(box)
        open_boxes = touching
    return [Box(*map(float, box)) for box in found if box[3] - box[1] <= thick]


def _long_runs(ink: Ink, least: int) -> Ink:
    """Where ink goes on along a row for at least so many pixels, small breaks forgiven."""
    if ink.shape[1] <= least:
        return np.zeros_like(ink)
    sums = np.pad(ink, ((0, 0), (1, 0))).cumsum(axis=1, dtype=np.int32)
    full = sums[:, least:] - sums[:, :-least] >= _UNBROKEN * least
    marks = np.zeros((ink.shape[0], ink.shape[1] + 1), np.int32)
    marks[:, : full.shape[1]] += full
    marks[:, least : least + full.shape[1]] -= full
    return marks.cumsum(axis=1)[:, :-1] > 0


def _runs(row: Ink) -> list[tuple[int, int]]:
    """The start and end of each unbroken stretch of a row."""
    edges = np.flatnonzero(np.diff(np.pad(row, 1).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def without(grey: Grey, rulings: list[Box]) -> Grey:
    """A picture with rulings painted over, for they are read as letters where words touch them."""
    clean = grey.copy()
    for x0, top, x1, bottom in rulings:
        clean[max(0, int(top) - 2) : int(bottom) + 2, max(0, int(x0) - 2) : int(x1) + 2] = 255
    return clean
