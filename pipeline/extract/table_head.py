"""How many rows of a table are its head, told from the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_SERIAL_TITLE = re.compile(r"(?:S\.?\s?T\.?\s?T|T\.?\s?T|Số\s+TT|Số\s+thứ\s+tự|STT)\.?$", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"\(?\s?(?:\d{1,2}|[A-ZĐ])\s?\)?(?:\s?=\s?[\d\s()+x*/-]{1,20})?$")
_SERIAL = re.compile(r"(?:\d{1,3}|[IVX]{1,5})(?:\.\d{1,2}){0,3}\.?$|[-–+]|[a-zđ]\)")
_HIGHEST_HEAD = 5
_PERIOD = re.compile(r"(?:Quý|QUÝ|Tháng|THÁNG|(?:6|Sáu|SÁU|9) (?:tháng|THÁNG)|Năm|NĂM)\s\w.{0,30}$")


def head_rows(rows: Sequence[Sequence[str]], marked: int = 0, first_span: int = 1) -> int:
    """The number of head rows: `marked` ones (by the format), else those of the STT cell and the row of column numbers.

    `rows` are the cells' texts; `first_span` is the row span of the first cell. A table that begins with a serial number
    goes on from another and has none.
    """
    if not rows:
        return 0
    head = marked
    if not head:
        first = rows[0][0].strip() if rows[0] else ""
        if _SERIAL.match(first):
            return 0
        head = max(1, first_span if is_serial_title(first) else 1)
    while head < min(len(rows), _HIGHEST_HEAD) and _is_column_numbers(rows[head]):
        head += 1
    return min(head, len(rows))


def is_serial_title(text: str) -> bool:
    """Whether a cell is the title of the column of serial numbers (STT, TT)."""
    return bool(_SERIAL_TITLE.match(text.strip()))


def is_period(text: str) -> bool:
    """Whether a text is nothing but a period (`Quý II`, `6 tháng cuối năm`): the title of a group of rows."""
    return _PERIOD.match(text.strip()) is not None


def _is_column_numbers(cells: Sequence[str]) -> bool:
    """The row `(1) (2) (3)` below the titles: numbers that count up, more than one."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2 or not all(_COLUMN_NUMBER.match(cell) for cell in filled):
        return False
    numbers = [int(found[0]) for cell in filled if (found := re.search(r"\d{1,2}", cell.split("=")[0]))]
    return len(numbers) >= 2 and all(b == a + 1 for a, b in pairwise(numbers))
