"""One key for a document wherever it is cited, and what the tables know of the document behind a key.

Numbers without a year restart each year (state) or each term (Party), so the date's year belongs to the key; a symbol
that names the term of the National Assembly needs none. Numbers of local issuers repeat from place to place, so the
place belongs to the key, and the whole date as well where the place is not enough: below the province, because communes
share their names, and in 2025, when merged provinces kept a name and began to count anew in July.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is a field here
from typing import Literal, TypeAlias

from pipeline.knowledge.documents import (
    TABLES_UNTIL,
    DocTypes,
    DocumentStatusRow,
    IssuerSymbolRow,
    IssuerSymbols,
    LawRow,
    doc_type_of_symbol,
)
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.numbers import DocumentNumber, parse_number
from pipeline.knowledge.text import fold, words
from pipeline.knowledge.units import UnitPlace

Status: TypeAlias = Literal["in_force", "replaced", "expired", "unknown"]

LAW_TYPES = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})
UNTYPED = frozenset({"Công văn", "Văn bản"})
# The Party writes Quy định like Quyết định (QĐ) and Thông tri like Thông tư (TT).
_SAME_SYMBOL = {"Quy định": "Quyết định", "Thông tri": "Thông tư"}
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_ASSEMBLY_TERM = re.compile(r"(?:UBTV)?QH[0-9]{1,2}$")
_PROVINCIAL = frozenset({"tỉnh", "tỉnh ủy", "thành ủy"})
_COUNTED_ANEW = "2025"
_TITLE_LEAD = re.compile(r"(?:về việc|về|v/v) ")
_FEWEST_SYLLABLES, _ENOUGH_SYLLABLES = 5, 8


def number_key(
    knowledge: Knowledge, doc_type: str, number: DocumentNumber, day: str | None, place: tuple[str, str] | None
) -> str | None:
    """The key of a numbered document: `nghi_dinh:98/2023/NĐ-CP`, `chi_thi:19/CT-TTg:2021`, `…@tỉnh:hưng yên`; or None.

    `day` is the date (EDTF) as cited; `place` the level and name of a local issuer's place.
    """
    if doc_type in LAW_TYPES:
        return law_key(number.canonical)
    slug = _slug(knowledge, "Công văn" if doc_type in UNTYPED and not number.type_abbreviation else doc_type)
    if number.family == "na":
        return f"{slug}:{_two_digits(number.canonical)}"
    serial = (number.serial or "").lstrip("0")
    groups = symbol_groups(knowledge, number, doc_type)
    year = _YEAR.match(day or "")
    core = _core(slug, serial, number.year, "-".join(groups), year[0] if year else None)
    if not serial or core is None or _contradicts(knowledge, doc_type, number):
        return None
    issuer = _issuer_row(knowledge, groups)
    if issuer is not None and issuer.central:
        return core
    return None if place is None else _with_place(core, _as_province(knowledge, place), day)


def _as_province(knowledge: Knowledge, place: tuple[str, str]) -> tuple[str, str]:
    """A city under the centre counts as a province: there is one of its name."""
    level, name = place
    cities = knowledge.derived(_central_cities)
    return ("tỉnh", name) if level == "thành phố" and name in cities else place


def _central_cities(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(fold(row.name) for row in knowledge.rows(UnitPlace) if row.level == "tinh")


def law_key(number: str) -> str:
    """The key of a law, ordinance or constitution: by its number, or by its id in the table where it has none."""
    return f"luat:{_two_digits(number)}"


def _two_digits(number: str) -> str:
    """6/2022/QH15 -> 06/2022/QH15, as the National Assembly writes it."""
    serial, slash, rest = number.partition("/")
    return f"{serial.zfill(2)}{slash}{rest}" if slash else number


def _core(slug: str, serial: str, year: int | None, symbol: str, cited_year: str | None) -> str | None:
    if year is not None:
        return f"{slug}:{serial}/{year}/{symbol}"
    if any(_ASSEMBLY_TERM.match(group) for group in symbol.split("-")):
        return f"{slug}:{serial}/{symbol}"
    return f"{slug}:{serial}/{symbol}:{cited_year}" if cited_year else None


def _with_place(core: str, place: tuple[str, str], day: str | None) -> str | None:
    level, name = place
    whole = day if day and _DAY.match(day) else None
    if level in _PROVINCIAL and not (day or "").startswith(_COUNTED_ANEW):
        return f"{core}@{name}"
    if whole is None:
        return None
    return f"{core}@{name}:{whole}" if level in _PROVINCIAL else f"{core}@{level} {name}:{whole}"


def _contradicts(knowledge: Knowledge, doc_type: str, number: DocumentNumber) -> bool:
    """Whether type word and symbol name different types, so that one of them is a slip."""
    if number.type_abbreviation is None or doc_type in UNTYPED:
        return False
    row = doc_type_of_symbol(number.type_abbreviation, knowledge)
    return row is not None and row.name not in (doc_type, _SAME_SYMBOL.get(doc_type))


def symbol_groups(knowledge: Knowledge, number: DocumentNumber, doc_type: str) -> list[str]:
    """The symbol's parts in one spelling: TƯ is TW, Tg is TTg, BGD&ĐT is BGDĐT; a type left out (749/TTg) is put in."""
    issuers = knowledge.derived(IssuerSymbols.of)
    groups = []
    for group in number.groups:
        row = issuers.by_symbol.get(group.upper())
        groups.append(row.symbol if row is not None else group.upper())
    row_type = knowledge.derived(DocTypes.of).by_name.get(doc_type)
    if number.type_abbreviation is None and len(groups) == 1 and row_type is not None and row_type.abbreviations:
        groups = groups if doc_type in UNTYPED else [row_type.abbreviations[0].upper(), *groups]
    return groups


