"""The text of an RTF: what can be had of it without LibreOffice. Headers, footnotes and pictures are left out.

Automatic numbers stand in the file as text, tables as rows of cells with the places of their right edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.errors import ReadError
from pipeline.extract.office.rough_docx import Paragraph, Table, rough_docx
from pipeline.extract.office.word_rows import GOES_ON_ABOVE, GOES_ON_LEFT, STARTS_BELOW, Row, make_table
from pipeline.settings import Limits

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)", re.DOTALL
)
_MOST_GROUPS = 1_000
_LETTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SIGNS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\r", b"\r": "\r"}
_SILENT = frozenset(
    {
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer",
        "footerl", "footerr", "footerf", "footnote", "annotation", "fldinst", "listtable", "listoverridetable",
        "revtbl", "rsidtbl", "generator", "themedata", "colorschememapping", "datastore", "latentstyles",
        "xmlnstbl", "objdata", "objclass", "nonshppict", "sp", "bkmkstart", "bkmkend", "pgdsctbl", "template",
        "filetbl", "shprslt", "nonesttables",
    }
)  # fmt: skip
_SHOWN = frozenset({"shpinst", "shptxt", "listtext", "pntext"})  # destinations that may be skipped and must not be
_END_OF_PARAGRAPH = frozenset({"par", "sect", "page", "nestcell", "nestrow"})
_PAGES = {0: 1252, 77: 10000, 128: 932, 161: 1253, 162: 1254, 163: 1258, 186: 1257, 204: 1251, 222: 874, 238: 1250}
_FLAGS = {"clmrg": GOES_ON_LEFT, "clvmrg": GOES_ON_ABOVE, "clvmgf": STARTS_BELOW}
_LINES = frozenset(
    {
        "brdrs", "brdrth", "brdrdb", "brdrdot", "brdrdash", "brdrhair", "brdrtriple", "brdrsh", "brdrwavy",
        "brdrengrave",
    }
)  # fmt: skip
_TABLE_WORDS = frozenset({"trowd", "trleft", "cellx", "cell", "row", *_FLAGS, *_LINES})


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group: whether its text is shown, its look, and how its bytes and numbers are read."""

    silent: bool = False
    unseen: bool = False
    bold: bool = False
    in_table: bool = False
    page: int = 1252
    fallback: int = 1  # characters that stand for one told by its number


def rtf_as_docx(data: bytes, limits: Limits) -> bytes:
    """A DOCX of the paragraphs and tables; raises ReadError: `too_complex`."""
    reader = _Reader(limits)
    reader.read(data)
    return rough_docx(reader.blocks, has_pictures=b"\\pict" in data)


