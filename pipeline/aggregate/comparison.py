"""The frozen values of a comparison: what two plans, or two folders of plans, share and where they differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from models import PlanRecord, Reference, Role, Section, Task

Status = Literal["kept", "changed", "new", "gone"]
Aspect = Literal["assignees", "coordinators", "deadline", "period", "wording"]


@dataclass(frozen=True, slots=True)
class PlanName:
    """What a person needs to recognise a plan."""

    plan_id: str
    number: str | None
    issuer: str | None
    title: str | None
    topic: str | None
    years: tuple[int, ...]
    file_name: str

    @classmethod
    def of(cls, record: PlanRecord) -> PlanName:
        """The name of a record's plan."""
        header = record.header
        return cls(
            plan_id=record.plan_id,
            number=header.number.canonical if header.number else None,
            issuer=header.issuer.name if header.issuer else None,
            title=header.title,
            topic=header.topic,
            years=header.plan_years,
            file_name=record.source.file_name,
        )


@dataclass(frozen=True, slots=True)
class SectionMatch:
    """A heading that both plans have (`kept`), or one of them only; `renamed` where a kept one reads otherwise."""

    status: Literal["kept", "new", "gone"]
    old: Section | None
    new: Section | None
    renamed: bool = False

    @property
    def role(self) -> Role:
        """The role of the heading, in the new plan where it has one there."""
        section = self.new or self.old
        return section.role if section else "khac"


@dataclass(frozen=True, slots=True)
class DirectiveMatch:
    """A document that both plans cite (`kept`), that is newly cited (`new`) or cited no more (`gone`).

    `old` and `new` are the mentions that say most about the document in either plan.
    """

    status: Literal["kept", "new", "gone"]
    old: Reference | None
    new: Reference | None

    @property
    def reference(self) -> Reference:
        """The mention to show: the new plan's where it has one."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a match without a mention")
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect of a task that changed, with both wordings; "" where a plan says nothing."""

    aspect: Aspect
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TaskMatch:
    """A task that both plans have, with what changed in it, or one of them only; `similarity` (0-1) of the wording."""

    status: Status
    old: Task | None
    new: Task | None
    differences: tuple[Difference, ...] = ()
    similarity: float = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans compared: what the new plan has stands first, in its order, then what is gone, in the old order."""

    old: PlanName
    new: PlanName
    sections: tuple[SectionMatch, ...]
    directives: tuple[DirectiveMatch, ...]
    tasks: tuple[TaskMatch, ...]

    def counts(self) -> dict[str, Counter[Status]]:
        """How many sections, directives and tasks are kept, changed, new and gone."""
        return {
            "sections": Counter(match.status for match in self.sections),
            "directives": Counter(match.status for match in self.directives),
            "tasks": Counter(match.status for match in self.tasks),
        }


@dataclass(frozen=True, slots=True)
class FolderComparison:
    """Two folders compared: the pairs of plans by issuer and topic, and the plans that found no partner."""

    pairs: tuple[Comparison, ...]
    only_old: tuple[PlanName, ...]
    only_new: tuple[PlanName, ...]
