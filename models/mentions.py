"""Mentions in the text: cited documents, times, units, targets and persons."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 - `date` is a field name of the contract
from typing import Literal

from models.base import Frozen, Mention

Relation = Literal["basis", "implements", "mentions", "amends", "replaces"]
DateKind = Literal["exact", "month", "quarter", "half", "year", "range", "deadline", "recurring", "anniversary", "relative"]
Calendar = Literal["gregorian", "lunar"]
Qualifier = Literal[">=", "<=", ">", "<", "=", "~"]
UnitKind = Literal[
    "uy_ban", "hdnd", "phong_ban", "hoi_dong", "dang", "mat_tran_doan_the", "truong", "cong_an_quan_su",
    "don_vi_hanh_chinh", "chuc_danh", "khac",
]  # fmt: skip
UnitLevel = Literal["trung_uong", "tinh", "huyen", "xa", "thon"]


class Reference(Mention):
    """A mention of another document; the span runs from the type word to the last of number and date.

    `number` is canonical (`98/2023/NĐ-CP`, `05-CT/TW`) and null for a law cited by name. `date` is EDTF. `key` is the
    same for all mentions of one document in all plans, and null where the mention is ambiguous; then `candidates` lists
    the keys of the documents it may mean, as far as the tables or the plan itself name them. `status` is that of the
    plan's day: `in_force`, `replaced` (by `replaced_by`), `expired`, or `unknown` where the tables are silent.
    """

    doc_type: str
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


class Date(Mention):
    """A mention of a time. `edtf` is ISO 8601-2; `start_date`/`end_date` are its first and last day, null when open."""

    edtf: str | None = None
    start_date: Day | None = None
    end_date: Day | None = None
    kind: DateKind
    recurrence: str | None = None
    calendar: Calendar = "gregorian"
    in_reference: str | None = None


class Candidate(Frozen):
    """An official administrative unit that a mention may mean, with the dates between which its code holds."""

    code: str
    name: str
    valid_from: Day | None = None
    valid_to: Day | None = None
    reason: str


class Unit(Mention):
    """A mention of an organisation, office, role or administrative unit; `name` is its full canonical form."""

    name: str
    kind: UnitKind
    level: UnitLevel | None = None
    candidates: tuple[Candidate, ...] = ()
    code: str | None = None
    successor_codes: tuple[str, ...] = ()
    same_as_issuer: bool = False


class Measure(Mention):
    """A target or an amount; the span holds the number with its qualifier words and its unit.

    Money is in đồng (`1,5 tỷ đồng` has the value 1500000000), a unit may be per another one (`đồng/ha`, `lần/tuần`).
    `value_to` is the end of a range (`80% đến 90%`), `out_of` the whole of a ratio (`18/19 tiêu chí`). `value` is null
    where the printed number may mean two things.
    """

    value: float | None = None
    value_to: float | None = None
    out_of: float | None = None
    unit: str | None = None
    qualifier: Qualifier | None = None


class Person(Mention):
    """A person named outside the signature block; the span is the name.

    `role` is the office as printed ("Phó Chủ tịch UBND xã"), `duty` what the plan makes of the person ("Trưởng ban"),
    `honorific` how the plan calls them ("ông", "đồng chí").
    """

    name: str
    role: str | None = None
    duty: str | None = None
    honorific: str | None = None
