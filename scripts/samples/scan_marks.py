"""What people set on a printed plan: the round red stamp, a signature, figures by hand, the stamp of incoming mail.

Inks darken what they lie on, as real ones do: black print still shows through a stamp. `dot` is always pixels a
millimetre. The letters are DejaVu's, which matplotlib brings along.
"""

from __future__ import annotations

from functools import cache
from math import cos, pi, sin
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

RED, BLUE, VIOLET = (214, 38, 46), (28, 44, 150), (70, 40, 150)
STAMP_RADIUS = 18.0
FINER = 3
"""Marks are drawn so many times larger and made small again: smooth edges."""


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A face of DejaVu in pixels."""
    return ImageFont.truetype(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"DejaVu{name}.ttf", size)


def press(sheet: Image.Image, mask: Image.Image, corner: tuple[float, float], colour: tuple[int, int, int]) -> None:
    """Lay ink on the sheet: `mask` (L) says how much at each dot; what lies beyond the sheet is lost."""
    layer = Image.new("L", sheet.size, 0)
    layer.paste(mask, (round(corner[0]), round(corner[1])))
    full = ImageChops.multiply(sheet, Image.new("RGB", sheet.size, colour))
    sheet.paste(full, (0, 0), layer)


def uneven(mask: Image.Image, chance: np.random.Generator, least: float) -> Image.Image:
    """Ink that took badly here and there: patches between `least` and full, and grain."""
    width, height = mask.size
    patches = chance.uniform(least, 1.0, (7, 7)).astype(np.float32) * 255
    soft = Image.fromarray(patches.astype(np.uint8)).resize((width, height), Image.Resampling.BICUBIC)
    grain = chance.uniform(0.8, 1.0, (height, width))
    levels = np.asarray(mask, dtype=np.float32) * np.asarray(soft, dtype=np.float32) / 255 * grain
    return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))


def stamp(
    sheet: Image.Image, centre: tuple[float, float], dot: float, words: tuple[str, str], chance: np.random.Generator
) -> None:
    """The round red stamp: the office along the upper rim, its district and province along the lower, a star inside."""
    scale = dot * FINER
    side = round(2 * (STAMP_RADIUS + 1) * scale)
    mask, middle = Image.new("L", (side, side), 0), side / 2
    draw = ImageDraw.Draw(mask)
    for radius, width in ((STAMP_RADIUS, 0.9), (STAMP_RADIUS - 1.4, 0.3), (STAMP_RADIUS - 6.2, 0.4)):
        ring(draw, middle, radius * scale, width * scale)
    office, place = words
    along_rim(mask, office.upper(), (STAMP_RADIUS - 3.8) * scale, 2.9 * scale, upper=True)
    along_rim(mask, f"* {place.upper()} *", (STAMP_RADIUS - 3.8) * scale, 2.3 * scale, upper=False)
    draw.polygon(star(middle, 6.5 * scale), fill=255)
    ring(draw, middle, 9 * scale, 0.5 * scale)
    turned = mask.rotate(chance.uniform(-14, 14), Image.Resampling.BICUBIC).resize((side // FINER,) * 2, Image.Resampling.BOX)
    corner = centre[0] - turned.width / 2, centre[1] - turned.height / 2
    press(sheet, uneven(turned, chance, 0.45), corner, RED)


def ring(draw: ImageDraw.ImageDraw, middle: float, radius: float, width: float) -> None:
    """A circle around the middle."""
    box = (middle - radius, middle - radius, middle + radius, middle + radius)
    draw.ellipse(box, outline=255, width=max(1, round(width)))


def star(middle: float, radius: float) -> list[tuple[float, float]]:
    """The corners of a five-pointed star."""
    sizes = [radius if index % 2 == 0 else radius * 0.4 for index in range(10)]
    return [(middle + size * sin(index * pi / 5), middle - size * cos(index * pi / 5)) for index, size in enumerate(sizes)]


def along_rim(mask: Image.Image, text: str, radius: float, size: float, *, upper: bool) -> None:
    """Letters along a circle around the middle of the mask, heads outwards above, inwards below; smaller where many."""
    room = 2 * pi * radius * (0.64 if upper else 0.28)
    size = min(size, size * room / (font("Sans-Bold", round(size)).getlength(text) * 1.08))
    face, middle, side = font("Sans-Bold", round(size)), mask.width / 2, round(size * 2)
    widths = [face.getlength(letter) * 1.08 for letter in text]
    way = -sum(widths) / 2
    for letter, width in zip(text, widths, strict=True):
        angle = (way + width / 2) / radius
        way += width
        tile = Image.new("L", (side, side), 0)
        ImageDraw.Draw(tile).text((side / 2, side / 2), letter, 255, face, anchor="mm")
        tile = tile.rotate((-angle if upper else angle) * 180 / pi, Image.Resampling.BICUBIC)
        x = middle + radius * sin(angle)
        y = middle - radius * cos(angle) if upper else middle + radius * cos(angle)
        corner = round(x - side / 2), round(y - side / 2)
        mask.paste(ImageChops.lighter(tile, mask.crop((*corner, corner[0] + side, corner[1] + side))), corner)


def signature(sheet: Image.Image, centre: tuple[float, float], dot: float, chance: np.random.Generator) -> None:
    """A scribble of a ball pen some 45 mm wide: loops that run out into a long stroke."""
    scale = dot * FINER
    width, height = round(50 * scale), round(24 * scale)
    way = np.linspace(0, 1, 260)
    heights, turns = chance.uniform(0.5, 1.0, 6), chance.uniform(4.5, 6.5)
    size = np.interp(way, np.linspace(0, 1, 6), heights) * (1 - way) ** 0.6
    x = width * (0.08 + 0.8 * way + 0.07 * np.sin(2 * pi * turns * way + 1.1))
    y = height * (0.5 + 0.42 * size * np.sin(2 * pi * turns * way) - 0.15 * (way - 0.5))
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).line(list(zip(x.tolist(), y.tolist(), strict=True)), 255, max(1, round(0.55 * scale)), "curve")
    small = mask.resize((width // FINER, height // FINER), Image.Resampling.BOX)
    press(sheet, uneven(small, chance, 0.75), (centre[0] - small.width / 2, centre[1] - small.height / 2), BLUE)


def written(
    sheet: Image.Image, box: tuple[float, float, float, float], dot: float, text: str, chance: np.random.Generator
) -> None:
    """Figures by hand in the place of printed ones: larger, leaning, none quite on the line."""
    left, _, right, bottom = box
    size = round(4.6 * dot)
    step = max((right - left) / len(text), 0.56 * size)
    for index, letter in enumerate(text):
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size), letter, 255, font("Sans-Oblique", size), anchor="mm")
        tile = tile.rotate(chance.uniform(-9, 6), Image.Resampling.BICUBIC)
        across, down = chance.uniform(-0.2, 0.2) * dot, chance.uniform(-0.4, 0.4) * dot
        x, y = (left + right) / 2 + (index + 0.5 - len(text) / 2) * step + across, bottom - 1.6 * dot + down
        press(sheet, uneven(tile, chance, 0.8), (x - size, y - size), BLUE)


def registry(sheet: Image.Image, corner: tuple[float, float], dot: float, lines: str, chance: np.random.Generator) -> None:
    """The rectangular stamp of incoming mail; one line of text for each line of the stamp."""
    rows = lines.splitlines()
    width, height = round(46 * dot), round((3 + 5 * len(rows)) * dot)
    mask = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(mask)
    draw.rectangle((0, 0, width - 1, height - 1), outline=255, width=max(1, round(0.5 * dot)))
    for index, row in enumerate(rows):
        draw.text((width / 2, (4 + 5 * index) * dot), row, 255, font("Sans-Bold", round(2.9 * dot)), anchor="mm")
    turned = mask.rotate(chance.uniform(-2, 2), Image.Resampling.BICUBIC, expand=True)
    press(sheet, uneven(turned, chance, 0.6), corner, VIOLET)
