"""What the blanks of a text laid out like its page (`pdftotext -layout`) tell: first-line indents, and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.extract.text_rows import TextRow

_WIDE_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_LEAST_INDENTED = 5
_INDENTED_SHARE = 0.1
_FLUSH_SHARE = 0.3
_INDENTS = range(3, 13)
_GAPS_OF_A_TABLE = 2
_ROWS_OF_A_TABLE = 3


def first_line_indent(rows: Sequence[TextRow]) -> range | None:
    """The indents that mark a paragraph's first line, or None where the text is not indented so.

    Nghị định 30/2020/NĐ-CP sets first lines in by 1 to 1.27 cm; the lines below stand at the margin.
    """
    indents = Counter(len(row.text) - len(row.text.lstrip(" ")) for row in rows if row.text.strip())
    total = sum(indents.values())
    if not total or indents[0] + indents[1] < _FLUSH_SHARE * total:
        return None
    best = max(_INDENTS, key=lambda indent: sum(indents[indent + step] for step in (-1, 0, 1)))
    marked = sum(indents[best + step] for step in (-1, 0, 1))
    if marked < max(_LEAST_INDENTED, _INDENTED_SHARE * total):
        return None
    return range(best - 1, best + 2)


def is_indented(row: TextRow, indents: range | None) -> bool:
    """Whether a row is set in as a first line is, and does not go on in small letters."""
    text = row.text.lstrip(" ")
    return indents is not None and len(row.text) - len(text) in indents and not text[:1].islower()


def pages_with_tables(rows: Sequence[TextRow]) -> list[int]:
    """Pages on which columns of a table stand side by side, which plain text cannot tell apart safely."""
    counts = Counter(row.page for row in rows if len(_WIDE_GAP.findall(row.text)) >= _GAPS_OF_A_TABLE)
    return sorted(page for page, count in counts.items() if count >= _ROWS_OF_A_TABLE)
