"""One key for every mention of a document in all plans, never one for two documents.

Numbers without a year restart each year (state) or each term (Party), so the date's year belongs to the key; numbers of
local issuers repeat from place to place, so the place belongs to it, and below the province the whole date as well,
because communes share their names. Where any of it is missing the key is None, unless another mention in the same text
has the same number and type and a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pipeline.annotate.reference_reading import Found, OwnNumber, Reading, day_range
from pipeline.knowledge.documents import (
    DocTypes,
    DocumentStatusRow,
    IssuerSymbolRow,
    IssuerSymbols,
    LawRow,
    doc_type_of_symbol,
)
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.numbers import DocumentNumber, parse_number
from pipeline.knowledge.text import fold

_LAW_TYPES = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})
_UNTYPED = frozenset({"Công văn", "Văn bản"})
# The Party writes Quy định like Quyết định (QĐ) and Thông tri like Thông tư (TT).
_SAME_SYMBOL = {"Quy định": "Quyết định", "Thông tri": "Thông tư"}
_CAPITAL = "A-ZĐÀÁẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÈÉẺẼẸÊẾỀỂỄỆÌÍỈĨỊÒÓỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÙÚỦŨỤƯỨỪỬỮỰỲÝỶỸỴ"
_PLACE = re.compile(
    r"(?<!\w)(?P<level>(?i:tỉnh(?: ủy)?|thành phố|tp\.?|thành ủy|huyện(?: ủy)?|quận(?: ủy)?|thị xã|thị ủy|thị trấn|xã"
    rf"|phường|đặc khu)) (?!(?i:ủy)(?!\w))(?P<name>[{_CAPITAL}0-9][\w’']*(?:[ –-][{_CAPITAL}][\w’']*)*)"
)
_BARE_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh(?: ủy)?|thành phố|thành ủy|sở)(?!\w)")
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_PROVINCIAL = frozenset({"tỉnh", "tỉnh ủy", "thành ủy"})
_CITED_TAIL = re.compile(r",? (?:năm|ngày) .*$")


def with_keys(reading: Reading, found: Iterable[Found], own: OwnNumber | None) -> list[Found]:
    """The citations with their keys; those that lack a date take the key of their fellow in the same text."""
    keyed = [each if each.key else replace(each, key=_key(reading, each, own)) for each in found]
    known: dict[tuple[str, str], set[str]] = {}
    for each in keyed:
        if each.key:
            for handle in _handles(reading, each):
                known.setdefault(handle, set()).add(each.key)
    return [each if each.key or each.date else replace(each, key=_resolved(reading, each, known)) for each in keyed]


def _handles(reading: Reading, found: Found) -> list[tuple[str, str]]:
    """By what a later short mention may mean this document: number and type, serial and type, or a law's name."""
    if found.number is not None:
        serial = (found.number.serial or "").lstrip("0")
        symbol = "-".join(_groups(reading.knowledge, found.number, found.doc_type))
        return [(found.doc_type, f"{serial}/{found.number.year or ''}/{symbol}"), (found.doc_type, serial)]
    if found.printed_number is not None:
        return [(found.doc_type, found.printed_number.lstrip("0"))]
    if found.doc_type in _LAW_TYPES:
        return [(found.doc_type, _CITED_TAIL.sub("", reading.folded[found.start : found.end]))]
    return []


def _resolved(reading: Reading, found: Found, known: dict[tuple[str, str], set[str]]) -> str | None:
    """The key of the one document that a mention without a date can mean in this text."""
    for handle in _handles(reading, found)[:1]:
        keys = known.get(handle, set())
        if len(keys) == 1:
            return next(iter(keys))
    return None


def _key(reading: Reading, found: Found, own: OwnNumber | None) -> str | None:
    aliases = reading.knowledge.derived(_aliases)
    alias = aliases.get(reading.folded[found.start : found.end])
    if alias is not None:
        return alias
    if found.number is None:
        return _decree_key(found)
    return number_key(reading.knowledge, found.doc_type, found.number, found.date, _place(found, own))


def _decree_key(found: Found) -> str | None:
    """A decree cited without its symbol: all decrees of a year are the Government's, so nothing is missing."""
    serial, _, year = (found.printed_number or "").partition("/")
    return f"nghi_dinh:{serial.lstrip('0')}/{year}/NĐ-CP" if found.doc_type == "Nghị định" and year else None


def number_key(
    knowledge: Knowledge, doc_type: str, number: DocumentNumber, day: str | None, place: tuple[str, str] | None
) -> str | None:
    """The key of a numbered document: `nghi_dinh:98/2023/NĐ-CP`, `chi_thi:19/CT-TTg:2021`, `…@tỉnh:hưng yên`; or None.

    `day` is the date (EDTF) as cited; `place` the level and name of a local issuer's place.
    """
    if doc_type in _LAW_TYPES or number.family == "na":
        return f"luat:{number.canonical}" if doc_type in _LAW_TYPES else f"{_slug(knowledge, doc_type)}:{number.canonical}"
    serial = (number.serial or "").lstrip("0")
    year = _YEAR.match(day or "")
    if not serial or (number.year is None and year is None) or _contradicts(knowledge, doc_type, number):
        return None
    groups = _groups(knowledge, number, doc_type)
    untyped = doc_type in _UNTYPED and not number.type_abbreviation
    slug = _slug(knowledge, "Công văn" if untyped else doc_type)
    symbol = "-".join(groups)
    core = f"{slug}:{serial}/{number.year}/{symbol}" if number.year else f"{slug}:{serial}/{symbol}:{year[0] if year else ''}"
    issuer = _issuer_row(knowledge, groups)
    if issuer is not None and issuer.central:
        return core
    return None if place is None else _with_place(core, place, day)


