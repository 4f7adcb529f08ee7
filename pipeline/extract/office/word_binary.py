"""The text of a binary Word file, by its piece table: what can be had of it without LibreOffice.

Kept: paragraphs, line breaks, tables with their merged cells, bold, the results of fields. Left out: deleted and hidden
text. Lost: automatic numbers, headers, footnotes, text boxes.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import ReadError
from pipeline.extract.office.rough_docx import Paragraph, Table, rough_docx
from pipeline.extract.office.word_formats import Formats, Switch, character_formats, paragraph_formats
from pipeline.extract.office.word_rows import Row, make_table
from pipeline.extract.office.word_storage import WordStorage, open_word
from pipeline.settings import Limits

_MAIN_CHARACTERS = 0x4C  # offset of the count of characters in the body
_PAIRS = 0x9A  # from here on pairs of offset and size into the table stream
_CHARACTER_BINS, _PARAGRAPH_BINS, _PIECES = 12, 13, 33
_PAIR = struct.Struct("<LL")
_PIECE_TABLE, _CHANGES = 2, 1
_NARROW = 0x40000000
_END = re.compile("[\r\x07\x0c]")
_CELL_END = "\x07"
_FIELD = re.compile("[\x13\x14\x15]")
_PICTURE = re.compile("[\x01\x08]")
_LETTERS = str.maketrans({"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": None, "\xad": None})


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters that stand together: the first one's number, its offset in the stream, bytes for each."""

    first: int
    end: int
    offset: int
    width: int


@dataclass
class _Text:
    """The body, one character for each of Word's, and what of it is not shown or bold (1) or not (0)."""

    letters: str
    pieces: list[_Piece]
    unseen: bytearray
    bold: bytearray

    def offset(self, number: int) -> int:
        """Where a character stands in the stream."""
        piece = self.pieces[bisect_right(self.pieces, number, key=lambda piece: piece.first) - 1]
        return piece.offset + (number - piece.first) * piece.width

    def paragraph(self, start: int, end: int) -> Paragraph:
        """The shown text of a stretch; bold where all of it is."""
        shown = self.letters[start:end]
        if self.unseen.find(1, start, end) >= 0:
            shown = "".join(letter for letter, gone in zip(shown, self.unseen[start:end], strict=True) if not gone)
        joined = shown.translate(_LETTERS).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return Paragraph(joined, bold=start < end and self.bold.find(0, start, end) < 0)


def word_as_docx(data: bytes, limits: Limits) -> bytes:
    """A DOCX of the body's paragraphs and tables.

    Raises ReadError: `damaged_file`, `truncated_file`, `too_complex`; `damaged_file` too for what Word 95 wrote.
    """
    with open_word(data) as storage:
        if storage.is_old:
            raise ReadError("damaged_file", "Word 6/95")
        try:
            return _as_docx(storage, limits)
        except (struct.error, IndexError) as error:
            raise ReadError("damaged_file", "piece table") from error


def _as_docx(storage: WordStorage, limits: Limits) -> bytes:
    table = storage.table()
    text = _read_text(storage.main, table, limits)
    formats = paragraph_formats(storage.main, _stretch(storage.main, table, _PARAGRAPH_BINS))
    _mark_letters(text, character_formats(storage.main, _stretch(storage.main, table, _CHARACTER_BINS)))
    _hide_field_instructions(text)
    return rough_docx(_blocks(text, formats), has_pictures=_PICTURE.search(text.letters) is not None)


def _stretch(main: bytes, table: bytes, number: int) -> bytes:
    offset, size = _PAIR.unpack_from(main, _PAIRS + number * _PAIR.size)
    return table[offset : offset + size]


def _read_text(main: bytes, table: bytes, limits: Limits) -> _Text:
    (count,) = struct.unpack_from("<L", main, _MAIN_CHARACTERS)
    if count > limits.text_characters:
        raise ReadError("too_complex", f"{count} characters")
    pieces = list(_read_pieces(_piece_table(_stretch(main, table, _PIECES)), count))
    letters = "".join(_letters(main, piece) for piece in pieces)
    if len(letters) < count:
        raise ReadError("truncated_file", f"{len(letters)} of {count} characters")
    return _Text(letters, pieces, bytearray(count), bytearray(count))


