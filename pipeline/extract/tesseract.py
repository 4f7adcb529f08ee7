"""The only caller of tesseract: a grey picture -> words with boxes, the line each stands on, and confidences.

tesseract runs as a program of its own, one thread each and under a time limit, so neither a crash nor a hang of it is
ours; pages are read side by side by several of them.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from lxml import etree
from PIL import Image

from pipeline.errors import ReadError
from pipeline.extract.picture import Grey
from pipeline.values import Box

Element: TypeAlias = Any  # an lxml element: the library comes without types

PROGRAM = "tesseract"
LANGUAGE = "vie"
# Ways to look at a picture: words anywhere on it, or one line of text.
_SPARSE, _ONE_LINE = 11, 7
_LINES = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
_FRACTION_SLASH = "\u2044"
_BBOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size (-?[\d.]+)")
_DESCENT = re.compile(r"x_descenders (-?[\d.]+)")
_CONFIDENCE = re.compile(r"x_wconf (\d+)")


class Word(NamedTuple):
    """A word as tesseract read it: its box as it was seen, the level of its line's type, and a confidence of 0 to 100.

    `line` is as wide as the word and as high as the type of its line, descenders included: words of one line share it,
    whatever their letters. `number` counts tesseract's lines, which may run over from one column to the next.
    """

    text: str
    box: Box
    line: Box
    number: int
    confidence: int


@cache
def found() -> bool:
    """Whether tesseract is there and has been taught Vietnamese."""
    path = shutil.which(PROGRAM)
    if path is None:
        return False
    try:
        listed = subprocess.run([path, "--list-langs"], capture_output=True, timeout=20, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return False
    return LANGUAGE in listed.stdout.decode("utf-8", "replace").split()


def read_words(grey: Grey, dpi: int, seconds: float) -> list[Word]:
    """The words anywhere on a picture, in tesseract's order, their boxes in pixels.

    Raises ReadError: `ocr_missing` where the program or its Vietnamese is not there, `ocr_failed` where it fails or
    takes longer than `seconds`.
    """
    height, width = grey.shape
    picture = b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(grey).tobytes()
    pages = _read(picture, _SPARSE, dpi, seconds)
    return pages[0] if pages else []


def read_lines(lines: Sequence[Grey], dpi: int, seconds: float) -> list[list[Word]]:
    """The words of pictures that hold one line of text each, from left to right. Raises ReadError as `read_words`."""
    if not lines:
        return []
    stack = io.BytesIO()
    first, *others = map(Image.fromarray, lines)
    first.save(stack, "TIFF", save_all=True, append_images=others)
    pages = _read(stack.getvalue(), _ONE_LINE, dpi, seconds)
    if len(pages) != len(lines):
        raise ReadError("ocr_failed", f"{len(pages)} of {len(lines)} lines")
    return [sorted(words, key=lambda word: word.box.x0) for words in pages]


def _read(picture: bytes, mode: int, dpi: int, seconds: float) -> list[list[Word]]:
    """The words of each page of a picture file."""
    if not found():
        raise ReadError("ocr_missing", f"{PROGRAM}, {LANGUAGE}")
    command = [PROGRAM, "stdin", "stdout", "-l", LANGUAGE, "--psm", str(mode), "--oem", "1", "--dpi", str(dpi), "hocr"]
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=seconds, check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ReadError("ocr_failed", f"{seconds:.0f} s") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise ReadError("ocr_failed", f"{type(error).__name__}: {_complaint(error)}") from error
    root = etree.fromstring(done.stdout, etree.HTMLParser(encoding="utf-8", no_network=True))
    return [] if root is None else [_words(page) for page in root.iterfind(".//div[@class='ocr_page']")]


def _complaint(error: Exception) -> str:
    told = getattr(error, "stderr", None) or b""
    return " ".join(told.decode("utf-8", "replace").split())[:200]


def _words(page: Element) -> list[Word]:
    """The words of one page of tesseract's hOCR output."""
    lines = (span for span in page.iterfind(".//span[@class]") if span.get("class") in _LINES)
    return [word for number, line in enumerate(lines) for word in _words_of_line(line, number)]


def _words_of_line(line: Element, number: int) -> list[Word]:
    told = line.get("title", "")
    bounds = _BBOX.search(told)
    if bounds is None:
        return []
    x0, _, _, bottom = map(float, bounds.groups())
    slope, offset = _numbers(_BASELINE, told, (0.0, 0.0))
    (size,), (descent,) = _numbers(_SIZE, told, (0.0,)), _numbers(_DESCENT, told, (0.0,))
    found: list[Word] = []
    for word in line.iterfind(".//span[@class='ocrx_word']"):
        text = unicodedata.normalize("NFC", "".join(word.itertext()).strip()).replace(_FRACTION_SLASH, "/")
        title = word.get("title", "")
        seen, sure = _BBOX.search(title), _CONFIDENCE.search(title)
        if not text or seen is None or sure is None:
            continue
        box = Box(*map(float, seen.groups()))
        base = bottom + offset + slope * ((box.x0 + box.x1) / 2 - x0)
        low = base + descent
        found.append(Word(text, box, Box(box.x0, low - size, box.x1, low), number, int(sure[1])))
    return found


def _numbers(pattern: re.Pattern[str], text: str, default: tuple[float, ...]) -> tuple[float, ...]:
    match = pattern.search(text)
    return tuple(map(float, match.groups())) if match else default
