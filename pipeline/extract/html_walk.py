"""Walks the tree of a web page: paragraphs, lists and tables in document order, as lines and grids."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from pipeline.errors import ReadError
from pipeline.extract.cell_tables import Blocks
from pipeline.extract.docx_numbering import formatted
from pipeline.extract.docx_package import Element
from pipeline.extract.docx_styles import to_int
from pipeline.extract.docx_symbols import bullet_of
from pipeline.extract.html_tables import read_table, strays
from pipeline.extract.html_tree import Survey, is_inline, is_unread
from pipeline.extract.pieces import ITEM, Piece, lines_of

_BOLD_TAGS = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"))
_LISTS = frozenset(("ol", "ul", "dir"))
_BULLET = "- "
_HARD_BLANK = "\xa0"
_TAIL = 8
_SEVERAL = re.compile(r" {2,}")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WEIGHT = re.compile(r"(?:^|;)\s*font(?:-weight)?\s*:[^;]*?\b(bold(?:er)?|[6-9]00|normal|[1-5]00)\b", re.IGNORECASE)
_FONT = re.compile(r"(?:^|;)\s*font-family\s*:\s*[\"'\s]*(?:&quot;)?([A-Za-z][\w .]*)", re.IGNORECASE)
_PREFORMATTED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|(?:upper|lower)-(?:roman|alpha|latin)|disc)\b", re.IGNORECASE
)
_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "decimal": "decimal",
    "upper-roman": "upperRoman", "lower-roman": "lowerRoman", "upper-alpha": "upperLetter", "lower-alpha": "lowerLetter",
    "upper-latin": "upperLetter", "lower-latin": "lowerLetter",
}  # fmt: skip
_SYMBOL_FONTS = ("symbol", "wingdings", "courier")
_FIGURE = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†]{1,3})[\])]?\s*")
_MEASURED = re.compile(r"(?:\d|[%°]|(?:^|[^\w])(?:[dckhm]|da)?m)\s*$")  # m², 10⁶: what stands above is part of the number


@dataclass(frozen=True, slots=True)
class _Look:
    """How text is shown where it stands."""

    bold: bool = False
    font: str = ""
    preformatted: bool = False


@dataclass
class Walker:
    """Reads one page. `dropped` counts the paragraphs of the page's furniture that were left out."""

    survey: Survey
    characters_left: int
    dropped: int = 0
    has_images: bool = False
    _out: Blocks = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _marker: str = ""

    def read(self, body: Element) -> Blocks:
        """The lines and grids of a page's body."""
        return self._inside(body, _Look())

    def _inside(self, element: Element, look: _Look) -> Blocks:
        """The blocks of an element on their own: of the body, or of a cell."""
        before, self._out = self._out, []
        pieces, self._pieces = self._pieces, []
        marker, self._marker = self._marker, ""
        self._content(element, look)
        self._flush()
        found, self._out = self._out, before
        self._pieces, self._marker = pieces, marker
        return found

    def _content(self, element: Element, look: _Look) -> None:
        """The text and the children of an element."""
        self._add(element.text or "", look)
        for child in element:
            self._child(child, look)
            self._add(child.tail or "", look)

    def _child(self, child: Element, look: _Look) -> None:
        tag = child.tag
        if is_unread(child):
            return
        if tag == "br":
            self._break()
        elif tag == "img":
            self.has_images = True
        elif tag == "sup":
            self._raised(child, look)
        elif is_inline(child):
            self._content(child, _look(child, look))
        else:
            self._block(child, look)

    def _block(self, element: Element, look: _Look) -> None:
        """An element with lines of its own; the page's furniture is counted and left out."""
        self._flush()
        dropped = self.survey.furniture(element)
        if dropped:
            self.dropped += dropped
        elif element.tag == "table":
            self._table(element, _look(element, look))
        elif element.tag in _LISTS:
            self._list(element, _look(element, look))
        else:
            self._content(element, _look(element, look))
        self._flush()

    def _table(self, element: Element, look: _Look) -> None:
        """A table; what stands in it outside its rows (a caption, or what a sloppy page left there) comes first."""
        for part in strays(element):
            self._child(part, look)
        self._flush()
        self._out += read_table(element, lambda cell: self._inside(cell, _look(cell, look)), self._is_furniture)

    def _is_furniture(self, cell: Element) -> bool:
        dropped = self.survey.furniture(cell)
        self.dropped += dropped
        return dropped > 0

    def _list(self, element: Element, look: _Look) -> None:
        """A list: its items with the numbers that a browser shows."""
        form = _form(element)
        number = to_int(element.get("start"), 1)
        for child in element:
            if child.tag != "li" or is_unread(child):
                self._child(child, look)
                continue
            number = to_int(child.get("value"), number)
            self._flush()
            self._marker = "" if form is None else _BULLET if form == "disc" else f"{formatted(number, form)}. "
            self._content(child, _look(child, look))
            self._flush()
            self._marker = ""
            number += 1

    def _raised(self, element: Element, look: _Look) -> None:
        """Figures of footnotes are left out, as Word's are; a raised figure of a number or measure belongs to it."""
        if _FIGURE.fullmatch("".join(element.itertext())):
            before = "".join(self._pieces[-1].runs[-2:]) if self._pieces else ""
            linked = next(element.iter("a"), None) is not None or any(a.tag == "a" for a in element.iterancestors())
            if linked or (before.strip() and not _MEASURED.search(before[-_TAIL:])):
                return
        self._content(element, look)

    def _add(self, text: str, look: _Look) -> None:
        self.characters_left -= len(text)
        if self.characters_left < 0:
            raise ReadError("too_complex", "too many characters")
        if not look.preformatted:
            self._write(_BLANKS.sub(" ", text), look)
            return
        for number, line in enumerate(text.expandtabs().split("\n")):
            if number:
                self._break()
            self._write(line.replace(" ", _HARD_BLANK), look)

    def _write(self, text: str, look: _Look) -> None:
        if not text:
            return
        if look.font and len(text.strip()) == 1:
            text = text.replace(text.strip(), bullet_of(text, look.font))
        if not self._pieces:
            self._pieces.append(Piece())
        self._pieces[-1].add(text, look.bold, 1)

    def _break(self) -> None:
        """A line break; two with nothing between part paragraphs."""
        if self._pieces and not self._pieces[-1].filled:
            self._flush()
        elif self._pieces:
            self._pieces.append(Piece())

    def _flush(self) -> None:
        """Ends the paragraph at hand."""
        pieces, self._pieces = [piece for piece in self._pieces if piece.filled], []
        if not pieces:
            return
        for piece in pieces:
            piece.runs = [_shown(piece.text)]
        marked = self._marker == _BULLET and ITEM.match(pieces[0].text.strip())
        self._out.extend(lines_of(pieces, "" if marked else self._marker, heading=False))
        self._marker = ""


