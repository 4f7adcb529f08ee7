"""The official units that a record's mentions may mean: candidates, a code where exactly one stands, its successors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from models import Candidate, Header, Reference, Unit
from pipeline.assemble.unit_era import written_in
from pipeline.assemble.unit_resolver import NOTHING, Locality, Reading, UnitResolver
from pipeline.knowledge.admin_units import AdminUnit, AdminUnits, name_key, places_in
from pipeline.knowledge.columns import label
from pipeline.knowledge.load import Knowledge

_BESIDE = re.compile(r"[\s,(\-–]{1,4}(?:thuộc )?")
_MOST_BESIDE = 8  # a place's names from its hamlet to its province, and some to spare
_RANKS = {"tỉnh": 3, "thành": 2, "quận": 1, "huyện": 1, "thị xã": 1}
_TYPE = re.compile(r"(?:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|thị trấn|phường|xã|đặc khu)\s+")
Names = tuple[str, ...]


def with_codes(
    text: str, header: Header, references: Sequence[Reference], units: Sequence[Unit], knowledge: Knowledge
) -> tuple[Header, tuple[Unit, ...]]:
    """Header and units with their candidates, codes and successors."""
    register = knowledge.derived(AdminUnits)
    chains = list(_chains(text, units))
    first = UnitResolver(
        register,
        written_in(header, references, units, knowledge),
        Locality(place=_bare(header.place), named=frozenset(_districts_and_provinces(chains))),
    )
    own_names = _issuer_names(header)
    resolver = replace(first, locality=_locality(first, own_names, header), read={})
    own = resolver.reading(own_names)

    @cache
    def told(names: Names) -> dict[str, object]:
        return _told(resolver.reading(names), resolver, knowledge)

    def coded(unit: Unit, names: Names) -> Unit:
        means_issuer = unit.same_as_issuer and own.sure and not names
        fields = told(own_names if means_issuer else names)
        return unit.model_copy(update=fields) if fields else unit

    issuer, parent = header.issuer, header.parent_issuer
    own_reading = first.reading(own_names) if issuer and places_in(issuer.name) else NOTHING
    found = {
        "issuer": issuer and issuer.model_copy(update=_told(own_reading, first, knowledge)),
        "parent_issuer": parent and coded(parent, places_in(parent.name)),
    }
    return header.model_copy(update=found), tuple(coded(unit, names) for unit, names in zip(units, chains, strict=True))


def _chains(text: str, units: Sequence[Unit]) -> Iterator[Names]:
    """The names that each mention holds, the outermost first, with those of larger places that stand beside it."""
    for at, unit in enumerate(units):
        names, end = places_in(unit.name), unit.end
        for beside in units[at + 1 : at + 1 + _MOST_BESIDE]:
            if not names or beside.kind != "don_vi_hanh_chinh" or not _BESIDE.fullmatch(text[end : beside.start]):
                break
            above = places_in(beside.name)
            if not above or _rank(above[-1]) <= _rank(names[0]):
                break
            names, end = above + names, beside.end
        yield names


def _rank(name: str) -> int:
    return next((rank for kind, rank in _RANKS.items() if name.startswith(kind)), 0)


def _districts_and_provinces(chains: Sequence[Names]) -> Iterator[str]:
    return (name_key(name) for names in chains for name in names if _rank(name))


def _bare(place: str | None) -> str:
    """The key of the dateline's place without its type."""
    return _TYPE.sub("", name_key(place)) if place else ""


def _issuer_names(header: Header) -> Names:
    """The issuer's own place within that of its parent; the parent's where the issuer names none."""
    own = places_in(header.issuer.name) if header.issuer else ()
    above = places_in(header.parent_issuer.name) if header.parent_issuer else ()
    return above + own if not own or not above or _rank(above[-1]) > _rank(own[0]) else own


def _locality(first: UnitResolver, own_names: Names, header: Header) -> Locality:
    """Where the plan comes from, as far as issuer and parent tell without doubt."""
    for names in (own_names, places_in(header.parent_issuer.name) if header.parent_issuer else ()):
        own = first.reading(names)
        if not own.units or (len(own.units) == 1 and not own.sure):  # what is doubtful itself tells nothing of others
            continue
        provinces = first.provinces_of(own.units)
        if not own.sure:
            return replace(first.locality, provinces=provinces)
        district = next((one for one in (own.units[0], *first.register.above(own.units[0])) if one.is_district), None)
        return replace(
            first.locality, unit=own.units[0], district=district.code if district else None, provinces=provinces
        )
    return first.locality


def _told(reading: Reading, resolver: UnitResolver, knowledge: Knowledge) -> dict[str, object]:
    """The fields of a unit that a reading fills."""
    if not reading.units:
        return {}
    reason = label(knowledge, "unit_reason", reading.reason)
    certain = reading.units[0] if reading.sure else None
    return {
        "candidates": tuple(_candidate(found, reason, resolver) for found in reading.units),
        "code": certain.code if certain else None,
        "successor_codes": resolver.register.successors(certain) if certain else (),
    }


def _candidate(unit: AdminUnit, reason: str, resolver: UnitResolver) -> Candidate:
    above = [f"{held.name[:1].lower()}{held.name[1:]}" for held in resolver.register.above(unit, resolver.period)]
    return Candidate(
        code=unit.code,
        name=", ".join([unit.name, *above]),
        valid_from=date.fromisoformat(unit.valid_from) if unit.valid_from else None,
        valid_to=date.fromisoformat(unit.valid_to) if unit.valid_to else None,
        reason=reason,
    )
