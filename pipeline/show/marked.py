"""Text with its mentions marked inside: by colour on a terminal, by brackets in plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.show.paint import Painter, Style

Kind = Literal["reference", "date", "unit", "measure", "person"]
BRACKETS: dict[Kind, tuple[str, str]] = {
    "reference": ("⟦", "⟧"), "date": ("⟨", "⟩"), "unit": ("‹", "›"), "measure": ("⌈", "⌉"), "person": ("⟪", "⟫"),
}  # fmt: skip
CELL_BREAK = " │ "


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of the text: half-open code-point offsets and what it is."""

    start: int
    end: int
    kind: Kind


def marked_text(
    text: str, start: int, end: int, marks: Sequence[Mark], painter: Painter, style: Style | None = None
) -> str:
    """The stretch `start:end` of a text with the marks that touch it; cells of a table row are parted by a bar.

    In colour the innermost mark gives a stretch its colour, `style` what no mark holds; in plain text the brackets nest
    as the marks do.
    """
    touching = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = sorted({start, end}.union(*({max(mark.start, start), min(mark.end, end)} for mark in touching)))
    pieces = pairwise(edges)
    if painter.colour:
        return "".join(_coloured(text, a, b, touching, painter, style) for a, b in pieces)
    return "".join(_bracketed(text, a, b, touching, painter) for a, b in pieces)


def _coloured(
    text: str, start: int, end: int, marks: Sequence[Mark], painter: Painter, style: Style | None
) -> str:
    around = [mark for mark in marks if mark.start <= start and mark.end >= end]
    kind = min(around, key=lambda mark: mark.end - mark.start).kind if around else style
    return CELL_BREAK.join(painter(cell, kind) for cell in text[start:end].split("\t"))


def _bracketed(text: str, start: int, end: int, marks: Sequence[Mark], painter: Painter) -> str:
    opening = sorted((mark for mark in marks if mark.start == start), key=lambda mark: -mark.end)
    closing = sorted((mark for mark in marks if mark.end == end), key=lambda mark: -mark.start)
    opened = "".join(BRACKETS[mark.kind][0] for mark in opening)
    closed = "".join(BRACKETS[mark.kind][1] for mark in closing)
    return opened + CELL_BREAK.join(painter(cell) for cell in text[start:end].split("\t")) + closed


def wrapped(text: str, start: int, end: int, width: int | None) -> Iterator[tuple[int, int]]:
    """The stretch cut into stretches of at most `width` characters at blanks; whole where `width` is None."""
    while width is not None and end - start > width:
        cut = text.rfind(" ", start + 1, start + width + 1)
        if cut < 0:
            break
        yield start, cut
        start = cut + 1
    yield start, end
