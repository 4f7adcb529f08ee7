"""A bare DOCX made of paragraphs and tables, so that text taken out of other formats goes the way of every Word file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile(r"([\t\n])")
_MARKS = {"\t": "<w:tab/>", "\n": "<w:br/>"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; a newline in it is a line break."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell; `merge` says whether it begins or goes on a cell that stands over several rows."""

    paragraphs: tuple[Paragraph, ...]
    span: int = 1
    merge: Literal["", "restart", "continue"] = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table row by row; `ruled` where its lines are drawn."""

    rows: tuple[tuple[TableCell, ...], ...]
    ruled: bool = True


def rough_docx(blocks: Iterable[Paragraph | Table], has_pictures: bool = False) -> bytes:
    """A Word file of these blocks; pictures are only told of, not kept."""
    body = "".join(_table(block) if isinstance(block, Table) else _paragraph(block) for block in blocks)
    stream = io.BytesIO()
    # Stored, not packed: repeated rows would look like a decompression bomb.
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>')
        if has_pictures:
            archive.writestr("word/media/picture", b"")
    return stream.getvalue()


def _paragraph(paragraph: Paragraph) -> str:
    text = _NO_XML.sub("", paragraph.text)
    parts = (_MARKS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in _BREAK.split(text) if part)
    look = "<w:rPr><w:b/></w:rPr>" if paragraph.bold else ""
    return f"<w:p><w:r>{look}{''.join(parts)}</w:r></w:p>"


def _table(table: Table) -> str:
    line = "single" if table.ruled else "nil"
    look = f'<w:tblPr><w:tblBorders><w:top w:val="{line}"/><w:insideV w:val="{line}"/></w:tblBorders></w:tblPr>'
    rows = "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in table.rows)
    return f"<w:tbl>{look}{rows}</w:tbl>"


def _cell(cell: TableCell) -> str:
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    look = f'<w:tcPr><w:gridSpan w:val="{cell.span}"/>{merge}</w:tcPr>'
    return f"<w:tc>{look}{''.join(map(_paragraph, cell.paragraphs)) or '<w:p/>'}</w:tc>"
