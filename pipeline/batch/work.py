"""The work on one inbox: each file is held over from an earlier run, recognised as a duplicate, or read."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.batch.duplicates import Fullness, settle_same_text
from pipeline.batch.inbox import Received, Stamp, stamp_of
from pipeline.batch.reading import process_guarded, read_source, unread
from pipeline.batch.summary import Reporter
from pipeline.batch.together import Together, Waiting
from pipeline.errors import ReadError
from pipeline.flow import Kit
from pipeline.store import Journal, Memory, RecordFolder
from pipeline.values import FileEntry, Outcome, Source


@dataclass(frozen=True, slots=True)
class _Visit:
    """A file as it was met: its stamp, its plan_id, and its bytes where they had to be read to know that."""

    received: Received
    stamp: Stamp
    plan_id: str
    source: Source | None


class Work:
    """Goes through the received files one by one; what is done is stored at once."""

    def __init__(
        self,
        kit: Kit,
        memory: Memory,
        records: RecordFolder,
        journal: Journal,
        *,
        trusted_before: str,
        reporter: Reporter,
    ) -> None:
        self._kit = kit
        self._memory = memory
        self._records = records
        self._journal = journal
        self._trusted_before = trusted_before
        self._reporter = reporter
        self._first_path: dict[str, str] = {}
        self._fullness: dict[str, Fullness] = {}
        self._entries: dict[str, FileEntry] = {}
        self._together = Together(kit.office)

    def all(self, files: Iterable[Received]) -> tuple[FileEntry, ...]:
        """The entry of every received file, in their order. Raises KehoachError where the whole run must stop."""
        order = []
        waiting: list[_Visit] = []
        for received in files:
            order.append(received.path)
            self._reporter.begun(received.path)
            visit = self._visit(received)
            if visit is None:
                continue
            first = self._first_path.setdefault(visit.plan_id, received.path)
            if first != received.path:
                self._finish(_duplicate(visit, first), 0.0)
            elif self._may_still_be_same_text(visit):
                waiting.append(visit)
            else:
                self._hold_or_read(visit)
        self._read_together()
        for visit in waiting:
            self._same_text_or_read(visit)
        self._read_together()
        return tuple(self._settled([self._entries[path] for path in order]))

    def _visit(self, received: Received) -> _Visit | None:
        """Knows the file by size and time where an earlier run saw it, else by its bytes; None if it cannot be had."""
        stamp = None
        try:
            stamp = stamp_of(received)
            known = self._memory.by_path.get(received.path)
            if known and known.plan_id and self._same_file(known, stamp):
                return _Visit(received, stamp, known.plan_id, None)
            source, stamp = read_source(received, self._kit.settings.limits)
        except ReadError as error:
            self._finish(_entry(received, stamp, unread(received, error, self._kit)), 0.0)
            return None
        return _Visit(received, stamp, source.plan_id, source)

    def _same_file(self, known: FileEntry, stamp: Stamp) -> bool:
        """A file changed just before it was read may change again within one tick of its clock: only time proves it."""
        unchanged = known.size_bytes == stamp.size_bytes and known.modified == stamp.modified
        return unchanged and stamp.modified < self._trusted_before

    def _hold_or_read(self, visit: _Visit) -> None:
        held = self._held(visit)
        if held is not None:
            self._finish(held, 0.0)
        else:
            self._read(visit)

    def _held(self, visit: _Visit) -> FileEntry | None:
        """The entry of an earlier run where its record still holds: same bytes, same name, same engine."""
        known = self._memory.read.get(visit.plan_id)
        record = self._records.read(visit.plan_id) if known else None
        if known is None or record is None:
            return None
        if not self._kit.would_read_alike(record) or record.source.file_name != visit.received.name:
            return None
        if record.source.received_at != visit.stamp.received_at:
            source = record.source.model_copy(update={"received_at": visit.stamp.received_at})
            self._records.write(record.model_copy(update={"source": source}))
        self._fullness[visit.plan_id] = Fullness.of(record)
        return replace(known, path=visit.received.path, modified=visit.stamp.modified, reused=True)

    def _read(self, visit: _Visit) -> None:
        source, stamp = visit.source, visit.stamp
        try:
            if source is None:
                source, stamp = read_source(visit.received, self._kit.settings.limits)
        except ReadError as error:
            self._finish(_entry(visit.received, stamp, unread(visit.received, error, self._kit)), 0.0)
            return
        if not self._kit.office.wants(source):
            self._process(Waiting(visit.received, source, stamp))
            return
        self._together.add(Waiting(visit.received, source, stamp))
        if self._together.is_full:
            self._read_together()

    def _read_together(self) -> None:
        for waiting in self._together.converted():
            self._process(waiting)

    def _process(self, waiting: Waiting) -> None:
        began = time.monotonic()
        outcome = process_guarded(waiting.source, self._kit)
        entry = _entry(waiting.received, waiting.stamp, outcome)
        self._journal.add(entry)
        if outcome.record is not None:
            self._records.write(outcome.record)
            self._fullness[entry.plan_id] = Fullness.of(outcome.record)
        self._finish(entry, waiting.seconds + time.monotonic() - began)

    def _may_still_be_same_text(self, visit: _Visit) -> bool:
        """Whether an earlier run of this engine found the file to be the same text as another, in other bytes."""
        known = self._memory.by_path.get(visit.received.path)
        return (
            known is not None
            and known.state == "duplicate"
            and known.plan_id == visit.plan_id
            and self._memory.engine == self._kit.engine
        )

    def _same_text_or_read(self, visit: _Visit) -> None:
        """Keeps a duplicate by text where the file that stood for it still stands; else it is a file like any other."""
        known = self._memory.by_path[visit.received.path]
        before = self._memory.by_path.get(known.duplicate_of or "")
        now = self._entries.get(known.duplicate_of or "")
        stands = before and now and now.reused and now.state == "read" and now.plan_id == before.plan_id
        if stands:
            self._finish(replace(known, modified=visit.stamp.modified, reused=True), 0.0)
        else:
            self._hold_or_read(visit)

    def _finish(self, entry: FileEntry, seconds: float) -> None:
        self._entries[entry.path] = entry
        self._reporter.done(entry, seconds)

    def _settled(self, entries: list[FileEntry]) -> list[FileEntry]:
        settled = settle_same_text(entries, self._fullness)
        for before, after in zip(entries, settled, strict=True):
            if before.state != after.state:
                self._reporter.duplicate(after)
        return settled


def _entry(received: Received, stamp: Stamp | None, outcome: Outcome) -> FileEntry:
    return FileEntry(
        path=received.path,
        plan_id=outcome.plan_id,
        size_bytes=stamp.size_bytes if stamp else 0,
        modified=stamp.modified if stamp else "",
        state=outcome.state,
        cause=outcome.cause,
        detail=outcome.detail,
        duplicate_of=outcome.duplicate_of,
    )


def _duplicate(visit: _Visit, first: str) -> FileEntry:
    return FileEntry(
        path=visit.received.path,
        plan_id=visit.plan_id,
        size_bytes=visit.stamp.size_bytes,
        modified=visit.stamp.modified,
        state="duplicate",
        duplicate_of=first,
    )