def _piece_table(complex_part: bytes) -> bytes:
    """The piece table, which stands behind lists of changes."""
    at = 0
    while complex_part[at] == _CHANGES:
        at += 3 + struct.unpack_from("<H", complex_part, at + 1)[0]
    if complex_part[at] != _PIECE_TABLE:
        raise ReadError("damaged_file", "piece table")
    (size,) = struct.unpack_from("<L", complex_part, at + 1)
    return complex_part[at + 5 : at + 5 + size]


def _read_pieces(table: bytes, count: int) -> Iterator[_Piece]:
    """The pieces of the body: positions, one more than there are pieces, then eight bytes for each piece."""
    pieces = (len(table) - 4) // 12
    positions = struct.unpack_from(f"<{pieces + 1}L", table)
    for number in range(pieces):
        first, end = positions[number], min(positions[number + 1], count)
        (place,) = struct.unpack_from("<L", table, (pieces + 1) * 4 + number * 8 + 2)
        narrow = bool(place & _NARROW)
        offset = place & (_NARROW - 1)
        if first < end:
            yield _Piece(first, end, offset // 2 if narrow else offset, 1 if narrow else 2)


def _letters(main: bytes, piece: _Piece) -> str:
    """The characters of a piece: Windows-1252 where narrow, else UTF-16, each half of a pair on its own."""
    data = main[piece.offset : piece.offset + (piece.end - piece.first) * piece.width]
    if piece.width == 1:
        return data.decode("cp1252", "replace")
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])))


def _mark_letters(text: _Text, formats: Formats) -> None:
    for piece in text.pieces:
        for stretch in formats.between(piece.offset, piece.offset + (piece.end - piece.first) * piece.width):
            start = max(piece.first, piece.first + (stretch.start - piece.offset) // piece.width)
            end = min(piece.end, piece.first + (stretch.end - piece.offset) // piece.width)
            if stretch.has(Switch.DELETED) or stretch.has(Switch.HIDDEN):
                text.unseen[start:end] = b"\1" * max(end - start, 0)
            if stretch.has(Switch.BOLD):
                text.bold[start:end] = b"\1" * max(end - start, 0)


def _hide_field_instructions(text: _Text) -> None:
    """Of a field the result is shown; where fields do not end as they begin, nothing is taken for an instruction."""
    marks = list(_FIELD.finditer(text.letters))
    if sum({"\x13": 1, "\x14": 0, "\x15": -1}[mark.group()] for mark in marks):
        return
    open_fields: list[int] = []  # where the instruction of each open field began; -1 once its result is reached
    for mark in marks:
        if mark.group() == "\x13":
            open_fields.append(mark.start())
        elif open_fields:
            began = open_fields.pop()
            if began >= 0:
                text.unseen[began : mark.start()] = b"\1" * (mark.start() - began)
            if mark.group() == "\x14":
                open_fields.append(-1)


def _blocks(text: _Text, formats: Formats) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables; a row ends at the mark that its paragraph's looks name."""
    rows: list[Row] = []
    row = Row()
    start = 0
    for mark in _END.finditer(text.letters):
        paragraph = text.paragraph(start, mark.start())
        start = mark.end()
        look = formats.at(text.offset(mark.start()))
        if look is not None and look.has(Switch.ROW_END):
            row.end_with(look.looks)
            rows.append(row)
            row = Row()
        elif mark.group() == _CELL_END or (look is not None and look.has(Switch.IN_TABLE)):
            row.add(paragraph, ends_cell=mark.group() == _CELL_END)
        else:
            yield from _finished(rows, row)
            rows, row = [], Row()
            yield paragraph
    yield from _finished(rows, row)


def _finished(rows: list[Row], open_row: Row) -> Iterator[Paragraph | Table]:
    """A table that has ended; cells of a row without an end are paragraphs of their own."""
    if rows:
        yield make_table(rows)
    for cell in open_row.cells:
        yield from cell
