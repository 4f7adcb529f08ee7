"""Finds files that are the same plan: the same bytes are seen at once, the same text when all files are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models import PlanRecord
from pipeline.values import FileEntry


@dataclass(frozen=True, slots=True)
class Fullness:
    """What decides which of two files with the same text stands for the plan: the one that tells more of its head."""

    text_id: str
    has_serial: bool
    has_date: bool
    signatures: int

    @classmethod
    def of(cls, record: PlanRecord) -> Fullness:
        """How full a record is."""
        number = record.header.number
        return cls(
            text_id=record.text_id,
            has_serial=number is not None and number.serial is not None,
            has_date=record.header.issue_date is not None,
            signatures=len(record.closing.digital_signatures),
        )

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """The greater the fuller."""
        return (self.has_serial, self.has_date, self.signatures)


def settle_same_text(entries: Sequence[FileEntry], fullness: Mapping[str, Fullness]) -> list[FileEntry]:
    """The entries with every file whose text another file has too marked as its duplicate.

    The fullest record of a text stands for the plan, among equals the first by path: a signed copy can hold number and
    date where the unsigned one has blanks. Only files that were read are compared: what needs a person may be a page
    of which no more than a stamp was legible. `fullness` is looked up by plan_id.
    """
    groups: dict[str, list[FileEntry]] = defaultdict(list)
    for entry in entries:
        if entry.state == "read" and entry.plan_id in fullness:
            groups[fullness[entry.plan_id].text_id].append(entry)
    stands_for: dict[str, str] = {}
    for group in groups.values():
        best = max(group, key=lambda entry: fullness[entry.plan_id].rank)
        stands_for.update({entry.path: best.path for entry in group if entry is not best})
    return [_pointed(entry, stands_for) for entry in entries]


def _pointed(entry: FileEntry, stands_for: Mapping[str, str]) -> FileEntry:
    if entry.path in stands_for:
        return replace(entry, state="duplicate", cause=None, detail="", duplicate_of=stands_for[entry.path])
    if entry.duplicate_of is not None and entry.duplicate_of in stands_for:
        return replace(entry, duplicate_of=stands_for[entry.duplicate_of])
    return entry
