"""Plain text and Markdown -> lines as they were read, and tables drawn with bars as grids.

Plain text says little about its paragraphs: a line is a wrap, a paragraph or a cell of a flattened letterhead, and
`Line.opens` stays None for the next room to decide by the words.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import ReadError
from pipeline.extract.encodings import Decoded, decode
from pipeline.extract.legacy_text import Verdict, read_text
from pipeline.extract.markdown import read_markdown
from pipeline.extract.pipes import has_bar, read_pipes, regions_without_bars
from pipeline.extract.text_layout import first_line_indent, is_indented, pages_with_tables
from pipeline.extract.text_rows import TextRow, rows_of, without_drawn_lines
from pipeline.settings import Limits
from pipeline.values import Extracted, Grid, Line, Notice, PageInfo

ENGINE = "plain"
DEFAULT_LIMITS = Limits()
_OLD_CODE_PAGES = {"windows-1258": "Windows-1258"}


def read_plain(data: bytes, markdown: bool, limits: Limits = DEFAULT_LIMITS) -> Extracted:
    """Lines of a plain text or Markdown file, blank ones included; form feeds count as page breaks.

    Raises ReadError: `unknown_format` where the bytes are no text, `too_complex` beyond `limits.text_characters` or
    `limits.pages`, `empty_file` where nothing is written in it.
    """
    decoded = decode(data)
    if decoded is None:
        raise ReadError("unknown_format", "neither text nor a known format")
    _guard(decoded.text, limits)
    text, legacy = read_text(decoded.text)
    rows = list(rows_of(text, markdown))
    while rows and rows[-1].is_blank:
        rows.pop()
    blocks = read_markdown(rows) if markdown else _read_rows(rows)
    if not any(isinstance(block, Grid) or block.text for block in blocks):
        raise ReadError("empty_file", "no text")
    return Extracted(
        media_type="text/markdown" if markdown else "text/plain",
        blocks=tuple(blocks),
        pages=tuple(PageInfo(number, None, None, ENGINE) for number in range(1, rows[-1].page + 1)),
        encoding=legacy.charset.name if legacy and legacy.whole else decoded.encoding,
        notices=_notices(decoded, legacy, rows),
    )


def _guard(text: str, limits: Limits) -> None:
    if len(text) > limits.text_characters:
        raise ReadError("too_complex", f"{len(text)} characters")
    if text.count("\f") >= limits.pages:
        raise ReadError("too_complex", f"{text.count(chr(12)) + 1} pages")


def _notices(decoded: Decoded, legacy: Verdict | None, rows: Sequence[TextRow]) -> tuple[Notice, ...]:
    label = legacy.charset.label if legacy else _OLD_CODE_PAGES.get(decoded.encoding)
    old = (Notice("legacy_encoding", detail=label),) if label else ()
    lost = (Notice("damaged_text", detail=f"{decoded.lost} characters lost"),) if decoded.lost else ()
    return old + lost + tuple(Notice("table_not_read", page) for page in pages_with_tables(rows))


def _read_rows(rows: Sequence[TextRow]) -> list[Line | Grid]:
    """Rows in order: two-column regions and rows with bars taken apart, drawn lines dropped."""
    columns = regions_without_bars(rows, [row.text for row in rows])
    indents = first_line_indent(rows)
    blocks: list[Line | Grid] = []
    at, forced = 0, False
    while at < len(rows):
        row = rows[at]
        if at in columns:
            blocks.extend(without_drawn_lines(columns[at].lines))
            at, forced = columns[at].end, True
        elif has_bar(row):
            block = read_pipes(rows, at, str.strip)
            blocks.extend(block.blocks)
            at, forced = block.end, True
        else:
            if row.is_blank:
                blocks.append(Line("", row.page))
            elif not row.is_rule:
                blocks.append(Line(row.text.strip(), row.page, opens=True if forced or is_indented(row, indents) else None))
            forced = row.is_rule or (forced and row.is_blank)
            at += 1
    return blocks
