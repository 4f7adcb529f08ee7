"""How the stretches of a binary Word file look: the formatted pages behind its bin tables ([MS-DOC] 2.8.5, 2.8.6, 2.9.33).

Only what the text needs is read: what is deleted or hidden, what is bold, where cells and rows end and how wide they are.
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

_PAGE = 512
_POSITION = 4
_CHARACTER_ENTRY, _PARAGRAPH_ENTRY = 1, 13  # bytes for each stretch behind the positions of a page
_OPERAND_BYTES = (1, 1, 2, 4, 2, 2, 0, 3)  # by the three highest bits of the operation; 0: the operand tells
_PAGE_NUMBER = 0x3FFFFF


class Switch(IntEnum):
    """Operations that set something on or off, for letters and for paragraphs."""

    DELETED = 0x0800
    BOLD = 0x0835
    HIDDEN = 0x083C
    IN_TABLE = 0x2416
    ROW_END = 0x2417


ROW_SHAPE, TABLE_LINES, OLD_TABLE_LINES = 0xD608, 0xD613, 0xD605
_TABS = 0xC615
_TABS_COUNTED = 255

Looks = dict[int, bytes]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the main stream (byte offsets) and its looks: operation -> operand."""

    start: int
    end: int
    looks: Looks

    def has(self, operation: Switch) -> bool:
        """Whether a switch is set."""
        return self.looks.get(operation, b"\0")[:1] == b"\1"


@dataclass
class Formats:
    """All stretches of one kind, in the order of the stream."""

    stretches: list[Stretch]
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.stretches.sort(key=lambda stretch: stretch.start)
        self._starts = [stretch.start for stretch in self.stretches]

    def at(self, offset: int) -> Stretch | None:
        """The stretch that an offset lies in."""
        found = bisect_right(self._starts, offset) - 1
        return self.stretches[found] if found >= 0 and offset < self.stretches[found].end else None

    def between(self, start: int, end: int) -> Iterator[Stretch]:
        """The stretches that share something with an offset range."""
        for number in range(max(bisect_right(self._starts, start) - 1, 0), bisect_left(self._starts, end)):
            if self.stretches[number].end > start:
                yield self.stretches[number]


def paragraph_formats(main: bytes, bins: bytes) -> Formats:
    """How paragraphs look, by the paragraph bin table; damaged pages are left out."""
    return Formats([stretch for page in _pages(main, bins) for stretch in _paragraphs_of(page)])


def character_formats(main: bytes, bins: bytes) -> Formats:
    """How letters look, by the character bin table; damaged pages are left out."""
    return Formats([stretch for page in _pages(main, bins) for stretch in _characters_of(page)])


def _pages(main: bytes, bins: bytes) -> Iterator[bytes]:
    """The formatted pages; the numbers stand behind one position more than there are pages."""
    count = (len(bins) - _POSITION) // (2 * _POSITION)
    numbers = struct.unpack_from(f"<{count}L", bins, (count + 1) * _POSITION) if count > 0 else ()
    for number in dict.fromkeys(numbers):
        page = main[(number & _PAGE_NUMBER) * _PAGE :][:_PAGE]
        if len(page) == _PAGE:
            yield page


def _entries(page: bytes, size: int) -> Iterator[tuple[int, int, int]]:
    """Start, end, and where in the page the looks stand, in words; 0 where a stretch looks like its style."""
    count = page[-1]
    behind = (count + 1) * _POSITION
    if behind + count * size >= _PAGE:
        return
    positions = struct.unpack_from(f"<{count + 1}L", page)
    for number in range(count):
        yield positions[number], positions[number + 1], page[behind + number * size]


def _paragraphs_of(page: bytes) -> Iterator[Stretch]:
    for start, end, word in _entries(page, _PARAGRAPH_ENTRY):
        at = 2 * word
        if not word or at + 1 >= _PAGE:
            continue
        words, at = (page[at + 1], at + 2) if page[at] == 0 else (page[at], at + 1)
        size = 2 * words - (1 if at == 2 * word + 1 else 0)
        yield Stretch(start, end, _looks(page[at + 2 : at + size]))  # the first two bytes number the style


def _characters_of(page: bytes) -> Iterator[Stretch]:
    for start, end, word in _entries(page, _CHARACTER_ENTRY):
        if word:
            at = 2 * word
            yield Stretch(start, end, _looks(page[at + 1 : at + 1 + page[at]]))


def _looks(changes: bytes) -> Looks:
    found: Looks = {}
    at = 0
    while at + 2 <= len(changes):
        operation = int.from_bytes(changes[at : at + 2], "little")
        begin, end = _operand(operation, changes, at + 2)
        found[operation] = changes[begin:end]
        at = end
    return found


def _operand(operation: int, changes: bytes, at: int) -> tuple[int, int]:
    """Where the operand of an operation begins and ends."""
    size = _OPERAND_BYTES[operation >> 13]
    if size:
        return at, at + size
    if operation == ROW_SHAPE:
        return at + 2, at + 1 + int.from_bytes(changes[at : at + 2], "little")
    told = changes[at] if at < len(changes) else 0
    if operation == _TABS and told == _TABS_COUNTED:
        deleted = changes[at + 1] if at + 1 < len(changes) else 0
        place = at + 2 + 4 * deleted
        added = changes[place] if place < len(changes) else 0
        return at + 1, place + 1 + 3 * added
    return at + 1, at + 1 + told
