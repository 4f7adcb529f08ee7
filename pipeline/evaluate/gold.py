"""Gold: what a person read in a document. JSON in the form of `tests/gold`; fields that no measure asks for may stand in it.

A field that is left out was not read and is not scored. `exhaustive` says that sections, dates and units list everything,
so that what else is found there is wrong; documents cited and tasks, where given, are always all of them. What is `optional`
may be listed or passed over.
"""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError


class GoldSection(NamedTuple):
    """A heading: mark without punctuation, title, role where it has one, level from 1."""

    marker: str | None
    title: str
    role: str | None
    level: int


class GoldReference(NamedTuple):
    """A cited document: as printed, type, number, date (EDTF), issuer."""

    raw: str
    doc_type: str
    number: str | None
    date: str | None
    issuer: str | None


class GoldDate(NamedTuple):
    """A time as printed and as EDTF; None where it is a time without a date."""

    raw: str
    edtf: str | None


class _Lenient(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldTask(_Lenient):
    """Who does what by when."""

    text: str
    assignees: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    deadline: str | None = None
    period: str | None = None


class GoldSigner(_Lenient):
    """Who signed."""

    name: str | None = None
    position: str | None = None
    authority: str | None = None


class Gold(_Lenient):
    """What a person read in one document. `also_right` lists, by wording, other wordings that are as right."""

    file: str | None = None
    doc_type: str | None = None
    doc_type_as_printed: str | None = None
    number: str | None = None
    place: str | None = None
    issue_date: str | None = None
    issuer: str | None = None
    issuer_alt: str | None = None
    parent_issuer: str | None = None
    title: str | None = None
    title_as_printed: str | None = None
    plan_years: tuple[int, ...] | None = ()
    sections: tuple[GoldSection, ...] = ()
    sections_runin: tuple[GoldSection, ...] = ()
    references: tuple[GoldReference, ...] = ()
    references_optional: tuple[str, ...] = ()
    dates: tuple[GoldDate, ...] = ()
    dates_optional: tuple[GoldDate, ...] = ()
    units: tuple[str, ...] = ()
    units_optional: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    tasks: tuple[GoldTask, ...] = ()
    recipients: int | tuple[str, ...] | None = None
    signer: GoldSigner | None = None
    warnings: tuple[str, ...] = ()
    warnings_optional: tuple[str, ...] = ()
    exhaustive: bool = False
    also_right: dict[str, tuple[str, ...]] = {}

    def has(self, field: str) -> bool:
        """Whether the gold says anything about a field, if only that there is nothing."""
        return field in self.model_fields_set


def read_gold(data: bytes) -> Gold:
    """The gold in a JSON file. Raises ValueError with what is wrong and where, in one line."""
    try:
        gold = Gold.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ValueError(f"{where}: {first['msg']}" if where else first["msg"]) from error
    if not gold.model_fields_set:
        raise ValueError("no gold field in it")
    return gold


__all__ = ["Gold", "GoldDate", "GoldReference", "GoldSection", "GoldSigner", "GoldTask", "read_gold"]
