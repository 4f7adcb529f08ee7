"""What a Word paragraph says: runs, fields, breaks, revisions, symbols, text boxes and note references.

Insertions count, deletions do not; of a field its result counts, not its instruction; hidden text is not read, and
of alternative contents (a drawing for new Word, a picture for old) only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.errors import ReadError
from pipeline.extract.docx_package import VAL, Element, child, w
from pipeline.extract.docx_styles import Style, Styles, is_on
from pipeline.extract.docx_symbols import symbol, without_private
from pipeline.extract.pieces import Piece

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ALTERNATE, CHOICE = _MC + "AlternateContent", _MC + "Choice"
BOX = w("txbxContent")
_RUN, _RUN_PROPERTIES, _TEXT = w("r"), w("rPr"), w("t")
_BOLD, _HIDDEN, _RUN_STYLE = w("b"), w("vanish"), w("rStyle")
_CONTAINERS = frozenset(
    w(name) for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "bdo", "dir")
)
_PICTURES = frozenset((w("drawing"), w("pict"), w("object")))
_LETTERS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("br"): "\n", w("noBreakHyphen"): "-"}
_UNSHOWN_FIELDS = re.compile(r"\s*(?:TOC|PAGE|NUMPAGES|SECTIONPAGES)\b")
_WIDE_LETTER = re.compile("[\u0100-\uffff]")
_CONTROL, _SYMBOL, _INSTRUCTION = w("sdt"), w("sym"), w("instr")
FIELD_MARK, _FIELD_TEXT, MARK_KIND = w("fldChar"), w("instrText"), w("fldCharType")
RENDERED_BREAK = w("lastRenderedPageBreak")
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_SOFT_HYPHEN = "\xad"


@dataclass(slots=True)
class Inline:
    """A paragraph's content in reading order."""

    pieces: list[Piece] = field(default_factory=lambda: [Piece()])
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    """An open field: its instruction, and whether its result has begun."""

    instruction: str = ""
    has_result: bool = False

    @property
    def shown(self) -> bool:
        return self.has_result and not _UNSHOWN_FIELDS.match(self.instruction)


@dataclass
class InlineReader:
    """Reads paragraph after paragraph of one document; fields may run over several."""

    styles: Styles
    characters_left: int
    fields_sound: bool = True
    count_pages: bool = False
    page: int = 1
    _fields: list[_Field] = field(default_factory=list)

    def read(self, paragraph: Element, style: Style, carried: Inline | None = None) -> Inline:
        """The content of a w:p; `carried` is that of a paragraph before it whose end was deleted."""
        inline = carried or Inline()
        self._content(paragraph, style, inline)
        for piece in inline.pieces:
            piece.runs = [_readable(piece.text)]
        return inline

    def _content(self, parent: Element, style: Style, inline: Inline) -> None:
        for part in parent:
            tag = part.tag
            if tag == _RUN:
                self._run(part, style, inline)
            elif tag in _CONTAINERS:
                if not _UNSHOWN_FIELDS.match(part.get(_INSTRUCTION, "")):
                    self._content(part, style, inline)
            elif tag == _CONTROL:
                content = shown_content(part)
                if content is not None:
                    self._content(content, style, inline)
            elif tag == ALTERNATE:
                self._content(alternative(part), style, inline)
            elif tag.startswith(_MATH):
                self._add("".join(part.itertext(_MATH + "t")), False, inline)

    def _run(self, run: Element, style: Style, inline: Inline) -> None:
        properties = child(run, _RUN_PROPERTIES)
        bold, hidden = bool(style.bold), bool(style.hidden)
        if properties is not None and len(properties):
            bold, hidden = self._look(properties, style)
        if not hidden:
            self._run_content(run, bold, inline)
            return
        for mark in run.iter(FIELD_MARK):
            self._field_mark(mark)

    def _look(self, properties: Element, style: Style) -> tuple[bool, bool]:
        named = child(properties, _RUN_STYLE)
        own = self.styles.get(named.get(VAL)) if named is not None else None
        bold, hidden = is_on(child(properties, _BOLD)), is_on(child(properties, _HIDDEN))
        if bold is None:
            bold = own.bold if own is not None and own.bold is not None else style.bold
        if hidden is None:
            hidden = own.hidden if own is not None and own.hidden is not None else style.hidden
        return bool(bold), bool(hidden)

    def _run_content(self, run: Element, bold: bool, inline: Inline) -> None:
        for part in run:
            tag = part.tag
            if tag == _TEXT:
                self._add(part.text or "", bold, inline)
            elif tag in _LETTERS:
                self._add(_LETTERS[tag], bold, inline)
            elif tag == _SYMBOL:
                self._add(symbol(_code(part), part.get(w("font"), "")), bold, inline)
            elif tag == RENDERED_BREAK:
                self.page += self.count_pages
            elif tag == FIELD_MARK:
                self._field_mark(part)
            elif tag == _FIELD_TEXT:
                if self._fields:
                    self._fields[-1].instruction += part.text or ""
            elif tag in _NOTES:
                inline.notes.append((_NOTES[tag], part.get(w("id"), "")))
            elif tag in _PICTURES:
                inline.boxes.extend(boxes_in(part))
            elif tag == ALTERNATE:
                self._run_content(alternative(part), bold, inline)

    def _field_mark(self, mark: Element) -> None:
        kind = mark.get(MARK_KIND)
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _add(self, text: str, bold: bool, inline: Inline) -> None:
        if self.fields_sound and not all(open_field.shown for open_field in self._fields):
            return
        self.characters_left -= len(text)
        if self.characters_left < 0:
            raise ReadError("too_complex", "too many characters")
        first, *rest = text.split("\n")
        inline.pieces[-1].add(first, bold, self.page)
        for line in rest:
            inline.pieces.append(Piece())
            inline.pieces[-1].add(line, bold, self.page)


def shown_content(control: Element) -> Element | None:
    """What stands in a content control (w:sdt); None where that is only its placeholder or a table of contents."""
    properties = child(control, w("sdtPr"))
    if properties is not None:
        gallery = properties.find(f"{w('docPartObj')}/{w('docPartGallery')}")
        if gallery is not None and gallery.get(VAL) == "Table of Contents":
            return None
        if is_on(child(properties, w("showingPlcHdr"))):
            return None
    return child(control, w("sdtContent"))


def alternative(element: Element) -> Element:
    """The one alternative to read: the first choice, or another where only that holds a text box."""
    choices = list(element)
    if not choices:
        return element
    for choice in choices:
        if next(choice.iter(BOX), None) is not None:
            return choice
    return choices[0]


def boxes_in(element: Element) -> Iterator[Element]:
    """The text boxes in a drawing, the outermost ones, each once."""
    if element.tag == BOX:
        yield element
        return
    if element.tag == ALTERNATE:
        element = alternative(element)
    for part in element:
        yield from boxes_in(part)


def _code(mark: Element) -> int:
    try:
        return int(mark.get(w("char"), "0"), 16)
    except ValueError:
        return 0


def _readable(text: str) -> str:
    """Private code points shown; soft hyphens dropped, but for texts in the old fonts, where they are a letter (ư)."""
    if _SOFT_HYPHEN in text and _WIDE_LETTER.search(text):
        text = text.replace(_SOFT_HYPHEN, "")
    return without_private(text)
