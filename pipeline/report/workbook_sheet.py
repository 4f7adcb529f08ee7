"""Writing one sheet: formats, safe cells, the limits of Excel, freezing, filtering and printing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import xlsxwriter

from pipeline.knowledge.columns import Column, ColumnKind

Cell = str | int | float | date | None
Cells = Mapping[str, Cell]
Tone = Literal["plain", "bad", "warn", "good", "faint"]
ToneOf = Callable[[str, Cell], Tone]

CELL_LIMIT = 32_767
ROW_LIMIT = 1_048_576
CUT_NOTE = " … [đã cắt bớt, xem tệp gốc]"
ROWS_LEFT_OUT = "[còn {count} dòng nữa không ghi được vì quá giới hạn của Excel; xem các bảng trong thư mục tables]"
FONT = "Times New Roman"
A4 = 9
LINE_POINTS = 15.0
TALLEST_ROW = 409.0
LETTERS_PER_UNIT = 1.3
_FIRST_EXCEL_DAY = date(1900, 3, 1)
# What XML 1.0 forbids, and halves of surrogate pairs, which cannot be written as UTF-8.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TONES: dict[Tone, dict[str, str]] = {
    "plain": {},
    "bad": {"bg_color": "#F8E0DC", "font_color": "#8C1D18"},
    "warn": {"bg_color": "#FCF1D2"},
    "good": {"font_color": "#2F5D3A"},
    "faint": {"font_color": "#777777"},
}


class Book:
    """A workbook being written, with its formats, each made once."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._bodies: dict[tuple[ColumnKind, Tone], Any] = {}

    def format(self, **properties: Any) -> Any:
        """The format with these properties, in the font of the workbook."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 11, "valign": "top"}
            self._formats[key] = self.workbook.add_format(base | properties)
        return self._formats[key]

    def body(self, kind: ColumnKind, tone: Tone) -> Any:
        """The format of a cell of a table."""
        if (kind, tone) not in self._bodies:
            self._bodies[kind, tone] = self._make_body(kind, tone)
        return self._bodies[kind, tone]

    def _make_body(self, kind: ColumnKind, tone: Tone) -> Any:
        properties: dict[str, Any] = {"border": 1, "border_color": "#D0D0D0", "text_wrap": True}
        if kind == "day":
            properties |= {"num_format": "dd/mm/yyyy", "align": "center"}
        elif kind == "integer":
            properties |= {"num_format": "#,##0", "align": "center"}
        elif kind == "number":
            properties |= {"num_format": "#,##0.0##", "align": "right"}
        elif kind == "share":
            properties |= {"num_format": "0%", "align": "center"}
        return self.format(**properties, **_TONES[tone])

    def head(self) -> Any:
        """The format of a heading row."""
        return self.format(
            bold=True, text_wrap=True, align="center", valign="vcenter", bg_color="#E4EAF0", border=1,
            border_color="#9AA5B1",
        )  # fmt: skip


def clean(text: str) -> str:
    """Text as a cell can hold it: no forbidden characters, no more than Excel's limit, nothing taken for markup."""
    kept = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if kept.startswith("<r>"):  # XlsxWriter writes such a text as raw markup of a rich string
        kept = " " + kept
    if len(kept) <= CELL_LIMIT // 2 or _excel_length(kept) <= CELL_LIMIT:
        return kept
    room = (CELL_LIMIT - len(CUT_NOTE)) * 2
    return kept.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + CUT_NOTE


def _excel_length(text: str) -> int:
    """Length as Excel counts it, in UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def write_cell(sheet: Any, row: int, column: int, value: Cell, style: Any) -> None:
    """Write one value by its type; text is always text, whatever sign it begins with."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, clean(value), style)
    elif isinstance(value, date):
        if value < _FIRST_EXCEL_DAY:
            sheet.write_string(row, column, value.strftime("%d/%m/%Y"), style)
        else:
            sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def plain_tone(key: str, value: Cell) -> Tone:
    """No colour for any cell."""
    return "plain"


def write_table(
    book: Book, title: str, columns: Sequence[Column], rows: Sequence[Cells], tone_of: ToneOf = plain_tone
) -> None:
    """Add a sheet with a heading row, frozen and filtered, and one row for each of `rows`, set up for printing.

    What does not fit on an Excel sheet is left out with a line that says so.
    """
    sheet = book.workbook.add_worksheet(title)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, clean(column.title), book.head())
    shown = rows if len(rows) < ROW_LIMIT else rows[: ROW_LIMIT - 2]
    sheet.set_row(0, row_height((column.title, column.width - 2) for column in columns))
    keys, widths = [column.key for column in columns], [column.width for column in columns]
    for line, cells in enumerate(shown, start=1):
        values = [cells.get(key) for key in keys]
        for at, (column, key, value) in enumerate(zip(columns, keys, values, strict=True)):
            write_cell(sheet, line, at, value, book.body(_shown_as(column.kind, value), tone_of(key, value)))
        sheet.set_row(line, row_height(zip(values, widths, strict=True)))
    if len(shown) < len(rows):
        note = ROWS_LEFT_OUT.format(count=len(rows) - len(shown))
        sheet.write_string(len(shown) + 1, 0, note, book.format())
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(shown)), len(columns) - 1)
    set_up_page(sheet, title)
    sheet.repeat_rows(0)


def _shown_as(kind: ColumnKind, value: Cell) -> ColumnKind:
    """A whole number shows no decimals, whatever else stands in its column."""
    whole = kind == "number" and isinstance(value, float) and value.is_integer()
    return "integer" if whole else kind


def row_height(cells: Iterable[tuple[Cell, int]]) -> float:
    """Points that the tallest wrapped text of a row needs, given its column's width.

    Excel fits rows by itself only when somebody edits them, and other programs not at all.
    """
    lines = max((_lines(value, width) for value, width in cells if isinstance(value, str)), default=1)
    return min(TALLEST_ROW, LINE_POINTS * lines)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes when its words are wrapped; a word longer than a line is broken."""
    room = width * LETTERS_PER_UNIT
    if len(text) <= room and "\n" not in text:
        return 1
    count = 0
    for paragraph in text.split("\n"):
        used, count = 0.0, count + 1
        for word in paragraph.split():
            if used and used + len(word) > room:
                used, count = 0.0, count + 1
            if len(word) > room:
                count += len(word) // width
            used += len(word) + 1
    return count


def set_up_page(sheet: Any, title: str) -> None:
    """Landscape A4, as wide as the page, with the sheet's name above and the page number below."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.set_header(f"&L&\"{FONT}\"&10{title}")
    sheet.set_footer(f"&R&\"{FONT}\"&10Trang &P/&N")
    sheet.hide_gridlines(2)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def new_workbook(stream: Any) -> Any:
    """A workbook that is written to a stream in memory; nothing in the text becomes a formula, a number or a link."""
    return xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
