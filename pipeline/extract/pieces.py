"""A paragraph as its format gives it, in pieces parted by line breaks, made into lines: Word and web pages alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.knowledge.legacy import FontReading
from pipeline.values import Line

ITEM = re.compile(r"(?:[-–—+•*]\s*\S|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[a-zđ]\)|[IVX]{1,5}[.)])")
_BULLET = re.compile(r"[-–—+•*]\s")
_CLOSED = re.compile(r"[.;:!?…]\s*$")
_LONG_LINE = 60
_LONGEST_HEADING = 400


@dataclass(slots=True)
class Piece:
    """A stretch of a paragraph up to a line break: its runs, whether all of them are bold, and the page it begins on.

    `old` are the parts set in an old font: where they start and end, and how they are read.
    """

    runs: list[str] = field(default_factory=list)
    bold: bool = True
    page: int = 0
    filled: bool = False
    old: list[tuple[int, int, FontReading]] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, bold: bool, page: int, old: FontReading | None = None) -> None:
        """Adds a run's text; `old` says how the old font that it is set in is read."""
        if text.strip():
            self.bold = self.bold and bold
            self.page = self.page or page
            self.filled = True
        if old is not None and text:
            self.old.append((self._length, self._length + len(text), old))
        self.runs.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        """The runs as one."""
        return "".join(self.runs)


def lines_of(pieces: Sequence[Piece], marker: str, heading: bool) -> Iterator[Line]:
    """A line a paragraph; a line break inside it makes another, unless the next piece only goes on.

    `heading` where a style that is not bold by itself says so: text taken out of the bold of its style is none.
    """
    line: _Line | None = None
    for piece in pieces:
        text = piece.text.strip(" \xa0")
        if not text.strip():
            continue
        if line is None:
            text = marker + text.lstrip() if marker else text
            line = _Line(piece.page, True, _hint(text, piece.bold, heading), [text], len(text))
        elif _goes_on(line, text):
            line.go_on(text, piece.bold)
        else:
            yield line.whole()
            opens = True if ITEM.match(text) else None
            line = _Line(piece.page, opens, _hint(text, piece.bold, heading), [text], len(text))
    if line is not None:
        yield line.whole()


@dataclass(slots=True)
class _Line:
    """A line in the making, from one piece or several."""

    page: int
    opens: bool | None
    hint: bool
    parts: list[str]
    length: int

    def go_on(self, text: str, bold: bool) -> None:
        """Takes another piece."""
        self.parts.append(text)
        self.length += len(text) + 1
        self.hint = self.hint and bold

    def whole(self) -> Line:
        """The line, one blank between its pieces."""
        text = " ".join([*map(str.rstrip, self.parts[:-1]), self.parts[-1]])
        return Line(text, self.page, opens=self.opens, hint=self.hint)


def _hint(text: str, bold: bool, heading: bool) -> bool:
    return (bold or (heading and not _BULLET.match(text))) and len(text) <= _LONGEST_HEADING


def _goes_on(line: _Line, text: str) -> bool:
    """Whether what follows a line break belongs to the same sentence: small letters, or a long line left open."""
    if ITEM.match(text):
        return False
    if text[0].islower():
        return True
    return line.length >= _LONG_LINE and not _CLOSED.search(line.parts[-1]) and not text.isupper()
