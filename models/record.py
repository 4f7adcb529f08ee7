"""The plan record: the one JSON object per received plan that everything downstream reads."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.base import Evidence, Frozen
from models.mentions import Date, Measure, Person, Reference, Unit
from models.outline import Section

SCHEMA_VERSION: Literal["1.0"] = "1.0"
Authority = Literal["TM", "KT", "TL", "TUQ", "Q"]
Severity = Literal["error", "warning", "info"]


class EngineUse(Frozen):
    """Which engine read which pages (numbers from 1)."""

    name: str
    pages: tuple[int, ...]


class SourceInfo(Frozen):
    """The received file as it came; `received_at` is ISO 8601."""

    file_name: str
    sha256: str
    size_bytes: int = Field(ge=0)
    media_type: str
    page_count: int | None = Field(default=None, ge=1)
    received_at: str | None = None
    engines: tuple[EngineUse, ...] = ()
    encoding: str | None = None


class Page(Frozen):
    """The part of the text that stands on one page; `width` and `height` in points, null where the format has none."""

    number: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    width: float | None = None
    height: float | None = None
    engine: str
    ocr_confidence: float | None = Field(default=None, ge=0, le=100)


class Number(Frozen):
    """The plan's own number. `serial` is null when it was left blank; `year` only if printed in the symbol."""

    raw: str
    serial: str | None = None
    year: int | None = None
    symbol: str
    canonical: str


class IssueDate(Frozen):
    """The plan's own date; `edtf` has `XX` where the day or month was left blank."""

    raw: str
    edtf: str
    source: Literal["dateline", "stamp", "widget"]


class Header(Frozen):
    """What stands in the letterhead and the title; `evidence` says where each field was read and by which rule."""

    doc_type: str | None = None
    number: Number | None = None
    place: str | None = None
    issue_date: IssueDate | None = None
    issuer: Unit | None = None
    parent_issuer: Unit | None = None
    title: str | None = None
    topic: str | None = None
    plan_years: tuple[int, ...] = ()
    evidence: dict[str, Evidence] = Field(default_factory=dict)


class Actor(Frozen):
    """Somebody who has to act, as printed and in full, with the unit mention it was read from."""

    text: str
    name: str
    unit_id: str | None = None


class TaskTable(Frozen):
    """The table row a task was read from: page and row count from 1."""

    page: int | None = None
    row: int
    columns: tuple[str, ...]


class Product(Frozen):
    """What a task is to bring, as a table's column or a field of the item names it; half-open code-point offsets."""

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = None


class Task(Frozen):
    """Who does what by when."""

    id: str
    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = None
    section_id: str | None = None
    assignees: tuple[Actor, ...] = ()
    coordinators: tuple[Actor, ...] = ()
    reports_to: tuple[Actor, ...] = ()
    deadline: Date | None = None
    period: str | None = None
    product: Product | None = None
    origin: Literal["table", "prose"]
    table: TaskTable | None = None
    rule: str
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)


class Signer(Frozen):
    """Who signed: `authority` is the last of TM/KT/TL/TUQ/Q above the name, `on_behalf_of` the body it names."""

    name: str | None = None
    position: str | None = None
    authority: Authority | None = None
    on_behalf_of: str | None = None
    evidence: Evidence


class Recipient(Frozen):
    """One line of Nơi nhận; `note` is what stands in brackets."""

    text: str
    note: str | None = None
    start: int
    end: int
    page: int | None = None


class Filing(Frozen):
    """The `Lưu:` line, parsed."""

    text: str
    units: tuple[str, ...] = ()
    note: str | None = None


class DigitalSignature(Frozen):
    """A digital signature from the file's signature field or from its printed text; evidence, never the issue date."""

    signer: str | None = None
    organisation: str | None = None
    email: str | None = None
    signed_at: str | None = None
    source: Literal["field", "text"]


class Closing(Frozen):
    """What stands below the body."""

    signers: tuple[Signer, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    filing: Filing | None = None
    digital_signatures: tuple[DigitalSignature, ...] = ()


class Finding(Frozen):
    """What a person should look at: message and hint in Vietnamese, for a clerk."""

    code: str
    severity: Severity
    message: str
    hint: str
    start: int | None = None
    end: int | None = None
    page: int | None = None
    stage: str


class PlanRecord(Frozen):
    """One received plan. Every `start`/`end` in it is a half-open code-point offset into `text`."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    plan_id: str
    text_id: str
    plan_key: str | None = None
    source: SourceInfo
    engine: str
    text: str
    pages: tuple[Page, ...] = ()
    header: Header
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[Date, ...] = ()
    units: tuple[Unit, ...] = ()
    tasks: tuple[Task, ...] = ()
    closing: Closing = Closing()
    people: tuple[Person, ...] = ()
    measures: tuple[Measure, ...] = ()
    findings: tuple[Finding, ...] = ()
