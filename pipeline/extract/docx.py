"""Word files (DOCX) -> lines and grids, by a walk over the XML.

python-docx loses automatic numbers, text boxes, tracked insertions and the order of paragraphs and tables; this walk
keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.errors import ReadError
from pipeline.extract.docx_inline import FIELD_MARK, MARK_KIND, RENDERED_BREAK, InlineReader
from pipeline.extract.docx_numbering import read_numbering
from pipeline.extract.docx_package import RELATION_ID, Element, Package, child, open_package, w
from pipeline.extract.docx_signatures import read_signatures
from pipeline.extract.docx_styles import is_on, read_styles, to_int
from pipeline.extract.docx_walk import Walker, block_elements
from pipeline.extract.frame_words import MOTTO
from pipeline.extract.tabbed_rows import with_columns_apart
from pipeline.settings import Limits
from pipeline.values import Extracted, Grid, Line, Notice, PageInfo

ENGINE = "docx"
DEFAULT_LIMITS = Limits()
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LEAST_TEXT = 80  # characters; the shortest head of a plan has more
_TWIPS = 20  # twentieths of a point
_PAGES = re.compile(rb"<Pages>(\d{1,5})</Pages>")
_OWN_NUMBER = re.compile(r"Số\s*:[^\n]{0,40}/\s*KH")
_SECTION = w("sectPr")
_FIELD_STEP = {"begin": 1, "end": -1}
_NOTE_PARTS = ("footnote", "endnote")


def read_docx(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Extracted:
    """Paragraphs and tables of a Word file in document order, with automatic numbers as Word shows them.

    Raises ReadError: `truncated_file`, `damaged_file`, `password_protected`, `too_complex`; `no_text_layer` where there
    are pictures and no text, `empty_file` where there is nothing.
    """
    package = open_package(data, limits)
    document = package.document()
    body = child(document, w("body"))
    if body is None:
        raise ReadError("damaged_file", "no body")
    survey = _Survey(document)
    pages = _rendered_pages(package, survey.page_breaks)
    walker = _walker(package, survey, limits, count_pages=pages > 1)
    blocks = with_columns_apart([*_first_header(walker, package, survey.section), *_body(walker, body, package)])
    _guard_text(blocks, package)
    width, height = _page_size(survey.section)
    return Extracted(
        media_type=MEDIA_TYPE,
        blocks=tuple(blocks),
        pages=tuple(PageInfo(number, width, height, ENGINE) for number in range(1, pages + 1)),
        encoding=walker.inline.encoding,
        signatures=read_signatures(package),
        notices=(
            *(Notice("legacy_encoding", detail=name.upper()) for name in walker.inline.charsets),
            *(Notice("table_not_read", detail=name) for name in package.embedded_tables()),
        ),
    )


def _guard_text(blocks: list[Line | Grid], package: Package) -> None:
    """Raises ReadError where nothing was read, or next to nothing beside pictures: pages scanned into a Word file."""
    has_table = any(isinstance(block, Grid) for block in blocks)
    characters = sum(len(block.text) for block in blocks if isinstance(block, Line))
    if package.has_images() and not has_table and characters < _LEAST_TEXT:
        raise ReadError("no_text_layer", "pictures and hardly any text")
    if not blocks:
        raise ReadError("empty_file", "no text in the document")


class _Survey:
    """What must be known of the whole document before it is read, gathered in one pass.

    `section` is the first w:sectPr or None. Where some field does not end, `fields_sound` is false, and no text is taken
    for an instruction. `page_breaks` counts the breaks that Word left when it last laid the document out.
    """

    def __init__(self, document: Element) -> None:
        self.section: Element | None = None
        self.page_breaks = 0
        open_fields = 0
        for element in document.iter(_SECTION, FIELD_MARK, RENDERED_BREAK):
            if element.tag == FIELD_MARK:
                open_fields += _FIELD_STEP.get(element.get(MARK_KIND, ""), 0)
            elif element.tag == RENDERED_BREAK:
                self.page_breaks += 1
            elif self.section is None:
                self.section = element
        self.fields_sound = open_fields == 0


def _walker(package: Package, survey: _Survey, limits: Limits, count_pages: bool) -> Walker:
    styles = read_styles(package.part("styles"), package.part("theme"))
    inline = InlineReader(styles, limits.text_characters, survey.fields_sound, count_pages)
    return Walker(styles, read_numbering(package.part("numbering"), styles), inline)


def _rendered_pages(package: Package, breaks: int) -> int:
    """The number of pages if Word's breaks agree with its own count of pages; 1 where they cannot be trusted."""
    if not breaks or not package.archive.has("docProps/app.xml"):
        return 1
    counted = _PAGES.search(package.archive.read("docProps/app.xml"))
    return breaks + 1 if counted and int(counted[1]) == breaks + 1 else 1


def _body(walker: Walker, body: Element, package: Package) -> Iterator[Line | Grid]:
    """The body; footnotes stand as lines of their own after the paragraph or table that refers to them."""
    notes = _Notes(walker, package)
    for element in block_elements(body):
        yield from walker.blocks((element,))
        yield from notes.waiting()


class _Notes:
    """Footnotes and endnotes, each read when its reference was met; numbered in that order."""

    def __init__(self, walker: Walker, package: Package) -> None:
        self._walker = walker
        self._package = package
        self._parts: dict[str, dict[str, Element]] = {}
        self._counts = dict.fromkeys(_NOTE_PARTS, 0)

    def waiting(self) -> Iterator[Line | Grid]:
        """The notes that were referred to since the last call."""
        references, self._walker.notes = self._walker.notes, []
        for kind, note_id in references:
            note = self._elements(kind).get(note_id)
            if note is None:
                continue
            self._counts[kind] += 1
            yield from _marked(self._walker.story(note), self._counts[kind])
        self._walker.notes = []

    def _elements(self, kind: str) -> dict[str, Element]:
        if kind not in self._parts:
            root = self._package.part(f"{kind}s")
            found = root.iter(w(kind)) if root is not None else ()
            self._parts[kind] = {note.get(w("id"), ""): note for note in found}
        return self._parts[kind]


def _marked(blocks: list[Line | Grid], number: int) -> list[Line | Grid]:
    """A note's blocks; the first line carries its number in brackets, so that nobody takes it for a heading's."""
    first = blocks[0] if blocks else None
    if isinstance(first, Line):
        blocks[0] = replace(first, text=f"[{number}] {first.text.strip()}")
    return [replace(block, hint=False) if isinstance(block, Line) else block for block in blocks]


def _first_header(walker: Walker, package: Package, section: Element | None) -> list[Line | Grid]:
    """The first page's header, where the letterhead was set in it; running heads and page numbers are left out."""
    if section is None:
        return []
    wanted = "first" if is_on(child(section, w("titlePg"))) else "default"
    for reference in section.iter(w("headerReference")):
        part = package.target(reference.get(RELATION_ID, "")) if reference.get(w("type")) == wanted else None
        if part is not None:
            blocks = walker.story(part)
            text = "\n".join(block.text for block in blocks if isinstance(block, Line))
            walker.notes = []
            return blocks if MOTTO.search(text) or _OWN_NUMBER.search(text) else []
    return []


def _page_size(section: Element | None) -> tuple[float | None, float | None]:
    """Width and height of the first section's page, in points."""
    size = child(section, w("pgSz")) if section is not None else None
    if size is None:
        return None, None
    width, height = to_int(size.get(w("w")), 0), to_int(size.get(w("h")), 0)
    return (width / _TWIPS, height / _TWIPS) if width > 0 and height > 0 else (None, None)
