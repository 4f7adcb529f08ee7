"""Tables as a file of the user's choice: CSV (all tables in one, named in the first column), Excel (a sheet each), JSON.

No cell becomes a formula: Excel cells are written as text; in CSV, which programs interpret as they like, a text that
begins like a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.atomic import write_atomic
from pipeline.errors import ExitStatus, KehoachError
from pipeline.knowledge.columns import columns_of
from pipeline.knowledge.load import Knowledge
from pipeline.report.workbook_sheet import Book, new_workbook, write_table

Format = Literal["csv", "xlsx", "json"]
Row = Mapping[str, str | int | float | None]
_FORMATS: dict[str, Format] = {".csv": "csv", ".xlsx": "xlsx", ".json": "json"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its key in CSV and JSON, its title in Excel, its rows; the columns are those of `workbook_columns`."""

    key: str
    title: str
    rows: Sequence[Row]


def sheet_format(path: Path) -> Format:
    """The format that a file's name asks for. Raises KehoachError (status 2) for any other ending, 73 for a folder."""
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise KehoachError("unknown_table_format", path.name, status=ExitStatus.USAGE)
    if path.is_dir():
        raise KehoachError("cannot_write", str(path), status=ExitStatus.CANNOT_WRITE)
    return kind


def write_sheets(sheets: Sequence[Sheet], path: Path, knowledge: Knowledge) -> None:
    """Writes the tables in one step. Raises KehoachError: status 2 unknown format, 73 and 74 trouble with writing."""
    match sheet_format(path):
        case "csv":
            data = _csv(sheets, knowledge)
        case "xlsx":
            data = _xlsx(sheets, knowledge)
        case "json":
            content = {sheet.key: [dict(row) for row in sheet.rows] for sheet in sheets}
            data = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
    write_atomic(path, data, durable=True)


def _csv(sheets: Sequence[Sheet], knowledge: Knowledge) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    names = dict.fromkeys(column.key for sheet in sheets for column in columns_of(knowledge, sheet.key))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["table", *names])
    for sheet in sheets:
        for row in sheet.rows:
            writer.writerow([sheet.key, *(_cell(row.get(name)) for name in names)])
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def _cell(value: str | int | float | None) -> str:
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) or value.startswith(_FORMULA) else value
    return "" if value is None else str(value)


def _xlsx(sheets: Sequence[Sheet], knowledge: Knowledge) -> bytes:
    stream = io.BytesIO()
    workbook = new_workbook(stream)
    book = Book(workbook)
    for sheet in sheets:
        write_table(book, sheet.title, columns_of(knowledge, sheet.key), sheet.rows)
    workbook.close()
    return stream.getvalue()
