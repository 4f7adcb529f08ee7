"""What a run tells: to a reporter while it works, and as a summary at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, get_args

from pipeline.errors import ExitStatus
from pipeline.values import FileEntry, State


class Reporter(Protocol):
    """Who wants to know how a run goes. Paths are those of the ledger: below the inbox, NFC."""

    def started(self, total: int) -> None:
        """The inbox is listed; `total` files were received."""

    def found(self, more: int) -> None:
        """A container is opened; that many more files were received in it."""

    def begun(self, path: str) -> None:
        """A file is being looked at."""

    def done(self, entry: FileEntry, seconds: float) -> None:
        """A file is finished; `seconds` is the time spent on reading it (0 where an earlier result held)."""

    def duplicate(self, entry: FileEntry) -> None:
        """A file that was read turned out to be the same text as another."""

    def writing(self) -> None:
        """All files are finished; tables and workbook are being written."""


class Silent:
    """A reporter that tells nobody."""

    def started(self, total: int) -> None:
        """Nothing."""

    def found(self, more: int) -> None:
        """Nothing."""

    def begun(self, path: str) -> None:
        """Nothing."""

    def done(self, entry: FileEntry, seconds: float) -> None:
        """Nothing."""

    def duplicate(self, entry: FileEntry) -> None:
        """Nothing."""

    def writing(self) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run ended: a row for every received file, what was left aside, and how many stale records were removed."""

    inbox: Path
    out: Path
    engine: str
    entries: tuple[FileEntry, ...]
    ignored: Mapping[str, str] = field(default_factory=dict)
    removed: int = 0
    seconds: float = 0.0
    records: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many files ended in each state; every state is named."""
        found = Counter(entry.state for entry in self.entries)
        return {state: found[state] for state in get_args(State)}

    @property
    def reused(self) -> int:
        """How many files were not read again because nothing about them had changed."""
        return sum(entry.reused for entry in self.entries)

    @property
    def status(self) -> ExitStatus:
        """The exit status of the contract: 0 all done, 10 some files need a person, 20 nothing readable.

        An empty inbox is `nothing readable` too: a nightly job whose share is not mounted must not look like success.
        """
        if self.records == 0:
            return ExitStatus.NOTHING_READABLE
        counts = self.counts
        return ExitStatus.NEEDS_PERSON if counts["needs_person"] or counts["failed"] else ExitStatus.DONE


def trouble_first(entries: tuple[FileEntry, ...]) -> list[FileEntry]:
    """The files a person must look at: the failed ones, then those that need a decision, each by path."""
    troubled = [entry for entry in entries if entry.state in ("failed", "needs_person")]
    return sorted(troubled, key=lambda entry: (entry.state != "failed", entry.path))
