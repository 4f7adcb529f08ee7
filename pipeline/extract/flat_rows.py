"""Rows of text whose cells, set apart by wide gaps, belong to one place each: signers side by side, a head in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.extract.frame_words import (
    MOTTO,
    NEXT_PART,
    RECIPIENTS,
    SIGNS,
    are_signers,
    head_from_cells,
    is_name,
    is_signature_line,
    is_signed,
)
from pipeline.values import Line

_GAP = re.compile(r"(?<=\S)(?: {4,}| ?\t[ \t]*)(?=\S)")
_BLANK_TO_FILL = re.compile(r"(?:Số\s?:?|ngày|tháng|năm)$", re.IGNORECASE)
_FILLED_LATER = re.compile(r"/|tháng\b|năm\b", re.IGNORECASE)
_TAB = 8
_LONGEST_ROW = 1_500  # a longer one is no row of cells
_FAR_RIGHT = 10_000.0
_LEAST_FLAT_CELLS = 3
_SIGNATURE_ROWS = 16
_SIGNATURE_BLANKS = 10


def column_gaps(row: str) -> list[re.Match[str]]:
    """The gaps of a row that part columns, not those left to be filled by hand (`Số:      /KH`, `ngày     tháng`)."""
    row = row.rstrip()
    if len(row) > _LONGEST_ROW:
        return []
    return [
        gap
        for gap in _GAP.finditer(row)
        if not (_BLANK_TO_FILL.search(row[max(0, gap.start() - 6) : gap.start()]) or _FILLED_LATER.match(row, gap.end()))
    ]


@lru_cache(maxsize=256)
def cells_of(row: str) -> tuple[tuple[str, float], ...]:
    """The cells of a row with the column of each one's middle; a lone cell behind a tab stands farthest right."""
    edges = [0, *(edge for gap in column_gaps(row) for edge in gap.span()), len(row.rstrip())]
    found = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        text = row[start:end].strip()
        if text:
            ends = len(row[:end].expandtabs(_TAB))
            found.append((" ".join(text.split()), ends - len(text) / 2))
    return ((found[0][0], _FAR_RIGHT),) if len(found) == 1 and row.startswith("\t") else tuple(found)


def flat_head(row: str, page: int) -> tuple[Line, ...] | None:
    """A letterhead (and what follows it) in one row of three cells or more, each a line; None where it is none."""
    texts = [text for text, _ in cells_of(row)]
    if len(texts) < _LEAST_FLAT_CELLS or not any(MOTTO.match(text) for text in texts):
        return None
    return head_from_cells([Line(text, page, opens=True) for text in texts])


def flat_foot(row: str, page: int) -> tuple[Line, ...] | None:
    """Recipients, office and name in one row, each a line; None where it is none."""
    texts = [text for text, _ in cells_of(row)]
    if len(texts) < 2:
        return None
    signs = next((at for at, text in enumerate(texts) if SIGNS.match(text)), len(texts))
    signature, before = texts[signs:], texts[:signs]
    if before and not RECIPIENTS.match(before[0]):
        return None
    if not (signature and is_name(signature[-1]) and all(map(is_signature_line, signature))):
        return None
    return tuple(Line(text, page, opens=True) for text in texts)


def signers(rows: Sequence[str], pages: Sequence[int], at: int) -> tuple[int, tuple[Line, ...]] | None:
    """Signatures side by side from row `at` on, the recipients left of them or not.

    Gives the row after them, and their lines: one column after the other. None where the row begins no such block.
    """
    first = cells_of(rows[at])
    listed = bool(first) and bool(RECIPIENTS.match(first[0][0]))
    if len(first) < 2 + listed or not all(text.isupper() for text, _ in first[listed:]):
        return None
    columns: list[list[tuple[int, str]]] = [[] for _ in first]
    end, blanks = at, 0
    for index in range(at, min(at + _SIGNATURE_ROWS, len(rows))):
        placed = _placed(cells_of(rows[index]), [middle for _, middle in first])
        blanks = 0 if placed else blanks + 1
        if pages[index] != pages[at] or blanks > _SIGNATURE_BLANKS or not _fit(placed, listed):
            break
        for column, text in placed:
            columns[column].append((index, text))
        end = index + 1 if placed else end
        if not listed and all(map(_is_complete, columns)):
            break
    if not are_signers([[text for _, text in column] for column in columns[listed:]]):
        return None
    return end, tuple(
        Line(text, pages[index], opens=None if text[0].islower() else True, side="right" if number else "left")
        for number, column in enumerate(columns)
        for index, text in column
    )


def _fit(placed: Sequence[tuple[int, str]], listed: bool) -> bool:
    """Whether the cells of a row go on with signatures; those below the recipients are anything but another part."""
    if len({column for column, _ in placed}) < len(placed) or any(NEXT_PART.match(text) for _, text in placed):
        return False
    return all(
        (listed and column == 0) or (is_signature_line(text) and not RECIPIENTS.match(text)) for column, text in placed
    )


def _placed(cells: Sequence[tuple[str, float]], middles: Sequence[float]) -> list[tuple[int, str]]:
    """Each cell with its column: in order where the row is full, else the one whose middle is nearest."""
    if len(cells) == len(middles):
        return [(column, text) for column, (text, _) in enumerate(cells)]
    return [(min(range(len(middles)), key=lambda c: abs(middles[c] - middle)), text) for text, middle in cells]


def _is_complete(column: Sequence[tuple[int, str]]) -> bool:
    """Whether a signature has its name, plainly: not in capitals, as an office may be."""
    last = column[-1][1] if column else ""
    return is_name(last) and not last.isupper() and not is_signed(last)
