"""What is counted: one value of a record or of gold, with the measure it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

# Fields in the order in which people read them. A name with a dot is a part of what stands before the dot.
MEASURES = (
    "header.doc_type", "header.number", "header.place", "header.issue_date", "header.issuer", "header.parent_issuer",
    "header.title", "header.plan_years", "sections", "sections.role", "references", "references.number",
    "references.date", "references.issuer", "dates", "units", "tasks", "tasks.assignees", "tasks.coordinators",
    "tasks.deadline", "tasks.period", "assignees", "recipients", "recipients.count", "signers.name",
    "signers.position", "signers.authority", "findings",
)  # fmt: skip
# Fields of a record that gold does not speak of; they count where two runs are compared.
RECORDED_ONLY = ("header.topic", "measures", "people")
HEADER = tuple(name for name in MEASURES if name.startswith("header."))
GROUPS = {"header": HEADER, "signers": tuple(name for name in MEASURES if name.startswith("signers."))}
# A thing has one value of these or none: another value is a wrong one, not one missed and one too many.
SINGLE = frozenset({
    *HEADER, *GROUPS["signers"], "sections.role", "references.number", "references.date", "references.issuer",
    "tasks.deadline", "tasks.period", "recipients.count",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: page from 1, half-open code-point offsets into the record's text; None where unknown."""

    page: int | None = None
    start: int | None = None
    end: int | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Item:
    """One value. `shown` is for people, `value` its key for comparison, `kind` what it is besides.

    `also` are further keys under which the value is as right. `framed` is true for a wording that may be printed with
    more or less around it (a law named with and without "ngày …"). `parts` are measures of their own, compared where
    the item itself found its partner.
    """

    measure: str
    shown: str
    value: str
    kind: str = ""
    also: frozenset[str] = frozenset()
    framed: bool = False
    parts: tuple[Item, ...] = ()
    place: Place = NOWHERE

    @property
    def keys(self) -> frozenset[str]:
        """Every key under which the value is right."""
        return self.also | {self.value}
