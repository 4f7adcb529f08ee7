"""Cuts away what a portal prints around a document: the lines above its head and those below its signature.

They stay in the text, outside every part of the document, so that no number, date or signer is taken from them. Inside
the document nothing is cut, whatever its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.residue import ResidueRow, residue_words
from pipeline.knowledge.signatures import authority_of, signature_words
from pipeline.knowledge.text import fold, squash
from pipeline.segment.frame import BASIS, DATELINE, MOTTO, NUMBER, STATE, type_names
from pipeline.segment.headings import is_capitals
from pipeline.segment.markers import Kind, parse_marker
from pipeline.values import Frame, NormalText, Span

_RECIPIENTS = re.compile(r"\W*(?:nơi (?:nhận|gửi)\b|lưu\s*:)")
_APPENDIX = re.compile(r"\W*(?:phụ lục|biểu|mẫu|danh mục|danh sách|lịch)\b")
_NUMERAL = re.compile(r"[\d.,\s]{1,20}")
_ORNAMENT = re.compile(r"\W{0,12}")
_LONGEST_HEAD_LINE = 140
_FURTHEST_HEAD = 1_000  # paragraphs; a portal's menus run to some hundred lines
_NEAR_HEAD = 60
_SIGNATURE_REACH = 14
_BASIS_LENGTH = 60
_LEAST_BOX = 3  # labels; a digital signature prints two of them
_TAB = "\t"
_ABOVE = ("above", "both")


@dataclass(frozen=True, slots=True)
class Residue:
    """The paragraphs that are no part of the document, by index."""

    above: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()

    @property
    def all(self) -> frozenset[int]:
        """All of them."""
        return self.above | self.below


def without_residue(normal: NormalText, residue: Residue) -> NormalText:
    """The same text, with the paragraphs of the document only."""
    cut = residue.all
    return replace(normal, paragraphs=tuple(p for i, p in enumerate(normal.paragraphs) if i not in cut)) if cut else normal


def with_residue(frame: Frame, normal: NormalText, residue: Residue) -> Frame:
    """The frame of a document that stood among residue; a page's title that repeats the document's is none of it."""
    if not residue.all:
        return frame
    kind, title = (squash(normal.text[slice(*span)]) if span else "" for span in (frame.doc_type, frame.title))
    titles = {title, f"{kind} {title}"} if title else set()
    foreign = tuple(span for span in _spans(normal, residue.all) if squash(normal.text[slice(*span)]) not in titles)
    return replace(frame, portal=(*_spans(normal, residue.above), *frame.portal), residue=foreign)


def _spans(normal: NormalText, indexes: frozenset[int]) -> tuple[Span, ...]:
    return tuple(Span(normal.paragraphs[i].start, normal.paragraphs[i].end) for i in sorted(indexes))


def find_residue(normal: NormalText, knowledge: Knowledge) -> Residue:
    """What a portal left around a document; nothing where it is not plainly a portal's."""
    return _Finder(normal, knowledge).find()


