"""Walks the body of a Word file: paragraphs and tables in document order, as lines and grids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.extract.docx_inline import ALTERNATE, Inline, InlineReader, alternative, shown_content
from pipeline.extract.docx_numbering import Numbering
from pipeline.extract.docx_package import VAL, Element, child, w
from pipeline.extract.docx_styles import Style, Styles, number_of, to_int
from pipeline.extract.docx_tables import read_table
from pipeline.extract.pieces import lines_of
from pipeline.values import Grid, Line

_PARAGRAPH, _TABLE, _CONTROL = w("p"), w("tbl"), w("sdt")
_PROPERTIES, _RUN_PROPERTIES = w("pPr"), w("rPr")
_STYLE, _NUMBER, _OUTLINE, _DELETED, _MOVED = w("pStyle"), w("numPr"), w("outlineLvl"), w("del"), w("moveFrom")
_WRAPPERS = frozenset(w(name) for name in ("customXml", "smartTag", "ins", "moveTo"))
_BODY_LEVEL = 9
_NO_LIST = "0"


@dataclass
class Walker:
    """Reads one document. Notes wait in `notes` until the paragraph or table that refers to them is done."""

    styles: Styles
    numbering: Numbering
    inline: InlineReader
    notes: list[tuple[str, str]] = field(default_factory=list)
    _carried: Inline | None = None

    def blocks(self, parent: Element, in_cell: bool = False) -> list[Line | Grid]:
        """The lines and grids of a body, a cell, a text box, a header or a note."""
        found: list[Line | Grid] = []
        for block in block_elements(parent):
            if block.tag == _TABLE:
                found.extend(read_table(block, self.styles, lambda cell: self.blocks(cell, in_cell=True)))
            else:
                found.extend(self._paragraph(block, in_cell))
        return found

    def story(self, root: Element) -> list[Line | Grid]:
        """The blocks of another story (a text box, a header, the notes), which counts its own numbers."""
        own, self.numbering = self.numbering, self.numbering.anew()
        carried, self._carried = self._carried, None
        blocks = self.blocks(root)
        self.numbering, self._carried = own, carried
        return blocks

    def _paragraph(self, paragraph: Element, in_cell: bool) -> list[Line | Grid]:
        properties = child(paragraph, _PROPERTIES)
        style_id, style = self._style(properties)
        inline = self.inline.read(paragraph, style, self._carried)
        self._carried = None
        if _end_is_deleted(properties):
            self._carried = inline
            return []
        marker, is_bullet = self._marker(properties, style_id, style)
        blocks: list[Line | Grid] = [block for box in inline.boxes for block in self.story(box)]
        heading = (style.heading or _has_outline_level(properties)) and not style.bold
        blocks.extend(lines_of(inline.pieces, marker, heading))
        if not blocks and in_cell and marker and not is_bullet:
            blocks.append(Line(marker.strip(), self.inline.page, opens=True))
        self.notes.extend(inline.notes)
        return blocks

    def _style(self, properties: Element | None) -> tuple[str, Style]:
        named = child(properties, _STYLE) if properties is not None else None
        style_id = named.get(VAL, "") if named is not None else self.styles.default_paragraph
        return style_id, self.styles.get(style_id)

    def _marker(self, properties: Element | None, style_id: str, style: Style) -> tuple[str, bool]:
        """The automatic number of a paragraph with its blank, and whether it is a mere mark."""
        num_id, level = number_of(child(properties, _NUMBER)) if properties is not None else (None, None)
        if num_id is None:
            num_id = style.num_id
            if level is None and num_id is not None:
                level = self.numbering.level_of_style(num_id, style_id)
        if num_id is None or num_id == _NO_LIST:
            return "", False
        if level is None:
            level = style.level or 0
        return self.numbering.marker(num_id, level), self.numbering.is_bullet(num_id, level)


def block_elements(parent: Element) -> Iterator[Element]:
    """The paragraphs and tables right below an element, through content controls, revisions and wrappers."""
    for part in parent:
        tag = part.tag
        if tag in (_PARAGRAPH, _TABLE):
            yield part
        elif tag == _CONTROL:
            content = shown_content(part)
            if content is not None:
                yield from block_elements(content)
        elif tag in _WRAPPERS:
            yield from block_elements(part)
        elif tag == ALTERNATE:
            yield from block_elements(alternative(part))


def _end_is_deleted(properties: Element | None) -> bool:
    """Whether the paragraph's mark was deleted or moved away: its text runs on into the next paragraph."""
    run = child(properties, _RUN_PROPERTIES) if properties is not None else None
    return run is not None and (child(run, _DELETED) is not None or child(run, _MOVED) is not None)


def _has_outline_level(properties: Element | None) -> bool:
    outline = child(properties, _OUTLINE) if properties is not None else None
    return outline is not None and to_int(outline.get(VAL), _BODY_LEVEL) < _BODY_LEVEL
