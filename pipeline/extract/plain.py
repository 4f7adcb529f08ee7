"""Plain text and Markdown -> lines as they were read, and tables drawn with bars as grids.

Plain text says little about its paragraphs: a line is a wrap, a paragraph or a cell of a flattened letterhead, and
`Line.opens` stays None for the next room to decide by the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from pipeline.errors import ReadError
from pipeline.extract.encodings import Decoded, decode
from pipeline.extract.legacy_text import Verdict, read_text
from pipeline.extract.markdown import read_markdown, without_marks
from pipeline.extract.pipes import has_bar, read_pipes, regions_without_bars
from pipeline.extract.shattered_tables import TextLine, shattered_tables
from pipeline.extract.tab_tables import tab_tables
from pipeline.extract.text_layout import first_line_indent, is_indented, pages_with_tables
from pipeline.extract.text_rows import TextRow, rows_of, without_drawn_lines
from pipeline.extract.text_tables import TextTable, TextTables, text_tables
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.knowledge.tasks import task_columns
from pipeline.settings import Limits
from pipeline.values import Extracted, Grid, Line, Notice, PageInfo

ENGINE = "plain"
DEFAULT_LIMITS = Limits()
_OLD_CODE_PAGES = {"windows-1258": "Windows-1258"}


def read_plain(
    data: bytes, markdown: bool, limits: Limits = DEFAULT_LIMITS, knowledge: Knowledge | None = None
) -> Extracted:
    """Lines of a plain text or Markdown file, blank ones included; form feeds count as page breaks.

    `knowledge` has the titles of tables' columns, the program's own unless given.

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
    tables = _tables(rows, markdown, knowledge or load_knowledge())
    blocks = read_markdown(rows, tables.found) if markdown else _read_rows(rows, tables.found)
    if not any(isinstance(block, Grid) or block.text for block in blocks):
        raise ReadError("empty_file", "no text")
    return Extracted(
        media_type="text/markdown" if markdown else "text/plain",
        blocks=tuple(blocks),
        pages=tuple(PageInfo(number, None, None, ENGINE) for number in range(1, rows[-1].page + 1)),
        encoding=legacy.charset.name if legacy and legacy.whole else decoded.encoding,
        notices=_notices(decoded, legacy, rows, tables),
    )


def _guard(text: str, limits: Limits) -> None:
    if len(text) > limits.text_characters:
        raise ReadError("too_complex", f"{len(text)} characters")
    if text.count("\f") >= limits.pages:
        raise ReadError("too_complex", f"{text.count(chr(12)) + 1} pages")


def _tables(rows: Sequence[TextRow], markdown: bool, knowledge: Knowledge) -> TextTables:
    """Tables without bars: parted by tabs, laid out with blanks, or shattered into lines. Markdown does not keep blanks."""
    tabbed = tab_tables(rows, knowledge.derived(task_columns))
    aligned = text_tables([] if markdown or tabbed else rows, knowledge.derived(task_columns))
    found, unread = {**aligned.found, **tabbed}, set(aligned.unread)
    read = {index for first, table in found.items() for index in range(first, table.end)}
    clean = without_marks if markdown else str
    lines = [
        TextLine(" ".join(clean(row.text).split()), index, row.page)
        for index, row in enumerate(rows)
        if not (row.is_blank or row.is_rule or index in read)
    ]
    for with_bars, run in groupby(lines, key=lambda line: has_bar(rows[line.row])):
        shattered = shattered_tables([] if with_bars else list(run), knowledge)
        found.update({table.first: TextTable(table.end, table.grid) for table in shattered.tables})
        unread |= shattered.unread
    return TextTables(found, frozenset(unread))


def _notices(
    decoded: Decoded, legacy: Verdict | None, rows: Sequence[TextRow], tables: TextTables
) -> tuple[Notice, ...]:
    label = legacy.charset.label if legacy else _OLD_CODE_PAGES.get(decoded.encoding)
    old = (Notice("legacy_encoding", detail=label),) if label else ()
    lost = (Notice("damaged_text", detail=f"{decoded.lost} characters lost"),) if decoded.lost else ()
    read = {index for first, table in tables.found.items() for index in range(first, table.end)}
    rest = [row for index, row in enumerate(rows) if index not in read]
    unread = sorted(tables.unread.union(pages_with_tables(rest)))
    return old + lost + tuple(Notice("table_not_read", page) for page in unread)


def _read_rows(rows: Sequence[TextRow], tables: Mapping[int, TextTable]) -> list[Line | Grid]:
    """Rows in order: tables, two-column regions and rows with bars taken apart, drawn lines dropped."""
    columns = regions_without_bars(rows, [row.text for row in rows])
    indents = first_line_indent(rows)
    blocks: list[Line | Grid] = []
    at, forced = 0, False
    while at < len(rows):
        row = rows[at]
        if at in tables:
            blocks.append(tables[at].grid)
            at, forced = tables[at].end, True
        elif at in columns:
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
