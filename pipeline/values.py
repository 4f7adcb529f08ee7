"""The frozen values that travel between the rooms, in the order in which a document meets them.

    Source -> Extracted -> NormalText -> Outline -> Annotations -> PlanRecord (models) -> Outcome

Offsets are code points. Boxes are points (1/72 inch) with the origin at the top left of the upright page.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from models import PlanRecord
from models.mentions import Calendar, DateKind, Relation, UnitKind, UnitLevel
from models.outline import Role, SectionKind


class Span(NamedTuple):
    """A half-open stretch of `NormalText.text`, in code points."""

    start: int
    end: int

    def __contains__(self, offset: object) -> bool:
        """Whether an offset lies in the span."""
        return isinstance(offset, int) and self.start <= offset < self.end


class Box(NamedTuple):
    """A rectangle on an upright page, in points from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


# ------------------------------------------------------------------ received


@dataclass(frozen=True)
class Source:
    """A received file: its NFC name and its bytes. `received_at` is ISO 8601 (the file's time), or null."""

    file_name: str
    data: bytes = field(repr=False)
    received_at: str | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes, 64 hex digits."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def plan_id(self) -> str:
        """The first 16 hex digits of the SHA-256."""
        return self.sha256[:16]


# ------------------------------------------------------------------ extract

