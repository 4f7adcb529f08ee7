# mypy: disable-error-code="import-untyped, misc, no-untyped-call, no-any-return"
# pypdfium2 carries no types
"""A plan's PDF as pictures of its pages, as an office's scanner leaves them: signed, stamped, crooked, grained.

Everything that differs from one scan to the next is a field of `Scan`; equal fields and equal pages give equal pixels.
What is drawn over the print stands in `scan_marks.py`, the files made of the pictures in `scan_files.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from samples import scan_marks

DESK = (70, 58, 50)
Mode = Literal["colour", "grey", "one-bit"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Scan:
    """How a plan is signed and scanned. Lengths are millimetres on the paper, `skew` degrees anticlockwise.

    `print_black` is how dark the print gets (0 to 1), `noise` the standard deviation of the grain in grey levels of 255,
    `blur` in millimetres, `shadow` how much darker (0 to 1) the left edge is, `border` the width of a dark edge where
    the lid stood open, `streak` a line drawn by dust, `threshold` the grey level below which one bit is black.
    `tilt` is for a photograph: the share of the width that the far edge loses; the desk around the sheet is dark.
    `edge_stamp` sets half a stamp on the right edge of all pages but the last, `registry` the stamp of incoming mail,
    `written` the number and the day by hand. `turned` says which pages (from 1) lie turned, by 90, 180 or 270 degrees.
    """

    dpi: int = 200
    mode: Mode = "colour"
    skew: float = 1.0
    quality: int = 60
    paper: tuple[int, int, int] = (250, 248, 243)
    print_black: float = 0.88
    noise: float = 5.0
    blur: float = 0.06
    shadow: float = 0.05
    border: float = 0.0
    streak: bool = False
    tilt: float = 0.0
    threshold: int = 150
    stamp: bool = True
    signature: bool = True
    edge_stamp: bool = False
    registry: str = ""
    written: bool = False
    turned: tuple[tuple[int, int], ...] = ()
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed and for which office: the name as printed below the signature, the office as the stamp has it."""

    name: str
    office: str
    place: str