def _with_place(core: str, place: tuple[str, str], day: str | None) -> str | None:
    level, name = place
    if level in _PROVINCIAL:
        return f"{core}@{name}"
    return f"{core}@{level} {name}:{day}" if day and _DAY.match(day) else None


def _contradicts(knowledge: Knowledge, doc_type: str, number: DocumentNumber) -> bool:
    """Whether type word and symbol name different types, so that one of them is a slip."""
    if number.type_abbreviation is None or doc_type in _UNTYPED:
        return False
    row = doc_type_of_symbol(number.type_abbreviation, knowledge)
    return row is not None and row.name not in (doc_type, _SAME_SYMBOL.get(doc_type))


def _groups(knowledge: Knowledge, number: DocumentNumber, doc_type: str) -> list[str]:
    """The symbol's parts in one spelling: TƯ is TW, Tg is TTg, BGD&ĐT is BGDĐT; a type left out (749/TTg) is put in."""
    issuers = knowledge.derived(IssuerSymbols.of)
    groups = []
    for group in number.groups:
        row = issuers.by_symbol.get(group.upper())
        groups.append(row.symbol if row is not None else group.upper())
    row_type = knowledge.derived(DocTypes.of).by_name.get(doc_type)
    if number.type_abbreviation is None and len(groups) == 1 and row_type is not None and row_type.abbreviations:
        groups = groups if doc_type in _UNTYPED else [row_type.abbreviations[0].upper(), *groups]
    return groups


def _issuer_row(knowledge: Knowledge, groups: list[str]) -> IssuerSymbolRow | None:
    has_type = groups[0].upper() in knowledge.derived(DocTypes.of).by_abbreviation
    position = 1 if has_type else 0
    return knowledge.derived(IssuerSymbols.of).row(groups[position]) if position < len(groups) else None


def _slug(knowledge: Knowledge, doc_type: str) -> str:
    row = knowledge.derived(DocTypes.of).by_name.get(doc_type)
    return row.id if row else fold(doc_type).replace(" ", "_")


def _place(found: Found, own: OwnNumber | None) -> tuple[str, str] | None:
    """Level and name of the issuer's place, or None where it stays open ("UBND thị xã")."""
    for text in (found.issuer_name, found.issuer):
        match = _PLACE.search(text) if text else None
        if match is not None:
            level = match["level"].lower()
            return "thành phố" if level.startswith("tp") else level, fold(match["name"])
    if own is not None and own.province and found.issuer and _BARE_PROVINCE.search(fold(found.issuer)):
        return "tỉnh", fold(own.province)
    return None


# ------------------------------------------------------------------ what became of it


def status_at(knowledge: Knowledge, key: str | None, day: str | None) -> tuple[str | None, str | None]:
    """Status and successor's number of the document of a key on a day (EDTF; None: as the table stands), where known."""
    fate = knowledge.derived(_fates).get(key or "")
    if fate is None:
        return None, None
    when = day_range(day)
    if when is not None and fate.known_until is not None and when[1] > fate.known_until:
        return None, None
    if when is not None and fate.valid_to is not None:
        if when[1] < fate.valid_to:
            return "in_force", None
        if when[0] < fate.valid_to:
            return None, None
    return fate.status, fate.replaced_by


class _Fate(NamedTuple):
    """What became of a document."""

    status: str
    replaced_by: str | None
    valid_to: date | None
    known_until: date | None


def _fates(knowledge: Knowledge) -> dict[str, _Fate]:
    """What became of each document that the tables know, by key."""
    fates: dict[str, _Fate] = {}
    for law in knowledge.rows(LawRow):
        status = "replaced" if law.valid_to else "in_force"
        fates[f"luat:{law.number or law.id}"] = _Fate(status, law.replaced_by, law.valid_to, law.known_until)
    for act in knowledge.rows(DocumentStatusRow):
        key = _act_key(knowledge, act)
        if key is not None:
            fates[key] = _Fate(act.status, act.replaced_by, act.valid_to, None)
    return fates


def _aliases(knowledge: Knowledge) -> dict[str, str]:
    """Keys of acts by the short names under which everybody cites them (Đề án 06)."""
    rows = knowledge.rows(DocumentStatusRow)
    return {fold(alias): key for row in rows for alias in row.aliases if (key := _act_key(knowledge, row)) is not None}


def _act_key(knowledge: Knowledge, row: DocumentStatusRow) -> str | None:
    number = parse_number(row.number, row.doc_type, knowledge)
    return None if number is None else number_key(knowledge, row.doc_type, number, row.date.isoformat(), None)
