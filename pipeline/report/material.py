"""What the workbook is made from: records in reading order, received files, and how they belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from models import PlanRecord
from pipeline.knowledge.columns import label
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.text import squash
from pipeline.values import FileEntry

NO_ISSUER = "(không rõ cơ quan)"


@dataclass(frozen=True, slots=True)
class Material:
    """Records by issuer, year and number; files by path; `paths` the place below the inbox of each plan.

    `members` counts the files in each container, by its path.
    """

    records: tuple[PlanRecord, ...]
    files: tuple[FileEntry, ...]
    knowledge: Knowledge
    paths: dict[str, str]
    members: Counter[str]

    @classmethod
    def of(cls, records: Iterable[PlanRecord], files: Iterable[FileEntry], knowledge: Knowledge) -> Material:
        """The same material for the same records and files, in whatever order they come."""
        entries = tuple(sorted(files, key=lambda entry: entry.path))
        paths: dict[str, str] = {}
        for entry in sorted(entries, key=lambda entry: entry.state == "duplicate"):
            paths.setdefault(entry.plan_id, entry.path)
        members = Counter(entry.inside for entry in entries if entry.inside is not None)
        return cls(tuple(sorted(records, key=_order)), entries, knowledge, paths, members)

    def path(self, record: PlanRecord) -> str:
        """The file of a plan: its path below the inbox, else its name."""
        return self.paths.get(record.plan_id, record.source.file_name)

    def name(self, group: str, code: str | None) -> str:
        """The Vietnamese name of a code."""
        return label(self.knowledge, group, code)

    def plan_cells(self, record: PlanRecord) -> dict[str, str | None]:
        """The cells by which every sheet names a plan: number, issuer and file."""
        return {"number": plan_number(record), "issuer": plan_issuer(record), "file": self.path(record)}


def plan_number(record: PlanRecord) -> str | None:
    """A plan's number and symbol as far as they are printed."""
    return record.header.number.canonical if record.header.number else None


def plan_issuer(record: PlanRecord) -> str | None:
    """A plan's issuer in full."""
    return record.header.issuer.name if record.header.issuer else None


def _order(record: PlanRecord) -> tuple[str, tuple[int, ...], str, str, str]:
    header = record.header
    issuer = squash(header.issuer.name) if header.issuer else "~"
    serial = header.number.serial if header.number else None
    return (issuer, header.plan_years, (serial or "").zfill(6), record.source.file_name, record.plan_id)
