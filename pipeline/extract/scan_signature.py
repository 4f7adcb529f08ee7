"""What stands between a signer's office and name on a scan: the strokes of a pen and the letters of a stamp, no text."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.frame_words import SIGNS, is_name, is_signed
from pipeline.extract.layout import Row, Segment
from pipeline.knowledge.printing import without_marks
from pipeline.knowledge.signatures import built_in_words
from pipeline.knowledge.text import fold

# Points: how far below the office a name stands at most. The share of the page where a signature's column begins.
_ROOM, _COLUMN = 190.0, 0.4
_LEAST_LETTERS = 2


def without_strokes(rows: Sequence[Row], width: float) -> list[Row]:
    """The rows of a page (`width` in points) without pieces between a signature's office and the name below it."""
    office = next((row for row in reversed(rows) if any(_is_office(piece, width) for piece in row.pieces)), None)
    kept: list[Row] = []
    named = office is None
    for row in rows:
        pieces = row.pieces
        if not named and office is not None and office.top < row.top < office.bottom + _ROOM:
            pieces = [piece for piece in pieces if piece.x0 < _COLUMN * width or _belongs(piece)]
            pieces = [_with_surname(piece) if piece.x0 >= _COLUMN * width else piece for piece in pieces]
            named = any(piece.x0 >= _COLUMN * width and is_name(piece.text) for piece in pieces)
        pieces = [piece for piece in pieces if any(map(str.isalnum, piece.text))]
        if pieces:
            kept.append(Row(row.top, row.bottom, pieces))
    return kept


def _with_surname(piece: Segment) -> Segment:
    """A name whose family name lost a mark (`Đô Thị Hằng`), put right where one family name has these letters."""
    first, blank, rest = piece.text.partition(" ")
    if not is_name(piece.text) or fold(first) in built_in_words().surnames:
        return piece
    meant = [name for name in built_in_words().surnames if without_marks(name) == without_marks(first)]
    if len(meant) != 1:
        return piece
    surname = meant[0].upper() if first.isupper() else meant[0].capitalize()
    return piece._replace(text=surname + blank + rest)


def _is_office(piece: Segment, width: float) -> bool:
    return piece.x0 >= _COLUMN * width and piece.text.isupper() and SIGNS.match(piece.text) is not None


def _belongs(piece: Segment) -> bool:
    """Whether a piece below a signer's office is text: a name, a mark that it was signed, or a line of words."""
    if is_name(piece.text) or is_signed(piece.text) or SIGNS.match(piece.text):
        return True
    words = [word for word in piece.text.split() if sum(map(str.isalpha, word)) >= _LEAST_LETTERS]
    return len(words) > 2
