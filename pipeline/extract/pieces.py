"""A paragraph as its format gives it, in pieces parted by line breaks, made into lines: Word and web pages alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.values import Line

ITEM = re.compile(r"(?:[-–—+•*]\s*\S|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[a-zđ]\)|[IVX]{1,5}[.)])")
_BULLET = re.compile(r"[-–—+•*]\s")
_CLOSED = re.compile(r"[.;:!?…]\s*$")
_LONG_LINE = 60
_LONGEST_HEADING = 400


@dataclass(slots=True)
class Piece:
    """A stretch of a paragraph up to a line break: its text, whether all of it is bold, and the page it begins on."""

    text: str = ""
    bold: bool = True
    page: int = 0

    def add(self, text: str, bold: bool, page: int) -> None:
        """Adds a run's text."""
        if text.strip():
            self.bold = self.bold and bold
            self.page = self.page or page
        self.text += text


def lines_of(pieces: Sequence[Piece], marker: str, heading: bool) -> Iterator[Line]:
    """A line a paragraph; a line break inside it makes another, unless the next piece only goes on.

    `heading` where a style that is not bold by itself says so: text taken out of the bold of its style is none.
    """
    last: Line | None = None
    for piece in pieces:
        text = piece.text.strip(" \xa0")
        if not text.strip():
            continue
        if last is None:
            text = marker + text.lstrip() if marker else text
            last = Line(text, piece.page, opens=True, hint=_hint(text, piece.bold, heading))
        elif _goes_on(last.text, text):
            last = replace(last, text=f"{last.text.rstrip()} {text}", hint=last.hint and piece.bold)
        else:
            yield last
            opens = True if ITEM.match(text) else None
            last = Line(text, piece.page, opens=opens, hint=_hint(text, piece.bold, heading))
    if last is not None:
        yield last


def _hint(text: str, bold: bool, heading: bool) -> bool:
    return (bold or (heading and not _BULLET.match(text))) and len(text) <= _LONGEST_HEADING


def _goes_on(before: str, text: str) -> bool:
    """Whether what follows a line break belongs to the same sentence: small letters, or a long line left open."""
    if ITEM.match(text):
        return False
    return text[0].islower() or (len(before) >= _LONG_LINE and not _CLOSED.search(before) and not text.isupper())
