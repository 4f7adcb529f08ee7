"""Tells headings from items: a numbered sentence is an item, a run-in label makes an item, a table row is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models import Role
from models.outline import SectionKind
from pipeline.knowledge.headings import HeadingLexicon
from pipeline.knowledge.text import LOWER, UPPER, fold
from pipeline.segment.markers import Kind, Marker, parse_marker
from pipeline.values import NormalText, Paragraph

_RUN_IN = re.compile(rf"(?<=\S)\s?:(?:\s+\S|(?=[{UPPER}][{LOWER}]))")
_SENTENCE_BREAK = re.compile(rf"[^\W\d_]{{2}}[.!?]\s+[{UPPER}\-+]")
_NUMBER_COLUMN = re.compile(r"(?:S\.?T\.?T|TT|Số TT)\.?")
_MOST_COLUMNS = 7
_WIDEST_COLUMN_HEAD = 50
_QUARTER_ROW = re.compile(r"(?:quý|tháng|6 tháng|năm)\s+(?:[ivx]+|\d+)$")
# A count in front of a heading's words (`Bước 1: Rà soát`) is a part of it.
_STEP = re.compile(
    r"(?:bước|giai đoạn|đợt|phần|nội dung|nhiệm vụ|mục tiêu|chỉ tiêu|tiêu chuẩn|tiêu chí|nhóm|vòng)\s+(?:\d{1,2}|[ivx]{1,4})"
)
_HONORIFIC = re.compile(r"^(?:Ông|Bà|Đ/c)\s?\.\s?")  # `Ông. Trần Văn A - Trưởng đoàn: …`: its full stop ends nothing
_TOWARDS = re.compile(r"(?:\d{1,2}\s*)?đối với\s+\S")
_LONGEST_HEADING = 320
_LONGEST_LABEL = 110
_EDGE = " .:;–-/"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of the body that begins a section: its mark, what it is and where its heading or label ends."""

    index: int
    start: int
    end: int
    head_end: int
    marker: Marker | None
    kind: SectionKind
    title: str | None
    own_role: Role | None
    capitals: bool
    rule: str


def is_capitals(text: str) -> bool:
    """Whether a wording is set in capitals; one small letter among many is damage."""
    letters = sum(map(str.isalpha, text))
    if letters < 2:
        return False
    small = sum(map(str.islower, text))
    return small == 0 or (letters > 9 and small < 0.1 * letters)


def read_pieces(normal: NormalText, first: int, last: int, lexicon: HeadingLexicon) -> list[Piece]:
    """The sections that begin among paragraphs `first` to `last` (exclusive), in reading order; rows are passed over."""
    reader = _Reader(normal, first, last, lexicon)
    pieces = []
    index = first
    while index < last:
        piece = reader.piece(index)
        if piece is not None:
            pieces.append(piece)
            index = reader.after(piece)
        else:
            index += 1
    return pieces


