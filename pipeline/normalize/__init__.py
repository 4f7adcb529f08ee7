"""Lines and grids -> one NFC text that knows its way back to page and box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.normalize.characters import clean
from pipeline.normalize.damage import damage_notices
from pipeline.normalize.doubts import doubts_in
from pipeline.normalize.furniture import with_parted_letterhead, with_parted_signature, without_page_numbers
from pipeline.normalize.joins import MARKER, Wrapping, continues, continues_issuer, glue, wrapping_of
from pipeline.normalize.mending import mended
from pipeline.normalize.reading import reading_of
from pipeline.values import Anchor, Cell, CellSpan, Extracted, Grid, Line, NormalText, Paragraph, Span, TextGrid

CELL_BREAK = "\t"
_TELLING = 200  # characters; no rule of joining asks for the length of a longer beginning


def normalize(extracted: Extracted) -> NormalText:
    """Joins wrapped lines into paragraphs and lays paragraphs and table rows out as one text, a newline after each.

    Cells of a row are parted by a tab. Blank lines, page numbers and empty paragraphs are gone; nothing else is lost.
    Damaged letters are put right where a rule is certain; `notices` tell of the rest.
    """
    cleaned = [_cleaned(block) for block in extracted.blocks]
    damage = damage_notices(cleaned)
    blocks = without_page_numbers(mended(extracted.blocks, cleaned))
    blocks = with_parted_signature(with_parted_letterhead(blocks))
    unknown = [block.text for block in blocks if isinstance(block, Line) and block.opens is None]
    writer = _Writer(wrapping_of(unknown))
    for block in blocks:
        if isinstance(block, Grid):
            writer.grid(block)
        else:
            writer.line(block)
    text, paragraphs = writer.finish(), tuple(writer.paragraphs)
    reading = reading_of(text, paragraphs)
    return NormalText(
        text=text,
        paragraphs=paragraphs,
        grids=tuple(writer.grids),
        anchors=tuple(writer.anchors),
        pages=extracted.pages,
        loose=extracted.loose,
        notices=extracted.notices + damage,
        doubts=doubts_in(text, writer.anchors, extracted.seen),
        restored="" if reading == text else reading,
    )


def _cleaned(block: Line | Grid) -> Line | Grid:
    if isinstance(block, Grid):
        return replace(block, rows=tuple(tuple(map(_cleaned_cell, row)) for row in block.rows))
    text = clean(block.text)
    return block if text == block.text else replace(block, text=text)


def _cleaned_cell(cell: Cell) -> Cell:
    text = "\n".join(filter(None, map(clean, cell.text.split("\n"))))
    return cell if text == cell.text else replace(cell, text=text)


@dataclass
class _Writer:
    """Writes paragraphs one after the other and remembers where each line went."""

    wrapping: Wrapping
    paragraphs: list[Paragraph] = field(default_factory=list)
    grids: list[TextGrid] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _open: list[Line] = field(default_factory=list)
    _gap: int = 0

    def line(self, line: Line) -> None:
        """Takes the next line, blank or not."""
        if not line.text:
            self._gap += 1
            return
        if not self._joins(line):
            self._close()
        self._open.append(line)
        self._gap = 0

    def _joins(self, line: Line) -> bool:
        if not self._open:
            return False
        last = self._open[-1]
        if line.opens is False:
            return True
        changed_look = line.opens is None and last.hint != line.hint and last.text[-1:] not in ",-–"
        if last.side != line.side or (changed_look and not continues_issuer(last.text, line.text)):
            return False
        if line.opens is None:
            return continues(_beginning(self._open), last.text, line.text, self._gap, self.wrapping)
        return _torn(last, line) or continues_issuer(last.text, line.text)

    def _close(self) -> None:
        """Ends the paragraph at hand."""
        if not self._open:
            return
        start = self._length
        before = ""
        for line in self._open:
            if before:
                self._write(glue(before, line.text))
            self.anchors.append(Anchor(self._length, line.page, line.box))
            self._write(line.text)
            before = line.text
        first = self._open[0]
        hint = all(line.hint for line in self._open)
        self.paragraphs.append(Paragraph(start, self._length, first.page, first.side, hint))
        self._write("\n")
        self._open = []

    def grid(self, grid: Grid) -> None:
        """Writes a table, a paragraph a row."""
        self._close()
        start = self._length
        rows: list[tuple[CellSpan, ...]] = []
        for cells in grid.rows:
            row_start = self._length
            spans = []
            for index, cell in enumerate(cells):
                if index:
                    self._write(CELL_BREAK)
                spans.append(self._cell(cell))
            if self._length - row_start <= len(cells) - 1:
                self._undo(row_start)
                continue
            page = cells[0].page if cells else grid.page
            row = Paragraph(row_start, self._length, page, grid=len(self.grids), row=len(rows))
            self.paragraphs.append(row)
            rows.append(tuple(spans))
            self._write("\n")
        if rows:
            header = min(grid.header_rows, len(rows))
            self.grids.append(TextGrid(start, self._length - 1, tuple(rows), grid.columns, header, grid.origin))

    def _cell(self, cell: Cell) -> CellSpan:
        start, parts = self._length, []
        before = ""
        for text in filter(None, cell.text.split("\n")):
            if before:
                self._write(" ")
            self.anchors.append(Anchor(self._length, cell.page, cell.box))
            part_start = self._length
            self._write(text)
            parts.append(Span(part_start, self._length))
            before = text
        return CellSpan(start, self._length, cell.column, cell.column_span, cell.page, tuple(parts))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _undo(self, length: int) -> None:
        """Takes back an empty table row."""
        while self._length > length:
            self._length -= len(self._parts.pop())
        while self.anchors and self.anchors[-1].start >= length:
            self.anchors.pop()

    def finish(self) -> str:
        """Ends the last paragraph and gives the whole text."""
        self._close()
        return "".join(self._parts).removesuffix("\n")


def _beginning(lines: Sequence[Line]) -> str:
    """The first words of a paragraph: what it is shows there, and joining all of it for every line takes too long."""
    text = ""
    for line in lines:
        text = f"{text} {line.text}" if text else line.text
        if len(text) > _TELLING:
            break
    return text


def _torn(last: Line, line: Line) -> bool:
    """A sentence that the source tore in two (blank line, page break): a small letter here, no end there."""
    if MARKER.match(line.text):
        return False
    return line.text[0].islower() and last.text[-1:].isalpha() and last.text[-1:].islower() and len(last.text) > 40


__all__ = ["CELL_BREAK", "normalize"]
