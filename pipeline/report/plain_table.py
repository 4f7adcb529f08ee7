"""Tables for the terminal: columns in line, numbers to the right, text of documents freed of control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# Control and direction characters of a hostile document must not reach the terminal.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
NOTHING = "–"


def safe(text: str) -> str:
    """A text as one harmless line."""
    return _UNSAFE.sub(" ", text)


def short(text: str, length: int) -> str:
    """A harmless line of at most `length` characters."""
    line = safe(text)
    return line if len(line) <= length else f"{line[: length - 1]}…"


def percent(share: float | None, lang: str) -> str:
    """A share (0 to 1) in percent with one decimal place: `97,4`, in English `97.4`; a dash for None."""
    if share is None:
        return NOTHING
    text = f"{100 * share:.1f}"
    return text if lang == "en" else text.replace(".", ",")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table whose first column stands left and whose others stand right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    for row in (head, *rows):
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells]).rstrip()