class _Finder:
    def __init__(self, normal: NormalText, knowledge: Knowledge) -> None:
        self.normal = normal
        self.words = knowledge.derived(residue_words)
        self.names = knowledge.derived(type_names)
        self.signature = knowledge.derived(signature_words)
        self.count = len(normal.paragraphs)

    def text(self, index: int) -> str:
        """The text of a paragraph."""
        paragraph = self.normal.paragraphs[index]
        return self.normal.text[paragraph.start : paragraph.end]

    def find(self) -> Residue:
        """Above first; a document that is cut away whole was none."""
        above = frozenset(self._above())
        below = frozenset(self._below(max(above, default=-1) + 1))
        if len(above) + len(below) >= self.count:
            return Residue()
        return Residue(above, below)

    # ------------------------------------------------------------------ above

    def _above(self) -> set[int]:
        """All above the letterhead or type line, where some of it is a portal's.

        Without a letterhead the portal's lines between title and body go too: sites that leave the head away put the
        posting time there.
        """
        letterhead = self._letterhead()
        body = self._body_start()
        head = letterhead if letterhead is not None else self._type_line(body)
        found = set(range(head)) if self._lines(0, head) else set()
        if letterhead is None:
            found |= self._lines(head, min(body, head + _NEAR_HEAD))
        return found

    def _letterhead(self) -> int | None:
        """Index of the first line of the letterhead that the motto belongs to, unless a body stands above it."""
        for index in range(min(self.count, _FURTHEST_HEAD)):
            text = self.text(index)
            folded = fold(text)
            if STATE.match(folded) or (MOTTO.match(folded) and is_capitals(text)):
                return self._top_of_letterhead(index)
            if _RECIPIENTS.match(folded) or authority_of(text) or self._is_part(index, text):
                return None
        return None

    def _top_of_letterhead(self, index: int) -> int:
        while index > 0 and self._in_letterhead(index - 1):
            index -= 1
        return index

    def _in_letterhead(self, index: int) -> bool:
        """A line that can stand above or left of the motto: in capitals, a number, a dateline, an ornament."""
        text = self.text(index)
        if len(text) > _LONGEST_HEAD_LINE or self.normal.paragraphs[index].grid is not None or self.words.read(text):
            return False
        folded = fold(text)
        return bool(is_capitals(text) or folded.startswith("số") or DATELINE.match(folded) or _ORNAMENT.fullmatch(text))

    def _is_part(self, index: int, text: str) -> bool:
        """`I. MỤC ĐÍCH`: the body has begun."""
        marker = parse_marker(text)
        if marker is None or marker.bare or self.normal.paragraphs[index].grid is not None:
            return False
        return marker.kind in (Kind.PHAN, Kind.ROMAN) and not NUMBER.match(fold(text))

    def _type_line(self, body: int) -> int:
        """Index of the first line of the head above the last type line in capitals; 0 where the document has none."""
        for index in range(body - 1, -1, -1):
            text = self.text(index)
            if is_capitals(text) and self.names.leading(fold(text)) and not self.words.read(text):
                return self._top_of_letterhead(index)
        return 0

    def _body_start(self) -> int:
        """Index of the first paragraph that can only be the body's: a basis, a heading, a table."""
        for index in range(min(self.count, _FURTHEST_HEAD)):
            text = self.text(index)
            if self._rows(index):
                continue
            if self.normal.paragraphs[index].grid is not None or self._is_part(index, text):
                return index
            if BASIS.match(fold(text)) and len(text) > _BASIS_LENGTH and text[-1] in ".;:":
                return index
        return min(self.count, _FURTHEST_HEAD)

    # ------------------------------------------------------------------ below

    def _below(self, first: int) -> set[int]:
        """From the portal's first line behind the document's last sure line to the end.

        Behind a signature any of its lines will do; where the document breaks off, only those that say what they are
        (`Các tin khác`, `Bản quyền`), with the portal's lines right above them.
        """
        last, signed = self._last_sure(first)
        places = ("below", "both", "behind") if signed else ("below", "both")
        start = None
        for index in range(last + 1, self.count):
            if not self._is_below(index, places):
                start = None
                continue
            start = index if start is None else start
            if signed or self._ends_document(index):
                return set(range(start, self.count))
        return set()

    def _is_below(self, index: int, places: tuple[str, ...]) -> bool:
        rows = self.words.read(self.text(index))
        return bool(rows) and all(row.place in places and row.takes != "value" for row in rows)

    def _ends_document(self, index: int) -> bool:
        return any(row.place == "below" for row in self.words.read(self.text(index)))

    def _last_sure(self, first: int) -> tuple[int, bool]:
        """Index of the last line that is surely the document's, and whether it is one of its foot."""
        last, foot, signed, ended = first - 1, first, False, False
        for index in range(first, self.count):
            text = self.text(index)
            folded = fold(text[:_LONGEST_HEAD_LINE])
            if _RECIPIENTS.match(folded) or authority_of(text):
                last, foot, signed, ended = index, index, True, False
            elif self._is_part(index, text) or STATE.match(folded) or self._is_appendix(text, folded):
                last, signed, ended = index, False, False
            elif signed and not ended:
                ended = self._ends_document(index)
                named = index - foot <= _SIGNATURE_REACH and self._is_signer(text)
                last = index if named or self.normal.paragraphs[index].grid is not None else last
        return last, signed

    def _is_signer(self, text: str) -> bool:
        """A name or an office below an authority; a stamp of a digital signature may stand between them."""
        signs = self.signature.person(text) is not None or self.signature.is_position(text)
        return signs and not self.words.read(text)

    def _is_appendix(self, text: str, folded: str) -> bool:
        return bool(_APPENDIX.match(folded)) and is_capitals(text.partition(_TAB)[0]) and not self.words.read(text)

    # ------------------------------------------------------------------ lines

    def _rows(self, index: int) -> tuple[ResidueRow, ...]:
        """What a line is made of; of a label of the data box only the label counts."""
        text = self.text(index)
        return self.words.read(text) or self._label(text)

    def _label(self, text: str) -> tuple[ResidueRow, ...]:
        """A label with its value behind it: `Ngày ban hành: 22/01/2025`, or a row of the box."""
        for mark in (_TAB, ":"):
            name, found, _ = text.partition(mark)
            rows = self.words.read(name) if found else ()
            if len(rows) == 1 and rows[0].takes == "value":
                return rows
        return ()

    def _lines(self, first: int, end: int) -> set[int]:
        """The portal's lines in a stretch above the body, with the numbers and values that belong to them."""
        found: set[int] = set()
        box: dict[str, list[int]] = {}
        for index in range(first, end):
            rows = self._rows(index)
            if not rows or not all(row.place in _ABOVE for row in rows):
                continue
            taken = [index, *self._taken(index, rows[-1], end)]
            if all(row.takes == "value" for row in rows):
                box.setdefault(rows[0].id, []).extend(taken)
            else:
                found.update(taken)
        if len(box) >= _LEAST_BOX:
            found.update(*box.values())
        return found

    def _taken(self, index: int, row: ResidueRow, end: int) -> list[int]:
        """The line below a label that stands alone: its number, or its value."""
        if row.takes not in ("number", "value") or index + 1 >= end or self._rows(index + 1):
            return []
        text = self.text(index)
        alone = text.rstrip(" :").count(_TAB) == 0 and not self._label(text) and not text[-1].isdigit()
        value = self.text(index + 1)
        if not alone or self._in_letterhead(index + 1) or (row.takes == "number" and not _NUMERAL.fullmatch(value)):
            return []
        return [index + 1]
