"""How results are shown to people: the workbook's columns, and the names of roles, severities, states and kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Literal

from pipeline.knowledge.causes import Language
from pipeline.knowledge.load import Knowledge, Row
from pipeline.knowledge.text import squash

ColumnKind = Literal["text", "day", "integer", "number", "share"]

_SHAPES = {
    "text": re.compile(r"(?s).+"),
    "day": re.compile(r"(?:\d\d|__)/(?:\d\d|__)/(?:\d{4}|____)|\d{4}|[^\d]*\d{1,2}/\d{4}"),
    "integer": re.compile(r"\d+"),
    "number": re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?"),
    "share": re.compile(r"\d{1,3}%"),
}


@dataclass(frozen=True, slots=True)
class Column(Row):
    """A column of the workbook. The id is `<sheet>.<key>`; rows stand in the order of the columns of their sheet.

    `width` is in characters of the sheet's font. `kind` says what its cells hold: `day` is a real date where the date
    is complete, `number` may have a fraction, `share` is from 0 to 1 and shown in percent.
    `examples` are cells as they are shown.
    """

    TABLE: ClassVar[str] = "workbook_columns"
    title: str
    width: int
    kind: ColumnKind

    @property
    def sheet(self) -> str:
        """The key of the sheet the column stands on."""
        return self.id.partition(".")[0]

    @property
    def key(self) -> str:
        """The name of the column's value in a row of the sheet."""
        return self.id.partition(".")[2]

    def shows(self, cell: str) -> bool:
        """Whether a cell of this column can look so."""
        return _SHAPES[self.kind].fullmatch(cell) is not None


@dataclass(frozen=True, slots=True)
class Label(Row):
    """What a code of the record is called. The id is `<group>.<code>`; `examples` use the Vietnamese name."""

    TABLE: ClassVar[str] = "labels"
    vi: str
    en: str

    def named_in(self, text: str) -> bool:
        """Whether a text uses the Vietnamese name, as whole words."""
        return re.search(rf"(?<!\w){re.escape(squash(self.vi))}(?!\w)", squash(text)) is not None


def columns_of(knowledge: Knowledge, sheet: str) -> tuple[Column, ...]:
    """The columns of one sheet, in order."""
    return tuple(column for column in knowledge.rows(Column) if column.sheet == sheet)


def label(knowledge: Knowledge, group: str, code: str | None, lang: Language = "vi") -> str:
    """What a code is called, "" for None; a code without a name is shown as it is, its underscores as blanks."""
    if code is None:
        return ""
    row = knowledge.derived(_labels).get(f"{group}.{code}")
    if row is None:
        return code.replace("_", " ")
    return row.en if lang == "en" else row.vi


def codes(knowledge: Knowledge, group: str) -> tuple[str, ...]:
    """The codes of a group that have a name, in the table's order: the order in which people want to see them."""
    return tuple(row.id.partition(".")[2] for row in knowledge.rows(Label) if row.id.startswith(group + "."))


def _labels(knowledge: Knowledge) -> dict[str, Label]:
    return {row.id: row for row in knowledge.rows(Label)}
