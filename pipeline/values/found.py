"""Mentions as the annotators find them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.mentions import Calendar, DateKind, Qualifier, Relation, UnitKind, UnitLevel


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
    candidates: tuple[str, ...] = ()
    status: str | None = None
    replaced_by: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class MeasureMention:
    """A target or an amount as found; the fields mean what `models.Measure` says."""

    start: int
    end: int
    value: float | None
    unit: str | None
    qualifier: Qualifier | None
    rule: str
    value_to: float | None = None
    out_of: float | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person as found, outside the signature block; the fields mean what `models.Person` says."""

    start: int
    end: int
    name: str
    rule: str
    role: str | None = None
    duty: str | None = None
    honorific: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Annotations:
    """All mentions of a document, each kind in reading order."""

    references: tuple[ReferenceMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    units: tuple[UnitMention, ...] = ()
    measures: tuple[MeasureMention, ...] = ()
    people: tuple[PersonMention, ...] = ()
