"""What a Word paragraph says: runs, fields, breaks, revisions, symbols, text boxes and note references.

Insertions count, deletions do not; of a field its result counts, not its instruction; hidden text is not read, and
of alternative contents (a drawing for new Word, a picture for old) only one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.errors import ReadError
from pipeline.extract.docx_package import VAL, Element, child, w
from pipeline.extract.docx_styles import Style, Styles, is_on
from pipeline.extract.docx_symbols import symbol, without_private
from pipeline.extract.legacy_text import read_alone, read_in_font
from pipeline.extract.pieces import Piece
from pipeline.knowledge.legacy import CharsetName, FontReading, reading_of_font

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
_LETTERS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("br"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "\xad"}
_UNSHOWN_FIELDS = re.compile(r"\s*(?:TOC|PAGE|NUMPAGES|SECTIONPAGES)\b")
_WIDE_LETTER = re.compile("[\u0100-\uffff]")
_CONTROL, _SYMBOL, _INSTRUCTION = w("sdt"), w("sym"), w("instr")
FIELD_MARK, _FIELD_TEXT, MARK_KIND = w("fldChar"), w("instrText"), w("fldCharType")
RENDERED_BREAK = w("lastRenderedPageBreak")
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_SOFT_HYPHEN = "\xad"
# A document is in an old font as a whole where this few of its paragraphs, to one in the font, are in Unicode.
_STRAY = 0.1


class Look(NamedTuple):
    """How a run looks, as far as its text depends on it; `old` where its font is one of before Unicode."""

    bold: bool
    hidden: bool = False
    old: FontReading | None = None


_PLAIN = Look(bold=False)


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
    charsets: Counter[CharsetName] = field(default_factory=Counter)
    _in_unicode: int = 0
    _fields: list[_Field] = field(default_factory=list)

    def read(self, paragraph: Element, style: Style, carried: Inline | None = None) -> Inline:
        """The content of a w:p; `carried` is that of a paragraph before it whose end was deleted."""
        inline = carried or Inline()
        self._content(paragraph, style, inline)
        for piece in inline.pieces:
            text, charset = _decoded(piece)
            if charset is not None:
                self.charsets[charset] += 1
            self._in_unicode += charset is None and _WIDE_LETTER.search(text) is not None
            piece.runs, piece.old = [_readable(text)], []
        return inline

    @property
    def encoding(self) -> CharsetName | None:
        """The character set of a document that is in an old font as a whole."""
        for charset, count in self.charsets.most_common(1):
            if self._in_unicode <= _STRAY * count:
                return charset
        return None

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
                self._add("".join(part.itertext(_MATH + "t")), _PLAIN, inline)

    def _run(self, run: Element, style: Style, inline: Inline) -> None:
        look = self._look(child(run, _RUN_PROPERTIES), style)
        if not look.hidden:
            self._run_content(run, look, inline)
            return
        for mark in run.iter(FIELD_MARK):
            self._field_mark(mark)

    def _look(self, properties: Element | None, style: Style) -> Look:
        if properties is None or not len(properties):
            return Look(bool(style.bold), bool(style.hidden), reading_of_font(style.font or self.styles.default_font))
        named = child(properties, _RUN_STYLE)
        own = self.styles.get(named.get(VAL)) if named is not None else None
        bold, hidden = is_on(child(properties, _BOLD)), is_on(child(properties, _HIDDEN))
        if bold is None:
            bold = own.bold if own is not None and own.bold is not None else style.bold
        if hidden is None:
            hidden = own.hidden if own is not None and own.hidden is not None else style.hidden
        font = self.styles.font_of(properties) or (own.font if own is not None else None) or style.font
        return Look(bool(bold), bool(hidden), reading_of_font(font or self.styles.default_font))

    def _run_content(self, run: Element, look: Look, inline: Inline) -> None:
        for part in run:
            tag = part.tag
            if tag == _TEXT:
                self._add(part.text or "", look, inline)
            elif tag in _LETTERS:
                self._add(_LETTERS[tag], look, inline)
            elif tag == _SYMBOL:
                self._add(symbol(_code(part), part.get(w("font"), "")), look._replace(old=None), inline)
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
                self._run_content(alternative(part), look, inline)

    def _field_mark(self, mark: Element) -> None:
        kind = mark.get(MARK_KIND)
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _add(self, text: str, look: Look, inline: Inline) -> None:
        if self.fields_sound and not all(open_field.shown for open_field in self._fields):
            return
        self.characters_left -= len(text)
        if self.characters_left < 0:
            raise ReadError("too_complex", "too many characters")
        first, *rest = text.split("\n")
        inline.pieces[-1].add(first, look.bold, self.page, look.old)
        for line in rest:
            inline.pieces.append(Piece())
            inline.pieces[-1].add(line, look.bold, self.page, look.old)


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


def _decoded(piece: Piece) -> tuple[str, CharsetName | None]:
    """A piece's text as it is shown, and the character set of the old font that it is set in or was copied from."""
    text, verdict = read_in_font(piece.text, piece.old) if piece.old else read_alone(piece.text)
    return text, verdict.charset.name if verdict is not None else None


def _readable(text: str) -> str:
    """Private code points shown, soft hyphens dropped: those of the old fonts, where they are a letter, are decoded."""
    return without_private(text.replace(_SOFT_HYPHEN, ""))
