"""Stretches of text and places on pages."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of `NormalText.text`, in code points."""

    start: int
    end: int

    def __contains__(self, offset: object) -> bool:
        """Whether an offset lies in the span."""
        return isinstance(offset, int) and self.start <= offset < self.end


class Box(NamedTuple):
    """A rectangle on an upright page, in points from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float
