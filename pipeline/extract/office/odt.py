"""The text of an OpenDocument text: what can be had of it without LibreOffice. Automatic numbers and headers are lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.extract.archive import open_archive
from pipeline.extract.docx_package import Element, parse_xml
from pipeline.extract.office.rough_docx import Paragraph, Table, TableCell, rough_docx
from pipeline.settings import Limits

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_MOST_REPEATED = 63  # columns or rows that one element may stand for
_MOST_BLANKS = 200


def _name(prefix: str, name: str) -> str:
    return f"{{{_SPACE.format(prefix)}}}{name}"


_FORMATTING = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_PARAGRAPHS = (_name("text", "p"), _name("text", "h"))
_TABLE, _ROW = _name("table", "table"), _name("table", "table-row")
_CELL, _COVERED = _name("table", "table-cell"), _name("table", "covered-table-cell")
_BLANKS, _TAB, _BREAK = _name("text", "s"), _name("text", "tab"), _name("text", "line-break")
_BOX = _name("drawing", "text-box")
_UNSEEN = frozenset(
    (_name("text", "note"), _name("text", "tracked-changes"), _name("office", "annotation"), _name("text", "ruby-text"))
)
_STYLE, _STYLE_NAME, _PARENT = _name("style", "style"), _name("style", "name"), _name("style", "parent-style-name")


def odt_as_docx(data: bytes, limits: Limits) -> bytes:
    """A DOCX of the paragraphs and tables; raises ReadError: `damaged_file`, `truncated_file`, `too_complex`."""
    archive = open_archive(data, limits)
    content = parse_xml(archive.read("content.xml"), "content.xml")
    styles = _Styles()
    if archive.has("styles.xml"):
        styles.learn(parse_xml(archive.read("styles.xml"), "styles.xml"))
    styles.learn(content)
    body = next(content.iter(_name("office", "text")), None)
    pictures = any(name.startswith("Pictures/") for name in archive.names())
    return rough_docx(_Reader(styles).blocks(body) if body is not None else (), has_pictures=pictures)


@dataclass
class _Styles:
    """Which styles are bold, and which cells have lines."""

    bold: dict[str, bool] = field(default_factory=dict)
    ruled: set[str] = field(default_factory=set)

    def learn(self, root: Element) -> None:
        for style in root.iter(_STYLE):
            name = style.get(_STYLE_NAME, "")
            looks = style.iter(_name("style", "text-properties"))
            weight = next((look.get(f"{_FORMATTING}font-weight") for look in looks), None)
            self.bold[name] = self.bold.get(style.get(_PARENT, ""), False) if weight is None else weight == "bold"
            for part in style.iter(_name("style", "table-cell-properties")):
                lines = [value for key, value in part.items() if key.startswith(f"{_FORMATTING}border")]
                if any(value != "none" for value in lines):
                    self.ruled.add(name)

    def is_bold(self, element: Element, otherwise: bool) -> bool:
        name = element.get(_name("text", "style-name"))
        return self.bold.get(name, otherwise) if name else otherwise


@dataclass
class _Reader:
    styles: _Styles

    def blocks(self, parent: Element) -> Iterator[Paragraph | Table]:
        """Paragraphs and tables through lists and sections; a text box stands behind its paragraph."""
        for part in parent.iterchildren("*"):
            if part.tag in _PARAGRAPHS:
                yield self._paragraph(part)
                for box in part.iter(_BOX):
                    yield from self.blocks(box)
            elif part.tag == _TABLE:
                yield self._table(part)
            elif part.tag not in _UNSEEN:
                yield from self.blocks(part)

    def _paragraph(self, element: Element) -> Paragraph:
        pieces = list(self._pieces(element, self.styles.is_bold(element, False)))
        bold = all(is_bold for text, is_bold in pieces if text.strip())
        return Paragraph("".join(text for text, _ in pieces).strip(), bold)

    def _pieces(self, element: Element, bold: bool) -> Iterator[tuple[str, bool]]:
        """Stretches of text with their boldness; blanks in a row count once unless they are told."""
        yield _blanks(element.text), bold
        for part in element.iterchildren("*"):
            if part.tag == _BLANKS:
                yield " " * min(_number(part, "text", "c"), _MOST_BLANKS), bold
            elif part.tag in (_TAB, _BREAK):
                yield "\t" if part.tag == _TAB else "\n", bold
            elif part.tag not in _UNSEEN and part.tag != _BOX:
                yield from self._pieces(part, self.styles.is_bold(part, bold))
            yield _blanks(part.tail), bold

    def _table(self, table: Element) -> Table:
        rows: list[tuple[TableCell, ...]] = []
        ruled = False
        open_below: dict[int, tuple[int, int]] = {}  # column -> rows that a cell still covers, its columns
        for row in _rows(table):
            cells, lined = self._row(row, open_below)
            ruled = ruled or lined
            rows.extend([tuple(cells)] * _number(row, "table", "number-rows-repeated"))
        return Table(tuple(rows), ruled)

    def _row(self, row: Element, open_below: dict[int, tuple[int, int]]) -> tuple[list[TableCell], bool]:
        cells: list[TableCell] = []
        lined = False
        column = 0
        for element in row.iterchildren(_CELL, _COVERED):
            for _ in range(_number(element, "table", "number-columns-repeated")):
                if element.tag == _CELL:
                    cell, below = self._cell(element)
                    if below > 1:
                        open_below[column] = (below - 1, cell.span)
                        cell = replace(cell, merge="restart")
                    cells.append(cell)
                    lined = lined or element.get(_name("table", "style-name")) in self.styles.ruled
                elif column in open_below:
                    cells.append(_continued(column, open_below))
                column += 1
        return cells, lined

    def _cell(self, element: Element) -> tuple[TableCell, int]:
        """A cell, and over how many rows it stands. A table inside a cell gives its text."""
        paragraphs = tuple(paragraph for block in self.blocks(element) for paragraph in _texts(block))
        span = _number(element, "table", "number-columns-spanned")
        return TableCell(paragraphs, span), _number(element, "table", "number-rows-spanned")


def _continued(column: int, open_below: dict[int, tuple[int, int]]) -> TableCell:
    left, span = open_below.pop(column)
    if left > 1:
        open_below[column] = (left - 1, span)
    return TableCell((), span, "continue")


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table through header rows and groups, not those of a table inside a cell."""
    for part in table.iterchildren("*"):
        if part.tag == _ROW:
            yield part
        elif part.tag not in (_CELL, _TABLE):
            yield from _rows(part)


def _texts(block: Paragraph | Table) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        yield block
    else:
        for row in block.rows:
            yield Paragraph(" ".join(paragraph.text for cell in row for paragraph in cell.paragraphs))


def _number(element: Element, prefix: str, name: str) -> int:
    """A count of columns, rows or blanks: 1 where nothing is said, and never more than is sane."""
    told = element.get(_name(prefix, name), "1")
    return min(max(int(told), 1), _MOST_REPEATED) if told.isascii() and told.isdecimal() and len(told) < 6 else 1


def _blanks(text: str | None) -> str:
    return " ".join(f"|{text}|".split())[1:-1] if text else ""