def _shown(text: str) -> str:
    """A line as a browser shows it: one blank for several, each hard one for itself."""
    return unicodedata.normalize("NFC", _SEVERAL.sub(" ", text)).replace(_HARD_BLANK, " ")


def _look(element: Element, look: _Look) -> _Look:
    """How an element shows its text, inside another that looks like `look`."""
    tag, style, face = element.tag, element.get("style"), element.get("face")
    if style is None and face is None and tag not in _BOLD_TAGS and tag != "pre":
        return look
    bold = look.bold or tag in _BOLD_TAGS
    font, preformatted = look.font, look.preformatted or tag == "pre"
    if style is not None:
        weight, family = _WEIGHT.search(style), _FONT.search(style)
        if weight:
            bold = weight[1].lower() in ("bold", "bolder") or weight[1][0] in "6789"
        face = family[1] if family else face
        preformatted = preformatted or bool(_PREFORMATTED.search(style))
    if face is not None:
        font = face.strip().lower() if face.strip().lower().startswith(_SYMBOL_FONTS) else ""
    return _Look(bold, font, preformatted)


def _form(element: Element) -> str | None:
    """The form of a list's numbers, `disc` for marks, None where it shows neither."""
    named = _LIST_STYLE.search(element.get("style") or "")
    if named:
        return None if named[1].lower() == "none" else _FORMS.get(named[1].lower(), "disc")
    if element.tag != "ol":
        return "disc"
    return _FORMS.get(element.get("type") or "1", "decimal")