Side = Literal["full", "left", "right"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line (PDF, plain text) or one paragraph (Word) as it was read, in reading order; not yet normalised.

    `opens` says whether it begins a new paragraph: True or False where the format or the geometry knows, None where
    only the words can tell. `side` is the column of a two-column block (letterhead, signature). `hint` marks a line
    that the format shows as a heading (Markdown marks, a bold or centred line of its own).
    """

    text: str
    page: int = 1
    box: Box | None = None
    opens: bool | None = None
    side: Side = "full"
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid; `text` keeps its paragraphs apart by newlines. Columns count from 0."""

    text: str
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int = 1
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, joined over pages: each row lists the cells that begin in it. Layout tables never become grids."""

    rows: tuple[tuple[Cell, ...], ...]
    columns: int
    page: int
    header_rows: int = 1
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page as it was read; width and height in points, None where the format has no pages."""

    number: int
    width: float | None
    height: float | None
    engine: str
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class SignatureInfo:
    """A digital signature found in the file's own signature fields. `signed_at` is ISO 8601."""

    signer: str | None
    organisation: str | None
    email: str | None
    signed_at: str | None


@dataclass(frozen=True, slots=True)
class Loose:
    """Words that stand only in a form or signature widget: value, page, box and what kind of widget."""

    text: str
    page: int
    box: Box
    kind: Literal["widget", "stamp"] = "widget"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must tell about how it read: a finding code of the findings table, and where."""

    code: str
    page: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was read from the bytes, in reading order: lines and grids, page by page."""

    media_type: str
    blocks: tuple[Line | Grid, ...]
    pages: tuple[PageInfo, ...]
    encoding: str | None = None
    signatures: tuple[SignatureInfo, ...] = ()
    loose: tuple[Loose, ...] = ()
    notices: tuple[Notice, ...] = ()


# ------------------------------------------------------------------ normalise


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the normalised text: a paragraph, or a table row (`grid`, `row` set; cells parted by a tab)."""

    start: int
    end: int
    page: int
    side: Side = "full"
    hint: bool = False
    grid: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class CellSpan:
    """A cell of a grid in the normalised text; `parts` are its paragraphs."""

    start: int
    end: int
    column: int
    column_span: int
    page: int
    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TextGrid:
    """A grid in the normalised text: rows of cell spans; the first `header_rows` rows are its header."""

    start: int
    end: int
    rows: tuple[tuple[CellSpan, ...], ...]
    columns: int
    header_rows: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a stretch of the normalised text stood: from `start` up to the next anchor."""

    start: int
    page: int
    box: Box | None


@dataclass(frozen=True)
class NormalText:
    """One NFC text that knows its way back. Paragraphs are parted by one newline and carry none inside."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    grids: tuple[TextGrid, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    pages: tuple[PageInfo, ...] = ()
    loose: tuple[Loose, ...] = ()
    notices: tuple[Notice, ...] = ()

    @cached_property
    def _anchor_starts(self) -> list[int]:
        return [anchor.start for anchor in self.anchors]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def anchor_at(self, offset: int) -> Anchor | None:
        """Page and box of the line that holds an offset, or None in an empty text."""
        index = bisect_right(self._anchor_starts, offset) - 1
        return self.anchors[index] if index >= 0 else None

    def page_at(self, offset: int) -> int | None:
        """Number of the page that holds an offset."""
        anchor = self.anchor_at(offset)
        return anchor.page if anchor else None

    def paragraph_index(self, offset: int) -> int:
        """Index of the paragraph that holds an offset (the one before it for a newline)."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def boxes(self, span: Span) -> list[tuple[int, Box]]:
        """Page and box of every line that a span touches."""
        first = max(0, bisect_right(self._anchor_starts, span.start) - 1)
        found = []
        for anchor in self.anchors[first:]:
            if anchor.start >= span.end:
                break
            if anchor.box is not None:
                found.append((anchor.page, anchor.box))
        return found


# ------------------------------------------------------------------ segment


@dataclass(frozen=True, slots=True)
class Node:
    """A section of the outline: `start`/`end` its whole extent, `head_end` where its heading or label ends."""

    id: str
    kind: SectionKind
    marker: str | None
    level: int
    title: str | None
    role: Role
    start: int
    end: int
    head_end: int
    rule: str
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the plan itself that segmentation met: a finding code, and where."""

    code: str
    start: int
    end: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts around the outline; a part that the document lacks is None or empty."""

    portal: tuple[Span, ...] = ()
    letterhead: Span | None = None
    issuer_lines: tuple[Span, ...] = ()
    motto: Span | None = None
    number_line: Span | None = None
    dateline: Span | None = None
    doc_type: Span | None = None
    title: Span | None = None
    preamble: Span | None = None
    body: Span | None = None
    closing: Span | None = None
    recipients: tuple[Span, ...] = ()
    signature: tuple[Span, ...] = ()
    appendices: tuple[Span, ...] = ()
    second_document: Span | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The document cut by meaning."""

    nodes: tuple[Node, ...]
    frame: Frame
    faults: tuple[Fault, ...] = ()

    def walk(self) -> Iterator[Node]:
        """All nodes in reading order."""
        for node in self.nodes:
            yield from node.walk()


# ------------------------------------------------------------------ annotate


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time as found in the text; the fields mean what `models.Date` says."""

    start: int
    end: int
    edtf: str | None
    kind: DateKind
    rule: str
    start_date: date | None = None
    end_date: date | None = None
    recurrence: str | None = None
    calendar: Calendar = "gregorian"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class UnitMention:
    """An organisation, office, role or administrative unit as found; `collective` for "các phòng, ban, ngành"."""

    start: int
    end: int
    name: str
    kind: UnitKind
    level: UnitLevel | None
    rule: str
    collective: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ReferenceMention:
    """A cited document as found; the fields mean what `models.Reference` says."""

    start: int
    end: int
    doc_type: str
    rule: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    article: str | None = None
    relation: Relation = "mentions"
    key: str | None = None
    status: str | None = None
    replaced_by: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Annotations:
    """All mentions of a document, each kind in reading order."""

    references: tuple[ReferenceMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    units: tuple[UnitMention, ...] = ()


# ------------------------------------------------------------------ outcome

State = Literal["read", "duplicate", "needs_person", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one received file: never silence. `cause` is a row of the causes table, None when all is well."""

    file_name: str
    state: State
    plan_id: str
    size_bytes: int
    cause: str | None = None
    detail: str = ""
    record: PlanRecord | None = None
    duplicate_of: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One received file in the ledger of a run: its path below the inbox (NFC, `/`), what it was and what became of it.

    `cause` is a row of the causes table, `size_bytes` and `modified` (ISO 8601) tell a changed file from an old one,
    `reused` is true where an earlier run's result still held.
    """

    path: str
    plan_id: str
    size_bytes: int
    modified: str
    state: State
    cause: str | None = None
    detail: str = ""
    duplicate_of: str | None = None
    reused: bool = False