@dataclass
class _Reader:
    limits: Limits
    blocks: list[Paragraph | Table] = field(default_factory=list)
    _state: _State = _State()
    _groups: list[_State] = field(default_factory=list)
    _pages: dict[int, int] = field(default_factory=dict)
    _own_page: int = 1252
    _font: int = 0
    _may_skip: bool = False
    _to_skip: int = 0
    _bytes: bytearray = field(default_factory=bytearray)
    _text: list[tuple[str, bool]] = field(default_factory=list)
    _length: int = 0
    _rows: list[Row] = field(default_factory=list)
    _row: Row = field(default_factory=Row)
    _left: int = 0
    _edges: list[int] = field(default_factory=list)
    _flags: list[int] = field(default_factory=lambda: [0])
    _ruled: bool = False

    def read(self, data: bytes) -> None:
        """Goes through the whole file once."""
        at = 0
        while (token := _TOKEN.match(data, at)) is not None:
            at = token.end()
            word, number, code, sign, brace, text = token.groups()
            if word == b"bin":
                at += max(int(number or 0), 0)
            elif word is not None:
                self._word(word.decode(), int(number) if number else None)
            elif code is not None:
                self._letter_bytes(bytes.fromhex(code.decode()))
            elif sign is not None:
                self._sign(sign)
            elif brace is not None:
                self._group(brace == b"{")
            elif text is not None:
                self._letter_bytes(text)
        self._end_paragraph(last=True)

    # -------------------------------------------------------------- groups and words

    def _group(self, opens: bool) -> None:
        self._flush()
        self._to_skip, self._may_skip = 0, False
        if opens:
            if len(self._groups) >= _MOST_GROUPS:
                raise ReadError("too_complex", f"{_MOST_GROUPS} groups in one another")
            self._groups.append(self._state)
        elif self._groups:
            in_table = self._state.in_table
            self._state = replace(self._groups.pop(), in_table=in_table)

    def _word(self, word: str, number: int | None) -> None:
        skippable, self._may_skip = self._may_skip, False
        if word == "u":
            self._letter(chr((number or 0) % 0x10000))
            self._to_skip = self._state.fallback
            return
        self._flush()
        self._to_skip = 0
        if word in _SILENT or (skippable and word not in _SHOWN):
            self._state = replace(self._state, silent=True)
        elif word in _LETTERS:
            self._letter(_LETTERS[word])
        elif word in _END_OF_PARAGRAPH:
            self._end_paragraph()
        elif word in _TABLE_WORDS:
            self._table_word(word, number)
        else:
            self._look(word, number)

    def _look(self, word: str, number: int | None) -> None:
        on = number != 0
        state = self._state
        if word == "plain":
            self._state = replace(state, bold=False, unseen=False)
        elif word == "b":
            self._state = replace(state, bold=on)
        elif word in ("v", "deleted"):
            self._state = replace(state, unseen=on)
        elif word in ("intbl", "pard"):
            self._state = replace(state, in_table=word == "intbl")
        elif word == "uc":
            self._state = replace(state, fallback=min(max(number or 0, 0), 8))
        elif word == "ansicpg":
            self._own_page = number or 1252
            self._state = replace(state, page=self._own_page)
        elif word == "f":
            self._font = number or 0
            self._state = replace(state, page=self._pages.get(self._font, self._own_page))
        elif word == "fcharset":
            self._pages[self._font] = _PAGES.get(number or 0, self._own_page) if number else self._own_page

    # -------------------------------------------------------------- letters

    def _sign(self, sign: bytes) -> None:
        self._flush()
        self._to_skip = 0
        if sign == b"*":
            self._may_skip = True
        elif _SIGNS.get(sign) == "\r":
            self._end_paragraph()
        else:
            self._letter(_SIGNS.get(sign, ""))

    def _letter_bytes(self, data: bytes) -> None:
        """Bytes in the font's code page, but for those that stand for a letter told by its number."""
        if self._state.silent:
            return
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._bytes += data[skipped:]

    def _letter(self, letter: str) -> None:
        self._flush()
        if not self._state.silent and not self._state.unseen:
            self._length += len(letter)
            if self._length > self.limits.text_characters:
                raise ReadError("too_complex", f"{self._length} characters")
            self._text.append((letter, self._state.bold))

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._letter(_decoded(data, self._state.page))

    # -------------------------------------------------------------- paragraphs and tables

    def _paragraph(self) -> Paragraph:
        self._flush()
        text = "".join(letters for letters, _ in self._text)
        bold = all(is_bold for letters, is_bold in self._text if letters.strip())
        self._text = []
        return Paragraph(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), bold)

    def _end_paragraph(self, last: bool = False) -> None:
        if self._state.silent and not last:
            return
        paragraph = self._paragraph()
        if self._state.in_table and not last:
            self._row.add(paragraph, ends_cell=False)
            return
        self.blocks.extend(self._finished_table())
        self.blocks.append(paragraph)

    def _finished_table(self) -> Iterator[Paragraph | Table]:
        """A table that has ended; cells of a row without an end are paragraphs of their own."""
        rows, row = self._rows, self._row
        self._rows, self._row = [], Row()
        if rows:
            yield make_table(rows)
        for cell in row.cells:
            yield from cell

    def _table_word(self, word: str, number: int | None) -> None:
        if word == "trowd":
            self._left, self._edges, self._flags, self._ruled = 0, [], [0], False
        elif word == "trleft":
            self._left = number or 0
        elif word == "cellx":
            self._edges.append(number or 0)
            self._flags.append(0)
        elif word in _FLAGS:
            self._flags[-1] |= _FLAGS[word]
        elif word == "cell" and not self._state.silent:
            self._row.add(self._paragraph(), ends_cell=True)
        elif word == "row":
            self._row.end((self._left, *self._edges), self._flags, self._ruled)
            self._rows.append(self._row)
            self._row = Row()
        elif word in _LINES:
            self._ruled = True


def _decoded(data: bytes, page: int) -> str:
    """Letters of a Windows code page; of one that is not known, as in Western Europe."""
    try:
        return data.decode(f"cp{page}", "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