def pictures(pdf: bytes, scan: Scan, signed: Signed) -> list[Image.Image]:
    """The scanned pages of a PDF: RGB, L or 1 as the mode says."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        last = len(document) - 1
        return [picture(document[index], index, index == last, scan, signed) for index in range(len(document))]
    finally:
        document.close()


def picture(page: pypdfium2.PdfPage, index: int, last: bool, scan: Scan, signed: Signed) -> Image.Image:
    """One scanned page; `index` counts from 0."""
    chance = np.random.default_rng([scan.seed, index])
    sheet = printed(page, scan, first=index == 0)
    draw_marks(sheet, page, (index == 0, last), scan, signed, chance)
    seen = seen_by_scanner(lying(sheet, scan), scan, chance)
    turn = dict(scan.turned).get(index + 1, 0)
    return seen.rotate(turn, expand=True) if turn else seen


def printed(page: pypdfium2.PdfPage, scan: Scan, *, first: bool) -> Image.Image:
    """The print on its paper; the number and the day are left open where they will be written by hand."""
    grey = page.render(scale=scan.dpi / 72, grayscale=True).to_pil().convert("L")
    if scan.written and first:
        for _, box in blanks(page):
            grey.paste(255, tuple(round(edge) for edge in pixels(box, page, scan)))
    ink = (1 - np.asarray(grey, dtype=np.float32) / 255)[..., None] * scan.print_black
    return Image.fromarray((np.array(scan.paper, dtype=np.float32) * (1 - ink)).astype(np.uint8))


def draw_marks(
    sheet: Image.Image,
    page: pypdfium2.PdfPage,
    ends: tuple[bool, bool],
    scan: Scan,
    signed: Signed,
    chance: np.random.Generator,
) -> None:
    """What was written and stamped on the printed sheet; `ends` says whether it is the first page and the last."""
    (first, last), dot = ends, scan.dpi / 25.4
    name = found(page, signed.name)
    if name:
        left, top, right, _ = pixels(name, page, scan)
        middle = (left + right) / 2
        if scan.signature:
            scan_marks.signature(sheet, (middle, top - 9 * dot), dot, chance)
        if scan.stamp:
            scan_marks.stamp(sheet, (middle - 15 * dot, top - 8 * dot), dot, (signed.office, signed.place), chance)
    if scan.edge_stamp and not last:
        scan_marks.stamp(sheet, (sheet.width - 3 * dot, sheet.height * 0.48), dot, (signed.office, signed.place), chance)
    if first and scan.registry:
        scan_marks.registry(sheet, (22 * dot, 4 * dot), dot, scan.registry, chance)
    if first and scan.written:
        for text, box in blanks(page):
            scan_marks.written(sheet, pixels(box, page, scan), dot, text, chance)


def found(page: pypdfium2.PdfPage, text: str) -> Box | None:
    """Where a text stands last on a page, in points from its lower left corner."""
    if not text:
        return None
    content = page.get_textpage()
    search, place = content.search(text, match_case=True), None
    while hit := search.get_next():
        place = box_of(content, *hit)
    return place


def blanks(page: pypdfium2.PdfPage) -> list[tuple[str, Box]]:
    """The serial of the number and the day of the dateline, each with its place."""
    content = page.get_textpage()
    text = content.get_text_range()
    hits = [re.search(r"Số:\s*(\d+)", text), re.search(r"ngày\s+(\d+)\s+tháng", text)]
    return [(hit[1], box_of(content, hit.start(1), len(hit[1]))) for hit in hits if hit]


def box_of(content: pypdfium2.PdfTextPage, start: int, length: int) -> Box:
    """The box around some characters of a page, in points."""
    boxes = [content.get_charbox(index) for index in range(start, start + length)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def pixels(box: Box, page: pypdfium2.PdfPage, scan: Scan) -> Box:
    """A box in pixels of the sheet, from its upper left corner."""
    scale, height = scan.dpi / 72, page.get_height()
    left, bottom, right, top = box
    return left * scale, (height - top) * scale, right * scale, (height - bottom) * scale


def lying(sheet: Image.Image, scan: Scan) -> Image.Image:
    """The sheet as it lies: turned a little on the glass, or on a desk seen from its lower end."""
    if not scan.tilt:
        return sheet.rotate(scan.skew, Image.Resampling.BICUBIC, fillcolor=scan.paper) if scan.skew else sheet
    width, height = sheet.size
    desk = Image.new("RGB", (round(width * 1.1), round(height * 1.06)), DESK)
    desk.paste(sheet, (round(width * 0.05), round(height * 0.03)))
    turned = desk.rotate(scan.skew, Image.Resampling.BICUBIC, fillcolor=DESK)
    width, height = turned.size
    lost = width * scan.tilt / 2
    # what is drawn at the upper corners lies beyond the desk's edge there: the far edge comes out narrower
    corners = (-lost, -lost, 0, height, width, height, width + lost, -lost)
    return turned.transform(turned.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=DESK)


def seen_by_scanner(sheet: Image.Image, scan: Scan, chance: np.random.Generator) -> Image.Image:
    """The sheet with the scanner's own faults, in its colours."""
    soft = sheet.filter(ImageFilter.GaussianBlur(scan.blur * scan.dpi / 25.4)) if scan.blur else sheet
    levels = np.asarray(soft if scan.mode == "colour" else soft.convert("L"), dtype=np.float32)
    levels = levels.reshape(*levels.shape[:2], -1) * lighting(scan, levels.shape[0], levels.shape[1])[..., None]
    if scan.streak:
        row = int(levels.shape[0] * chance.uniform(0.6, 0.85))
        levels[row : row + max(1, scan.dpi // 200), : int(levels.shape[1] * 0.96)] *= 0.45
    levels += chance.normal(0, scan.noise, levels.shape[:2])[..., None]
    seen = np.clip(levels, 0, 255).astype(np.uint8)
    if scan.mode == "colour":
        return Image.fromarray(seen)
    grey = seen[..., 0]
    return Image.fromarray(grey) if scan.mode == "grey" else Image.fromarray(grey >= scan.threshold)


def lighting(scan: Scan, height: int, width: int) -> np.ndarray:
    """How much light each dot sends back: less at the left edge, next to none under an open lid."""
    across = np.linspace(0, 1, width, dtype=np.float32)
    light = np.broadcast_to(1 - scan.shadow * np.exp(-8 * across), (height, width)).copy()
    edge = round(scan.border * scan.dpi / 25.4)
    if edge:
        light[:edge] *= 0.15
        light[:, -edge:] *= 0.15
    return light