def _issuer_row(knowledge: Knowledge, groups: list[str]) -> IssuerSymbolRow | None:
    has_type = groups[0].upper() in knowledge.derived(DocTypes.of).by_abbreviation
    position = 1 if has_type else 0
    return knowledge.derived(IssuerSymbols.of).row(groups[position]) if position < len(groups) else None


def _slug(knowledge: Knowledge, doc_type: str) -> str:
    row = knowledge.derived(DocTypes.of).by_name.get(doc_type)
    return row.id if row else fold(doc_type).replace(" ", "_")


# ------------------------------------------------------------------ what the tables know


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the tables. `handle` is its number without what tells it from others that bear the same."""

    key: str
    handle: tuple[str, str]
    date: Day | None
    issuer: str | None
    title: str | None
    status: Status
    replaced_by: str | None
    valid_from: Day | None
    valid_to: Day | None
    known_until: Day
    verified: bool


@dataclass(frozen=True)
class Acts:
    """The acts of the tables: by key, by number and type (several where a number came again), by type and serial alone,
    and by the short names under which everybody cites them.
    """

    by_key: dict[str, Act]
    by_handle: dict[tuple[str, str], tuple[Act, ...]]
    by_serial: dict[tuple[str, str], tuple[Act, ...]]
    aliases: dict[str, str]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Acts:
        """The index over the tables `laws` and `document_status`."""
        found = [_act_of_law(row) for row in knowledge.rows(LawRow)]
        aliases: dict[str, str] = {}
        for row in knowledge.rows(DocumentStatusRow):
            act = _act_of_row(knowledge, row)
            if act is not None:
                found.append(act)
                aliases |= {fold(alias): act.key for alias in row.aliases}
        by_handle: dict[tuple[str, str], tuple[Act, ...]] = {}
        by_serial: dict[tuple[str, str], tuple[Act, ...]] = {}
        for act in found:
            serial = (act.handle[0], act.handle[1].partition("/")[0])
            by_handle[act.handle] = (*by_handle.get(act.handle, ()), act)
            by_serial[serial] = (*by_serial.get(serial, ()), act)
        return cls({act.key: act for act in found}, by_handle, by_serial, aliases)


def handle_of(knowledge: Knowledge, number: DocumentNumber, doc_type: str) -> tuple[str, str]:
    """Type and number without place and date: what all documents of this number share."""
    serial = (number.serial or "").lstrip("0")
    return doc_type, f"{serial}/{number.year or ''}/{'-'.join(symbol_groups(knowledge, number, doc_type))}"


def _act_of_law(row: LawRow) -> Act:
    status: Status = "replaced" if row.valid_to else "in_force"
    until = min(row.known_until or TABLES_UNTIL, TABLES_UNTIL)
    key = law_key(row.number or row.id)
    handle = (row.doc_type, row.number or row.id)
    return Act(
        key, handle, row.date, None, row.name, status, row.replaced_by, row.valid_from, row.valid_to, until, row.verified
    )


def _act_of_row(knowledge: Knowledge, row: DocumentStatusRow) -> Act | None:
    number = parse_number(row.number, row.doc_type, knowledge)
    if number is None:
        return None
    key = number_key(knowledge, row.doc_type, number, row.date.isoformat(), None)
    if key is None:
        return None
    return Act(
        key,
        handle_of(knowledge, number, row.doc_type),
        row.date,
        row.issuer,
        row.title,
        row.status,
        row.replaced_by,
        row.valid_from,
        row.valid_to,
        TABLES_UNTIL,
        row.verified,
    )


def status_at(knowledge: Knowledge, key: str | None, when: tuple[Day, Day] | None) -> tuple[Status, str | None]:
    """Status and successor's number of the document of a key in a span of days (None: as the table stands).

    "unknown" where the tables are silent, not compared with a publication, or do not reach so far.
    """
    act = knowledge.derived(Acts.of).by_key.get(key or "")
    if act is None or not act.verified:
        return "unknown", None
    if when is None:
        return act.status, act.replaced_by
    first, last = when
    if act.valid_to is not None and first >= act.valid_to:
        return act.status, act.replaced_by
    overlaps_the_end = act.valid_to is not None and last >= act.valid_to
    too_early = act.valid_from is not None and last < act.valid_from
    if overlaps_the_end or too_early or (act.valid_to is None and last > act.known_until):
        return "unknown", None
    return "in_force", None


def same_title(cited: str | None, known: str | None) -> bool:
    """Whether a title as cited is that of the table, as far as it was cited, by its first syllables."""
    one, other = (_TITLE_LEAD.sub("", fold(title or ""), count=1) for title in (cited, known))
    first, second = words(one), words(other)
    compared = min(len(first), len(second), _ENOUGH_SYLLABLES)
    return compared >= _FEWEST_SYLLABLES and first[:compared] == second[:compared]


def keys_of(acts: Iterable[Act]) -> tuple[str, ...]:
    """The keys of acts, in order and each once."""
    return tuple(dict.fromkeys(act.key for act in acts))