@dataclass(frozen=True, slots=True)
class _Reader:
    normal: NormalText
    first: int
    last: int
    lexicon: HeadingLexicon

    def text(self, index: int) -> str:
        paragraph = self.normal.paragraphs[index]
        return self.normal.reading[paragraph.start : paragraph.end]

    def prose(self, index: int) -> Paragraph | None:
        """The paragraph at an index inside the body, unless it is a table row."""
        if not self.first <= index < self.last:
            return None
        paragraph = self.normal.paragraphs[index]
        return paragraph if paragraph.grid is None else None

    def after(self, piece: Piece) -> int:
        """Index of the paragraph after a piece (a PHẦN may have its title on the next line)."""
        return self.normal.paragraph_index(piece.head_end) + 1

    def piece(self, index: int) -> Piece | None:
        paragraph = self.prose(index)
        if paragraph is None:
            return None
        text = self.text(index)
        marker = parse_marker(text)
        if marker is not None and marker.bare and not self._bare_is_heading(text[marker.end :]):
            marker = None
        if marker is None:
            return self._unmarked(index, paragraph, text)
        if marker.kind is Kind.PHAN:
            return self._phan(index, paragraph, text, marker)
        return self._marked(index, paragraph, text, marker)

    def _bare_is_heading(self, rest: str) -> bool:
        """`I MỤC ĐÍCH` and `III Thời gian thực hiện` are headings, `I Quý I` and `1 Ban hành công văn` are rows."""
        if _QUARTER_ROW.match(fold(rest)):
            return False
        if is_capitals(rest) and len(rest) <= _LONGEST_HEADING:
            return True
        return len(rest) < 60 and self.lexicon.match(rest) is not None

    def _phan(self, index: int, paragraph: Paragraph, text: str, marker: Marker) -> Piece:
        title, head_end = text[marker.end :].strip(_EDGE), paragraph.end
        following = self.prose(index + 1)
        if not title and following is not None:
            line = self.text(index + 1)
            if parse_marker(line) is None and (is_capitals(line) or following.hint or len(line) < 120):
                title, head_end = line.strip(_EDGE), following.end
        return self._make(index, paragraph, marker, "heading", title, head_end, "marker_phan")

    def _marked(self, index: int, paragraph: Paragraph, text: str, marker: Marker) -> Piece:
        rest = text[marker.end :].strip()
        label = self._run_in_label(rest)
        if label is not None:
            start = paragraph.start + text.index(label, marker.end)
            return self._make(index, paragraph, marker, "item", label, start + len(label), "run_in")
        if self._is_heading(index, marker, rest):
            return self._make(index, paragraph, marker, "heading", rest.strip(_EDGE), paragraph.end, "marked_heading")
        return self._make(index, paragraph, marker, "item", None, paragraph.start + marker.end, "marked_item")

    def _run_in_label(self, rest: str) -> str | None:
        """The label before a colon that is followed by text on the same line; not where the colon closes a sentence."""
        found = _RUN_IN.search(rest)
        if found is None or found.start() > _LONGEST_LABEL:
            return None
        label = rest[: found.start()].strip()
        sentences = _SENTENCE_BREAK.search(_HONORIFIC.sub("", label)) or label.count(",") > 8
        if is_capitals(rest) or sentences or _STEP.fullmatch(fold(label)):
            return None
        return label

    def _is_heading(self, index: int, marker: Marker, rest: str) -> bool:
        if not rest or len(rest) > _LONGEST_HEADING or not any(c.isalpha() for c in rest):
            return False
        if marker.kind in (Kind.DASH, Kind.PLUS):
            return False
        if is_capitals(rest):
            return True
        if rest[0].islower() or _SENTENCE_BREAK.search(rest) or rest[-1] in ";,!":
            return False
        words = len(rest.split())
        if rest.endswith("."):
            return words <= 8 and self.lexicon.covers(rest) is not None
        if rest.endswith(":"):
            return words <= 30 and (marker.kind is not Kind.ALPHA or words <= 14)
        if marker.kind in (Kind.ALPHA, Kind.STAR):
            return words <= 25 and self._has_content(index, marker)
        return self._has_content(index, marker) or self.lexicon.match(rest) is not None

    def _has_content(self, index: int, marker: Marker) -> bool:
        """Whether something follows that can stand under this heading (not the end of the body)."""
        if index + 1 >= self.last:
            return False
        if self.prose(index + 1) is None:
            return True
        following = parse_marker(self.text(index + 1))
        if marker.kind in (Kind.ALPHA, Kind.STAR):
            return following is None or following.kind > marker.kind
        return True

    def _unmarked(self, index: int, paragraph: Paragraph, text: str) -> Piece | None:
        rule = self._unmarked_rule(index, paragraph, text)
        if rule is None:
            return None
        return self._make(index, paragraph, None, "heading", text.strip(_EDGE + "*"), paragraph.end, rule)

    def _unmarked_rule(self, index: int, paragraph: Paragraph, text: str) -> str | None:
        """Why a line without a mark is a heading: its wording, its capitals, its look, or "Đối với …:"."""
        words = len(text.split())
        if words > 40 or text[-1:] in ";,." or not text[0].isalpha() or text[0].islower() or self._is_column_head(index):
            return None
        capitals = is_capitals(text)
        row = self.lexicon.match(text)
        if row and row.standalone and (capitals or (paragraph.hint and words <= 15)):
            return "wording"
        if self.lexicon.covers(text) and words <= 8:
            return "wording"
        if row and row.standalone and text.endswith(":") and words <= 7:
            return "wording"
        if capitals and words >= 2:
            return "capitals"
        if text.endswith(":") and words <= 25 and _TOWARDS.match(fold(text)):
            return "doi_voi"
        if paragraph.hint and words <= 25 and index + 1 < self.last:
            return "look"
        return None

    def _is_column_head(self, index: int) -> bool:
        """Whether a line belongs to the head of a table that text extraction shattered: below `STT`, a cell a line."""
        for above in range(index - 1, max(self.first, index - _MOST_COLUMNS) - 1, -1):
            text = self.text(above)
            if _NUMBER_COLUMN.fullmatch(text):
                return True
            if len(text) > _WIDEST_COLUMN_HEAD or text[-1] in ".;:" or text[0].isdigit():
                return False
        return False

    def _make(
        self, index: int, paragraph: Paragraph, marker: Marker | None, kind: SectionKind, title: str | None,
        head_end: int, rule: str,
    ) -> Piece:  # fmt: skip
        row = self.lexicon.match(title) if title else None
        printed = self._printed(title, paragraph.start, head_end) if title else None
        return Piece(
            index=index,
            start=paragraph.start,
            end=paragraph.end,
            head_end=head_end,
            marker=marker,
            kind=kind,
            title=printed,
            own_role=row.role if row else None,
            capitals=bool(title) and is_capitals(title or ""),
            rule=rule,
        )

    def _printed(self, title: str, start: int, end: int) -> str:
        """A title as it stands on the page, whatever marks it has lost."""
        at = self.normal.reading.find(title, start, end)
        return self.normal.text[at : at + len(title)] if at >= 0 else title
