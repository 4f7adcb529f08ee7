"""Mentions as found -> mentions of the record: ids, pages, sections, and what one mention says of another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TypedDict, TypeVar

from models import Date, Measure, Person, Reference, Unit
from pipeline.assemble.places import Places
from pipeline.knowledge.text import fold
from pipeline.values import (
    Annotations,
    DateMention,
    MeasureMention,
    NormalText,
    PersonMention,
    ReferenceMention,
    Span,
    UnitMention,
)

_NEAR = 20  # so many citations may lie in one another


@dataclass(frozen=True)
class Mentions:
    """All mentions of a record, each kind in reading order, with look-ups by span."""

    references: tuple[Reference, ...]
    dates: tuple[Date, ...]
    units: tuple[Unit, ...]

    def units_in(self, span: Span) -> list[Unit]:
        """Units that stand wholly inside a span."""
        return list(self.each_unit(span))

    def each_unit(self, span: Span) -> Iterator[Unit]:
        """The same one by one, for who needs but the first few."""
        return (unit for unit in _from(self.units, self._unit_starts, span) if unit.end <= span.end)

    def unit_at(self, span: Span) -> Unit | None:
        """The unit that a span begins with."""
        unit = self._units_at.get(span.start)
        return unit if unit is not None and unit.end <= span.end else None

    def ends_unit(self, at: int) -> bool:
        """Whether a unit ends at an offset."""
        return at in self._unit_ends

    def dates_in(self, span: Span) -> list[Date]:
        """Dates that stand wholly inside a span and in no citation."""
        dates = _from(self.dates, self._date_starts, span)
        return [d for d in dates if d.end <= span.end and d.in_reference is None]

    @cached_property
    def _unit_starts(self) -> list[int]:
        return [unit.start for unit in self.units]

    @cached_property
    def _unit_ends(self) -> frozenset[int]:
        return frozenset(unit.end for unit in self.units)

    @cached_property
    def _units_at(self) -> dict[int, Unit]:
        return {unit.start: unit for unit in self.units}

    @cached_property
    def _date_starts(self) -> list[int]:
        return [date.start for date in self.dates]


M = TypeVar("M", Date, Unit)


def _from(mentions: tuple[M, ...], starts: list[int], span: Span) -> tuple[M, ...]:
    """The mentions that begin inside a span; they stand in reading order."""
    first = bisect_left(starts, span.start)
    return mentions[first : bisect_left(starts, span.end, first)]


def make_mentions(normal: NormalText, annotations: Annotations, places: Places, issuer: Unit | None) -> Mentions:
    """The record's mentions; `issuer` decides which units mean the issuing body itself."""
    text = normal.text
    references = tuple(_reference(text, n, m, places) for n, m in enumerate(annotations.references, 1))
    dates = tuple(_date(text, n, m, places, references) for n, m in enumerate(annotations.dates, 1))
    units = tuple(make_unit(text, f"u{n}", m, places, issuer) for n, m in enumerate(annotations.units, 1))
    return Mentions(references, dates, units)


class _Located(TypedDict):
    """What every mention of the record has: its words, where they stand, and what found them."""

    text: str
    start: int
    end: int
    page: int | None
    section_id: str | None
    rule: str
    confidence: float


Found = DateMention | ReferenceMention | UnitMention | MeasureMention | PersonMention


def _located(text: str, mention: Found, places: Places) -> _Located:
    return _Located(
        text=text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        page=places.page(mention.start),
        section_id=places.section_id(mention.start),
        rule=mention.rule,
        confidence=mention.confidence,
    )


def _reference(text: str, number: int, mention: ReferenceMention, places: Places) -> Reference:
    return Reference(
        id=f"r{number}",
        **_located(text, mention, places),
        doc_type=mention.doc_type,
        number=mention.number,
        date=mention.date,
        issuer=mention.issuer,
        title=mention.title,
        article=mention.article,
        relation=mention.relation,
        key=mention.key,
        candidates=mention.candidates,
        status=mention.status,
        replaced_by=mention.replaced_by,
    )


def _holder(references: tuple[Reference, ...], mention: DateMention) -> str | None:
    """The id of the citation that holds a date: one of the last that begin before it, for they stand in reading order."""
    last = bisect_right(references, mention.start, key=attrgetter("start"))
    near = references[max(0, last - _NEAR) : last]
    return next((one.id for one in near if mention.end <= one.end), None)


def _date(text: str, number: int, mention: DateMention, places: Places, references: tuple[Reference, ...]) -> Date:
    return Date(
        id=f"d{number}",
        **_located(text, mention, places),
        edtf=mention.edtf,
        start_date=mention.start_date,
        end_date=mention.end_date,
        kind=mention.kind,
        recurrence=mention.recurrence,
        calendar=mention.calendar,
        in_reference=_holder(references, mention),
    )


def make_unit(text: str, unit_id: str, mention: UnitMention, places: Places, issuer: Unit | None) -> Unit:
    """A unit of the record; a bare "UBND xã" in a plan of that commune's committee means the issuer."""
    return Unit(
        id=unit_id,
        **_located(text, mention, places),
        name=mention.name,
        kind=mention.kind,
        level=mention.level,
        same_as_issuer=issuer is not None and not mention.collective and _same(mention, issuer),
    )


def make_issuer(text: str, mention: UnitMention, places: Places) -> Unit:
    """The issuer as a unit of the record."""
    return make_unit(text, "issuer", mention, places, None).model_copy(update={"same_as_issuer": True})


def make_measure(text: str, number: int, mention: MeasureMention, places: Places) -> Measure:
    """A target or an amount of the record."""
    return Measure(
        id=f"m{number}",
        **_located(text, mention, places),
        value=mention.value,
        value_to=mention.value_to,
        out_of=mention.out_of,
        unit=mention.unit,
        qualifier=mention.qualifier,
    )


def make_person(text: str, number: int, mention: PersonMention, places: Places) -> Person:
    """A person of the record."""
    return Person(
        id=f"p{number}",
        **_located(text, mention, places),
        name=mention.name,
        role=mention.role,
        duty=mention.duty,
        honorific=mention.honorific,
    )


def _same(mention: UnitMention, issuer: Unit) -> bool:
    if mention.kind != issuer.kind:
        return False
    name, own = fold(mention.name), fold(issuer.name)
    return name == own or own.startswith(name + " ")
