"""What was received, and what was read from its bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pipeline.values.places import Box


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


# How a table was told: by its lines, bars or the format's own marks; by columns that stand in line; by words alone.
GridOrigin = Literal["drawn", "aligned", "shattered"]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, joined over pages: each row lists the cells that begin in it. Layout tables never become grids."""

    rows: tuple[tuple[Cell, ...], ...]
    columns: int
    page: int
    header_rows: int = 1
    box: Box | None = None
    origin: GridOrigin = "drawn"


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
class SeenWord:
    """A word read from a picture: its page, its box in points, and how sure the reader was (0 to 100)."""

    text: str
    page: int
    box: Box
    confidence: int


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
    seen: tuple[SeenWord, ...] = ()
    notices: tuple[Notice, ...] = ()
